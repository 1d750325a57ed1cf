"""`thematic cache`: what is kept between runs, and how to be rid of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Action(StrEnum):
    """What to do with the cache."""

    INFO = "info"
    CLEAR = "clear"


def cache(
    action: Annotated[
        Action, typer.Argument(help="info: where it is and how much; clear: empty it.")
    ],
) -> None:
    """Show or clear what is kept between runs: codebooks and positions, no transcript's words."""
    from contextlib import suppress

    from thematic.commands.caching import VARIABLE, cache_folder, cached_files

    folder = cache_folder()
    files = cached_files(folder)
    if action is Action.CLEAR:
        for path in files:
            path.unlink(missing_ok=True)
        typer.echo(f"{folder}: {len(files)} files removed")
        return
    size = 0
    for path in files:
        with suppress(OSError):
            size += path.stat().st_size
    typer.echo(f"{folder}: {len(files)} files, {size:,} bytes")
    typer.echo(
        "It holds codebooks made ready, and positions of turns and mentions in transcripts that "
        "are known by a hash; no transcript text. "
        f"{VARIABLE} names another folder; --no-cache neither reads nor writes it."
    )
