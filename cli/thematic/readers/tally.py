"""A file with a printed table -> its rows of cells with the numbers in them."""

from __future__ import annotations

import re
from pathlib import Path

from thematic.errors import Problem
from thematic.model.tally import TallyRow
from thematic.readers.formats.tables.rows import Row
from thematic.readers.printed_numbers import has_decimal_commas, printed_number
from thematic.readers.sheets import read_table

_RULE = re.compile(r":?-{2,}:?|={2,}|")  # cells of the line below a Markdown table's heads


def read_tally(path: Path) -> tuple[list[TallyRow], list[Problem]]:
    """The rows of a CSV, TSV or XLSX file that are not empty; problems name the file."""
    rows, problems = read_table(path)
    kept = [row for row in rows if not all(_RULE.fullmatch(cell.strip()) for cell in row.cells)]
    commas = has_decimal_commas(cell for row in kept for cell in row.cells[1:])
    return [_row(row, commas=commas) for row in kept], problems


def _row(row: Row, *, commas: bool) -> TallyRow:
    cells = tuple(" ".join(cell.split()) for cell in row.cells)
    numbers = tuple(printed_number(cell, commas=commas) for cell in cells)
    return TallyRow(row.line, cells, numbers)
