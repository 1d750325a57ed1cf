"""How many units `thematic sample` draws, and the table that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thematic.analysis.sampling import Frame

DEFAULT_SIZE = 100


def sizes_of(frame: Frame, size: int | None, precision: float | None) -> dict[str, int]:
    """Units to draw of each stratum, for a size of the whole or a wanted precision."""
    from thematic.analysis.sample_sizes import shared_out, size_for

    units = {name: len(found) for name, found in frame.strata.items()}
    if precision is not None:
        return {name: size_for(number, precision) for name, number in units.items()}
    return shared_out(min(size or DEFAULT_SIZE, sum(units.values())), units)


def say_sizes(frame: Frame, sizes: Mapping[str, int], precision: float | None) -> None:
    """Draw the table: how many there are, are needed, and are drawn."""
    import sys

    from thematic.analysis.sample_sizes import size_for
    from thematic.commands.emit import standard_output
    from thematic.report.grid import Grid, count
    from thematic.report.terminal import console, draw_grid

    margins = (precision,) if precision is not None else (0.1, 0.05)
    rows = [
        (
            name,
            count(len(units)),
            count(len({unit.source.transcript.id for unit in units})),
            *(count(size_for(len(units), margin)) for margin in margins),
            count(sizes[name]),
        )
        for name, units in frame.strata.items()
    ]
    total = ("all", *(count(sum(column)) for column in _numbers(frame, sizes, margins)))
    rows.append((total[0], total[1], "", *total[2:]))
    heads = ("Drawn from", "Units", "Transcripts", *(f"For ±{m:g}" for m in margins), "Drawn")
    with standard_output():
        draw_grid(Grid("Sample", heads, tuple(rows)), console(sys.stdout))


def _numbers(frame: Frame, sizes: Mapping[str, int], margins: Sequence[float]) -> list[list[int]]:
    from thematic.analysis.sample_sizes import size_for

    units = [len(found) for found in frame.strata.values()]
    needed = [[size_for(number, margin) for number in units] for margin in margins]
    return [units, *needed, [sizes[name] for name in frame.strata]]
