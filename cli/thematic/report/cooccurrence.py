"""Co-occurrence for people: one grid for each kind of transcript, a pair in a line."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid, count, kind_plural, of_base, percent, plural
from thematic.report.names import short_names


def cooccurrence_grids(table: ResultTable) -> list[Grid]:
    """The pairs of each kind."""
    records = table.records()
    kinds = dict.fromkeys(record["kind"] for record in records)
    return [_grid(table, kind, [r for r in records if r["kind"] == kind]) for kind in kinds]


def _grid(table: ResultTable, kind: str, records: list[dict[str, Any]]) -> Grid:
    first = records[0]
    near = f", or at most {first['within']} apart" if first["within"] else ""
    persons = f"Persons both/{first['cases_N']}"
    heads = ("Code 1", "Code 2", persons, "n1", "n2", "n12", *_MEASURES)
    names = short_names(record[code] for record in records for code in ("code_1", "code_2"))
    return Grid(
        title=f"{plural(table.unit)} with both codes{near}: {kind_plural(kind).lower()}, of "
        f"{count(first['units_N'])} {plural(table.unit).lower()}",
        heads=heads,
        narrow_heads=tuple(_NARROW.get(head, head).replace("both", "\nboth") for head in heads),
        rows=tuple(_cells(record, names) for record in records),
        labels=2,
        whole=tuple(range(2, len(heads))),
    )


_MEASURES = ("Overlapping", "Jaccard", "Of n1", "Of n2")
_NARROW = {"Overlapping": "Over-\nlapping", "Jaccard": "Jac-\ncard", "Of n1": "Of\nn1"}
_NARROW |= {"Of n2": "Of\nn2"}


def _cells(record: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
    return (
        names[record["code_1"]],
        names[record["code_2"]],
        of_base(record["cases_12"], record["cases_N"], None),
        *(count(record[name]) for name in ("n1", "n2", "n12", "overlapping")),
        "–" if record["jaccard"] is None else f"{record['jaccard']:.2f}",
        percent(record["share_of_1"]),
        percent(record["share_of_2"]),
    )
