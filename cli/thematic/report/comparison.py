"""Two groups side by side, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thematic.analysis.comparison import SIDES
from thematic.analysis.result import ResultTable
from thematic.report.grid import NARROW, Grid, count, kind_plural, of_base, plural


def comparison_grids(table: ResultTable) -> list[Grid]:
    """One grid, a code in a line; of the test another."""
    records = table.records()
    if not records:
        return []
    first = records[0]
    names = [_name(first, side) for side in SIDES]
    units = plural(table.unit)
    bases = [str(first[f"transcripts_N_{side}"]) for side in SIDES]
    words = " and ".join(f"{count(first[f'words_N_{s}'])} in {n}" for n, s in _sides(names))
    of = f", {kind_plural(first['kind']).lower()} by {first['by']}" if first["kind"] else ""
    grid = Grid(
        title=f"A, {names[0]}, against B, {names[1]}{of}: {units.lower()} in counted words "
        f"({words})",
        heads=_heads(names, bases, units, "Per 1,000 words"),
        narrow_heads=tuple(
            head.replace(" ", "\n")
            for head in _heads(["A", "B"], bases, NARROW.get(units, units), "Per 1,000")
        ),
        rows=tuple(_cells(record) for record in records),
        levels=tuple(record["code"].count("/") for record in records),
        whole=tuple(range(8)),
        notes=("n/N: transcripts with the code, of those of the group with a counted word.",),
    )
    return [grid, *_tests(records)]


def _heads(names: Sequence[str], bases: Sequence[str], units: str, rate: str) -> tuple[str, ...]:
    return (
        "Code",
        *(f"{name} n/{base}" for name, base in zip(names, bases, strict=True)),
        *(f"{units} {name}" for name in names),
        *(f"{rate} {name}" for name in names),
        "Log ratio",
    )


def _sides(names: list[str]) -> list[tuple[str, str]]:
    return list(zip(names, SIDES, strict=True))


def _name(record: dict[str, Any], side: str) -> str:
    """A group as heads call it: kinds in the plural, values as they are."""
    name = str(record[f"group_{side}"])
    return name if record["kind"] else kind_plural(name)


def _cells(record: dict[str, Any]) -> tuple[str, ...]:
    found = [
        of_base(record[f"transcripts_{side}"], record[f"transcripts_N_{side}"], None)
        for side in SIDES
    ]
    units = [count(record[f"units_{side}"]) for side in SIDES]
    rates = [_rate(record[f"units_per_1000_words_{side}"]) for side in SIDES]
    return (_label(record["code"]), *found, *units, *rates, ratio(record))


def _label(path: str) -> str:
    depth = path.count("/")
    name = path.rpartition("/")[2]
    return name.upper() if depth == 0 else "  " * depth + name


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def ratio(record: dict[str, Any]) -> str:
    """A log ratio with its sign; * where 0.5 stands for nothing found."""
    value = record["log_ratio"]
    return "–" if value is None else signed(value) + ("*" if record["zero"] else "")


def signed(value: float) -> str:
    """A number with its sign, which nothing that rounds to zero has."""
    said = f"{value:+.2f}"
    return said[1:] if float(said) == 0 else said


def _tests(records: list[dict[str, Any]]) -> list[Grid]:
    if records[0]["resamples"] is None:
        return []
    rows = tuple((_label(r["code"]), ratio(r), _interval(r), _p(r)) for r in records)
    why = dict.fromkeys(r["interval"] for r in records if r["low"] is None)
    return [
        Grid(
            "Asked for: intervals of the log ratio, and tests",
            ("Code", "Log ratio", "95 % interval", "p"),
            rows,
            levels=tuple(record["code"].count("/") for record in records),
            notes=(f"–: {'; '.join(why)}.",) if why else (),
        )
    ]


def _interval(record: dict[str, Any]) -> str:
    if record["low"] is None:
        return "–"
    return f"{signed(record['low'])} to {signed(record['high'])}"


def _p(record: dict[str, Any]) -> str:
    if record["p"] is None:
        return "–"
    said = f"{record['p']:.3f}" if record["p"] >= 0.001 else "< 0.001"
    return f"{said} exact" if record["p_exact"] else said
