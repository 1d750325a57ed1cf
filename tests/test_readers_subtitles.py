"""WebVTT and SRT: cues, voices, damage."""

import pytest

from thematic.errors import Severity
from thematic.model.transcript import Transcript
from thematic.readers import read_text


def read(text: str, suffix: str = ".vtt") -> Transcript:
    transcript, problems = read_text(text, id="x", suffix=suffix)
    assert transcript is not None, problems
    assert problems == []
    return transcript


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


def vtt(*payloads: str) -> str:
    cues = (
        f"00:00:{n:02}.000 --> 00:00:{n:02}.900\n{words}\n\n" for n, words in enumerate(payloads)
    )
    return "WEBVTT\n\n" + "".join(cues)


PAYLOADS = {
    "teams": (["<v Anna Lee>Hello</v>", "<v Ben>Hi"], [("Anna Lee", "Hello"), ("Ben", "Hi")]),
    "voice-with-class": (["<v.loud Anna>Hello</v>"], [("Anna", "Hello")]),
    "two-voices-in-one-cue": (
        ["<v Anna>Hello</v>\n<v Ben>Hi</v>"],
        [("Anna", "Hello"), ("Ben", "Hi")],
    ),
    "one-turn-of-three-cues": (
        ["<v Anna>One", "<v Anna>two", "three"],
        [("Anna", "One\ntwo\nthree")],
    ),
    "zoom": (
        ["Anna Lee: One", "two", "Ben: Three", "Anna Lee: Four"],
        [("Anna Lee", "One\ntwo"), ("Ben", "Three"), ("Anna Lee", "Four")],
    ),
    "two-names-in-one-cue": (
        ["Anna: One\nBen: Two", "Anna: Three", "Ben: Four"],
        [("Anna", "One"), ("Ben", "Two"), ("Anna", "Three"), ("Ben", "Four")],
    ),
    "nobody": (["One", "two"], [("", "One\ntwo")]),
    "nobody-at-first": (["One", "<v Ben>Two"], [("", "One"), ("Ben", "Two")]),
    "tags": (["<i>a</i> <c.x>b</c> <00:00:01.000>c <b>d</b> {\\an8}e"], [("", "a b c d e")]),
    "entities": (["R&amp;D &lt;3 it&#39;s"], [("", "R&D <3 it's")]),
    "no-tags": (["a < b > c {d}"], [("", "a < b > c {d}")]),
}


@pytest.mark.parametrize(("payloads", "expected"), PAYLOADS.values(), ids=PAYLOADS.keys())
def test_cues(payloads: list[str], expected: list[tuple[str, str]]) -> None:
    assert said(read(vtt(*payloads))) == expected


def test_every_cue_keeps_its_time_and_place() -> None:
    transcript = read(vtt("Anna: One", "two", "Ben: Three", "Anna: Four"))
    assert transcript.text == "Anna: One\ntwo\n\nBen: Three\n\nAnna: Four"
    cues = [cue for turn in transcript.turns for cue in turn.cues]
    assert [(cue.begin, cue.end, cue.speaker) for cue in cues] == [
        (0.0, 0.9, "Anna"),
        (1.0, 1.9, ""),
        (2.0, 2.9, "Ben"),
        (3.0, 3.9, "Anna"),
    ]
    assert [transcript.text[cue.position :][:3] for cue in cues] == ["One", "two", "Thr", "Fou"]
    assert transcript.turns[0].time_at(cues[1].position) == 1.0


def test_notes_styles_and_identifiers_are_no_words() -> None:
    text = (
        "WEBVTT - Title\nKind: captions\n\nNOTE a\nb\n\nSTYLE\n::cue {}\n\nREGION\nid:x\n\n"
        "8f-1/12-0\n01:00:01.000 --> 01:00:02.000 align:start position:0%\nHello\n\nNOTE\nlast\n"
    )
    transcript = read(text)
    assert transcript.text == "Hello"
    assert transcript.turns[0].time == 3601.0


@pytest.mark.parametrize("sign", [",", "."])
def test_srt(sign: str) -> None:
    text = (
        f"1\n00:02:24{sign}720 --> 00:02:32{sign}850\n"
        f"Samson: gotcha\n\n2\n00:02:33{sign}000 --> 00:02:34{sign}000\n"
        f"Samson: so\n"
    )
    transcript = read(text, ".srt")
    assert said(transcript) == [("Samson", "gotcha\nso")]
    assert transcript.turns[0].time == 144.72


def test_a_missing_blank_line_between_cues() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n"
    assert said(read(text, ".srt")) == [("", "One\nTwo")]


DAMAGE = {
    "times": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:03.000 --> 00:0x.000\nTwo\n",
        6,
        "One\nTwo",
    ),
    "minutes": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:61:00.000 --> 00:62:00.000\nTwo\n",
        6,
        "One\nTwo",
    ),
    "blank-line-inside": ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nTwo\n", 6, "One\nTwo"),
    "backwards": ("WEBVTT\n\n00:02.000 --> 00:01.000\nOne\n", 3, "One"),
    "no-signature": ("00:01.000 --> 00:02.000\nOne\n", 1, "One"),
    "words-above": ("WEBVTT\n\nLost words\n\n00:01.000 --> 00:02.000\nOne\n", 3, "One"),
}


@pytest.mark.parametrize(("text", "line", "words"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_a_problem_with_its_line(text: str, line: int, words: str) -> None:
    transcript, problems = read_text(text, id="x", suffix=".vtt")
    assert [problem.line for problem in problems] == [line]
    assert transcript is not None
    assert transcript.text == words


@pytest.mark.parametrize("text", ["WEBVTT\n", "WEBVTT\n\nNOTE x\n", "Hello.\n"])
def test_no_cues_is_an_error(text: str) -> None:
    transcript, problems = read_text(text, id="x", suffix=".vtt")
    assert transcript is None
    assert problems[-1].severity is Severity.ERROR
    assert "no cues" in problems[-1].message


def test_a_slip_in_a_cue_takes_the_role_of_the_label_it_is_like() -> None:
    words = ("Interviewer: One?", "Khan: Two.", "Intervewer: Three?", "Khan: Four.")
    transcript = read(vtt(*words, "Interviewer: Five?"))
    assert [turn.role for turn in transcript.turns[::2]] == ["interviewer"] * 3
    assert transcript.turns[2].speaker == "Intervewer"
