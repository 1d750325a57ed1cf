"""`thematic quotes --check`: the quotations of a manuscript against the transcripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from thematic.commands.options import Output
from thematic.commands.reading import Inputs, limits_of
from thematic.commands.request import Request
from thematic.errors import ExitCode, Severity, UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

LONGER_THAN = 4  # words; what is shorter is seldom a quotation


def run_quotation_check(
    request: Request, manuscript: Path, out: Output, *, longer_than: int = LONGER_THAN
) -> None:
    """Trace all quotations and write the table; exit code 1 where one asks for attention."""
    from thematic.analysis.quotation_table import is_faulty
    from thematic.commands.emit import emit, finish
    from thematic.commands.inputs import read_inputs
    from thematic.report.quotation_check import draw_quotations, quotations_markdown

    inputs = read_inputs(request, need_codebook=False)
    inputs.use(manuscript)
    table = checked_quotations(request, manuscript, inputs, longer_than=longer_than)
    emit(
        table,
        out,
        lambda screen: draw_quotations(table, screen),
        markdown=lambda: quotations_markdown(table),
        inputs=inputs,
    )
    finish(inputs, quiet=out.quiet)
    if any(is_faulty(row) for row in table.records()):
        raise typer.Exit(ExitCode.PROBLEMS)


def checked_quotations(
    request: Request, manuscript: Path, inputs: Inputs, *, longer_than: int
) -> ResultTable:
    """The table of a manuscript's quotations.

    Raises:
        UsageError: the manuscript is of a kind that is not read, or cannot be read.
    """
    from thematic.analysis.quotation_table import quotation_table
    from thematic.readers.manuscripts import ENDINGS, read_manuscript
    from thematic.review.quotations import quotations
    from thematic.review.tracing import Tracer

    if manuscript.suffix.lower() not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise UsageError(
            f"{str(manuscript)!r} is of a kind that is not read", f"save it as {known}"
        )
    read, problems = read_manuscript(manuscript, limits_of(request), request.encoding)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if read is None or errors:
        told = errors[0] if errors else problems[0]
        raise UsageError(f"{told.file}: {told.message}", told.hint)
    inputs.problems += problems
    files = [one for one in inputs.transcripts if inputs.files.get(one.id) != str(manuscript)]
    tracer = Tracer(files)
    traced = [tracer.trace(one) for one in quotations(read, longer_than)]
    return quotation_table(traced, files, inputs.study, longer_than=longer_than, places=read.places)
