"""What every analysis gives: a table with its unit, its base and its caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SHARES_FROM = 20  # below this base a percentage says more than the data do


@dataclass(frozen=True)
class ResultTable:
    """One table of results, drawn by every renderer and counted by none.

    `frame` holds one row per thing the table is about and plain columns; missing values
    are None. `notes` must be shown wherever the table is.
    """

    name: str
    frame: pd.DataFrame
    unit: str = ""
    notes: tuple[str, ...] = ()
    quoted: frozenset[str] = field(default_factory=frozenset)  # columns with transcript text

    def to_pandas(self) -> pd.DataFrame:
        """A copy of the table."""
        return self.frame.copy()

    def __len__(self) -> int:
        return len(self.frame)


def share(part: int, base: int) -> float | None:
    """Part / base in [0, 1], or None where the base is too small for a percentage."""
    return part / base if base >= SHARES_FROM else None


def joined(tables: Sequence[ResultTable]) -> ResultTable:
    """Tables of one name and one set of columns under one another; at least one."""
    import pandas as pd

    first = tables[0]
    rows = [row for table in tables for row in table.frame.itertuples(index=False, name=None)]
    frame = pd.DataFrame(rows, columns=list(first.frame.columns), dtype=object)
    units = dict.fromkeys(table.unit for table in tables)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    return ResultTable(first.name, frame, ", ".join(units), tuple(notes), first.quoted)
