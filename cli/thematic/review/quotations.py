"""The quotations in a manuscript: what stands in quotation marks, and block quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from thematic.model.manuscript import Manuscript, ManuscriptParagraph, Quotation
from thematic.review.quoted_words import words_in

_BESIDE = 120  # characters behind a quotation in which its source may be named
_STRAIGHT = '"'
_PAIRS = {  # what closes what; German marks close with what opens English ones
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    _STRAIGHT: _STRAIGHT,
}
_SINGLE = {"‘": "’", "‚": "‘’", "'": "'"}  # which are apostrophes as well
_SOURCE = re.compile(r"\s*[(\[][^()\[\]]*[)\]][.,;]?\s*$")  # (E03, turn 12) behind a block


class _Marked(NamedTuple):
    start: int
    end: int  # of the closing mark, or of the paragraph


def quotations(manuscript: Manuscript, longer_than: int) -> Iterator[Quotation]:
    """All quotations of more words than given, in order.

    Args:
        manuscript: what was read.
        longer_than: words; single words and terms in quotation marks are seldom quotations.
    """
    for paragraph in manuscript.paragraphs:
        for one in _in_paragraph(paragraph, lines=manuscript.places == "line"):
            if len(words_in(one.text)) > longer_than:
                yield one


def _in_paragraph(paragraph: ManuscriptParagraph, *, lines: bool) -> Iterator[Quotation]:
    """Of a block quotation all, but where most of it stands in marks."""
    text = paragraph.text
    marked = sum(end - start for start, end in _stretches(text))
    if paragraph.is_quote and marked < len(text) / 2:
        yield _block(paragraph)
    else:
        yield from _in_marks(paragraph, lines=lines)


def _block(paragraph: ManuscriptParagraph) -> Quotation:
    """A whole block, without the source named at its end."""
    text = paragraph.text.strip()
    source = _SOURCE.search(text)
    if source is None or not source.start() or "…" in source[0] or "..." in source[0]:
        return Quotation(text, paragraph.place)
    return Quotation(text[: source.start()].rstrip(), paragraph.place, source[0])


def _in_marks(paragraph: ManuscriptParagraph, *, lines: bool) -> Iterator[Quotation]:
    text = paragraph.text
    marked = list(_stretches(text))
    behinds = [*(one.start for one in marked[1:]), len(text)]
    for (start, end), behind in zip(marked, behinds, strict=False):
        line = paragraph.place + (text.count("\n", 0, start) if lines else 0)
        yield Quotation(text[start:end].strip(), line, text[end : min(behind, end + _BESIDE)])


def _stretches(text: str) -> Iterator[_Marked]:
    """What stands in quotation marks; of marks within marks the outer ones."""
    position = 0
    while position < len(text):
        mark = text[position]
        if mark in _PAIRS:
            end = _closing(text, position + 1, mark)
        elif mark in _SINGLE and _opens(text, position):
            end = _closing_single(text, position + 1, _SINGLE[mark])
        else:
            end = -1
        if end < 0:
            position += 1
            continue
        yield _Marked(position + 1, end)
        position = end + 1


def _closing(text: str, start: int, mark: str) -> int:
    """Where a mark closes; the end of the paragraph where it goes on in the next one."""
    closing = _PAIRS[mark]
    depth = 0
    for position in range(start, len(text)):
        sign = text[position]
        if sign in closing:
            if not depth:
                return position
            depth -= 1
        elif sign == mark:
            depth += 1
    return len(text) if mark in "“„«" or (mark == _STRAIGHT and start == 1) else -1


def _opens(text: str, position: int) -> bool:
    """Whether a single mark begins a quotation: no letter before it, one behind it."""
    before = text[position - 1 : position]
    behind = text[position + 1 : position + 2]
    return not before.isalnum() and (behind.isalpha() or behind in "[…")


def _closing_single(text: str, start: int, closing: str) -> int:
    """The last mark that can close before another opens; -1 where none can."""
    found = -1
    for position in range(start, len(text)):
        sign = text[position]
        if sign in closing and not text[position + 1 : position + 2].isalnum():
            found = position
            if text[position - 1] != "s" or not text[position + 1 : position + 3].strip().islower():
                return found
        elif sign in _SINGLE and sign not in closing and found >= 0:
            return found
    return found
