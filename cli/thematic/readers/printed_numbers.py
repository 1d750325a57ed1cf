"""Numbers as they are printed in tables: thousands apart, percent signs, n/N, decimal commas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from thematic.model.tally import Printed, says_nothing, without_marks

_GAPS = ",\u00a0\u202f\u2009'’ "  # that set thousands apart
_NUMBER = rf"[-−]?(?:\d{{1,3}}(?:[{_GAPS}]\d{{3}})+|\d+)?(?:[.·]\d+)?"
_BESIDE = r"(?:[(\[](?P<beside>[^()\[\]]*)[)\]]|[;|/](?P<after>[^;|/]*))"
_OF_BASE = re.compile(
    rf"(?P<n>{_NUMBER})\s*(?:/|of|out of|von|sur|de|av|van)\s*(?P<base>\d[\d,]*)\s*(?:{_BESIDE})?",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"(?:n\s*=\s*)?(?P<below>[<＜≤]\s*)?(?P<n>{_NUMBER})\s*(?P<percent>[%％])?\s*(?:{_BESIDE})?"
)
_EQUALS = re.compile(r"[(\[]?\s*n\s*=\s*(?P<n>[^()\[\]]+?)\s*[)\]]?", re.IGNORECASE)
_ZERO = frozenset(("nil", "zero", "none", "null", "keine", "aucun", "aucune"))
_COMMA = re.compile(r"(?<![\d.])([-−]?)(?:(\d+),(\d{1,2}|\d{4,})|(0),(\d+))(?![\d,])")  # not 1,234
_POINT = re.compile(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0?\.\d")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")


def has_decimal_commas(cells: Iterable[str]) -> bool:
    """Whether the numbers of a table are written as 12,5 and not as 12.5."""
    numbers = [cell for cell in cells if printed_number(cell)]
    return any(map(_COMMA.search, numbers)) and not any(map(_POINT.search, numbers))


def has_thousands_points(cells: Iterable[str]) -> bool:
    """Whether points of a table set thousands apart: 37.706 beside 77, and never 0.706 or 7.7."""
    numbers = [cell for cell in cells if printed_number(cell)]
    pointed = [cell for cell in numbers if _THOUSANDS.search(cell)]
    return bool(pointed) and len(pointed) < len(numbers) and not any(map(_POINT.search, numbers))


def printed_number(cell: str, *, commas: bool = False, points: bool = False) -> Printed | None:
    """The number of a cell; None where it holds none.

    Of `3 (15%)` the number is 3, with 15 % beside it; of `18/20` it is 18, with the base 20.

    Args:
        cell: as it stands in the table.
        commas: whether commas are decimal signs throughout the table.
        points: whether points set thousands apart throughout the table.
    """
    text = " ".join(cell.split())
    if says_nothing(text):
        return None
    bare = without_marks(text)
    if bare.casefold() in _ZERO:
        return Printed(text, 0.0)
    pointed = _THOUSANDS.sub("", bare) if points else _COMMA.sub(_pointed, bare)
    if commas:
        pointed = _THOUSANDS.sub("", bare).replace(",", ".")
    if match := _EQUALS.fullmatch(pointed):
        pointed = match["n"]
    if match := _OF_BASE.fullmatch(pointed):
        base = int(match["base"].replace(",", ""))
        share = _beside(match, percent=False)  # where there is a base, it can be nothing else
        if match["after"] is not None and not (share and share.is_percent):
            return None
        beside = replace(share, is_percent=True) if share else None
        return _printed(text, match["n"], base=base, beside=beside)
    if match := _PLAIN.fullmatch(pointed):
        percent = bool(match["percent"])
        beside = _beside(match, percent=percent)
        if match["after"] is not None and (beside is None or beside.is_percent is percent):
            return None  # 3/5/2, 3; 4
        found = _printed(text, match["n"], percent=percent, beside=beside)
        return replace(found, is_below=bool(match["below"])) if found else None
    return None


def _pointed(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2] or match[4]}.{match[3] or match[5]}"


def _beside(match: re.Match[str], *, percent: bool) -> Printed | None:
    """The number in brackets or behind a sign, unless both are percentages."""
    text = (match["beside"] or match["after"] or "").strip()
    named = _EQUALS.fullmatch(text)
    other = _PLAIN.fullmatch(named["n"] if named else text)
    if other is None or (percent and other["percent"]):
        return None
    return _printed(text, other["n"], percent=bool(other["percent"]))


def _printed(
    text: str,
    number: str,
    *,
    percent: bool = False,
    base: int | None = None,
    beside: Printed | None = None,
) -> Printed | None:
    plain = re.sub(f"[{_GAPS}]", "", number).replace("−", "-").replace("·", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return Printed(text, value, len(plain.partition(".")[2]), percent, base, beside)
