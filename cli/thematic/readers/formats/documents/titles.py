"""Which styles are for titles, by their names, which are English in most programs."""

from __future__ import annotations

import re

_TITLE = re.compile(r"(?:heading|title|subtitle|date|author|subject|toc|contents|header)\b.*")


def is_title_style(name: str) -> bool:
    """Whether a style of this name is for titles, headings, dates, authors or contents."""
    return _TITLE.fullmatch(name.strip().casefold()) is not None
