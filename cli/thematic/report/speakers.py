"""Speakers, labels and questions about them, for reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from thematic.analysis.result import ResultTable
from thematic.analysis.sources import clock
from thematic.report.grid import Grid, count
from thematic.report.markdown import grids_markdown
from thematic.report.terminal import console, draw_grid, draw_notes

_MOST_NAMED = 2  # transcripts named in a cell
_NOBODY = "–"


def speakers_grid(table: ResultTable) -> Grid:
    """Speakers by transcript, each transcript named once."""
    rows = []
    before = None
    for record in table.records():
        shown = record["transcript"] if record["transcript"] != before else ""
        before = record["transcript"]
        time = record["time"]
        first = f"line {record['line']}" if time is None else clock(time)
        numbers = (count(record["turns"]), count(record["words"]), first)
        rows.append((shown, *_who(record), *numbers))
    heads = ("Transcript", "Speaker", "Role", "Also written", "Turns", "Words", "From")
    return _grid("Speakers by transcript", heads, rows, labels=4)


def labels_grid(table: ResultTable) -> Grid:
    """Labels over all transcripts."""
    rows = [
        (
            *_who(record),
            _some(record["where"]),
            *(count(record[name]) for name in ("transcripts", "turns", "words")),
        )
        for record in table.records()
    ]
    heads = ("Speaker", "Role", "Also written", "Where", "Transcripts", "Turns", "Words")
    return _grid("Labels", heads, rows, labels=4)


def proposal_grids(table: ResultTable) -> list[Grid]:
    """Proposed merges, and labels to look at; none where there is nothing to ask."""
    records = table.records()
    merges = [
        (record["speaker"], record["into"], record["confidence"], record["why"], *_size(record))
        for record in records
        if record["into"]
    ]
    doubts = [
        (record["speaker"], record["why"], *_size(record))
        for record in records
        if not record["into"]
    ]
    sizes = ("Where", "Turns", "Words")
    grids = []
    if merges:
        heads = ("Label", "Read as", "How sure", "Why", *sizes)
        grids.append(_grid("Proposed merges", heads, merges, labels=5))
    if doubts:
        grids.append(_grid("Labels to look at", ("Label", "Why", *sizes), doubts, labels=3))
    return grids


def draw_speakers(grids: Sequence[Grid], notes: Sequence[str], out: IO[str]) -> None:
    """Some grids with an empty line between them, and the caveats below."""
    screen = console(out)
    for grid in grids:
        draw_grid(grid, screen, vertical="top")
        screen.print()
    draw_notes(notes, screen)


def speakers_markdown(grids: Sequence[Grid], notes: Sequence[str]) -> str:
    """The same as Markdown."""
    return grids_markdown(grids, notes)


def _grid(
    title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, labels: int
) -> Grid:
    """A grid without the columns that are empty in every row."""
    kept = [n for n in range(len(heads)) if any(row[n] for row in rows) or n == 0]
    return Grid(
        title=title,
        heads=tuple(heads[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in rows),
        labels=sum(n < labels for n in kept),
    )


def _who(record: dict[str, Any]) -> tuple[str, str, str]:
    return record["speaker"] or _NOBODY, record["role"], record["written"]


def _size(record: dict[str, Any]) -> tuple[str, str, str]:
    return _some(record["where"]), count(record["turns"]), count(record["words"])


def _some(where: str) -> str:
    """The first IDs of a list, and how many more there are."""
    ids = where.split("; ")
    more = f" +{len(ids) - _MOST_NAMED}" if len(ids) > _MOST_NAMED else ""
    return ", ".join(ids[:_MOST_NAMED]) + more
