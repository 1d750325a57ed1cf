"""Which turns go on pages, and which are left to be coded one transcript at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from thematic.coding.batch.lines import Collected, Column
from thematic.coding.batch.page import Page
from thematic.coding.batch.uneven import Beyond, evened, signs_of
from thematic.coding.batch.writing import level
from thematic.coding.characters import BARRIER
from thematic.coding.talk import Counting
from thematic.model.transcript import Span, Transcript, Turn
from thematic.model.turns import PlainTurns

PAGE_SIZE = 500_000  # characters, about as many: arrays of a page should stay in the cache


@dataclass
class Gathered:
    """The turns that count of some transcripts.

    Args:
        accents: whether folding keeps accents.
    """

    accents: bool
    apart: dict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    _level: Collected = field(default_factory=lambda: Collected(level=True))
    _wide: Collected = field(default_factory=Collected)

    def add(self, number: int, transcript: Transcript, counting: Counting) -> None:
        """Take up the turns of a transcript that count, by its place among the transcripts."""
        text, turns = transcript.text, transcript.turns
        if isinstance(turns, PlainTurns):
            self._add_plain(number, text, *map(as_column, turns.counted(counting.counts)))
            return
        for turn in counting.turns(transcript):
            if turn.span:
                self._add_turn(number, text, turn)

    def _add_plain(
        self, number: int, text: str, numbers: Column, starts: Column, ends: Column
    ) -> None:
        """Turns of a text of which nothing else is known."""
        if text.isascii() and BARRIER not in text:
            self._level.add(number, text, numbers, starts, ends)
            return
        fine = level(text, starts, ends)
        self._level.add(number, text, numbers[fine], starts[fine], ends[fine])
        if fine.all():
            return
        numbers, starts, ends = (column[~fine] for column in (numbers, starts, ends))
        rows = list(zip(numbers.tolist(), starts.tolist(), ends.tolist(), strict=True))
        if self._is_even(" ".join([text[start:end] for _, start, end in rows])):
            self._wide.add(number, text, numbers, starts, ends)
            return
        for one, start, end in rows:
            self._add_turn(number, text, Turn(one, Span(start, end)))

    def _add_turn(self, number: int, text: str, turn: Turn) -> None:
        """One turn with words."""
        start = turn.span.start
        words = text[start : turn.span.end]
        if not turn.gaps and self._is_even(words):
            lines = self._level if words.isascii() else self._wide
            lines.add_words(number, turn.number, start, words)
        elif turn.gaps or not self.accents or (found := evened(words)) is None:
            self.apart[number].append(turn)
        else:
            self._wide.add_words(number, turn.number, start, *found)

    def pages(self) -> Iterator[Page]:
        """The regular turns on pages."""
        for lines in (self._level.lines(), self._wide.lines()):
            ends = np.cumsum(lines.sizes()).tolist()
            first = 0
            while first < len(ends):
                begun = ends[first - 1] if first else 0
                last = min(bisect_left(ends, begun + PAGE_SIZE, first) + 1, len(ends))
                yield Page(lines.part(first, last))
                first = last

    def _is_even(self, text: str) -> bool:
        """Whether a text is read one to one, but for runs of blanks, in every part of it."""
        if text.isascii():
            return BARRIER not in text
        return self.accents and signs_of(text) is Beyond.EVEN


def as_column(numbers: Sequence[int]) -> Column:
    """Numbers as pages have them."""
    return np.asarray(numbers, np.int64)
