"""Option types shared by all commands, so that an option is called the same everywhere."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from thematic.commands.command_line import CommandLine, asked
from thematic.commands.request import Request
from thematic.model.codebook import Unit
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


_ENDINGS = {".csv": Format.CSV, ".json": Format.JSON, ".md": Format.MD}


class UnitName(StrEnum):
    """What is counted once."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"
    TRANSCRIPT = "transcript"


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Transcripts: files, folders, patterns, addresses (s3://…), or - for standard input. "
        "Default: what study.yaml in this folder names.",
        show_default=False,
    ),
]
CodebookOpt = Annotated[
    str | None,
    typer.Option(
        "-c", "--codebook", help="A codebook file (YAML, XLSX), or the name of a shipped one."
    ),
]
OutputOpt = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write here instead of the terminal.")
]
FormatOpt = Annotated[Format, typer.Option("-f", "--format", help="How to write the result.")]
UnitOpt = Annotated[
    UnitName | None,
    typer.Option("--unit", help="What is counted once; it never changes what is found."),
]
InterviewerOpt = Annotated[
    bool, typer.Option("--include-interviewer", help="Count interviewers' words too.")
]
StrictOpt = Annotated[
    bool, typer.Option("--strict", help="Stop when any file has a fault, before counting.")
]
QuietOpt = Annotated[bool, typer.Option("-q", "--quiet", help="Only errors on standard error.")]
RawOpt = Annotated[
    bool,
    typer.Option(
        "--raw", help="CSV: leave cells that a spreadsheet could read as a formula as they are."
    ),
]
StampOpt = Annotated[
    bool, typer.Option("--stamp", help="Write into the manifest when it was made (UTC).")
]
AttributesOpt = Annotated[
    Path | None,
    typer.Option("--attributes", help="A table (.csv, .xlsx) with one row a transcript."),
]
LabelOpt = Annotated[
    list[str] | None,
    typer.Option("--interviewer", metavar="LABEL", help="A label that is an interviewer's."),
]
ExcludeOpt = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="LABEL", help="A role or label whose words do not count."),
]
ModelOpt = Annotated[
    str | None,
    typer.Option("--model", help="An installed spaCy pipeline for `tokens` rules."),
]
CacheOpt = Annotated[
    bool, typer.Option("--no-cache", help="Neither read nor write what is kept between runs.")
]
EncodingOpt = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the files; default: found out.")
]
ColumnOpt = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="ROLE=NAME",
        help="CSV, TSV, XLSX, Parquet: which column is which, e.g. --column text=Content. Roles: "
        "speaker, time, text; in a file of turns id (of the transcript) and role; in a survey (one "
        "row a respondent) id, and text once for each column of answers; sheet=NAME chooses a "
        "sheet.",
    ),
]
LimitOpt = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="Read more of a file than is safe with strangers' files, e.g. --limit unpacked=2GB.",
    ),
]
BasisOpt = Annotated[
    Basis,
    typer.Option(
        "--basis",
        help="Whose codings count: suggested by rules; decided by people; or standing, which is "
        "decided, and suggested where people did not refuse it.",
    ),
]
CodeOpt = Annotated[
    list[str] | None, typer.Option("--code", help="Only this code and those below it.")
]
CodesOpt = Annotated[bool, typer.Option("--codes", help="The codes below the themes too.")]
KindOpt = Annotated[str, typer.Option("--kind", help="Only transcripts of this kind.")]


def request_from(
    paths: Paths = None,
    codebook: CodebookOpt = None,
    unit: UnitOpt = None,
    include_interviewer: InterviewerOpt = False,
    interviewer: LabelOpt = None,
    exclude: ExcludeOpt = None,
    attributes: AttributesOpt = None,
    column: ColumnOpt = None,
    encoding: EncodingOpt = None,
    limit: LimitOpt = None,
    model: ModelOpt = None,
    strict: StrictOpt = False,
    no_cache: CacheOpt = False,
) -> Request:
    """What to read and how to count it, from the options that every command shares."""
    return Request(
        paths=paths or (),
        codebook=codebook or "",
        unit=Unit(unit) if unit else None,
        include_interviewer=include_interviewer,
        interviewer=interviewer or (),
        exclude=exclude or (),
        attributes=attributes,
        columns=column or (),
        encoding=encoding or "",
        limits=limit or (),
        model=model or "",
        strict=strict,
        cache=not no_cache,
    )


