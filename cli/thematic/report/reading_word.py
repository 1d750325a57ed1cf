"""A reading copy as a Word file, whose comments can be taken back by `thematic import`."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from thematic.model.copies import LABEL_STYLE, SUGGESTING, identifier_of
from thematic.report.packages import without_times
from thematic.report.reading_copy import Piece, ReadingCopy, ReadTurn
from thematic.report.safe import one_line, xml
from thematic.report.word import WHEN, Comments, add_run, taken_out, write

_MARGIN = 7.0  # centimetres at the right


def reading_docx(copy: ReadingCopy) -> bytes:
    """The copy as the bytes of a .docx file.

    Every turn is a paragraph with its number, speaker and time, all in the character style
    LABEL_STYLE, and below it a paragraph for each line of its words. The core property
    `identifier` names the transcript. Suggested codes are comments of the author SUGGESTING.
    """
    document = _empty(copy)
    _labelled(document, copy.id, "Title")
    if copy.banner:
        _labelled(document, copy.banner).bold = True
    if copy.is_coded:
        _labelled(document, "Comments by this program are suggested codes; nobody decided on them.")
    writer = _Writer(document)
    for turn in copy.turns:
        writer.add(turn)
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _empty(copy: ReadingCopy) -> Any:
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    style = document.styles.add_style(LABEL_STYLE, WD_STYLE_TYPE.CHARACTER)
    style.font.size, style.font.color.rgb = Pt(9), RGBColor(0x5A, 0x5A, 0x5A)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(_MARGIN)
    _number_lines(section)
    properties = document.core_properties
    properties.identifier = xml(identifier_of(copy.id, copy.hash))[:255]
    properties.title, properties.author = xml(one_line(copy.id))[:255], "thematic"
    properties.comments = ""
    properties.created = properties.modified = WHEN
    return document


def _number_lines(section: Any) -> None:
    """Word's own line numbers, from the first page to the last; labels have none."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    numbering = OxmlElement("w:lnNumType")
    numbering.set(qn("w:countBy"), "1")
    numbering.set(qn("w:restart"), "continuous")
    margins = section._sectPr.find(qn("w:pgMar"))  # after which the schema wants it
    margins.addnext(numbering)


def _labelled(document: Any, text: str, style: str | None = None) -> Any:
    from docx.oxml import OxmlElement

    paragraph = document.add_paragraph(style=style)
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:suppressLineNumbers"))
    run = paragraph.add_run(xml(one_line(text)))
    run._r.style = LABEL_STYLE  # by its ID: to look for it by name takes long in long files
    return run


class _Writer:
    """Writes turns into a document, and suggested codes as comments on them."""

    def __init__(self, document: Any) -> None:
        self._end = document.sections[0]._sectPr
        self._head, self._line = _head(document), _line(document)
        self._comments = Comments(document, SUGGESTING)

    def add(self, turn: ReadTurn) -> None:
        """The next turn."""
        head = self._paragraph(self._head)
        write(head[-1], xml(one_line(turn.label)))
        for line in turn.paragraphs:
            paragraph = self._paragraph(self._line)
            runs = [add_run(paragraph, xml(piece.text)) for piece in line.pieces]
            for first, piece in enumerate(line.pieces):
                for code in piece.begins:
                    said = xml(f"suggested: {one_line(code)}")
                    self._comments.add(runs[first], runs[_last(line.pieces, first, code)], said)

    def _paragraph(self, form: Any) -> Any:
        paragraph = deepcopy(form)
        self._end.addprevious(paragraph)
        return paragraph


def _head(document: Any) -> Any:
    """The paragraph above a turn: an empty run in the style of labels, in no document."""
    from docx.shared import Pt

    paragraph = _labelled(document, "")._parent
    form = paragraph.paragraph_format
    form.keep_with_next, form.space_before, form.space_after = True, Pt(8), Pt(0)
    return taken_out(paragraph)


def _line(document: Any) -> Any:
    """A paragraph for a line of words, in no document."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(3)
    return taken_out(paragraph)


def _last(pieces: Sequence[Piece], first: int, code: str) -> int:
    """The last piece of the mention that begins with one."""
    last = first
    while last + 1 < len(pieces) and code in pieces[last + 1].codes:
        last += 1
        if code in pieces[last].begins:
            return last - 1
    return last
