"""Clock times without brackets before each paragraph, as YouTube and oTranscribe write them."""

from __future__ import annotations

from itertools import pairwise

from thematic.model.patterns import expression
from thematic.model.transcript import Span
from thematic.readers.speakers.evidence import begins
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.stamps import CLOCK, Stamp, seconds_of

_CLOCK = expression(rf"[ \t]*{CLOCK}(?=[ \t\u00a0]|$)")
_DIGIT = expression(r"\d")
_FEWEST = 3  # clock times; fewer are hours of the day
_LATEST_START = 120  # seconds; a recording begins at 0:00, a day at 8:00
_MOST = 0.5  # share of the paragraphs, or of the lines, that begin with one


def counting_clocks(lines: Lines, skipped: frozenset[int]) -> list[Stamp]:
    """The short clock times (`0:08`) at the beginnings of lines, where they count up from 0:00.

    Longer ones (`00:00:08`) are stamps wherever they begin a line.
    """
    found: list[tuple[int, Stamp]] = []
    for number in lines.opened_by(_DIGIT, skipped):
        match = _CLOCK.match(lines.text, lines.start(number), lines.end(number))
        seconds = seconds_of(match.group()) if match else None
        if match and seconds is not None:
            found.append((number, Stamp(Span(*match.span()), seconds)))
    times = [stamp.seconds for _, stamp in found]
    if len(found) < _FEWEST or times[0] > _LATEST_START:
        return []
    if any(after < before for before, after in pairwise(times)):
        return []
    filled = lines.filled(skipped)
    leading = sum(begins(lines, number, skipped) for number in filled)
    first = sum(begins(lines, number, skipped) for number, _ in found)
    usual = first >= _MOST * leading or len(found) >= _MOST * (len(filled) - len(found))
    return [stamp for _, stamp in found] if usual else []
