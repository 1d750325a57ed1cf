"""Tables of a Word file, and the caveats below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thematic.report.grid import Grid
from thematic.report.word import clean, keep_whole, repeat_head, set_widths

WIDTH = 16.0  # centimetres of a page between its margins
_LABEL = 3.4  # of the first column of a table, at least
_LETTER, _HEAD_LETTER = 0.2, 0.17  # of a letter in a cell, and in a head, in a wide font
_MARGINS = 0.4  # left and right of a cell, together
_SMALL, _HEAD = 8.5, 7.0  # points, in tables and in their heads
_STYLE = "Light List Accent 1"


def add_grid(document: Any, grid: Grid) -> None:
    """A grid as a table: labels left, numbers right; rows of level 0 bold."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = table_with(document, grid.narrow_heads or grid.heads)
    for place, row in enumerate(grid.rows):
        level = grid.levels[place] if grid.levels else 1
        made = table.add_row()
        fill(made, [value.strip() for value in row], bold=level == 0)
        _indent(made, level if grid.levels else 0)
    for row in table.rows:
        for cell in row.cells[grid.labels :]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    set_widths(table, _widths(grid))


def _widths(grid: Grid) -> list[float]:
    """Centimetres of each column: as wide as its cells and the words of its head, if they fit."""
    heads = grid.narrow_heads or grid.heads
    rest = []
    for place, head in list(enumerate(heads))[1:]:
        longest = max((len(row[place]) for row in grid.rows), default=1)
        word = max(map(len, head.split()), default=1)
        rest.append(max(longest * _LETTER, word * _HEAD_LETTER) + _MARGINS)
    room = WIDTH - _LABEL
    scale = min(1.0, room / sum(rest)) if rest else 1.0
    made = [width * scale for width in rest]
    return [WIDTH - sum(made) if made else WIDTH, *made]


def table_with(document: Any, heads: Sequence[str]) -> Any:
    """A table with nothing but its heads, which come again on every page."""
    table = document.add_table(rows=1, cols=len(heads), style=_STYLE)
    fill(table.rows[0], heads, bold=True, size=_HEAD)
    repeat_head(table.rows[0])
    return table


def fill(row: Any, texts: Sequence[str], *, bold: bool, size: float = _SMALL) -> None:
    """Texts into the cells of a row, which no page parts."""
    from docx.shared import Pt

    keep_whole(row)
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run("\n".join(map(clean, text.split("\n"))))
        run.bold, run.font.size = bold, Pt(size)


def _indent(row: Any, level: int) -> None:
    from docx.shared import Cm

    row.cells[0].paragraphs[0].paragraph_format.left_indent = Cm(0.4 * level)


def add_notes(document: Any, notes: Sequence[str]) -> None:
    """Caveats, each a small paragraph."""
    from docx.shared import Pt

    for note in notes:
        run = document.add_paragraph().add_run(clean(note))
        run.italic, run.font.size = True, Pt(9)
