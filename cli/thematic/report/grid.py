"""Result tables as grids of short texts: the one place that formats numbers for reading.

The terminal, Markdown and HTML draw the same grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from thematic.analysis.evidence import CHECKED, DECIDED, NEGATED, UNITS, WITHHELD, Asked
from thematic.analysis.frequency import MANUAL
from thematic.analysis.result import ResultTable
from thematic.model.nouns import dataclass

NARROW = {
    "Sentences": "Sen-\ntences",
    "Paragraphs": "Para-\ngraphs",
    "Transcripts": "Tran-\nscripts",
    "Interviews": "Inter-\nviews",
    "Publications": "Publ.",
    "interview": "int.",
    "publication": "publ.",
    "Decided": "De-\ncided",
    "Negated": "Ne-\ngated",
    "Withheld": "With-\nheld",
    "Right/checked": "Right/\nchecked",
    "Top 1": "Top\n1",
}
PLURALS = {"sentence": "Sentences", "paragraph": "Paragraphs", "turn": "Turns"}
PLURALS |= {"transcript": "Transcripts"}
KIND_PLURALS = {"interview": "Interviews", "publication": "Publications"}
KIND_PLURALS |= {"survey": "Survey respondents"}  # each is a transcript
_SHORT = 6  # letters of a kind in a narrow head


@dataclass(frozen=True)
class Grid:
    """A table to draw: one title, heads, rows of texts; the first column is a label.

    `narrow_heads` say the same in lines short enough for 80 columns.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow_heads: tuple[str, ...] = ()
    labels: int = 1  # columns that are labels, set left
    levels: tuple[int, ...] = ()  # depth of each row's label, 0 = a theme
    notes: tuple[str, ...] = ()
    whole: tuple[int, ...] = ()  # columns whose values are not broken over lines
    asked: tuple[tuple[Asked | None, ...], ...] = ()  # what stands behind each cell's number
    paths: tuple[str, ...] = ()  # of the code that each row is about, where rows are codes


def plural(unit: str) -> str:
    """The head that names a unit."""
    return PLURALS.get(unit, unit.capitalize())


def kind_plural(kind: str) -> str:
    """The head that names a kind of transcript."""
    return KIND_PLURALS.get(kind) or _plural_of(kind).capitalize()


def _plural_of(word: str) -> str:
    """An English plural by the rule, where the last word may be English and singular."""
    last = word.rpartition(" ")[2]
    if not (last.isascii() and last.isalpha() and last.islower()) or last.endswith("s"):
        return word
    if re.search("[^aeiou]y$", last):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search("(x|z|ch|sh)$", last) else f"{word}s"


def count(number: Any) -> str:
    """A count with thousands apart; a dash where there is none."""
    return "–" if number is None else f"{int(number):,}"


def one_decimal(rate: float) -> str:
    """A rate with one decimal; one that is not zero is not shown as zero."""
    return "<0.1" if 0 < rate < 0.05 else f"{rate:.1f}"


def percent(value: Any) -> str:
    """A share in [0, 1] as a whole percentage."""
    return "–" if value is None else f"{round(100 * float(value))}%"


def of_base(n: int, base: int, share: float | None) -> str:
    """n/N, with a percentage where the base allows one."""
    return f"{n}/{base}" + (f" ({round(100 * share)}%)" if share is not None else "")


def frequency_grids(table: ResultTable, *, codes: bool = True) -> list[Grid]:
    """Frequencies by kind, as the default report shows them.

    Args:
        table: from `frequencies(by="kind")`.
        codes: show the codes below the themes.

    Returns:
        One grid for up to two kinds side by side, else one grid per kind; also where people
        decided, for then each count stands twice.
    """
    records = [r for r in table.records() if codes or r["code"] == r["theme"]]
    kinds = list(dict.fromkeys(record["kind"] for record in records))
    if len(kinds) <= 2 and not judged_in(records):
        return [_side_by_side(table, records, kinds)] if kinds else []
    grids = [
        _side_by_side(table, [r for r in records if r["kind"] == kind], [kind], alone=False)
        for kind in kinds
    ]
    notes = tuple(dict.fromkeys(note for grid in grids for note in grid.notes))
    notes += tuple(_disputes(records, kinds, table.unit))
    return [*(replace(grid, notes=()) for grid in grids[:-1]), replace(grids[-1], notes=notes)]


