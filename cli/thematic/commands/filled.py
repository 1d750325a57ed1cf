"""Filled sheets with the samples they belong to; every fault in them is told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.request import Request, listing, study_file_of
from thematic.errors import ExitCode, Problem, Severity, ThematicError, UsageError
from thematic.model.nouns import dataclass
from thematic.model.samples import FilledRow, FilledSheet, Sample

if TYPE_CHECKING:
    from thematic.analysis.history import Words
    from thematic.analysis.result import ResultTable
    from thematic.commands.reading import Inputs
    from thematic.model.codebook import Codebook
    from thematic.model.people import Decision, Event
    from thematic.model.study import Study


class SheetsFaulty(ThematicError):
    """Rows of a filled sheet have faults; nothing of it was used."""

    exit_code = ExitCode.TRANSCRIPTS


@dataclass
class Round:
    """One sample and the sheets that came back of it."""

    sample: Sample
    answers: dict[str, dict[str, FilledRow]] = field(default_factory=dict)  # by coder and row
    files: dict[str, list[FilledRow]] = field(default_factory=dict)  # by the sheet's file name


def study_folder(folder: Path) -> Path:
    """The folder of the study.

    Raises:
        UsageError: there is none.
    """
    study_file = study_file_of([folder])
    if study_file is None:
        raise UsageError(
            f"there is no study.yaml in {str(folder)!r}", "name the study's folder with --folder"
        )
    return study_file.parent


def read_rounds(
    paths: Sequence[Path], base: Path, *, empty_is_no: bool = False, quiet: bool = False
) -> list[Round]:
    """The sheets by sample, in the order given.

    Args:
        paths: of the sheets.
        base: the study folder.
        empty_is_no: take each empty cell for a no, as somebody meant it who only made ticks.
        quiet: do not tell of sheets in which it may be meant so.

    Raises:
        SheetsFaulty: a sheet or a row has faults; all of all sheets are listed.
        UsageError: the study has no such sample, or a sheet is named twice.
    """
    from thematic.readers.sheets import read_filled_sheet
    from thematic.report.talk import tell_problems

    demand_once(paths)
    rounds: dict[str, Round] = {}
    problems: list[Problem] = []
    for path in paths:
        sheet, found = read_filled_sheet(path)
        problems += found
        if sheet is not None:
            sheet, doubts = _without_empty(sheet) if empty_is_no else (sheet, _only_ticks(sheet))
            problems += [problem.within(str(path)) for problem in doubts]
            found_here = _take(sheet, rounds, base)
            problems += [problem.within(str(path)) for problem in found_here]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        number = f"{len(errors)} fault{'' if len(errors) == 1 else 's'}"
        raise SheetsFaulty(f"the sheets have {number}; nothing was recorded", listing(errors))
    tell_problems([one for one in problems if one.severity is Severity.WARNING], quiet=quiet)
    return list(rounds.values())


def demand_once(paths: Sequence[Path]) -> None:
    """See that no file is named twice.

    Raises:
        UsageError: one is.
    """
    several = Counter(path.resolve() for path in paths)
    for path in paths:
        if several[path.resolve()] > 1:
            raise UsageError(f"{path.name} is named twice", "name the file of each coder once")


def _without_empty(sheet: FilledSheet) -> tuple[FilledSheet, list[Problem]]:
    nothing = dict.fromkeys(sheet.codes, False)
    rows = tuple(replace(row, answers=nothing | dict(row.answers)) for row in sheet.rows)
    return replace(sheet, rows=rows), []


def _only_ticks(sheet: FilledSheet) -> list[Problem]:
    """A doubt where a sheet has only yes and empty cells: these may have been meant as no."""
    answers = [answer for row in sheet.rows for answer in row.answers.values()]
    empty = len(sheet.rows) * len(sheet.codes) - len(answers)
    if not answers or not all(answers) or not empty:
        return []
    message = f"only yes, and {empty} empty cells, which count as not judged"
    hint = "if they mean no: --empty-is-no"
    return [Problem("", 0, message, hint, Severity.WARNING)]


def _take(sheet: FilledSheet, rounds: dict[str, Round], base: Path) -> list[Problem]:
    """Add a sheet to the round of its sample; what is wrong with its rows."""
    from thematic.store.samples import load_sample

    if not sheet.rows:
        return [Problem("", 0, "the sheet has no rows")]
    names = Counter(row.row.rpartition("-")[0] for row in sheet.rows)
    name = names.most_common(1)[0][0]
    if name not in rounds:
        rounds[name] = Round(load_sample(base, name))
    here = rounds[name]
    known = {unit.row for unit in here.sample.units}
    before = {(coder, row) for coder, rows in here.answers.items() for row in rows}
    problems = [
        Problem("", 1, f"the sample {name} does not ask for {code!r}", "remove the column")
        for code in sheet.codes
        if code not in here.sample.codes
    ]
    problems += _of_coders(sheet, here.sample)
    for row in sheet.rows:
        if not row.row or not row.coder:
            continue  # which the reader told
        if row.row not in known:
            hint = f"rows are called {name}-…; bring the name back from the sheet as it was"
            problems.append(Problem("", row.line, f"{name} has no row {row.row!r}", hint))
        elif (row.coder, row.row) in before:
            message = f"{row.coder}'s row {row.row} stands in another sheet too"
            problems.append(Problem("", row.line, message, "give one sheet of each coder"))
        else:
            here.answers.setdefault(row.coder, {})[row.row] = row
            here.files.setdefault(sheet.file, []).append(row)
    return problems


def _of_coders(sheet: FilledSheet, sample: Sample) -> list[Problem]:
    """Names in a sheet that are no single coder's, or not those of whom the sample was drawn for.

    Each is told once, with the first row in which it stands.
    """
    from thematic.review.coders import why_not_alone

    lines: dict[str, int] = {}
    for row in sheet.rows:
        if row.coder:
            lines.setdefault(row.coder, row.line)
    problems = []
    for coder, line in lines.items():
        why = why_not_alone(coder)
        if why:
            hint = "a sheet holds what one person judged alone: write the name or the initials"
            problems.append(Problem("", line, why, hint))
        elif sample.coders and coder not in sample.coders:
            message = f"{sample.name} was not drawn for {coder!r}"
            hint = f"it was drawn for {', '.join(sample.coders)}; is the name right?"
            problems.append(Problem("", line, message, hint, Severity.WARNING))
    return problems


def changed_codes(sample: Sample, codebook: Codebook) -> dict[str, str]:
    """The codes of a sample that are not as they were when it was drawn, and what changed."""
    from thematic.review.definitions import definition_hashes
    from thematic.review.rule_hashes import rule_hashes

    definitions, rules = definition_hashes(codebook), rule_hashes(codebook)
    found = {}
    for code in sample.codes:
        if code not in rules:
            found[code] = "the codebook no longer has it"
        elif rules[code] != sample.rules[code]:
            found[code] = "its rules have changed"
        elif definitions[code] != sample.definitions[code]:
            found[code] = "its definition has changed"
    return found


def not_recorded(acts: Sequence[Decision], events: Sequence[Event], source: str) -> list[Decision]:
    """The decisions that say something new, each once.

    A decision that stands is not new. Nor is one that is the last of its place from the same
    file: what the coder decided or undid since, elsewhere, is not overwritten.
    """
    from thematic.model.people import Decision
    from thematic.review.standing import standing

    stands = {event.act for event in standing(events)}
    last = {
        (event.act.coder, event.act.code, event.act.passage): event.act
        for event in events
        if isinstance(event.act, Decision) and event.source == source
    }
    return [
        act
        for act in dict.fromkeys(acts)
        if act not in stands and last.get((act.coder, act.code, act.passage)) != act
    ]


def with_status(table: ResultTable, study: Study) -> ResultTable:
    """The table, which says so where the study is invented, with a column that says it."""
    from thematic.commands.status import with_status_column
    from thematic.model.study import Status
    from thematic.report.content import INVENTED

    notes = (INVENTED, *table.notes) if study.status is Status.INVENTED else table.notes
    return with_status_column(replace(table, notes=notes), study)


def words_of(request: Request) -> Words:
    """Whose words may be shown in the study; without transcripts, nobody's."""
    from thematic.analysis.history import Words
    from thematic.commands.request import study_of

    inputs = inputs_of(request)
    if inputs is None:
        return Words([], study_of(study_file_of(request.paths), request))
    return Words(inputs.transcripts, inputs.study)


def inputs_of(request: Request) -> Inputs | None:
    """The study's transcripts; None where there are none that can be read."""
    from thematic.commands.inputs import read_inputs
    from thematic.errors import NoTranscripts, TranscriptsUnusable

    try:
        return read_inputs(request, need_codebook=False)
    except (NoTranscripts, TranscriptsUnusable):
        return None
