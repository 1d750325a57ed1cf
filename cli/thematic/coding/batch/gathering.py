"""Which turns go on pages, and which are left to be coded one transcript at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress

from thematic.coding.batch.page import Lines, Page
from thematic.coding.batch.uneven import Beyond, evened, signs_of
from thematic.coding.characters import BARRIER
from thematic.coding.talk import Counting
from thematic.model.transcript import Transcript, Turn
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
    _level: Lines = field(default_factory=Lines)
    _wide: Lines = field(default_factory=Lines)

    def add(self, number: int, transcript: Transcript, counting: Counting) -> None:
        """Take up the turns of a transcript that count, by its place among the transcripts."""
        text, turns = transcript.text, transcript.turns
        if isinstance(turns, PlainTurns):
            columns = turns.counted(counting.counts)
            if self._is_even(text):
                self._add_even(number, text, *columns)
                return
            chosen = [turns[one - 1] for one in columns[0]]
        else:
            chosen = [turn for turn in counting.turns(transcript) if turn.span]
        for turn in chosen:
            self._add_turn(number, text, turn)

    def _add_even(
        self,
        number: int,
        text: str,
        numbers: Sequence[int],
        starts: Sequence[int],
        ends: Sequence[int],
    ) -> None:
        """Turns of a text that is even from its beginning to its end."""
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        if text.isascii():
            self._level.add(number, numbers, starts, words)
            return
        level = [said.isascii() for said in words]
        wide = [not one for one in level]
        for lines, chosen in ((self._level, level), (self._wide, wide)):
            columns = (list(compress(column, chosen)) for column in (numbers, starts, words))
            lines.add(number, *columns)  # type: ignore[arg-type]

    def _add_turn(self, number: int, text: str, turn: Turn) -> None:
        """One turn with words."""
        start = turn.span.start
        words = text[start : turn.span.end]
        if not turn.gaps and self._is_even(words):
            lines = self._level if words.isascii() else self._wide
            lines.add(number, [turn.number], [start], [words])
        elif turn.gaps or not self.accents or (found := evened(words)) is None:
            self.apart[number].append(turn)
        else:
            self._wide.add_uneven(number, turn.number, start, *found)

    def pages(self) -> Iterator[Page]:
        """The regular turns on pages."""
        for lines in (self._level, self._wide):
            ends = list(accumulate(map(len, lines.words)))
            first = 0
            while first < len(ends):
                begun = ends[first - 1] if first else 0
                last = bisect_left(ends, begun + PAGE_SIZE, first) + 1
                yield Page(lines.part(first, last))
                first = last

    def _is_even(self, text: str) -> bool:
        """Whether a text is read one to one, but for runs of blanks, in every part of it."""
        if text.isascii():
            return BARRIER not in text
        return self.accents and signs_of(text) is Beyond.EVEN
