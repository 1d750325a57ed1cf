"""Praat's TextGrid: both text formats, tiers as speakers, damage."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import read_bytes, read_text

HEAD = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
Write = Callable[..., str]
Tier = tuple[str, str, list[tuple[float | str, ...]]]
INTERVALS, POINTS = "IntervalTier", "TextTier"


def quoted(words: object) -> str:
    return '"' + str(words).replace('"', '""') + '"'


def short(*tiers: Tier) -> str:
    lines: list[object] = [0, 9, "<exists>", len(tiers)]
    for kind, name, pieces in tiers:
        lines += [quoted(kind), quoted(name), 0, 9, len(pieces)]
        lines += [one for *times, words in pieces for one in (*times, quoted(words))]
    return HEAD + "\n".join(map(str, lines)) + "\n"


def long(*tiers: Tier) -> str:
    lines = ["xmin = 0 ", "xmax = 9 ", "tiers? <exists> ", f"size = {len(tiers)} ", "item []: "]
    for number, (kind, name, pieces) in enumerate(tiers, start=1):
        what = "intervals" if kind == INTERVALS else "points"
        lines += [f"    item [{number}]:", f"        class = {quoted(kind)} "]
        lines += [f"        name = {quoted(name)} ", "        xmin = 0 ", "        xmax = 9 "]
        lines += [f"        {what}: size = {len(pieces)} "]
        for index, (*times, words) in enumerate(pieces, start=1):
            lines += [f"        {what} [{index}]:"]
            names = ("xmin", "xmax") if kind == INTERVALS else ("number",)
            lines += [
                f"            {key} = {time} " for key, time in zip(names, times, strict=True)
            ]
            lines += [f"            {'text' if kind == INTERVALS else 'mark'} = {quoted(words)} "]
    return HEAD + "\n".join(lines) + "\n"


ANNA: Tier = (
    INTERVALS,
    "Anna",
    [(0, 1, ""), (1, 2.25, "Where?"), (2.25, 4, "<SIL>"), (4, 5, "So?")],
)
BEN: Tier = (
    INTERVALS,
    "Ben",
    [(0, 2.5, ""), (2.5, 4, 'I said "no", see item [3]\nand left.'), (4, 9, "")],
)
BELL: Tier = (POINTS, "bell", [(1.5, "ding"), (3, "dong")])
FORMATS = pytest.mark.parametrize("write", [long, short], ids=["long", "short"])


def read(text: str) -> tuple[Transcript, list[str]]:
    transcript, problems = read_text(text, id="x", suffix=".TextGrid")
    assert transcript is not None, problems
    return transcript, [problem.message for problem in problems]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


def times(transcript: Transcript) -> list[tuple[float, float | None]]:
    return [(cue.begin, cue.end) for turn in transcript.turns for cue in turn.cues]


@FORMATS
def test_interval_tiers_are_speakers_merged_by_time(write: Write) -> None:
    transcript, notes = read(write(ANNA, BEN, BELL))
    assert said(transcript) == [
        ("Anna", "Where?"),
        ("Ben", 'I said "no", see item [3]\nand left.'),
        ("Anna", "So?"),
    ]
    assert times(transcript) == [(1.0, 2.25), (2.5, 4.0), (4.0, 5.0)]
    assert transcript.format == "textgrid"
    assert notes == ["tiers that mark points in time are not read: bell"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "mac-roman"])
@FORMATS
def test_encodings(write: Write, encoding: str) -> None:
    data = write((INTERVALS, "Zoë", [(0, 1, "Très bien, né à Köln.")])).encode(encoding)
    transcript, _ = read_bytes(data, id="x", suffix=".TextGrid")
    assert transcript is not None
    assert transcript.text == "Zoë: Très bien, né à Köln."


ODD = {
    "exponents": (long((INTERVALS, "A", [("0", "1.2e-05", ""), ("1.2e-05", "2", "one")])), "one"),
    "comments": (
        long((INTERVALS, "A", [(0, 1, "one")])).replace("tiers?", '! so "it" is 5\ntiers?'),
        "one",
    ),
    "no-blank-line": (long((INTERVALS, "A", [(0, 1, "one")])).replace("\n\n", "\n"), "one"),
    "windows-line-ends": (long((INTERVALS, "A", [(0, 1, "one")])).replace("\n", "\r\n"), "one"),
    "all-on-one-line": (short((INTERVALS, "A", [(0, 1, "one")])).replace("\n", " "), "one"),
    "negative-begin": (short((INTERVALS, "A", [("-0", 1, "one")])), "one"),
    "quotes": (
        short((INTERVALS, "A", [(0, 1, '"'), (1, 2, 'a ""b"" "IntervalTier"')])),
        '"\na ""b"" "IntervalTier"',
    ),
    "old-short": (
        short((INTERVALS, "A", [(0, 1, "one")])).replace("ooTextFile", "ooTextFile short"),
        "one",
    ),
}


@pytest.mark.parametrize(("text", "words"), ODD.values(), ids=ODD.keys())
def test_odd_files_that_praat_reads(text: str, words: str) -> None:
    transcript, notes = read(text)
    assert (said(transcript), notes) == ([("A", words)], [])


SILENCES = ["", " ", "<SIL>", "sil", "sp", "<p:>", "#", "[silence]", "_", "silence"]


@pytest.mark.parametrize("label", SILENCES)
def test_silence_is_left_out(label: str) -> None:
    transcript, notes = read(short((INTERVALS, "A", [(0, 1, label), (1, 2, "one")])))
    assert (said(transcript), notes) == ([("A", "one")], [])


def test_single_words_of_an_aligner_become_phrases() -> None:
    spoken = "then they went up to the town and slept . so we left them".split()
    words = [(n * 0.5, n * 0.5 + 0.5, word) for n, word in enumerate(spoken)]
    phones = [(n * 0.5, n * 0.5 + 0.5, "D") for n in range(12)]
    transcript, notes = read(
        short((INTERVALS, "Anna - words", words), (INTERVALS, "Anna - phones", phones))
    )
    assert said(transcript) == [
        ("Anna", "then they went up to the town and slept .\nso we left them")
    ]
    assert ["are not read: Anna - phones" in note for note in notes] == [True]


def test_tiers_named_after_a_level_name_nobody() -> None:
    assert said(read(short((INTERVALS, "ORT-MAU", [(0, 1, "one two")])))[0]) == [("", "one two")]


@FORMATS
def test_a_file_that_breaks_off_is_read_up_to_there(write: Write) -> None:
    whole = write(ANNA, BEN)
    text = whole[: whole.index("see item") + 3]
    transcript, problems = read_text(text, id="x", suffix=".textgrid")
    assert transcript is not None
    assert said(transcript)[1] == ("Ben", 'I said "no", see')
    assert [(p.severity, "breaks off" in p.message) for p in problems] == [("error", True)]
    assert problems[0].line == text[: text.index('"I said')].count("\n") + 1


REFUSED = {
    "other": ("Hello.\n", "no TextGrid"),
    "other-object": (HEAD.replace("TextGrid", "Sound 2"), "no TextGrid"),
    "no-words": (short((INTERVALS, "A", [(0, 1, "")])), "no talk"),
    "points-only": (short(BELL), "no talk"),
    "nothing": (HEAD, "no talk"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(text: str, message: str) -> None:
    transcript, problems = read_text(text, id="x", suffix=".textgrid")
    assert transcript is None
    assert message in problems[-1].message
    assert problems[-1].hint


def test_the_binary_format_is_named() -> None:
    transcript, problems = read_bytes(
        b"ooBinaryFile\x08TextGrid\x00\x00", id="x", suffix=".TextGrid"
    )
    assert transcript is None
    assert "binary Praat file" in problems[0].message


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([long(ANNA, BEN, BELL), short(ANNA, BEN, BELL)]),
    st.integers(0, 900),
    st.integers(0, 30),
    st.sampled_from(["", '"', "1e999 ", "-1 ", "<x> ", "!", "\x00"]),
)
def test_damaged_files_are_read_or_refused(whole: str, place: int, length: int, put: str) -> None:
    data = (whole[:place] + put + whole[place + length :]).encode()
    transcript, problems = read_bytes(data, id="x", suffix=".textgrid")
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert all(turn.span.start <= cue.position <= turn.span.end for cue in turn.cues)


@pytest.mark.parametrize("sign", ['"', '""', '"a', "1 ", "<a> ", "!", '" "'])
def test_long_runs_are_read_in_time(sign: str) -> None:
    read_text(HEAD + sign * 100_000, id="x", suffix=".textgrid")
