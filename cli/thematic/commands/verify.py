"""`thematic verify`: recompute a result folder, and say what is not the same, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thematic.commands import options as o
from thematic.commands.command_line import CommandLine
from thematic.commands.request import Request
from thematic.commands.verifying import Level, verify_folder
from thematic.errors import ExitCode


@o.with_options
def verify(
    folder: Annotated[Path, typer.Argument(help="A folder that `thematic report -o` wrote.")],
    request: Request,
    called: CommandLine,
    level: Annotated[
        Level,
        typer.Option(
            "--from",
            help="transcripts: read and code them again. codings: count frequencies from the "
            "folder's own codings; no transcript is needed.",
        ),
    ] = Level.TRANSCRIPTS,
    out: o.Output = o.SCREEN,
) -> None:
    """Recompute a result folder and compare it file by file, and tables cell by cell.

    Says what differs, and why: an input, the codebook, a setting or a version changed, or the
    output was edited. Leaves with 8 where anything differs. It says nothing about validity.
    """
    from thematic.commands.emit import emit
    from thematic.report.markdown import grids_markdown
    from thematic.report.verification import draw_verification, verification_grids

    own = {"--from", "--format", "--raw"}
    given = {name: value for name, value in called.options.items() if name not in own}
    found = verify_folder(folder, request, given, level=level)
    table = found.table
    emit(
        table,
        out,
        lambda screen: draw_verification(table, found.moved, screen),
        markdown=lambda: grids_markdown(verification_grids(table), table.notes),
    )
    if not found.is_identical:
        raise typer.Exit(ExitCode.DIFFERS)
