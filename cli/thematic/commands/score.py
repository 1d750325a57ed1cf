"""`thematic score`: filled sheets back into the study, and how accurate the rules are by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.filled import (
    Round,
    changed_codes,
    not_recorded,
    read_rounds,
    study_folder,
    with_status,
    words_of,
)
from thematic.commands.request import Request, study_file_of, study_of
from thematic.errors import OutputRefused, UsageError

if TYPE_CHECKING:
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.analysis.result import ResultTable
    from thematic.model.codebook import Codebook
    from thematic.store.database import Store


@o.with_options
def score(
    sheets: Annotated[list[Path], typer.Argument(help="Sheets of `thematic sample`, filled in.")],
    folder: Annotated[Path, typer.Option("--folder", help="The study folder.")] = Path("."),
    codebook: o.CodebookOpt = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Only the rules, with how often each was wrong.")
    ] = False,
    missed: Annotated[
        bool, typer.Option("--missed", help="Only the units on which the rules miss a code.")
    ] = False,
    record: Annotated[
        bool,
        typer.Option("--record/--no-record", help="Record the answers as decisions in the study."),
    ] = True,
    empty_is_no: Annotated[
        bool,
        typer.Option("--empty-is-no", help="Take empty cells for no: the coder only made ticks."),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of the intervals by interview.")] = 1,
    out: o.Output = o.SCREEN,
) -> None:
    """Take filled sheets back: record the decisions, and say how accurate the rules are.

    Rule accuracy (precision, recall, F1) is against the judgement of one person each; it is
    no reliability.
    """
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.commands.codebooks import codebook_of
    from thematic.store.database import open_store

    if rules and missed:
        raise UsageError("these go one at a time", "choose one of --rules, --missed")
    base = study_folder(folder)
    _refuse_sheets(out.file, sheets)
    request = Request(paths=[base], codebook=codebook or "")
    book = codebook_of(request)
    rounds = read_rounds(sheets, base, empty_is_no=empty_is_no, quiet=out.quiet)
    if record:
        store = open_store(base)
        _refuse_sheets(out.file, [store.path])
        for one in rounds:
            _record(one, store, quiet=out.quiet)
    tables = [
        table
        for one in rounds
        for table in _tables(one, book, request, Resampling(seed=seed), quiet=out.quiet)
    ]
    study = study_of(study_file_of([base]), request)
    told = [with_status(table, study) for table in _joined(tables)]
    _show(told, out, only="rules" if rules else "missed" * missed)


def _refuse_sheets(output: Path | None, sheets: Sequence[Path]) -> None:
    if output is not None and output.resolve() in {path.resolve() for path in sheets}:
        raise OutputRefused(f"{str(output)!r} holds what people did", "choose another with -o")


def _record(one: Round, store: Store, *, quiet: bool) -> None:
    """The answers as decisions, each recorded once however often its sheet is read."""
    from thematic.analysis.scoring import decisions_of
    from thematic.report.talk import tell

    for file, rows in one.files.items():
        acts = decisions_of(one.sample, rows)
        new = not_recorded(acts, store.events(), file)
        store.record(new, "", datetime.now(UTC), one.sample.definitions, source=file)
        known = f"; {len(acts) - len(new)} were there already" if len(new) < len(acts) else ""
        tell(f"{file}: {len(new)} decisions recorded{known}", quiet=quiet)


def _tables(
    one: Round, book: Codebook, request: Request, plan: Resampling, *, quiet: bool
) -> list[ResultTable]:
    """Scores, rules and misses of one sample, of the codes that are as they were."""
    from thematic.analysis.scoring import missed_table, rule_table, scores
    from thematic.report.talk import tell

    changed = changed_codes(one.sample, book)
    for code, why in changed.items():
        tell(
            f"{one.sample.name}: {code} is not scored, for {why} since the sample was drawn: "
            "draw a fresh one",
            quiet=quiet,
        )
    codes = [code for code in one.sample.codes if code not in changed]
    ruled = {code.path for code in book.codes() if code.has_rules}
    by_rules = [code for code in codes if code in ruled]
    by_people = [code for code in codes if code not in ruled]
    return [
        scores(one.sample, one.answers, codes, plan, by_people),
        rule_table(one.sample, one.answers, codes),
        missed_table(one.sample, one.answers, by_rules, words_of(request)),
    ]


def _joined(tables: Sequence[ResultTable]) -> list[ResultTable]:
    """Tables of the same name under one another."""
    from thematic.analysis.result import joined

    names = dict.fromkeys(table.name for table in tables)
    return [joined([table for table in tables if table.name == name]) for name in names]


def _show(tables: Sequence[ResultTable], out: o.Output, *, only: str) -> None:
    from thematic.commands.emit import emit
    from thematic.report.accuracy import accuracy_grids, draw_accuracy
    from thematic.report.markdown import grids_markdown

    place = {"rules": 1, "missed": 2}.get(only, 0)
    table = tables[place]
    shown = [table] if only else tables
    emit(
        table,
        out,
        lambda screen: draw_accuracy(shown, screen),
        markdown=lambda: grids_markdown(accuracy_grids(shown), table.notes),
    )
