"""Cross-tabulations for people: codes down, groups across, what is said of a code last."""

from __future__ import annotations

from typing import Any

from thematic.analysis.crosstab import counted_name
from thematic.analysis.result import ResultTable
from thematic.model.counting import Once
from thematic.report.across import Column, across_grids
from thematic.report.grid import Grid, kind_plural, of_base
from thematic.report.names import short_names

_LEAST = 0.001  # of a p-value that is printed


def crosstab_grids(table: ResultTable, width: int) -> list[Grid]:
    """One grid for each kind, or several where the groups do not fit the width.

    Args:
        table: from `crosstab`.
        width: in characters.
    """
    records = table.records()
    if not records:
        return []
    by = records[0]["by"]
    if by == "kind":
        return _grids(records, f"{_what(table)} with each code, by kind", width)
    grids = []
    for kind in dict.fromkeys(record["kind"] for record in records):
        of_kind = [record for record in records if record["kind"] == kind]
        title = f"{_what(table)} with each code, by {by}: {kind_plural(kind).lower()}"
        grids += _grids(of_kind, title, width)
    return grids


def _what(table: ResultTable) -> str:
    return counted_name(Once(table.column("count")[0]), table.unit).capitalize()


def _grids(records: list[dict[str, Any]], title: str, width: int) -> list[Grid]:
    codes = list(dict.fromkeys(record["code"] for record in records))
    names = short_names(codes)
    cells = {(record["code"], record["group"]): record for record in records}
    groups = dict.fromkeys(record["group"] for record in records)
    columns: list[Column] = [
        (_group(group), [_cell(cells[code, group]) for code in codes]) for group in groups
    ]
    first = [next(r for r in records if r["code"] == code) for code in codes]
    columns += _measures(first)
    labels = [("Code", [names[code] for code in codes])]
    return across_grids(title, labels, columns, width)


def _group(name: str) -> str:
    return name or "(none)"


def _cell(record: dict[str, Any]) -> str:
    return of_base(record["n"], record["N"], record["share"])


def _measures(first: list[dict[str, Any]]) -> list[Column]:
    """Effect and test of each code, where any code has one."""
    columns: list[Column] = []
    if any(record["effect"] for record in first):
        name = next(record["effect"] for record in first if record["effect"])
        columns.append((name, [_number(record["effect_size"]) for record in first]))
    if any(record["difference"] is not None for record in first):
        columns.append(("Difference", [_difference(record) for record in first]))
    if any(record["test"] for record in first):
        columns.append(("Test", [record["test"] or "–" for record in first]))
        columns.append(("p", [_probability(record["p"]) for record in first]))
        columns.append(("p Holm", [_probability(record["p_holm"]) for record in first]))
    return columns


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _difference(record: dict[str, Any]) -> str:
    """In points of a hundred, with its interval where there is one."""
    if record["difference"] is None:
        return "–"
    said = _points(record["difference"])
    if record["difference_low"] is None:
        return said
    return f"{said} [{_points(record['difference_low'])}, {_points(record['difference_high'])}]"


def _points(share: float) -> str:
    points = round(100 * share)
    return f"{points:+}" if points else "0"


def _probability(p: float | None) -> str:
    if p is None:
        return "–"
    return f"<{_LEAST}" if p < _LEAST else f"{p:.3f}"
