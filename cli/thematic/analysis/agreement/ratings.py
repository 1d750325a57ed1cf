"""What coders said of units: one table of units by coders, with gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

Value = str | int | float | bool
MISSING = -1


class Level(StrEnum):
    """The level of measurement of the categories (Stevens 1946)."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


class Repeated(StrEnum):
    """Which of one coder's several ratings of one unit counts; all are reported."""

    FIRST = "first"  # the later ones are not independent of it
    LAST = "last"
    LEAVE_OUT = "leave out"  # where they differ; equal ones count once


@dataclass(frozen=True, slots=True)
class Rating:
    """One coder's rating of one unit; None = the coder gave none."""

    unit: str
    coder: str
    value: Value | None
    group: str = ""  # the interview the unit stands in


@dataclass(frozen=True, slots=True)
class Judgement:
    """The codes one coder gave to one unit; none at all is a judgement too."""

    unit: str
    coder: str
    codes: frozenset[str]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A unit that one coder rated more than once, with all ratings in the order given."""

    unit: str
    coder: str
    values: tuple[Value, ...]

    @property
    def equal(self) -> bool:
        """Whether the coder said the same each time."""
        return len(set(self.values)) == 1


@dataclass(frozen=True, eq=False)
class Ratings:
    """Units by coders. Built by `ratings_from_records`, `ratings_from_rows`, `code_tables`.

    `matrix` has a row per unit and a column per coder; a cell is the place of the rating in
    `categories`, or MISSING. `groups` names the interview of each unit, or is empty.
    """

    units: tuple[str, ...]
    coders: tuple[str, ...]
    categories: tuple[Value, ...]  # from lowest to highest where they have an order
    matrix: Ints
    level: Level = Level.NOMINAL
    groups: tuple[str, ...] = ()
    repeats: tuple[Repeat, ...] = ()

    @property
    def scores(self) -> tuple[float, ...]:
        """The categories as numbers: their values, or their ranks where only order counts."""
        if self.level in (Level.NOMINAL, Level.ORDINAL):
            return tuple(float(rank) for rank in range(1, len(self.categories) + 1))
        return tuple(float(value) for value in self.categories)

    def rated_by(self) -> Ints:
        """How many coders rated each unit."""
        rated: Ints = (self.matrix != MISSING).sum(axis=1, dtype="int32")
        return rated

    @property
    def units_rated_once(self) -> int:
        """Units that only one coder rated: they show no agreement."""
        return int((self.rated_by() == 1).sum())

    @property
    def units_unrated(self) -> int:
        """Units that nobody rated."""
        return int((self.rated_by() == 0).sum())

    def rows(self, keep: Sequence[int]) -> Ratings:
        """The table of some of the units, by their places."""
        units = tuple(self.units[row] for row in keep)
        groups = tuple(self.groups[row] for row in keep) if self.groups else ()
        kept = set(units)
        repeats = tuple(repeat for repeat in self.repeats if repeat.unit in kept)
        matrix = self.matrix[list(keep)]
        return replace(self, units=units, groups=groups, matrix=matrix, repeats=repeats)

    def of_coders(self, names: Sequence[str]) -> Ratings:
        """The table of some of the coders, in the order given."""
        columns = [self.coders.index(name) for name in names]
        repeats = tuple(repeat for repeat in self.repeats if repeat.coder in names)
        matrix = self.matrix[:, columns]
        return replace(self, coders=tuple(names), matrix=matrix, repeats=repeats)
