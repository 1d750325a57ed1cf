"""What the user is told of a PDF: what may be missing, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thematic.errors import Problem, Severity
from thematic.readers.formats.pdf.pages import Page

_MOST_UNMAPPED = 0.02  # share of the signs without a known letter
_MOST_NAMED = 10  # pages or heads that a message names
_LONGEST_NAMED = 60  # characters of a head
_OCR = "make a PDF with text of it: a scanner's text recognition (OCR), or the tool ocrmypdf"
_PRINT = "open it in a PDF viewer and print it to a new PDF"
_SPEECH = "if it is speech, save the text as .txt"


def no_text(pages: Sequence[Page], scanned: Sequence[int]) -> Problem:
    """The problem of a PDF without words, or hardly any; `scanned` are 0-based page numbers."""
    if scanned:
        message = "the PDF is scanned: its pages are pictures, without text"
        return Problem("", 0, message, _OCR)
    if any(page.outside for page in pages):
        message = "the PDF holds no text on its pages, only beyond their edges"
        return Problem("", 0, message, _PRINT)
    return Problem("", 0, "the PDF holds no text", _OCR)


def warnings(
    pages: Sequence[Page], unreadable: Sequence[int], scanned: Sequence[int]
) -> list[Problem]:
    """What may be missing, by page; page numbers are 0-based."""
    told = [
        (scanned, "pictures without text; what they show is not read", _OCR),
        (unreadable, "damaged, not read", _PRINT),
        (_with_unseen(pages), "words beyond the edge of the page, not read", _PRINT),
        (_with_unknown(pages), "a font does not tell its letters; words may be missing", _OCR),
    ]
    return [
        Problem("", 0, f"{_named(numbers)}: {what}", hint, Severity.WARNING)
        for numbers, what, hint in told
        if numbers
    ]


def notes(heads: Counter[str], repeats: int) -> list[Problem]:
    """What was left out though it has words: heads with how often, and repeated lines."""
    found = []
    if heads:
        told = [f"{_shortened(text)} ({count}x)" for text, count in heads.most_common(_MOST_NAMED)]
        more = ", ..." if len(heads) > _MOST_NAMED else ""
        found.append(f"left out as running heads and feet: {', '.join(told)}{more}")
    if repeats:
        lines = "1 line" if repeats == 1 else f"{repeats:,} lines"
        found.append(f"left out: {lines} printed a second time at the top of a page")
    return [Problem("", 0, message, _SPEECH, Severity.NOTE) for message in found]


def _with_unseen(pages: Sequence[Page]) -> list[int]:
    """The pages with words beyond their edges that stand on no page."""
    seen = {piece.text for page in pages for piece in page.pieces}
    return [
        page.number
        for page in pages
        if any(text not in seen and any(map(str.isalpha, text)) for text in page.outside)
    ]


def _with_unknown(pages: Sequence[Page]) -> list[int]:
    """The pages whose fonts tell no letters, where these are more than a few signs."""
    signs = sum(len(piece.text) for page in pages for piece in page.pieces)
    if sum(page.unmapped for page in pages) <= _MOST_UNMAPPED * signs:
        return []
    return [page.number for page in pages if page.unmapped]


def _named(pages: Sequence[int]) -> str:
    """The 0-based pages as a reader names them: `page 3` or `pages 1, 4-6`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    told = ", ".join("-".join(str(page + 1) for page in run) for run in runs[:_MOST_NAMED])
    more = ", ..." if len(runs) > _MOST_NAMED else ""
    return f"page{'s' if len(pages) > 1 else ''} {told}{more}"


def _shortened(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_NAMED else text[:_LONGEST_NAMED] + "...")
