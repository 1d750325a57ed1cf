"""Two groups side by side: rates per 1,000 words, and the log ratio of each code."""

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
    Look,
    Page,
    chunks,
    code_label,
    code_names,
    cut_note,
    finished,
    label_width,
    units_of,
    whose,
)
from thematic.report.comparison import ratio
from thematic.report.grid import count, kind_plural

_ROWS = 40  # on a page
_ROW, _HEAD, _AXIS = 0.26, 0.32, 0.45  # inches
_RATES, _RATIOS, _TEXTS, _GAP = 2.3, 2.1, 0.62, 0.25  # inches, wide
_MOST_LETTERS = 40  # of the name of a group
_LEAST = 1.0  # log ratio that the axis reaches on both sides
Record = Mapping[str, Any]


def comparison_charts(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """A row for each code: the rates of both groups on the left, their log ratio on the right.

    Args:
        table: from `comparison`.
        look: colours and banner.
    """
    records = table.records()
    parts = list(chunks(records, _ROWS))
    names = [one.name for one in code_names([record["code"] for record in records]).values()]
    notes = [*_legend(records), *table.notes, *cut_note(names)]
    for number, own in enumerate(parts, start=1):
        heading = _heading(table, records[0]).on_page(number, len(parts))
        yield finished(_page(heading, records, own, table, notes, look))


def _name(record: Record, side: str) -> str:
    name = str(record[f"group_{side}"])
    return short(name if record["kind"] else kind_plural(name).lower(), _MOST_LETTERS)


def _legend(records: Sequence[Record]) -> Iterator[str]:
    yield (
        "● A, □ B. n/N: transcripts with the code, of all of the group. Rate: per 1,000 words. "
        "Hollow diamond: one of the two has none."
    )
    if any(record["low"] is not None for record in records):
        yield "Whiskers: 95 % interval of the log ratio."
    elif records[0]["resamples"]:
        why = dict.fromkeys(record["interval"] for record in records if record["interval"])
        yield f"No interval: {'; '.join(why)}."


def _heading(table: ResultTable, first: Record) -> Heading:
    bases = [
        f"{side.upper()} ({_name(first, side)}): N = {first[f'transcripts_N_{side}']} transcripts, "
        f"{first[f'cases_N_{side}']} persons, {count(first[f'words_N_{side}'])} words"
        for side in ("a", "b")
    ]
    of = f" ({kind_plural(first['kind']).lower()} by {first['by']})" if first["kind"] else ""
    return Heading(
        f"A, {_name(first, 'a')}, against B, {_name(first, 'b')}{of}: {units_of(table)}",
        f"{'; '.join(bases)}. {whose(first['basis'])}",
    )


def _page(
    heading: Heading,
    records: Sequence[Record],
    own: Sequence[Record],
    table: ResultTable,
    notes: Sequence[str],
    look: Look,
) -> Page:
    names = code_names([record["code"] for record in own])
    left = MARGIN + label_width(names.values())
    second = left + _RATES + _GAP
    texts = [second + _RATIOS + _TEXTS * (place + 0.6) for place in range(5)]
    tall = _ROW * len(own)
    size = (texts[-1] + _TEXTS / 2 + MARGIN, _HEAD + tall + _AXIS)
    page = Page(heading, size, notes, look.banner)
    heads = ("A n/N", "B n/N", "A rate", "B rate", "Log ratio")
    for x, head in zip(texts, heads, strict=True):
        page.text(x, _HEAD - 0.12, head, ha="center", size=7.5, color=GREY)
    for row, record in enumerate(own):
        y = _HEAD + _ROW * (row + 0.5)
        path = record["code"]
        code_label(page, (MARGIN, y), names[path], look.color(path))
        said = [f"{record[f'transcripts_{s}']}/{record[f'transcripts_N_{s}']}" for s in "ab"]
        said += [_rate(record[f"units_per_1000_words_{s}"]) for s in "ab"]
        for x, text in zip(texts, [*said, ratio(dict(record))], strict=True):
            page.text(x, y, text, ha="center", size=8)
    tints = [look.color(record["code"]) for record in own]
    _rates(page.axes(left, _HEAD, _RATES, tall), own, records, tints)
    _ratios(page.axes(second, _HEAD, _RATIOS, tall), own, records, tints)
    below = _HEAD + tall + 0.34
    rate = f"{units_of(table)} for each 1,000 words"
    page.text(left + _RATES / 2, below, rate, ha="center", size=8, color=GREY)
    said_below = "← more in B   log ratio   more in A →"
    page.text(second + _RATIOS / 2, below, said_below, ha="center", size=8, color=GREY)
    return page


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _plain(axes: Any, rows: int) -> None:
    axes.set_ylim(rows, 0)
    axes.set_yticks([])
    axes.tick_params(axis="x", labelsize=7, length=2)
    for row in range(1, rows, 2):
        axes.axhspan(row, row + 1, facecolor="#f5f5f5", edgecolor="none", zorder=0)
    for side in axes.spines.values():
        side.set_color(PALE)


def _rates(
    axes: Any, own: Sequence[Record], records: Sequence[Record], tints: Sequence[str]
) -> None:
    """A filled circle for A, an open square for B, and a line between them."""
    columns = [f"units_per_1000_words_{side}" for side in "ab"]
    most = max((r[c] or 0 for r in records for c in columns), default=0) or 1
    with style():
        _plain(axes, len(own))
        axes.set_xlim(-0.05 * most, 1.08 * most)
        for row, (record, tint) in enumerate(zip(own, tints, strict=True)):
            a, b = (record[column] for column in columns)
            if a is not None and b is not None:
                axes.plot([a, b], [row + 0.5] * 2, color=GREY, linewidth=1, zorder=1)
            if b is not None:
                axes.scatter(
                    [b], [row + 0.5], s=38, marker="s", facecolor=WHITE, edgecolor=INK, zorder=2,
                    linewidth=1.1,
                )  # fmt: skip
            if a is not None:
                axes.scatter(
                    [a], [row + 0.5], s=24, marker="o", facecolor=tint, edgecolor=INK, zorder=3,
                    linewidth=0.6,
                )  # fmt: skip


def _ratios(
    axes: Any, own: Sequence[Record], records: Sequence[Record], tints: Sequence[str]
) -> None:
    """The log ratio from 0, hollow where 0.5 stands for nothing found; its interval."""
    columns = ("log_ratio", "low", "high")
    most = max((abs(r[c]) for r in records for c in columns if r[c] is not None), default=0)
    most = 1.12 * max(most, _LEAST)
    with style():
        _plain(axes, len(own))
        axes.set_xlim(-most, most)
        axes.axvline(0, color=INK, linewidth=0.8, zorder=1)
        for row, (record, tint) in enumerate(zip(own, tints, strict=True)):
            value, y = record["log_ratio"], row + 0.5
            if value is None:
                continue
            axes.plot([0, value], [y, y], color=GREY, linewidth=1, zorder=1)
            if record["low"] is not None:
                ends = [record["low"], record["high"]]
                axes.plot(ends, [y, y], color=INK, linewidth=0.9, marker="|", zorder=2)
            face = WHITE if record["zero"] else tint
            axes.scatter(
                [value], [y], s=24, marker="D", facecolor=face, edgecolor=INK, zorder=3,
                linewidth=0.7,
            )  # fmt: skip
