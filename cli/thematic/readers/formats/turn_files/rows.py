"""One row of a file of turns, from values of any kind."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.readers.formats.speech.fields import label, seconds
from thematic.readers.formats.turn_files.columns import TurnColumns
from thematic.readers.speakers.building import clean_words

_LONGEST = 2_000  # characters of an attribute
_LONGEST_ID = 4_000
_SHORT = 100  # characters of what comes again and again, and is remembered
_REMEMBERED = 10_000


@dataclass(slots=True)
class TurnRow:
    """What one row says; `number` is its row or line in the file, 1-based."""

    number: int
    id: str  # as it is written; "" where the file is of one transcript
    words: str
    speaker: str
    role: str
    begin: float | None
    end: float | None
    attributes: tuple[tuple[str, str], ...]


Value = Callable[[str], Any]  # of a column, in one row


def row_of(number: int, value: Value, columns: TurnColumns) -> TurnRow | Problem:
    """A row, or what is wrong with it."""
    id = plain(value(columns.id)).strip()[:_LONGEST_ID] if columns.id else ""
    if columns.id and not id:
        message = "this row names no transcript and is left out"
        return Problem("", number, message, f"fill its column {columns.id!r}")
    words = value(columns.text)
    if isinstance(words, bytes):
        words = words.decode("utf-8", "replace")
    if words is not None and not isinstance(words, str):
        message = f"the words of this row are none but {_kind(words)}; it is left out"
        return Problem("", number, message, "name another column with --column text=NAME")
    return TurnRow(
        number,
        id,
        words or "",
        _label(value(columns.speaker)) if columns.speaker else "",
        _label(value(columns.role)) if columns.role else "",
        _seconds(value(columns.begin), columns.scale) if columns.begin else None,
        _seconds(value(columns.end), columns.scale) if columns.end else None,
        tuple([(name, told) for name in columns.attributes if (told := plain(value(name)))]),
    )


def plain(value: Any) -> str:
    """A value as the text of an attribute or ID; "" for lists, objects and what is missing."""
    if isinstance(value, str | bytes):
        text: str = _decoded(value)
        return _known(text) if len(text) <= _SHORT else clean_words(text)[:_LONGEST]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return "" if value != value else str(int(value)) if whole else str(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value) if isinstance(value, int) else ""


_known = lru_cache(_REMEMBERED)(clean_words)


def _label(value: Any) -> str:
    value = _decoded(value)
    return _known_label(value) if isinstance(value, str) and len(value) <= _SHORT else label(value)


_known_label = lru_cache(_REMEMBERED)(label)


def _decoded(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _seconds(value: Any, scale: float) -> float | None:
    """Seconds of a time or a stretch of time; a date tells none."""
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, datetime.time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    if isinstance(value, datetime.date):
        return None
    found = seconds(_decoded(value))
    return found if found is None or scale == 1 else round(found * scale, 3)


def _kind(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return f"the number {value}"
    return "a list" if isinstance(value, list) else "an object"


def broken(number: int, what: str) -> Problem:
    """The problem of a line that is no row."""
    message = f"this line is {what} and is left out"
    return Problem("", number, message, "write one JSON object on each line")


def unread(names: list[str]) -> Problem:
    """The note on columns that say something else from row to row."""
    message = f"columns that change within a transcript are left out: {', '.join(names)}"
    return Problem("", 0, message, "", Severity.NOTE)
