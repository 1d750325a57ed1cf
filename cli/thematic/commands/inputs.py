"""From a request to transcripts that are read and coded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.codebooks import usable_codebook
from thematic.commands.request import Request, faults, listing, study_file_of, study_of
from thematic.errors import (
    NoTranscripts,
    Problem,
    Severity,
    TranscriptsUnusable,
    UsageError,
    did_you_mean,
)
from thematic.model.codebook import Codebook, Unit
from thematic.model.study import Speakers, Study
from thematic.model.transcript import Transcript

if TYPE_CHECKING:
    from thematic.coding.compile import CompiledCodebook
    from thematic.model.coding import Codings
    from thematic.readers import ReadOptions, Source

STANDARD_INPUT = Path("-")
ATTRIBUTE_FILES = ("attributes.csv", "attributes.tsv", "attributes.xlsx")


@dataclass
class Inputs:
    """What was read, and everything that was wrong with it."""

    study: Study
    transcripts: list[Transcript] = field(default_factory=list)
    book: CompiledCodebook | None = None
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    faulty: int = 0  # files that should have been transcripts and could not be read

    @property
    def has_errors(self) -> bool:
        """Whether anything cost data."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_inputs(request: Request, *, need_codebook: bool = True) -> Inputs:
    """Read study, transcripts and codebook; faults in single transcripts are kept as data.

    Raises:
        CodebookUnusable: the codebook (or the study file) has faults; all are listed.
        NoTranscripts: nothing to read.
        TranscriptsUnusable: nothing could be read, or `strict` and any fault.
    """
    study_file = study_file_of(request.paths)
    inputs = Inputs(study_of(study_file, request))
    base = study_file.parent if study_file else Path()
    if need_codebook:
        inputs.book, problems = usable_codebook(request)
        inputs.problems += problems
    _transcripts(request, inputs, base, study_file)
    _demand_something(request, inputs)
    return inputs


def code_inputs(request: Request, inputs: Inputs, *, show_progress: bool) -> Codings:
    """Code what was read, with progress on standard error for long work."""
    from thematic.coding.engine import code_transcripts

    assert inputs.book is not None
    from thematic.report.talk import progress

    with progress("coding", len(inputs.transcripts), shown=show_progress) as advance:
        return code_transcripts(
            inputs.transcripts,
            inputs.book,
            unit=request.unit or (Unit(inputs.study.unit) if inputs.study.unit else None),
            exclude=_excluded(request, inputs.study, inputs.book.codebook),
            progress=advance,
        )


def _excluded(request: Request, study: Study, codebook: Codebook) -> tuple[str, ...]:
    """Flags win over study.yaml, study.yaml over the codebook."""
    declared = study.speakers.exclude
    names = [*(codebook.exclude if declared is None else declared), *request.exclude]
    if request.include_interviewer:
        names = [name for name in names if name.casefold() != "interviewer"]
    return tuple(dict.fromkeys(names))


def _transcripts(request: Request, inputs: Inputs, base: Path, study_file: Path | None) -> None:
    from thematic.readers import find_transcripts

    paths = _paths(request, inputs.study, base, study_file)
    files = [path for path in paths if path != STANDARD_INPUT]
    if files:
        found = find_transcripts(files)
        inputs.skipped += found.skipped
        inputs.problems += found.problems
        table = _attributes(request, inputs, base, files)
        for source in found.sources:
            _read_one(source, request, inputs, table)
        _unused_rows(table, [source.id for source in found.sources], inputs)
    if STANDARD_INPUT in paths:
        _take(*_from_standard_input(request, inputs.study), inputs, "standard input")


def _paths(request: Request, study: Study, base: Path, study_file: Path | None) -> list[Path]:
    given = list(request.paths)
    is_study_folder = study_file is not None and len(given) == 1 and given[0].is_dir()
    if study_file is not None and (not given or (is_study_folder and given[0] == base)):
        return [base / name for name in study.transcripts or (".",)]
    if not given:
        raise NoTranscripts(
            "no transcripts were named, and there is no study.yaml in this folder",
            "name files or a folder; or begin a study folder with: thematic init",
        )
    return given


def _attributes(
    request: Request, inputs: Inputs, base: Path, files: Sequence[Path]
) -> dict[str, dict[str, str]]:
    from thematic.readers import read_attributes

    path = request.attributes
    if path is None and inputs.study.attributes:
        path = base / inputs.study.attributes
    if path is None:
        folders = [file for file in files if file.is_dir()]
        beside = (folder / name for folder in folders for name in ATTRIBUTE_FILES)
        path = next((candidate for candidate in beside if candidate.is_file()), None)
    if path is None:
        return {}
    table, problems = read_attributes(path)
    inputs.problems += problems
    return table


def _read_one(
    source: Source, request: Request, inputs: Inputs, table: dict[str, dict[str, str]]
) -> None:
    from thematic.readers import attributes_of, read_transcript, with_attributes

    transcript, problems = read_transcript(source, read_options(request, inputs.study))
    if transcript is not None:
        transcript, more = with_attributes(transcript, attributes_of(source, table))
        problems = [*problems, *more]
    _take(transcript, problems, inputs, str(source.path))


def _take(
    transcript: Transcript | None, problems: Sequence[Problem], inputs: Inputs, file: str
) -> None:
    inputs.problems += [p if p.file else p.within(file) for p in problems]
    if transcript is None:
        inputs.faulty += 1
    else:
        inputs.transcripts.append(transcript)


def _from_standard_input(request: Request, study: Study) -> tuple[Transcript | None, list[Problem]]:
    from thematic.readers import read_bytes

    options = read_options(request, study)
    return read_bytes(sys.stdin.buffer.read(), id="stdin", options=options)


def read_options(request: Request, study: Study) -> ReadOptions:
    """How transcripts are to be read."""
    from thematic.readers import ReadOptions

    columns: dict[str, str] = {}
    for written in request.columns:
        role, sign, name = written.partition("=")
        if role not in ("speaker", "time", "text") or not (sign and name):
            raise UsageError(
                f"--column {written!r} is not understood",
                "write --column speaker=NAME, --column time=NAME or --column text=NAME",
            )
        columns[f"{role}_column"] = name
    speakers: Speakers = study.speakers
    return ReadOptions(encoding=request.encoding, speakers=speakers, **columns)


def _unused_rows(table: dict[str, dict[str, str]], ids: Sequence[str], inputs: Inputs) -> None:
    """Rows of the attribute table that fit no transcript: most often a typing mistake."""
    known = {*ids, *(name.rpartition(".")[0] for name in ids)}
    for row in table:
        bare = row.rpartition(".")[0] or row
        if row not in known and bare not in known:
            hint = did_you_mean(row, ids) or "check its ID"
            inputs.problems.append(
                Problem(
                    "attributes", 0, f"no transcript has the ID {row!r}", hint, Severity.WARNING
                )
            )


def _demand_something(request: Request, inputs: Inputs) -> None:
    errors = [problem for problem in inputs.problems if problem.severity is Severity.ERROR]
    if request.strict and errors:
        raise TranscriptsUnusable(
            f"{faults(errors)} in the transcripts, and --strict was given",
            listing(inputs.problems),
        )
    if not inputs.transcripts and inputs.faulty:
        raise TranscriptsUnusable("no transcript could be read", listing(inputs.problems))
    if not inputs.transcripts:
        raise NoTranscripts(
            "there are no transcripts here",
            listing([*inputs.problems, *inputs.skipped]) or "name files or a folder with some",
        )