def stance_grid(table: ResultTable, marks: Sequence[str]) -> Grid | None:
    """How the themes are spoken of in the first kind: negated, and the codebook's marks.

    Args:
        table: from `frequencies(by="kind")`.
        marks: the names of the codebook's marks; none gives no grid.
    """
    records = [record for record in table.records() if record["code"] == record["theme"]]
    if not marks or not records:
        return None
    kind = records[0]["kind"]
    names = ["negated", *marks]
    records = [record for record in records if record["kind"] == kind]
    rows = tuple(
        (_label(record["code"]), units_said(record), *(count(record[name]) for name in names))
        for record in records
    )
    units = plural(table.unit)
    return Grid(
        title=f"How {kind_plural(kind).lower()} speak of each theme: {units.lower()} by stance, "
        "suggested by rules",
        heads=("Theme", units, *(name.capitalize() for name in names)),
        rows=rows,
        levels=(0,) * len(rows),
        notes=(
            f"A {table.unit} has a stance when every mention of the theme in it stands at most "
            "five words after a cue of that stance; cues further off, or in another sentence, "
            "are not seen.",
        ),
        asked=tuple(_behind(record, [UNITS, *names]) for record in records),
        paths=tuple(record["code"] for record in records),
    )


def _behind(record: dict[str, Any], columns: Sequence[str]) -> tuple[Asked | None, ...]:
    """What stands behind a label, which is nothing, and behind the numbers after it."""
    return (None, *(Asked(record["code"], column, record["kind"]) for column in columns))


def judged_in(records: Sequence[dict[str, Any]]) -> bool:
    """Whether people decided anything in the study."""
    return any(record["decided_units"] is not None for record in records)


def _side_by_side(
    table: ResultTable,
    records: Sequence[dict[str, Any]],
    kinds: Sequence[str],
    *,
    alone: bool = True,
) -> Grid:
    """One grid of some kinds; `alone` where its notes stand below no other grid."""
    first = kinds[0]
    by_code: dict[str, dict[str, dict[str, Any]]] = {}
    for record in records:
        by_code.setdefault(record["code"], {})[record["kind"]] = record
    persons = any(r["cases_N"] != r["transcripts_N"] for r in records if r["kind"] == first)
    heads = ["Theme, code"]
    heads += [_base_head(by_code, kind, persons=persons and kind == first) for kind in kinds]
    heads += [f"{plural(table.unit)} {kind}" for kind in kinds]
    judged = judged_in(records)
    heads += [f"Decided {kind}" for kind in kinds] if judged else []
    heads += ["Top 1", "Negated", "Withheld", "Right/checked"]
    absent = persons and any(r["cases_N"] > r["cases_read"] for r in records)
    rows = []
    for found in by_code.values():
        row = [_label(found[first]["code"])]
        row += [_bases(found[kind], persons=persons and kind == first) for kind in kinds]
        row += [units_said(found[kind]) for kind in kinds]
        row += [count(found[kind]["decided_units"]) for kind in kinds] if judged else []
        rows.append((*row, *_quality(found[first])))
    return Grid(
        title=" and ".join(kind_plural(kind).lower() for kind in kinds).capitalize()
        + " that speak of each theme",
        heads=tuple(heads),
        narrow_heads=tuple(_narrow(head, _short_kinds(kinds)) for head in heads),
        rows=tuple(rows),
        levels=tuple(code.count("/") for code in by_code),
        whole=tuple(range(1, len(heads))),
        asked=tuple(_asked(found, kinds, judged=judged) for found in by_code.values()),
        paths=tuple(by_code),
        notes=(
            (f"Of {kind_plural(first).lower()}: " if alone else "")
            + "Top 1, the share of the person with most; Negated, "
            f"{plural(table.unit).lower()} in which every mention is negated (counted); Withheld, "
            "mentions kept out by a guard, a `none` item or, where asked, a negation (not "
            "counted). "
            + ("A transcript that was not read stands for one person. " if absent else "")
            + (_JUDGED.format(units=plural(table.unit)) if judged else _UNJUDGED)
            + " Percentages only of 20 or more.",
        ),
    )


def _asked(
    found: dict[str, dict[str, Any]], kinds: Sequence[str], *, judged: bool
) -> tuple[Asked | None, ...]:
    """What stands behind the cells of one row of `_side_by_side`."""
    first = found[kinds[0]]
    main = DECIDED if first["coded_by"] == MANUAL else UNITS

    def of_kinds(column: str) -> list[Asked]:
        return [Asked(first["code"], column, kind) for kind in kinds]

    top = Asked(first["code"], UNITS, kinds[0], top=True)
    of_first = [Asked(first["code"], one, kinds[0]) for one in (NEGATED, WITHHELD, CHECKED)]
    decided = of_kinds(DECIDED) if judged else []
    return (None, *of_kinds(main), *of_kinds(UNITS), *decided, top, *of_first)


