"""`thematic quotes`: verbatim quotes with citations to paste."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.quotation_check import LONGER_THAN, run_quotation_check
from thematic.commands.reading import Inputs
from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.model.coding import Codings
    from thematic.report.content import QuotedCode


@o.with_options
def quotes(
    request: Request,
    number: Annotated[
        int, typer.Option("-n", "--number", min=1, help="Quotes of each code and kind.")
    ] = 3,
    every: Annotated[bool, typer.Option("--all", help="All quotes, in text order.")] = False,
    kind: o.KindOpt = "",
    speaker: Annotated[str, typer.Option("--speaker", help="Only this speaker's words.")] = "",
    transcript: Annotated[str, typer.Option("--transcript", help="Only this transcript.")] = "",
    context: Annotated[
        int, typer.Option("--context", min=0, help="Units of the same turn before and after.")
    ] = 0,
    own: Annotated[
        bool, typer.Option("--own", help="Leave out codes below the one asked for.")
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            metavar="MANUSCRIPT",
            help="Instead: look for every quotation of a manuscript (.docx, .odt, .md, .tex, "
            ".txt) in the transcripts, and say which are exact, altered or not found.",
        ),
    ] = None,
    longer_than: Annotated[
        int,
        typer.Option("--longer-than", min=0, help="With --check: only quotations of more words."),
    ] = LONGER_THAN,
    out: o.Output = o.SCREEN,
) -> None:
    """Quote what was said of a code, spread over persons: thematic quotes [CODE…] [PATHS…].

    With --check, say instead whether a manuscript quotes the transcripts faithfully.
    """
    if check is not None:
        run_quotation_check(request, check, out, longer_than=longer_than)
        return
    from thematic.analysis.quotes import quotes as choose
    from thematic.commands.emit import emit, finish
    from thematic.commands.selection import demand_known, split_words

    request, codes = split_words(request)
    inputs = read_inputs(request, show_progress=not out.quiet)
    for name, wanted in (("kind", kind), ("speaker", speaker), ("transcript", transcript)):
        demand_known(name, wanted, inputs)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    table = choose(
        codings,
        inputs.study,
        codes=codes,
        per_code=None if every else number,
        kind=kind,
        speaker=speaker,
        transcript=transcript,
        context=context,
        own=own,
    )
    emit(
        table,
        out,
        lambda screen: _draw(_quoted(codings, inputs, table), table, inputs, screen),
        markdown=lambda: _markdown(_quoted(codings, inputs, table), table),
        inputs=inputs,
    )
    finish(inputs, quiet=out.quiet)


def _quoted(codings: Codings, inputs: Inputs, table: ResultTable) -> list[QuotedCode]:
    from thematic.analysis.frequency import frequencies
    from thematic.report.content import quoted_codes

    counts = frequencies(codings, inputs.study)
    each = frequencies(codings, inputs.study, by="transcript")
    return quoted_codes(counts, each, table, codings.codebook)


def _draw(quoted: list[QuotedCode], table: ResultTable, inputs: Inputs, out: IO[str]) -> None:
    from thematic.model.study import Status
    from thematic.report.content import INVENTED
    from thematic.report.terminal import console, draw_banner, draw_quoted

    screen = console(out)
    draw_banner(INVENTED if inputs.study.status is Status.INVENTED else "", screen)
    draw_quoted(quoted, table.notes, screen, spaced=False)


def _markdown(quoted: list[QuotedCode], table: ResultTable) -> str:
    from thematic.report.markdown import quoted_markdown

    return quoted_markdown(quoted, table.notes) + "\n"
