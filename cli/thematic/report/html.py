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
_MANY = 4_000  # quotes and turns with which a page becomes slow to open
_NAMES = {  # of the columns of `frequencies`, as the form of the page calls them
    "units": "suggested by rules",
    "negated": "negated",
    "withheld": "withheld",
    "decided_units": "decided by people",
    "checked": "checked",
    "right": "right",
    "disputed": "disputed",
}


def report_html(page: Page, *, on_paper: bool = False) -> str:
    """The page; every text of a transcript is escaped.

    The policy in its head lets run and look only what has the hashes of the page's own script
    and style. Lists and transcripts of a large page become elements when they are opened: they
    stand in `noscript`, which a browser that runs scripts takes for mere text, and which others
    show as they show the rest.

    Args:
        page: from `page_of`.
        on_paper: to be printed, with transcripts open.
    """
    parts = sum(len(theme.entries) + len(theme.withheld) for theme in page.themes)
    parts += sum(len(one.turns) for one in page.whole)
    style, script = _style(page), _script()
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    language = page.language if _LANGUAGE.fullmatch(page.language) else ""
    english = language == "en"  # as the page is, so that nothing of it needs to say so
    html: str = _template().render(
        page=page,
        on_paper=on_paper,
        later=parts > _MANY and not on_paper,
        policy=_safe(policy),
        style=_safe(style),
        script=_safe(script),
        whole_banner=coded_transcripts.BANNER,
        names=_NAMES,
        sources=SOURCES,
        numbers={theme.path: theme.number for theme in page.themes},
        of_talk=_safe("" if english else f' lang="{language}"'),
        of_page=_safe("" if english else ' lang="en"'),
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
