"""Keywords in context on a terminal, aligned at the keyword, and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from thematic.analysis.result import ResultTable
from thematic.analysis.sources import is_remark
from thematic.model.study import Status, Study
from thematic.report.content import INVENTED
from thematic.report.safe import markdown, one_line, visible
from thematic.report.terminal import console, draw_banner, draw_notes

_LINE = 80  # columns that a line of context needs; what is left shows whole citations
_PLACE = 22  # columns of a short place
_GAP = "  "
_SHORT = "[withheld]"


def draw_concordance(table: ResultTable, codes: Sequence[str], study: Study, out: IO[str]) -> None:
    """The lines, under the code they were asked for where several were."""
    screen = console(out)
    draw_banner(INVENTED if study.status is Status.INVENTED else "", screen)
    places = _places(table.records(), screen.width)
    for code, rows in _asked(table, codes):
        if code:
            said = f"{code} ({len(rows):,} {'mention' if len(rows) == 1 else 'mentions'})"
            screen.print(Text(visible(said), style="bold"))
        _draw_lines(rows, places, screen)
    if not len(table):
        screen.print(Text("Nothing was found."))
    screen.print()
    draw_notes([*_shortened(table, places), *table.notes], screen)


def _asked(table: ResultTable, codes: Sequence[str]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows by the code asked for; a mention stands under the first that covers its code."""
    if len(codes) < 2:
        return [("", table.records())]
    groups: dict[str, list[dict[str, Any]]] = {code: [] for code in codes}
    for row in table.records():
        first = next(code for code in codes if f"{row['code']}/".startswith(f"{code}/"))
        groups[first].append(row)
    return list(groups.items())


def _places(rows: Sequence[dict[str, Any]], width: int) -> dict[str, str]:
    """By citation, how a line says where it stands: as cited where there is room."""
    whole = {row["citation"]: one_line(row["citation"]) for row in rows}
    if max(map(cell_len, whole.values()), default=0) <= width - _LINE:
        return whole
    return {row["citation"]: _short_place(row) for row in rows}


def _short_place(row: dict[str, Any]) -> str:
    turn = f", turn {row['turn']}"
    return clipped(one_line(row["transcript"]), _PLACE - len(turn)) + turn


def _shortened(table: ResultTable, places: dict[str, str]) -> list[str]:
    if all(place == one_line(whole) for whole, place in places.items()):
        return []
    return ["Citations to paste stand in csv, json and md."] if len(table) else []


def _draw_lines(rows: Sequence[dict[str, Any]], places: dict[str, str], screen: Console) -> None:
    place_room = max((cell_len(place) for place in places.values()), default=0)
    room = screen.width - place_room - 2 * len(_GAP)
    before = room * 2 // 5
    for row in rows:
        place = places[row["citation"]]
        line = Text().append(place, style="cyan").append(" " * (place_room - cell_len(place)))
        line.append(_GAP)
        if is_remark(row["keyword"]):
            line.append(_begin_of(one_line(row["keyword"]), room))
        else:
            line.append(_end_of(_context(row["left"]), before)).append(_GAP)
            line.append_text(_from_keyword(row, room - before))
        screen.print(line, soft_wrap=True)


def _from_keyword(row: dict[str, Any], room: int) -> Text:
    """The keyword and what follows; a sign that touches it stays beside it."""
    keyword, right = clipped(one_line(row["keyword"]), room), _context(row["right"])
    touches = right and not row["right"][0].isspace() and right != _SHORT
    after = right if touches else f"{_GAP}{right}"
    line = Text().append(keyword, style="bold")
    return line.append(_begin_of(after, room - cell_len(keyword)).rstrip())


def _context(words: str) -> str:
    return _SHORT if is_remark(words) else one_line(words)


def _end_of(text: str, room: int) -> str:
    """The end of a text in exactly so many columns, set right."""
    if cell_len(text) > room:
        while text and cell_len(text) > room - 1:
            text = text[1:]
        text = f"…{text}"
    return " " * (room - cell_len(text)) + text


def _begin_of(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    while text and cell_len(text) > room - 1:
        text = text[:-1]
    return f"{text}…" if room else ""


def clipped(text: str, room: int) -> str:
    """A text in at most so many columns, its middle left out where it is longer."""
    if cell_len(text) <= room:
        return text
    head, tail = text[: len(text) // 2], text[len(text) // 2 :]
    while cell_len(head) + cell_len(tail) > room - 1:
        head, tail = (head[:-1], tail) if cell_len(head) > cell_len(tail) else (head, tail[1:])
    return f"{head}…{tail}"


def concordance_markdown(table: ResultTable, codes: Sequence[str]) -> str:
    """A table for each code asked for, with whole citations."""
    parts = []
    for code, rows in _asked(table, codes):
        lines = [f"## {markdown(code)}", ""] if code else []
        lines += ["| Left | Keyword | Right | Place |", "| --: | :-: | :-- | :-- |"]
        for row in rows:
            cells = (row["left"], row["keyword"], row["right"], row["citation"])
            left, keyword, right, place = (markdown(cell) for cell in cells)
            lines.append(f"| {left} | **{keyword}** | {right} | {place} |")
        parts.append("\n".join(lines))
    notes = "\n".join(f"{markdown(note)}  " for note in table.notes)
    return "\n\n".join([*parts, notes]) + "\n"
