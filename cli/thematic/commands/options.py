"""Option types shared by all commands, so that an option is called the same everywhere."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, get_type_hints

import typer

from thematic.commands.request import Request
from thematic.model.codebook import Unit

_P = ParamSpec("_P")


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


class UnitName(StrEnum):
    """What is counted once."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"
    TRANSCRIPT = "transcript"


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Transcripts: files, folders, patterns, or - for standard input. "
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
        help="CSV, TSV, XLSX: which column is which, e.g. --column text=Content. Roles: speaker, "
        "time, text; in a survey (one row a respondent) id, and text once for each column of "
        "answers; sheet=NAME chooses a sheet.",
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


def reads_transcripts(
    command: Callable[Concatenate[Request, _P], None],
) -> Callable[..., None]:
    """A command whose first parameter is a Request, as one with all the shared options.

    Typer reads a function's signature, so the wrapper is given the joined one: the shared
    options first, then the command's own.
    """
    shared = inspect.signature(request_from).parameters
    own = list(inspect.signature(command).parameters.values())[1:]

    @functools.wraps(command)
    def wrapper(**values: Any) -> None:
        request = request_from(**{name: values.pop(name) for name in shared})
        command(request, **values)  # type: ignore[call-arg]

    joined = [p.replace(kind=p.KEYWORD_ONLY) for p in (*shared.values(), *own)]
    hints = get_type_hints(request_from, include_extras=True)
    hints |= get_type_hints(command, include_extras=True)
    hints = {p.name: hints[p.name] for p in joined}
    signature = inspect.Signature([p.replace(annotation=hints[p.name]) for p in joined])
    wrapper.__signature__ = signature  # type: ignore[attr-defined]
    wrapper.__annotations__ = hints
    return wrapper
