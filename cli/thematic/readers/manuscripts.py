"""Manuscripts -> paragraphs with their places: Word, ODT, Markdown, LaTeX and plain text."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from thematic.errors import Problem
from thematic.model.manuscript import Manuscript, ManuscriptParagraph
from thematic.readers.formats.decoding import decode
from thematic.readers.formats.documents.blocks import Block, Paragraph
from thematic.readers.limits import Limits, passed
from thematic.readers.packed import Refused

WORD = (".docx", ".docm", ".dotx")
ENDINGS = (*WORD, ".odt", ".md", ".tex", ".txt")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_QUOTED_LINE = re.compile(r"(?m)^[ \t]{0,3}>[ \t]?")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

Read = tuple[Manuscript | None, list[Problem]]


def read_manuscript(path: Path, limits: Limits | None = None, encoding: str = "") -> Read:
    """The paragraphs of a manuscript, with what was wrong.

    Places are lines in text files and numbers of paragraphs in Word and ODT files; of the
    latter footnotes and endnotes are read too, behind the text, and comments and deleted words
    are left out, which is told.

    Args:
        path: a file that ends in one of ENDINGS.
        limits: how much of it is read.
        encoding: of a text file; "" = found out.
    """
    limits = limits or Limits()
    try:
        size = path.stat().st_size
        if problem := passed("size", size, limits):
            return None, [replace(problem, file=str(path))]
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(str(path), 0, f"it cannot be read: {error.strerror}")]
    manuscript, problems = _parsed(data, path.suffix.lower(), limits, encoding)
    return manuscript, [replace(one, file=str(path)) for one in problems]


def _parsed(data: bytes, suffix: str, limits: Limits, encoding: str) -> Read:
    if suffix in WORD or suffix == ".odt":
        return _document(data, suffix, limits)
    text, problems = decode(data, encoding)
    if text is None:
        return None, problems
    return Manuscript(tuple(_PARAGRAPHS.get(suffix, _plain)(text))), problems


def _document(data: bytes, suffix: str, limits: Limits) -> Read:
    from thematic.readers.formats.documents.left_out import left_out

    missing: Counter[str]
    try:
        if suffix == ".odt":
            from thematic.readers.formats.documents.odt import odt_blocks, odt_notes

            blocks, missing = odt_blocks(data, limits)
            notes = odt_notes(data, limits)
        else:
            from thematic.readers.formats.documents.word import word_blocks, word_notes

            blocks, missing = word_blocks(data, limits)
            notes = word_notes(data, limits)
    except Refused as refused:
        return None, [refused.problem]
    found = [
        ManuscriptParagraph(one.text, number, one.is_quote)
        for number, one in enumerate(_in_order(blocks), start=1)
    ]
    found += [
        ManuscriptParagraph(one.text, number, one.is_quote, kind)
        for kind, number, shown in notes
        for one in _in_order(shown)
    ]
    missing.pop("footnote", None)
    return Manuscript(tuple(found), "paragraph"), left_out(missing)


def _in_order(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """All paragraphs, those in tables too; the tables' own depth is bounded by the reader."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _in_order(cell)


def _plain(text: str) -> Iterator[ManuscriptParagraph]:
    line, position = 1, 0
    for match in _PARAGRAPH.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        yield ManuscriptParagraph(match[0], line)


def _markdown(text: str) -> Iterator[ManuscriptParagraph]:
    for one in _plain(text):
        is_quote = one.text.lstrip().startswith(">")
        words = _QUOTED_LINE.sub("", one.text) if is_quote else one.text
        words = html.unescape(_ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", words)))
        yield ManuscriptParagraph(words, one.place, is_quote)


def _latex(text: str) -> Iterator[ManuscriptParagraph]:
    from thematic.readers.latex import latex_paragraphs

    return latex_paragraphs(text)


_PARAGRAPHS = {".md": _markdown, ".tex": _latex}
