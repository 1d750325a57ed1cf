"""Which turns go on pages, and which are left to be coded one transcript at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch.lines import Collected, Lines
from thematic.coding.batch.page import Page
from thematic.coding.batch.plain import PlainTalk
from thematic.coding.batch.uneven import Beyond, evened, settled, signs_of
from thematic.coding.batch.writing import beyond_of
from thematic.coding.talk import Counting
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript, Turn
from thematic.model.turns import PlainTurns

PAGE_SIZE = 2_000_000  # characters, about as many: each page costs some hundred steps besides


@dataclass
class Gathered:
    """The turns that count of some transcripts.

    Args:
        accents: whether folding keeps accents.
    """

    accents: bool
    apart: dict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    _plain: PlainTalk = field(default_factory=PlainTalk)  # of which nothing is known yet
    _level: Collected = field(default_factory=lambda: Collected(level=True))
    _wide: Collected = field(default_factory=Collected)

    def add(self, number: int, transcript: Transcript, counting: Counting) -> None:
        """Take up the turns of a transcript that count, by its place among the transcripts."""
        text, turns = transcript.text, transcript.turns
        if isinstance(turns, PlainTurns):
            self._plain.add(number, text, turns, counting.counts)
            return
        for turn in counting.turns(transcript):
            if turn.span:
                self._add_turn(number, text, turn, None)

    def pages(self) -> Iterator[Page]:
        """The regular turns on pages; afterwards `apart` holds the others."""
        plain = self._plain.lines()
        told = beyond_of(plain)
        even = self.accents & (told == Beyond.EVEN)
        others = (told != Beyond.LEVEL) & ~even
        self._sort(plain.chosen(others, level=False), told[others])
        level = plain.chosen(told == Beyond.LEVEL, level=True)
        yield from _pages(level.with_more(self._level.lines()))
        wide = self._wide.lines()
        beyond_of(wide)  # composed letters are new
        yield from _pages(plain.chosen(even, level=False).with_more(wide))

    def _sort(self, lines: Lines, told: NDArray[np.uint8]) -> None:
        """Turns that are looked at one by one; what is told of them as by `beyond_of`."""
        columns = (lines.pieces, lines.transcripts, lines.numbers, lines.begins, lines.ends, told)
        for piece, transcript, number, start, end, beyond in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            turn = Turn(number, Span(start, end))
            self._add_turn(transcript, lines.texts[piece], turn, Beyond(beyond))

    def _add_turn(self, number: int, text: str, turn: Turn, told: Beyond | None) -> None:
        """One turn with words; `told` is what `beyond_of` tells, if it was asked."""
        start = turn.span.start
        words = text[start : turn.span.end]
        told = Beyond.ODD if turn.gaps else self._beyond(words, told)
        found = evened(words, told)
        if told in (Beyond.LEVEL, Beyond.EVEN):
            lines = self._level if told is Beyond.LEVEL else self._wide
            lines.add_words(number, turn.number, start, words)
        elif found is None:
            self.apart[number].append(turn)
        else:
            self._wide.add_words(number, turn.number, start, *found)

    def _beyond(self, text: str, told: Beyond | None) -> Beyond:
        """What keeps a text from being read one to one, but for runs of blanks."""
        told = signs_of(text) if told is None else settled(text, told)
        return told if self.accents or told is Beyond.LEVEL else Beyond.ODD


def _pages(lines: Lines) -> Iterator[Page]:
    ends = np.cumsum(lines.sizes()).tolist()
    first = 0
    while first < len(ends):
        begun = ends[first - 1] if first else 0
        last = min(bisect_left(ends, begun + PAGE_SIZE, first) + 1, len(ends))
        yield Page(lines.part(first, last))
        first = last
