"""What differs between two codebooks, and what follows from it, for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.moved import moved_grid
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_banner, draw_grid, draw_notes
from thematic.report.verification import verification_grids

MOST = 40  # rows of a table that are shown
_LONG = 160  # characters of a text that are shown


def difference_grids(tables: Sequence[ResultTable], *, most: int = MOST) -> list[Grid]:
    """One grid a table, with the first rows of each."""
    return [grid for table in tables for grid in _grids(table, most)]


def draw_differences(tables: Sequence[ResultTable], banner: str, out: IO[str]) -> None:
    """All grids, each with its notes."""
    screen = console(out)
    draw_banner(banner, screen)
    for grid in difference_grids(tables):
        if grid.rows:
            draw_grid(grid, screen, vertical="top")
        else:
            draw_notes([f"{grid.title}: none."], screen)
        draw_notes(grid.notes, screen)
        screen.print()


def _grids(table: ResultTable, most: int) -> list[Grid]:
    if table.name == "verification":
        same = Grid("Differences", ("",), (), notes=table.notes)
        return verification_grids(table, now="Is") or [same]
    if table.name == "moved":
        return [moved_grid(table)] if len(table) else []
    title, heads, make, labels = _SHAPES[table.name]
    rows = tuple(make(row) for row in table.records()[:most])
    more = len(table) - len(rows)
    notes = (*table.notes, *([f"And {more:,} rows more; -f csv lists all."] if more else []))
    return [Grid(title, heads, rows, labels=labels, notes=notes)]


def _change(row: dict[str, Any]) -> tuple[str, ...]:
    line = row["new_rule_line"] or row["rule_line"]
    how = row["difference"] or " → ".join(_value(row[name]) for name in ("old", "new") if row[name])
    return str(row["change"]), _value(row["what"]), _code(row), _value(line), _short(how)


def _coding(row: dict[str, Any]) -> tuple[str, ...]:
    line = row["new_rule_line"] or row["rule_line"]
    rule = f"{row['new_rule'] or row['rule'] or ''} (line {line}): {row['why']}"
    words = f"“{one_line(row['text'] or row['mention'] or '')}” {row['place']}"
    return str(row["change"]), _code(row), _short(rule), _short(words)


def _cell(row: dict[str, Any]) -> tuple[str, ...]:
    numbers = tuple(f"{row[name]:,}" for name in ("old", "new"))
    rules = _short(row["rules"] or "–")
    return _code(row), str(row["kind"]), str(row["measure"]), *numbers, rules


def _rule(row: dict[str, Any]) -> tuple[str, ...]:
    line = row["new_rule_line"] or row["rule_line"]
    numbers = tuple(f"{row[name]:,}" for name in ("mentions", "new_mentions"))
    return _code(row), _value(line), _short(row["new_rule"] or row["rule"] or ""), *numbers


_SHAPES: dict[str, tuple[str, tuple[str, ...], Any, int]] = {
    "codebook-changes": (
        "What changed in the codebook",
        ("Change", "What", "Code", "Line", "How"),
        _change,
        5,
    ),
    "coding-changes": (
        "Codings that appear, vanish or move",
        ("Change", "Code", "By rule, and why", "Words"),
        _coding,
        4,
    ),
    "cell-changes": (
        "Cells of the frequencies that change",
        ("Code", "Kind", "Counted", "Old", "New", "By rules: mentions"),
        _cell,
        6,
    ),
    "rule-changes": (
        "Rules with other numbers of mentions",
        ("Code", "Line", "Rule", "Old", "New"),
        _rule,
        3,
    ),
}


def _code(row: dict[str, Any]) -> str:
    old, new = row["code"], row["new_code"]
    return _value(old or new) if not (old and new) or old == new else f"{old} → {new}"


def _value(value: Any) -> str:
    return "" if value is None else one_line(str(value))


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"
