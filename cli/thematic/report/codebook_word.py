"""A printed codebook as a Word file: headings by depth, and a table an entry."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from thematic.report.codebook_content import LABELS, Entry, Part, PrintedCodebook
from thematic.report.packages import without_times
from thematic.report.word import (
    clean,
    empty_document,
    keep_whole,
    repeat_head,
    set_widths,
)

_DEEPEST = 9  # of Word's headings
_LABEL, _TEXT = 3.4, 12.6  # centimetres
_FIRST = (3.9, 2.1)  # the columns that are no numbers, in the table of all codes
_INDENT = 0.4  # centimetres a level, in the table of all codes
_SMALL = 8.5  # points, in that table


def codebook_docx(printed: PrintedCodebook) -> bytes:
    """The bytes of a .docx file; themes are headings of level 1, so a table of contents fits."""
    document = empty_document(printed.heading)
    document.add_paragraph(clean(printed.heading), style="Title")
    if printed.banner:
        document.add_paragraph().add_run(clean(printed.banner)).bold = True
    for label, said in printed.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(said))
    document.add_heading("All codes", level=1)
    _add_all(document, printed)
    for entry in printed.entries:
        _add_entry(document, entry)
    if printed.lists:
        document.add_heading("Words that the rules use", level=1)
        _add_parts(document, printed.lists)
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _add_all(document: Any, printed: PrintedCodebook) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(printed.heads), style="Table Grid")
    _fill(table.rows[0], printed.heads, bold=True)
    repeat_head(table.rows[0])
    for row, depth in zip(printed.rows, printed.depths, strict=True):
        made = table.add_row()
        _fill(made, row, bold=False)
        keep_whole(made)
        first = made.cells[0].paragraphs[0]
        first.paragraph_format.left_indent = Cm(_INDENT * depth)
        first.runs[0].bold = depth == 0
        for cell in made.cells[LABELS:] if printed.has_numbers else ():
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    rest = (_LABEL + _TEXT - sum(_FIRST)) / (len(printed.heads) - LABELS)
    set_widths(table, (*_FIRST, *(rest for _ in printed.heads[LABELS:])))


def _fill(row: Any, texts: Sequence[str], *, bold: bool) -> None:
    from docx.shared import Pt

    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = bold, Pt(_SMALL)


def _add_entry(document: Any, entry: Entry) -> None:
    document.add_heading(clean(entry.name), level=min(entry.depth + 1, _DEEPEST))
    _add_parts(document, entry.parts)


def _add_parts(document: Any, parts: Sequence[Part]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    bullet = document.styles["List Bullet"].style_id
    for part in parts:
        row = table.add_row()
        label = row.cells[0].paragraphs[0]
        label.add_run(clean(part.label)).bold = True
        label.paragraph_format.keep_with_next = part is parts[0]
        for number, text in enumerate(part.texts):
            cell = row.cells[1]
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            if part.is_list:
                paragraph._p.style = bullet  # by name takes long in long files
            paragraph.add_run(clean(text))
        if sum(map(len, part.texts)) < 1_200:
            keep_whole(row)
    set_widths(table, (_LABEL, _TEXT))
