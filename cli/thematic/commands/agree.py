"""`thematic agree`: how far two or more coders agree, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.filled import (
    Round,
    read_rounds,
    study_folder,
    texts_of,
    with_status,
    words_of,
)
from thematic.commands.request import Request, study_file_of, study_of
from thematic.errors import OutputRefused, UsageError

if TYPE_CHECKING:
    from thematic.analysis.agreement_tables import Judged, Judgements, Setting
    from thematic.model.people import Event
    from thematic.model.study import Study


class By(StrEnum):
    """What one set of figures is of."""

    CODE = "code"
    TRANSCRIPT = "transcript"


def agree(
    sheets: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Filled sheets of two or more coders. Default: the decisions in the study.",
            show_default=False,
        ),
    ] = None,
    folder: Annotated[Path, typer.Option("--folder", help="The study folder.")] = Path("."),
    by: Annotated[By, typer.Option("--by", help="Figures by code, or by interview too.")] = By.CODE,
    coder: Annotated[
        list[str] | None, typer.Option("--coder", help="Only this coder and others named so.")
    ] = None,
    differences: Annotated[
        bool,
        typer.Option("--disagreements", help="List where they differ, with what each said."),
    ] = False,
    paragraph: Annotated[
        bool, typer.Option("--paragraph", help="A paragraph for the methods section instead.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of the intervals by interview.")] = 1,
    output: o.OutputOpt = None,
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Measure how far coders agree on the same units: per code, pooled, or by interview.

    Percent, Cohen, Fleiss, Conger, Brennan-Prediger (PABAK), Gwet's AC1, Krippendorff's alpha,
    positive and negative agreement, prevalence and bias index.
    """
    from thematic.analysis.agreement_tables import judgements

    if differences and paragraph:
        raise UsageError("these go one at a time", "choose --disagreements or --paragraph")
    if output is not None and output.resolve() in {path.resolve() for path in sheets or ()}:
        raise OutputRefused(f"{str(output)!r} holds what people did", "choose another with -o")
    base = study_folder(folder)
    rounds = read_rounds(sheets, base) if sheets else []
    found = _of_sheets(rounds) if sheets else _of_study(base, quiet=quiet)
    wanted = set(coder or ())
    judged = judgements(one for one in found if not wanted or one.coder in wanted)
    _demand_two(judged, wanted)
    request = Request(paths=[base])
    if differences:
        _show_disagreements(judged, request, to, output, raw=raw)
    elif paragraph:
        _show_paragraph(judged, rounds, request, seed, output)
    else:
        _show_figures(judged, request, seed, to, output, raw=raw, by=by)


def _of_sheets(rounds: Sequence[Round]) -> Iterator[Judged]:
    from thematic.analysis.agreement_tables import Judged

    for one in rounds:
        for unit in one.sample.units:
            for code in one.sample.codes:
                for coder, rows in one.answers.items():
                    row = rows.get(unit.row)
                    if row is not None and code in row.answers:
                        answer = row.answers[code]
                        yield Judged(
                            unit.row, unit.passage, coder, code, answer, unit.turn, row.note
                        )


def _of_study(base: Path, *, quiet: bool) -> Iterator[Judged]:
    """The decisions that stand in the study's store, on the passages that were judged."""
    from thematic.analysis.agreement_tables import Judged
    from thematic.model.people import Decision, PersonCoding, Verdict
    from thematic.report.talk import tell
    from thematic.review.moving import moved_events
    from thematic.review.standing import standing
    from thematic.store.database import open_store

    log, _ = moved_events(open_store(base).events(), texts_of(Request(paths=[base])))
    events: list[Event] = standing(log)
    spans = sum(isinstance(event.act, PersonCoding) for event in events)
    if spans:
        tell(f"not compared: {spans} codings of passages that were not given", quiet=quiet)
    for event in events:
        act = event.act
        if not isinstance(act, Decision):
            continue
        place = act.passage
        unit = f"{place.transcript} {place.span.start}-{place.span.end}"
        yes = act.verdict not in (Verdict.REJECT, Verdict.RECODE)
        yield Judged(unit, place, act.coder, act.code, yes, None, act.note)
        if act.verdict is Verdict.RECODE:
            yield Judged(unit, place, act.coder, act.into, True, None, act.note)


def _demand_two(judged: Judgements, wanted: set[str]) -> None:
    missing = sorted(wanted - set(judged.coders))
    if missing:
        there = ", ".join(judged.coders) or "nobody"
        raise UsageError(f"{missing[0]!r} judged nothing", f"there are: {there}")
    if len(judged.coders) < 2:
        there = f"only {judged.coders[0]} did" if judged.coders else "nobody did"
        raise UsageError(
            f"agreement needs two coders who judged the same units; {there}",
            "thematic sample --coder AK --coder BL, then: thematic agree SHEET SHEET",
        )


def _show_figures(
    judged: Judgements,
    request: Request,
    seed: int,
    to: o.Format,
    output: Path | None,
    *,
    raw: bool,
    by: By,
) -> None:
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.analysis.agreement_tables import agreement_table, yes_no_tables
    from thematic.commands.emit import emit
    from thematic.report.agreement import agreement_grid, draw_agreement
    from thematic.report.markdown import grids_markdown

    tables = yes_no_tables(judged)
    found = agreement_table(tables, Resampling(seed=seed), by_transcript=by is By.TRANSCRIPT)
    table = with_status(found, _study(request))
    grid = agreement_grid(table)
    emit(
        table,
        to,
        lambda out: draw_agreement(grid, table.notes, out),
        markdown=lambda: grids_markdown([grid], table.notes),
        output=output,
        raw=raw,
    )


def _show_disagreements(
    judged: Judgements, request: Request, to: o.Format, output: Path | None, *, raw: bool
) -> None:
    from thematic.analysis.agreement_tables import disagreements
    from thematic.commands.emit import emit
    from thematic.report.agreement import disagreement_grid, draw_agreement
    from thematic.report.markdown import grids_markdown

    found = disagreements(judged, words_of(request).of)
    table = with_status(found, _study(request))
    grid = disagreement_grid(table)
    emit(
        table,
        to,
        lambda out: draw_agreement(grid, table.notes, out),
        markdown=lambda: grids_markdown([grid] if grid.rows else [], table.notes),
        output=output,
        raw=raw,
    )


def _show_paragraph(
    judged: Judgements,
    rounds: Sequence[Round],
    request: Request,
    seed: int,
    output: Path | None,
) -> None:
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.analysis.agreement_tables import agreement_table, paragraph, yes_no_tables
    from thematic.commands.emit import put

    table = agreement_table(yes_no_tables(judged), Resampling(seed=seed))
    told = with_status(replace(table, notes=()), _study(request)).notes
    put("\n\n".join([*told, paragraph(table, judged, _setting(rounds))]) + "\n", output)


def _study(request: Request) -> Study:
    return study_of(study_file_of(request.paths), request)


def _setting(rounds: Sequence[Round]) -> Setting:
    from thematic.analysis.agreement_tables import Setting
    from thematic.commands.version import version

    samples = [one.sample for one in rounds]
    units = {sample.unit for sample in samples}
    sampling = "; ".join(
        f"at random by code and interview, half without a suggested code (seed {sample.seed})"
        for sample in samples
    )
    frame = sum(sample.frame for sample in samples)
    return Setting(units.pop() if len(units) == 1 else "", frame, sampling, version())
