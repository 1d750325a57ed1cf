"""Networks as tables: actors, ties between them, and the units behind each tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import combinations
from typing import Any

from thematic.analysis.base import bases
from thematic.analysis.coded_units import basis_note
from thematic.analysis.network.sightings import Named, Sighting, sightings
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.analysis.sources import citation, said
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study

ACTORS = ("kind", "code", "actor", "cases", "cases_N", "transcripts", "units", "apart", "ties")
TIES = (
    *("kind", "code", "actor_1", "actor_2", "cases", "cases_N", "transcripts", "units"),
    *("apart", "negated", "contrasted"),
)
UNITS = (
    *("kind", "code", "actor_1", "actor_2", "counted", "negated", "contrasted", "marks"),
    *("citation", "text"),
)
CAVEAT = (
    "This shows talk: two actors are tied where one {unit} that carries the code names both. A tie "
    "has no direction and says nothing of what they did; weights are persons first."
)
APART = (
    "Units in which an actor or the code is negated, or an actor is named in contrast (`unlike "
    "X`), are listed and stand in the column apart; they make no tie."
)
ENGLISH = "Words of contrast are known in English only."

Pair = tuple[str, str]


@dataclass
class _Tally:
    """Running sums of one actor or tie."""

    cases: set[str] = field(default_factory=set)
    transcripts: set[str] = field(default_factory=set)
    units: int = 0
    apart: int = 0
    negated: int = 0
    contrasted: int = 0

    def add(self, sighting: Sighting, named: Iterable[Named]) -> None:
        """Take up one unit in which these actors are named."""
        named = list(named)
        negated = sighting.negated or any(one.negated for one in named)
        contrasted = any(one.contrasted for one in named)
        self.negated += negated
        self.contrasted += contrasted
        if negated or contrasted:
            self.apart += 1
            return
        self.units += 1
        self.cases.add(sighting.source.transcript.case)
        self.transcripts.add(sighting.source.transcript.id)

    def counts(self) -> dict[str, int]:
        """Its columns."""
        return {
            "cases": len(self.cases),
            "transcripts": len(self.transcripts),
            "units": self.units,
            "apart": self.apart,
        }


@dataclass(frozen=True)
class Networks:
    """One network for each kind of transcript and each code.

    Args:
        actors: one row for each actor, isolates too.
        ties: one row for each pair that any unit names together.
        units: one row for each unit and pair.
    """

    actors: ResultTable
    ties: ResultTable
    units: ResultTable

    @property
    def tables(self) -> tuple[ResultTable, ...]:
        """All three."""
        return self.ties, self.actors, self.units


def networks(
    codings: Codings,
    actors: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    unit: Unit | None = None,
    basis: Basis = Basis.SUGGESTED,
) -> Networks:
    """Co-mention networks: which actors are named together where a code is.

    Kinds of transcript are never pooled. A code's network holds every actor that the list
    names, whether or not anybody speaks of it there.

    Args:
        codings: the coded study.
        actors: the same transcripts coded by names: one theme for each actor, in its order.
        study: what is declared; its expected numbers become N.
        codes: paths; empty = the themes.
        unit: within which actors are together; None = the codings' unit.
        basis: whose codings of the codes count.
    """
    study, unit = study or Study(), unit or codings.unit
    paths = list(codes) or [theme.path for theme in codings.codebook.themes]
    found = list(sightings(codings, actors, paths, unit, basis))
    names = [theme.path for theme in actors.codebook.themes]
    settings = settings_of(codings, study, unit, basis)
    spoken = {base.kind: base.cases_n for base in bases(codings, study) if base.with_words}
    grounds = [
        {"kind": kind, "code": code, "cases_N": cases}
        for kind, cases in spoken.items()
        for code in paths
    ]
    own, pairs = _tallies(found)
    notes = [CAVEAT.format(unit=unit.value), APART, basis_note(codings, basis)]
    if codings.codebook.language != "en":
        notes.append(ENGLISH)
    tied = _tied(grounds, pairs, names)
    lonely = _actors(grounds, own, pairs, names)
    behind = _units(found, names, codings, study)
    return Networks(
        _table("actors", lonely, ACTORS, settings, notes),
        _table("ties", tied, TIES, settings, notes),
        _table("tie_units", behind, UNITS, settings, notes),
    )


def _table(
    name: str,
    rows: Iterable[dict[str, Any]],
    columns: Sequence[str],
    settings: dict[str, Any],
    notes: Sequence[str],
) -> ResultTable:
    full = [row | settings for row in rows]
    heads = [*columns, *SETTINGS]
    quoted = ("text",) if "text" in columns else ()
    return table_of(name, full, heads, settings["unit"], tuple(notes), quoted=quoted)


Place = tuple[str, str]  # kind and code


def _tallies(
    found: Sequence[Sighting],
) -> tuple[dict[tuple[Place, str], _Tally], dict[tuple[Place, Pair], _Tally]]:
    """Sums of each actor and each pair, by kind and code."""
    own: dict[tuple[Place, str], _Tally] = defaultdict(_Tally)
    pairs: dict[tuple[Place, Pair], _Tally] = defaultdict(_Tally)
    for one in found:
        place = (one.source.transcript.kind, one.theme)
        for named in one.actors:
            own[place, named.actor].add(one, [named])
        for first, second in combinations(one.actors, 2):
            key = tuple(sorted((first.actor, second.actor)))
            pairs[place, (key[0], key[1])].add(one, [first, second])
    return own, pairs


def _tied(
    grounds: Sequence[dict[str, Any]],
    pairs: dict[tuple[Place, Pair], _Tally],
    names: Sequence[str],
) -> Iterator[dict[str, Any]]:
    """Ties of each network, by the order of the list."""
    for ground in grounds:
        for one, other in combinations(names, 2):
            key = tuple(sorted((one, other)))
            tally = pairs.get(((ground["kind"], ground["code"]), (key[0], key[1])))
            if tally is not None:
                counts = tally.counts()
                more = {"negated": tally.negated, "contrasted": tally.contrasted}
                yield ground | {"actor_1": one, "actor_2": other} | counts | more


def _actors(
    grounds: Sequence[dict[str, Any]],
    own: dict[tuple[Place, str], _Tally],
    pairs: dict[tuple[Place, Pair], _Tally],
    names: Sequence[str],
) -> Iterator[dict[str, Any]]:
    """Every actor in every network; ties are those with a weight."""
    for ground in grounds:
        place = (ground["kind"], ground["code"])
        tied = [pair for (where, pair), tally in pairs.items() if where == place and tally.units]
        for name in names:
            tally = own.get((place, name), _Tally())
            ties = sum(name in pair for pair in tied)
            yield ground | {"actor": name, "ties": ties} | tally.counts()


def _units(
    found: Sequence[Sighting], names: Sequence[str], codings: Codings, study: Study
) -> Iterator[dict[str, Any]]:
    """Every unit behind every tie, in codebook order of codes and text order of units."""
    order = {path: number for number, path in enumerate(codings.codebook.paths())}
    place = {name: number for number, name in enumerate(names)}
    for one in sorted(found, key=lambda one: order[one.theme]):
        transcript = one.source.transcript
        turns = {turn.number: turn for turn in transcript.turns}
        first_mention = one.actors[0].mentions[0]
        turn = turns[one.unit.turn or first_mention.turn]
        quoted = one.unit
        if not one.unit.turn:  # a transcript is never printed whole
            quoted = one.source.unit_of(first_mention, Unit.SENTENCE)
        for pair in combinations(sorted(one.actors, key=lambda named: place[named.actor]), 2):
            negated = one.negated or any(named.negated for named in pair)
            contrasted = any(named.contrasted for named in pair)
            yield {
                "kind": transcript.kind,
                "code": one.theme,
                "actor_1": pair[0].actor,
                "actor_2": pair[1].actor,
                "counted": not (negated or contrasted),
                "negated": negated,
                "contrasted": contrasted,
                "marks": "; ".join(one.marks),
                "citation": citation(transcript, turn, quoted.span.start, study),
                "text": " ".join(said(one.source, quoted.span, study).split()),
            }
