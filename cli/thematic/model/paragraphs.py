"""Where a paragraph ends: the one rule that readers and coding share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thematic.model.transcript import Span

# Begins at a newline, not at the blanks before it: those would be scanned again and again.
_BLANK_GAP = re.compile(r"\n(?:[^\S\n]*\n)+[^\S\n]*")


def paragraphs(text: str, within: Span) -> Iterator[Span]:
    """Paragraphs of a stretch of text: up to a blank line or the stretch's end.

    A blank gap after a letter, digit or comma and before a lower-case letter is a page
    break in running text and no border. Spans are trimmed of white space; none is empty.
    """
    start = within.start
    for gap in _BLANK_GAP.finditer(text, within.start, within.end):
        last = _end_of_words(text, start, gap.start())
        if last > start and not _is_page_break(text, last, gap.end(), within.end):
            yield from _trimmed(text, start, last)
            start = gap.end()
    yield from _trimmed(text, start, within.end)


def _end_of_words(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_page_break(text: str, last: int, following: int, end: int) -> bool:
    before = text[last - 1]
    after = text[following] if following < end else ""
    return (before.isalnum() or before == ",") and after.islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def trim(text: str, span: Span) -> Span:
    """The span without the white space at its two ends; may become empty."""
    return next(_trimmed(text, span.start, span.end), Span(span.start, span.start))
