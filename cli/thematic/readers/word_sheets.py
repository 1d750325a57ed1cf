"""The rows of a sheet that came back as a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thematic.errors import Problem, Severity
from thematic.readers.formats.documents.blocks import Block, Cell, Paragraph, Table
from thematic.readers.formats.documents.word import word_blocks
from thematic.readers.formats.tables.rows import Row
from thematic.readers.limits import Limits
from thematic.readers.packed import Refused

_NEEDED = ("row", "coder")  # heads by which the table is known


def read_word_sheet(data: bytes, limits: Limits) -> tuple[list[Row], list[Problem]]:
    """The rows of the sheet's table, the heads first, numbered from 1; other tables are passed.

    What a program changed when it saved the file does not matter: fields and content controls
    are read as their words, deleted words are left out, and a table that was cut in two is one
    again. A row that has another number of cells than the heads is a problem.
    """
    try:
        tables = list(_tables(word_blocks(data, limits)[0]))
    except Refused as refused:
        return [], [refused.problem]
    rows: list[list[str]] = []
    for table in tables:
        cells = [[_text(cell) for cell in row] for row in table.rows]
        if cells and set(_NEEDED) <= {one.strip() for one in cells[0]}:
            rows += cells[1:] if rows and cells[0] == rows[0] else cells
        elif rows and cells and len(cells[0]) == len(rows[0]):
            rows += cells
    if not rows:
        hint = "keep the table of the sheet as it was, with its row of heads"
        return [], [Problem("", 0, "no table with the columns row and coder", hint)]
    problems = [
        Problem(
            "",
            line,
            f"the row has {len(cells)} cells, and the heads have {len(rows[0])}",
            "undo the merging or splitting of cells",
            Severity.ERROR,
        )
        for line, cells in enumerate(rows, start=1)
        if len(cells) != len(rows[0])
    ]
    return [Row(line, cells) for line, cells in enumerate(rows, start=1)], problems


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table))


def _text(cell: Cell) -> str:
    """The words of a cell; a table in it is read cell by cell."""
    parts = []
    for block in cell:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += [_text(inner) for row in block.rows for inner in row]
    return "\n".join(parts).strip()
