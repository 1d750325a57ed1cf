"""One person's quotes as a Word file: a letter to edit, and a form for each quote."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from thematic.analysis.sources import clock
from thematic.model.extracts import Extract, ExtractQuote
from thematic.model.study import Status
from thematic.report.content import INVENTED
from thematic.report.packages import without_times
from thematic.report.safe import one_line, xml

_LEFT, _RIGHT = 4.0, 12.0  # centimetres of the two columns
# The first word of each is what `exchange.extract_form` knows the row by.
_ANSWER = "Answer: approve, change or withdraw"
_WORDING = "Wording, if it is to change"
_REMARKS = "Remarks"


def letter_to(extract: Extract) -> list[str]:
    """A letter to begin with, paragraph by paragraph; the researcher edits it."""
    study = f"the study “{one_line(extract.study)}”" if extract.study else "my study"
    number = len(extract.quotes)
    passages = "one passage" if number == 1 else f"{number} passages"
    return [
        "Dear [name],",
        f"you talked with me for {study}. Below you find the {passages} of our conversation that "
        "I would like to quote, word for word as transcribed.",
        "Please write into each form one of three words: approve, if it may be printed as it "
        "stands; change, if other words should stand there (please say which); or withdraw, if "
        "it should not be printed. You need give no reason.",
        "A passage without an answer is not taken as approved. You can also change your mind "
        "later, until [date].",
        "With many thanks,",
        "[name, institution, how to reach me]",
    ]


def extract_docx(extract: Extract, letter: Sequence[str], *, with_codes: bool) -> bytes:
    """The quotes of one person as the bytes of a .docx file.

    Each quote is a table of two columns; the rows `Answer`, `Wording` and `Remarks` are empty.
    """
    document = _empty(extract)
    if extract.status == Status.INVENTED:
        document.add_paragraph().add_run(INVENTED).bold = True
    for paragraph in letter:
        document.add_paragraph(xml(paragraph))
    document.add_heading("How you will be named", level=2)
    document.add_paragraph(xml(one_line(extract.named)))
    document.add_heading("Your words", level=2)
    for number, quote in enumerate(extract.quotes, start=1):
        _add_form(document, quote, f"{number} of {len(extract.quotes)}", with_codes=with_codes)
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _empty(extract: Extract) -> Any:
    from docx import Document
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    properties = document.core_properties
    properties.title = xml(f"Quotes for approval: {one_line(extract.case)}")[:255]
    properties.author, properties.comments = "thematic", ""
    return document


def _add_form(document: Any, quote: ExtractQuote, number: str, *, with_codes: bool) -> None:
    from docx.shared import Cm, Pt

    heading = document.add_heading(number, level=3)
    heading.paragraph_format.keep_with_next = True
    rows = _rows(quote, with_codes=with_codes)
    table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (_LEFT, _RIGHT), strict=True):
        column.width = Cm(width)
    for row, (head, words) in zip(table.rows, rows, strict=True):
        _stay_whole(row)
        for cell, width in zip(row.cells, (_LEFT, _RIGHT), strict=True):
            cell.width = Cm(width)
        label = row.cells[0].paragraphs[0].add_run(head)
        label.font.size = Pt(9)
        said = row.cells[1].paragraphs[0].add_run(xml(words))
        if head == "Quote":
            said.font.size = Pt(12)
        elif head == "Reference":
            said.font.size = Pt(7)
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _rows(quote: ExtractQuote, *, with_codes: bool) -> list[tuple[str, str]]:
    time = "" if quote.time is None else f", {clock(quote.time)} from the start"
    return [
        *([("You were asked", one_line(quote.asked))] if quote.asked else []),
        ("Quote", one_line(quote.words)),
        ("Where", f"turn {quote.turn}{time}"),
        ("Printed with", one_line(quote.citation)),
        *([("Filed under", "; ".join(quote.codes))] if with_codes else []),
        (_ANSWER, ""),
        (_WORDING, ""),
        (_REMARKS, ""),
        ("Reference", quote.reference),
    ]


def _stay_whole(row: Any) -> None:
    """A row is not parted by the end of a page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
