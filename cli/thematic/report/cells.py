"""Tables and lines in files of results, read back as texts to be compared."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile

from thematic.analysis.comparing import Cells
from thematic.report.safe import FORMULA_STARTS

_LINED = (".csv", ".json", ".md", ".html", ".tex", ".txt", ".yaml", ".svg", ".jsonl")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")  # below the head of a Markdown table


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
            case ".docx":
                return dict(_numbered(_docx_tables(data)))
            case ".md":
                return dict(_numbered(_markdown_tables(data.decode("utf-8"))))
            case ".parquet":
                return _parquet(data)
    except (ValueError, RecursionError, csv.Error, KeyError, OSError, BadZipFile):
        return {}  # damaged, or made by somebody else
    return {}


def first_line_that_differs(name: str, old: bytes, new: bytes) -> str:
    """Where two texts begin to differ: "line 12", "paragraph 3"; "" of files without lines."""
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".docx":
        word, lines = "paragraph", [_paragraphs(one) for one in (old, new)]
    elif ending in _LINED:
        word, lines = "line", [one.decode("utf-8", "replace").split("\n") for one in (old, new)]
    else:
        return ""
    one, other = lines
    same = (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    place = next(same, min(len(one), len(other)))
    return f"{word} {place + 1}" if one != other else ""


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


def _parquet(data: bytes) -> dict[str, Cells]:
    from pyarrow import ArrowException, BufferReader
    from pyarrow.parquet import ParquetFile

    try:
        table = ParquetFile(BufferReader(data)).read()
    except ArrowException:
        return {}
    columns = [[_text(cell) for cell in column.to_pylist()] for column in table.columns]
    return {"": _table([table.column_names, *zip(*columns, strict=True)])}


def _docx_tables(data: bytes) -> Iterator[list[list[str]]]:
    from docx.oxml.ns import qn

    for table in _word_file(data).element.body.iter(qn("w:tbl")):
        rows = table.iterchildren(qn("w:tr"))
        yield [["".join(one.itertext(qn("w:t"))) for one in row.iterchildren(qn("w:tc"))]
               for row in rows]  # fmt: skip


def _paragraphs(data: bytes) -> list[str]:
    """All paragraphs of a Word file, also those in tables."""
    from docx.oxml.ns import qn

    try:
        body = _word_file(data).element.body
    except ValueError:
        return []
    return ["".join(one.itertext(qn("w:t"))) for one in body.iter(qn("w:p"))]


def _word_file(data: bytes) -> Any:
    """A Word file.

    Raises:
        ValueError: it is none.
    """
    from docx import Document

    try:
        return Document(io.BytesIO(data))
    except Exception as error:  # a damaged package raises nearly anything
        raise ValueError("no Word file") from error


def _markdown_tables(text: str) -> Iterator[list[list[str]]]:
    lines = text.split("\n")
    place = 1
    while place < len(lines):
        if _RULE.fullmatch(lines[place]) and lines[place - 1].startswith("|"):
            rows = [lines[place - 1]]
            while place + 1 < len(lines) and lines[place + 1].startswith("|"):
                place += 1
                rows.append(lines[place])
            yield [[cell.strip() for cell in _CELL.split(row)[1:-1]] for row in rows]
        place += 1


def _numbered(tables: Iterator[list[list[str]]]) -> Iterator[tuple[str, Cells]]:
    for number, rows in enumerate(tables, 1):
        if rows:
            yield f"table {number}", _table(rows)


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
