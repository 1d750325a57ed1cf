"""`thematic diff`: what changed between two codebooks or result folders, and what follows."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.request import Request
from thematic.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.diffing import Diff


class Section(StrEnum):
    """One of the tables."""

    CHANGES = "changes"
    CODINGS = "codings"
    CELLS = "cells"
    RULES = "rules"
    MOVED = "moved"


_TABLES = {
    Section.CHANGES: ("codebook-changes", "verification"),
    Section.CODINGS: ("coding-changes",),
    Section.CELLS: ("cell-changes",),
    Section.RULES: ("rule-changes",),
    Section.MOVED: ("moved",),
}


@o.with_options
def diff(
    old: Annotated[
        str, typer.Argument(help="A codebook (file, or name of a shipped one), or a result folder.")
    ],
    new: Annotated[str, typer.Argument(help="The other one.")],
    request: Request,
    before: Annotated[
        Path | None,
        typer.Option(
            "--before",
            help="Earlier versions of the transcripts, for OLD: passages are found again.",
        ),
    ] = None,
    section: Annotated[
        Section | None, typer.Option("--section", help="Only this table. Default: all.")
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Leave with 8 where anything differs.")
    ] = False,
    out: o.Output = o.SCREEN,
) -> None:
    """Compare two codebooks, and with transcripts what follows; or two result folders.

    With transcripts: which codings appear, vanish or move to another code, how each cell of
    the frequencies changes, and by which rules.
    """
    from thematic.commands.diffing import diff_codebooks, diff_folders
    from thematic.commands.emit import finish

    if request.codebook:
        raise UsageError("-c names a third codebook", "name two: thematic diff OLD NEW")
    folders = [Path(name).is_dir() for name in (old, new)]
    if all(folders):
        found = diff_folders(Path(old), Path(new), request)
    elif any(folders):
        raise UsageError("one is a folder, the other is none", "name two codebooks or two folders")
    else:
        found = diff_codebooks(old, new, request, before, quiet=out.quiet)
    _emit(found, section, out)
    if found.inputs is not None:
        finish(found.inputs, quiet=out.quiet)
    if exit_code and not found.is_same:
        raise typer.Exit(ExitCode.DIFFERS)


def _emit(found: Diff, section: Section | None, out: o.Output) -> None:
    from thematic.analysis.uncoded.search import stacked
    from thematic.commands.emit import emit, put, refuse_inputs
    from thematic.commands.status import with_status_column
    from thematic.model.study import Status
    from thematic.report.content import INVENTED
    from thematic.report.data import tables_as_json
    from thematic.report.difference import difference_grids, draw_differences
    from thematic.report.markdown import grids_markdown

    tables = _chosen(found, section)
    study = found.inputs.study if found.inputs else None
    if out.format is o.Format.JSON and not section:
        if out.file and found.inputs:
            refuse_inputs([out.file], found.inputs)
        told = [with_status_column(table, study) if study else table for table in tables]
        put(tables_as_json("diff", told), out.file)
        return
    banner = INVENTED if study and study.status is Status.INVENTED else ""
    notes = list(dict.fromkeys(note for table in tables for note in table.notes))
    emit(
        tables[0] if len(tables) == 1 else stacked(tables),
        out,
        lambda screen: draw_differences(tables, banner, screen),
        markdown=lambda: grids_markdown(difference_grids(tables), notes),
        inputs=found.inputs,
    )


def _chosen(found: Diff, section: Section | None) -> list[ResultTable]:
    if section is None:
        return found.tables
    chosen = [table for table in found.tables if table.name in _TABLES[section]]
    if not chosen:
        hint = "codings, cells and rules need transcripts and two codebooks; moved needs --before"
        raise UsageError(f"there is no table of {section.value} here", hint)
    return chosen
