"""First appearances for people: one transcript in a line."""

from __future__ import annotations

from typing import Any

from thematic.analysis.appearance import GIVEN
from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.names import short_names

HEADS = ("New", "So far", "Next run", "Of base", "Random orders", "Which are new")


def appearance_grids(table: ResultTable) -> list[Grid]:
    """The transcripts in their order."""
    records = table.records()
    if not records:
        return []
    first = records[0]
    names = short_names(path for record in records for path in _paths(record))
    by_value = any(record["order_value"] != record["transcript"] for record in records)
    labels = ["No.", "Transcript", *([_ordered_by(first["order"])] if by_value else [])]
    heads = (*labels, *HEADS)
    return [
        Grid(
            title=f"First appearance of {first['codes_N']} codes in {first['transcripts_N']} "
            f"transcripts ({first['kind']}), by {first['order']}",
            heads=heads,
            narrow_heads=(*labels, *(head.replace(" ", "\n", 1) for head in HEADS)),
            rows=tuple(_cells(record, names, by_value=by_value) for record in records),
            labels=len(labels),
            whole=(0, *range(2, len(heads) - 1)),
        )
    ]


def _paths(record: dict[str, Any]) -> list[str]:
    return [path for path in record["which"].split("; ") if path]


def _ordered_by(order: str) -> str:
    return "Place" if order == GIVEN else order.capitalize()


def _cells(record: dict[str, Any], names: dict[str, str], *, by_value: bool) -> tuple[str, ...]:
    ratio = record["run_ratio"]
    mark = f" {record['reached']}" if record["reached"] else ""
    low, middle, high = (record[f"random_{name}"] for name in ("low", "median", "high"))
    spread = "–" if middle is None else f"{middle:g} ({low:.0f}-{high:.0f})"
    return (
        str(record["position"]),
        record["transcript"],
        *([record["order_value"]] if by_value else []),
        str(record["new"]),
        str(record["codes"]),
        "–" if record["run_new"] is None else str(record["run_new"]),
        "–" if ratio is None else f"{ratio:.0%}{mark}",
        spread,
        ", ".join(names[path] for path in _paths(record)),
    )
