"""Networks for people: a grid of ties, and one of actors, for each kind and code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.network.tables import Networks
from thematic.analysis.sources import is_remark
from thematic.report.grid import Grid, count, kind_plural, of_base, plural

Record = Mapping[str, Any]


def network_grids(found: Networks) -> list[Grid]:
    """The ties of each network, heaviest first, with the actors that have none below."""
    ties, actors = found.ties.records(), found.actors.records()
    unit = plural(found.ties.unit)
    return [_grid(own, _of(ties, own[0]), unit) for own in networks_in(actors) if _of(ties, own[0])]


def actor_grids(found: Networks) -> list[Grid]:
    """The actors of each network, isolates too."""
    unit = plural(found.actors.unit)
    heads = ("Actor", "Persons", "Transcripts", unit, "Apart", "Ties")
    return [
        Grid(
            f"{_name(own[0])}: actors named in one {_one(unit)} with it",
            heads,
            tuple(
                (
                    one["actor"],
                    of_base(one["cases"], one["cases_N"], None),
                    *(count(one[name]) for name in ("transcripts", "units", "apart", "ties")),
                )
                for one in own
            ),
        )
        for own in networks_in(found.actors.records())
    ]


def unit_grids(found: Networks) -> list[Grid]:
    """What each tie rests on, and what is set apart, with citations."""
    unit = plural(found.units.unit)
    return [
        Grid(
            f"{_name(own[0])}: {unit.lower()} that name two actors",
            ("Actors", "Counted", unit.removesuffix("s")),
            tuple(
                (
                    f"{one['actor_1']} – {one['actor_2']}",
                    _why_apart(one),
                    f"{_quoted(one['text'])} {one['citation']}",
                )
                for one in own
            ),
            labels=3,
        )
        for own in networks_in(found.units.records())
    ]


def _quoted(text: str) -> str:
    return text if is_remark(text) else f"“{text}”"


def _why_apart(unit: Record) -> str:
    if unit["counted"]:
        return "yes"
    said = [name for name in ("negated", "contrasted") if unit[name]]
    return f"no: {', '.join(said)}"


def _name(record: Record) -> str:
    return f"{record['code'].upper()}, {kind_plural(record['kind']).lower()}"


def _one(unit: str) -> str:
    return unit.lower().removesuffix("s")


def networks_in(actors: Iterable[Record]) -> list[list[Record]]:
    """The actors, or other records, of each network."""
    found: dict[tuple[str, str], list[Record]] = {}
    for actor in actors:
        found.setdefault((actor["kind"], actor["code"]), []).append(actor)
    return list(found.values())


def ties_of(ties: Iterable[Record], actors: Sequence[Record]) -> list[Record]:
    """The ties of the network that these actors are of."""
    return _of(ties, actors[0])


def _of(records: Iterable[Record], like: Record) -> list[Record]:
    place = (like["kind"], like["code"])
    return [one for one in records if (one["kind"], one["code"]) == place]


def _grid(actors: Sequence[Record], ties: Sequence[Record], unit: str) -> Grid:
    first = actors[0]
    heavy = sorted(ties, key=lambda one: (-one["cases"], -one["units"]))
    rows = tuple(
        (
            one["actor_1"],
            one["actor_2"],
            of_base(one["cases"], one["cases_N"], None),
            count(one["transcripts"]),
            count(one["units"]),
            count(one["apart"]),
        )
        for one in heavy
    )
    alone = [one["actor"] for one in actors if not one["ties"]]
    where = f"{first['code']}, {kind_plural(first['kind']).lower()}"
    note = f"Without a tie in {where}: {', '.join(alone)}." if alone else ""
    return Grid(
        f"{first['code'].upper()}: named in one {_one(unit)}, {kind_plural(first['kind']).lower()}",
        ("Actor", "Actor", f"Persons/{first['cases_N']}", "Transcripts", unit, "Apart"),
        rows,
        narrow_heads=(
            "Actor",
            "Actor",
            f"Per-\nsons/{first['cases_N']}",
            "Tran-\nscripts",
            unit,
            "Apart",
        ),
        labels=2,
        notes=(note,) if note else (),
    )
