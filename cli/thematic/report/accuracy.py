"""Rule accuracy for reading: scores with intervals, rules that err, and what they miss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_grid, draw_notes

_MOST = 160  # characters of a unit that are shown
_FIGURES = ("precision", "recall", "f1")


def accuracy_grids(tables: Sequence[ResultTable]) -> list[Grid]:
    """One grid for each table of `thematic score`; those without rows are left out.

    Beside other tables only the rules that were wrong are shown.
    """
    if len(tables) > 1:
        tables = [
            _wrong_ones(table) if table.name == "rule-accuracy" else table for table in tables
        ]
    made = {"scores": _scores, "rule-accuracy": _rules, "missed": _missed}
    return [made[table.name](table) for table in tables if len(table)]


def draw_accuracy(tables: Sequence[ResultTable], out: IO[str]) -> None:
    """The grids with their caveats."""
    screen = console(out)
    grids = accuracy_grids(tables)
    for grid in grids:
        draw_grid(grid, screen, vertical="top")
        draw_notes(grid.notes, screen)
        screen.print()
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    draw_notes([*notes, *([] if grids else ["Nothing to list."])], screen)


def _scores(table: ResultTable) -> Grid:
    records = table.records()
    rows = tuple(
        (
            str(record["code"]),
            str(record["coder"]),
            str(record["judged"]),
            f"{record['both']}/{record['suggested']}" if record["suggested"] else "–",
            *(_figure(record, name) for name in _FIGURES),
        )
        for record in records
    )
    return Grid(
        "Rule accuracy",
        ("Code", "Coder", "Judged", "Right/checked", "Precision", "Recall", "F1"),
        rows,
        narrow_heads=("Code", "Coder", "Judged", "Right/\nchecked", "Precision", "Recall", "F1"),
        labels=2,
        notes=tuple(dict.fromkeys(note for record in records for note in _remarks(record))),
    )


def _figure(record: dict[str, Any], name: str) -> str:
    value, low, high = record[name], record[f"{name}_low"], record[f"{name}_high"]
    if value is None:
        return "–"
    return f"{value:.2f}" + (f" [{low:.2f}–{high:.2f}]" if low is not None else "")


def _remarks(record: dict[str, Any]) -> list[str]:
    """Why a figure or its interval is missing."""
    found = [f"{record['code']}, {record['coder']}: {record['reason']}"] if record["reason"] else []
    for name in _FIGURES:
        if record[name] is not None and record[f"{name}_low"] is None:
            shown = name.replace("f1", "F1")
            found.append(f"No interval of {shown}: {record[f'{name}_interval']}.")
    return found


def _wrong_ones(table: ResultTable) -> ResultTable:
    return table.only(lambda record: int(record["wrong"]) > 0)


def _rules(table: ResultTable) -> Grid:
    rows = tuple(
        (
            one_line(record["rule"]),
            str(record["rule_code"]),
            str(record["coder"]),
            str(record["right"]),
            str(record["wrong"]),
        )
        for record in table.records()
    )
    return Grid(
        "Rules on judged units", ("Rule", "Code", "Coder", "Right", "Wrong"), rows, labels=3
    )


def _missed(table: ResultTable) -> Grid:
    rows = tuple(
        (
            str(record["code"] or f"missing: {one_line(record['missing_code'])}"),
            str(record["coder"]),
            f"{record['transcript']}, turn {record['turn']}",
            _short(" ".join(part for part in (record["text"], _note(record)) if part)),
        )
        for record in table.records()
    )
    heads = ("Code", "Coder", "Where", "Words")
    return Grid("What the rules miss", heads, rows, labels=len(heads))


def _note(record: dict[str, Any]) -> str:
    return f"({record['note']})" if record["note"] else ""


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"
