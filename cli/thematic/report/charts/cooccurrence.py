"""Which codes stand together, as a triangle: units with both, and Jaccard's coefficient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.charts.drawing import GREY, INK, PALE, short
from thematic.report.charts.page import (
    MARGIN,
    WHITE,
    Drawing,
    Heading,
    Look,
    Page,
    chip,
    chunks,
    code_label,
    code_names,
    cut_note,
    finished,
    label_width,
    units_of,
    whose,
)
from thematic.report.colors import contrast, mixed
from thematic.report.grid import count, kind_plural

_CODES = 12  # in a row or column of a page
_CELL = (0.72, 0.5)  # inches, wide and high
_MOST_LETTERS = 22  # of a head, which is written aslant
_DARK = "#1f3b57"
Record = Mapping[str, Any]
Pairs = Mapping[tuple[str, str], Record]


def cooccurrence_charts(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """A triangle for each kind of transcript; many codes are parted into several pages.

    Args:
        table: from `cooccurrence`.
        look: colours and banner.
    """
    records = table.records()
    parts = []
    for kind in dict.fromkeys(record["kind"] for record in records):
        own = [record for record in records if record["kind"] == kind]
        paths = _paths(own)
        blocks = list(chunks(paths, _CODES))
        parts += [
            (own, paths, rows, columns)
            for number, rows in enumerate(blocks)
            for columns in blocks[: number + 1]
        ]
    names = [one.name for one in code_names(_paths(records)).values()]
    notes = [_legend(table), *table.notes, *cut_note(names, _MOST_LETTERS)]
    for number, (own, paths, rows, columns) in enumerate(parts, start=1):
        heading = _heading(table, own).on_page(number, len(parts))
        yield finished(_page(heading, own, paths, (rows, columns), notes, look))


def _paths(records: Sequence[Record]) -> list[str]:
    """The codes of some pairs, in the order of the codebook."""
    firsts = dict.fromkeys(record["code_1"] for record in records)
    seconds = dict.fromkeys(record["code_2"] for record in records)
    return [*firsts, *(path for path in seconds if path not in firsts)]


def _legend(table: ResultTable) -> str:
    return (
        f"In a cell: {units_of(table)} with both codes, below it Jaccard's coefficient (J), which "
        "the shade shows too; “same words”: how many of them rest on the same words only. "
        "Hatched: one code lies below the other. On the diagonal: n of the code."
    )


def _heading(table: ResultTable, own: Sequence[Record]) -> Heading:
    first = own[0]
    near = f" or at most {first['within']} apart" if first["within"] else ""
    kind = kind_plural(first["kind"]).lower()
    return Heading(
        f"Codes that stand together, {kind}: {units_of(table)} with both{near}",
        f"N = {count(first['units_N'])} {units_of(table)} of {first['transcripts_N']} transcripts, "
        f"{first['cases_N']} persons. {whose(first['basis'])}",
    )


def _page(
    heading: Heading,
    records: Sequence[Record],
    paths: Sequence[str],
    block: tuple[Sequence[str], Sequence[str]],
    notes: Sequence[str],
    look: Look,
) -> Page:
    rows, columns = block
    names = code_names(paths)
    pairs = {(one["code_1"], one["code_2"]): one for one in records}
    most = max((one["jaccard"] or 0 for one in records), default=0)
    longest = max(len(short(names[path].name, _MOST_LETTERS)) for path in columns)
    left, head = MARGIN + label_width(names[path] for path in rows), 0.2 + 0.046 * longest
    width = max(left + _CELL[0] * len(columns) + 0.06 * longest + MARGIN, 6.5)
    page = Page(heading, (width, head + _CELL[1] * len(rows)), notes, look.banner)
    for place, path in enumerate(columns):
        x = left + _CELL[0] * (place + 0.5)
        chip(page, x - 0.045, head - 0.09, look.color(path))
        name = short(names[path].name, _MOST_LETTERS)
        page.text(x, head - 0.16, name, rotation=35, rotation_mode="anchor", va="bottom")
    for row, path in enumerate(rows):
        code_label(page, (MARGIN, head + _CELL[1] * (row + 0.5)), names[path], look.color(path))
        for place, other in enumerate(columns):
            corner = (left + _CELL[0] * place, head + _CELL[1] * row)
            if path == other:
                _diagonal(page, corner, _own_count(path, records))
            elif paths.index(other) < paths.index(path):
                _cell(page, corner, pairs.get((other, path)) or pairs.get((path, other)), most)
    return page


def _own_count(path: str, records: Sequence[Record]) -> int:
    of_code = (
        record["n1" if record["code_1"] == path else "n2"]
        for record in records
        if path in (record["code_1"], record["code_2"])
    )
    return int(next(of_code))


def _diagonal(page: Page, corner: tuple[float, float], n: int) -> None:
    page.box(*corner, *_CELL, facecolor="#f2f2f2", edgecolor=PALE, linewidth=0.6)
    middle = (corner[0] + _CELL[0] / 2, corner[1] + _CELL[1] / 2)
    page.text(*middle, f"n {count(n)}", ha="center", size=8, color=GREY)


def _cell(page: Page, corner: tuple[float, float], pair: Record | None, most: float) -> None:
    if pair is None:
        page.box(*corner, *_CELL, facecolor=WHITE, edgecolor=PALE, linewidth=0.6, hatch="////")
        return
    jaccard = pair["jaccard"] or 0
    face = mixed(WHITE, _DARK, 0.85 * jaccard / most if most else 0)
    page.box(*corner, *_CELL, facecolor=face, edgecolor=PALE, linewidth=0.6)
    ink = WHITE if contrast(WHITE, face) > contrast(INK, face) else INK
    x, y = corner[0] + _CELL[0] / 2, corner[1] + _CELL[1] / 2
    same = pair["overlapping"]
    up = 0.12 if same else 0.07 * bool(pair["n12"])
    page.text(x, y - up, count(pair["n12"]), ha="center", color=ink if pair["n12"] else GREY)
    if pair["n12"]:
        page.text(x, y - up + 0.14, f"J {jaccard:.2f}", ha="center", size=7, color=ink)
    if same:
        page.text(x, y + 0.16, f"{same} same words", ha="center", size=6, color=ink)
