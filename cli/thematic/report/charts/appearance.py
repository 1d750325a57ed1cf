"""First appearance of codes: how many were met so far, transcript by transcript."""

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
    cut_note,
    finished,
    whose,
)
from thematic.report.grid import kind_plural

_WIDTH, _HEIGHT = 7.2, 3.4  # inches
_LEFT = 0.55  # inches beside the curve
_BELOW = (0.2, 0.068)  # inches below it, and for each letter of a name
_MOST_LABELS = 40  # transcripts that are named below it
_MOST_LETTERS = 14  # of a name
Record = Mapping[str, Any]


def appearance_charts(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """One page: codes met so far in the order taken, over the spread of random orders.

    Args:
        table: from `appearance`.
        look: the banner.
    """
    records = table.records()
    first = records[0]
    kind = kind_plural(first["kind"]).lower()
    heading = Heading(
        f"First appearance of codes, {kind}: codes met so far",
        f"{first['codes_N']} codes could be met; N = {first['transcripts_N']} transcripts, by "
        f"{first['order']}. {whose(first['basis'])}",
    )
    step = -(-len(records) // _MOST_LABELS)
    notes = [*_legend(records), *table.notes]
    notes += [f"Of the transcripts every {_ordinal(step)} is named."] if step > 1 else []
    notes += cut_note([record["transcript"] for record in records[::step]], _MOST_LETTERS)
    letters = max(len(short(record["transcript"], _MOST_LETTERS)) for record in records[::step])
    below = _BELOW[0] + _BELOW[1] * letters
    page = Page(heading, (_WIDTH, _HEIGHT + below), notes, look.banner)
    axes = page.axes(_LEFT + MARGIN, 0.1, _WIDTH - _LEFT - 3 * MARGIN, _HEIGHT)
    _draw(axes, records, step)
    yield finished(page)


def _legend(records: Sequence[Record]) -> Iterator[str]:
    yield (
        "Line with points: this order. Bars: codes that are new in a transcript. Dots across: all "
        "codes that could be met."
    )
    if records[0]["random_median"] is not None:
        yield "Grey band and dashes: the middle 90 % of random orders, and their median."
    if any(record["reached"] for record in records):
        yield "Upright dots: the first transcript after which a run brings at most the threshold."


def _ordinal(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")


def _draw(axes: Any, records: Sequence[Record], step: int) -> None:
    from matplotlib.ticker import MaxNLocator

    places = [record["position"] for record in records]
    with style():
        if records[0]["random_median"] is not None:
            low, middle, high = (
                [record[f"random_{name}"] for record in records]
                for name in ("low", "median", "high")
            )
            axes.fill_between(places, low, high, facecolor=PALE, edgecolor=GREY, linewidth=0.5)
            axes.plot(places, middle, color=GREY, linestyle="--", linewidth=1)
        new = [record["new"] for record in records]
        axes.bar(places, new, 0.5, facecolor=WHITE, edgecolor=INK, hatch="///", linewidth=0.6)
        for record in records[1:] if step == 1 else ():  # the first bar ends at the line
            if record["new"]:
                axes.text(
                    record["position"], record["new"] + 0.2, str(record["new"]), size=7, zorder=5,
                    ha="center", va="bottom",
                    bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.3},
                )  # fmt: skip
        met = [record["codes"] for record in records]
        size = 4 if len(records) <= _MOST_LABELS else 2
        axes.plot(places, met, color=INK, marker="o", markersize=size, linewidth=1.4, zorder=4)
        for record in records:
            if record["reached"]:
                _reached(axes, record)
        axes.set_xlim(0.3, len(records) + 0.7)
        axes.set_ylim(0, 1.12 * max(records[0]["codes_N"], 1))
        axes.axhline(records[0]["codes_N"], color=GREY, linewidth=0.8, linestyle=":")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylabel("codes met so far")
        named = [short(record["transcript"], _MOST_LETTERS) for record in records[::step]]
        axes.set_xticks(places[::step], named, rotation=90, size=7)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)


def _reached(axes: Any, record: Record) -> None:
    axes.axvline(record["position"], color=INK, linewidth=0.9, linestyle=":")
    said = f" {record['reached']}: at most {record['threshold']:.0%} new"
    right = record["position"] > 0.6 * record["transcripts_N"]
    axes.text(
        record["position"], 1.065 * record["codes_N"], f"{said} ", va="center", size=7.5,
        ha="right" if right else "left", zorder=5,
        bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.5},
    )  # fmt: skip
