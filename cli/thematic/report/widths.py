"""How wide columns are where a table does not fit: heads and figures stay whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from thematic.report.safe import one_line

if TYPE_CHECKING:
    from thematic.report.grid import Grid

_WORD = 12  # characters of a word for which room is kept
_NARROW = 4  # the same where there is little room


def fitted(
    grid: Grid, heads: Sequence[str], room: int, long: Callable[[str], int]
) -> list[int] | None:
    """The width of each column, the widest made narrower first; None where they cannot fit.

    Args:
        grid: its columns `whole` are not broken over lines; of the others long words may be.
        heads: of the columns; no word of them is broken.
        room: for all columns, without what stands between them.
        long: how wide a text is on a terminal.
    """
    cells = list(zip(heads, *grid.rows, strict=True))
    natural = [
        max([_widest(head, long), *(_long(cell, long) for cell in column)])
        for head, *column in cells
    ]
    for most in (_WORD, _NARROW):
        least = [
            max(_longest(column[:1], long), min(wide, most))
            for column, wide in zip(
                cells, (_longest(column, long) for column in cells), strict=True
            )
        ]
        for index in grid.whole:
            values = [_long(cell, long) for cell in cells[index][1:]]
            least[index] = max([least[index], *values])
        if sum(least) <= room:
            return _narrowed(natural, least, room)
    return None


def _long(cell: str, long: Callable[[str], int]) -> int:
    """How wide a cell is in one line, with the blanks before it that tell a code's depth."""
    return len(cell) - len(cell.lstrip(" ")) + long(one_line(cell))


def _widest(head: str, long: Callable[[str], int]) -> int:
    """Of the lines of a head."""
    return max((long(one_line(line)) for line in head.split("\n")), default=0)


def _longest(texts: Sequence[str], long: Callable[[str], int]) -> int:
    """Of all words."""
    return max((long(word) for text in texts for word in one_line(text).split()), default=1)


def _narrowed(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    widths = [max(pair) for pair in zip(natural, least, strict=True)]
    while sum(widths) > room:
        free = [index for index, width in enumerate(widths) if width > least[index]]
        widths[max(free, key=lambda index: widths[index])] -= 1
    return widths
