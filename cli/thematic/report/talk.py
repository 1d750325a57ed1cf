"""What is said to the user beside the data: problems, errors, progress; all on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.text import Text

from thematic.errors import Problem, Severity, ThematicError
from thematic.report.safe import visible

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_MOST_NOTES = 20
FEW = 8  # transcripts: fewer are done before a progress bar could be read,
MUCH = 3_000_000  # bytes: unless they are long


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
    """All problems of a run, each with its place; quiet keeps errors only.

    Of many notes the first are told, and of the others how many there are and in what files.
    """
    screen = _screen()
    notes = [problem for problem in problems if problem.severity is Severity.NOTE]
    untold = notes[_MOST_NOTES:]
    hidden = {id(problem) for problem in untold}
    for problem in problems:
        if quiet and problem.severity is not Severity.ERROR:
            continue
        if id(problem) in hidden:
            continue
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        text = Text(f"{problem.severity}: ", style=_STYLES[problem.severity])
        text.append(visible(f"{place}: {problem.message}"), style="default")
        if problem.hint:
            text.append(visible(f" ({problem.hint})"), style="dim")
        screen.print(text)
    if untold and not quiet:
        files = list(dict.fromkeys(visible(problem.file) for problem in untold))
        named = ", ".join(files[:4]) + (" …" if len(files) > 4 else "")
        said = f"and {len(untold)} more notes, on {len(files)} files: {named}"
        screen.print(Text(f"note: {said}", style="dim"))
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
def progress(
    what: str, total: int, *, shown: bool, size: int = 0
) -> Iterator[Callable[[str], None]]:
    """What is being done, on a terminal; calling it names the transcript that is begun.

    Args:
        what: is done, such as "coding".
        total: how many transcripts or parts; of several a bar shows how many are done.
        shown: whether to show anything.
        size: bytes of all of them, where these are known.
    """
    if not shown or (total < FEW and size < MUCH) or not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich import progress as columns

    shape = [columns.SpinnerColumn("line"), columns.TextColumn("{task.description}", markup=False)]
    if total > 1:
        shape += [columns.BarColumn(), columns.MofNCompleteColumn()]
    if size:
        shape.append(columns.TextColumn(f"{size / 1e6:,.1f} MB"))
    shape.append(columns.TimeElapsedColumn())
    with columns.Progress(*shape, console=_screen(), transient=True) as bar:
        task = bar.add_task(what, total=total)
        done = count()

        def advance(name: str) -> None:
            bar.update(task, completed=next(done), description=f"{what} {visible(name)}")

        yield advance
