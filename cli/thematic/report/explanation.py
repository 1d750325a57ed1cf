"""Explanations of mentions on a terminal."""

from __future__ import annotations

from typing import IO

from rich.padding import Padding
from rich.text import Text

from thematic.analysis.result import ResultTable
from thematic.report.safe import one_line, visible
from thematic.report.terminal import console, draw_notes


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


def draw_why_not(table: ResultTable, out: IO[str]) -> None:
    """Each stretch with its words, and below it the nearest rules with what they lack."""
    screen = console(out)
    place = None
    for row in table.records():
        if (row["transcript"], row["start"]) != place:
            place = row["transcript"], row["start"]
            head = Text(f"“{one_line(row['text'])}”", style="bold")
            screen.print(head.append(f"  {one_line(row['place'])}", style="cyan"))
        if not row["rule"]:
            screen.print(Padding(Text(visible(f"{row['code']}: {row['missing']}")), (0, 0, 0, 4)))
            continue
        said = Text(f"{row['lack']}: ", style="bold")
        found = f"there: “{one_line(row['found'])}”; " if row["found"] else ""
        said.append(visible(f"{found}{one_line(row['missing'] or '')}"), style="default")
        screen.print(Padding(said, (0, 0, 0, 4)))
        rule = f"{row['code']}, rule of line {row['rule_line']}: {row['rule']}"
        screen.print(Padding(Text(visible(rule), style="dim"), (0, 0, 0, 6)))
    draw_notes(table.notes, screen)
