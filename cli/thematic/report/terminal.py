"""Results on a terminal: rich tables that fit the width; text is never read as markup."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from thematic.analysis.result import ResultTable
from thematic.report.safe import flat, one_line, visible
from thematic.report.widths import fitted

if TYPE_CHECKING:
    from thematic.report.content import QuotedCode, Report
    from thematic.report.grid import Grid

PIPED_WIDTH = 80
WIDE = 110  # columns: here the full heads fit
_PADDING = re.compile(r"[ ]+(?=\n|\Z)")


class _WithoutPadding(io.TextIOBase):
    """Passes lines on without the blanks that fill them to the width."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out

    def write(self, text: str) -> int:
        self._out.write(_PADDING.sub("", text))
        return len(text)

    def flush(self) -> None:
        self._out.flush()


class _Screen(Console):
    """A console that leaves a closed pipe to its caller."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(out: IO[str]) -> Console:
    """A console that reads no markup and no emoji codes, 80 columns wide when piped."""
    settings: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False}
    if out.isatty():
        return _Screen(file=out, **settings)
    return _Screen(file=cast(IO[str], _WithoutPadding(out)), width=PIPED_WIDTH, **settings)


def draw_report(report: Report, out: IO[str]) -> None:
    """The default report."""
    screen = console(out)
    head = Text("thematic report", style="bold")
    study = one_line(report.heading)
    room = screen.width - len(head) - len(study)
    screen.print(head.append(" " * max(2, room)).append(study))
    if report.title:
        screen.print(Text(one_line(report.title), style="italic"))
    draw_banner(report.banner, screen)
    draw_facts(report.facts, screen)
    for number, grid in enumerate(report.grids, start=1):
        screen.print()
        draw_grid(grid, screen, f"Table {number}. {grid.title}")
        draw_notes(grid.notes, screen)
    draw_notes(report.notes, screen)
    draw_quoted(report.quoted, report.quote_notes, screen)


def draw_banner(banner: str, screen: Console) -> None:
    """A line that nobody should miss."""
    if banner:
        screen.print(Text(f"!! {banner}", style="bold red"))


def draw_facts(facts: Sequence[tuple[str, str]], screen: Console) -> None:
    """Labelled sentences, wrapped beside their labels."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, min_width=9)
    table.add_column(overflow="fold")
    previous = ""
    for label, sentence in facts:
        table.add_row(Text("" if label == previous else label, style="bold"), _text(sentence))
        previous = label
    screen.print(table)


def draw_grid(grid: Grid, screen: Console, title: str = "", *, vertical: Any = "bottom") -> None:
    """One grid; labels left, numbers right, nothing cut off.

    Args:
        grid: what to draw.
        screen: where.
        title: above it, in the place of its own.
        vertical: where short cells stand beside long ones: bottom, or top.
    """
    screen.print(Text(visible(title or grid.title), style="bold"))
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    wide = screen.width >= WIDE or not grid.narrow_heads
    heads = grid.heads if wide else grid.narrow_heads
    room = screen.width - len(heads)  # one blank after each column
    widths = fitted(grid, heads, room, cell_len) if grid.whole else None
    for index, head in enumerate(heads):
        justify: Any = "left" if index < grid.labels else "right"
        longest = max((len(row[index]) for row in grid.rows), default=0)
        table.add_column(
            Text(visible(head)),
            justify=justify,
            overflow="fold",
            vertical=vertical,
            width=widths[index] if widths else None,
            no_wrap=index == 0 and longest <= (widths[0] if widths else screen.width // 3),
        )
    levels = grid.levels or (1,) * len(grid.rows)
    for row, level in zip(grid.rows, levels, strict=True):
        style = "bold" if level == 0 else ""
        table.add_row(*(Text(_cell(value), style=style) for value in row))
    screen.print(table)


def _cell(value: str) -> str:
    """One line, its leading blanks (the depth of a code) kept."""
    return " " * (len(value) - len(value.lstrip(" "))) + one_line(value)


def draw_grids(grids: Sequence[Grid], notes: Sequence[str], screen: Console) -> None:
    """Some grids under one another, with their caveats and those of the whole below."""
    for grid in grids:
        draw_grid(grid, screen, vertical="top" if _is_words(grid) else "bottom")
        screen.print()
    each = dict.fromkeys(note for grid in grids for note in grid.notes)
    draw_notes([*each, *notes], screen)


def _is_words(grid: Grid) -> bool:
    """Whether a long cell may stand anywhere in a row, and not only in its first label."""
    return grid.labels > 1


def draw_notes(notes: Sequence[str], screen: Console) -> None:
    """Caveats under a table."""
    for note in notes:
        screen.print(Text(visible(note), style="dim"))


def draw_quoted(
    quoted: Sequence[QuotedCode], notes: Sequence[str], screen: Console, *, spaced: bool = True
) -> None:
    """Quotes with their citations, code by code; `spaced` sets an empty line before."""
    from thematic.report.content import pieces

    for position, code in enumerate(quoted):
        if position or spaced:
            screen.print()
        heading = Text("QUOTES  ", style="bold").append(code.path.replace("/", " / "), style="bold")
        screen.print(heading.append(f": {code.counts}"))
        for number, quote in enumerate(code.quotes, start=1):
            line = Text(f"[{number}] ")
            if quote["asked"]:
                line.append(f"(asked: “{one_line(quote['asked'])}”) ", style="dim")
            if quote["negated"]:
                line.append("NEGATED ", style="bold")
            line.append("“")
            if quote["before"]:
                line.append(one_line(quote["before"]) + " ", style="dim")
            for words, matched in pieces(quote):
                line.append(flat(words), style="underline" if matched else "")
            if quote["after"]:
                line.append(" " + one_line(quote["after"]), style="dim")
            line.append("”")
            line.append(f" {one_line(quote['citation'])}", style="cyan")
            if quote["standing"]:
                line.append(f" [{one_line(quote['standing'])}]", style="dim")
            screen.print(Padding(line, (0, 0, 0, 2)))
        if code.without:
            screen.print(Text(visible(code.without), style="dim"))
    if quoted:
        screen.print()
        draw_notes(notes, screen)
    else:
        screen.print(Text("No quotes: no rule suggests a code here.", style="dim"))


def draw_records(table: ResultTable, columns: Sequence[str], out: IO[str]) -> None:
    """A plain table of some columns, for listings."""
    screen = console(out)
    drawn = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", pad_edge=False)
    for name in columns:
        wide = name in table.quoted
        drawn.add_column(name, overflow="fold", ratio=1 if wide else None, no_wrap=False)
    for record in table.records():
        values = (record[name] for name in columns)
        drawn.add_row(*(Text("" if v is None else one_line(str(v))) for v in values))
    screen.print(drawn)
    draw_notes(table.notes, screen)


def _text(sentence: str) -> Text:
    return Text(visible(sentence))
