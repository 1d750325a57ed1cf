"""DOCX files, and Word's templates and files with macros, which are built alike.

The parts are found in the container and read as XML. python-docx was weighed: its own
paragraphs leave out hyperlinks, inserted words and content controls; it refuses templates,
files with macros and "Strict Open XML"; and it fails where a part that nobody needs, such
as a picture, is missing.
"""

from __future__ import annotations

import posixpath
from collections import Counter

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.blocks import Block
from thematic.readers.formats.documents.layout import transcript_of
from thematic.readers.formats.documents.left_out import left_out
from thematic.readers.formats.documents.packages import Package
from thematic.readers.formats.documents.word_lists import lists_in
from thematic.readers.formats.documents.word_styles import W, styles_in
from thematic.readers.formats.documents.word_text import WordText
from thematic.readers.limits import Limits
from thematic.readers.options import ReadOptions
from thematic.readers.packed import Refused

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}


def read_docx(data: bytes, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from a Word file: what a reader sees in its body, without its notes."""
    return read_word(data, options, "docx")


def read_word(
    data: bytes, options: ReadOptions, kind: str
) -> tuple[Transcript | None, list[Problem]]:
    """As `read_docx`, for a file that was of another kind before, which is told to the user."""
    try:
        package = Package(data, options.limits)
        blocks, missing = _blocks(package)
    except Refused as refused:
        return None, [refused.problem]
    transcript, problems = transcript_of(blocks, options, kind, "Word file")
    return transcript, problems + left_out(missing)


def word_blocks(data: bytes, limits: Limits) -> tuple[list[Block], Counter[str]]:
    """What a Word file shows, and how often what kind of words was left out.

    Raises:
        Refused: it is damaged, no Word file, or passes a limit.
    """
    return _blocks(Package(data, limits))


def word_notes(data: bytes, limits: Limits) -> list[tuple[str, int, list[Block]]]:
    """The footnotes and endnotes of a Word file: which of the two, its number, what it shows.

    Raises:
        Refused: it is damaged, no Word file, or passes a limit.
    """
    package = Package(data, limits)
    main = related(package, "", "officeDocument") or "word/document.xml"
    styles = styles_in(package.xml(related(package, main, "styles"), STRICT))
    lists = lists_in(package.xml(related(package, main, "numbering"), STRICT))
    notes = []
    for kind in ("footnote", "endnote"):
        part = related(package, main, f"{kind}s")
        root = package.xml(part, STRICT) if part else None
        every = root.iter(f"{W}{kind}") if root is not None else ()
        own = [one for one in every if not one.get(f"{W}type")]  # others are lines above notes
        notes += [
            (kind, number, WordText(styles, lists).read(one)) for number, one in enumerate(own, 1)
        ]
    return notes


def _blocks(package: Package) -> tuple[list[Block], Counter[str]]:
    """What the file shows, and how often what kind of words was left out."""
    main = related(package, "", "officeDocument") or "word/document.xml"
    root = package.xml(main, STRICT)
    if root is None:
        message = "no Word file that can be read: it has no text part"
        raise Refused(Problem("", 0, message, "open it in Word and save it again as .docx"))
    styles = styles_in(package.xml(related(package, main, "styles"), STRICT))
    lists = lists_in(package.xml(related(package, main, "numbering"), STRICT))
    text = WordText(styles, lists)
    return text.read(root), text.missing


def related(package: Package, part: str, kind: str) -> str:
    """The part to which another one (or the file, "") leads; "" where there is none."""
    folder, name = posixpath.split(part)
    relations = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in relations.iter(_RELATION) if relations is not None else ():
        target = relation.get("Target") or ""
        if (relation.get("Type") or "").rpartition("/")[2] == kind:
            found = posixpath.normpath(posixpath.join("/", folder, target))
            if found in package:
                return found
    return ""