@dataclass(frozen=True)
class Output:
    """Where a result table goes, in which format, and how much is said beside it."""

    file: Path | None = None  # None = standard output
    to: Format = Format.TABLE
    raw: bool = False
    quiet: bool = False

    @property
    def format(self) -> Format:
        """The format that was asked for, or that the ending of the file names."""
        if self.file is None or self.to is not Format.TABLE:
            return self.to
        return _ENDINGS.get(self.file.suffix.lower(), self.to)


SCREEN = Output()


def output_from(
    output: OutputOpt = None,
    to: FormatOpt = Format.TABLE,
    raw: RawOpt = False,
    quiet: QuietOpt = False,
) -> Output:
    """Where the result goes, from the options that every command with a result table shares."""
    return Output(output, to, raw, quiet)


@dataclass(frozen=True)
class Counted:
    """Whose codings of which codes a table counts."""

    basis: Basis = Basis.SUGGESTED
    names: Sequence[str] = ()  # codes as the user named them; none = the themes
    below: bool = False  # without names: the codes below the themes too


THEMES = Counted()


def counted_from(
    code: CodeOpt = None, codes: CodesOpt = False, basis: BasisOpt = Basis.SUGGESTED
) -> Counted:
    """What is counted, from the options that tables of codes by something else share."""
    return Counted(basis, code or (), codes)


class FilesOnly(Request):
    """A request for transcripts that no codebook is applied to."""


def files_from(
    paths: Paths = None,
    interviewer: LabelOpt = None,
    attributes: AttributesOpt = None,
    column: ColumnOpt = None,
    encoding: EncodingOpt = None,
    limit: LimitOpt = None,
) -> FilesOnly:
    """What to read, from the options that commands without a codebook share."""
    return FilesOnly(
        paths=paths or (),
        interviewer=interviewer or (),
        attributes=attributes,
        columns=column or (),
        encoding=encoding or "",
        limits=limit or (),
    )


_BUNDLES: Mapping[Any, Callable[..., object]] = {
    Counted: counted_from,
    Output: output_from,
    FilesOnly: files_from,
    Request: request_from,
}


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command with a Request or another bundle among its parameters, as one with options.

    Typer reads a function's signature, so the wrapper is given one in which each such
    parameter is replaced by the options that make it. The command's own come first. A
    parameter that is a CommandLine is given what was asked.
    """
    hints = get_type_hints(command, include_extras=True)
    signature = inspect.signature(command)
    bundles = {
        name: make
        for kind, make in _BUNDLES.items()
        for name in signature.parameters
        if hints[name] is kind
    }
    shared = {name: inspect.signature(make).parameters for name, make in bundles.items()}
    lines = [name for name in signature.parameters if hints[name] is CommandLine]
    own = [
        option
        for name, option in signature.parameters.items()
        if name not in bundles and name not in lines
    ]
    together = [*own, *(option for options in shared.values() for option in options.values())]

    @functools.wraps(command)
    def wrapper(**values: Any) -> None:
        called = asked(command.__name__.rstrip("_"), annotated, values) if lines else None
        values |= dict.fromkeys(lines, called)
        for name, make in bundles.items():
            values[name] = make(**{option: values.pop(option) for option in shared[name]})
        command(**values)

    joined = [option.replace(kind=option.KEYWORD_ONLY) for option in together]
    for make in bundles.values():
        hints |= get_type_hints(make, include_extras=True)
    hints = {option.name: hints[option.name] for option in joined}
    annotated = [option.replace(annotation=hints[option.name]) for option in joined]
    wrapper.__signature__ = inspect.Signature(annotated)  # type: ignore[attr-defined]
    wrapper.__annotations__ = hints
    return wrapper
