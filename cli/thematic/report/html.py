"""The report as one self-contained HTML page: nothing is fetched, and no text runs."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from thematic.report import coded_transcripts
from thematic.report.colors import NIGHT, PAPER, seen_on
from thematic.report.content import pieces
from thematic.report.method import SOURCES
from thematic.report.page import Page
from thematic.report.pages import template
from thematic.report.safe import flat, visible

_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAMES = {  # of the columns of `frequencies`, as the form of the page calls them
    "units": "suggested by rules",
    "negated": "negated",
    "withheld": "withheld",
    "decided_units": "decided by people",
    "checked": "checked",
    "right": "right",
    "disputed": "disputed",
}


def report_html(page: Page) -> str:
    """The page; every text of a transcript is escaped.

    The policy in its head lets run and look only what has the hashes of the page's own script
    and style.
    """
    style, script = _style(page), _script()
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    html: str = _template().render(
        page=page,
        policy=_safe(policy),
        style=_safe(style),
        script=_safe(script),
        whole_banner=coded_transcripts.BANNER,
        names=_NAMES,
        sources=SOURCES,
        numbers={theme.path: theme.number for theme in page.themes},
        language=page.language if _LANGUAGE.fullmatch(page.language) else "",
    )
    return html


def _style(page: Page) -> str:
    colors = {
        "light_colors": [seen_on(one, PAPER) for one in page.colors],
        "dark_colors": [seen_on(one, NIGHT) for one in page.colors],
    }
    style: str = template("report.css.j2", {}).render(paper=PAPER, night=NIGHT, **colors)
    return style


@cache
def _script() -> str:
    return (files("thematic.report") / "templates" / "report.js").read_text(encoding="utf-8")


def _safe(text: str) -> Any:
    """Own text, in which nothing is of a transcript or codebook but checked colours."""
    from markupsafe import Markup

    assert "</" not in text
    return Markup(text)  # noqa: S704


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _theme(path: str) -> str:
    return path.partition("/")[0]


@cache
def _template() -> Any:
    filters: dict[str, Callable[..., Any]]
    filters = {"visible": visible, "flat": flat, "pieces": pieces, "theme": _theme}
    return template("report.html.j2", filters)
