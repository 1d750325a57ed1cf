"""`thematic demo`: the shipped study, coded by the shipped codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.command_line import CommandLine
from thematic.commands.report import run_report
from thematic.commands.request import Request
from thematic.errors import NoTranscripts

STUDY = "jihad-networks"


def demo(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A folder for tables, report and manifest."),
    ] = None,
    where: Annotated[
        bool, typer.Option("--where", help="Only say where the shipped files are.")
    ] = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Show what a report looks like: code the shipped study, whose transcripts are invented."""
    from thematic.shipped import codebook_path, study_path

    study = study_path(STUDY)
    if study is None:
        raise NoTranscripts("the shipped study is missing", "install thematic again")
    if where:
        typer.echo(f"transcripts  {study}\ncodebook     {codebook_path(STUDY)}")
        return
    called = CommandLine("demo")
    run_report(Request(paths=[study]), called, output=output, codes=True, quiet=quiet)
