"""`thematic adjudicate`: what coders agreed on after talking, from their list into the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.agree_spans import open_passages
from thematic.commands.deciding import record_decisions
from thematic.commands.filled import SheetsFaulty, study_folder, with_status, words_of
from thematic.commands.independent import StudyAnswers, study_answers
from thematic.commands.inputs import read_inputs
from thematic.commands.listing_out import put_list
from thematic.commands.request import Request, faults, listing, study_file_of, study_of
from thematic.errors import OutputRefused, Severity, UsageError
from thematic.model.people import Passage
from thematic.model.transcript import Span

if TYPE_CHECKING:
    from thematic.analysis.adjudication import ListedRow
    from thematic.analysis.result import ResultTable
    from thematic.commands.reading import Inputs
    from thematic.readers.adjudications import Adjudicated


def adjudicate(
    filled: Annotated[
        Path | None,
        typer.Argument(
            help="The list that `thematic agree --disagreements` wrote, filled in (.xlsx, .csv). "
            "Default: show what is still open.",
            show_default=False,
        ),
    ] = None,
    folder: Annotated[Path, typer.Option("--folder", help="The study folder.")] = Path("."),
    codebook: o.CodebookOpt = None,
    coder: Annotated[
        str,
        typer.Option(
            "--coder", help="Who settled it: AK+BL, or consensus. Default: the coders of the row."
        ),
    ] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would be recorded.")
    ] = False,
    spans: Annotated[
        bool,
        typer.Option("--spans", help="Show open passages that coders chose, not given units."),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", "--out", help="Write here; .xlsx and .csv can be filled in."
        ),
    ] = None,
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Record what coders settled after talking about their disagreements; all rows or none.

    What each of them said alone stays, and agreement is always computed from that. Without
    a list it shows which disagreements in the study are still open.
    """
    from thematic.report.talk import tell

    base = study_folder(folder)
    out = o.Output(output, to, raw, quiet)
    request = Request(paths=[base], codebook=codebook or "")
    if filled is None:
        if check or coder:
            raise UsageError("there is no list to take back", "name the file that was filled in")
        made = _open_passages if spans else _open_units
        table, settled = made(request)
        put_list(table, out)
        tell(f"{len(table)} open, {settled} settled", quiet=quiet)
        return
    if output is not None and output.resolve() == filled.resolve():
        raise OutputRefused(f"{str(output)!r} holds what people did", "choose another with -o")
    inputs = read_inputs(request)
    answers = study_answers(request)
    taken = _taken(filled, inputs, answers, coder.strip(), quiet=quiet)
    rows = _compared(taken, answers, str(filled))
    _record(rows, inputs, filled, check=check, quiet=quiet)
    _show(rows, inputs, out)


def _open_units(request: Request) -> tuple[ResultTable, int]:
    """Units on which coders differ and nothing is settled, and how many are settled."""
    from thematic.analysis.agreement_answers import judgements
    from thematic.analysis.disagreements import differing, disagreements

    answers = study_answers(request)
    found = list(answers.judged())
    judged = judgements(one for one in found if not answers.is_settled(one.passage, one.code))
    table = disagreements(judged, words_of(request))
    every = sum(1 for _ in differing(judgements(found)))
    return with_status(table, study_of(study_file_of(request.paths), request)), every - len(table)


def _open_passages(request: Request) -> tuple[ResultTable, int]:
    """The same of the passages that coders chose freely."""
    answers = study_answers(request)
    if answers.inputs is None:
        return _open_units(request)
    table = open_passages(request, answers.inputs, answers.codings(), ())
    settled = {(id, span.start, span.end, code) for (id, span, code) in answers.settled}
    columns = ("transcript", "start", "end", "code")
    kept = table.only(lambda row: tuple(row[name] for name in columns) not in settled)
    return with_status(kept, answers.inputs.study), len(table) - len(kept)


