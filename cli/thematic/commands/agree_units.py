"""`thematic agree` on units that coders were given: sheets, or the decisions in the study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands import options as o
from thematic.commands.filled import Round, read_rounds, with_status, words_of
from thematic.commands.independent import StudyAnswers, study_answers
from thematic.commands.listing_out import put_list
from thematic.commands.request import Request, study_file_of, study_of
from thematic.errors import UsageError
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.analysis.agreement_answers import Judged, Judgements
    from thematic.analysis.agreement_paragraph import Setting
    from thematic.analysis.result import ResultTable
    from thematic.model.study import Study


@dataclass(frozen=True)
class Answers:
    """What coders answered on the same units, and the samples these come from."""

    request: Request
    judged: Judgements
    rounds: Sequence[Round]
    gone: int = 0  # units that are no longer in the transcripts

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the units compared, beside any figure."""
        if not self.gone:
            return ()
        are = "1 unit is" if self.gone == 1 else f"{self.gone} units are"
        return (f"{are} no longer in the transcripts; what was judged then is included.",)

    @property
    def study(self) -> Study:
        """The study as study.yaml declares it."""
        return study_of(study_file_of(self.request.paths), self.request)


def unit_answers(
    sheets: Sequence[Path],
    request: Request,
    coders: Sequence[str],
    *,
    empty_is_no: bool,
    quiet: bool,
) -> Answers:
    """The answers in sheets; without any, those that are recorded in the study.

    Raises:
        UsageError: fewer than two coders answered.
        SheetsFaulty: a sheet has faults.
    """
    from thematic.analysis.agreement_answers import judgements

    base = request.paths[0]
    wanted = set(coders)
    gone: frozenset[str] = frozenset()
    rounds: Sequence[Round] = ()
    if sheets:
        rounds = read_rounds(sheets, base, empty_is_no=empty_is_no, quiet=quiet)
        found = _of_sheets(rounds)
    else:
        answers = study_answers(request)
        found, gone = _of_study(answers, quiet=quiet), answers.units_gone
    judged = judgements(one for one in found if not wanted or one.coder in wanted)
    _demand_two(judged, wanted)
    return Answers(request, judged, rounds, len(gone & judged.units.keys()))


def _of_sheets(rounds: Sequence[Round]) -> Iterator[Judged]:
    from thematic.analysis.agreement_answers import Judged

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


def _of_study(answers: StudyAnswers, *, quiet: bool) -> Iterator[Judged]:
    """The decisions in the study's store, on the passages that were given to coders."""
    from thematic.report.talk import tell

    spans = len(answers.codings())
    if spans:
        what = f"{spans} codings of passages that coders chose (for these: --spans)"
        tell(f"not compared: {what}", quiet=quiet)
    yield from answers.judged()


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


def figures(answers: Answers, plan: Resampling, by: str) -> ResultTable:
    """Every coefficient, by code, transcript or pair."""
    from thematic.analysis.agreement_answers import yes_no_tables
    from thematic.analysis.agreement_tables import agreement_table

    found = agreement_table(
        yes_no_tables(answers.judged),
        plan,
        by_transcript=by == "transcript",
        by_pair=by == "pair",
    )
    return with_status(replace(found, notes=(*found.notes, *answers.notes)), answers.study)


def show_figures(table: ResultTable, out: o.Output) -> None:
    """Write the figures, or draw the chief ones."""
    from thematic.commands.emit import emit
    from thematic.report.agreement import agreement_grid, draw_agreement
    from thematic.report.markdown import grids_markdown

    grid = agreement_grid(table)
    emit(
        table,
        out,
        lambda screen: draw_agreement(grid, table.notes, screen),
        markdown=lambda: grids_markdown([grid], table.notes),
    )


def show_disagreements(answers: Answers, out: o.Output) -> None:
    """Write the list of units on which they differ."""
    from thematic.analysis.disagreements import disagreements

    found = disagreements(answers.judged, words_of(answers.request))
    found = replace(found, notes=(*found.notes, *answers.notes))
    put_list(with_status(found, answers.study), out)


def agreement_paragraphs(answers: Answers, plan: Resampling) -> list[str]:
    """Text for the methods section: what is to be said of the units, then the figures."""
    from thematic.analysis.agreement_answers import yes_no_tables
    from thematic.analysis.agreement_paragraph import paragraph
    from thematic.analysis.agreement_tables import agreement_table

    table = agreement_table(yes_no_tables(answers.judged), plan)
    return [*answers.notes, paragraph(table, answers.judged, _setting(answers.rounds))]


def show_paragraph(answers: Answers, plan: Resampling, output: Path | None) -> None:
    """Write the paragraph for the methods section."""
    from thematic.commands.emit import put
    from thematic.model.study import Status
    from thematic.report.content import INVENTED

    told = [INVENTED] if answers.study.status is Status.INVENTED else []
    put("\n\n".join([*told, *agreement_paragraphs(answers, plan)]) + "\n", output)


def _setting(rounds: Sequence[Round]) -> Setting:
    from thematic.analysis.agreement_paragraph import Setting
    from thematic.commands.version import version

    samples = [one.sample for one in rounds]
    units = {sample.unit for sample in samples}
    sampling = "; ".join(
        f"at random by code and interview, half without a suggested code (seed {sample.seed})"
        for sample in samples
    )
    frame = sum(sample.frame for sample in samples)
    return Setting(units.pop() if len(units) == 1 else "", frame, sampling, version())
