"""A printed table of counts, as somebody typed it in, and what its cells count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Counts(StrEnum):
    """What a table counts."""

    MENTIONS = "mentions"
    SENTENCES = "sentences"
    PARAGRAPHS = "paragraphs"
    TURNS = "turns"
    SPEAKERS = "speakers"
    TRANSCRIPTS = "transcripts"
    CASES = "cases"
    WORDS = "words"  # of the mentions themselves


class Scale(StrEnum):
    """What a count is set against."""

    COUNT = "count"
    PERCENT = "percent"  # of all there are; of mentions and words, of the words counted
    PER_1000 = "per-1000"  # words; so the next ones
    PER_10000 = "per-10000"
    PER_100000 = "per-100000"
    PER_MILLION = "per-million"
    ROW = "share-of-row"  # percent of the row's sum over the groups printed
    COLUMN = "share-of-column"  # percent of the column's sum over the codes printed


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to count."""

    counts: Counts
    scale: Scale = Scale.COUNT

    def __str__(self) -> str:
        return self.counts.value if self.scale is Scale.COUNT else f"{self.counts} {self.scale}"


@dataclass(frozen=True, slots=True)
class Printed:
    """One number as it is printed.

    Args:
        text: as it stands there.
        value: of a share with a percent sign, the percentage.
        digits: behind the decimal sign.
        is_percent: whether a percent sign is printed with it.
        base: N of a cell such as `18/20`; None where none is printed.
    """

    text: str
    value: float
    digits: int = 0
    is_percent: bool = False
    base: int | None = None

    def agrees(self, value: float) -> bool:
        """Whether a value, rounded to the digits printed, is this one; halves go either way."""
        return abs(value - self.value) <= 0.5 * 10.0**-self.digits + 1e-9


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One row of the file: its number from 1, its cells, and the numbers in them."""

    number: int
    cells: tuple[str, ...]
    numbers: tuple[Printed | None, ...]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell: the names at its row and column, and its number.

    Args:
        code: as printed.
        group: as printed, the head of its column or row.
        is_whole: whether that is no group, but all that was read.
        measure: what its own column says that it counts; None = what the table counts.
        row: of the file, from 1.
    """

    code: str
    group: str
    printed: Printed
    is_whole: bool = False
    measure: Measure | None = None
    row: int = 0
