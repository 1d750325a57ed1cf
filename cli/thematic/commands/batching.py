"""Reports on many studies in one run: which, where to, in how many processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.batch_tasks import Outcome, Task, do, failed
from thematic.commands.request import STUDY_FILE, faults, listing
from thematic.errors import CodebookUnusable, NoTranscripts, Severity, UsageError, WorkersLost
from thematic.model.listed import ListedStudy
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

RESULTS = "results"  # the folder of all results, unless another is named
COLUMNS = [
    "study", "exit_code", "change", "changed", "alarm", "read", "expected", "not_read", "persons",
    "words", "counted_in", "theme_codings", "unit", "errors", "warnings", "fault", "codebook",
    "codebook_hash", "study_status",
]  # fmt: skip
NOTE = (
    "All kinds of source together: transcripts read and expected, persons and words that count, "
    "theme codings as rules suggest. Changed: since the results that were there before."
)


@dataclass(frozen=True)
class Batch:
    """What became of all studies, in their order."""

    tasks: Sequence[Task]
    outcomes: Sequence[Outcome]

    @property
    def exit_code(self) -> int:
        """The highest of all studies."""
        return max(outcome.exit_code for outcome in self.outcomes)

    @property
    def table(self) -> ResultTable:
        """One row a study."""
        from thematic.analysis.result import table_of

        rows = [
            {**one.row, "study": task.name, "exit_code": one.exit_code, "fault": one.fault or None}
            for task, one in zip(self.tasks, self.outcomes, strict=True)
        ]
        return table_of("batch", rows, COLUMNS, "study", (NOTE,))


def batch_studies(
    studies: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    jobs: int = 1,
    strict: bool = False,
) -> ResultTable:
    """Report on many studies, each into a folder of its own; faults of one stop no other.

    Args:
        studies: a YAML list of studies, or a folder of study folders.
        output: the folder of all results; None = `results` beside the studies.
        jobs: processes that work at once.
        strict: no results of a study in which any file has a fault.

    Returns:
        One row a study: what was read, counted and changed, and its exit code.

    Raises:
        CodebookUnusable: the list has faults; the hint names all of them.
        NoTranscripts: there are no studies.
    """
    tasks = tasks_of(Path(studies), None if output is None else Path(output), strict=strict)
    return run_batch(tasks, jobs=jobs).table


def tasks_of(
    studies: Path, output: Path | None = None, *, strict: bool = False, cache: bool = True
) -> list[Task]:
    """The studies of a list or folder, each with the place of its results.

    Raises:
        CodebookUnusable, NoTranscripts, UsageError: as `batch_studies`.
    """
    from thematic.report.file_names import file_names

    base = studies if studies.is_dir() else studies.parent
    found = _in_folder(studies) if studies.is_dir() else _listed(studies)
    root = output or base / RESULTS
    names = file_names([one.name for one in found], "d")
    tasks = [
        Task(
            number=number,
            line=one.line,
            name=one.name,
            folder=base / one.folder,
            codebook=_codebook(one.codebook, base),
            output=base / one.output if one.output else root / _folder_name(names[one.name]),
            strict=strict,
            cache=cache,
        )
        for number, one in enumerate(found)
    ]
    _demand_apart(tasks)
    return tasks


def run_batch(
    tasks: Sequence[Task],
    *,
    jobs: int = 1,
    advance: Callable[[str], None] = lambda _name: None,
    killed: Callable[[], None] = lambda: None,
) -> Batch:
    """Report on all studies; the results and their order do not depend on `jobs`.

    Args:
        tasks: from `tasks_of`.
        jobs: processes.
        advance: told the name of each study that is done.
        killed: called when a process was killed and its studies are to be done again.
    """
    done: dict[int, Outcome] = {}
    for outcome in _outcomes(tasks, jobs, killed, done):
        done[outcome.number] = outcome
        advance(tasks[outcome.number].name)
    return Batch(tasks, [done[task.number] for task in tasks])


def _outcomes(
    tasks: Sequence[Task], jobs: int, killed: Callable[[], None], done: dict[int, Outcome]
) -> Iterator[Outcome]:
    from thematic.backends import processes, serial

    if jobs == 1 or len(tasks) == 1:
        yield from serial.run(do, None, tasks)
        return
    try:
        yield from processes.run(do, None, tasks, jobs, killed)
        return
    except WorkersLost:
        left = [task for task in tasks if task.number not in done]
    for task in left:  # one by one, so that it is known which of them ends its process
        try:
            yield from processes.run(do, None, [task], 1)
        except WorkersLost as lost:
            yield failed(task, lost)


def _listed(file: Path) -> list[ListedStudy]:
    from thematic.readers.studies import read_studies_file

    if not file.exists():
        raise NoTranscripts(f"there is no {str(file)!r}", "name a list of studies, or a folder")
    found, problems = read_studies_file(file)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise CodebookUnusable(f"the list of studies has {faults(errors)}", listing(problems))
    return found


def _in_folder(folder: Path) -> list[ListedStudy]:
    if (folder / STUDY_FILE).is_file():
        raise UsageError(
            f"{str(folder)!r} is one study",
            f"name the folder above it, or: thematic report {folder}",
        )
    names = sorted(file.parent.name for file in folder.glob(f"*/{STUDY_FILE}"))
    if not names:
        raise NoTranscripts(
            f"no folder in {str(folder)!r} holds a {STUDY_FILE}", "list the studies in a file"
        )
    return [ListedStudy(name, name) for name in names if not name.startswith(".")]


def _codebook(name: str, base: Path) -> str:
    """What is not the name of a shipped codebook is a file beside the list."""
    from thematic.shipped import codebook_path

    beside = base / name
    if not name or (codebook_path(name) and not beside.is_file()):
        return name
    return str(beside)


def _folder_name(name: str) -> Path:
    """What file_names gave, without its suffix, and with no ending that means a file."""
    stem = Path(name.removesuffix(".d"))
    return stem.with_name(stem.name.replace(".", "_"))


def _demand_apart(tasks: Sequence[Task]) -> None:
    """The results of two studies may not go to one place.

    Raises:
        UsageError: they would.
    """
    taken: dict[Path, str] = {}
    for task in tasks:
        place = task.output.resolve()
        if place in taken:
            raise UsageError(
                f"the results of {taken[place]!r} and {task.name!r} would go to one folder",
                "give one of them an `output` of its own",
            )
        taken[place] = task.name
