"""`thematic demo`: the shipped study, coded by the shipped codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.command_line import CommandLine
from thematic.commands.report import Wanted, run_report
from thematic.commands.request import Request
from thematic.errors import NoTranscripts

STUDY = "jihad-networks"
EXERCISE = "tally-exercise"


def demo(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A folder for tables, report and manifest."),
    ] = None,
    where: Annotated[
        bool, typer.Option("--where", help="Only say where the shipped files are.")
    ] = False,
    exercise: Annotated[
        Path | None,
        typer.Option(
            "--exercise",
            metavar="FOLDER",
            help="Only write the exercise on reproducing a published table into a folder.",
        ),
    ] = None,
    quiet: o.QuietOpt = False,
) -> None:
    """Show what a report looks like: code the shipped study, whose transcripts are invented."""
    if exercise is not None:
        _write_exercise(exercise, quiet=quiet)
        return
    from thematic.shipped import codebook_path, study_path

    study = study_path(STUDY)
    if study is None:
        raise NoTranscripts("the shipped study is missing", "install thematic again")
    if where:
        typer.echo(f"transcripts  {study}\ncodebook     {codebook_path(STUDY)}")
        return
    called = CommandLine("demo")
    run_report(Request(paths=[study]), called, Wanted(output=output, codes=True, quiet=quiet))


def _write_exercise(folder: Path, *, quiet: bool) -> None:
    """Copy the exercise into a folder that is not there yet."""
    from thematic.report.folder import write_new_folder
    from thematic.report.talk import tell
    from thematic.shipped import study_path

    shipped = study_path(EXERCISE)
    if shipped is None:
        raise NoTranscripts("the shipped exercise is missing", "install thematic again")
    files = sorted(path for path in shipped.rglob("*") if path.is_file())
    write_new_folder(folder, {str(one.relative_to(shipped)): one.read_bytes() for one in files})
    tell(f"{folder}: read README.md, then: thematic reproduce tally.csv", quiet=quiet)
