"""What `thematic check` found, on a terminal."""

from __future__ import annotations

from typing import IO

from rich.text import Text

from thematic.analysis.checks import Checked
from thematic.errors import Severity
from thematic.report.safe import visible
from thematic.report.terminal import console

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def draw_checked(checked: Checked, out: IO[str], *, errors_only: bool = False) -> None:
    """Problems by file and line, then facts, then a verdict in one line."""
    screen = console(out)
    file = ""
    for problem in checked.shown(errors_only=errors_only):
        if problem.file != file:
            file = problem.file
            screen.print(Text(visible(file), style="bold"))
        place = f"line {problem.line}: " if problem.line else ""
        line = Text(f"  {problem.severity}: ", style=_STYLES[problem.severity])
        line.append(visible(f"{place}{problem.message}"), style="default")
        screen.print(line)
        if problem.hint:
            screen.print(Text(visible(f"    {problem.hint}"), style="dim"))
    if not errors_only:
        for fact in checked.facts:
            screen.print(Text(visible(fact)))
    counts = [
        f"{number} {severity.value}{'' if number == 1 else 's'}"
        for severity in Severity
        for number in [sum(p.severity is severity for p in checked.problems)]
    ]
    screen.print(Text(", ".join(counts), style="bold"))
