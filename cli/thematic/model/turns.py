"""Turns in columns: a long text has very many, and most are never looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import and_, lt
from typing import Any, overload

from thematic.model.transcript import Role, Span, Turn


class PlainTurns(Sequence[Turn]):
    """Turns of which nothing is known but who speaks, and where; numbered from 1 on.

    They are as a tuple of turns: equal to one that holds the same, and never changed. Each
    `Turn` is made when the first of them is asked for.

    Args:
        speakers: of each turn.
        starts, ends: where the words of each begin and end.
        roles: of each speaker.
    """

    def __init__(
        self,
        speakers: Sequence[str],
        starts: Sequence[int],
        ends: Sequence[int],
        roles: Mapping[str, Role],
    ) -> None:
        self.speakers, self.starts, self.ends, self.roles = speakers, starts, ends, roles

    def counted(
        self, counts: Callable[[str, Role], bool]
    ) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Numbers, starts and ends of the turns that count; those without words are left out.

        Args:
            counts: whether the turns of a speaker with a role do.
        """
        columns = (range(1, len(self) + 1), self.starts, self.ends)
        told = {name: counts(name, role) for name, role in self.roles.items()}
        have_words = list(map(lt, self.starts, self.ends))
        if all(told.values()) and all(have_words):
            return columns
        chosen = list(map(and_, map(told.__getitem__, self.speakers), have_words))
        numbers, starts, ends = (list(compress(column, chosen)) for column in columns)
        return numbers, starts, ends

    @cached_property
    def _turns(self) -> tuple[Turn, ...]:
        columns = (self.speakers, self.starts, self.ends)
        return tuple(
            Turn(number, Span(start, end), name, self.roles[name])
            for number, (name, start, end) in enumerate(zip(*columns, strict=True), start=1)
        )

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Turn]:
        return iter(self._turns)

    @overload
    def __getitem__(self, index: int) -> Turn: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Turn, ...]: ...

    def __getitem__(self, index: int | slice) -> Turn | tuple[Turn, ...]:
        return self._turns[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PlainTurns):
            return self._columns == other._columns
        return self._turns == other

    def __hash__(self) -> int:
        return hash(self._turns)

    def __repr__(self) -> str:
        return repr(self._turns)

    def __reduce__(self) -> tuple[type[PlainTurns], tuple[Any, ...]]:
        return PlainTurns, self._columns

    @property
    def _columns(self) -> tuple[list[str], list[int], list[int], dict[str, Role]]:
        return list(self.speakers), list(self.starts), list(self.ends), dict(self.roles)


def have_words(turns: Sequence[Turn]) -> bool:
    """Whether any turn has words."""
    if isinstance(turns, PlainTurns):
        return turns.starts != turns.ends
    return any(len(turn.span) for turn in turns)


def labels_in(turns: Sequence[Turn]) -> set[str]:
    """How the speakers of turns, and of the cues in them, are called."""
    if isinstance(turns, PlainTurns):
        return set(turns.speakers)
    return {turn.speaker for turn in turns} | {cue.speaker for turn in turns for cue in turn.cues}
