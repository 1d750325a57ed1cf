"""The turns that go on pages, in columns, until pages are written of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from thematic.coding.batch.alphabet import Places
from thematic.coding.batch.uneven import Edit

Column = Places  # 64 bits each


@dataclass(frozen=True)
class Lines:
    """Turns in columns; each stands in one of some texts.

    Attributes:
        texts: as pages hold them.
        pieces: the text of each turn, as its place in `texts`.
        begins, ends: where the turn stands in it; no turn is empty.
        transcripts: the places of the turns' transcripts.
        numbers: of each in its transcript.
        starts: where the words of each begin in its raw text.
        edits: what was taken out of the raw text, after the turn's place in these columns.
        level: whether all turns are of ASCII, without barriers.
    """

    texts: list[str]
    pieces: Column
    begins: Column
    ends: Column
    transcripts: Column
    numbers: Column
    starts: Column
    edits: list[tuple[int, Edit]]
    level: bool = False

    def __len__(self) -> int:
        return len(self.pieces)

    def part(self, first: int, last: int) -> Lines:
        """Some of them, at least one."""
        chosen, base = slice(first, last), int(self.pieces[first])
        return Lines(
            self.texts[base : int(self.pieces[last - 1]) + 1],
            *(self.pieces[chosen] - base, self.begins[chosen], self.ends[chosen]),
            *(self.transcripts[chosen], self.numbers[chosen], self.starts[chosen]),
            [(row - first, edit) for row, edit in self.edits if first <= row < last],
            self.level,
        )

    def sizes(self) -> Column:
        """How many characters each turn has."""
        sizes: Column = self.ends - self.begins
        return sizes

    def words(self) -> list[str]:
        """What is said in each turn."""
        columns = (self.pieces.tolist(), self.begins.tolist(), self.ends.tolist())
        return [self.texts[piece][begin:end] for piece, begin, end in zip(*columns, strict=True)]


@dataclass
class Collected:
    """Lines in the making.

    Args:
        level: whether all turns are of ASCII, without barriers.
    """

    level: bool = False
    _texts: list[str] = field(default_factory=list)
    _counts: list[int] = field(default_factory=list)  # turns in each text
    _transcripts: list[int] = field(default_factory=list)  # of each text
    _columns: tuple[list[Column], ...] = field(default_factory=lambda: ([], [], [], []))
    _edits: list[tuple[int, Edit]] = field(default_factory=list)
    _size: int = 0

    def add(
        self, transcript: int, text: str, numbers: Column, starts: Column, ends: Column
    ) -> None:
        """Add some turns of a transcript, as they stand in its text."""
        self._add(transcript, text, (numbers, starts, ends, starts))

    def add_words(
        self, transcript: int, number: int, start: int, words: str, edits: Sequence[Edit] = ()
    ) -> None:
        """Add one turn, whose words are a text of their own.

        Args:
            transcript: the place of its transcript.
            number: in its transcript.
            start: where it begins in its raw text.
            words: as pages hold them.
            edits: what was taken out of the raw text for that.
        """
        self._edits += [(self._size, edit) for edit in edits]
        columns = ([number], [0], [len(words)], [start])
        self._add(transcript, words, tuple(np.array(one, np.int64) for one in columns))

    def _add(self, transcript: int, text: str, columns: tuple[Column, ...]) -> None:
        self._texts.append(text)
        self._counts.append(len(columns[0]))
        self._transcripts.append(transcript)
        self._size += len(columns[0])
        for held, column in zip(self._columns, columns, strict=True):
            held.append(column)

    def lines(self) -> Lines:
        """All that was added."""
        empty = np.zeros(0, np.int64)
        numbers, begins, ends, starts = (np.concatenate([empty, *one]) for one in self._columns)
        pieces = np.repeat(np.arange(len(self._texts), dtype=np.int64), self._counts)
        transcripts = np.array(self._transcripts, np.int64)[pieces]
        return Lines(
            *(self._texts, pieces, begins, ends, transcripts, numbers, starts),
            self._edits,
            self.level,
        )
