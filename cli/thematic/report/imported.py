"""What came in from files, for reading."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.safe import one_line

_MOST = 80  # characters of a passage or note that are shown
_HEADS = ("From", "Code", "Where", "Words", "Coder", "Found", "Status")


def import_grid(table: ResultTable) -> Grid:
    """The remarks, one row each."""
    records = table.records()
    several = len({record["file"] for record in records}) > 1
    rows = tuple(
        (
            f"{record['file']} {record['place']}" if several else record["place"],
            record["code"] or (record["kind"] or "–"),
            _where(record),
            _words(record),
            record["coder"] or "–",
            record["anchored"] or "–",
            record["status"],
        )
        for record in records
    )
    return Grid("What came in", _HEADS, rows, labels=len(_HEADS))


def _where(record: dict[str, Any]) -> str:
    if record["transcript"] is None:
        return "–"
    return f"{record['transcript']}" + (f" #{record['turn']}" if record["turn"] else "")


def _words(record: dict[str, Any]) -> str:
    quote = f"“{_short(record['text'])}”" if record["text"] else ""
    note = _short(record["note"] or "")
    return f"{quote} {note}".strip()


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"
