"""The default report as one self-contained HTML page: no script, no link out, nothing fetched."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from thematic.report.content import Report, pieces
from thematic.report.safe import flat, one_line, visible

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def report_html(report: Report) -> str:
    """The page; every text of a transcript is escaped."""
    html: str = _template().render(report=report)
    return html


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("thematic.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"line": one_line, "visible": visible, "color": color}
    environment.filters |= {"flat": flat, "pieces": pieces}
    return environment.get_template("report.html.j2")


def color(value: str) -> str:
    """A colour of the codebook, or grey: nothing else may enter the style sheet."""
    return value if _COLOR.fullmatch(value) else "#666666"
