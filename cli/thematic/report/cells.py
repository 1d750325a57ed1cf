"""Tables in files of results, read back as texts to be compared: CSV, JSON, XLSX."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile

from thematic.analysis.comparing import Cells
from thematic.report.safe import FORMULA_STARTS


def tables_in(name: str, data: bytes) -> dict[str, Cells]:
    """The tables that a file holds, by their names; none where it holds none.

    Args:
        name: of the file; its ending says how it is read.
        data: what it holds.
    """
    try:
        match PurePosixPath(name).suffix.lower():
            case ".csv":
                return _csv(data)
            case ".json":
                return _json(json.loads(data))
            case ".xlsx":
                return _xlsx(data)
    except (ValueError, RecursionError, csv.Error, KeyError, OSError, BadZipFile):
        return {}  # damaged, or made by somebody else
    return {}


def _csv(data: bytes) -> dict[str, Cells]:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    return {"": _table(rows)} if rows else {}


def _json(document: Any, name: str = "") -> dict[str, Cells]:
    if not isinstance(document, dict):
        return {}
    rows = document.get("rows")
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        columns = list(dict.fromkeys(column for row in rows for column in row))
        cells = [[_text(row.get(column)) for column in columns] for row in rows]
        return {name: _table([columns, *cells])}
    found: dict[str, Cells] = {}
    for part, value in document.items():
        if isinstance(value, dict) and isinstance(value.get("rows"), list):
            found |= _json(value, str(part))
    return found


def _xlsx(data: bytes) -> dict[str, Cells]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        return {
            sheet.title: _table([[_text(cell) for cell in row] for row in sheet.values])
            for sheet in book.worksheets
        }
    except Exception:  # a damaged workbook raises nearly anything
        return {}


def _table(rows: Sequence[Sequence[str]]) -> Cells:
    """Rows of one length, with heads that differ."""
    width = max((len(row) for row in rows), default=0)
    heads: list[str] = []
    for place in range(width):
        head = rows[0][place] if place < len(rows[0]) else ""
        heads.append(head if head and head not in heads else f"{head or 'column'} {place + 1}")
    body = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows[1:])
    return Cells(tuple(heads), body)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case _:
            return str(value)


def records(cells: Cells) -> list[dict[str, str]]:
    """The rows of a CSV as mappings, without the guard against formulas."""
    return [
        {name: _unguarded(cell) for name, cell in zip(cells.columns, row, strict=True)}
        for row in cells.rows
    ]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
