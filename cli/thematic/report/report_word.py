"""The report as a Word file: facts, tables, quotes, an appendix; transcripts where asked for."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from thematic.report.appendix import TITLE, Appendix
from thematic.report.coded_transcripts import BANNER, CodedTranscript, CodedTurn, Passage
from thematic.report.content import QuotedCode, Report, pieces
from thematic.report.method import MethodNote
from thematic.report.packages import without_times
from thematic.report.safe import flat, one_line, xml
from thematic.report.word import (
    Comments,
    add_run,
    clean,
    empty_document,
    set_widths,
    taken_out,
    write,
)
from thematic.report.word_tables import add_grid, add_notes, fill, table_with

AUTHOR = "thematic"  # of the comments
_WIDE = 24.7  # of one set across
_APPENDIX = (2.6, 2.8, 6.2)  # theme, code, definition; then one for each kind, then the quote
_BASE = 2.0


def report_docx(
    report: Report, note: MethodNote, appendix: Appendix, whole: Sequence[CodedTranscript] = ()
) -> bytes:
    """The bytes of a .docx file; every number and word is as on the other pages of the report.

    Args:
        report: from `report_content`.
        note: on what was done in the run.
        appendix: every code with a quote.
        whole: transcripts, whose coded passages have comments by AUTHOR.
    """
    document = empty_document(f"Report: {report.heading}")
    _add_front(document, report, whole=bool(whole))
    for number, grid in enumerate(report.grids, start=1):
        document.add_heading(clean(f"Table {number}. {grid.title}"), level=2)
        add_grid(document, grid)
        add_notes(document, grid.notes)
    add_notes(document, report.notes)
    document.add_heading("Quotes", level=1)
    add_notes(document, report.quote_notes)
    for code in report.quoted:
        _add_quotes(document, code)
    document.add_heading("Method note", level=1)
    for text in note.paragraphs:
        document.add_paragraph(clean(text))
    _turn_page(document, across=True)
    document.add_heading(f"Appendix. {TITLE}", level=1)
    _add_appendix(document, appendix)
    if whole:
        _turn_page(document, across=False)
        _add_transcripts(document, whole)
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _add_front(document: Any, report: Report, *, whole: bool) -> None:
    document.add_paragraph(clean(f"Report: {report.heading}"), style="Title")
    if report.title:
        document.add_paragraph(clean(report.title), style="Subtitle")
    for banner in (report.banner, BANNER if whole else ""):
        if banner:
            document.add_paragraph().add_run(clean(banner)).bold = True
    document.add_heading("Summary", level=1)
    for label, sentence in report.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(sentence))
    document.add_heading("Tables", level=1)


def _add_quotes(document: Any, code: QuotedCode) -> None:
    document.add_heading(clean(code.path), level=2)
    document.add_paragraph(clean(code.counts))
    if code.definition:
        document.add_paragraph().add_run(clean(code.definition)).italic = True
    for quote in code.quotes:
        paragraph = document.add_paragraph(style="Quote")
        if quote["asked"]:
            paragraph.add_run(xml(f"(asked: “{one_line(quote['asked'])}”) ")).italic = True
        if quote["negated"]:
            paragraph.add_run("negated ").bold = True
        paragraph.add_run("“")
        for words, found in pieces(quote):
            paragraph.add_run(xml(flat(words))).underline = found
        standing = f" · {one_line(quote['standing'])}" if quote["standing"] else ""
        paragraph.add_run(xml(f"” {one_line(quote['citation'])}{standing}")).italic = False
    if code.without:
        add_notes(document, [code.without])


def _turn_page(document: Any, *, across: bool) -> None:
    """A new section, set across the page or along it."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Cm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    long, short = Cm(29.7), Cm(21)
    section.page_width, section.page_height = (long, short) if across else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT


def _add_appendix(document: Any, appendix: Appendix) -> None:
    table = table_with(document, ("Theme", "Code", "Definition", *appendix.heads, "Quote"))
    for row in appendix.rows:
        made = table.add_row()
        quote = f"“{one_line(row.quote)}” {one_line(row.citation)}" if row.quote else "–"
        texts = (*map(one_line, (row.theme, row.code, row.definition)), *row.bases, quote)
        fill(made, texts, bold=False)
        made.cells[0].paragraphs[0].runs[0].bold = not row.code
    bases = (_BASE,) * len(appendix.heads)
    rest = max(4.0, _WIDE - sum(_APPENDIX) - sum(bases))
    set_widths(table, (*_APPENDIX, *bases, rest))


def _add_transcripts(document: Any, whole: Sequence[CodedTranscript]) -> None:
    document.add_heading("Transcripts", level=1)
    document.add_paragraph().add_run(clean(BANNER)).bold = True
    writer = _Turns(document)
    for one in whole:
        document.add_heading(clean(one.id), level=2)
        if one.withheld:
            document.add_paragraph(clean(one.withheld))
        for turn in one.turns:
            writer.add(turn)


class _Turns:
    """Writes turns at the end of a document, and the codes of their passages as comments."""

    def __init__(self, document: Any) -> None:
        from docx.shared import Pt, RGBColor

        self._end = document.element.body.sectPr
        self._comments = Comments(document, AUTHOR)
        head = document.add_paragraph()
        head.paragraph_format.keep_with_next = True
        head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(8), Pt(0)
        run = head.add_run("")
        run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x5A, 0x5A, 0x5A)
        self._head = taken_out(head)
        self._line = taken_out(document.add_paragraph())

    def add(self, turn: CodedTurn) -> None:
        """The next turn; a passage that a stamp parts has one comment on all of it."""
        write(self._copy(self._head)[-1], clean(turn.label))
        line = self._copy(self._line)
        first: Any = None
        for stretch in turn.stretches:
            runs = [add_run(line, xml(words)) for words, _ in stretch.pieces]
            if stretch.passage is None or not runs:
                continue
            first = runs[0] if stretch.begins else first
            if stretch.ends:
                self._comments.add(first, runs[-1], _said(stretch.passage))

    def _copy(self, form: Any) -> Any:
        made = deepcopy(form)
        self._end.addprevious(made)
        return made


def _said(passage: Passage) -> str:
    """The codes of a passage, each with where it stands."""
    codes = (f"{one_line(one.code)} ({one.standing or 'suggested'})" for one in passage.labels)
    return xml("; ".join(codes))
