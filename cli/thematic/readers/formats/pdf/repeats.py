"""Lines that a program prints twice: at the foot of a page and again at the head of the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from thematic.readers.formats.pdf.pages import Page, Row

_MOST_LINES = 3
_SURE_LENGTH = 25  # characters that nobody says twice, word for word, where a page ends
_SAME_PLACE = 2.0  # points


def drop_repeats(pages: Sequence[Page], rows: Sequence[list[Row]]) -> int:
    """Drop the second print of lines at a page break; how many were dropped."""
    dropped = 0
    filled = [n for n, ones in enumerate(rows) if ones]
    for before, after in pairwise(filled):
        last, first = rows[before], rows[after]
        lines = _repeated(pages[before], last, first) if after == before + 1 else 0
        del first[:lines]
        dropped += lines
    return dropped


def _repeated(page: Page, rows: Sequence[Row], first: Sequence[Row]) -> int:
    """How many lines at the end of a page stand again at the start of the following one."""
    for lines in range(min(_MOST_LINES, len(rows), len(first)), 0, -1):
        pairs = list(zip(rows[-lines:], first, strict=False))
        if not all(_are_same(one, other) for one, other in pairs):
            continue
        # A short answer may well come twice; one that the page's edge cuts is a second print.
        is_cut = first[0].base < first[0].size or rows[-1].base > page.height - 0.2 * rows[-1].size
        if is_cut or sum(len(row.text) for row, _ in pairs) >= _SURE_LENGTH:
            return lines
    return 0


def _are_same(one: Row, other: Row) -> bool:
    begin, end = abs(one.left - other.left), abs(one.right - other.right)
    return begin <= _SAME_PLACE and end <= _SAME_PLACE and one.text == other.text
