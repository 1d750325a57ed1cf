"""The default report as one self-contained HTML page: no script, no link out, nothing fetched."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from thematic.report.content import Report, pieces
from thematic.report.pages import template
from thematic.report.safe import flat, visible

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def report_html(report: Report) -> str:
    """The page; every text of a transcript is escaped."""
    html: str = _template().render(report=report)
    return html


@cache
def _template() -> Any:
    return template(
        "report.html.j2", {"visible": visible, "color": color, "flat": flat, "pieces": pieces}
    )


def color(value: str) -> str:
    """A colour of the codebook, or grey: nothing else may enter the style sheet."""
    return value if _COLOR.fullmatch(value) else "#666666"
