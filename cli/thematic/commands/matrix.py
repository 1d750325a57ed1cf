"""`thematic matrix`: cases by codes."""

from __future__ import annotations

from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.cells import Cells
from thematic.model.judged import Basis


@o.with_options
def matrix(
    request: Request,
    cells: Annotated[
        Cells, typer.Option("--cells", help="What is counted in each cell.")
    ] = Cells.UNITS,
    transcripts: Annotated[
        bool, typer.Option("--transcripts", help="A row for each transcript, not each person.")
    ] = False,
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Set persons against codes: a row for each case, a column for each code."""
    from thematic.analysis.case_matrix import case_matrix
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted
    from thematic.report.case_matrix import matrix_grids

    if cells is Cells.MENTIONS and counted.basis is Basis.DECIDED:
        raise UsageError(
            "people decide on units, and mentions are matches of rules",
            "with --basis decided use --cells units, words or binary",
        )
    inputs = read_inputs(request, show_progress=not out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    by = "transcript" if transcripts else "case"
    codes = codes_counted(codings, counted)
    table = case_matrix(codings, inputs.study, codes=codes, basis=counted.basis, by=by, cells=cells)
    emit_grids(table, out, inputs, lambda width: matrix_grids(table, codes, by, width))
    finish(inputs, quiet=out.quiet)
