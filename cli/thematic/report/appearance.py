"""First appearances for people: one transcript in a line."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.names import short_names

HEADS = ("Transcript", "New", "So far", "Next run", "Of base", "Random orders", "Which are new")


def appearance_grids(table: ResultTable) -> list[Grid]:
    """The transcripts in their order."""
    records = table.records()
    if not records:
        return []
    first = records[0]
    names = short_names(path for record in records for path in _paths(record))
    return [
        Grid(
            title=f"First appearance of {first['codes_N']} codes in {first['transcripts_N']} "
            f"transcripts ({first['kind']}), by {first['order']}",
            heads=HEADS,
            narrow_heads=tuple(head.replace(" ", "\n", 1) for head in HEADS),
            rows=tuple(_cells(record, names) for record in records),
            whole=tuple(range(6)),
        )
    ]


def _paths(record: dict[str, Any]) -> list[str]:
    return [path for path in record["which"].split("; ") if path]


def _cells(record: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
    ratio = record["run_ratio"]
    mark = f" {record['reached']}" if record["reached"] else ""
    low, middle, high = (record[f"random_{name}"] for name in ("low", "median", "high"))
    spread = "–" if middle is None else f"{middle:g} ({low:.0f}-{high:.0f})"
    value = f" ({record['order_value']})" if record["order_value"] != record["transcript"] else ""
    return (
        f"{record['position']} {record['transcript']}{value}",
        str(record["new"]),
        str(record["codes"]),
        "–" if record["run_new"] is None else str(record["run_new"]),
        "–" if ratio is None else f"{ratio:.0%}{mark}",
        spread,
        ", ".join(names[path] for path in _paths(record)),
    )
