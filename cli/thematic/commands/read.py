"""`thematic read`: transcripts to read and to write on, in Word or a browser."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.commands.working import raw_notice, tell_raw
from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.coding import TranscriptCoding


class CopyFormat(StrEnum):
    """What a reading copy can be."""

    DOCX = "docx"
    HTML = "html"


@o.with_options
def read(
    request: Request,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="A file for one transcript, a folder for several."),
    ],
    to: Annotated[
        CopyFormat | None,
        typer.Option("--to", help="The format; default: by the ending of -o, else docx."),
    ] = None,
    coded: Annotated[
        bool, typer.Option("--coded", help="Show in the margin which codes the rules suggest.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files of the same name in the folder.")
    ] = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Write reading copies: a wide margin, numbered turns and lines, speakers and times.

    What you comment in Word comes back with `thematic import`.
    """
    from thematic.commands.emit import finish, refuse_inputs
    from thematic.report.file_names import file_names
    from thematic.report.folder import write_file, write_folder
    from thematic.report.talk import tell

    inputs = read_inputs(request, need_codebook=coded, show_progress=not quiet)
    tell_raw(inputs.transcripts, inputs.study, quiet=quiet)
    format = to or _format_of(output)
    one_file = bool(output.suffix) and not output.is_dir()
    if one_file and len(inputs.transcripts) > 1:
        raise UsageError(
            f"there are {len(inputs.transcripts)} transcripts, and one place to write to",
            "name a folder with -o, such as -o copies/",
        )
    copies = _copies(request, inputs, format, coded=coded, quiet=quiet)
    if one_file:
        refuse_inputs([output], inputs)
        _refuse_annotated(output, overwrite=overwrite)
        write_file(output, next(iter(copies.values())))
    else:
        names = file_names(list(copies), format.value)
        files = {names[id]: data for id, data in copies.items()}
        refuse_inputs([output / name for name in files], inputs)
        write_folder(output, files, overwrite=overwrite)
    tell(f"written: {output}", quiet=quiet)
    finish(inputs, quiet=quiet)


def _refuse_annotated(output: Path, *, overwrite: bool) -> None:
    """A copy that is there may hold somebody's comments."""
    from thematic.errors import OutputRefused

    if output.exists() and not output.is_dir() and not overwrite:
        hint = "choose another file with -o, or add --overwrite"
        raise OutputRefused(f"{str(output)!r} is there already; it may hold comments", hint)


def _format_of(output: Path) -> CopyFormat:
    suffix = output.suffix.lower().lstrip(".")
    if not suffix or output.is_dir():
        return CopyFormat.DOCX
    if suffix == "htm":
        return CopyFormat.HTML
    if suffix not in set(CopyFormat):
        raise UsageError(f"a reading copy is no {suffix} file", "say which with --to: docx, html")
    return CopyFormat(suffix)


def _copies(
    request: Request, inputs: Inputs, to: CopyFormat, *, coded: bool, quiet: bool
) -> dict[str, str | bytes]:
    """The file of each transcript, by ID."""
    from thematic.model.study import Status
    from thematic.report.content import INVENTED
    from thematic.report.reading_copy import reading_copy, reading_html
    from thematic.report.reading_word import reading_docx

    codings: dict[str, TranscriptCoding] = {}
    if coded:
        found = code_inputs(request, inputs, show_progress=not quiet)
        codings = {one.transcript.id: one for one in found.transcripts}
    banner = INVENTED if inputs.study.status is Status.INVENTED else ""
    copies: dict[str, str | bytes] = {}
    for transcript in inputs.transcripts:
        held = raw_notice([transcript], inputs.study)
        said = " ".join(filter(None, (banner, held[:1].upper() + held[1:])))
        copy = reading_copy(transcript, codings.get(transcript.id), said)
        copies[transcript.id] = reading_docx(copy) if to is CopyFormat.DOCX else reading_html(copy)
    return copies
