"""Parts of the Word files of this room: pages, tables, labels and comments."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from thematic.report.safe import one_line, xml

WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same for all: equal input, equal bytes
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = frozenset("\t\r\n")  # written as elements


def clean(text: str) -> str:
    """One line of text that Word takes."""
    return xml(one_line(text))


def empty_document(title: str) -> Any:
    """An A4 document with numbered pages, that does not tell when or by whom it was made."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(4)
    number_pages(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.author = clean(title)[:255], "thematic"
    properties.comments = ""
    properties.created = properties.modified = WHEN
    return document


def number_pages(paragraph: Any) -> None:
    """The number of each page, at the right of a footer."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def set_widths(table: Any, centimetres: Sequence[float]) -> None:
    """The width of each column."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def repeat_head(row: Any) -> None:
    """The heads again on every page."""
    _mark(row, "w:tblHeader")


def keep_whole(row: Any) -> None:
    """No page break within a row."""
    _mark(row, "w:cantSplit")


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def taken_out(paragraph: Any) -> Any:
    """The element of a paragraph, in no document: a form to copy, where there are many.

    python-docx looks through all paragraphs for each that it adds, and through all comments:
    a minute for a long interview. So it makes the first of each kind; the others are copies.
    """
    element = paragraph._p
    element.getparent().remove(element)
    return element


def add_run(paragraph: Any, text: str) -> Any:
    """Words at the end of the element of a paragraph."""
    run = paragraph.makeelement(f"{_W}r")
    paragraph.append(run)
    write(run, text)
    return run


def write(run: Any, text: str) -> None:
    """Words into an empty run; tabs and line breaks are elements of their own."""
    if not text or not _SIGNS.isdisjoint(text):
        run.text = text
        return
    words = run.makeelement(f"{_W}t")
    words.text = text
    if text != text.strip():
        words.set(_SPACE, "preserve")
    run.append(words)


class Comments:
    """The comments of a document, all by one author."""

    def __init__(self, document: Any, author: str) -> None:
        self._document = document
        self._author = author
        self._made: list[Any] = []

    def add(self, first: Any, last: Any, text: str) -> None:
        """A comment on the words from one run to another of the same paragraph."""
        number = len(self._made)
        if number:
            comment = deepcopy(self._made[0])
            comment.set(f"{_W}id", str(number))
            next(iter(comment.iterdescendants(f"{_W}t"))).text = text
            self._made[-1].addnext(comment)
        else:
            comments = self._document.comments
            comment = comments.add_comment(text, author=self._author, initials="th")._comment_elm
            comment.set(f"{_W}date", WHEN.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._made.append(comment)
        first.insert_comment_range_start_above(number)
        last.insert_comment_range_end_and_reference_below(number)
