"""Passages that moved with a corrected transcript, for reading."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.safe import one_line

_MOST = 160  # characters of words that are shown


def moved_grid(table: ResultTable) -> Grid:
    """One row per passage: those to look at first, then those whose words are the same."""
    records = table.records()
    order = ("lost", "absent", "unsure", "changed", "respaced", "renamed", "moved")
    records.sort(key=lambda record: order.index(record["found"]))
    rows = tuple(
        (
            str(record["found"]),
            _where(record),
            str(record["codes"] or "–"),
            str(record["coders"]),
            str(record["events"]),
            _words(record),
        )
        for record in records
    )
    heads = ("Found", "Where", "Codes", "Coders", "Events", "Words")
    return Grid("Passages that moved", heads, rows, labels=len(heads))


def _where(record: dict[Any, Any]) -> str:
    old = f"{record['transcript']} {record['start']}–{record['end']}"
    if record["new_start"] is None:
        return f"{old} → nowhere"
    turn = f", turn {record['turn']}" if record["turn"] else ""
    renamed = record["new_transcript"] != record["transcript"]
    id = f"{record['new_transcript']} " if renamed else ""
    return f"{old} → {id}{record['new_start']}–{record['new_end']}{turn}"


def _words(record: dict[Any, Any]) -> str:
    line = one_line(record["difference"] or record["text"])
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"
