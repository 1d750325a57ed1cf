"""Every row of the table of formats: the same interview read from each gives the same turns."""

from __future__ import annotations

import io
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SAID, SAMPLES, TIMED

from thematic.model.transcript import Role, Transcript
from thematic.readers import READERS, read_bytes

FORMATS = [suffix for suffix in READERS if suffix in SAMPLES]
WITHOUT_SAMPLE = {suffix for suffix in READERS if suffix not in SAMPLES}


def test_every_format_has_a_sample() -> None:
    """But those that LibreOffice turns into Word files; tests of their own hold them."""
    assert {READERS[suffix].library for suffix in WITHOUT_SAMPLE} <= {"LibreOffice"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_turns_from_every_format(suffix: str) -> None:
    transcript, problems = read_bytes(SAMPLES[suffix](), id="E01", suffix=suffix)
    assert transcript is not None, problems
    assert problems == []
    text = transcript.text
    said = [(t.speaker, t.role, text[t.span.start : t.span.end]) for t in transcript.turns]
    assert said == [
        (who, Role.INTERVIEWER if who == "Interviewer" else Role.RESPONDENT, words)
        for who, _, _, words in SAID
    ]


@pytest.mark.parametrize("suffix", sorted(set(TIMED) & set(FORMATS)))
def test_times_are_kept(suffix: str) -> None:
    transcript, _ = read_bytes(SAMPLES[suffix](), id="E01", suffix=suffix)
    assert transcript is not None
    assert [turn.time for turn in transcript.turns] == [begin for _, begin, _, _ in SAID]


def check(transcript: Transcript) -> None:
    """What holds for every transcript, however damaged its file is."""
    end = 0
    for number, turn in enumerate(transcript.turns, start=1):
        assert turn.number == number
        assert end <= turn.span.start <= turn.span.end <= len(transcript.text)
        end = turn.span.end
        words = transcript.text[turn.span.start : turn.span.end]
        assert words == words.strip()
        assert all(turn.span.contains(gap) for gap in turn.gaps)
        assert all(turn.span.start <= cue.position <= turn.span.end for cue in turn.cues)


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Fail where a reader hangs; without alarms (Windows) it is left to the run's own limit."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise AssertionError(f"reading took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


SPLICES = [b"", b"\0", b"\xff\xfe", b"<", b"{", b"}", b"\\'", b"\\u", b'"', b"\n\n", b"]" * 9]
SPLICES += [b"<x>" * 50, b"{" * 50, b"99999999999", b"-1", b"&#0;", b"--> ", b"00:00"]


EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),  # where, as a share of the file
        st.integers(0, 40),  # how many bytes are taken out
        st.one_of(st.sampled_from(SPLICES), st.binary(max_size=8)),  # what is put there
    ),
    min_size=1,
    max_size=4,
)


def edited(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, piece in edits:
        start = int(where * len(data))
        data = data[:start] + piece + data[start + length :]
    return data


def damaged(suffix: str, member: int, edits: list[tuple[float, int, bytes]]) -> bytes:
    """A sample with pieces cut out or written over; of a zip container one part is damaged."""
    data = SAMPLES[suffix]()
    if not data.startswith(b"PK") or not member:
        return edited(data, edits)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as archive:
        chosen = whole.namelist()[member % len(whole.namelist())]
        for name in whole.namelist():
            part = whole.read(name)
            archive.writestr(name, edited(part, edits) if name == chosen else part)
    return out.getvalue()


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FORMATS), st.integers(0, 20), EDITS)
def test_a_damaged_file_gives_a_transcript_or_problems(
    suffix: str, member: int, edits: list[tuple[float, int, bytes]]
) -> None:
    data = damaged(suffix, member, edits)
    with no_longer_than(20):
        transcript, problems = read_bytes(data, id="x", suffix=suffix)
    if transcript is None:
        assert problems
        assert all(problem.message for problem in problems)
    else:
        check(transcript)
