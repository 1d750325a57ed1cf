"""Frequencies counted again from the rows of a codings table: no transcript is needed.

Counted in another way than `frequency.py` does: over rows of texts, not over mentions in
transcripts. What comes out must be the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.decided import with_ancestors
from thematic.analysis.result import ResultTable, share, table_of
from thematic.model.nouns import dataclass

Row = Mapping[str, str]
Group = tuple[str, ...]  # the kind; by transcript, its ID too
Place = tuple[str, str]  # transcript, start of the unit
_UNCOUNTED = ("withheld", "swallowed")


@dataclass(frozen=True)
class Bases:
    """What a manifest keeps of a study: its codes, and the N of every number.

    Args:
        codes: paths in codebook order.
        marks: of the codebook, which are columns.
        transcripts: each with id, kind, case and words_counted.
        expected: transcripts declared, by kind.
    """

    codes: Sequence[str]
    marks: Sequence[str]
    transcripts: Sequence[Mapping[str, Any]]
    expected: Mapping[str, int]


@dataclass
class _Sums:
    """What one code has in one group."""

    words: dict[Place, int] = field(default_factory=dict)  # of each unit suggested
    asserted: set[Place] = field(default_factory=set)  # units with a mention that is not negated
    mentions: int = 0
    cases: dict[Place, str] = field(default_factory=dict)
    holds: set[Place] = field(default_factory=set)
    refused: set[Place] = field(default_factory=set)  # itself, or in all that suggests it
    marks: dict[Place, list[set[str]]] = field(default_factory=lambda: defaultdict(list))
    withheld: int = 0


def recounted(
    codings: Sequence[Row], mentions: Sequence[Row] | None, bases: Bases, *, by: str = "kind"
) -> ResultTable:
    """Frequencies by kind or by transcript, from a table of codings.

    Args:
        codings: rows of `codings.csv`, with unit_words.
        mentions: rows of `mentions.csv`; None = columns that need them are left out.
        bases: what else the numbers rest on.
        by: kind or transcript.

    Returns:
        One row a group and code, in the order of `frequencies`, with those of its columns
        that can be counted from these rows. `checked` and `right` are left out where coders
        differ, for the rows do not tell on which passages.
    """
    sums = _suggested(codings, by)
    _judged(codings, by, sums)
    if mentions is not None:
        _from_mentions(mentions, by, sums)
    judged = any(row.get("decided") or row.get("status") == "disputed" for row in codings)
    differing = any(row.get("status") == "disputed" for row in codings)
    rows = []
    for group in _groups(bases, by):
        base = _base(group, bases)
        for code in bases.codes:
            found = sums.get((group, code), _Sums())
            row: dict[str, Any] = {"code": code, "kind": group[0]}
            row |= {"transcript": group[1]} if len(group) > 1 else {}
            row |= base | _counts(found, base)
            row |= _decisions(found, differing=differing) if judged else {}
            if mentions is not None:
                row |= _marked(found, bases.marks)
            rows.append(row)
    columns = list(rows[0]) if rows else ["code", "kind"]
    return table_of("frequencies", rows, columns, codings[0]["unit"] if codings else "")


def _group(row: Row, by: str) -> Group:
    return (row["kind"],) if by == "kind" else (row["kind"], row["transcript"])


def _place(row: Row) -> Place:
    return row["transcript"], row["unit_start"]


def _suggested(codings: Sequence[Row], by: str) -> dict[tuple[Group, str], _Sums]:
    sums: dict[tuple[Group, str], _Sums] = defaultdict(_Sums)
    for row in codings:
        number = int(row["mentions"] or 0)
        for path in with_ancestors(row["code"]) if number else ():
            found = sums[_group(row, by), path]
            found.words[_place(row)] = int(row["unit_words"] or 0)
            found.cases[_place(row)] = row["case"]
            found.mentions += number
            if row["negated"] != "true":
                found.asserted.add(_place(row))
    return sums


def _judged(codings: Sequence[Row], by: str, sums: dict[tuple[Group, str], _Sums]) -> None:
    """Which codes people say hold on which units, and which not: upward through the codebook."""
    own: dict[tuple[Place, str], str] = {}
    suggesting: dict[tuple[Group, str, Place], set[str]] = defaultdict(set)
    for row in codings:
        own[_place(row), row["code"]] = row["decided"]
        for path in with_ancestors(row["code"]):
            key = _group(row, by), path
            if row["decided"] == "true":
                sums[key].holds.add(_place(row))
                sums[key].cases[_place(row)] = row["case"]
            if int(row["mentions"] or 0):
                suggesting[*key, _place(row)].add(row["code"])
    for (group, path, place), codes in suggesting.items():
        if all(_is_refused(code, path, place, own) for code in codes):
            sums[group, path].refused.add(place)


def _is_refused(code: str, top: str, place: Place, own: Mapping[tuple[Place, str], str]) -> bool:
    """Whether people refused a code on a unit, or one above it up to `top`."""
    above = [path for path in with_ancestors(code) if path == top or path.startswith(f"{top}/")]
    return any(own.get((place, path)) == "false" for path in above)


def _from_mentions(mentions: Sequence[Row], by: str, sums: dict[tuple[Group, str], _Sums]) -> None:
    for row in mentions:
        for path in with_ancestors(row["code"]):
            found = sums[_group(row, by), path]
            if row["status"] not in _UNCOUNTED:
                marks = set(row["marks"].split("; "))
                found.marks[_place(row)].append(marks)
            found.withheld += row["status"] == "withheld"


def _groups(bases: Bases, by: str) -> list[Group]:
    spoken = [one for one in bases.transcripts if one["words_counted"]]
    every = [one["kind"] for one in bases.transcripts]
    kinds = kinds_in_order([*every, *bases.expected])
    if by == "kind":
        return [(kind,) for kind in kinds]
    found = {(str(one["kind"]), str(one["id"])) for one in spoken}
    return sorted(found, key=lambda group: (kinds.index(group[0]), group[1:]))


def _base(group: Group, bases: Bases) -> dict[str, int]:
    there = [
        one
        for one in bases.transcripts
        if one["kind"] == group[0] and group[1:] in ((), (one["id"],)) and one["words_counted"]
    ]
    cases = len({one["case"] for one in there})
    declared = bases.expected.get(group[0], 0) if len(group) == 1 else 0
    transcripts = max(declared, len(there))
    return {
        "transcripts_N": transcripts,
        "cases_N": cases + transcripts - len(there),
        "cases_read": cases,
        "words_N": sum(one["words_counted"] for one in there),
    }


def _counts(found: _Sums, base: Mapping[str, int]) -> dict[str, Any]:
    units = len(found.words)
    transcripts = len({transcript for transcript, _ in found.words})
    persons = Counter(found.cases[place] for place in found.words)
    most = max(persons.values(), default=0)
    return {
        "transcripts": transcripts,
        "transcripts_share": share(transcripts, base["transcripts_N"]),
        "cases": len(persons),
        "cases_share": share(len(persons), base["cases_N"]),
        "units": units,
        "mentions": found.mentions,
        "negated": units - len(found.asserted),
        "top_case_units": most,
        "top_case_share": share(most, units),
        "words_covered": sum(found.words.values()),
        "units_per_1000_words": 1000 * units / base["words_N"] if base["words_N"] else None,
    }


def _decisions(found: _Sums, *, differing: bool) -> dict[str, int]:
    right = found.holds & found.words.keys()
    counts = {
        "decided_transcripts": len({transcript for transcript, _ in found.holds}),
        "decided_cases": len({found.cases[place] for place in found.holds}),
        "decided_units": len(found.holds),
    }
    if not differing:
        counts |= {"checked": len(right | found.refused), "right": len(right)}
    return counts


def _marked(found: _Sums, marks: Sequence[str]) -> dict[str, int]:
    shared = [set.intersection(*each) for each in found.marks.values()]
    counts = {mark: sum(mark in held for held in shared) for mark in marks}
    return counts | {"withheld": found.withheld}
