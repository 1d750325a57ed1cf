"""CSV and TSV as rows with line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from thematic.errors import Problem, Severity

_LARGEST_FIELD = 2**31 - 1  # characters; the csv module's own limit is 131,072


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the line (1-based) on which it begins."""

    line: int
    cells: list[str]


def delimiter_of(text: str, suffix: str) -> str:
    """Tab, comma or semicolon: what parts the first line best; a .tsv is parted by tabs."""
    first = next((line for line in text.split("\n", 20) if line.strip()), "")
    if suffix.lower() == ".tsv" and "\t" in first:
        return "\t"
    return max("\t,;", key=lambda sign: len(_cells(first, sign)))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)


def read_rows(text: str, delimiter: str) -> tuple[list[Row], list[Problem]]:
    """Every row that holds something; broken quotes are a Problem, the rows are still read."""
    limit = csv.field_size_limit(_LARGEST_FIELD)
    try:
        return list(_rows(text, delimiter, strict=True)), []
    except csv.Error as error:
        unquoted = _unquoted(text, delimiter)
        if unquoted:
            return unquoted, []
        rows = list(_rows(text, delimiter, strict=False))
        line = _broken_line(text, delimiter)
        message = f"quotes in this table are broken ({error}); rows may have run together"
        hint = 'put every cell in double quotes and write a quote inside as ""'
        return rows, [Problem("", line, message, hint, Severity.WARNING)]
    finally:
        csv.field_size_limit(limit)


def _rows(text: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(line, cells)
        line = reader.line_num + 1


def _unquoted(text: str, delimiter: str) -> list[Row]:
    """The rows of a tab-parted table whose quotes are part of the words; [] if it is none."""
    lines = text.split("\n")
    rows = [Row(n, line.split("\t")) for n, line in enumerate(lines, start=1) if line.strip()]
    even = delimiter == "\t" and all(len(row.cells) == len(rows[0].cells) for row in rows)
    return rows if even else []


def _broken_line(text: str, delimiter: str) -> int:
    line = 1
    try:
        for row in _rows(text, delimiter, strict=True):
            line = row.line + 1
    except csv.Error:
        return line
    return 0
