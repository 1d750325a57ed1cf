"""`thematic convert`: transcripts as files of another format, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import read_inputs
from thematic.commands.working import tell_raw
from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.model.transcript import Transcript


class FileFormat(StrEnum):
    """What a transcript can be written as."""

    TXT = "txt"
    MD = "md"
    VTT = "vtt"
    SRT = "srt"
    CSV = "csv"
    JSON = "json"


@o.with_options
def convert(
    request: o.FilesOnly,
    to: Annotated[
        FileFormat | None,
        typer.Option("--to", help="The format; default: by the ending of -o, else txt."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A file for one transcript, a folder for several."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files of the same name in the folder.")
    ] = False,
    strict: o.StrictOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Write transcripts as clean text, Markdown, VTT, SRT, CSV or JSON, whatever they were.

    Turns, speakers, times and attributes are kept as far as the format has a place for them.
    """
    from thematic.commands.emit import finish, put, refuse_inputs
    from thematic.report.file_names import file_names
    from thematic.report.folder import write_folder

    inputs = read_inputs(replace(request, strict=strict), need_codebook=False)
    tell_raw(inputs.transcripts, inputs.study, quiet=quiet)
    format = to or _format_of(output)
    one_file = output is None or (bool(output.suffix) and not output.is_dir())
    if one_file and len(inputs.transcripts) > 1:
        raise UsageError(
            f"there are {len(inputs.transcripts)} transcripts, and one place to write to",
            "name a folder with -o, such as -o converted/",
        )
    texts = _written(inputs.transcripts, format)
    if one_file or output is None:
        if output is not None:
            refuse_inputs([output], inputs)
        put(next(iter(texts.values())), output)
    else:
        names = file_names(list(texts), format.value)
        refuse_inputs([output / name for name in names.values()], inputs)
        files = {names[id]: text for id, text in texts.items()}
        write_folder(output, files, overwrite=overwrite)
    finish(inputs, quiet=quiet)


def _format_of(output: Path | None) -> FileFormat:
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if not suffix or (output and output.is_dir()):
        return FileFormat.TXT
    if suffix not in set(FileFormat):
        allowed = ", ".join(FileFormat)
        raise UsageError(f"no format is called {suffix}", f"say which with --to: {allowed}")
    return FileFormat(suffix)


def _written(transcripts: Sequence[Transcript], to: FileFormat) -> dict[str, str]:
    """The text of each transcript's file, by ID."""
    from thematic.report.converted import WRITERS, NoTimes

    texts: dict[str, str] = {}
    timeless: list[str] = []
    for transcript in transcripts:
        try:
            texts[transcript.id] = WRITERS[to.value](transcript)
        except NoTimes:
            timeless.append(transcript.id)
    if timeless:
        named = ", ".join(timeless[:8]) + (" ..." if len(timeless) > 8 else "")
        raise UsageError(
            f"{to.value.upper()} is made of times, and there are none in {named}",
            "choose txt, md, csv or json with --to",
        )
    return texts
