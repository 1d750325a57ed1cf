"""The turns of many transcripts that are in columns already: those that count, in one go."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from thematic.coding.batch.lines import Column, Lines, as_column
from thematic.model.transcript import Role
from thematic.model.turns import PlainTurns


@dataclass
class PlainTalk:
    """Turns in the making of lines; which of them count is told by speaker, not by turn."""

    _texts: list[str] = field(default_factory=list)
    _transcripts: list[int] = field(default_factory=list)
    _sizes: list[int] = field(default_factory=list)  # turns of each
    _speakers: list[int] = field(default_factory=list)  # of each
    _told: bytearray = field(default_factory=bytearray)  # of all speakers: whether they count
    _who: bytearray = field(default_factory=bytearray)
    _starts: array[int] = field(default_factory=lambda: array("q"))
    _ends: array[int] = field(default_factory=lambda: array("q"))

    def add(
        self, number: int, text: str, turns: PlainTurns, counts: Callable[[str, Role], bool]
    ) -> None:
        """Take up the turns of a transcript.

        Args:
            number: its place among the transcripts.
            text: its own.
            turns: in it.
            counts: whether the turns of a speaker with a role do.
        """
        told = bytes([counts(name, role) for name, role in turns.roles.items()])
        self._texts.append(text)
        self._transcripts.append(number)
        self._sizes.append(len(turns.who))
        self._speakers.append(len(told))
        self._told += told
        self._who += turns.who
        self._starts.extend(turns.starts)
        self._ends.extend(turns.ends)

    def lines(self) -> Lines:
        """The turns that count and have words; nothing can be added after it."""
        sizes, speakers = np.array(self._sizes, np.int64), np.array(self._speakers, np.int64)
        pieces = np.repeat(np.arange(len(sizes)), sizes)
        who = np.array(self._who, np.uint8) + _begins(speakers)[pieces]
        starts, ends = as_column(self._starts), as_column(self._ends)
        rows = np.flatnonzero(np.array(self._told, np.bool_)[who] & (starts < ends))
        taken, starts = pieces[rows], starts[rows]
        return Lines(
            self._texts,
            pieces=taken,
            begins=starts,
            ends=ends[rows],
            transcripts=np.array(self._transcripts, np.int64)[taken],
            numbers=rows - _begins(sizes)[taken] + 1,
            starts=starts,
            edits=[],
        )


def _begins(sizes: Column) -> Column:
    """Where each of some begins, all laid end to end."""
    begins: Column = np.cumsum(sizes) - sizes
    return begins
