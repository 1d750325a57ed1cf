"""What changed between an earlier result and this one: inputs, totals, themes, and alarms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.causes import Changed, Document, causes
from thematic.analysis.result import ResultTable, table_of
from thematic.model.nouns import dataclass

COLUMNS = [
    "change", "about", "kind", "measure", "before", "before_N", "now", "now_N", "was", "became",
    "detail",
]  # fmt: skip
ALARM = "alarm"
TOTAL = "total"
THEME = "theme"
MEASURES = ("transcripts", "persons", "words")  # of which none should drop by half unnoticed
_NUMBERS = ("cases", "cases_N", "units")  # of each theme and kind
_NOTE = (
    "Before: the latest results with other inputs. Persons: n of N who speak of a theme, as "
    "rules suggest; units as in frequencies. Alarm: transcripts, persons with counted words, or "
    "counted words of a kind are half of what they were, or less."
)


@dataclass(frozen=True)
class Earlier:
    """An earlier result.

    Args:
        manifest: of its folder.
        themes: of each theme and kind: code, kind, cases, cases_N, units.
    """

    manifest: Document
    themes: Sequence[Mapping[str, Any]]


def themes_of(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The themes of the frequencies by kind, with the numbers that are compared.

    Args:
        rows: records of the table, or of its CSV.

    Raises:
        ValueError: a number is none.
        KeyError: a column is missing.
    """
    return [
        {"code": str(row["code"]), "kind": str(row["kind"])}
        | {name: int(row[name]) for name in _NUMBERS}
        for row in rows
        if row["code"] == row["theme"]
    ]


def is_changed(earlier: Earlier, now: Earlier) -> bool:
    """Whether anything that went in or came out is another."""
    return any(causes(earlier.manifest, now.manifest)) or _by_cell(earlier) != _by_cell(now)


def changes(earlier: Earlier, now: Earlier) -> ResultTable:
    """What changed: alarms first, then inputs, totals of each kind, and themes.

    Returns:
        One row a change. Counts stand in `before` and `now` (with `before_N` and `now_N` where
        they have a base), texts in `was` and `became`.
    """
    totals = list(_totals(earlier.manifest, now.manifest))
    rows = [{**row, "change": ALARM} for row in totals if 2 * row["now"] <= row["before"]]
    rows += [_cause(one) for one in causes(earlier.manifest, now.manifest)]
    rows += [row for row in totals if row["before"] != row["now"]]
    rows += _themes(earlier, now)
    return table_of("changes", rows, COLUMNS, "change", (_NOTE,))


def _cause(one: Changed) -> dict[str, Any]:
    return {
        "change": one.cause.value,
        "about": one.about,
        "was": one.was or None,
        "became": one.now or None,
        "detail": one.detail or None,
    }


def _totals(old: Document, new: Document) -> Iterator[dict[str, Any]]:
    """Transcripts, persons and words of each kind, in both results."""
    before, after = _sums(old), _sums(new)
    for kind in kinds_in_order([*before, *after]):
        for measure in MEASURES:
            was, now = (sums.get(kind, {}).get(measure, 0) for sums in (before, after))
            if was or now:
                yield {
                    "change": TOTAL, "about": measure, "kind": kind, "measure": measure,
                    "before": was, "now": now,
                }  # fmt: skip


def _sums(document: Document) -> dict[str, dict[str, int]]:
    persons: dict[str, set[str]] = {}
    sums: dict[str, dict[str, int]] = {}
    for one in document["transcripts"]:
        kind = str(one["kind"])
        of_kind = sums.setdefault(kind, dict.fromkeys(MEASURES, 0))
        of_kind["transcripts"] += 1
        of_kind["words"] += one["words_counted"]
        if one["words_counted"]:
            persons.setdefault(kind, set()).add(str(one["case"]))
        of_kind["persons"] = len(persons.get(kind, ()))
    return sums


def _by_cell(result: Earlier) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (row["code"], row["kind"]): tuple(row[name] for name in _NUMBERS) for row in result.themes
    }


def _themes(earlier: Earlier, now: Earlier) -> Iterator[dict[str, Any]]:
    before, after = _by_cell(earlier), _by_cell(now)
    for code, kind in {**after, **before}:
        was, became = (cells.get((code, kind), (None,) * 3) for cells in (before, after))
        if was == became:
            continue
        told = {"change": THEME, "about": code, "kind": kind}
        yield told | {
            "measure": "persons", "before": was[0], "before_N": was[1],
            "now": became[0], "now_N": became[1],
        }  # fmt: skip
        yield told | {"measure": "units", "before": was[2], "now": became[2]}
