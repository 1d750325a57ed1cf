"""DOCX files.

python-docx opens the package; the text is taken from the XML itself, for its paragraphs
leave out hyperlinks, inserted words and content controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.archives import archive_problem
from thematic.readers.formats.decoding import newlines
from thematic.readers.formats.word_tables import SpeakerTable, speaker_table
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.names import is_name_shaped
from thematic.readers.speakers.shapes import LONGEST_LABEL, Candidate, Style
from thematic.readers.speakers.turns import Markup, turns_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
_SKIPPED |= {_FALLBACK, f"{_W}txbxContent"}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_SIGNS |= {f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_TITLE_STYLES = re.compile(r"(?:heading|title|subtitle|date|author|subject|toc|header)\b.*")
_BOLD_NAME = re.compile(r"\s*([^:：\n]{1,70}?)\s*([:：])\s*")


@dataclass(frozen=True, slots=True)
class _Block:
    """One paragraph, or one row of a table; `label` is the marked one at its start."""

    text: str
    is_title: bool = False
    label: tuple[str, int, float | None] | None = None  # name, length with colon, seconds
    outside: bool = False


def read_docx(data: bytes, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from a Word file: paragraphs parted by a blank line, rows of tables too.

    Bold names with a colon are labels. Paragraphs styled as titles, headings or dates
    belong to no turn where they stand above the first label.
    """
    fault = archive_problem(data)
    if fault:
        return None, [fault]
    import docx

    try:
        document = docx.Document(BytesIO(data))
        if _has_doctype(document):
            return None, [_doctype_refused()]
        titles = _title_styles(document)
        blocks = [one for one in _blocks(document.element.body, titles) if one.text.strip()]
    except Exception as error:  # python-docx raises KeyError, ValueError, XML errors ...
        message = f"no Word file that can be read: {_one_line(error)}"
        return None, [Problem("", 0, message, "open it in Word and save it again as .docx")]
    if not blocks:
        return None, [Problem("", 0, "the Word file holds no text", "put the words in")]
    text, markup = _laid_out(blocks)
    turns, notes = turns_of(text, options.speakers, markup)
    return Transcript("", text, turns, "docx"), notes


def _has_doctype(document: Any) -> bool:
    """Whether a part declares entities: they would vanish, with the words beside them."""
    parts = [part for part in document.part.package.iter_parts() if hasattr(part, "element")]
    return any(part.element.getroottree().docinfo.doctype for part in parts)


def _doctype_refused() -> Problem:
    message = "not read: this Word file has a document type (DOCTYPE), which no Word file needs"
    hint = "words could be lost from it; open it in Word and save it again as .docx"
    return Problem("", 0, message, hint)


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:120]


def _title_styles(document: Any) -> frozenset[str]:
    """IDs of the styles whose name says title; names are English in every Word."""
    found = set()
    for style in document.styles.element.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        text = (name.get(f"{_W}val") or "") if name is not None else ""
        if _TITLE_STYLES.fullmatch(text.casefold()):
            found.add(style.get(f"{_W}styleId") or "")
    return frozenset(found)


def _blocks(parent: Any, titles: frozenset[str]) -> Iterator[_Block]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child, titles)
            for box in child.iter(f"{_W}txbxContent"):
                if not any(up.tag == _FALLBACK for up in box.iterancestors()):
                    yield from _blocks(box, titles)
        elif child.tag == f"{_W}tbl":
            yield from _rows(child)
        elif child.tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}moveTo",
            f"{_W}customXml",
        ):
            yield from _blocks(child, titles)


def _paragraph(element: Any, titles: frozenset[str]) -> _Block:
    runs = list(_runs(element, False))
    text = newlines("".join(words for words, _ in runs))
    style = element.find(f"{_W}pPr/{_W}pStyle")
    is_title = style is not None and style.get(f"{_W}val") in titles
    return _Block(text, is_title, _bold_label(text, runs))


def _runs(element: Any, bold: bool) -> Iterator[tuple[str, bool]]:
    """The words of a paragraph in order, each stretch with whether it is bold."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield child.text or "", bold
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], bold
        else:
            yield from _runs(child, _is_bold(child) if child.tag == f"{_W}r" else bold)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _bold_label(text: str, runs: list[tuple[str, bool]]) -> tuple[str, int, float | None] | None:
    """A bold name at the start with its colon; a wholly bold paragraph has none."""
    bold = 0
    for words, is_bold in runs:
        if not is_bold and words.strip():
            break
        bold += len(words)
    if not bold or bold > LONGEST_LABEL + 10:
        return None
    found = _BOLD_NAME.match(text)
    if not found or found.start(2) > bold or text[found.end() : bold].strip():
        return None
    name = found[1].strip()
    return (name, found.end(2), None) if is_name_shaped(name) else None


def _rows(table: Any) -> Iterator[_Block]:
    """The rows of a table as text, cells parted by tabs; speaker columns become labels."""
    rows = [
        ["\n".join(_cell_lines(cell)) for cell in row.iter(f"{_W}tc") if _own(cell, row)]
        for row in table.iter(f"{_W}tr")
        if _own(row, table)
    ]
    shape = speaker_table(rows)
    for number, cells in enumerate(rows):
        yield _row(cells, shape, number) if shape else _Block("\t".join(cells))


def _own(inner: Any, outer: Any) -> bool:
    """Whether a row or cell belongs to this table and not to one nested in it."""
    kind = f"{_W}tbl" if outer.tag == f"{_W}tbl" else f"{_W}tr"
    return next(up for up in inner.iterancestors(kind)) is outer


def _cell_lines(cell: Any) -> list[str]:
    lines = ["".join(words for words, _ in _runs(p, False)) for p in cell.iter(f"{_W}p")]
    return [newlines(line).strip() for line in lines if line.strip()]


def _row(cells: list[str], shape: SpeakerTable, number: int) -> _Block:
    if number == 0 and shape.has_header:
        return _Block("\t".join(cells), outside=True)
    parts = shape.parts(cells)
    if parts is None or not parts.speaker:
        return _Block("\t".join(cell for cell in cells if cell))
    front = "\t".join(parts.front) + "\t"
    return _Block(front + parts.words, label=(parts.speaker, len(front), parts.time))


def _laid_out(blocks: list[_Block]) -> tuple[str, Markup]:
    """The plain text, and what the Word file's markup says about its lines."""
    marked: dict[int, Candidate] = {}
    header: set[int] = set()
    outside: set[int] = set()
    line = position = 0
    for block in blocks:
        height = block.text.count("\n") + 1
        if block.label:
            name, length, time = block.label
            end = position + length
            marked[line] = Candidate(line, position, end, name, Style.MARKED, time)
        if block.is_title:
            header.update(range(line, line + height))
        if block.outside:
            outside.update(range(line, line + height))
        line += height + 1
        position += len(block.text) + 2
    text = "\n\n".join(block.text for block in blocks)
    return text, Markup(marked, frozenset(outside), frozenset(header))
