"""What a command line asks for, and the study it is asked in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from thematic.errors import CodebookUnusable, Problem, Severity
from thematic.model.codebook import Unit
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers, Study

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
    limits: Sequence[str] = ()
    strict: bool = False
    cache: bool = True


def study_file_of(paths: Sequence[Path]) -> Path | None:
    """The study.yaml that all paths lie under, else None; without paths, that of this folder.

    It is looked for from each path upward, so that a file of a study is read with the study's
    roles, attributes and consent from wherever the command is run.
    """
    found = {_study_above(path) for path in paths or [Path()]}
    return found.pop() if len(found) == 1 else None


def _study_above(path: Path) -> Path | None:
    plain = takewhile(lambda part: not any(sign in part for sign in "*?["), path.parts)
    fixed = path if path.exists() else Path(*plain)  # a folder may be called like a pattern
    start = fixed if fixed.is_dir() else fixed.parent
    for folder in (start, *_above(start)):
        if (folder / STUDY_FILE).is_file():
            return folder / STUDY_FILE
    return None


def _above(folder: Path) -> list[Path]:
    """The folders above, as they would be written from here."""
    if folder.is_absolute() or ".." in folder.parts:  # the parent of `..` is not `.`
        return list(folder.resolve().parents)
    ups = [Path(*[".."] * n) for n in range(1, len(Path.cwd().parts))]
    return [*folder.parents, *ups]


def study_of(path: Path | None, request: Request) -> Study:
    """The study of a study.yaml (or an empty one), with the labels the request adds.

    Raises:
        CodebookUnusable: the file has faults; all are listed.
    """
    if path is None:
        study = Study()
    else:
        read, problems = _read_study(path, cache=request.cache)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors or read is None:
            raise CodebookUnusable(
                f"the study file has {faults(errors)}", listing(problems) or f"see {path}"
            )
        study = read
    return replace(study, speakers=_with_interviewers(study.speakers, request.interviewer))


def _read_study(path: Path, *, cache: bool) -> tuple[Study | None, list[Problem]]:
    if cache:
        from thematic.commands.kept_study import study_at as read
    else:
        from thematic.store.study import read_study_file as read
    return read(path)


def _with_interviewers(speakers: Speakers, named: Sequence[str]) -> Speakers:
    """Labels that an option makes an interviewer's are so in every transcript."""
    keys = frozenset(map(key_of, named))

    def besides(labels: Sequence[str]) -> tuple[str, ...]:
        return tuple(label for label in labels if key_of(label) not in keys)

    own = tuple(
        (id, replace(said, respondent=besides(said.respondent), other=besides(said.other)))
        for id, said in speakers.transcripts
    )
    return replace(speakers, interviewer=(*speakers.interviewer, *named), transcripts=own)


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
