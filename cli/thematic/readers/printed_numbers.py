"""Numbers as they are printed in tables: thousands apart, percent signs, n/N, decimal commas."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thematic.model.tally import Printed, says_nothing, without_marks

_NUMBER = r"[-−]?(?:\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+|\d+)?(?:[.·]\d+)?"
_OF_BASE = re.compile(rf"(?P<n>{_NUMBER})\s*(?:/|of|out of)\s*(?P<base>\d[\d,]*)(?:\s*\([^()]*\))?")
_PLAIN = re.compile(
    rf"(?:n\s*=\s*)?(?P<n>{_NUMBER})\s*(?P<percent>%)?\s*(?:\((?P<beside>[^()]*)\))?"
)
_COMMA = re.compile(r"(?<![\d.])([-−]?)(?:(\d+),(\d{1,2}|\d{4,})|(0),(\d+))(?![\d,])")  # not 1,234
_POINT = re.compile(r"\d\.(?:\d{1,2}|\d{4,})(?!\d)|(?<!\d)0?\.\d")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")


def has_decimal_commas(cells: Iterable[str]) -> bool:
    """Whether the numbers of a table are written as 12,5 and not as 12.5."""
    numbers = [cell for cell in cells if printed_number(cell)]
    return any(map(_COMMA.search, numbers)) and not any(map(_POINT.search, numbers))


def printed_number(cell: str, *, commas: bool = False) -> Printed | None:
    """The number of a cell; None where it holds none.

    Of `3 (15%)` the number is 3, with 15 % beside it; of `18/20` it is 18, with the base 20.

    Args:
        cell: as it stands in the table.
        commas: whether commas are decimal signs throughout the table.
    """
    text = " ".join(cell.split())
    if says_nothing(text):
        return None
    bare = without_marks(text)
    pointed = _COMMA.sub(_pointed, bare)
    if commas:
        pointed = _THOUSANDS.sub("", bare).replace(",", ".")
    if match := _OF_BASE.fullmatch(pointed):
        base = int(match["base"].replace(",", ""))
        return _printed(text, match["n"], base=base)
    if match := _PLAIN.fullmatch(pointed):
        percent = bool(match["percent"])
        return _printed(text, match["n"], percent=percent, beside=_beside(match, percent=percent))
    return None


def _pointed(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2] or match[4]}.{match[3] or match[5]}"


def _beside(match: re.Match[str], *, percent: bool) -> Printed | None:
    """The number in brackets, where one of the two has a percent sign and the other none."""
    text = (match["beside"] or "").strip()
    other = _PLAIN.fullmatch(text)
    if other is None or bool(other["percent"]) is percent:
        return None
    return _printed(text, other["n"], percent=not percent)


def _printed(
    text: str,
    number: str,
    *,
    percent: bool = False,
    base: int | None = None,
    beside: Printed | None = None,
) -> Printed | None:
    plain = re.sub(r"[,\u00a0\u202f' ]", "", number).replace("−", "-").replace("·", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return Printed(text, value, len(plain.partition(".")[2]), percent, base, beside)
