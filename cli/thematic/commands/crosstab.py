"""`thematic crosstab`: codes by groups, with a test only where it is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.codebook import Unit
from thematic.model.counting import RESAMPLES, SEED, Once

GROUPS = ("kind", "role", "speaker")


@o.with_options
def crosstab(
    request: Request,
    by: Annotated[str, typer.Option("--by", help="kind, role, speaker, or an attribute.")] = "kind",
    count: Annotated[
        Once | None,
        typer.Option(
            "--count", help="What is counted once. Default: the case, by speaker the unit."
        ),
    ] = None,
    test: Annotated[
        bool, typer.Option("--test", help="Test each code, by the test that its numbers allow.")
    ] = False,
    accept_dependence: Annotated[
        bool,
        typer.Option(
            "--accept-dependence",
            help="Test units although those of one person depend on each other.",
        ),
    ] = False,
    resamples: Annotated[
        int, typer.Option("--resamples", min=99, help="Tables drawn by a simulated test.")
    ] = RESAMPLES,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the simulation.")] = SEED,
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Count how many persons of each group speak of each code."""
    from thematic.analysis.cross_tests import ChanceTest
    from thematic.analysis.crosstab import crosstab as tabulate
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted, demand_group
    from thematic.report.crosstab import crosstab_grids

    count = count or (Once.UNIT if by == "speaker" else Once.CASE)
    if test and count is Once.UNIT and not accept_dependence:
        raise UsageError(
            "units of one person are not independent, so a test of units finds too much",
            "count persons (--count case); or add --accept-dependence to have it all the same",
        )
    inputs = read_inputs(request, show_progress=not out.quiet)
    demand_group(by, GROUPS, inputs, quiet=out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    if codings.unit is Unit.TRANSCRIPT and by in ("role", "speaker"):
        raise UsageError(
            f"a whole transcript has no one {by}", "add --unit sentence, paragraph or turn"
        )
    table = tabulate(
        codings,
        inputs.study,
        by=by,
        codes=codes_counted(codings, counted),
        basis=counted.basis,
        count=count,
        test=ChanceTest(resamples, seed, accept_dependence) if test else None,
    )
    emit_grids(table, out, inputs, lambda width: crosstab_grids(table, width))
    finish(inputs, quiet=out.quiet)