def _taken(
    file: Path, inputs: Inputs, answers: StudyAnswers, coder: str, *, quiet: bool
) -> Adjudicated:
    """What the list says.

    Raises:
        SheetsFaulty: rows have faults; all are listed.
    """
    from thematic.analysis.sources import WITHHELD
    from thematic.readers.adjudications import Adjudicated, Setting, outcomes_in
    from thematic.readers.decisions import Known
    from thematic.readers.sheets import read_table
    from thematic.report.safe import visible
    from thematic.report.talk import tell_problems
    from thematic.review.settling import settles

    assert inputs.book is not None
    rows, problems = read_table(file)
    taken = Adjudicated([], {}, [])
    if rows or not problems:
        texts = {one.id: one.text for one in inputs.transcripts}
        known = Known(texts, inputs.book.codebook.paths(), coder)
        find = _finder(texts, answers)
        taken = outcomes_in(rows, Setting(known, settles, WITHHELD, visible, find))
        problems += [problem.within(str(file)) for problem in taken.problems]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise SheetsFaulty(
            f"{str(file)!r} has {faults(errors)}; nothing was recorded", listing(errors)
        )
    tell_problems(problems, quiet=quiet)
    return taken


def _finder(
    texts: Mapping[str, str], answers: StudyAnswers
) -> Callable[[str, Span, str], Span | None]:
    """What finds words of a list again in a transcript that was corrected since.

    By the passages of the study, which are known with the words round them; else by the words.
    """
    from thematic.report.safe import one_line
    from thematic.review.anchoring import How, anchored

    known: dict[tuple[str, str], set[Span]] = {}
    for was, now in answers.passages():
        known.setdefault((was.transcript, one_line(was.quote)), set()).add(now.span)

    def find(id: str, span: Span, quote: str) -> Span | None:
        places = known.get((id, one_line(quote)), set())
        if len(places) == 1:
            return next(iter(places))
        found = anchored(Passage(id, span, quote), texts.get(id, ""))
        return None if found.how is How.UNSURE else found.span

    return find


def _compared(taken: Adjudicated, answers: StudyAnswers, file: str) -> list[ListedRow]:
    """Each row of the list beside what the study holds.

    Raises:
        SheetsFaulty: others settled it in another way; all such rows are listed.
    """
    from thematic.analysis.adjudication import ListedRow, RowStatus
    from thematic.commands.settled_before import Before

    before = Before(answers)
    rows = [
        ListedRow(
            line,
            RowStatus.UNFILLED,
            {},
            code=cells.get("code", ""),
            transcript=cells.get("transcript", ""),
        )
        for line, cells in taken.unfilled.items()
    ]
    rows += [before.row(outcome) for outcome in taken.outcomes]
    if before.problems:
        raise SheetsFaulty(
            f"{file!r} has {faults(before.problems)}; nothing was recorded",
            listing([problem.within(file) for problem in before.problems]),
        )
    return rows


def _record(rows: list[ListedRow], inputs: Inputs, file: Path, *, check: bool, quiet: bool) -> None:
    from thematic.analysis.adjudication import RowStatus
    from thematic.analysis.moved import ranges
    from thematic.report.talk import tell
    from thematic.store.database import open_store

    assert inputs.book is not None
    decisions = [row.decision for row in rows if row.decision and row.status is RowStatus.NEW]
    store, book = open_store(inputs.base), inputs.book.codebook
    record_decisions(decisions, store, book, file.name, check=check, quiet=quiet)
    number = Counter(row.status for row in rows)
    if number[RowStatus.KNOWN]:
        tell(f"{number[RowStatus.KNOWN]} were recorded already", quiet=quiet)
    if number[RowStatus.UNFILLED]:
        lines = ranges([row.line for row in rows if row.status is RowStatus.UNFILLED])
        tell(f"{number[RowStatus.UNFILLED]} without an outcome: line {lines}", quiet=quiet)
    if number[RowStatus.GONE]:
        tell(f"{number[RowStatus.GONE]} on which the coders no longer differ", quiet=quiet)


def _show(rows: list[ListedRow], inputs: Inputs, out: o.Output) -> None:
    from thematic.analysis.adjudication import adjudication_table
    from thematic.analysis.history import Words
    from thematic.commands.emit import emit
    from thematic.report.adjudication import adjudication_grid
    from thematic.report.history import draw_history, history_markdown

    words = Words(inputs.transcripts, inputs.study)
    table = with_status(adjudication_table(rows, words), inputs.study)
    grid = adjudication_grid(table)
    emit(
        table,
        out,
        lambda out: draw_history(grid, table.notes, out),
        markdown=lambda: history_markdown(grid, table.notes),
        inputs=inputs,
    )
