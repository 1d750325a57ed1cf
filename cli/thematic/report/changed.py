"""What changed since earlier results, in sentences for the first page of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from thematic.analysis.causes import Cause
from thematic.analysis.changes import ALARM, THEME, TOTAL, Earlier
from thematic.analysis.result import ResultTable
from thematic.report.content import ALARM_LABEL
from thematic.report.grid import Grid, count, kind_plural

LABEL = "Changed"
NOTHING = "nothing: the same inputs give the same numbers."
_MOST = 8  # of what a sentence lists
_WORDS = {
    Cause.TRANSCRIPT_NEW: "new",
    Cause.TRANSCRIPT_GONE: "gone",
    Cause.TRANSCRIPT: "changed",
}
Row = dict[str, Any]


def changed_facts(
    table: ResultTable, earlier: Earlier, *, themes: bool = True
) -> list[tuple[str, str]]:
    """Labelled sentences: alarms first, then what went in, then what came out.

    Args:
        table: from `changes`.
        earlier: what it was compared with.
        themes: name the themes with other numbers too.
    """
    rows = table.records()
    sentences = [*_transcripts(rows), *_totals(rows), *_codebook(rows, earlier), *_others(rows)]
    sentences += _themes(rows) if themes else []
    alarmed = [(ALARM_LABEL, f"{said}.") for said in alarms(table)]
    return alarmed + [(LABEL, sentence) for sentence in sentences or ([] if rows else [NOTHING])]


def alarms(table: ResultTable) -> list[str]:
    """What dropped by half or more, one clause for each kind of transcript."""
    rows = [row for row in table.records() if row["change"] == ALARM]
    return [f"{kind} fell by half or more: {said}" for kind, said in _by_kind(rows)]


def themes_grid(table: ResultTable) -> Grid | None:
    """Persons and units of each theme, before and now; None where no theme changed."""
    rows = tuple(
        (
            persons["about"],
            kind_plural(persons["kind"]),
            *(_base(persons, name) for name in ("before", "now")),
            *(count(units[name]) for name in ("before", "now")),
        )
        for persons, units in _pairs(table.records())
    )
    heads = ("Theme", "Kind", "Persons before", "Persons now", "Units before", "Units now")
    return Grid("Themes with other numbers", heads, rows, labels=2) if rows else None


def change_in_short(table: ResultTable) -> str:
    """One line for a summary: what kinds of change there are, and how many."""
    rows = table.records()
    found = [f"{len(_of(rows, one))} {word}" for one, word in _WORDS.items() if _of(rows, one)]
    parts = [f"transcripts: {', '.join(found)}"] if found else []
    known = {*_WORDS, ALARM, TOTAL, THEME}
    parts += dict.fromkeys(str(row["change"]) for row in rows if row["change"] not in known)
    themes = len({row["about"] for row in rows if row["change"] == THEME})
    parts += [f"counts of {themes} theme{'s' * (themes != 1)}"] if themes else []
    return "; ".join(parts) or "numbers"


def _of(rows: Sequence[Row], cause: Cause) -> list[Row]:
    return [row for row in rows if row["change"] == cause]


def _listed(names: Sequence[str], between: str = ", ") -> str:
    return between.join(names[:_MOST]) + (f" and {len(names) - _MOST} more" * (len(names) > _MOST))


def _transcripts(rows: Sequence[Row]) -> Iterator[str]:
    parts = [
        f"{len(found)} {word} ({_listed([_about(row) for row in found])})"
        for cause, word in _WORDS.items()
        if (found := _of(rows, cause))
    ]
    if parts:
        yield f"transcripts: {'; '.join(parts)}."


def _about(row: Row) -> str:
    return f"{row['about']}: {row['detail']}" if row["detail"] else str(row["about"])


def _totals(rows: Sequence[Row]) -> Iterator[str]:
    parts = _by_kind([row for row in rows if row["change"] == TOTAL])
    if parts:
        yield f"counted: {'; '.join(f'{kind}: {said}' for kind, said in parts)}."


def _by_kind(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Each kind with its measures before and now."""
    found: dict[str, list[str]] = {}
    for row in rows:
        said = f"{row['about']} {count(row['before'])} → {count(row['now'])}"
        found.setdefault(kind_plural(row["kind"]).lower(), []).append(said)
    return [(kind, ", ".join(said)) for kind, said in found.items()]


def _codebook(rows: Sequence[Row], earlier: Earlier) -> Iterator[str]:
    found = _of(rows, Cause.CODEBOOK)
    if found:
        book = earlier.manifest["codebook"]
        was = f"{book.get('name')} {book.get('version')}, {str(book['sha256'])[:8]}"
        yield f"codebook (was {was}): {_listed([_said(row) for row in found])}."


def _others(rows: Sequence[Row]) -> Iterator[str]:
    known = {*_WORDS, Cause.CODEBOOK, ALARM, TOTAL, THEME}
    found = [f"{row['change']}: {_said(row)}" for row in rows if row["change"] not in known]
    if found:
        yield f"{'; '.join(found[:_MOST])}{' …' * (len(found) > _MOST)}."


def _said(row: Row) -> str:
    values = [value for value in (row["was"], row["became"]) if value is not None]
    arrow = f" {' → '.join(values)}" if len(values) == 2 else ""
    return f"{_about(row)}{arrow}"


def _themes(rows: Sequence[Row]) -> Iterator[str]:
    said = [_theme(persons, units) for persons, units in _pairs(rows)]
    if said:
        yield f"themes, persons n/N and units as rules suggest: {_listed(said, '; ')}."


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The rows of each theme: its persons, its units."""
    found = [row for row in rows if row["change"] == THEME]
    return zip(found[::2], found[1::2], strict=True)


def _theme(persons: Row, units: Row) -> str:
    was, now = (_base(persons, name) for name in ("before", "now"))
    return (
        f"{persons['about']} ({kind_plural(persons['kind']).lower()}) {was} → {now}, "
        f"{count(units['before'])} → {count(units['now'])}"
    )


def _base(row: Row, name: str) -> str:
    n, base = row[name], row[f"{name}_N"]
    return "–" if n is None else f"{n}/{base}"
