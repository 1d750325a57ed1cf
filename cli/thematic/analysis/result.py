"""What every analysis gives: a table with its unit, its base and its caveats."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    import pandas as pd

_PLAIN = frozenset({str, int, float, bool, type(None)})
SHARES_FROM = 20  # below this base a percentage says more than the data do


@dataclass(frozen=True)
class ResultTable:
    """One table of results, drawn by every renderer and counted by none.

    One row per thing the table is about, plain values, missing ones None. `notes` must be
    shown wherever the table is. Rows are plain Python, for importing pandas takes longer than
    most of the work; `to_pandas` makes a data frame of them.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    quoted: frozenset[str] = field(default_factory=frozenset)  # columns with transcript text

    def records(self) -> list[dict[str, Any]]:
        """The rows as mappings from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def only(self, wanted: Callable[[dict[str, Any]], bool]) -> ResultTable:
        """The table with the rows whose record is wanted."""
        pairs = zip(self.rows, self.records(), strict=True)
        return replace(self, rows=tuple(row for row, record in pairs if wanted(record)))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table as a data frame of Python objects, made when it is first asked for."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.columns), dtype=object)

    def to_pandas(self) -> pd.DataFrame:
        """A data frame of its own, of Python objects."""
        return self.frame.copy()

    def __len__(self) -> int:
        return len(self.rows)


def share(part: int, base: int) -> float | None:
    """Part / base in [0, 1], or None where the base is too small for a percentage."""
    return part / base if base >= SHARES_FROM else None


def joined(tables: Sequence[ResultTable]) -> ResultTable:
    """Tables of one name and one set of columns under one another; at least one."""
    rows = tuple(row for table in tables for row in table.rows)
    units = dict.fromkeys(table.unit for table in tables)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    return replace(tables[0], rows=rows, unit=", ".join(units), notes=tuple(notes))


def table_of(
    name: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    unit: str = "",
    notes: tuple[str, ...] = (),
    quoted: Collection[str] = (),
) -> ResultTable:
    """A table of plain rows; a column that a row does not name is None in it."""
    cells = tuple([_without_numpy(tuple(map(row.get, columns))) for row in rows])
    return ResultTable(name, tuple(columns), cells, unit, notes, frozenset(quoted))


def _without_numpy(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers of numpy as Python's own; everything else as it is."""
    if _PLAIN.issuperset(map(type, cells)):
        return cells
    return tuple([one.item() if type(one).__module__ == "numpy" else one for one in cells])
