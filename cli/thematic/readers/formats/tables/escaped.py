"""Cells that were escaped for the web: `&#39;`, `&amp;`, `<br>`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from thematic.errors import Problem, Severity
from thematic.readers.formats.tables.rows import Row, Table

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(
    r"</?(br|p|div|li|ul|ol|tr|b|i|u|em|strong|span|font|a|sub|sup|small|mark)"
    r"(?:[ \t\n]+[^<>]{0,400})?[ ]?/?>",
    re.IGNORECASE,
)
_PARTS_LINES = frozenset("br p div li ul ol tr".split())
_MOST_ESCAPED = 3  # times over that a text may be escaped


def without_html(table: Table, problems: list[Problem]) -> Table:
    """The table with `&#39;`, `&amp;` and the like decoded, and tags such as `<br>` dropped.

    This is done column by column, where more ampersands begin an entity than not: what the
    column holds was escaped for the web. A note says so.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    escaped = [n for n in range(width) if _is_escaped(_all(table.rows, n))]
    tagged = [n for n in range(width) if n not in escaped and _is_tagged(_all(table.rows, n))]
    if not escaped and not tagged:
        return table
    rows = list(table.rows)
    for n in (*escaped, *tagged):
        rows = _decoded(rows, n, tagged_only=n in tagged)
    message = "the cells hold text escaped for the web (such as &amp; or <br>); it is decoded"
    problems.append(Problem("", 0, message, "", Severity.NOTE))
    return replace(table, rows=rows)


def _all(rows: Iterable[Row], number: int) -> list[str]:
    return [row.cells[number] for row in rows if number < len(row.cells)]


def _is_escaped(cells: Sequence[str]) -> bool:
    found = bare = 0
    for cell in cells:
        signs = cell.count("&")
        if signs:
            entities = sum(map(_is_entity, _ENTITY.findall(cell)))
            found, bare = found + entities, bare + signs - entities
    return found > bare


@lru_cache(maxsize=1024)
def _is_entity(written: str) -> bool:
    return html.unescape(written) != written


def _is_tagged(cells: Sequence[str]) -> bool:
    """Whether tags that part lines stand in the cells; other angle brackets may be words."""
    return any(
        found[1].casefold() in _PARTS_LINES
        for cell in cells
        if "<" in cell
        for found in _TAG.finditer(cell)
    )


def _decoded(rows: Sequence[Row], number: int, *, tagged_only: bool) -> list[Row]:
    cells = _all(rows, number)
    for _ in range(_MOST_ESCAPED):
        if tagged_only or not _is_escaped(cells):
            break
        cells = [html.unescape(cell) if "&" in cell else cell for cell in cells]
    cells = [_TAG.sub(_for_tag, cell) if "<" in cell else cell for cell in cells]
    texts = iter(cells)
    return [
        Row(row.line, [*row.cells[:number], next(texts), *row.cells[number + 1 :]])
        if number < len(row.cells)
        else row
        for row in rows
    ]


def _for_tag(found: re.Match[str]) -> str:
    return "\n" if found[1].casefold() in _PARTS_LINES else ""
