"""`thematic appearance`: when codes first appear over interviews."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.compare import tell_of_attribute
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.comparing import Runs


@o.with_options
def appearance(
    request: Request,
    order: Annotated[
        str, typer.Option("--order", help="id, or an attribute such as date (2024-03-21).")
    ] = "id",
    given: Annotated[
        Path | None,
        typer.Option("--given", help="A text file with one ID a line: the order to take."),
    ] = None,
    base: Annotated[int, typer.Option("--base", min=1, help="Transcripts of the base.")] = 4,
    run: Annotated[int, typer.Option("--run", min=1, help="Transcripts of a run.")] = 2,
    threshold: Annotated[
        float,
        typer.Option("--threshold", min=0, max=1, help="Share of new codes: 0.05, or 0 for none."),
    ] = 0.05,
    orders: Annotated[
        int, typer.Option("--orders", min=0, max=100_000, help="Random orders to draw.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the random orders.")] = 1,
    kind: o.KindOpt = "",
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Tell in which interview each code first appears, and how much is new in the next ones.

    Counted are the codes that have none below them, unless codes are named. It is no measure
    of saturation: a codebook that was there before can only appear.
    """
    from thematic.analysis.appearance import GIVEN
    from thematic.analysis.appearance import appearance as first_appearances
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted, demand_decided, demand_known
    from thematic.report.appearance import appearance_grids

    inputs = read_inputs(request, show_progress=not out.quiet)
    demand_known("kind", kind, inputs)
    if order != "id":
        tell_of_attribute(order, inputs, quiet=out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    demand_decided(codings, counted.basis)
    named = codes_counted(codings, counted) if counted.names or counted.below else []
    table = first_appearances(
        codings,
        inputs.study,
        order=GIVEN if given else order,
        given=_ids(given) if given else (),
        kind=kind,
        codes=named,
        basis=counted.basis,
        runs=Runs(base, run, threshold, orders, seed),
    )
    emit_grids(table, out, inputs, lambda _: appearance_grids(table))
    finish(inputs, quiet=out.quiet)


def _ids(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{str(file)!r} cannot be read: {error}", "one ID a line") from error
    return [line.strip() for line in lines if line.strip()]
