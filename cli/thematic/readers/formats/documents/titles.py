"""Which styles are for titles and which for quotations, by their names.

The names are English in most programs, whatever language they show.
"""

from __future__ import annotations

import re

_TITLE = re.compile(r"(?:heading|title|subtitle|date|author|subject|toc|contents|header)\b.*")
_QUOTE = re.compile(
    r"(?:intense |block )?quot(?:e|es|ation|ations)\b.*|block ?(?:text|quote)\b.*|zitat.*"
)


def is_title_style(name: str) -> bool:
    """Whether a style of this name is for titles, headings, dates, authors or contents."""
    return _TITLE.fullmatch(name.strip().casefold()) is not None


def is_quote_style(name: str) -> bool:
    """Whether a style of this name sets off a quotation."""
    return _QUOTE.fullmatch(name.strip().casefold()) is not None
