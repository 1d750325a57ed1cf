"""A printed codebook as one HTML page: no script, no link out, nothing fetched."""

from __future__ import annotations

from functools import cache
from typing import Any

from thematic.report.codebook_content import PrintedCodebook
from thematic.report.colors import color
from thematic.report.pages import template


def codebook_html(printed: PrintedCodebook) -> str:
    """The page; every text of the codebook is escaped."""
    page: str = _template().render(book=printed)
    return page


@cache
def _template() -> Any:
    return template("codebook.html.j2", {"color": color})
