"""The rows of a table in a file, whatever kind of file it is."""

from __future__ import annotations

from thematic.errors import Problem
from thematic.readers.formats.decoding import decode
from thematic.readers.formats.tables.rows import Row, delimiter_of, read_rows
from thematic.readers.limits import Limits

EXCEL = (".xlsx", ".xlsm")
TABLE_FILES = (".csv", ".tsv", *EXCEL)


def rows_of(data: bytes, suffix: str, limits: Limits) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV, TSV or XLSX file, of the latter those of its one table.

    Args:
        data: the file's bytes.
        suffix: its ending in small letters, one of TABLE_FILES.
        limits: how many cells are read.
    """
    if suffix in EXCEL:
        from thematic.readers.formats.tables.excel import read_sheet

        return read_sheet(data, "", limits)
    text, problems = decode(data)
    if text is None:
        return [], problems
    rows, more = read_rows(text, delimiter_of(text, suffix), limits)
    return rows, [*problems, *more]
