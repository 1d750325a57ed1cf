"""The lines of a text, by number, without a copy of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from thematic.model.labels import INVISIBLE, visible
from thematic.model.signs import beyond_ascii

_BLANK = "\n"  # stands for a blank line where other lines have their first sign
_BLOCK = re.compile("[^\n]+")
_INVISIBLE = frozenset(INVISIBLE)


class Lines:
    """Where each line of a text starts and ends; numbers are 0-based.

    Args:
        text: the whole text.

    Attributes:
        openings: the first sign of each line that is no white space, and a newline for each
            blank line. What a line must begin with is asked of this short text first.
        lengths: the characters of each line without the white space at its two ends.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        lines = text.split("\n")
        self._starts = [0, *accumulate([len(line) + 1 for line in lines])]
        stripped = [line.strip() for line in lines]
        self.lengths = list(map(len, stripped))
        if may_hold_invisible(text):
            stripped = [line if visible(line).strip() else "" for line in stripped]
        self.openings = "".join([line[:1] or _BLANK for line in stripped])
        self._blocks: dict[frozenset[int], list[range]] = {}

    def __len__(self) -> int:
        return len(self.openings)

    def start(self, number: int) -> int:
        """Position of the line's first character."""
        return self._starts[number]

    def end(self, number: int) -> int:
        """Position of the line's `\\n`, or the end of the text."""
        return self._starts[number + 1] - 1

    def text_of(self, number: int) -> str:
        """The line without its `\\n`."""
        return self.text[self._starts[number] : self._starts[number + 1] - 1]

    def is_blank(self, number: int) -> bool:
        """Whether the line holds white space only."""
        return self.openings[number] == _BLANK

    def number_at(self, position: int) -> int:
        """Number of the line that holds `position`."""
        return bisect_right(self._starts, position, 0, len(self)) - 1

    def numbers_at(self, positions: Iterable[int]) -> frozenset[int]:
        """Numbers of the lines that hold one of the positions."""
        starts, last = self._starts, len(self)
        return frozenset([bisect_right(starts, one, 0, last) - 1 for one in positions])

    def filled(self, skipped: frozenset[int] = frozenset()) -> list[int]:
        """Numbers of the lines that are neither blank nor skipped."""
        return [number for block in self.blocks(skipped) for number in block]

    def opened_by(self, sign: re.Pattern[str], skipped: frozenset[int]) -> list[int]:
        """Numbers of the lines whose first sign that is no white space is such a one.

        Args:
            sign: matches one sign, and no newline.
            skipped: lines that are left out.
        """
        found = (one.start() for one in sign.finditer(self.openings))
        return [number for number in found if number not in skipped]

    def lone(self, skipped: frozenset[int], longest: int) -> list[int]:
        """Numbers of the lines that are a block of their own, of at most so many characters.

        White space at a line's two ends does not count.
        """
        firsts = (block.start for block in self.blocks(skipped) if len(block) == 1)
        return [number for number in firsts if self.lengths[number] <= longest]

    def blocks(
        self, skipped: frozenset[int] = frozenset(), before: int | None = None
    ) -> Sequence[range]:
        """Runs of lines without a blank or skipped one between, up to position `before`."""
        blocks = self._blocks.get(skipped)
        if blocks is None:
            blocks = self._blocks[skipped] = self._runs(skipped)
        if before is None:
            return blocks
        last = bisect_left(self._starts, before)
        above = blocks[: bisect_left(blocks, last, key=lambda block: block.start)]
        return [range(block.start, min(block.stop, last)) for block in above]

    def _runs(self, skipped: frozenset[int]) -> list[range]:
        openings = self.openings
        if skipped:
            signs = list(openings)
            for number in skipped:
                signs[number] = _BLANK
            openings = "".join(signs)
        return [range(*found.span()) for found in _BLOCK.finditer(openings)]


def may_hold_invisible(text: str) -> bool:
    """Whether a text may differ from what `visible` makes of it; else no part of it does.

    Exact: `visible` takes out the invisible marks and nothing else, and none is ASCII.
    """
    return not _INVISIBLE.isdisjoint(beyond_ascii(text))
