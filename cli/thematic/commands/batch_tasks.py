"""One task of a batch: the report on one study, and what became of it, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.errors import (
    ExitCode,
    InternalFault,
    Interrupted,
    NoTranscripts,
    NotVerified,
    Problem,
    Severity,
    ThematicError,
)
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.commands.results import Results

FIRST, UNCHANGED, CHANGED = "first", "unchanged", "changed"
NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Task:
    """One study; places as they are seen from the current folder."""

    number: int  # its place among all
    line: int  # where the list names it, 0 without a list
    name: str
    folder: Path
    codebook: str
    output: Path
    strict: bool
    cache: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a study.

    Args:
        number: of its task.
        row: its numbers, by the columns of the summary.
        problems: of its files.
        alarms: what dropped by half since the last run.
        fault: why there are no results, "" where there are some; `hint` how to mend it.
    """

    number: int
    exit_code: int
    row: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    alarms: tuple[str, ...] = ()
    fault: str = ""
    hint: str = ""


def do(_given: None, task: Task) -> Outcome:
    """Report on one study; whatever is wrong with it is told and stops no other."""
    try:
        return _reported(task)
    except Interrupted:
        raise
    except ThematicError as error:
        return failed(task, error)
    except Exception as error:
        return failed(task, InternalFault(error))


def failed(task: Task, error: ThematicError) -> Outcome:
    """The outcome of a study without results."""
    return Outcome(task.number, error.exit_code, fault=error.message, hint=error.hint)


def _reported(task: Task) -> Outcome:
    from thematic.commands.command_line import CommandLine
    from thematic.commands.report import Wanted, made_report
    from thematic.commands.request import Request

    if not task.folder.exists():
        where = f"check line {task.line} of the list of studies" if task.line else ""
        raise NoTranscripts(f"there is no folder {str(task.folder)!r}", where)
    earlier, doubt = _comparable(task.output)
    options = {"--codebook": task.codebook, "--strict": task.strict, "--brief": True}
    inputs, found = made_report(
        Request([task.folder], codebook=task.codebook, strict=task.strict, cache=task.cache),
        CommandLine("report", {name: value for name, value in options.items() if value}),
        Wanted(task.output, task.output if earlier else None, brief=True, quiet=True),
    )
    inputs.keep()
    return _outcome(task, inputs, found, FIRST if not earlier else UNCHANGED, doubt)


def _comparable(output: Path) -> tuple[bool, list[Problem]]:
    """Whether the last results are there, and why they cannot be compared where they cannot."""
    from thematic.report.earlier import earlier_results

    if not output.is_dir() or not any(output.iterdir()):
        return False, []
    try:
        earlier_results(output)
    except NotVerified as error:
        message = f"not compared with the last results: {error.message}"
        return False, [Problem(str(output), 0, message, error.hint, Severity.WARNING)]
    return True, []


def _outcome(
    task: Task, inputs: Inputs, found: Results, change: str, doubts: list[Problem]
) -> Outcome:
    from thematic.report.changed import alarms, change_in_short

    since = found.since if found.since and found.since.is_new else None
    if since is not None:
        change = CHANGED
    problems = [*doubts, *inputs.problems]
    alarmed = tuple(alarms(since.changes)) if since else ()
    return Outcome(
        number=task.number,
        exit_code=ExitCode.PROBLEMS if inputs.has_errors else ExitCode.OK,
        row=_numbers(found)
        | {
            "change": NOT_COMPARED if doubts else change,
            "changed": change_in_short(since.changes) if since else None,
            "alarm": "; ".join(alarmed) or None,
            "errors": sum(one.severity is Severity.ERROR for one in problems),
            "warnings": sum(one.severity is Severity.WARNING for one in problems),
        },
        problems=tuple(problems),
        alarms=alarmed,
    )


def _numbers(found: Results) -> dict[str, Any]:
    facts = found.overview
    declared = [kind.declared for kind in facts.kinds]
    persons = {one.transcript.case for one in found.codings.transcripts if one.words}
    return {
        "read": sum(kind.read for kind in facts.kinds),
        "expected": None if None in declared else sum(one or 0 for one in declared),
        "not_read": facts.faulty,
        "persons": len(persons),
        "words": facts.words,
        "counted_in": facts.counted_in,
        "theme_codings": facts.theme_codings,
        "unit": facts.unit,
        "codebook": f"{facts.codebook} {facts.version}".strip(),
        "codebook_hash": facts.codebook_hash,
        "study_status": facts.status.value,
    }
