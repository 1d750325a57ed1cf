"""Co-occurrence: which codes stand together on a unit, or near each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from itertools import combinations
from typing import Any

from thematic.analysis.base import KindBase, bases
from thematic.analysis.coded_units import (
    CodedUnit,
    basis_note,
    coded_units,
    countable,
    uncountable_note,
)
from thematic.analysis.result import ResultTable, share, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study

COLUMNS = [
    "kind",
    "code_1",
    "code_2",
    "cases_1",
    "cases_2",
    "cases_12",
    "cases_N",
    "transcripts_12",
    "transcripts_N",
    "n1",
    "n2",
    "n12",
    "n1_with_2",
    "n2_with_1",
    "n_either",
    "overlapping",
    "apart",
    "jaccard",
    "jaccard_apart",
    "share_of_1",
    "share_of_2",
    "units_N",
    "within",
    *SETTINGS,
]

Place = tuple[str, int, int]  # transcript, turn (0 where units are whole turns), place in it
Pair = tuple[str, str]


@dataclass
class _Code:
    """Where one code stands in one kind of transcript."""

    places: set[Place] = field(default_factory=set)
    mentions: dict[Place, tuple[Mention, ...]] = field(default_factory=dict)


@dataclass
class _Ground:
    """The coded units of one kind, and what they are out of."""

    codes: dict[str, _Code]
    cases: dict[str, str] = field(default_factory=dict)  # by transcript
    units: int = 0

    def cases_of(self, places: Collection[Place]) -> int:
        """Persons who have any of these units."""
        return len({self.cases[id] for id, _, _ in places})


def cooccurrence(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
    within: int = 0,
    zero: bool = True,
) -> ResultTable:
    """How often two codes stand together, for each pair and each kind of transcript.

    Two codes are together on a unit that carries both, or with `within` on units at most so
    far from each other: sentences and paragraphs of one turn, turns of one transcript (only
    those that count). Jaccard's coefficient is n12 / n_either, which without `within` is
    n12 / (n1 + n2 - n12) (Jaccard 1912, doi 10.1111/j.1469-8137.1912.tb05611.x).

    Args:
        codings: from `code_transcripts`.
        study: what is declared; its expected numbers become N.
        codes: paths; empty = the themes. A code is never paired with one above or below it.
        basis: whose codings count.
        unit: what is counted once; None = the codings' unit.
        within: units that may lie apart; 0 = the same unit.
        zero: keep pairs that never stand together.

    Raises:
        ValueError: `within` where the unit is the whole transcript.
    """
    study, unit = study or Study(), unit or codings.unit
    if within and unit is Unit.TRANSCRIPT:
        raise ValueError("whole transcripts are not near each other")
    asked = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, asked)
    grounds = _grounds(codings, unit, basis, paths)
    settings = settings_of(codings, study, unit, basis) | {"within": within}
    rows = [
        _row(pair, grounds[base.kind], base, within) | settings
        for base in bases(codings, study)
        if base.kind in grounds
        for pair in pairs(paths)
    ]
    rows = [row for row in rows if zero or row["n12"]]
    notes = (*_notes(unit, within), *uncountable_note(asked, paths), basis_note(codings, basis))
    return table_of("cooccurrence", rows, COLUMNS, unit.value, notes)


def pairs(paths: Sequence[str]) -> Iterator[Pair]:
    """All pairs of codes in the order given, none of which covers the other."""
    for one, other in combinations(dict.fromkeys(paths), 2):
        if not (f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")):
            yield one, other


def _grounds(
    codings: Codings, unit: Unit, basis: Basis, paths: Sequence[str]
) -> dict[str, _Ground]:
    """By kind, where each code stands."""
    found: dict[str, _Ground] = {}
    counts: dict[tuple[str, int], int] = {}
    for one in coded_units(codings, unit, basis, every=True):
        transcript = one.source.transcript
        ground = found.setdefault(transcript.kind, _Ground({path: _Code() for path in paths}))
        ground.cases[transcript.id] = transcript.case
        ground.units += 1
        sequence = (transcript.id, 0 if unit is Unit.TURN else one.unit.turn)
        counts[sequence] = counts.get(sequence, -1) + 1
        _put(one, ground, (*sequence, counts[sequence]))
    return found


def _put(one: CodedUnit, ground: _Ground, place: Place) -> None:
    for path in one.codes & ground.codes.keys():
        ground.codes[path].places.add(place)
        ground.codes[path].mentions[place] = one.mentions.get(path, ())


def _row(pair: Pair, ground: _Ground, base: KindBase, within: int) -> dict[str, Any]:
    one, other = (ground.codes[path] for path in pair)
    first, second = _near(one, other, within), _near(other, one, within)
    both, either = first | second, one.places | other.places
    overlapping = sum(_on_shared_words(place, one, other, within) for place in both)
    n1, n2 = len(one.places), len(other.places)
    return {
        "kind": base.kind,
        "code_1": pair[0],
        "code_2": pair[1],
        "cases_1": ground.cases_of(one.places),
        "cases_2": ground.cases_of(other.places),
        "cases_12": ground.cases_of(both),
        "cases_N": base.cases_n,
        "transcripts_12": len({id for id, _, _ in both}),
        "transcripts_N": base.transcripts_n,
        "n1": n1,
        "n2": n2,
        "n12": len(both),
        "n1_with_2": len(first),
        "n2_with_1": len(second),
        "n_either": len(either),
        "overlapping": overlapping,
        "apart": len(both) - overlapping,
        "jaccard": len(both) / len(either) if either else None,
        "jaccard_apart": (len(both) - overlapping) / len(either) if either else None,
        "share_of_1": share(len(first), n1),
        "share_of_2": share(len(second), n2),
        "units_N": ground.units,
    }


def _near(one: _Code, other: _Code, within: int) -> set[Place]:
    """The units of one code that have the other at most so far away."""
    if not within:
        return one.places & other.places
    return {
        place for place in one.places if any(near in other.places for near in _round(place, within))
    }


def _round(place: Place, within: int) -> Iterator[Place]:
    transcript, turn, index = place
    return ((transcript, turn, index + step) for step in range(-within, within + 1))


def _on_shared_words(place: Place, one: _Code, other: _Code, within: int) -> bool:
    """Whether the two codes rest on overlapping mentions here, and on nothing else near."""
    mine, theirs = one.mentions.get(place, ()), other.mentions.get(place, ())
    if not (mine and theirs):
        return False
    apart = any(not a.span.overlaps(b.span) for a in mine for b in theirs)
    near = (near for near in _round(place, within) if near != place)
    return not apart and not any(near in one.places or near in other.places for near in near)


def _notes(unit: Unit, within: int) -> Iterator[str]:
    of = "of the same transcript, those that count" if unit is Unit.TURN else "of the same turn"
    name = f"{unit.value}s"
    if within:
        yield (
            f"n12: {name} that carry one of the codes and have the other at most {within} {name} "
            f"away, {of}."
        )
    else:
        yield f"n12: {name} that carry both codes; each counts once."
    yield (
        "Overlapping: of these, those in which the two codes stand on the same words only, which "
        "tells of the rules and not of the talk. Jaccard: n12 of all that carry either code."
    )
    yield "Codes with many rules meet more often: compare groups, do not rank pairs."
