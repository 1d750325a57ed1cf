"""`thematic chart`: a result table drawn, with its numbers beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.cells import Cells

if TYPE_CHECKING:
    from thematic.commands.chart_tables import Wanted


class ChartName(StrEnum):
    """What can be drawn."""

    FREQUENCIES = "frequencies"
    HEATMAP = "heatmap"
    COOCCURRENCE = "cooccurrence"
    PORTRAIT = "portrait"
    COMPARE = "compare"
    APPEARANCE = "appearance"
    NETWORK = "network"


# Options that belong to some charts only, by the field of Wanted that they fill.
_OF = {
    "by": (ChartName.COMPARE,),
    "groups": (ChartName.COMPARE,),
    "test": (ChartName.COMPARE,),
    "cells": (ChartName.HEATMAP,),
    "cases": (ChartName.HEATMAP,),
    "order": (ChartName.APPEARANCE,),
    "actors": (ChartName.NETWORK,),
}


@o.with_options
def chart(
    name: Annotated[ChartName, typer.Argument(help="What is drawn.", show_default=False)],
    request: Request,
    kind: o.KindOpt = "",
    by: Annotated[
        str, typer.Option("--by", help="compare: kind, or the name of an attribute.")
    ] = "kind",
    groups: Annotated[
        tuple[str, str] | None,
        typer.Option("--groups", metavar="A B", help="compare: the two, where there are more."),
    ] = None,
    test: Annotated[
        bool, typer.Option("--test", help="compare: draw intervals of the log ratio too.")
    ] = False,
    cells: Annotated[
        Cells, typer.Option("--cells", help="heatmap: what stands in each cell.")
    ] = Cells.RATE,
    cases: Annotated[
        bool, typer.Option("--cases", help="heatmap: a row for each person, not each transcript.")
    ] = False,
    order: Annotated[
        str, typer.Option("--order", help="appearance: id, or an attribute such as date.")
    ] = "id",
    actors: Annotated[
        str,
        typer.Option("--actors", metavar="LIST", help="network: the codebook's list of actors."),
    ] = "",
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="Of random orders, and of --test.")
    ] = 1,
    counted: o.Counted = o.THEMES,
    output: o.OutputOpt = None,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Draw a result, and write its numbers beside it: -o NAME.svg, NAME.png, or a folder.

    Each chart shows one table of another command and counts nothing itself; its CSV is that
    table. A chart of many rows is parted into pages. Needs matplotlib.
    """
    from thematic.commands.chart_files import demand_place, write_charts
    from thematic.commands.chart_tables import Wanted, charted
    from thematic.commands.emit import finish

    place = demand_place(output, name.value)
    wanted = Wanted(kind, by, groups or (), test, cells, cases, order, actors, seed, counted.basis)
    _demand_fitting(name, wanted)
    inputs = read_inputs(request, show_progress=not quiet)
    codings = code_inputs(request, inputs, show_progress=not quiet)
    charts = charted(name.value, codings, inputs, wanted, counted, quiet=quiet)
    write_charts(place, charts, inputs, raw=raw, quiet=quiet)
    finish(inputs, quiet=quiet)


def _demand_fitting(name: ChartName, wanted: Wanted) -> None:
    """See that options of other charts were not given: they would do nothing."""
    from thematic.commands.chart_tables import Wanted

    plain = Wanted()
    for field, charts in _OF.items():
        if name not in charts and getattr(wanted, field) != getattr(plain, field):
            raise UsageError(
                f"--{field} is nothing to {name.value}",
                f"it belongs to: {', '.join(one.value for one in charts)}",
            )
