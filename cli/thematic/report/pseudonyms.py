"""What was replaced and what was left, for reading."""

from __future__ import annotations

from typing import IO, Any

from thematic.analysis.pseudonyms import LEFT, REPLACED
from thematic.analysis.result import ResultTable
from thematic.report.grid import Grid, count
from thematic.report.markdown import grids_markdown
from thematic.report.safe import one_line
from thematic.report.terminal import console, draw_grids

_MOST = 40  # rows of what was left that a terminal shows; -f csv has all


def pseudonym_grids(table: ResultTable, moved: Grid | None, *, most: int = _MOST) -> list[Grid]:
    """What was replaced, what may be names, and codings that have no place any more."""
    records = table.records()
    done = [_row(one) for one in records if one["outcome"] == REPLACED]
    left = [_row(one) for one in records if one["outcome"] == LEFT]
    names = ("Name",) if "name" in table.columns else ()
    grids = []
    if done:
        heads = ("Pseudonym", "Known from", "Times", "Transcripts", "Where", *names)
        narrow = ("Pseudonym", "Known\nfrom", "Times", "Tran-\nscripts", "Where", *names)
        grids.append(Grid("Replaced", heads, tuple(done), narrow, labels=len(heads), whole=(0, 1)))
    if left:
        heads = ("Words", "Why", "Times", "Transcripts", "Where", *names)
        narrow = ("Words", "Why", "Times", "Tran-\nscripts", "Where", *names)
        more = len(left) - most
        note = (f"{more} more, in -f csv or json.",) if more > 0 else ()
        title = "Left as it is: may be a name, so read on"
        grids.append(Grid(title, heads, tuple(left[:most]), narrow, labels=len(heads), notes=note))
    return grids + ([moved] if moved is not None and moved.rows else [])


def draw_pseudonyms(table: ResultTable, moved: Grid | None, out: IO[str]) -> None:
    """Both on a terminal."""
    draw_grids(pseudonym_grids(table, moved), table.notes, console(out))


def pseudonyms_markdown(table: ResultTable, moved: Grid | None) -> str:
    """Both as Markdown, with every row."""
    return grids_markdown(pseudonym_grids(table, moved, most=len(table)), table.notes)


def _row(record: dict[Any, Any]) -> tuple[str, ...]:
    names = (one_line(record["name"] or ""),) if "name" in record else ()
    return (
        one_line(record["text"]),
        str(record["why"]),
        count(record["count"]),
        count(record["transcripts"]),
        one_line(record["places"]),
        *names,
    )
