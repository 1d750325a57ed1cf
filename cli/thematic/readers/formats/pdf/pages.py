"""What a page holds: pieces of lines with their places, and the rows they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise

from thematic.model.nouns import dataclass

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\uf0b7": "•"}
)
GAP = 0.8  # of the font size: a blank this wide between words may part two columns
WIDE_BLANK = 0.7  # the same, where it is more than one blank
TIGHT = 0.12  # of the font size: two pieces nearer than this have no blank between them


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line without a wide gap; places in points from the page's top left.

    Args:
        text: the words, with the blanks between them.
        left, right: where it begins and ends.
        base: the baseline, which grows downwards.
        size: of the font.
        bold: how many characters at its start are bold.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: int = 0


@dataclass(frozen=True)
class Row:
    """The pieces that stand on one line, in reading order; never without one.

    Args:
        page: 0-based.
        pieces: as they are read.
        begins: whether a paragraph number stands beside it.
    """

    page: int
    pieces: tuple[Piece, ...]
    begins: bool = False

    @cached_property
    def left(self) -> float:
        """Where its first letter begins."""
        return min(piece.left for piece in self.pieces)

    @cached_property
    def right(self) -> float:
        """Where its last letter ends."""
        return max(piece.right for piece in self.pieces)

    @cached_property
    def base(self) -> float:
        """The baseline of its largest piece."""
        return max(self.pieces, key=lambda piece: piece.size).base

    @cached_property
    def size(self) -> float:
        """The font size of its largest piece."""
        return max(piece.size for piece in self.pieces)

    @cached_property
    def text(self) -> str:
        """Its words; a blank between two pieces unless they touch."""
        return joined(self.pieces)[0]


@dataclass(slots=True)
class Page:
    """One page as it is seen.

    Args:
        number: 0-based.
        width, height: in points.
        pieces: what stands upright, in the order of the file.
        aside: what is written in another direction.
        begins: the baselines beside which a paragraph number stood.
        pictures: whether it holds pictures, or so many drawings that they may be letters.
        covered: the largest share of it that one picture covers, 0..1.
        unmapped: how many signs have no known letter.
        outside: the words beyond its edges.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    aside: list[Piece] = field(default_factory=list)
    begins: list[float] = field(default_factory=list)
    pictures: bool = False
    covered: float = 0.0
    unmapped: int = 0
    outside: list[str] = field(default_factory=list)


def readable(text: str) -> str:
    """A piece's words with joined letters (ligatures) taken apart."""
    return text if text.isascii() else text.translate(_LIGATURES)


def joined(pieces: Sequence[Piece]) -> tuple[str, int]:
    """The words of one or more pieces on one line, and how many characters at the start are bold.

    Two blanks stand where the first words are set off, as the Q of a question may be.
    """
    gaps = [_gap(one, other) for one, other in pairwise(pieces)]
    set_off = bool(gaps) and gaps[0] > WIDE_BLANK and max(gaps[1:], default=0.0) <= WIDE_BLANK
    parts = [pieces[0].text]
    bold = pieces[0].bold
    all_bold = bold == len(parts[0])
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        blank = "" if abs(gap) < TIGHT else "  " if set_off and len(parts) == 1 else " "
        parts += [blank, piece.text]
        if all_bold and piece.bold:
            bold += len(blank) + piece.bold
        all_bold = all_bold and piece.bold == len(piece.text)
    return "".join(parts), bold


def _gap(one: Piece, other: Piece) -> float:
    """The gap between two pieces on one line, in font sizes, whichever comes first."""
    return max(other.left - one.right, one.left - other.right) / one.size
