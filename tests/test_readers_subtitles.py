"""WebVTT, SRT and SBV: cues, voices, damage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import Severity
from thematic.model.transcript import Transcript
from thematic.readers import read_bytes, read_text


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
    "two-digits-of-a-second": ("WEBVTT\n\n00:01.00 --> 00:02.000\nOne\n", 3, "One"),
    "a-comma": ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nOne\n", 3, "One"),
    "a-long-arrow": ("WEBVTT\n\n00:01.000 ---> 00:02.000\nOne\n", 3, "One"),
    "minutes-over-59": (
        "WEBVTT\n\n59:58.000 --> 59:59.000\nOne\n\n61:00.000 --> 61:05.000\nTwo\n",
        6,
        "One\nTwo",
    ),
    "no-blank-line-below-the-header": ("WEBVTT\n00:01.000 --> 00:02.000\nOne\n", 2, "One"),
    "small-letters": ("Webvtt\n\n00:01.000 --> 00:02.000\nOne\n", 1, "One"),
    "an-arrow-in-words": ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne --> two\n", 4, "One --> two"),
    "an-arrow-in-a-name": ("WEBVTT\n\na --> b\n00:01.000 --> 00:02.000\nOne\n", 3, "One"),
    "an-open-tag": ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna\n", 3, "<v Anna"),
    "no-words": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nTwo\n",
        3,
        "Two",
    ),
    "a-year-between-blank-lines": (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nIn\n\n1984\n\n2\n00:03.000 --> 00:04.000\nso\n",
        6,
        "In\n1984\nso",
    ),
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
    transcript, notes = read_text(vtt(*words, "Interviewer: Five?"), id="x", suffix=".vtt")
    assert transcript is not None
    assert [turn.role for turn in transcript.turns[::2]] == ["interviewer"] * 3
    assert transcript.turns[2].speaker == "Intervewer"
    assert [(note.line, note.severity) for note in notes] == [(9, Severity.NOTE)]
    assert "slip for 'Interviewer'" in notes[0].message


def test_a_slip_in_a_voice_takes_the_role_of_the_label_it_is_like() -> None:
    text = vtt("<v Moderator>One?", "<v Moderatro>Two?", "<v Anna>Three.", "<v Moderator>So?")
    transcript, notes = read_text(text, id="x", suffix=".vtt")
    assert transcript is not None
    assert [turn.role for turn in transcript.turns] == [
        *("interviewer", "interviewer", "respondent", "interviewer")
    ]
    assert [(note.line, "'Moderatro'" in note.message) for note in notes] == [(6, True)]


def cues(transcript: Transcript) -> list[tuple[float, float | None, str]]:
    return [(cue.begin, cue.end, cue.speaker) for turn in transcript.turns for cue in turn.cues]


MARKED = {
    "us-captions": (
        [">> REPORTER: Did they\nshelter? >> They did not.", ">> REPORTER: Thanks.", ">>> News."],
        [
            ("REPORTER", "Did they\nshelter?"),
            ("", "They did not."),
            ("REPORTER", "Thanks."),
            ("", "News."),
        ],
    ),
    "us-captions-as-entities": (
        ["&gt;&gt; One.", "two", "&gt;&gt; Three."],
        [("", "One.\ntwo"), ("", "Three.")],
    ),
    "an-arrow-in-words": (["a >> b"], [("", "a >> b")]),
    "dashes-and-names": (
        ["- ANNA: Hello.\n- BEN: Hi.", "-ANNA: So?\n- Well."],
        [("ANNA", "Hello."), ("BEN", "Hi."), ("ANNA", "So?"), ("", "Well.")],
    ),
    "dashes": (["- Hello.\n- Hi."], [("", "- Hello.\n- Hi.")]),
    "names-in-brackets": (
        ["(Anna Lee)\nOne", "(Anna Lee)\ntwo\n-\n \n(Ben)\nThree", "(Ben)\nfour"],
        [("Anna Lee", "One\ntwo"), ("Ben", "Three\nfour")],
    ),
    "a-blank-line-below-the-dash": (
        ["(Anna Lee)\nOne\n-\n\n(Ben)\nTwo", "(Anna Lee)\nThree"],
        [("Anna Lee", "One"), ("Ben", "Two"), ("Anna Lee", "Three")],
    ),
    "notes-in-brackets": (
        ["(laughs)\nOne", "(Applause)\nTwo", "Three"],
        [("", "(laughs)\nOne\n(Applause)\nTwo\nThree")],
    ),
    "a-voice-without-name": (
        ["<v Anna>One", "<v >Two</v>", "<v Anna>Three"],
        [("Anna", "One"), ("", "Two"), ("Anna", "Three")],
    ),
    "line-breaks": (["One<br>two<br/>three"], [("", "One\ntwo\nthree")]),
    "foreign-tags": (["<p>One</p> <x y='z'>two</x>"], [("", "One two")]),
    "noise-in-angles": (["One <laughs> two"], [("", "One <laughs> two")]),
    "word-stamps": (["a <00:00:01.520><c> b</c><00:00:02,5> c< 00:03.000 >"], [("", "a  b c")]),
}


@pytest.mark.parametrize(("payloads", "expected"), MARKED.values(), ids=MARKED.keys())
def test_speakers_as_captioners_mark_them(
    payloads: list[str], expected: list[tuple[str, str]]
) -> None:
    assert said(read(vtt(*payloads))) == expected


def test_webex_names_the_speaker_beside_the_number() -> None:
    text = (
        'WEBVTT\n\n1 "Anna Lee" (395)\n00:01.000 --> 00:02.000\nOne.\n\n'
        '2 "Ben" (41)\n00:02.000 --> 00:03.000\nTwo.\n'
    )
    assert said(read(text)) == [("Anna Lee", "One."), ("Ben", "Two.")]


YOUTUBE = """\
WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.470 align:start position:0%
\x20
good<00:00:00.400><c> day</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
good day
\x20

