"""`thematic sensitivity`: the same themes counted in several ways."""

from __future__ import annotations

from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.compare import tell_of_attribute
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request


@o.with_options
def sensitivity(
    request: Request,
    by: Annotated[
        str, typer.Option("--by", help="What the groups are: kind, or the name of an attribute.")
    ] = "kind",
    groups: Annotated[
        tuple[str, str] | None,
        typer.Option("--groups", metavar="A B", help="Two to compare, where there are more."),
    ] = None,
    kind: o.KindOpt = "",
    code: o.CodeOpt = None,
    codes: o.CodesOpt = False,
    out: o.Output = o.SCREEN,
) -> None:
    """Count the same codes as mentions, units, turns, speakers, persons, transcripts and words.

    Also without guards, without negated mentions, and by what people decided. With two groups,
    codes are marked of which the comparison changes with what is counted.
    """
    from thematic.analysis.sensitivity import sensitivity as ways_of_counting
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_below
    from thematic.report.sensitivity import sensitivity_grids

    inputs = read_inputs(request, show_progress=not out.quiet)
    tell_of_attribute(by, inputs, quiet=out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    only_themes = not (code or codes)
    table = ways_of_counting(
        codings,
        inputs.study,
        by=by,
        groups=groups or (),
        kind=kind,
        codes=codes_below(codings.codebook, code or (), themes=only_themes),
    )
    emit_grids(table, out, inputs, lambda _: sensitivity_grids(table))
    finish(inputs, quiet=out.quiet)
