"""Stamps that are written in two ways, go back, or are missing here and there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript, Turn
from thematic.readers.linting.telling import Place, told
from thematic.readers.speakers.stamps import BRACKETED, CLOCK

_STAMP = re.compile(rf"{BRACKETED}|{CLOCK}")
_HOURS = re.compile(r"(?<!\d)0*([1-9]\d*):\d+:\d+")
_FRACTION = re.compile(r"(?<=:\d\d)[.,;-]\d{1,3}|(?<=:\d\d:\d\d):\d{1,3}")
_ENOUGH = 6  # stamps that show how they are written
_USUAL = 0.6  # share of them
_NEARLY_ALL = 0.9  # share of turns with a time, where one without is a slip
_ENOUGH_TURNS = 10
_TOGETHER = 5.0  # seconds by which cues of people who speak together may go back


def mixed_stamps(transcript: Transcript) -> Iterator[Problem]:
    """Stamps that are written otherwise than most of a file's."""
    stamps = [(position, stamp, _shape(stamp)) for position, stamp in _stamps(transcript)]
    shapes = Counter(shape for _, _, shape in stamps)
    if len(shapes) < 2 or len(stamps) < _ENOUGH:
        return
    usual, count = shapes.most_common(1)[0]
    if count < _USUAL * len(stamps):
        return
    example = next(stamp for _, stamp, shape in stamps if shape == usual)
    places = [
        Place(transcript.line(position), f"the stamp {stamp} is not written like most: {example}")
        for position, stamp, shape in stamps
        if shape != usual
    ]
    yield from told(transcript.id, places, "write all stamps of a file in one way")


def _stamps(transcript: Transcript) -> Iterator[tuple[int, str]]:
    """Where stamps stand and how they are written: at labels, and within turns."""
    end = 0
    for turn in transcript.turns:
        text = transcript.text
        line = text.rfind("\n", end, turn.span.start) + 1
        start = max(end, text.rfind("\n", end, max(line - 1, end)) + 1)
        for found in _STAMP.finditer(text, start, turn.span.start):
            yield found.start(), found.group()
        for gap in turn.gaps:
            if _STAMP.fullmatch(text, gap.start, gap.end):
                yield gap.start, text[gap.start : gap.end]
        end = turn.span.end


def _shape(stamp: str) -> str:
    """How a stamp is written: its brackets, and whether it has hours where there are none.

    `59:58` and `1:00:03.2` are one shape, for programs leave out hours until there are some.
    """
    plain = _HOURS.sub("0:0", _FRACTION.sub("", stamp))
    return re.sub(r"\s+", "", re.sub(r"\d+", "0", plain))


def stamps_going_back(transcript: Transcript) -> Iterator[Problem]:
    """Times that are earlier than the one before."""
    places = []
    before = None
    for position, time, slack in _times(transcript):
        if before is not None and time < before - slack:
            said = f"the time goes back from {_clock(before)} to {_clock(time)}"
            places.append(Place(transcript.line(position), said))
        before = time
    hint = "correct the stamp; two recordings in one file are better two files"
    yield from told(transcript.id, places, hint, Severity.WARNING)


def _times(transcript: Transcript) -> Iterator[tuple[int, float, float]]:
    """Position, seconds, and by how much the next ones may be earlier."""
    for turn in transcript.turns:
        if turn.cues:
            yield from ((cue.position, cue.begin, _TOGETHER) for cue in turn.cues)
        elif turn.time is not None:
            yield turn.span.start, turn.time, 0.0


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def stamps_missing(transcript: Transcript) -> Iterator[Problem]:
    """Turns without a time, where nearly all others have one of their own."""
    turns = [turn for turn in transcript.turns if len(turn.span) and not turn.cues]
    if len(turns) < _ENOUGH_TURNS:
        return
    # The first has none where stamps stand at the ends of turns (f4).
    without = [turn for turn in turns[1:] if turn.time is None]
    if not without or len(turns) - len(without) < _NEARLY_ALL * len(turns):
        return
    places = [Place(transcript.line(turn.span.start), _no_time(turn)) for turn in without]
    yield from told(transcript.id, places, "write its time, as at the other turns")


def _no_time(turn: Turn) -> str:
    return f"turn {turn.number} has no time; nearly all others have one"
