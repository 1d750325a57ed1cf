"""A brief of a report in Word: two pages at most for an ordinary study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import takewhile
from typing import Any

from thematic.report.changed import LABEL
from thematic.report.content import ALARM_LABEL, QuotedCode, Report, pieces
from thematic.report.grid import Grid
from thematic.report.packages import without_times
from thematic.report.safe import one_line
from thematic.report.word import clean, empty_document
from thematic.report.word_tables import add_grid, add_notes

_ROWS = 12  # of the tables of themes together
_CHANGED = 8  # rows of what changed
_QUOTED = 7  # themes of which a quote stands here
_LABEL = 24  # characters of a theme in a table
_TABLES = 2
_FACT = 420  # characters of a sentence
_FACTS = 6  # sentences under a heading
_QUOTES = 1200  # characters of all quotes together
_QUOTE = 260  # characters of one at most
_NOTES = 800  # characters of all caveats together
_POINTS = 9.5
_MARGIN = 2.0  # centimetres
_CUT = " […]"
FIRST = "There are no earlier results with other inputs."
CAVEAT = (
    "Rules only suggest codes, and a count is a count of talk: also of denial and of what was "
    "asked. Themes are not to be ranked by their counts. All tables, quotes and the method note "
    "are in the report beside this brief."
)


def brief_docx(
    report: Report,
    grids: Sequence[Grid],
    changed: Sequence[tuple[str, str]] = (),
    themes: Grid | None = None,
) -> bytes:
    """The bytes of a .docx file: what was read, what changed, themes, a quote each, caveats.

    What is too long for two pages is cut, and says so.

    Args:
        report: from `report_content`.
        grids: frequencies of the themes.
        changed: from `changed_facts`, where there are earlier results.
        themes: from `themes_grid`.
    """
    document = _document(report)
    _heading(document, "What was read and counted")
    _add_facts(document, [fact for fact in report.facts if fact[0] not in (LABEL, ALARM_LABEL)])
    _heading(document, "What changed")
    _add_facts(document, changed or [("", FIRST)])
    if themes is not None:
        _add_table(document, themes, _CHANGED)
    _heading(document, "Themes")
    for grid in grids[:_TABLES]:
        _add_table(document, grid, _ROWS // min(len(grids), _TABLES))
    if len(grids) > _TABLES:
        add_notes(document, [f"{len(grids) - _TABLES} more kinds of source are in the report."])
    _heading(document, "In their words")
    _add_quotes(document, [code for code in report.quoted if "/" not in code.path])
    _heading(document, "Caveats")
    add_notes(document, _caveats([*(note for grid in grids for note in grid.notes), *report.notes]))
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _document(report: Report) -> Any:
    from docx.shared import Cm, Pt

    document = empty_document(f"Brief: {report.heading}")
    section, normal = document.sections[0], document.styles["Normal"]
    section.top_margin = section.bottom_margin = Cm(_MARGIN)
    normal.font.size, normal.paragraph_format.space_after = Pt(_POINTS), Pt(2)
    document.styles["Title"].font.size = Pt(20)
    document.add_paragraph(clean(_cut(f"Brief: {report.heading}", 120)), style="Title")
    if report.title:
        document.add_paragraph(clean(_cut(report.title, 200)), style="Subtitle")
    if report.banner:
        document.add_paragraph().add_run(clean(report.banner)).bold = True
    return document


def _heading(document: Any, text: str) -> None:
    from docx.shared import Pt

    heading = document.add_heading(text, level=2)
    heading.paragraph_format.space_before = Pt(8)


def _add_facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    for label, sentence in facts[:_FACTS]:
        paragraph = document.add_paragraph()
        if label and label != LABEL:
            paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(_cut(sentence[:1].upper() + sentence[1:], _FACT)))
    if len(facts) > _FACTS:
        document.add_paragraph(f"And {len(facts) - _FACTS} more in the report.")


def _add_table(document: Any, grid: Grid, most: int) -> None:
    add_notes(document, [grid.title])
    add_grid(document, _short(grid, most))


def _short(grid: Grid, most: int) -> Grid:
    """The first rows of a grid, and a last one that says how many are not shown."""
    rows = tuple((_cut(row[0], _LABEL), *row[1:]) for row in grid.rows[:most])
    if len(grid.rows) <= most:
        return replace(grid, rows=rows)
    more = f"and {len(grid.rows) - most} more"
    last = (more, *("" for _ in grid.heads[1:]))
    levels = (*grid.levels[:most], 1) if grid.levels else ()
    return replace(grid, rows=(*rows, last), levels=levels)


def _add_quotes(document: Any, quoted: Sequence[QuotedCode]) -> None:
    found = [(code.path, code.quotes[0]) for code in quoted if code.quotes]
    if not found:
        document.add_paragraph("There is nothing to quote.")
    room = min(_QUOTE, _QUOTES // max(1, min(len(found), _QUOTED)))
    for path, quote in found[:_QUOTED]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean(_cut(path, 40))}: ").bold = True
        if quote["asked"]:
            paragraph.add_run(f"(asked: “{clean(_cut(quote['asked'], 80))}”) ").italic = True
        if quote["negated"]:
            paragraph.add_run("negated ").bold = True
        paragraph.add_run(f"“{clean(_around(quote, room))}” ", style="Quote Char")
        paragraph.add_run(clean(_cut(quote["citation"], 120)))
    if len(found) > _QUOTED:
        document.add_paragraph(f"And of {len(found) - _QUOTED} more themes in the report.")


def _caveats(notes: Sequence[str]) -> list[str]:
    """What must not be forgotten, and then the tables' own notes as far as there is room."""
    told, room = [CAVEAT], _NOTES
    for note in dict.fromkeys(notes):
        room -= len(note)
        if room > 0:
            told.append(note)
    return told


def _around(quote: dict[str, Any], most: int) -> str:
    """A quote in one line; of a long one the part where a rule found its words."""
    line = one_line(quote["text"])
    before = "".join(words for words, _ in takewhile(lambda piece: not piece[1], pieces(quote)))
    place = len(one_line(before))
    if len(line) <= most or place < most // 2:
        return _cut(line, most)
    begin = line.find(" ", place - most // 3) + 1
    return "[…] " + _cut(line[begin:], most - len(_CUT))


def _cut(text: str, most: int) -> str:
    """A text in one line; one that is too long ends at a word, with a sign that it was cut."""
    line = one_line(text)
    if len(line) <= most:
        return line
    kept = line[: most - len(_CUT)]
    return (kept.rpartition(" ")[0] or kept) + _CUT
