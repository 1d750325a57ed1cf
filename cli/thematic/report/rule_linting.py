"""Doubts about rules for people: one grid for each doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.analysis.rule_linting import Doubt
from thematic.report.grid import Grid, count
from thematic.report.safe import one_line

_MOST = 15  # rows of one doubt that are shown; all are in csv and json
_TITLES = {
    Doubt.UNDEFINED: "Codes without a definition",
    Doubt.NO_EXAMPLE: "Codes with rules and no example",
    Doubt.SILENT: "Rules that never fire here",
    Doubt.WITHHELD: "Rules whose every mention is withheld",
    Doubt.SWALLOWED: "Rules whose every mention is swallowed by a longer one",
    Doubt.EVERYWHERE: "Rules that fire in a fifth of all units or more",
    Doubt.TRAP: "Globs with a short beginning, and what they caught",
    Doubt.CAUGHT: "What globs and lemmas caught",
    Doubt.SHARED: "The same rule in several codes",
    Doubt.DOUBLE: "The same words counted in two themes",
    Doubt.NEAR: "Words with the stem of a rule that its code does not catch",
}


def doubt_grids(table: ResultTable) -> list[Grid]:
    """One grid for each doubt that there is, in the order of the table."""
    records = table.records()
    return [
        _grid(doubt, own)
        for doubt in Doubt
        if (own := [one for one in records if one["doubt"] == doubt.value])
    ]


def _grid(doubt: Doubt, records: list[dict[str, Any]]) -> Grid:
    rows = tuple(
        (str(one["line"] or ""), one["code"], one_line(one["rule"]), _found(one))
        for one in records[:_MOST]
    )
    more = len(records) - len(rows)
    note = f"{_TITLES[doubt]}: and {more} more; all of them with -f csv." if more else ""
    return Grid(
        f"{_TITLES[doubt]}: {len(records)}",
        ("Line", "Code", "Rule", "Found"),
        rows,
        labels=4,
        whole=(0,),
        notes=(note,) if note else (),
    )


def _found(record: Mapping[str, Any]) -> str:
    if record["count"] is None:
        return ""
    base = f" of {count(record['base'])}" if record["base"] else ""
    number = f"{count(record['count'])}{base} {record['unit']}{'s' * (record['count'] != 1)}"
    return f"{number}: {one_line(record['detail'])}" if record["detail"] else number
