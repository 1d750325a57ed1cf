"""Explanations of mentions on a terminal."""

from __future__ import annotations

from typing import IO

from rich.padding import Padding
from rich.text import Text

from thematic.analysis.result import ResultTable
from thematic.report.safe import one_line, visible
from thematic.report.terminal import console


def draw_explanations(table: ResultTable, out: IO[str]) -> None:
    """Each mention in three lines: words and place, rule, reason."""
    screen = console(out)
    if not len(table):
        screen.print(Text("No rule comes near: there is no mention here, counted or withheld."))
    for row in table.records():
        head = Text(f"“{one_line(row['text'])}”", style="bold")
        head.append(f"  {visible(row['code'])}", style="default")
        head.append(f"  {row['status']}", style="bold" if row["status"] != "suggested" else "dim")
        screen.print(head.append(f"  {one_line(row['place'])}", style="cyan"))
        rule = f"rule of line {row['rule_line']}: {row['rule']}"
        screen.print(Padding(Text(visible(rule)), (0, 0, 0, 4)))
        screen.print(Padding(Text(one_line(row["why"])), (0, 0, 0, 4)))
