"""`thematic freq`: code frequencies by kind, transcript, speaker, role or attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.report.grid import Grid

GROUPS = ("kind", "transcript", "case", "speaker", "role")


@o.with_options
def freq(
    request: Request,
    by: Annotated[
        str,
        typer.Option("--by", help="kind, transcript, case, speaker, role, or an attribute."),
    ] = "kind",
    code: o.CodeOpt = None,
    themes: Annotated[bool, typer.Option("--themes", help="Themes only.")] = False,
    own: Annotated[
        bool, typer.Option("--own", help="Count a code's own rules, not those below it.")
    ] = False,
    zero: Annotated[
        bool, typer.Option("--zero/--no-zero", help="Keep rows of codes that were not found.")
    ] = True,
    out: o.Output = o.SCREEN,
) -> None:
    """Count how many persons, transcripts and units carry each code."""
    from thematic.analysis.frequency import frequencies
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_below, demand_group

    inputs = read_inputs(request, show_progress=not out.quiet)
    demand_group(by, GROUPS, inputs, quiet=out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    wanted = codes_below(codings.codebook, code or (), themes=themes)
    table = frequencies(codings, inputs.study, by=by, own=own, zero=zero, codes=wanted)
    emit_grids(table, out, inputs, lambda width: _grids(table, by, width))
    finish(inputs, quiet=out.quiet)


def _grids(table: ResultTable, by: str, width: int) -> list[Grid]:
    from thematic.report.frequency_groups import group_grids
    from thematic.report.grid import frequency_grids

    return frequency_grids(table) if by == "kind" else group_grids(table, by, width)
