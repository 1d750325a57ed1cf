"""Trends for people: periods down, codes across, each with its rate."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.across import across_grids
from thematic.report.grid import Grid, count, kind_plural, one_decimal, plural
from thematic.report.names import short_names


def trend_grids(table: ResultTable, width: int) -> list[Grid]:
    """One grid for each kind, or several where the codes do not fit the width."""
    records = table.records()
    grids: list[Grid] = []
    for kind in dict.fromkeys(record["kind"] for record in records):
        grids += _of_kind([r for r in records if r["kind"] == kind], table, kind, width)
    return grids


def _of_kind(
    records: list[dict[str, Any]], table: ResultTable, kind: str, width: int
) -> list[Grid]:
    codes = list(dict.fromkeys(record["code"] for record in records))
    names = short_names(codes)
    rows = {(record["bin"], record["code"]): record for record in records}
    bins = list(dict.fromkeys(record["bin"] for record in records))
    first = [rows[one, codes[0]] for one in bins] if codes else []
    length = records[0]["period"]
    by = (
        f"{length} of the talk"
        if records[0]["by"] == "position"
        else f"{length} of {records[0]['by']}"
    )
    labels = [
        (length.capitalize(), [one or "(undated)" for one in bins]),
        ("Transcripts", [count(record["transcripts_N"]) for record in first]),
        ("Words", [count(record["words_N"]) for record in first]),
    ]
    columns = [(names[code], [_cell(rows[one, code]) for one in bins]) for code in codes]
    title = f"{plural(table.unit)} by {by}: {kind_plural(kind).lower()}"
    return across_grids(title, labels, columns, width)


def _cell(record: dict[str, Any]) -> str:
    return f"{count(record['units'])} ({one_decimal(record['units_per_1000_words'])})"
