"""Ways of counting side by side, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.analysis.sensitivity import AS_CODED, BASES, MEASURES
from thematic.report.grid import NARROW, Grid, count, plural

_HEADS = {"turns": "Turns", "speakers": "Speakers", "persons": "Persons", "words": "Words"}
_HEADS |= {"mentions": "Mentions", "transcripts": "Transcripts"}
_NARROW = NARROW | {"Speakers": "Speak-\ners", "Mentions": "Men-\ntions"}
_ALL = "all there are"

Record = dict[str, Any]


def sensitivity_grids(table: ResultTable) -> list[Grid]:
    """What is counted, then in which way, then the codes whose comparison hangs on it."""
    records = table.records()
    if not records:
        return []
    units = plural(table.unit)
    return [_measures(records, units), _variants(records, units), *_changes(records, units)]


def _measures(records: Sequence[Record], units: str) -> Grid:
    """Counted as mentions, units ...: one line for each code and group."""
    plain = [record for record in records if record["variant"] == AS_CODED]
    names = list(dict.fromkeys(record["group"] for record in plain))
    bases = {(r["group"], r["measure"]): r["base"] for r in plain}
    rows = [
        (_ALL, name, *("–" if m != BASES[m] else count(bases[name, m]) for m in MEASURES))
        for name in names
    ]
    cells = {(r["code"], r["group"], r["measure"]): count(r["count"]) for r in plain}
    lines = list(dict.fromkeys((r["code"], r["group"]) for r in plain))
    rows += [
        (_label(code), name, *(cells[code, name, m] for m in MEASURES)) for code, name in lines
    ]
    heads = ("Code", "Group", *(_HEADS.get(measure, units) for measure in MEASURES))
    levels = (1,) * len(names) + tuple(code.count("/") for code, _ in lines)
    title = "Counted as: each in which rules suggest the code, once"
    return _grid(title, heads, rows, levels)


def _variants(records: Sequence[Record], units: str) -> Grid:
    """Units in each way of counting: one line for each code and group."""
    of_units = [record for record in records if record["measure"] == "units"]
    variants = list(dict.fromkeys(record["variant"] for record in of_units))
    cells = {(r["code"], r["group"], r["variant"]): count(r["count"]) for r in of_units}
    lines = list(dict.fromkeys((r["code"], r["group"]) for r in of_units))
    rows = [(_label(code), name, *(cells[code, name, v] for v in variants)) for code, name in lines]
    heads = ("Code", "Group", *(variant.capitalize() for variant in variants))
    return _grid(f"{units} counted", heads, rows, tuple(code.count("/") for code, _ in lines))


def _changes(records: Sequence[Record], units: str) -> list[Grid]:
    """Codes of which not all ways of counting name the same group."""
    marked = [record for record in records if record["changes"]]
    names = list(dict.fromkeys(record["group"] for record in records))
    rows = []
    for code, variant in dict.fromkeys((r["code"], r["variant"]) for r in marked):
        found = [r for r in marked if (r["code"], r["variant"]) == (code, variant)]
        sides = [
            dict.fromkeys(
                _HEADS.get(r["measure"], units).lower() for r in found if r["higher"] == n
            )
            for n in names
        ]
        rows.append((_label(code), variant, *(", ".join(side) or "–" for side in sides)))
    if not rows:
        return []
    title = "THE COMPARISON CHANGES with what is counted: by which the rate is higher in ..."
    levels = tuple(1 for _ in rows)
    return [Grid(title, ("Code", "Way", *names), tuple(rows), labels=4, levels=levels)]


def _grid(
    title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], levels: tuple[int, ...]
) -> Grid:
    return Grid(
        title=title,
        heads=heads,
        narrow_heads=tuple(_NARROW.get(h, h.replace(" ", "\n")) for h in heads),
        rows=tuple(rows),
        labels=2,
        levels=levels,
        whole=(0, *range(2, len(heads))),
    )


def _label(path: str) -> str:
    depth = path.count("/")
    name = path.rpartition("/")[2]
    return name.upper() if depth == 0 else "  " * depth + name
