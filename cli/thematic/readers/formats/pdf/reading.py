"""PDF files with text in them; scanned ones are named as such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.layout import transcript_of
from thematic.readers.formats.pdf.blocks import blocks_of
from thematic.readers.formats.pdf.furniture import without_heads
from thematic.readers.formats.pdf.margins import take_margin_numbers
from thematic.readers.formats.pdf.pages import Page, Row
from thematic.readers.formats.pdf.process import Refused, open_pdf
from thematic.readers.formats.pdf.repeats import drop_repeats
from thematic.readers.formats.pdf.rows import rows_of
from thematic.readers.formats.pdf.telling import no_text, notes, warnings
from thematic.readers.options import ReadOptions

_FULL = 0.5  # share of a page that a scan covers at least
_FEWEST_LETTERS = 40  # of a page that is no scan, where a picture covers it


def read_pdf(data: bytes, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from a PDF: paragraphs parted by a blank line, lines as they stand.

    Running heads and feet, page numbers, numbers in the margin and lines printed twice at a
    page break are left out. Bold names with a colon are labels, and so is a column of
    speakers. Larger letters are titles.
    """
    try:
        pages, unreadable = open_pdf(data, options.limits)
    except Refused as refused:
        return None, [refused.problem]
    take_margin_numbers(pages)
    rows, heads = without_heads(pages, [rows_of(page) for page in pages])
    repeats = drop_repeats(pages, rows)
    scanned = _scans(pages, rows)
    filled = [row for ones in rows for row in ones] + _aside(pages, heads)
    if not {row.page for row in filled if _letters([row])} - set(scanned):
        return None, [no_text(pages, scanned)]
    transcript, problems = transcript_of(blocks_of(filled), options, "pdf", "PDF")
    told = [*warnings(pages, unreadable, scanned), *notes(heads, repeats)]
    return transcript, told + problems


def _letters(rows: Sequence[Row]) -> int:
    return sum(sign.isalnum() for row in rows for piece in row.pieces for sign in piece.text)


def _scans(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> list[int]:
    """The pages that are pictures with no text, or hardly any, such as the name of an app.

    A picture behind a page full of text is a background, and so is that of other pages.
    """
    letters = [_letters(ones) for ones in rows]
    covered = [n for n, page in enumerate(pages) if page.covered >= _FULL]
    background = any(letters[n] >= _FEWEST_LETTERS for n in covered)
    hardly_any = {n for n in covered if not background and letters[n] < _FEWEST_LETTERS}
    return [
        n for n, page in enumerate(pages) if page.pictures and (not letters[n] or n in hardly_any)
    ]


def _aside(pages: Sequence[Page], heads: Counter[str]) -> list[Row]:
    """What is written sideways or slanting, once; what several pages have is a watermark."""
    seen = Counter(piece.text for page in pages for piece in page.aside)
    heads.update({text: count for text, count in seen.items() if count > 1})
    return [
        Row(page.number, (piece,), begins=True)
        for page in pages
        for piece in page.aside
        if seen[piece.text] == 1
    ]
