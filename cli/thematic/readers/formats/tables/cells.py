"""What the cells of a table hold: words, numbers, times, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from thematic.readers.formats.tables.rows import Row
from thematic.readers.speakers.stamps import CLOCK, seconds_from_cell

_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2}\.?[ -](?:[A-Z][a-z]{2,8})\.?[ ,-]+\d{4}"
)
_MOST_DIGITS = 15
_LONGEST = 60  # characters of a time or a number
_LONGEST_ADDRESS = 300
_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|\d{1,3}(?:\.\d{1,3}){3}")
_NUMBER = re.compile(r"[-+]?[\d., ]*\d[\d., ]*%?")
_RANGE = re.compile(rf"\[?\s*({CLOCK}|[\d.,]+)\s*(?:-->|[-–—]|to|bis)\s*({CLOCK}|[\d.,]+)\s*\]?")


def is_date(cell: str) -> bool:
    """Whether a cell begins with a day of the calendar, alone or with a time behind it."""
    return _DATE.match(cell.strip()) is not None


def is_number(cell: str) -> bool:
    """Whether a cell holds nothing but a number."""
    cell = cell.strip()
    return len(cell) <= _LONGEST and _NUMBER.fullmatch(cell) is not None


def is_whole(cell: str) -> bool:
    """Whether a cell is a whole number of a sane length."""
    return cell.isdecimal() and len(cell) <= _MOST_DIGITS


def is_time(cell: str) -> bool:
    """Whether a cell holds a time of a recording or a range of such."""
    cell = cell.strip()
    return 0 < len(cell) <= _LONGEST and not is_date(cell) and seconds_from_cell(cell) is not None


def is_clock(cell: str) -> bool:
    """Whether a cell holds a time written with colons, or a range of such."""
    return ":" in cell and is_time(cell)


def is_word(cell: str) -> bool:
    """Whether a cell holds words: no number, time, date, e-mail or net address alone."""
    cell = cell.strip()
    if not any(map(str.isalpha, cell)):
        return False
    if len(cell) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(cell):
        return False
    return not (is_date(cell) and len(cell.split()) <= 4)


def span_of(cell: str) -> tuple[float | None, float | None]:
    """Begin and end in seconds of a time or a range such as `0:00.0 - 0:07.3`."""
    cell = cell.strip()
    if len(cell) > _LONGEST:
        return None, None
    found = _RANGE.fullmatch(cell)
    if found:
        return seconds_from_cell(found[1]), seconds_from_cell(found[2])
    return (None if is_date(cell) else seconds_from_cell(cell)), None


def column(rows: Iterable[Row], number: int) -> list[str]:
    """The cells of one column that hold something, trimmed."""
    cells = (row.cells[number].strip() for row in rows if number < len(row.cells))
    return [cell for cell in cells if cell]


def cell_of(cells: Sequence[str], number: int | None) -> str:
    """One cell of a row; "" where the row is shorter, or there is no such column."""
    return cells[number] if number is not None and number < len(cells) else ""
