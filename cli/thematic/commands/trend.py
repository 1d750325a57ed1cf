"""`thematic trend`: codes over time, or over the course of each transcript."""

from __future__ import annotations

from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.codebook import Unit
from thematic.model.period import Period, period_of

POSITION = "position"


@o.with_options
def trend(
    request: Request,
    by: Annotated[
        str, typer.Option("--by", help="position (within each transcript), or a date attribute.")
    ] = POSITION,
    period: Annotated[
        Period, typer.Option("--period", help="Of dates: how long one period is.")
    ] = Period.MONTH,
    bins: Annotated[
        int, typer.Option("--bins", min=2, max=100, help="Of positions: how many equal parts.")
    ] = 10,
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Count codes by date, or by how far the talk has come."""
    from thematic.analysis.trend import trend as over_time
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted, demand_group
    from thematic.report.trend import trend_grids

    inputs = read_inputs(request, show_progress=not out.quiet)
    demand_group(by, (POSITION,), inputs, quiet=out.quiet)
    _demand_dates(by, period, inputs)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    if by == POSITION and codings.unit is Unit.TRANSCRIPT:
        raise UsageError(
            "a whole transcript has no position in itself", "add --unit sentence, paragraph or turn"
        )
    table = over_time(
        codings,
        inputs.study,
        by=by,
        period=period,
        bins=bins,
        codes=codes_counted(codings, counted),
        basis=counted.basis,
    )
    emit_grids(table, out, inputs, lambda width: trend_grids(table, width))
    finish(inputs, quiet=out.quiet)


def _demand_dates(by: str, period: Period, inputs: Inputs) -> None:
    values = [transcript.attributes.get(by, "") for transcript in inputs.transcripts]
    if by != POSITION and not any(period_of(value, period) for value in values):
        example = next((value for value in values if value), "")
        raise UsageError(
            f"{by} holds no date to the {period.value}, for example {example!r}",
            "write dates as 2021-07-08, 2021-07, 2021 or 8 July 2021; "
            "--period year needs the year alone",
        )
