"""Web archives (MHT): a page and its pictures as one mail, also under the name of a Word file."""

from __future__ import annotations

from thematic.errors import Problem
from thematic.readers.formats.documents.html import Read, read_html
from thematic.readers.options import ReadOptions

_MOST_PARTS = 10_000
_HINT = "save the page again, as .html"


def read_mhtml(data: bytes, options: ReadOptions) -> Read:
    """A transcript from the first page of a web archive."""
    import email

    try:
        parts = email.message_from_bytes(data).walk()
        for _, part in zip(range(_MOST_PARTS), parts, strict=False):
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                return read_html(page if isinstance(page, bytes) else b"", options)
    except (LookupError, ValueError, RecursionError) as error:
        return None, [Problem("", 0, f"the web archive is damaged: {error}", _HINT)]
    return None, [Problem("", 0, "there is no page in this web archive", _HINT)]
