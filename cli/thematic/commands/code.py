"""`thematic code`: the mentions or codings themselves, one row each."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

_MENTION_COLUMNS = ("transcript", "turn", "speaker", "code", "rule", "text", "status")
_CODING_COLUMNS = ("transcript", "turn", "speaker", "code", "text")


@o.reads_transcripts
def code(
    request: Request,
    codings: Annotated[
        bool, typer.Option("--codings", help="One row for each code on each unit.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List withheld and swallowed mentions too.")
    ] = False,
    output: o.OutputOpt = None,
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """List every mention with its rule, place and words; or every coding."""
    from thematic.analysis.listing import coding_rows, mentions
    from thematic.commands.emit import emit, finish

    inputs = read_inputs(request)
    coded = code_inputs(request, inputs, show_progress=not quiet)
    if codings:
        table = coding_rows(coded, inputs.study)
    else:
        table = mentions(coded, inputs.study, every=every)
    columns = _CODING_COLUMNS if codings else _MENTION_COLUMNS
    emit(table, to, lambda out: _draw(table, columns, out), output=output, raw=raw, inputs=inputs)
    finish(inputs, quiet=quiet)


def _draw(table: ResultTable, columns: tuple[str, ...], out: IO[str]) -> None:
    from thematic.report.terminal import draw_records

    draw_records(table, columns, out)
