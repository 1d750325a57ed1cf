"""What holds for whatever anybody feeds to the readers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import READERS, read_bytes, read_text

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "\t",
        "I: ",
        "R: ",
        "Q\xa0\xa0",
        "ANNA LEE: ",
        "Anna  0:14\n",
        "Mr. KIRK. ",
        "[00:01:02] ",
        "(00:10:00)",
        "#00:00:05-4#",
        "Speaker 1 (00:00):\n",
        "[id1] ",
        "**Ben:** ",
        "**Ben**\n",
        "(Ben) ",
        "<INT> ",
        "#INT# ",
        "Interviewer; ",
        "Interviewer - ",
        "Interviewer\n",
        "Q ",
        "P: ",
        "¿que de la? ",
        "*0:12 = I1: ",
        "0:12 ",
        "01-00:01:02\n",
        "From Ann To All : ",
        "1  ",
        "2  ",
        "1/6\n\n",
        "END\n\n",
        "AD BREAK\n\n",
        "- ",
        "Word. ",
        "word",
        "NATO: ",
        "Date: x\n",
        "# H\n",
        "---\n",
        "a: [\n",
        "*",
        "_",
        "`",
        "\\",
        "&amp;",
        "WEBVTT\n\n",
        "00:00:01.000 --> 00:00:02.000\n",
        "<v Ben>",
        "-->",
        "1\n",
        '"',
        ",",
        ";",
        "speaker,text\n",
        "[",
        "]",
        "{",
        "}",
        ":",
        "é",
        "🙂",
        "\u2028",
        "\ufdd0",
        "\ufdd2",
        "\ufdd3",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
SUFFIXES = st.sampled_from([suffix for suffix in READERS if suffix != ".docx"])


def check(transcript: Transcript) -> None:
    end = 0
    for number, turn in enumerate(transcript.turns, start=1):
        assert turn.number == number
        assert end <= turn.span.start <= turn.span.end <= len(transcript.text)
        end = turn.span.end
        words = transcript.text[turn.span.start : turn.span.end]
        assert words == words.strip()
        within = turn.span.start
        for gap in turn.gaps:
            assert within <= gap.start <= gap.end <= turn.span.end
            within = gap.end
        assert all(turn.span.start <= cue.position <= turn.span.end for cue in turn.cues)
        assert turn.speaker == " ".join(turn.speaker.split())
        assert (turn.role == "") == (turn.speaker == "")


@settings(max_examples=400, deadline=None)
@given(TEXTS, SUFFIXES)
def test_any_text_gives_turns_in_order_or_problems(text: str, suffix: str) -> None:
    transcript, problems = read_text(text, id="x", suffix=suffix)
    if transcript is None:
        assert problems
    else:
        check(transcript)
        assert read_text(text, id="x", suffix=suffix) == (transcript, problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(list(READERS)))
def test_any_bytes_give_a_transcript_or_problems(data: bytes, suffix: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=suffix)
    assert transcript is not None or problems


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_plain_text_stays_as_it_is(text: str) -> None:
    transcript, _ = read_text(text, id="x")
    if transcript is not None:
        expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        assert transcript.text == expected


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_markdown_keeps_its_lines(text: str) -> None:
    transcript, _ = read_text(text, id="x", suffix=".md")
    if transcript is not None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        assert transcript.text.count("\n") == text.count("\n")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".vtt", ".csv"])
@pytest.mark.parametrize(
    "sign", [*list("*_`[(#<&\\:|>\"' \n"), " \n", "**a ", "Aa Bb: x\n", "12:30 ", "<v A"]
)
def test_long_runs_are_read_in_time(sign: str, suffix: str) -> None:
    """A reader that looks at each character again and again would take hours here."""
    read_text("a" + sign * 50_000 + "b", id="x", suffix=suffix)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("text", ["0  0:00\nDATE: ", "\n0:\ufdd3", "Ann  0:00\nDATE: x "])
def test_found_by_chance_and_kept(text: str, suffix: str) -> None:
    transcript, _ = read_text(text, id="x", suffix=suffix)
    assert transcript is not None
    assert all(turn.span.end <= len(transcript.text) for turn in transcript.turns)
