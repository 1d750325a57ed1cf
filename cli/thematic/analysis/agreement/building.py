"""Builds tables of ratings from records, from rows, or from the codes people gave."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from thematic.analysis.agreement.ratings import (
    MISSING,
    Judgement,
    Level,
    Rating,
    Ratings,
    Repeat,
    Repeated,
    Value,
)
from thematic.errors import UsageError, did_you_mean
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_CATEGORIES = 2000  # tables of categories by categories are kept in memory


def ratings_from_records(
    records: Iterable[Rating],
    *,
    level: Level = Level.NOMINAL,
    categories: Sequence[Value] = (),
    repeated: Repeated = Repeated.FIRST,
) -> Ratings:
    """A table from one record per rating, in any order.

    Args:
        records: ratings; units and coders are listed in the order they first appear.
        level: the level of measurement of the categories.
        categories: all categories there are, from lowest to highest; empty = those found.
            Unused ones count for Brennan–Prediger's and Gwet's chance.
        repeated: which counts where a coder rated a unit more than once.

    Raises:
        UsageError: the values do not fit the level or the categories, or a unit is said to
            stand in two interviews.
    """
    cells = _Cells()
    cells.read(records)
    return cells.table(level, tuple(categories), repeated)


def ratings_from_rows(
    rows: Sequence[Sequence[Value | None]],
    *,
    units: Sequence[str] = (),
    coders: Sequence[str] = (),
    groups: Sequence[str] = (),
    level: Level = Level.NOMINAL,
    categories: Sequence[Value] = (),
) -> Ratings:
    """A table from one row per unit with one cell per coder; None or NaN = not rated.

    Args:
        rows: the ratings.
        units: names of the rows; empty = 1, 2, 3 …
        coders: names of the columns; empty = 1, 2, 3 …
        groups: the interview of each row, or empty.
        level, categories: as in `ratings_from_records`.

    Raises:
        UsageError: the values do not fit the level or the categories.
        ValueError: the rows have unequal lengths, or the names do not fit them.
    """
    import numpy as np

    width = len(rows[0]) if len(rows) else len(coders)
    if any(len(row) != width for row in rows):
        raise ValueError("rows of unequal length")
    values = [None if _is_missing(value) else value for row in rows for value in row]
    known = _categories({value for value in values if value is not None}, level, tuple(categories))
    place: dict[Value | None, int] = {value: index for index, value in enumerate(known)}
    place[None] = MISSING
    flat = np.fromiter((place[value] for value in values), dtype=np.int32, count=len(values))
    names = tuple(units) or tuple(str(number + 1) for number in range(len(rows)))
    columns = tuple(coders) or tuple(str(number + 1) for number in range(width))
    if len(names) != len(rows) or len(columns) != width or len(groups) not in (0, len(rows)):
        raise ValueError("names that do not fit the rows")
    return Ratings(names, columns, known, flat.reshape(len(rows), width), level, tuple(groups))


def code_tables(
    judgements: Iterable[Judgement],
    codes: Sequence[str],
    *,
    repeated: Repeated = Repeated.FIRST,
) -> dict[str, Ratings]:
    """One yes/no table per code, for units that may carry several codes.

    A coder who judged a unit and did not give it the code said no; one who did not judge it
    said nothing.

    Args:
        judgements: what each coder gave to each unit he or she read.
        codes: the codes to compare; others are left aside.
        repeated: which counts where a coder judged a unit more than once.

    Returns:
        The tables by code, with the categories False and True.
    """
    listed = list(judgements)
    return {
        code: ratings_from_records(
            (Rating(one.unit, one.coder, code in one.codes, one.group) for one in listed),
            categories=(False, True),
            repeated=repeated,
        )
        for code in codes
    }


def stacked(tables: Mapping[str, Ratings]) -> Ratings:
    """The yes/no tables of all codes under one another, as one table.

    Every unit is there once per code; units of one interview, or the same unit under several
    codes, stay together when units are drawn for an interval.

    Raises:
        ValueError: there is no table, or they differ in categories or level.
    """
    import numpy as np

    first, *others = tables.values()
    if any((t.categories, t.level) != (first.categories, first.level) for t in others):
        raise ValueError("tables of different categories cannot be stacked")
    coders = tuple(dict.fromkeys(name for table in tables.values() for name in table.coders))
    parts = []
    for table in tables.values():
        part = np.full((len(table.units), len(coders)), MISSING, dtype=np.int32)
        part[:, [coders.index(name) for name in table.coders]] = table.matrix
        parts.append(part)
    return Ratings(
        units=tuple(f"{code}\t{unit}" for code, t in tables.items() for unit in t.units),
        coders=coders,
        categories=first.categories,
        matrix=np.concatenate(parts),
        level=first.level,
        groups=tuple(name for table in tables.values() for name in table.groups or table.units),
    )


@dataclass
class _Cells:
    """What was read of the records: one entry per rating, in the order given."""

    units: dict[str, int] = field(default_factory=dict)
    coders: dict[str, int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)

    def read(self, records: Iterable[Rating]) -> None:
        for record in records:
            row = self.units.setdefault(record.unit, len(self.units))
            column = self.coders.setdefault(record.coder, len(self.coders))
            if self.groups.setdefault(record.unit, record.group) != record.group:
                both = f"{self.groups[record.unit]!r} and {record.group!r}"
                raise UsageError(f"unit {record.unit!r} stands in two interviews: {both}")
            value = record.value
            if value is not None and value == value:  # NaN is not equal to itself
                self.rows.append(row)
                self.columns.append(column)
                self.values.append(value)

    def table(self, level: Level, declared: tuple[Value, ...], repeated: Repeated) -> Ratings:
        import numpy as np

        known = _categories(set(self.values), level, declared)
        place = {value: index for index, value in enumerate(known)}
        matrix = np.full((len(self.units), len(self.coders)), MISSING, dtype=np.int32)
        codes = np.fromiter((place[v] for v in self.values), np.int32, len(self.values))
        cells = self._cells()
        if repeated is Repeated.FIRST:
            _, kept = np.unique(cells, return_index=True)  # the first of equal ones
        else:
            _, back = np.unique(cells[::-1], return_index=True)
            kept = len(cells) - 1 - back
        matrix.flat[cells[kept]] = codes[kept]
        repeats = self._repeats()
        for repeat in repeats if repeated is Repeated.LEAVE_OUT else ():
            if not repeat.equal:
                matrix[self.units[repeat.unit], self.coders[repeat.coder]] = MISSING
        groups = tuple(self.groups.values()) if any(self.groups.values()) else ()
        units, coders = tuple(self.units), tuple(self.coders)
        return Ratings(units, coders, known, matrix, level, groups, repeats)

    def _cells(self) -> NDArray[np.intp]:
        """The place of each rating in the table, row by row."""
        import numpy as np

        rows, columns = np.asarray(self.rows, np.intp), np.asarray(self.columns, np.intp)
        cells: NDArray[np.intp] = rows * len(self.coders) + columns
        return cells

    def _repeats(self) -> tuple[Repeat, ...]:
        import numpy as np

        cells = self._cells()
        found, which, times = np.unique(cells, return_inverse=True, return_counts=True)
        said: dict[int, list[Value]] = {cell: [] for cell in found[times > 1].tolist()}
        for entry in np.flatnonzero((times > 1)[which]).tolist():
            said[int(cells[entry])].append(self.values[entry])
        units, coders = list(self.units), list(self.coders)
        return tuple(
            Repeat(units[cell // len(coders)], coders[cell % len(coders)], tuple(values))
            for cell, values in said.items()
        )


def _is_missing(value: Value | None) -> bool:
    return value is None or value != value  # NaN is not equal to itself


def _categories(found: set[Value], level: Level, declared: tuple[Value, ...]) -> tuple[Value, ...]:
    """The categories in their order."""
    if len(set(declared)) < len(declared):
        raise UsageError("a category stands twice in the list of categories")
    _check_numbers({*found, *declared}, level, declared)
    if len(found) > MAX_CATEGORIES:
        raise UsageError(
            f"{len(found)} different values: agreement is computed on at most {MAX_CATEGORIES}",
            "round the values, or put them into classes",
        )
    if not declared:
        return tuple(sorted(found, key=lambda value: (isinstance(value, str), value)))
    for value in found.difference(declared):
        hint = did_you_mean(str(value), map(str, declared))
        raise UsageError(f"{value!r} is not one of the categories", hint)
    return declared


def _check_numbers(values: set[Value], level: Level, declared: tuple[Value, ...]) -> None:
    if level is Level.NOMINAL or (level is Level.ORDINAL and declared):
        return
    for value in values:
        if isinstance(value, str):
            order = "give the categories from lowest to highest, or the level nominal"
            raise UsageError(f"{level} ratings need numbers, not {value!r}", order)
        if not math.isfinite(value) or (level is Level.RATIO and value < 0):
            raise UsageError(f"{value} is no {level} rating")