_UNJUDGED = "All suggested by rules. Right/checked: nobody has checked yet."
_JUDGED = (
    "{units}: suggested by rules. Decided: those on which people say that the code holds, "
    "suggested or not. Right/checked: of the suggested ones that people judged, those that hold."
)


def _disputes(records: Sequence[dict[str, Any]], kinds: Sequence[str], unit: str) -> Iterator[str]:
    """How much of what was checked is disputed, for each kind and each code shown."""
    for kind in kinds:
        found = [
            f"{one['code']} {one['disputed']:,} of {one['checked']:,} checked"
            for one in records
            if one["kind"] == kind and one["disputed"]
        ]
        if found:
            units = plural(unit).lower()
            whose = f"{kind_plural(kind)}, {units} that are disputed and not counted as right"
            yield f"{whose}: {', '.join(found)}."


def base_columns(table: ResultTable) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """n/N of each code in each kind, as the first table of the report has it.

    Args:
        table: from `frequencies(by="kind")`.

    Returns:
        The heads, and the cells by code.
    """
    by_code: dict[str, dict[str, dict[str, Any]]] = {}
    for record in table.records():
        by_code.setdefault(record["code"], {})[record["kind"]] = record
    kinds = list(next(iter(by_code.values()), ()))
    of_first = [record for found in by_code.values() for record in list(found.values())[:1]]
    persons = any(record["cases_N"] != record["transcripts_N"] for record in of_first)
    whose = {kind: persons and kind == kinds[0] for kind in kinds}
    heads = tuple(_base_head(by_code, kind, persons=whose[kind]) for kind in kinds)
    return heads, {
        code: tuple(_bases(found[kind], persons=whose[kind]) for kind in kinds)
        for code, found in by_code.items()
    }


def _narrow(head: str, kinds: Mapping[str, str]) -> str:
    if head in NARROW:
        return NARROW[head]
    what, _, kind = head.partition(" ")
    if kind in kinds:
        return f"{NARROW.get(what, what)}\n{kinds[kind]}"
    return "\n".join(NARROW.get(word, word) for word in head.split(" "))


def _short_kinds(kinds: Sequence[str]) -> dict[str, str]:
    """Kinds as heads of counts have them where there is little room."""
    short = {
        kind: NARROW.get(kind) or (kind if len(kind) <= _SHORT else f"{kind[: _SHORT - 1]}.")
        for kind in kinds
    }
    return short if len(set(short.values())) == len(short) else {kind: kind for kind in kinds}


def _base_head(by_code: dict[str, dict[str, dict[str, Any]]], kind: str, *, persons: bool) -> str:
    record = next(iter(by_code.values()))[kind]
    if persons:
        return f"Persons n/{record['cases_N']}"
    return f"{kind_plural(kind)} n/{record['transcripts_N']}"


def _bases(record: dict[str, Any], *, persons: bool) -> str:
    which = "cases" if persons else "transcripts"
    if record["coded_by"] == MANUAL:
        found = record[f"decided_{which}"]
        return "by hand" if found is None else f"{found}/{record[f'{which}_N']} by hand"
    return of_base(record[which], record[f"{which}_N"], record[f"{which}_share"])


def units_said(record: Mapping[str, Any]) -> str:
    """Units that carry a code; a dash where no rule could suggest it."""
    return "–" if record["coded_by"] == MANUAL else count(record["units"])


def _quality(record: dict[str, Any]) -> tuple[str, str, str, str]:
    if record["coded_by"] == MANUAL:
        return ("–", "–", "–", "–")
    return (
        _top(record),
        count(record["negated"]),
        count(record["withheld"]),
        f"{record['right']}/{record['checked']}" if record["checked"] else "–",
    )


def _top(record: dict[str, Any]) -> str:
    """The largest part one person has: a percentage, or k/n of few units."""
    if record["top_case_share"] is not None:
        return percent(record["top_case_share"])
    return f"{record['top_case_units']}/{record['units']}" if record["units"] else "–"


def _label(path: str) -> str:
    depth = path.count("/")
    name = path.rpartition("/")[2]
    return name.upper() if depth == 0 else "  " * depth + name
