"""A co-mention network drawn: who is spoken of together, and nothing of what they did."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from thematic.model.nouns import dataclass
from thematic.report.charts.drawing import GREY, INK, new_figure, style, write_notes
from thematic.report.grid import kind_plural
from thematic.report.safe import one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SEED = 1  # of the layout
_WIDTH, _HEIGHT = 7.5, 6.5  # inches
_NODE = (150.0, 1500.0)  # area of the smallest and the largest circle, in square points
_LINE = (0.8, 6.0)  # width of the thinnest and the thickest line, in points
_ABREAST = 6  # actors without ties in a row
_MOST_LETTERS = 24  # of a name


@dataclass(frozen=True)
class Drawn:
    """One network to draw.

    Args:
        actors: rows of the table of actors of one kind and code, isolates too.
        ties: rows of the table of ties of the same; those without weight are not drawn.
        color: of the code.
        notes: written below.
        banner: a warning, or "".
    """

    actors: Sequence[Mapping[str, Any]]
    ties: Sequence[Mapping[str, Any]]
    color: str
    notes: Sequence[str] = ()
    banner: str = ""


def network_figure(network: Drawn) -> Figure:
    """Circles by persons who name an actor, lines by persons who name both together."""
    import networkx as nx

    figure = new_figure(_WIDTH, _HEIGHT)
    foot = write_notes(figure, network.notes, network.banner)
    tied = [tie for tie in network.ties if tie["cases"]]
    graph = nx.Graph()
    graph.add_nodes_from(actor["actor"] for actor in network.actors)
    graph.add_edges_from((tie["actor_1"], tie["actor_2"]) for tie in tied)
    places = _places(graph)
    with style():
        axes = figure.add_axes((0.02, foot, 0.96, 0.92 - foot))
        axes.set_axis_off()
        axes.margins(0.14, 0.12)
        figure.text(0.02, 0.985, _title(network.actors[0]), weight="bold", size=10.5, va="top")
        _draw_ties(axes, tied, places)
        _draw_actors(axes, network.actors, places, network.color)
    return figure


def _title(actor: Mapping[str, Any]) -> str:
    kind = kind_plural(actor["kind"]).lower()
    return (
        f"Spoken of together under {one_line(actor['code'])}\n"
        f"{kind}, {actor['cases_N']} persons; figures are persons"
    )


def _places(graph: Any) -> dict[str, tuple[float, float]]:
    """Where each actor stands: those with ties by these, isolates in a row below."""
    import networkx as nx

    tied = [name for name in graph if graph.degree(name)]
    alone = [name for name in graph if not graph.degree(name)]
    places: dict[str, tuple[float, float]] = {}
    if tied:
        reach = 2.2 / math.sqrt(len(tied))
        found = nx.spring_layout(graph.subgraph(tied), seed=_SEED, k=reach, iterations=200)
        places = _spread({name: (float(x), float(y)) for name, (x, y) in found.items()})
    for number, name in enumerate(alone):
        row, column = divmod(number, _ABREAST)
        places[name] = (-1 + 2 * column / (_ABREAST - 1), -1.45 - 0.35 * row)
    return places


def _spread(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The places led out to fill a square from -1 to 1."""
    low = [min(place[axis] for place in places.values()) for axis in (0, 1)]
    high = [max(place[axis] for place in places.values()) for axis in (0, 1)]

    def led(value: float, axis: int) -> float:
        wide = high[axis] - low[axis]
        return 2 * (value - low[axis]) / wide - 1 if wide > 0.05 else 0.0

    return {name: (led(x, 0), led(y, 1)) for name, (x, y) in places.items()}


def _scaled(value: int, most: int, between: tuple[float, float]) -> float:
    low, high = between
    return low + (high - low) * value / most if most else low


def _draw_ties(
    axes: Any, ties: Sequence[Mapping[str, Any]], places: Mapping[str, tuple[float, float]]
) -> None:
    most = max((tie["cases"] for tie in ties), default=0)
    for tie in ties:
        (x, y), (u, v) = places[tie["actor_1"]], places[tie["actor_2"]]
        width = _scaled(tie["cases"], most, _LINE)
        axes.plot([x, u], [y, v], color=GREY, linewidth=width, alpha=0.55, zorder=1)
        axes.text(
            (x + u) / 2, (y + v) / 2, str(tie["cases"]), size=7, color=INK, ha="center",
            va="center", zorder=2, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _draw_actors(
    axes: Any,
    actors: Sequence[Mapping[str, Any]],
    places: Mapping[str, tuple[float, float]],
    color: str,
) -> None:
    most = max((actor["cases"] for actor in actors), default=0)
    for actor in actors:
        x, y = places[actor["actor"]]
        size = _scaled(actor["cases"], most, _NODE)
        face = color if actor["cases"] else "white"
        axes.scatter([x], [y], s=size, color=face, edgecolor=INK, linewidth=0.8, zorder=3)
        name = one_line(actor["actor"])
        shown = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
        drop = -(math.sqrt(size) / 2 + 4)
        axes.annotate(
            f"{shown} ({actor['cases']})", (x, y), (0, drop), textcoords="offset points",
            ha="center", va="top", size=8, color=INK, zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.8},
        )  # fmt: skip
