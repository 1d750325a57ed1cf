"""`thematic cooccur`: which codes stand together."""

from __future__ import annotations

from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.codebook import Unit


@o.with_options
def cooccur(
    request: Request,
    within: Annotated[
        int,
        typer.Option("--within", min=0, help="Also units at most so far apart, of one turn."),
    ] = 0,
    zero: Annotated[
        bool, typer.Option("--zero/--no-zero", help="Keep pairs that never stand together.")
    ] = True,
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Count on how many units two codes stand together, for each pair of codes."""
    from thematic.analysis.cooccurrence import cooccurrence
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted
    from thematic.report.cooccurrence import cooccurrence_grids

    inputs = read_inputs(request, show_progress=not out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    if within and codings.unit is Unit.TRANSCRIPT:
        raise UsageError(
            "--within counts units of one turn or transcript, and the unit is the transcript",
            "add --unit sentence, paragraph or turn; or leave --within away",
        )
    table = cooccurrence(
        codings,
        inputs.study,
        codes=codes_counted(codings, counted),
        basis=counted.basis,
        within=within,
        zero=zero,
    )
    emit_grids(table, out, inputs, lambda _: cooccurrence_grids(table))
    finish(inputs, quiet=out.quiet)
