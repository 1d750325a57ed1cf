"""The log of a study for reading: who did what, when, and whether it still holds."""

from __future__ import annotations

from typing import IO, Any

from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.markdown import grids_markdown
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_grid, draw_notes

_MOST = 120  # characters of a passage or note that are shown
_HEADS = ("No.", "Time (UTC)", "Coder", "What", "Code", "Where", "Words")


def log_grid(table: ResultTable) -> Grid:
    """The events, one row each."""
    return _grid("What people did", table, _outcome)


def recheck_grid(table: ResultTable) -> Grid:
    """The acts to look at again, one row each."""
    return _grid("To look at again", table, lambda record: str(record["why"]))


def draw_history(grid: Grid, notes: tuple[str, ...], out: IO[str]) -> None:
    """One grid with caveats below, or only these where there are no rows."""
    screen = console(out)
    if grid.rows:
        draw_grid(grid, screen, vertical="top")
    draw_notes(notes, screen)


def history_markdown(grid: Grid, notes: tuple[str, ...]) -> str:
    """The same as Markdown."""
    return grids_markdown([grid] if grid.rows else [], notes)


def _grid(title: str, table: ResultTable, state: Any) -> Grid:
    records = table.records()
    rows = tuple(
        (
            str(record["number"]),
            record["time"][:16].replace("T", " "),
            record["coder"],
            _joined("; ", _did(record), state(record)),
            _joined(" → ", record["code"], record["into"]),
            _where(record),
            _words(record),
        )
        for record in records
    )
    return Grid(title, _HEADS, rows, labels=len(_HEADS), whole=(0, 1))


def _did(record: dict[str, Any]) -> str:
    if record["kind"] == "undo":
        return f"undoes {record['undoes']}"
    return str(record["verdict"] or record["kind"])


def _outcome(record: dict[str, Any]) -> str:
    return "" if record["status"] == "stands" else f"{record['status']} by {record['by']}"


def _where(record: dict[str, Any]) -> str:
    if record["transcript"] is None:
        return "" if record.get("about") == "code" else str(record.get("target") or "")
    place = f"{record['transcript']} {record['start']}–{record['end']}"
    if record["onto_start"] is None:
        return place
    return f"{place} → {record['onto_start']}–{record['onto_end']}"


def _words(record: dict[str, Any]) -> str:
    quote = f"“{_short(record['text'])}”" if record["text"] else ""
    return _joined(" ", quote, _short(record["note"] or ""))


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _MOST else line[: _MOST - 1] + "…"


def _joined(sign: str, *parts: str | None) -> str:
    return sign.join(part for part in parts if part)
