"""A printed table of counts, as somebody typed it in, and what its cells count."""

from __future__ import annotations

import re
from enum import StrEnum

from thematic.model.nouns import dataclass

_MARKS = re.compile(  # of footnotes
    r"(?:\s*(?:[*†‡§¶#⁰¹²³⁴-⁹ᵃ-ᶻ]+|\[[a-z0-9]{1,2}\]|\([a-z]\)|\^\{?\w{1,2}\}?)"
    r"|(?<=[\d%]) ?[a-z])+$"
)
_NONE = frozenset({"", "-", "–", "—", "n/a", "na", "n.a.", "nd", ".", "..", "...", "…"})


def without_marks(text: str) -> str:
    """A cell or a name without the marks of footnotes at its end."""
    return _MARKS.sub("", text).strip()


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty, or says that there is no number."""
    return without_marks(" ".join(cell.split())).casefold() in _NONE


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
        beside: the other number of a cell such as `3 (15%)`; where neither of the two has a
            sign, the heads say what they are.
        is_below: the number is a limit, as in `<0.1`.
    """

    text: str
    value: float
    digits: int = 0
    is_percent: bool = False
    base: int | None = None
    beside: Printed | None = None
    is_below: bool = False

    def agrees(self, value: float) -> bool:
        """Whether a value, rounded to the digits printed, is this one; halves go either way."""
        if self.is_below:
            return 0 <= value < self.value
        return abs(value - self.value) <= 0.5 * 10.0**-self.digits + 1e-9


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One row of the file: its number from 1, its cells, and the numbers in them."""

    number: int
    cells: tuple[str, ...]
    numbers: tuple[Printed | None, ...]


class Mark(StrEnum):
    """What is printed with a number, or above it, of how it was made."""

    NUMBER = "n"
    SHARE = "%"


_SHARES = (Scale.PERCENT, Scale.ROW, Scale.COLUMN)


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell: the names at its row and column, and its number.

    Args:
        code: as printed.
        group: as printed, the head of its column or row.
        is_whole: whether that is no group, but all that was read.
        counts: what its own column says that it counts; None = what the table counts.
        mark: whether it is printed as a number or a share; None = as the table is.
        row: of the file, from 1.
        scale: what its own column says that it is set against; None = as its mark says.
        is_base: its column says how many there are in all.
    """

    code: str
    group: str
    printed: Printed
    is_whole: bool = False
    counts: Counts | None = None
    mark: Mark | None = None
    row: int = 0
    scale: Scale | None = None
    is_base: bool = False

    def under(self, way: Measure) -> Measure:
        """How this cell is counted where its table is counted in some way."""
        return Measure(self.counts or way.counts, self.scale or self._marked(way.scale))

    def _marked(self, scale: Scale) -> Scale:
        if self.mark is Mark.NUMBER:
            return Scale.COUNT
        return Scale.PERCENT if self.mark is Mark.SHARE and scale not in _SHARES else scale
