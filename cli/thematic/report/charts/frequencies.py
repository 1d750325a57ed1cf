"""Code frequencies drawn: how many of how many persons speak of each code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.frequency import MANUAL
from thematic.analysis.result import ResultTable
from thematic.report.charts.drawing import GREY, INK, PALE, short
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
)
from thematic.report.grid import kind_plural

_ROWS, _KINDS = 40, 3  # on a page
_ROW, _HEAD = 0.24, 0.42  # inches
_BAR, _PANEL = 1.7, 2.95  # inches, without and with what is written behind it
_MOST_LETTERS = 26  # of a kind
Record = Mapping[str, Any]


def frequency_charts(table: ResultTable, look: Look) -> Iterator[Drawing]:
    """A row for each code, a column for each kind; a bar as long as n is of N.

    Args:
        table: from `frequencies(by="kind")`.
        look: colours and banner.
    """
    records = table.records()
    paths = list(dict.fromkeys(record["code"] for record in records))
    found = {(record["code"], record["kind"]): record for record in records}
    kinds = list(dict.fromkeys(record["kind"] for record in records))
    parts = [(own, some) for some in chunks(kinds, _KINDS) for own in chunks(paths, _ROWS)]
    judged = any(record["decided_units"] is not None for record in records)
    notes = [
        *_legend(judged=judged),
        *table.notes[:1],
        *cut_note(one.name for one in code_names(paths).values()),
    ]
    heading = Heading(_title(kinds), _bases(records, kinds, judged=judged))
    for number, (own, some) in enumerate(parts, start=1):
        names = code_names(own)
        left = MARGIN + label_width(names.values())
        width = max(left + _PANEL * len(some) + MARGIN, 6.5)
        size = (width, _HEAD + _ROW * len(own))
        page = Page(heading.on_page(number, len(parts)), size, notes, look.banner)
        for row, path in enumerate(own):
            code_label(page, (MARGIN, _HEAD + _ROW * (row + 0.5)), names[path], look.color(path))
        for place, kind in enumerate(some):
            of_kind = [found[path, kind] for path in own if (path, kind) in found]
            _panel(page, left + _PANEL * place, of_kind, own, look, kind == kinds[0])
        yield finished(page)


def _title(kinds: Sequence[str]) -> str:
    said = " and ".join(kind_plural(kind).lower() for kind in kinds).capitalize()
    return f"{said} that speak of each code"


def _bases(records: Sequence[Record], kinds: Sequence[str], *, judged: bool) -> str:
    firsts = [next(record for record in records if record["kind"] == kind) for kind in kinds]
    said = [
        f"{_what(one, one['kind'] == kinds[0])} N = {_base(one, one['kind'] == kinds[0])[1]}"
        for one in firsts
    ]
    by = ", and decided by people" if judged else "; nobody has decided on them"
    return f"{'; '.join(said)}. Suggested by rules{by}."


def _what(record: Record, first: bool) -> str:
    """What n and N are: persons where a person may have several transcripts."""
    kind = kind_plural(record["kind"])
    return f"Persons in {kind.lower()}" if _by_person(record, first) else kind


def _by_person(record: Record, first: bool) -> bool:
    return first and bool(record["cases_N"] != record["transcripts_N"])


def _base(record: Record, first: bool) -> tuple[str, int]:
    name = "cases" if _by_person(record, first) else "transcripts"
    return name, record[f"{name}_N"]


def _legend(*, judged: bool) -> Iterator[str]:
    yield "Bar: n, suggested by rules; its whole length is N, so that each kind has its own."
    if judged:
        yield "Diamond: n of those in whose talk people decided that the code holds."


def _panel(
    page: Page,
    x: float,
    records: Sequence[Record],
    paths: Sequence[str],
    look: Look,
    first: bool,
) -> None:
    """The bars of one kind."""
    if not records:
        return
    name, base = _base(records[0], first)
    page.text(x, 0.1, short(kind_plural(records[0]["kind"]), _MOST_LETTERS), weight="bold")
    unit = "persons" if name == "cases" else kind_plural(records[0]["kind"]).lower()
    page.text(x, 0.27, short(f"{unit} n/N, N = {base}", _MOST_LETTERS), color=GREY, size=8)
    for record in records:
        y = _HEAD + _ROW * paths.index(record["code"])
        page.box(x, y + 0.055, _BAR, 0.13, facecolor=WHITE, edgecolor=PALE, linewidth=0.8)
        n = 0 if record["coded_by"] == MANUAL else record[name]
        if n and base:
            tint = look.color(record["code"])
            bar = _BAR * n / base
            page.box(x, y + 0.055, bar, 0.13, facecolor=tint, edgecolor=INK, linewidth=0.4)
        decided = record[f"decided_{name}"]
        if decided and base:
            page.text(x + _BAR * decided / base, y + 0.115, "◆", size=9, color=WHITE, ha="center")
            page.text(x + _BAR * decided / base, y + 0.115, "◇", size=9, ha="center")
        page.text(x + _BAR + 0.08, y + 0.12, _said(record, name, base), size=8)


def _said(record: Record, name: str, base: int) -> str:
    decided = record[f"decided_{name}"]
    if record["coded_by"] == MANUAL:
        return "no rules" if decided is None else f"{decided}/{base} decided"
    share = record[f"{name}_share"]
    percent = "" if share is None or decided is not None else f" ({round(100 * share)}%)"
    return f"{record[name]}/{base}{percent}" + ("" if decided is None else f" ◇ {decided}/{base}")
