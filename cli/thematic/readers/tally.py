"""A file with a printed table -> its rows of cells with the numbers in them."""

from __future__ import annotations

import re
from pathlib import Path

from thematic.errors import Problem, Severity
from thematic.model.tally import TallyRow
from thematic.readers.document_tables import DOCUMENTS, Cells, tables_of_document
from thematic.readers.formats.tables.rows import Row
from thematic.readers.limits import Limits
from thematic.readers.packed import Refused
from thematic.readers.printed_numbers import (
    has_decimal_commas,
    has_thousands_points,
    printed_number,
)
from thematic.readers.sheets import read_table

_IN_ALL = re.compile(r"[(\[]?\s*n\s*=\s*[\d.,\s]+[)\]]?", re.IGNORECASE)  # a cell of N
_RULE = re.compile(r":?-{2,}:?|={2,}|")  # cells of the line below a Markdown table's heads


def read_tally(path: Path) -> tuple[list[TallyRow], list[Problem]]:
    """The rows of a table that are not empty; problems name the file.

    Args:
        path: a CSV, TSV, Excel, Markdown, Word or ODT file; of several tables in a document
            that with most numbers is read.
    """
    rows, problems = _document(path) if path.suffix.lower() in DOCUMENTS else read_table(path)
    kept = [row for row in rows if not all(_RULE.fullmatch(cell.strip()) for cell in row.cells)]
    cells = [cell for row in kept for cell in row.cells[1:]]
    commas, points = has_decimal_commas(cells), has_thousands_points(cells)
    return [_row(row, commas=commas, points=points) for row in kept], problems


def _document(path: Path) -> tuple[list[Row], list[Problem]]:
    """The table of a document that holds most numbers."""
    try:
        tables = tables_of_document(path.read_bytes(), path.suffix.lower(), Limits())
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return [], [Problem(str(path), 0, message, "check the name and the rights of the file")]
    except Refused as refused:
        return [], [refused.problem.within(str(path))]
    if not tables:
        return [], [Problem(str(path), 0, "there is no table in it", "name a file with a table")]
    place = max(range(len(tables)), key=lambda one: _numbers(tables[one]))
    told = f"of {len(tables)} tables the one with most numbers was read, number {place + 1}"
    problems = [Problem(str(path), 0, told, severity=Severity.WARNING)] if len(tables) > 1 else []
    return [Row(line, cells) for line, cells in enumerate(tables[place], 1)], problems


def _numbers(table: Cells) -> int:
    return sum(printed_number(cell) is not None for row in table for cell in row[1:])


def _row(row: Row, *, commas: bool, points: bool) -> TallyRow:
    cells = tuple(" ".join(cell.split()) for cell in row.cells)
    filled = [cell for cell in cells if cell]
    if cells and not cells[0] and filled and all(map(_IN_ALL.fullmatch, filled)):
        cells = ("N", *cells[1:])  # a row (n = 12) (n = 8) below the heads
    numbers = tuple(printed_number(cell, commas=commas, points=points) for cell in cells)
    return TallyRow(row.line, cells, numbers)
