"""Writing a list of disagreements: on the terminal, as data, or as a sheet to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands import options as o
from thematic.errors import OutputRefused

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

_EXCEL = ".xlsx"


def format_of(output: Path | None, to: o.Format) -> o.Format:
    """The format that was asked for, or that the ending of the file names."""
    endings = {".csv": o.Format.CSV, ".json": o.Format.JSON, ".md": o.Format.MD}
    if output is None or to is not o.Format.TABLE:
        return to
    return endings.get(output.suffix.lower(), to)


def put_list(table: ResultTable, to: o.Format, output: Path | None, *, raw: bool) -> None:
    """Write a table of disagreements; a file that ends in .xlsx becomes a sheet to fill in.

    Raises:
        OutputRefused: a sheet is there already, and may be filled in.
    """
    from thematic.commands.emit import emit
    from thematic.report.agreement import disagreement_grid, draw_agreement
    from thematic.report.folder import write_file
    from thematic.report.list_sheet import list_xlsx
    from thematic.report.markdown import grids_markdown

    if output is not None and output.suffix.lower() == _EXCEL:
        if output.exists():
            hint = "choose another name: it may be filled in"
            raise OutputRefused(f"{str(output)!r} is there already", hint)
        write_file(output, list_xlsx(table))
        return
    grid = disagreement_grid(table)
    emit(
        table,
        format_of(output, to),
        lambda out: draw_agreement(grid, table.notes, out),
        markdown=lambda: grids_markdown([grid] if grid.rows else [], table.notes),
        output=output,
        raw=raw,
    )
