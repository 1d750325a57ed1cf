"""Numbers as they are printed in tables: thousands apart, percent signs, n/N, decimal commas."""

from __future__ import annotations

import re

from thematic.model.tally import Printed

_NUMBER = r"[-−]?(?:\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+|\d+)?(?:[.·]\d+)?"
_OF_BASE = re.compile(rf"(?P<n>{_NUMBER})\s*(?:/|of|out of)\s*(?P<base>\d[\d,]*)(?:\s*\([^()]*\))?")
_PLAIN = re.compile(
    rf"(?:n\s*=\s*)?(?P<n>{_NUMBER})\s*(?P<percent>%)?\s*(?:\((?P<beside>[^()]*)\))?"
)
_COMMA = re.compile(r"([-−]?\d+),(\d{1,2}|\d{4,})(?!\d)")  # 12,5 and not 1,234
_MARKS = re.compile(r"[*†‡§¶]+$|\[[a-z0-9]{1,2}\]$")  # of footnotes
_NONE = frozenset({"", "-", "–", "—", "n/a", "na", "n.a.", "nd", ".", "..", "...", "…"})


def printed_number(cell: str) -> Printed | None:
    """The number of a cell; None where it holds none.

    Of `3 (15%)` the number is 3; of `18/20` it is 18, with the base 20.
    """
    text = " ".join(cell.split())
    bare = _MARKS.sub("", text).strip()
    if bare.casefold() in _NONE:
        return None
    pointed = _COMMA.sub(r"\1.\2", bare)
    if match := _OF_BASE.fullmatch(pointed):
        base = int(match["base"].replace(",", ""))
        return _printed(text, match["n"], base=base)
    if match := _PLAIN.fullmatch(pointed):
        return _printed(text, match["n"], percent=bool(match["percent"]))
    return None


def _printed(
    text: str, number: str, *, percent: bool = False, base: int | None = None
) -> Printed | None:
    plain = re.sub(r"[,\u00a0\u202f' ]", "", number).replace("−", "-").replace("·", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return Printed(text, value, len(plain.partition(".")[2]), percent, base)
