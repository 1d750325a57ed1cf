"""The turns of many transcripts that are in columns already: those that count, in one go."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import field

import numpy as np

from thematic.coding.batch.lines import Column, Lines
from thematic.model.nouns import dataclass
from thematic.model.transcript import Role
from thematic.model.turns import PlainTurns


@dataclass
class PlainTalk:
    """Turns in the making of lines; which of them count is told by speaker, not by turn."""

    _texts: list[str] = field(default_factory=list)
    _transcripts: list[int] = field(default_factory=list)
    _turns: list[PlainTurns] = field(default_factory=list)
    _told: list[bool] = field(default_factory=list)  # of all speakers: whether they count

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
        self._texts.append(text)
        self._transcripts.append(number)
        self._turns.append(turns)
        for name, role in turns.roles.items():
            self._told.append(counts(name, role))

    def lines(self) -> Lines:
        """The turns that count and have words."""
        sizes = np.array([len(turns.who) for turns in self._turns], np.int64)
        speakers = np.array([len(turns.roles) for turns in self._turns], np.int64)
        pieces = np.repeat(np.arange(len(sizes)), sizes)
        within = np.frombuffer(b"".join([turns.who for turns in self._turns]), np.uint8)
        who = within + _begins(speakers)[pieces]
        starts = _end_to_end(turns.starts for turns in self._turns)
        ends = _end_to_end(turns.ends for turns in self._turns)
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


def _end_to_end(columns: Iterable[array[int]]) -> Column:
    return np.frombuffer(b"".join(columns), np.int64)


def _begins(sizes: Column) -> Column:
    """Where each of some begins, all laid end to end."""
    begins: Column = np.cumsum(sizes) - sizes
    return begins
