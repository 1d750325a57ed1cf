"""What coders answered on the same units: yes or no, code by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from thematic.analysis.agreement.building import ratings_from_records
from thematic.analysis.agreement.ratings import Rating, Ratings
from thematic.model.nouns import dataclass
from thematic.model.people import Passage


@dataclass(frozen=True, slots=True)
class Judged:
    """One coder's yes or no to one code on one unit."""

    unit: str
    passage: Passage
    coder: str
    code: str
    yes: bool
    turn: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Judgements:
    """All that coders judged, by unit; each coder once per unit and code."""

    coders: tuple[str, ...]
    codes: tuple[str, ...]
    by_place: Mapping[tuple[str, str], Mapping[str, Judged]]  # (unit, code) -> coder -> it
    units: Mapping[str, Judged] = field(default_factory=dict)  # any judgement of each unit


def judgements(found: Iterable[Judged]) -> Judgements:
    """Judgements in order: coders, codes and units as they first appear."""
    by_place: dict[tuple[str, str], dict[str, Judged]] = {}
    coders: dict[str, None] = {}
    codes: dict[str, None] = {}
    units: dict[str, Judged] = {}
    for one in found:
        by_place.setdefault((one.unit, one.code), {})[one.coder] = one
        coders[one.coder] = codes[one.code] = None
        units.setdefault(one.unit, one)
    return Judgements(tuple(coders), tuple(codes), by_place, units)


def yes_no_tables(judged: Judgements) -> dict[str, Ratings]:
    """Units by coders for each code; units are kept apart by interview."""
    return {
        code: ratings_from_records(
            (
                Rating(unit, coder, _answer(judged, unit, code, coder), one.passage.transcript)
                for unit, one in judged.units.items()
                if (unit, code) in judged.by_place
                for coder in judged.coders
            ),
            categories=(False, True),
        )
        for code in judged.codes
    }


def _answer(judged: Judgements, unit: str, code: str, coder: str) -> bool | None:
    found = judged.by_place[unit, code].get(coder)
    return None if found is None else found.yes
