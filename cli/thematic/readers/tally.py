"""A file with a printed table -> its rows of cells with the numbers in them."""

from __future__ import annotations

from pathlib import Path

from thematic.errors import Problem
from thematic.model.tally import TallyRow
from thematic.readers.formats.tables.rows import Row
from thematic.readers.printed_numbers import printed_number
from thematic.readers.sheets import read_table


def read_tally(path: Path) -> tuple[list[TallyRow], list[Problem]]:
    """The rows of a CSV, TSV or XLSX file that are not empty; problems name the file."""
    rows, problems = read_table(path)
    return [_row(row) for row in rows if any(cell.strip() for cell in row.cells)], problems


def _row(row: Row) -> TallyRow:
    cells = tuple(" ".join(cell.split()) for cell in row.cells)
    return TallyRow(row.line, cells, tuple(printed_number(cell) for cell in cells))
