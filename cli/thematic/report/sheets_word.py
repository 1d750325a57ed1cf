"""Sheets for people to fill in with Word: one row of a table per unit, one column per code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from thematic.model.samples import SheetRow
from thematic.model.study import Status
from thematic.report.content import INVENTED
from thematic.report.packages import without_times
from thematic.report.safe import one_line, xml

_PAGE = (29.7, 21.0)  # centimetres: A4, lying
_MARGIN = 1.5
_ROW, _CODER, _CODE, _MISSING, _NOTE = 2.4, 1.6, 1.3, 2.4, 3.2  # widths in centimetres
_GREY = "5A5A5A"
_TWIPS = 567  # of a centimetre
_WHEN = datetime(2000, 1, 1, tzinfo=UTC)
_LETTER = 0.24  # centimetres of a letter of a head, for those of codes stand upright
HOW = (
    "Write yes (or x) where the code holds for the words in bold, no where it does not; leave the "
    "cell empty where you cannot judge. What stands in grey helps to understand them.",
    "Judge alone. Do not change the columns row and coder, and neither merge nor split cells.",
    "Missing code: what the words are about and no column asks for. Note: anything else.",
)


def sheet_docx(
    rows: Sequence[SheetRow], codes: Mapping[str, str], coder: str, status: str = ""
) -> bytes:
    """A sheet as the bytes of a .docx file; equal input gives equal bytes.

    Args:
        rows: in the order of this coder.
        codes: path of each code asked for -> what the codebook says of it.
        coder: who fills it in.
        status: of the study.
    """
    from docx.shared import Pt

    document = _empty(coder)
    document.add_paragraph(xml(f"Sheet of {one_line(coder)}"), style="Title")
    if status == Status.INVENTED:
        document.add_paragraph().add_run(INVENTED).bold = True
    for line in HOW:
        document.add_paragraph(line).paragraph_format.space_after = Pt(4)
    _add_table(document, rows, list(codes), coder)
    document.add_page_break()
    document.add_heading("Codes", level=1)
    for code, said in codes.items():
        document.add_heading(xml(code), level=2)
        for line in said.split("\n"):
            document.add_paragraph(xml(line)).paragraph_format.space_after = Pt(2)
    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def _empty(coder: str) -> Any:
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(_MARGIN)
    document.styles["Normal"].font.size = Pt(10)
    properties = document.core_properties
    properties.title, properties.author = xml(f"Sheet of {one_line(coder)}")[:255], "thematic"
    properties.comments = ""
    properties.created = properties.modified = _WHEN
    return document


def _add_table(document: Any, rows: Sequence[SheetRow], codes: list[str], coder: str) -> None:
    """The table; its rows are built as XML, for python-docx takes minutes for hundreds."""
    words = _PAGE[0] - 2 * _MARGIN - _ROW - _CODER - _CODE * len(codes) - _MISSING - _NOTE
    widths = [_ROW, _CODER, words, *(_CODE for _ in codes), _MISSING, _NOTE]
    heads = ["row", "coder", "words", *(f"{code}?" for code in codes), "missing code", "note"]
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.findall(_w("gridCol")), widths, strict=True):
        column.set(_w("w"), str(_twips(width)))
    upright = {f"{code}?" for code in codes}
    height = _LETTER * max(map(len, upright), default=0) + 0.4
    table._tbl.append(
        _row(
            [
                _cell(width, [(head, "bold")], upright=head in upright)
                for head, width in zip(heads, widths, strict=True)
            ],
            height,
        )
    )
    for row in rows:
        cells = [[(row.row, "")], [(coder, "")], _words(row), *([] for _ in widths[3:])]
        table._tbl.append(_row([_cell(w, one) for w, one in zip(widths, cells, strict=True)]))


def _words(row: SheetRow) -> list[tuple[str, str]]:
    """The paragraphs of the words: where they stand, what is before, they, what is after."""
    where = ", ".join(part for part in (row.transcript, f"turn {row.turn}", row.role) if part)
    parts = [(where, "grey"), (row.before, "grey"), (row.words, "bold"), (row.after, "grey")]
    return [(one_line(text), look) for text, look in parts if text]


def _row(cells: Sequence[Any], height: float = 0) -> Any:
    """A row of cells; with a height it is that of the heads, which every page repeats."""
    row = _element("tr")
    properties = _element("trPr")
    properties.append(_element("cantSplit"))
    if height:
        properties.append(_element("trHeight", val=str(_twips(height)), hRule="atLeast"))
        properties.append(_element("tblHeader"))
    row.append(properties)
    for cell in cells:
        row.append(cell)
    return row


def _cell(width: float, paragraphs: Sequence[tuple[str, str]], *, upright: bool = False) -> Any:
    cell = _element("tc")
    properties = _element("tcPr")
    properties.append(_element("tcW", w=str(_twips(width)), type="dxa"))
    if upright:
        properties.append(_element("textDirection", val="btLr"))
    cell.append(properties)
    for text, look in paragraphs or [("", "")]:
        cell.append(_paragraph(text, look))
    return cell


def _paragraph(text: str, look: str) -> Any:
    paragraph = _element("p")
    properties = _element("pPr")
    properties.append(_element("spacing", before="20", after="40"))
    paragraph.append(properties)
    run, styled, said = _element("r"), _element("rPr"), _element("t")
    if look == "bold":
        styled.append(_element("b"))
    elif look == "grey":
        styled.append(_element("color", val=_GREY))
        styled.append(_element("sz", val="16"))
    said.text = xml(text)
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(styled)
    run.append(said)
    paragraph.append(run)
    return paragraph


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(_w(key), value)
    return element


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _twips(centimetres: float) -> int:
    return round(centimetres * _TWIPS)
