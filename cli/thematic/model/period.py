"""Dates as people write them, and the periods they fall into."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum


class Period(StrEnum):
    """How long one period is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_PARTS = {Period.YEAR: 1, Period.MONTH: 2, Period.DAY: 3}
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
# Year first, or a month in letters: 3/4/2021 may be two days, and is none here.
_NUMBERS = re.compile(
    r"(?P<y>\d{4})(?:(?P<sign>[-/.])(?P<m>\d{1,2})(?:(?P=sign)(?P<d>\d{1,2}))?)?(?:[T ].*)?"
)
_SHORT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_WORDS = (
    re.compile(rf"(?:(?P<d>\d{{1,2}})\.?[ ]+)?{_NAME},?[ ]+(?P<y>\d{{4}})"),
    re.compile(rf"{_NAME}[ ]+(?P<d>\d{{1,2}}),?[ ]+(?P<y>\d{{4}})"),
)


def date_parts(written: str) -> tuple[int, ...]:
    """Year, month and day of a date, as many as it names; () where it is no clear date.

    Read are 2021-07-08 (also with / or ., with a time behind it), 2021-07, 2021, 20210708,
    8 July 2021, July 8, 2021 and July 2021. What may be two dates, such as 7/8/2021, is none.
    """
    text = " ".join(written.split())
    for pattern in (_SHORT, _NUMBERS, *_WORDS):
        if (match := pattern.fullmatch(text)) is not None:
            return _parts(match.groupdict())
    return ()


def _parts(found: dict[str, str | None]) -> tuple[int, ...]:
    month = found.get("m") or _month(found.get("name") or "")
    parts = [part for part in (found["y"], month, found.get("d")) if part]
    numbers = tuple(int(part) for part in parts)
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return ()
    # A name that is no month is no date.
    return () if found.get("name") and not month else numbers


def _month(name: str) -> str:
    """The number of an English month, whole or cut after three letters or more."""
    full = [month for month in _MONTHS if name and month.startswith(name.casefold())]
    return str(_MONTHS.index(full[0]) + 1) if full else ""


def period_of(written: str, period: Period) -> str:
    """The period of a date, as 2021-07; "" where the date is unclear or not that exact."""
    parts = date_parts(written)
    wanted = _PARTS[period]
    if len(parts) < wanted:
        return ""
    return "-".join(f"{part:0{4 if not at else 2}}" for at, part in enumerate(parts[:wanted]))