00:00:02.480 --> 00:00:05.190 align:start position:0%
good day
to<00:00:02.800><c> you</c>

00:00:05.190 --> 00:00:05.200 align:start position:0%
to you
\x20
"""


def test_automatic_captions_of_youtube_are_read_once() -> None:
    transcript, notes = read_text(YOUTUBE, id="x", suffix=".vtt")
    assert transcript is not None
    assert transcript.text == "good day\nto you"
    assert cues(transcript) == [(0.16, 2.47, ""), (2.48, 5.19, "")]
    assert [(note.severity, "rolling" in note.message) for note in notes] == [("note", True)]


def rolled(lines: list[str]) -> str:
    return "\n".join(
        f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{words}\n"
        for n, words in enumerate(lines)
    )


ROLLING = {
    "two-lines": (["a", "a\nb", "b\nc", "c\nd", "d\ne"], "a\nb\nc\nd\ne"),
    "three-lines": (["a\nb\nc", "b\nc\nd", "c\nd\ne", "d\ne\nf", "e\nf\ng"], "a\nb\nc\nd\ne\nf\ng"),
    "growing": (
        ["so", "so we", "so we went", "so we went\nup", "so we went\nup hill"],
        "so we went\nup hill",
    ),
    "no-rolling": (["yes", "yes", "no", "no", "why"], "yes\nyes\nno\nno\nwhy"),
}


@pytest.mark.parametrize(("lines", "expected"), ROLLING.values(), ids=ROLLING.keys())
def test_rolling_captions_without_stamps(lines: list[str], expected: str) -> None:
    transcript, notes = read_text(rolled(lines), id="x", suffix=".srt")
    assert transcript is not None
    assert transcript.text == expected
    assert len(notes) == (expected != "\n".join(lines))


CLOCKS = {
    "hours": ("01:02:03.004 --> 01:02:04.500", 3723.004, 3724.5),
    "many-digits-of-hours": ("1000:00:00.000 --> 1000:00:01.000", 3600000.0, 3600001.0),
    "one-digit": ("1:02:03.004 --> 1:02:04.500", 3723.004, 3724.5),
    "no-hours": ("02:03.004 --> 02:04.500", 123.004, 124.5),
    "hours-on-one-side": ("00:00:59.000 --> 01:00.000", 59.0, 60.0),
    "tabs-and-no-blanks": ("\t00:25.000-->\t00:27.000", 25.0, 27.0),
    "settings": ("00:25.000 --> 00:27.000line:40% align:start", 25.0, 27.0),
    "zero-length": ("00:25.000 --> 00:25.000", 25.0, 25.0),
}


@pytest.mark.parametrize(("line", "begin", "end"), CLOCKS.values(), ids=CLOCKS.keys())
def test_times(line: str, begin: float, end: float) -> None:
    assert cues(read(f"WEBVTT\n\n{line}\nOne\n")) == [(begin, end, "")]


ODD_CLOCKS = {
    "two-digits": ("00:01.50 --> 00:02.000", 1.5, 2.0),
    "hours-and-minutes-as-players-read-them": ("120:00.000 --> 120:10.000", 432000.0, 432600.0),
    "three-digits-of-minutes": ("000:01.000 --> 00:02.000", 1.0, 2.0),
    "rounded": ("00:00:59.000 --> 00:00:60.000", 59.0, 60.0),
    "a-dash-of-word": ("00:00:01.000 –> 00:00:02.000", 1.0, 2.0),
    "short": ("0:0:1 --> 0:0:2", 1.0, 2.0),
}


@pytest.mark.parametrize(("line", "begin", "end"), ODD_CLOCKS.values(), ids=ODD_CLOCKS.keys())
def test_times_that_players_refuse(line: str, begin: float, end: float) -> None:
    transcript, problems = read_text(f"WEBVTT\n\n{line}\nOne\n", id="x", suffix=".vtt")
    assert transcript is not None
    assert cues(transcript) == [(begin, end, "")]
    assert [(problem.line, problem.severity) for problem in problems] == [(3, Severity.WARNING)]


def test_minutes_that_are_counted_on() -> None:
    text = "WEBVTT\n\n59:58.000 --> 60:01.000\nOne\n\n61:00.000 --> 61:05.000\nTwo\n"
    transcript, _ = read_text(text, id="x", suffix=".vtt")
    assert transcript is not None
    assert cues(transcript) == [(3598.0, 3601.0, ""), (3660.0, 3665.0, "")]


def test_segments_of_a_stream_have_a_header_each() -> None:
    part = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n{}.000 --> {}.900\n{}\n\n"
    text = part.format("00:01", "00:01", "One") + part.format("00:02", "00:02", "Two")
    assert read(text).text == "One\nTwo"


def test_overlapping_cues_stay_in_file_order() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:09.000\nOne\n\n00:02.000 --> 00:03.000\nTwo\n"
    assert cues(read(text)) == [(1.0, 9.0, ""), (2.0, 3.0, "")]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"]
)
@pytest.mark.parametrize(("sign", "suffix"), [(",", ".srt"), (".", ".vtt")])
def test_subtitles_in_other_encodings(encoding: str, sign: str, suffix: str) -> None:
    words = "“Zoë” said – né"
    head = "WEBVTT\r\n\r\n" if suffix == ".vtt" else ""
    text = f"{head}1\r\n00:00:01{sign}000 --> 00:00:02{sign}000\r\n{words}\r\n"
    transcript, problems = read_bytes(text.encode(encoding), id="x", suffix=suffix)
    assert transcript is not None, problems
    assert (transcript.text, cues(transcript)) == (words, [(1.0, 2.0, "")])


SBV = {
    "youtube": (
        "0:00:00.599,0:00:04.160\n>> ANNA: One[br]two,\nthree\n\n0:00:04.160,0:00:06.770\n>> Four\n",
        [("ANNA", "One\ntwo,\nthree"), ("", "Four")],
    ),
    "zoom-like": (
        "0:00:01.000,0:00:02.000\nAnna Lee: 1,2\n\n0:00:02.000,0:00:03.000\nAnna Lee: 0:01 so\n",
        [("Anna Lee", "1,2\n0:01 so")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SBV.values(), ids=SBV.keys())
def test_sbv(text: str, expected: list[tuple[str, str]]) -> None:
    transcript = read(text, ".sbv")
    assert said(transcript) == expected
    assert transcript.format == "sbv"


def test_damaged_sbv_loses_no_words() -> None:
    text = "0:00:00.378,0:00:11.378\nOne\n\n0:00:13.f89,0:00:15.489\nTwo\n\nThree\n"
    transcript, problems = read_text(text, id="x", suffix=".sbv")
    assert transcript is not None
    assert transcript.text == "One\nTwo\nThree"
    assert [problem.line for problem in problems] == [4, 7]


VALID = ["WEBVTT", *YOUTUBE.split("\n"), "<v Anna>One</v>", ">> BEN: Two", "(Anna)", "NOTE x"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*VALID, "", "-", "1", "0:00:01.000,0:00:02.000", "-->"]), max_size=30
    ),
    st.integers(0, 400),
    st.sampled_from(["", "\x00", "<", "\ufffd", "&#x110000;", "-->"]),
    st.sampled_from([".vtt", ".srt", ".sbv"]),
)
def test_damaged_files_are_read_or_refused(
    lines: list[str], place: int, damage: str, suffix: str
) -> None:
    whole = "\n".join(lines)
    text = whole[:place] + damage + whole[place + 1 :]
    transcript, problems = read_bytes(text.encode(), id="x", suffix=suffix)
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert all(turn.span.start <= cue.position <= turn.span.end for cue in turn.cues)
        assert turn.span.end <= len(transcript.text if transcript else "")
