"""`thematic batch`: reports on many studies, and one table of what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.errors import Severity, ThematicError

if TYPE_CHECKING:
    from thematic.commands.batching import Batch


def batch(
    studies: Annotated[
        Path, typer.Argument(help="A YAML list of studies, or a folder of study folders.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Folder of all results. Default: results, beside the studies."
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, max=256, help="Processes that work at once.")
    ] = 1,
    strict: o.StrictOpt = False,
    no_cache: o.CacheOpt = False,
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Report on many studies, each into its own folder, and say what changed since the last run.

    A fault in one study stops no other. The exit code is the highest of all studies.
    """
    from thematic.commands.batching import run_batch, tasks_of
    from thematic.report.talk import progress, tell

    tasks = tasks_of(studies, output, strict=strict, cache=not no_cache)
    with progress("studies", len(tasks), shown=not quiet) as advance:
        advance("")
        found = run_batch(
            tasks,
            jobs=jobs,
            advance=advance,
            killed=lambda: tell("a process was killed; its studies are done again"),
        )
    _tell(found, quiet=quiet)
    _show(found, o.Output(None, to, raw, quiet))
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _tell(found: Batch, *, quiet: bool) -> None:
    """What was wrong, study by study; notes are left to `thematic check`."""
    from thematic.report.talk import complain, tell_problems

    for task, one in zip(found.tasks, found.outcomes, strict=True):
        told = [problem for problem in one.problems if problem.severity is not Severity.NOTE]
        tell_problems(told, quiet=quiet)
        if one.fault:
            complain(ThematicError(f"{task.name}: {one.fault}", one.hint))


def _show(found: Batch, out: o.Output) -> None:
    from thematic.commands.emit import emit
    from thematic.report.batch import batch_grid
    from thematic.report.markdown import grids_markdown
    from thematic.report.terminal import console, draw_grid, draw_notes

    table = found.table
    grid = batch_grid(table)

    def draw(out: IO[str]) -> None:
        screen = console(out)
        draw_grid(grid, screen, vertical="top")
        draw_notes([*grid.notes, *table.notes], screen)

    emit(table, out, draw, markdown=lambda: grids_markdown([grid], table.notes))
