"""`thematic decide`: what people decided on codings, from a table into the study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.deciding import record_decisions
from thematic.commands.filled import SheetsFaulty, study_folder
from thematic.commands.inputs import read_inputs
from thematic.commands.request import Request, listing
from thematic.errors import Problem, Severity


def decide(
    table: Annotated[
        Path, typer.Argument(help="CSV, TSV or XLSX: one decision a row; see the reference.")
    ],
    folder: Annotated[Path, typer.Option("--folder", help="The study folder.")] = Path("."),
    codebook: o.CodebookOpt = None,
    coder: Annotated[
        str, typer.Option("--coder", help="Who decides, in rows that name nobody.")
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is wrong; record nothing.")
    ] = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Record decisions from a table: accept, reject, recode, extend or add; all rows or none.

    What is recorded already is not recorded again.
    """
    from thematic.commands.uncounted import coded_uncounted
    from thematic.readers.decisions import Known, decisions_in
    from thematic.readers.sheets import read_table
    from thematic.report.talk import tell_problems
    from thematic.store.database import open_store

    base = study_folder(folder)
    inputs = read_inputs(Request(paths=[base], codebook=codebook or ""))
    assert inputs.book is not None
    rows, problems = read_table(table)
    if rows:
        texts = {one.id: one.text for one in inputs.transcripts}
        known = Known(texts, inputs.book.codebook.paths(), coder.strip())
        decisions, found = decisions_in(rows, known)
        problems += [problem.within(str(table)) for problem in found]
    elif not problems:
        problems.append(Problem(str(table), 0, "the table is empty"))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        number = f"{len(errors)} fault{'' if len(errors) == 1 else 's'}"
        raise SheetsFaulty(f"{str(table)!r} has {number}; nothing was recorded", listing(errors))
    book = inputs.book.codebook
    problems += coded_uncounted(decisions, inputs, book, str(table))
    tell_problems(problems, quiet=quiet)
    record_decisions(decisions, open_store(base), book, table.name, check=check, quiet=quiet)
