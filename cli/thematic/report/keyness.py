"""Key words for people: one grid for each code and direction."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from thematic.analysis.keyness import THE_REST
from thematic.analysis.result import ResultTable
from thematic.report.comparison import ratio
from thematic.report.grid import Grid, count, plural

HEADS = (
    *("Word", "Times", "Per 1,000", "Else", "Per 1,000", "Log-likelihood", "Log ratio"),
    *("Persons", "DP"),
)
_NARROW = {
    "Per 1,000": "Per\n1,000",
    "Log-likelihood": "Log-like-\nlihood",
    "Log ratio": "Log\nratio",
}


def keyness_grids(table: ResultTable) -> list[Grid]:
    """The key words of each code."""

    def part(record: dict[str, Any]) -> tuple[str, str, str]:
        return (record["code"], record["target"], record["reference"])

    grouped = groupby(table.records(), key=part)
    return [_grid(list(rows), table.unit) for _, rows in grouped]


def _grid(records: list[dict[str, Any]], unit: str) -> Grid:
    first = records[0]
    units = plural(unit).lower()
    whose = f"{first['target']}: {units} with {first['code'].replace('/', ' / ')}"
    rest = first["reference"] == THE_REST
    against = f"{units} without it" if rest else f"the same in {first['reference']}"
    sizes = f"{count(first['words_N'])} words against {count(first['reference_words_N'])}"
    return Grid(
        title=f"{whose}, against {against} ({sizes})",
        heads=HEADS,
        narrow_heads=tuple(_NARROW.get(head, head) for head in HEADS),
        rows=tuple(_cells(record) for record in records),
        whole=tuple(range(len(HEADS))),
    )


def _cells(record: dict[str, Any]) -> tuple[str, ...]:
    return (
        record["word"],
        count(record["count"]),
        f"{record['per_1000_words']:.1f}",
        count(record["reference_count"]),
        f"{record['reference_per_1000_words']:.1f}",
        f"{record['log_likelihood']:.1f}",
        ratio(record),
        f"{record['persons']}/{record['persons_N']}",
        f"{record['dp']:.2f}",
    )
