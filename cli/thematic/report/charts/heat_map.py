"""Themes by interview: a value in each cell, shaded within its own column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.case_matrix import code_columns
from thematic.analysis.result import ResultTable
from thematic.model.cells import Cells
from thematic.report.charts.drawing import GREY, INK, PALE, short
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
from thematic.report.colors import contrast, mixed
from thematic.report.grid import count, kind_plural

_ROWS, _COLUMNS = 40, 12  # on a page
_ROW, _COLUMN = 0.22, 0.62  # inches
_WORDS = 0.75  # inches of the column with words
_MOST_LETTERS = 22  # of a head, which is written aslant
Record = Mapping[str, Any]


def heat_maps(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """A row for each transcript or person, a column for each code; kinds on pages of their own.

    Args:
        table: from `case_matrix`.
        look: colours and banner.
    """
    records = table.records()
    columns = code_columns(table.columns)
    by = "transcript" if "transcript" in table.columns else "case"
    kinds = list(dict.fromkeys(record["kind"] for record in records))
    most = {column: max((r[column] or 0 for r in records), default=0) for column in columns}
    parts = [
        (own, some)
        for kind in kinds
        for own in chunks([r for r in records if r["kind"] == kind], _ROWS)
        for some in chunks(list(columns), _COLUMNS)
    ]
    names = [one.name for one in code_names(list(columns.values())).values()]
    names += [str(record[by]) for record in records]
    notes = [_SHADES, *table.notes, *cut_note(names, _MOST_LETTERS)]
    for number, (own, some) in enumerate(parts, start=1):
        of_kind = sum(record["kind"] == own[0]["kind"] for record in records)
        heading = Heading(*_said(table, own[0], by, of_kind)).on_page(number, len(parts))
        left = MARGIN + label_width(Label(short(str(r[by]), _MOST_LETTERS)) for r in own) + _WORDS
        heads = {column: columns[column] for column in some}
        yield finished(_page(heading, own, heads, by, (left, most), notes, look))


_SHADES = (
    "Shade: each column by itself, white for 0, dark for the highest value of that code on all "
    "pages. Compare rows within a column; shades of two columns say nothing of each other."
)


def _said(table: ResultTable, first: Record, by: str, base: int) -> tuple[str, str]:
    kind = kind_plural(first["kind"]).lower()
    cells = {
        Cells.RATE: f"{units_of(table)} for each 1,000 words",
        Cells.UNITS: units_of(table),
        Cells.MENTIONS: "mentions",
        Cells.WORDS: f"words of {units_of(table)}",
        Cells.BINARY: "found (1) or not (0)",
    }[Cells(first["cells"])]
    unit = "persons" if by == "case" else "transcripts"
    return (
        f"Codes by {by if by != 'case' else 'person'}, {kind}: {cells}",
        f"N = {base} {unit}. {whose(first['basis'])}",
    )


def _page(
    heading: Heading,
    records: Sequence[Record],
    columns: Mapping[str, str],
    by: str,
    measures: tuple[float, Mapping[str, float]],
    notes: Sequence[str],
    look: Look,
) -> Page:
    left, most = measures
    names = code_names(list(columns.values()))
    longest = max(len(short(name.name, _MOST_LETTERS)) for name in names.values())
    head = 0.2 + 0.046 * longest
    width = max(left + _COLUMN * len(columns) + 0.06 * longest + MARGIN, 6.5)
    page = Page(heading, (width, head + _ROW * len(records)), notes, look.banner)
    page.text(left - 0.12, head - 0.1, "words", ha="right", size=7.5, color=GREY)
    for place, (column, path) in enumerate(columns.items()):
        x = left + _COLUMN * (place + 0.5)
        chip(page, x - 0.045, head - 0.09, look.color(path))
        name = short(names[path].name, _MOST_LETTERS)
        page.text(x, head - 0.16, name, rotation=35, rotation_mode="anchor", va="bottom")
        for row, record in enumerate(records):
            corner = (left + _COLUMN * place, head + _ROW * row)
            _cell(page, corner, record[column], most[column], look.color(path))
    for row, record in enumerate(records):
        y = head + _ROW * (row + 0.5)
        page.text(MARGIN, y, short(str(record[by]), _MOST_LETTERS))
        page.text(left - 0.12, y, count(record["words_N"]), ha="right", size=7.5, color=GREY)
    return page


def _cell(
    page: Page, corner: tuple[float, float], value: float | None, most: float, tint: str
) -> None:
    part = (value or 0) / most if most else 0
    face = mixed(WHITE, tint, 0.08 + 0.92 * part if part else 0)
    hatch = "////" if value is None else None
    page.box(*corner, _COLUMN, _ROW, facecolor=face, edgecolor=PALE, linewidth=0.6, hatch=hatch)
    ink = WHITE if contrast(WHITE, face) > contrast(INK, face) else INK
    middle = (corner[0] + _COLUMN / 2, corner[1] + _ROW / 2)
    page.text(*middle, _number(value), ha="center", size=8, color=ink if value else GREY)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if isinstance(value, float) and value else count(value)
