"""Portraits: where in each transcript a code falls, a panel for each code, a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.charts.drawing import GREY, INK, PALE, short, style
from thematic.report.charts.page import (
    MARGIN,
    WHITE,
    Drawing,
    Heading,
    Label,
    Look,
    Page,
    chip,
    chunks,
    code_names,
    cut_note,
    finished,
    label_width,
    units_of,
    whose,
)
from thematic.report.grid import count, kind_plural

_ROWS, _PANELS = 40, 5  # on a page
_ROW, _HEAD, _AXIS = 0.2, 0.36, 0.4  # inches
_PANEL, _GAP, _WORDS = 1.45, 0.28, 0.6  # inches
_MOST_LETTERS = 19  # of the head of a panel
_MOST_OF_A_ROW = 22
Record = Mapping[str, Any]


def portraits(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """Kinds of transcript and many rows or codes are parted into pages.

    Args:
        table: from `portrait`.
        look: colours and banner.
    """
    records = table.records()
    paths = _in_order(records, look)
    if not paths:
        return
    transcripts = {record["transcript"]: record for record in records}
    kinds = list(dict.fromkeys(record["kind"] for record in records))
    parts = [
        (own, some)
        for kind in kinds
        for own in chunks([r for r in transcripts.values() if r["kind"] == kind], _ROWS)
        for some in chunks(paths, _PANELS)
    ]
    names = [short(one.name, 10**6) for one in code_names(paths).values()]
    notes = [*table.notes, *cut_note(names, _MOST_LETTERS), *cut_note(transcripts, _MOST_OF_A_ROW)]
    for number, (own, some) in enumerate(parts, start=1):
        kind = own[0]["kind"]
        base = sum(one["kind"] == kind for one in transcripts.values())
        heading = Heading(
            f"Where codes fall, {kind_plural(kind).lower()}: {units_of(table)} with the code",
            f"N = {base} transcripts; place in % of the counted words of each. "
            f"{whose(own[0]['basis'])}",
        ).on_page(number, len(parts))
        yield finished(_page(heading, records, own, some, list(dict.fromkeys(notes)), look))


def _in_order(records: Sequence[Record], look: Look) -> list[str]:
    """The codes that are found anywhere, in the order of the codebook."""
    found = {record["code"] for record in records if record["code"]}
    known = [path for path in look.colors if path in found]
    return [*known, *sorted(found - set(known))]


def _page(
    heading: Heading,
    records: Sequence[Record],
    rows: Sequence[Record],
    paths: Sequence[str],
    notes: Sequence[str],
    look: Look,
) -> Page:
    names = code_names(paths)
    ids = [row["transcript"] for row in rows]
    left = MARGIN + label_width(Label(short(id, _MOST_OF_A_ROW)) for id in ids) + _WORDS
    width = max(left + (_PANEL + _GAP) * len(paths), 6.5)
    tall = _ROW * len(rows)
    page = Page(heading, (width, _HEAD + tall + _AXIS), notes, look.banner)
    for number, row in enumerate(rows):
        y = _HEAD + _ROW * (number + 0.5)
        page.text(MARGIN, y, short(row["transcript"], _MOST_OF_A_ROW), size=8)
        page.text(left - 0.1, y, count(row["words_N"]), ha="right", size=7, color=GREY)
    page.text(left - 0.1, _HEAD - 0.12, "words", ha="right", size=7, color=GREY)
    for place, path in enumerate(paths):
        x = left + (_PANEL + _GAP) * place
        chip(page, x, _HEAD - 0.12, look.color(path))
        page.text(x + 0.14, _HEAD - 0.12, short(names[path].name, _MOST_LETTERS), size=8)
        axes = page.axes(x, _HEAD, _PANEL, tall)
        own = [record for record in records if record["code"] == path]
        _panel(axes, own, {id: number for number, id in enumerate(ids)}, look.color(path))
    middle = left + ((_PANEL + _GAP) * len(paths) - _GAP) / 2
    page.text(middle, _HEAD + tall + 0.32, "% of counted words", ha="center", size=8, color=GREY)
    return page


def _panel(axes: Any, records: Sequence[Record], rows: Mapping[str, int], tint: str) -> None:
    """The marks of one code, each as wide as its unit is long."""
    from matplotlib.collections import PolyCollection

    marks = [
        _mark(rows[one["transcript"]], 100 * one["share_from"], 100 * one["share_to"])
        for one in records
        if one["transcript"] in rows
    ]
    with style():
        axes.set_xlim(0, 100)
        axes.set_ylim(len(rows), 0)
        axes.set_yticks([])
        axes.set_xticks([0, 50, 100])
        axes.tick_params(axis="x", labelsize=7, length=2)
        for row in range(len(rows)):
            face = "#f5f5f5" if row % 2 else WHITE
            axes.axhspan(row, row + 1, facecolor=face, edgecolor="none", zorder=0)
        axes.axvline(50, color=PALE, linewidth=0.6, zorder=1)
        for side in axes.spines.values():
            side.set_color(PALE)
        axes.add_collection(
            PolyCollection(marks, facecolor=tint, edgecolor=INK, linewidth=0.35, zorder=2)
        )


def _mark(row: int, start: float, end: float) -> list[tuple[float, float]]:
    top, bottom = row + 0.15, row + 0.85
    return [(start, top), (end, top), (end, bottom), (start, bottom)]
