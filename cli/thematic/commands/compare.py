"""`thematic compare`: two groups of transcripts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError
from thematic.model.comparing import Against, Draws, Fewest
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.coding import Codings


@o.with_options
def compare(
    request: Request,
    by: Annotated[
        str, typer.Option("--by", help="What the groups are: kind, or the name of an attribute.")
    ] = "kind",
    groups: Annotated[
        tuple[str, str] | None,
        typer.Option("--groups", metavar="A B", help="The two to compare, where there are more."),
    ] = None,
    kind: o.KindOpt = "",
    test: Annotated[
        bool, typer.Option("--test", help="Intervals and tests as well, with what they suppose.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the test.")] = 1,
    keyness: Annotated[
        Against | None,
        typer.Option(
            "--keyness",
            help="Words instead: those that mark the talk with a code, against the rest of the "
            "talk, or against the talk with it in the other group.",
            show_default=False,
        ),
    ] = None,
    min_count: Annotated[
        int, typer.Option("--min-count", min=1, help="With --keyness: how often a word is said.")
    ] = 5,
    min_persons: Annotated[
        int, typer.Option("--min-persons", min=1, help="With --keyness: by how many persons.")
    ] = 2,
    min_likelihood: Annotated[
        float,
        typer.Option("--min-likelihood", min=0, help="With --keyness: the least log-likelihood."),
    ] = 3.84,
    most: Annotated[
        int, typer.Option("--most", min=0, help="With --keyness: words of each code; 0 = all.")
    ] = 15,
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Compare interviews with publications, or two groups: rates per 1,000 words, n/N, log ratio.

    No test and no interval unless asked for: sources chosen on purpose are no sample.
    """
    from thematic.commands.emit import finish

    inputs = read_inputs(request, show_progress=not out.quiet)
    tell_of_attribute(by, inputs, quiet=out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    which = Which(by, groups or (), kind)
    if keyness:
        if test:
            raise UsageError("words are not tested: those of one person are not independent")
        fewest = Fewest(min_count, min_persons, min_likelihood)
        _compare_words(codings, inputs, which, keyness, fewest, most, counted, out)
    else:
        _compare_codes(codings, inputs, which, Draws(seed=seed) if test else None, counted, out)
    finish(inputs, quiet=out.quiet)


@dataclass(frozen=True)
class Which:
    """Which groups are compared: by what, their names, and of which kind of transcript."""

    by: str
    groups: Sequence[str]
    kind: str


def _compare_codes(
    codings: Codings,
    inputs: Inputs,
    which: Which,
    test: Draws | None,
    counted: o.Counted,
    out: o.Output,
) -> None:
    from thematic.analysis.comparison import comparison
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted
    from thematic.report.comparison import comparison_grids

    table = comparison(
        codings,
        inputs.study,
        by=which.by,
        groups=which.groups,
        kind=which.kind,
        codes=codes_counted(codings, counted),
        basis=counted.basis,
        test=test,
    )
    emit_grids(table, out, inputs, lambda _: comparison_grids(table))


def _compare_words(
    codings: Codings,
    inputs: Inputs,
    which: Which,
    against: Against,
    fewest: Fewest,
    most: int,
    counted: o.Counted,
    out: o.Output,
) -> None:
    from thematic.analysis.keyness import keyness
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import codes_counted
    from thematic.commands.spoken_words import spoken_words
    from thematic.report.keyness import keyness_grids

    table = keyness(
        codings,
        spoken_words(codings),
        inputs.study,
        against=against,
        by=which.by,
        groups=which.groups,
        kind=which.kind,
        codes=codes_counted(codings, counted),
        basis=counted.basis,
        fewest=fewest,
        most=most,
    )
    emit_grids(table, out, inputs, lambda _: keyness_grids(table))


def tell_of_attribute(by: str, inputs: Inputs, *, quiet: bool) -> None:
    """Say that values stand in the output only because they were asked for."""
    from thematic.report.talk import tell

    if by not in ("kind", *inputs.study.show_attributes):
        tell(
            f"{by} is not in show_attributes: its values stand here because --by asks for them",
            quiet=quiet,
        )
