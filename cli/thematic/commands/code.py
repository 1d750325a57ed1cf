"""`thematic code`: the mentions or codings themselves, one row each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.beside import begun
from thematic.commands.request import Request
from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

STREAMED = (".parquet", ".jsonl")
_SUM_COLUMNS = ("code", "kind", "transcripts", "transcripts_N", "units", "mentions", "words_N")
_MENTION_COLUMNS = ("transcript", "turn", "speaker", "code", "rule", "text", "status")
_CODING_COLUMNS = ("transcript", "turn", "speaker", "code", "text")
# Where people decided, who did so takes the place of who speaks.
_JUDGED_MENTION_COLUMNS = ("transcript", "turn", "code", "rule", "text", "status", "coder")
_JUDGED_CODING_COLUMNS = ("transcript", "turn", "code", "text", "status", "coder")


@o.with_options
def code(
    request: Request,
    codings: Annotated[
        bool, typer.Option("--codings", help="One row for each code on each unit.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List withheld and swallowed mentions too.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="A file instead of standard output. FILE.parquet or FILE.jsonl: the mentions of "
            "any number of transcripts, without their words; prints frequencies.",
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            min=0,
            max=1000,
            help="With -o FILE.parquet or .jsonl: processes; 0 = as many as the work is worth.",
        ),
    ] = 0,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="With -o FILE.parquet or .jsonl: a Dask scheduler (tcp://…); text goes there.",
        ),
    ] = "",
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """List every mention with its rule, place and words; or every coding, also by people."""
    out = o.Output(output, to, raw, quiet)
    if output is not None and output.suffix in STREAMED:
        if codings:
            hint = "leave out --codings, or write a table: -f csv -o FILE.csv"
            raise UsageError(f"{output.suffix} holds mentions, not codings", hint)
        _stream(request, output, jobs, scheduler, replace(out, file=None), every=every)
        return
    if jobs or scheduler:
        hint = "add -o FILE.parquet or -o FILE.jsonl"
        raise UsageError("--jobs and --scheduler are for runs that write mentions to a file", hint)
    from thematic.analysis.listing import coding_rows, mentions
    from thematic.commands.emit import emit, finish
    from thematic.commands.inputs import code_inputs, read_inputs

    inputs = read_inputs(request, show_progress=not quiet)
    coded = code_inputs(request, inputs, show_progress=not quiet)
    if codings:
        table = coding_rows(coded, inputs.study)
    else:
        table = mentions(coded, inputs.study, every=every)
    columns: tuple[str, ...]
    if coded.judgements is None:
        columns = _CODING_COLUMNS if codings else _MENTION_COLUMNS
    else:
        columns = _JUDGED_CODING_COLUMNS if codings else _JUDGED_MENTION_COLUMNS
    emit(table, out, lambda screen: _draw(table, columns, screen), inputs=inputs)
    finish(inputs, quiet=quiet)


def _stream(
    request: Request,
    output: Path,
    jobs: int,
    scheduler: str,
    out: o.Output,
    *,
    every: bool,
) -> None:
    """Write the mentions to a file; print the frequencies."""
    with begun(0 if scheduler else jobs) as workers:  # which load what they need meanwhile
        from thematic.commands.streaming import stream

        inputs, sums = stream(
            request,
            output,
            every=every,
            jobs=jobs,
            workers=workers,
            scheduler=scheduler,
            quiet=out.quiet,
        )
    # Only now: what these load, the processes beside this one need not wait for.
    from thematic.commands.emit import emit, finish
    from thematic.report.talk import tell

    table = sums.table()
    tell(f"{output}: {sums.mentions:,} counted mentions", quiet=out.quiet)
    emit(table, out, lambda screen: _draw(table, _SUM_COLUMNS, screen), inputs=inputs)
    finish(inputs, quiet=out.quiet)


def _draw(table: ResultTable, columns: tuple[str, ...], out: IO[str]) -> None:
    from thematic.report.terminal import draw_records

    draw_records(table, columns, out)
