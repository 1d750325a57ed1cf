"""Networks for people: a grid of ties, and one of actors, for each kind and code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from thematic.analysis.network.tables import Networks
from thematic.report.grid import Grid, count, kind_plural, of_base, plural

Record = Mapping[str, Any]


def network_grids(found: Networks) -> list[Grid]:
    """The ties of each network, heaviest first, with the actors that have none below."""
    ties, actors = found.ties.records(), found.actors.records()
    unit = plural(found.ties.unit)
    return [_grid(own, _of(ties, own[0]), unit) for own in networks_in(actors) if _of(ties, own[0])]


def networks_in(actors: Iterable[Record]) -> list[list[Record]]:
    """The actors of each network."""
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
        f"{first['code'].upper()}: named in one {unit.lower().removesuffix('s')}, "
        f"{kind_plural(first['kind']).lower()}",
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
