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
    left_open = ""  # the signs that close what began in a paragraph above
    for paragraph in manuscript.paragraphs:
        found, left_open = _in_paragraph(paragraph, left_open, lines=manuscript.places == "line")
        yield from (one for one in found if len(words_in(one.text)) > longer_than)


def _in_paragraph(
    paragraph: ManuscriptParagraph, left_open: str, *, lines: bool
) -> tuple[list[Quotation], str]:
    """Of a block quotation all, but where most of it stands in marks; and what is left open."""
    text = paragraph.text
    marked = list(_stretches(text))
    if end := _ends_above(text, left_open, marked):
        marked = [_Marked(0, end), *_stretches(text, end + 1)]
    if paragraph.is_quote and sum(end - start for start, end in marked) < len(text) / 2:
        return [_block(paragraph)], ""
    begun = text[marked[-1].start - 1] if marked and marked[-1].end == len(text) else ""
    return list(_in_marks(paragraph, marked, lines=lines)), _PAIRS.get(begun, "")


def _ends_above(text: str, left_open: str, marked: list[_Marked]) -> int:
    """Where a quotation ends that began in the paragraph above; 0 where none does.

    Most papers open it anew in each paragraph; then it begins here like any other.
    """
    ends = [text.find(sign) for sign in left_open if sign in text]
    return min(ends, default=0) if not marked or min(ends, default=0) < marked[0].start - 1 else 0


def _block(paragraph: ManuscriptParagraph) -> Quotation:
    """A whole block, without the source named at its end."""
    text = paragraph.text.strip()
    source = _SOURCE.search(text)
    if source is None or not source.start() or "…" in source[0] or "..." in source[0]:
        return Quotation(text, paragraph.place, note=paragraph.note)
    words = text[: source.start()].rstrip()
    return Quotation(words, paragraph.place, source[0], paragraph.note)


def _in_marks(
    paragraph: ManuscriptParagraph, marked: list[_Marked], *, lines: bool
) -> Iterator[Quotation]:
    text = paragraph.text
    behinds = [*(one.start for one in marked[1:]), len(text)]
    for (start, end), behind in zip(marked, behinds, strict=False):
        line = paragraph.place + (text.count("\n", 0, start) if lines else 0)
        beside = text[end : min(behind, end + _BESIDE)]
        yield Quotation(text[start:end].strip(), line, beside, paragraph.note)


def _stretches(text: str, position: int = 0) -> Iterator[_Marked]:
    """What stands in quotation marks from a position on; of marks within marks the outer ones."""
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
