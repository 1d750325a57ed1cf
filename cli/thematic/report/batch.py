"""The summary of a batch for people: one study in a line, and alarms below."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid, count

HEADS = ("Study", "Change", "Read/expected", "Persons", "Words", "Codings", "Problems", "Exit")
_NARROW = (
    "Study",
    "Change",
    "Read/\nexp.",
    "Per-\nsons",
    "Words",
    "Co-\ndings",
    "Prob-\nlems",
    "Exit",
)


def batch_grid(table: ResultTable) -> Grid:
    """The studies in their order; alarms and faults are its notes."""
    records = table.records()
    return Grid(
        title="Reports on studies",
        heads=HEADS,
        narrow_heads=_NARROW,
        rows=tuple(_cells(row) for row in records),
        labels=2,
        whole=tuple(range(2, 8)),
        notes=(
            *(f"ALARM {row['study']}: {row['alarm']}." for row in records if row["alarm"]),
            *(f"FAULT {row['study']}: {row['fault']}" for row in records if row["fault"]),
        ),
    )


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    expected = "" if row["expected"] is None else f"/{row['expected']}"
    numbers = (count(row[name]) for name in ("persons", "words", "theme_codings", "errors"))
    change = row["changed"] or row["change"] or "–"
    read = "–" if row["read"] is None else f"{row['read']}{expected}"
    return (str(row["study"]), change, read, *numbers, str(row["exit_code"]))
