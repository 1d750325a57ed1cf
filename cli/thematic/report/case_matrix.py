"""The case-by-code matrix for people: kinds apart, codes across."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.analysis.case_matrix import column_names
from thematic.analysis.result import ResultTable
from thematic.model.cells import Cells
from thematic.report.across import across_grids
from thematic.report.grid import Grid, count, kind_plural, one_decimal, plural
from thematic.report.names import short_names


def matrix_grids(table: ResultTable, codes: Sequence[str], by: str, width: int) -> list[Grid]:
    """One grid for each kind, or several where the codes do not fit the width.

    Args:
        table: from `case_matrix`.
        codes: paths of its codes.
        by: case or transcript.
        width: in characters.
    """
    records = table.records()
    named = {path: name for path, name in column_names(codes).items() if name in table.columns}
    short = short_names(named)
    grids = []
    for kind in dict.fromkeys(record["kind"] for record in records):
        rows = [record for record in records if record["kind"] == kind]
        labels = [
            (by.capitalize(), [record[by] for record in rows]),
            ("Words", [count(record["words_N"]) for record in rows]),
        ]
        columns = [(short[p], [_cell(r[name]) for r in rows]) for p, name in named.items()]
        title = f"{_what(table)} by {by}: {kind_plural(kind).lower()}"
        grids += across_grids(title, labels, columns, width)
    return grids


def _cell(value: float | None) -> str:
    return one_decimal(value) if isinstance(value, float) else count(value)


def _what(table: ResultTable) -> str:
    cells = Cells(table.column("cells")[0])
    if cells is Cells.UNITS:
        return plural(table.unit)
    if cells is Cells.RATE:
        return f"{plural(table.unit)} for each 1,000 words"
    return "Found (1) or not (0)" if cells is Cells.BINARY else cells.value.capitalize()
