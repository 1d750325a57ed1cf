"""Which turns go on pages, and which are left to be coded one transcript at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

import numpy as np

from thematic.coding.batch.lines import Collected, Lines
from thematic.coding.batch.page import Page
from thematic.coding.batch.plain import PlainTalk
from thematic.coding.batch.uneven import Beyond, evened, signs_of
from thematic.coding.batch.writing import level
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
                self._add_turn(number, text, turn)

    def pages(self) -> Iterator[Page]:
        """The regular turns on pages; afterwards `apart` holds the others."""
        plain = self._plain.lines()
        fine = level(plain)
        self._sort(plain.chosen(~fine, level=False))
        yield from _pages(plain.chosen(fine, level=True))
        yield from _pages(self._level.lines())
        yield from _pages(self._wide.lines())

    def _sort(self, lines: Lines) -> None:
        """Turns that are not all of ASCII: those of a text are most often all even."""
        columns = (lines.pieces, lines.transcripts, lines.numbers, lines.begins, lines.ends)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for piece, some in groupby(rows, itemgetter(0)):
            text = lines.texts[piece]
            _, transcripts, numbers, starts, ends = zip(*some, strict=True)
            words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
            if self._beyond(" ".join(words)) is Beyond.EVEN:
                self._wide.add(transcripts[0], text, numbers, starts, ends)
                continue
            for number, start, end in zip(numbers, starts, ends, strict=True):
                self._add_turn(transcripts[0], text, Turn(number, Span(start, end)))

    def _add_turn(self, number: int, text: str, turn: Turn) -> None:
        """One turn with words."""
        start = turn.span.start
        words = text[start : turn.span.end]
        beyond = Beyond.ODD if turn.gaps else self._beyond(words)
        found = evened(words, beyond)
        if beyond is Beyond.EVEN:
            lines = self._level if words.isascii() else self._wide
            lines.add_words(number, turn.number, start, words)
        elif found is None:
            self.apart[number].append(turn)
        else:
            self._wide.add_words(number, turn.number, start, *found)

    def _beyond(self, text: str) -> Beyond:
        """What keeps a text from being read one to one, but for runs of blanks."""
        told = signs_of(text)
        return told if self.accents or text.isascii() else Beyond.ODD


def _pages(lines: Lines) -> Iterator[Page]:
    ends = np.cumsum(lines.sizes()).tolist()
    first = 0
    while first < len(ends):
        begun = ends[first - 1] if first else 0
        last = min(bisect_left(ends, begun + PAGE_SIZE, first) + 1, len(ends))
        yield Page(lines.part(first, last))
        first = last
