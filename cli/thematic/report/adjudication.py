"""What came of a list of disagreements, for reading."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.safe import one_line

_MOST = 100  # characters of words and notes that are shown


def adjudication_grid(table: ResultTable) -> Grid:
    """One row for each row of the list that has an outcome."""
    rows = tuple(
        (
            str(record["line"]),
            str(record["code"] or "–"),
            str(record["transcript"] or "–"),
            str(record["said"] or "–"),
            _outcome(record),
            str(record["coder"] or "–"),
            "; ".join(part for part in (record["status"], record["why"]) if part),
            _words(record),
        )
        for record in table.records()
        if record["decision"]
    )
    heads = ("Line", "Code", "Where", "Said", "Outcome", "By", "Status", "Words")
    return Grid("Adjudication", heads, rows, labels=len(heads))


def _outcome(record: dict[Any, Any]) -> str:
    parts = (record["decision"], record["into"])
    return " → ".join(part for part in parts if part) or "–"


def _words(record: dict[Any, Any]) -> str:
    note = f"({record['note']})" if record["note"] else ""
    line = one_line(f"{record['text'] or ''} {note}")
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"
