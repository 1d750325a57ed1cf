"""ODT files, and flat ones (FODT), which are the same XML without a container.

odfdo was weighed and tried: its paragraphs give deleted and hidden words as text, put notes
and comments among the words, lose the labels of lists and blanks in a row, and raise on a
comment with a wrong date. What it opens would have to be walked as here.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.blocks import Block
from thematic.readers.formats.documents.layout import transcript_of
from thematic.readers.formats.documents.left_out import left_out
from thematic.readers.formats.documents.odt_styles import OFFICE, TEXT, OdtStyles
from thematic.readers.formats.documents.odt_text import OdtText
from thematic.readers.formats.documents.packages import Package, parse_xml
from thematic.readers.limits import Limits
from thematic.readers.options import ReadOptions
from thematic.readers.packed import Refused

Read = tuple[Transcript | None, list[Problem]]


def read_odt(data: bytes, options: ReadOptions) -> Read:
    """A transcript from an ODT file: what a reader sees in its body, without its notes."""
    try:
        blocks, missing = odt_blocks(data, options.limits)
    except Refused as refused:
        return None, [refused.problem]
    return _transcript(blocks, missing, options)


def odt_blocks(data: bytes, limits: Limits) -> tuple[list[Block], Counter[str]]:
    """What an ODT file shows, and how often what kind of words was left out.

    Raises:
        Refused: it is damaged, protected, no text document, or passes a limit.
    """
    package = Package(data, limits)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        message = "not read: the file is protected by a password"
        raise Refused(Problem("", 0, message, "open it and save it without password"))
    return _blocks([package.xml("styles.xml"), package.xml("content.xml")])


def read_fodt(data: bytes, options: ReadOptions) -> Read:
    """As `read_odt`, for the flat form."""
    try:
        blocks, missing = _blocks([parse_xml(data, "text", options.limits)])
    except Refused as refused:
        return None, [refused.problem]
    return _transcript(blocks, missing, options)


def odt_notes(data: bytes, limits: Limits) -> list[tuple[str, int, list[Block]]]:
    """The footnotes and endnotes of an ODT file: which of the two, its number, what it shows.

    Raises:
        Refused: it is damaged, or passes a limit.
    """
    package = Package(data, limits)
    styles = OdtStyles()
    roots = [package.xml("styles.xml"), package.xml("content.xml")]
    for root in roots:
        styles.add(root)
    numbers: Counter[str] = Counter()
    notes = []
    for note in roots[-1].iter(f"{TEXT}note") if roots[-1] is not None else ():
        kind = "endnote" if note.get(f"{TEXT}note-class") == "endnote" else "footnote"
        numbers[kind] += 1
        body = note.find(f"{TEXT}note-body")
        if body is not None:
            notes.append((kind, numbers[kind], OdtText(styles).read(body)))
    return notes


def _blocks(roots: list[Any]) -> tuple[list[Block], Counter[str]]:
    """What the file shows, and how often what kind of words was left out."""
    styles = OdtStyles()
    for root in roots:
        styles.add(root)
    body = roots[-1].find(f".//{OFFICE}body/{OFFICE}text") if roots[-1] is not None else None
    if body is None:
        message = "no text document of OpenDocument: it has no text in its body"
        hint = "is it a spreadsheet or a presentation? save its text as .odt or .txt"
        raise Refused(Problem("", 0, message, hint))
    text = OdtText(styles)
    return text.read(body), text.missing


def _transcript(blocks: list[Block], missing: Counter[str], options: ReadOptions) -> Read:
    transcript, problems = transcript_of(blocks, options, "odt", "ODT file")
    return transcript, problems + left_out(missing)
