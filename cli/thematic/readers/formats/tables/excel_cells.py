"""What a cell of an Excel file shows, as text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from thematic.model.patterns import expression
from thematic.readers.formats.decoding import newlines

_ESCAPE = expression(r"_x([0-9A-Fa-f]{4})_")
_MINUTES_LAST = expression(r"\[?h+\]?:mm(?!:|\.)", re.IGNORECASE)
_DATE_SIGNS = expression(r"[yd]", re.IGNORECASE)
_DAY_ZERO = datetime(1899, 12, 31)  # of times of more than a day
_FIRST_DATE = datetime(1900, 3, 1)


def text_of(cell: Any, errors: list[Any]) -> str:
    """The text of an openpyxl cell; one with an error is added to `errors` and has none."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        errors.append(cell)
        return ""
    if isinstance(value, str):
        return unescaped(value).strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, cell.number_format or "")
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        return _percent(value, cell.number_format)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    return str(value)


def _percent(value: float, shown_as: str) -> str:
    """0.0135 in a cell of the format 0.00% as 1.35%."""
    digits = len(shown_as.partition(".")[2].partition("%")[0]) if "." in shown_as else 0
    return f"{value * 100:.{digits}f}%"


def unescaped(text: str) -> str:
    """Excel's text with its escapes such as `_x000D_` as the characters they stand for."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: _kept(chr(int(found[1], 16))), text)
    return newlines(text)


def _kept(sign: str) -> str:
    return sign if sign in "\t\n\r" or unicodedata.category(sign)[0] != "C" else ""


def _moment(value: datetime | date | time | timedelta, shown_as: str) -> str:
    """A date as 2021-07-08, a time as a clock time.

    A time that is shown without seconds stays so: who types 0:14 for fourteen seconds gets
    fourteen minutes in Excel, and sees 0:14.
    """
    if isinstance(value, datetime):
        if value >= _FIRST_DATE or _DATE_SIGNS.search(shown_as):
            day, moment = value.date().isoformat(), value.time()
            return day if moment == time() else f"{day} {moment.isoformat(_precision(moment))}"
        return _clock(value - _DAY_ZERO, shown_as)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        value = datetime.combine(date.min, value) - datetime.min
    return _clock(value, shown_as)


def _precision(moment: time) -> str:
    return "milliseconds" if moment.microsecond else "seconds"


def _clock(span: timedelta, shown_as: str) -> str:
    thousandths = round(span.total_seconds() * 1000)
    minutes, rest = divmod(max(thousandths, 0), 60_000)
    if not rest and _MINUTES_LAST.search(shown_as):
        return f"{minutes // 60}:{minutes % 60:02d}"
    fraction = f".{rest % 1000:03d}" if rest % 1000 else ""
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{fraction}"
