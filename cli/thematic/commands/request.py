"""What a command line asks for, and the study it is asked in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thematic.errors import CodebookUnusable, Problem, Severity
from thematic.model.codebook import Unit
from thematic.model.study import Study

STUDY_FILE = "study.yaml"


@dataclass(frozen=True)
class Request:
    """What a command line asks to be read and how to count it."""

    paths: Sequence[Path] = ()
    codebook: str = ""
    attributes: Path | None = None
    interviewer: Sequence[str] = ()
    exclude: Sequence[str] = ()
    include_interviewer: bool = False
    unit: Unit | None = None
    model: str = ""
    encoding: str = ""
    columns: Sequence[str] = ()
    strict: bool = False


def study_file_of(paths: Sequence[Path]) -> Path | None:
    """The study.yaml of the one folder named, else of the current folder; None for neither."""
    folder = paths[0] if len(paths) == 1 and paths[0].is_dir() else Path()
    for candidate in (folder / STUDY_FILE, Path(STUDY_FILE)):
        if candidate.is_file():
            return candidate
    return None


def study_of(path: Path | None, request: Request) -> Study:
    """The study of a study.yaml (or an empty one), with the labels the request adds.

    Raises:
        CodebookUnusable: the file has faults; all are listed.
    """
    if path is None:
        study = Study()
    else:
        from thematic.store.study import read_study_file

        read, problems = read_study_file(path)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors or read is None:
            raise CodebookUnusable(
                f"the study file has {faults(errors)}", listing(problems) or f"see {path}"
            )
        study = read
    speakers = study.speakers
    named = (*speakers.interviewer, *request.interviewer)
    return replace(study, speakers=replace(speakers, interviewer=named))


def listing(problems: Sequence[Problem]) -> str:
    """All problems as lines, each with its place and its hint."""
    return "\n".join(_one(problem) for problem in problems)


def _one(problem: Problem) -> str:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{place}: {problem.severity}: {problem.message}{hint}"


def faults(errors: Sequence[Problem]) -> str:
    """Their number, in words."""
    return f"{len(errors)} fault{'' if len(errors) == 1 else 's'}"
