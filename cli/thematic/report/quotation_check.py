"""The check of a manuscript's quotations, for reading."""

from __future__ import annotations

from typing import IO, Any

from thematic.analysis.quotation_table import is_faulty
from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid
from thematic.report.markdown import grids_markdown
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_grid, draw_notes

_MOST = 160  # characters of a quotation that are shown
_HEADS = ("Place", "Status", "Quotation", "Found at, and what to look at")


def quotation_grid(table: ResultTable) -> Grid:
    """One row a quotation; those to look at are marked with a star."""
    records = table.records()
    rows = tuple((*_begin(record), _shown(record), _found(record)) for record in records)
    return Grid("Quotations of the manuscript", _HEADS, rows, labels=len(_HEADS), whole=(0,))


def draw_quotations(table: ResultTable, out: IO[str]) -> None:
    """The grid, if there are quotations, and the notes."""
    screen = console(out)
    if table.rows:
        draw_grid(quotation_grid(table), screen, vertical="top")
    draw_notes(table.notes, screen)


def quotations_markdown(table: ResultTable) -> str:
    """The same as Markdown."""
    return grids_markdown([quotation_grid(table)] if table.rows else [], table.notes)


def _begin(record: dict[str, Any]) -> tuple[str, str]:
    where = f"{record['note']} {record['place']}" if record["note"] else str(record["place"])
    return where, ("* " if is_faulty(record) else "") + record["status"]


def _shown(record: dict[str, Any]) -> str:
    words = one_line(record["quotation"])
    return words if len(words) <= _MOST else f"{words[:_MOST].rstrip()} …"


def _found(record: dict[str, Any]) -> str:
    several = f"{record['places']} places" if record["places"] > 1 else ""
    parts = (record["citation"], several, record["difference"], record["remark"])
    return ". ".join(one_line(part) for part in parts if part)
