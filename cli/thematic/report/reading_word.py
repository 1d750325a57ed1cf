"""A reading copy as a Word file, whose comments can be taken back by `thematic import`."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from thematic.model.copies import LABEL_STYLE, SUGGESTING, identifier_of
from thematic.report.reading_copy import Piece, ReadingCopy, ReadTurn
from thematic.report.safe import one_line, xml

_TOPIC = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MARGIN = 7.0  # centimetres at the right
_WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # the same for all: equal input, equal bytes
_ZIPPED = (1980, 1, 1, 0, 0, 0)


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
    for turn in copy.turns:
        _add_turn(document, turn)
    out = BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


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
    properties.created = properties.modified = _WHEN
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


def _add_turn(document: Any, turn: ReadTurn) -> None:
    from docx.shared import Pt

    head = _labelled(document, turn.label)
    form = head._parent.paragraph_format
    form.keep_with_next, form.space_before, form.space_after = True, Pt(8), Pt(0)
    for line in turn.paragraphs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        runs = [paragraph.add_run(xml(piece.text)) for piece in line.pieces]
        for first, piece in enumerate(line.pieces):
            for code in piece.begins:
                last = _last(line.pieces, first, code)
                _suggest(document, runs[first : last + 1], code)


def _last(pieces: Sequence[Piece], first: int, code: str) -> int:
    """The last piece of the mention that begins with one."""
    last = first
    while last + 1 < len(pieces) and code in pieces[last + 1].codes:
        last += 1
        if code in pieces[last].begins:
            return last - 1
    return last


def _suggest(document: Any, runs: Sequence[Any], code: str) -> None:
    said = xml(f"suggested: {one_line(code)}")
    comment = document.add_comment(runs, said, author=SUGGESTING, initials="th")
    comment._comment_elm.set(f"{{{_TOPIC}}}date", _WHEN.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _without_times(data: bytes) -> bytes:
    """The same container, whose parts do not tell when they were written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(out, "w") as kept:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, _ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, made.read(name))
    return out.getvalue()
