"""What every analysis gives: a table with its unit, its base and its caveats."""

from __future__ import annotations

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
