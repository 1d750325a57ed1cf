"""Time stamps as people and programs write them into transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.transcript import Span

# 1:02:03, 01:02:03.45, 01:02:03,450, 01:02:03-4 (f4), 01:02:03:12 (frames), 75:10, 4:26.5
CLOCK = r"(?:\d{1,3}:[0-5]\d:[0-5]\d(?:[.,:;-]\d{1,3})?|\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)(?!\d)"
_LONG_CLOCK = r"\d{1,3}:[0-5]\d:[0-5]\d(?:[.,:;-]\d{1,3})?(?!\d)"
_RANGE = rf"{CLOCK}(?:[ \t]*(?:-->|[-–—])[ \t]*{CLOCK})?"

BRACKETED = (
    rf"(?:\[[ \t]*{_RANGE}[ \t]*\]|\([ \t]*{_RANGE}[ \t]*\)|\{{{_RANGE}\}}|<{_RANGE}>|#{CLOCK}#)"
)

# *0:12 = I1: words, as Danish studies write it; a star, and seconds without a leading zero.
STARRED = r"(?:\*[ ]?\d{1,3}:\d{1,2}(?::\d{1,2})?[ \t]*=)"

# What stands in every clock; a text is asked for it before it is searched for stamps.
CLOCK_SIGN = expression(r":[0-5]")
STAMP_SIGN = expression(r":\d")  # ... and in a starred stamp

_PARTS = expression(r"(\d{1,3}):(\d{2})(?::(\d{2}))?(?:([.,:;-])(\d{1,3}))?")
_ANY_CLOCK = expression(CLOCK)
_STARRED_PARTS = expression(r"\*[ ]?(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?")
_TAPE = r"(?:\d{1,2}-)?"  # 01-00:12:03, as oral history archives count their tapes
_LINE_STAMP = expression(rf"[ \t]*(?:{BRACKETED}|{_TAPE}{_LONG_CLOCK})[ \t]*")

_SHORTEST, _LONGEST = 6, 40  # characters of a line that is a stamp: [0:00]

# Round brackets may hold a verse or an hour of the day, so a short one needs a line's border.
_STAMP_IN_LINE = expression(
    rf"\[[ \t]*{_RANGE}[ \t]*\]"
    rf"|#{CLOCK}#"
    rf"|\([ \t]*{_LONG_CLOCK}[ \t]*\)"
    rf"|\([ \t]*{CLOCK}[ \t]*\)(?=[ \t]*$)"
)
_STAMP_AT_START = expression(rf"\([ \t]*{CLOCK}[ \t]*\)|{_TAPE}{_LONG_CLOCK}(?=[ \t]|$)|{STARRED}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp in the text and the seconds it stands for."""

    span: Span
    seconds: float


def seconds_of(text: str) -> float | None:
    """Seconds of the first clock time in `text`, or None where there is none."""
    starred = _STARRED_PARTS.match(text)
    if starred:
        return float(_seconds(*starred.groups()))
    found = _ANY_CLOCK.search(text)
    parts = _PARTS.match(found.group()) if found else None
    if not parts:
        return None
    first, second, third, sign, fraction = parts.groups()
    seconds = float(_seconds(first, second, third))
    if fraction and sign not in (":", ";"):  # after a colon it counts frames of unknown length
        seconds = round(seconds + int(fraction) / 10 ** len(fraction), 3)
    return seconds


def _seconds(first: str, second: str, third: str | None) -> int:
    """Of minutes and seconds, or of hours, minutes and seconds."""
    if third is None:
        return int(first) * 60 + int(second)
    return int(first) * 3600 + int(second) * 60 + int(third)


def stamps_in(text: str) -> Iterator[Stamp]:
    """Every stamp that stands in running text, in text order.

    No stamp goes beyond its line, so only lines with the sign of one are searched.
    """
    end = -1
    while sign := STAMP_SIGN.search(text, end + 1):
        start = max(text.rfind("\n", 0, sign.start()), end) + 1
        end = text.find("\n", sign.end())
        end = len(text) if end < 0 else end
        leading = _STAMP_AT_START.match(text, start, end)
        if leading:
            yield from _stamp(leading)
        for found in _STAMP_IN_LINE.finditer(text, leading.end() if leading else start, end):
            yield from _stamp(found)


def _stamp(found: re.Match[str]) -> Iterator[Stamp]:
    seconds = seconds_of(found.group())
    if seconds is not None:
        yield Stamp(Span(*found.span()), seconds)


def stamp_line(text: str, start: int, end: int) -> float | None:
    """Seconds of a line that holds nothing but a stamp, else None."""
    if not _SHORTEST <= end - start <= _LONGEST or text.find(":", start, end) < 0:
        return None
    if not _LINE_STAMP.fullmatch(text, start, end):
        return None
    return seconds_of(text[start:end])


def seconds_from_cell(value: object) -> float | None:
    """Seconds from a number, a clock time or a range such as `0:00 - 0:07`; None if neither."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _finite(float(value)) if abs(value) < 1e12 else None
    text = str(value).strip()
    clock = seconds_of(text)
    if clock is not None:
        return clock
    try:
        return _finite(float(text.removesuffix("s").replace(",", ".")))
    except ValueError:
        return None


def _finite(seconds: float) -> float | None:
    return seconds if 0 <= seconds < 1e9 else None
