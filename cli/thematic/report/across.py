"""Wide tables, with codes across: split into as many grids as the width needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len

from thematic.report.grid import Grid
from thematic.report.safe import one_line
from thematic.report.terminal import WIDE

_LABEL = 24  # columns for a label, which is broken over lines where it is longer
_JOINT = re.compile(r"(?<=[-/ ])(?=\w)")
Column = tuple[str, Sequence[str]]  # head, cells


def across_grids(
    title: str,
    labels: Sequence[Column],
    columns: Sequence[Column],
    width: int,
    *,
    texts: int = 1,
    notes: tuple[str, ...] = (),
) -> list[Grid]:
    """Grids that begin with the same columns and have the others in turn.

    Args:
        title: of the first; the others say that they go on.
        labels: what stands at the beginning of every grid.
        columns: what is spread over them, at least one in each.
        width: in characters.
        texts: how many of the labels are texts, and not numbers.
        notes: of the last grid.
    """
    wide = width >= WIDE
    taken = [_width(label, wide=wide) for label in labels]
    room = width - sum(min(one, _LABEL) for one in taken) - len(labels)
    parts = list(_packed(columns, room, lambda column: _width(column, wide=wide) + 1)) or [[]]
    return [
        _grid(
            title if not place else f"{title} (continued)",
            [*labels, *part],
            texts,
            notes=(notes if place == len(parts) - 1 else ()),
        )
        for place, part in enumerate(parts)
    ]


def _packed(
    columns: Sequence[Column], room: int, needs: Callable[[Column], int]
) -> Iterator[list[Column]]:
    part: list[Column] = []
    left = room
    for column in columns:
        if part and needs(column) > left:
            yield part
            part, left = [], room
        part.append(column)
        left -= needs(column)
    if part:
        yield part


def _grid(title: str, columns: Sequence[Column], texts: int, notes: tuple[str, ...]) -> Grid:
    heads = tuple(head for head, _ in columns)
    return Grid(
        title=title,
        heads=heads,
        narrow_heads=tuple(_broken(head) for head in heads),
        rows=tuple(zip(*(cells for _, cells in columns), strict=True)),
        labels=texts,
        whole=tuple(range(texts, len(columns))),
        notes=notes,
    )


def _broken(head: str) -> str:
    """A head in short lines: broken after hyphens, slashes and blanks."""
    return "\n".join(part.strip() for part in _JOINT.split(head))


def _width(column: Column, *, wide: bool) -> int:
    head, cells = column
    lines = [head] if wide else _broken(head).split("\n")
    return max(cell_len(one_line(text)) for text in (*lines, *cells))
