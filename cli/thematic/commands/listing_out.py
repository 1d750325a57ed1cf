"""Writing a list of disagreements: on the terminal, as data, or as a sheet to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thematic.commands import options as o
from thematic.errors import OutputRefused

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

_EXCEL = ".xlsx"


def put_list(table: ResultTable, out: o.Output) -> None:
    """Write a table of disagreements; a file that ends in .xlsx becomes a sheet to fill in.

    Raises:
        OutputRefused: a sheet is there already, and may be filled in.
    """
    from thematic.commands.emit import emit
    from thematic.report.agreement import disagreement_grid, draw_agreement
    from thematic.report.folder import write_file
    from thematic.report.list_sheet import list_xlsx
    from thematic.report.markdown import grids_markdown

    if out.file is not None and out.file.suffix.lower() == _EXCEL:
        if out.file.exists():
            hint = "choose another name: it may be filled in"
            raise OutputRefused(f"{str(out.file)!r} is there already", hint)
        write_file(out.file, list_xlsx(table))
        return
    grid = disagreement_grid(table)
    emit(
        table,
        out,
        lambda screen: draw_agreement(grid, table.notes, screen),
        markdown=lambda: grids_markdown([grid] if grid.rows else [], table.notes),
    )
