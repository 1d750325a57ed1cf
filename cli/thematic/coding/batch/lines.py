"""The turns that go on pages, in columns, until pages are written of them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any

import numpy as np

from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.uneven import Edit
from thematic.model.nouns import dataclass

Column = Places  # 64 bits each
_COLUMNS = ("pieces", "begins", "ends", "transcripts", "numbers", "starts")


def _column() -> array[int]:
    return array("q")


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
        taken, base = self._taken(slice(first, last)), int(self.pieces[first])
        taken["pieces"] = taken["pieces"] - base
        texts = self.texts[base : int(self.pieces[last - 1]) + 1]
        edits = [(row - first, edit) for row, edit in self.edits if first <= row < last]
        return replace(self, texts=texts, edits=edits, **taken)

    def chosen(self, which: Mask, *, level: bool) -> Lines:
        """Some of those of which nothing was taken out; whether all of them are of ASCII."""
        return replace(self, edits=[], level=level, **self._taken(which))

    def _taken(self, which: Mask | slice) -> dict[str, Any]:
        return {name: getattr(self, name)[which] for name in _COLUMNS}

    def with_more(self, more: Lines) -> Lines:
        """These and then those."""
        columns = {
            name: np.concatenate((getattr(self, name), getattr(more, name))) for name in _COLUMNS
        }
        columns["pieces"][len(self) :] += len(self.texts)
        edits = self.edits + [(row + len(self), edit) for row, edit in more.edits]
        return Lines(self.texts + more.texts, **columns, edits=edits, level=self.level)

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
    _pieces: array[int] = field(default_factory=_column)
    _begins: array[int] = field(default_factory=_column)
    _ends: array[int] = field(default_factory=_column)
    _transcripts: array[int] = field(default_factory=_column)
    _numbers: array[int] = field(default_factory=_column)
    _starts: array[int] = field(default_factory=_column)
    _edits: list[tuple[int, Edit]] = field(default_factory=list)

    def add(
        self,
        transcript: int,
        text: str,
        numbers: Sequence[int],
        starts: Sequence[int],
        ends: Sequence[int],
    ) -> None:
        """Add some turns of a transcript, as they stand in its text."""
        count = len(numbers)
        self._pieces.extend(array("q", [len(self._texts)]) * count)
        self._texts.append(text)
        self._begins.extend(starts)
        self._ends.extend(ends)
        self._transcripts.extend(array("q", [transcript]) * count)
        self._numbers.extend(numbers)
        self._starts.extend(starts)

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
        self._edits += [(len(self._pieces), edit) for edit in edits]
        self._pieces.append(len(self._texts))
        self._texts.append(words)
        self._begins.append(0)
        self._ends.append(len(words))
        self._transcripts.append(transcript)
        self._numbers.append(number)
        self._starts.append(start)

    def lines(self) -> Lines:
        """All that was added; nothing can be added after it."""
        columns = {name: as_column(getattr(self, f"_{name}")) for name in _COLUMNS}
        return Lines(self._texts, **columns, edits=self._edits, level=self.level)


def as_column(values: array[int]) -> Column:
    """An array of 64 bits each as a column; nothing can be added to it after that."""
    return np.frombuffer(values, np.int64) if values else np.zeros(0, np.int64)
