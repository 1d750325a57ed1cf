"""What is said to the user beside the data: problems, errors, progress; all on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from thematic.errors import Problem, Severity, ThematicError
from thematic.report.safe import visible

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
FEW = 8  # transcripts: fewer are done before a progress bar could be read


def _screen() -> Console:
    return Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)


def complain(error: ThematicError) -> None:
    """One error: what is wrong, then how to mend it."""
    screen = _screen()
    screen.print(Text("error: ", style="bold red").append(visible(error.message), style="default"))
    for line in error.hint.splitlines():
        screen.print(Text(f"  {visible(line)}"))


def tell_problems(
    problems: Sequence[Problem], skipped: Sequence[Problem] = (), *, quiet: bool = False
) -> None:
    """All problems of a run, each with its place; quiet keeps errors only."""
    screen = _screen()
    for problem in problems:
        if quiet and problem.severity is not Severity.ERROR:
            continue
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        text = Text(f"{problem.severity}: ", style=_STYLES[problem.severity])
        text.append(visible(f"{place}: {problem.message}"), style="default")
        if problem.hint:
            text.append(visible(f" ({problem.hint})"), style="dim")
        screen.print(text)
    if skipped and not quiet:
        names = ", ".join(visible(Path(problem.file).name) for problem in skipped[:4])
        more = f" and {len(skipped) - 4} more" if len(skipped) > 4 else ""
        said = "not read, no transcripts by their names or formats"
        screen.print(Text(f"note: {said}: {names}{more}", style="dim"))


def tell(line: str, *, quiet: bool = False) -> None:
    """One line of talk."""
    if not quiet:
        _screen().print(Text(visible(line), style="dim"))


@contextmanager
def progress(what: str, total: int, *, shown: bool) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal; calling it names the next transcript."""
    if not shown or total < FEW or not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_screen(), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=f"{what} {visible(name)}")

        yield advance
