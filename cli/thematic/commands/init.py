"""`thematic init`: a new study folder, so that later commands need no options."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from thematic.errors import OutputRefused

CODEBOOK = """\
# A codebook: themes, the codes under them, and rules that suggest them.
# A rule only suggests; read what it finds (thematic quotes) before you report a number.
codebook: {name}
language: en
themes:
  first-theme:
    definition: What this theme means, in one or two sentences.
    when_to_use: When a passage belongs here.
    when_not_to_use: What looks alike and does not.
    examples: ["They gave their guests a safe haven."]
    counter_examples: ["The island is a tax haven."]
    rules:
      - safe haven*
    unless: [tax haven]
"""
ATTRIBUTES = "id,kind,case,consent\n"


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make or fill.")] = Path("."),
    name: Annotated[str, typer.Option("--name", help="The study's name.")] = "",
) -> None:
    """Begin a study: study.yaml, a codebook, a folder for transcripts, a table of attributes."""
    from thematic.model.study import Study
    from thematic.store.study import STUDY_FILE, write_study

    folder_name = name or folder.resolve().name
    files = {
        STUDY_FILE: write_study(
            Study(
                name=folder_name,
                codebook="codebook.yaml",
                transcripts=("transcripts",),
                attributes="attributes.csv",
            )
        ),
        "codebook.yaml": CODEBOOK.format(name=json.dumps(folder_name, ensure_ascii=False)),
        "attributes.csv": ATTRIBUTES,
    }
    taken = [file for file in files if (folder / file).exists()]
    if taken:
        raise OutputRefused(
            f"{str(folder)!r} already holds {', '.join(taken)}", "choose an empty folder"
        )
    _write(folder, files)
    typer.echo(f"A study begins in {folder}: {', '.join(files)}, transcripts/")
    typer.echo("Put transcripts into transcripts/, edit codebook.yaml, then: thematic check")


def _write(folder: Path, files: dict[str, str]) -> None:
    from thematic.report.folder import write_file

    try:
        (folder / "transcripts").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(
            f"cannot make {str(folder)!r}: {error.strerror or error}", "choose another folder"
        ) from error
    for file, text in files.items():
        write_file(folder / file, text)
