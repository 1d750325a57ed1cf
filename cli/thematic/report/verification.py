"""What differs between a result folder and the same recomputed, for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

from rich.text import Text

from thematic.analysis.comparing import COLUMN, ROW
from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.moved import moved_grid
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_grid, draw_notes

MOST = 8  # differing cells that are shown of each file
_CELL = "cell differs"
_TEXT = "text differs"
_DIFFERENTLY = "recomputed differently"
_NAMED = 4  # files that are named in a row
_ALIKE = 3  # more rows changed alike stand together
_LONG = 60  # characters of a value


def verification_grids(table: ResultTable, most: int = MOST, now: str = "Recomputed") -> list[Grid]:
    """What went in and which files differ; then the first cells of each file that differ."""
    records = table.records()
    again = {one["file"] for one in records if one["finding"] == _DIFFERENTLY}
    others = [
        one
        for one in records
        if one["finding"] != _CELL and not (one["finding"] == _TEXT and one["file"] in again)
    ]
    cells = [one for one in records if one["finding"] == _CELL]
    grids = []
    if others:
        told = tuple(_findings(others))
        grids.append(Grid("What is not the same", ("Finding", "What", "How"), told, labels=3))
    if cells:
        shown, hidden = _shown(cells, most)
        notes = (f"And {hidden:,} cells more; -f csv lists all.",) if hidden else ()
        columns = ("File", "Row", "Column", "Was", now)
        grids.append(Grid("Cells that differ", columns, shown, labels=5, notes=notes))
    return grids


def _findings(others: Sequence[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """One row each; files that came out otherwise for one reason stand together."""
    together: dict[str, list[str]] = {}
    for one in others:
        if one["finding"] == _DIFFERENTLY:
            together.setdefault(one["why"], []).append(one["file"])
        else:
            yield str(one["finding"]), _what(one), _detail(one)
    for why, files in together.items():
        named = ", ".join(files[:_NAMED]) + " …" * (len(files) > _NAMED)
        told = why if why.startswith("not explained") else "for the reasons above"
        yield (
            _DIFFERENTLY,
            f"{len(files)} file{'s' * (len(files) > 1)}",
            one_line(f"{told}: {named}"),
        )


def draw_verification(table: ResultTable, moved: ResultTable | None, out: IO[str]) -> None:
    """Grids of differences, passages that moved, and what was compared."""
    screen = console(out)
    for grid in [*verification_grids(table), *([moved_grid(moved)] if moved else [])]:
        draw_grid(grid, screen, vertical="top")
        draw_notes(grid.notes, screen)
        screen.print()
    first, *rest = table.notes
    screen.print(Text(first, style="bold"))
    draw_notes(rest, screen)


def _shown(cells: Sequence[dict[str, Any]], most: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The first cells of each file as rows, frequencies first, and how many are not shown.

    Where tables of data differ, files of the same numbers in other formats are not shown
    beside them. Where many rows of a column were changed alike, they stand in one row.
    """
    by_file: dict[str, dict[tuple[Any, ...], list[dict[str, Any]]]] = {}
    for one in cells:
        alike = (one["column"], one["was"], one["now"])
        by_file.setdefault(one["file"], {}).setdefault(alike, []).append(one)
    shown: list[tuple[str, ...]] = []
    hidden = 0
    data = {name for name in by_file if name.endswith(".csv")}
    for file in sorted(
        by_file,
        key=lambda name: (not name.startswith("frequencies"), name[-4:] != ".csv", len(name)),
    ):
        if data and file not in data:
            hidden += sum(map(len, by_file[file].values()))
            continue
        rows = []
        for group in by_file[file].values():
            several = len(group) > _ALIKE and group[0]["column"] not in (ROW, COLUMN)
            rows += [(1 if not several else len(group), _cell(one, len(group) if several else 0))
                     for one in (group[:1] if several else group)]  # fmt: skip
        shown += [row for _, row in rows[:most]]
        hidden += sum(number for number, _ in rows[most:])
    return tuple(shown), hidden


def _what(one: dict[str, Any]) -> str:
    return one_line(str(one["file"] or one["row"] or ""))


def _detail(one: dict[str, Any]) -> str:
    parts = [f"{one['was'] or 'none'} → {one['now'] or 'none'}"] if one["was"] or one["now"] else []
    if one["file"] and one["row"]:
        parts.insert(0, one["row"])
    return one_line("; ".join([*parts, *([one["why"]] if one["why"] else [])]))


def _cell(one: dict[str, Any], rows: int) -> tuple[str, ...]:
    untold = one["was"] is None and one["now"] is None
    was, now = ("(words)", "(other words)") if untold else (one["was"], one["now"])
    if one["column"] == ROW:  # what it is about stands beside it
        was, now = ("there", None) if was else (None, "there")
    row = f"{rows:,} rows" if rows else one["row"]
    values = (one["file"], row, one["column"], was, now)
    return tuple(_short(one_line("–" if value is None else str(value))) for value in values)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
