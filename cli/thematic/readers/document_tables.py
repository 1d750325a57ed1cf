"""Tables in Word and ODT files as rows of cells, each over as many columns as it spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from thematic.readers.formats.documents.odt_styles import whole
from thematic.readers.formats.documents.packages import Package
from thematic.readers.limits import Limits

WORD = (".docx", ".docm")
DOCUMENTS = (*WORD, ".odt")
Cells = list[list[str]]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WIDEST = 1000  # columns that one cell may say that it spans


def tables_of_document(data: bytes, suffix: str, limits: Limits) -> list[Cells]:
    """All tables of a file, those in cells too; of merged cells the first holds the text.

    Args:
        data: the file's bytes.
        suffix: its ending in small letters, one of DOCUMENTS.
        limits: of the archive and the XML.

    Raises:
        Refused: it is damaged, of another kind, or passes a limit.
    """
    package = Package(data, limits)
    if suffix in WORD:
        from thematic.readers.formats.documents.word import STRICT, related

        main = related(package, "", "officeDocument") or "word/document.xml"
        root, read, name = package.xml(main, STRICT), _word_row, f"{_W}tbl"
    else:
        root, read, name = package.xml("content.xml"), _odt_row, f"{_TABLE}table"
    row = f"{_W}tr" if suffix in WORD else f"{_TABLE}table-row"
    tables = root.iter(name) if root is not None else ()
    return [[list(read(one)) for one in table.iter(row)] for table in tables]


def _word_row(row: Any) -> Iterator[str]:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    yield from [""] * (_span(before.get(f"{_W}val")) if before is not None else 0)
    for cell in row.iterchildren(f"{_W}tc"):
        text = [_joined(one.iter(f"{_W}t")) for one in cell.iter(f"{_W}p")]
        yield "\n".join(filter(None, text))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        yield from [""] * ((_span(span.get(f"{_W}val")) if span is not None else 1) - 1)


def _odt_row(row: Any) -> Iterator[str]:
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        text = "\n".join("".join(one.itertext()) for one in cell.iter(f"{_TEXT}p"))
        yield from [text] * _span(cell.get(f"{_TABLE}number-columns-repeated"))


def _joined(texts: Any) -> str:
    return "".join(one.text or "" for one in texts)


def _span(value: str | None) -> int:
    return max(1, min(whole(value, 1), _WIDEST))
