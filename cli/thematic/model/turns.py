"""Turns in columns: a long text has very many, and most are never looked at one by one."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

from thematic.model.transcript import Role, Span, Turn


class PlainTurns(Sequence[Turn]):
    """Turns of which nothing is known but who speaks, and where; numbered from 1 on.

    They are as a tuple of turns: equal to one that holds the same, and never changed. Each
    `Turn` is made when the first of them is asked for.

    Args:
        roles: of each speaker; 256 at most, and each speaks somewhere.
        who: speaks in each turn, as the place of the speaker among `roles`.
        starts, ends: where the words of each begin and end, 64 bits each.
    """

    def __init__(
        self, roles: Mapping[str, Role], who: bytes, starts: Iterable[int], ends: Iterable[int]
    ) -> None:
        self.roles, self.who = roles, who
        self.starts, self.ends = _column(starts), _column(ends)

    @cached_property
    def _turns(self) -> tuple[Turn, ...]:
        speakers = [*self.roles.items()]
        found: list[Turn] = []
        columns = (self.who, self.starts, self.ends)
        for number, (who, start, end) in enumerate(zip(*columns, strict=True), start=1):
            found.append(Turn(number, Span(start, end), *speakers[who]))
        return tuple(found)

    def __len__(self) -> int:
        return len(self.who)

    def __iter__(self) -> Iterator[Turn]:
        return iter(self._turns)

    @overload
    def __getitem__(self, index: int) -> Turn: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Turn, ...]: ...

    def __getitem__(self, index: int | slice) -> Turn | tuple[Turn, ...]:
        return self._turns[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PlainTurns) and [*self.roles] == [*other.roles]:
            return self._columns == other._columns
        return self._turns == other

    def __hash__(self) -> int:
        return hash(self._turns)

    def __repr__(self) -> str:
        return repr(self._turns)

    def __reduce__(self) -> tuple[type[PlainTurns], tuple[Any, ...]]:
        return PlainTurns, self._columns

    @property
    def _columns(self) -> tuple[dict[str, Role], bytes, list[int], list[int]]:
        return dict(self.roles), self.who, self.starts.tolist(), self.ends.tolist()


def _column(numbers: Iterable[int]) -> array[int]:
    return numbers if isinstance(numbers, array) else array("q", numbers)


def have_words(turns: Sequence[Turn]) -> bool:
    """Whether any turn has words."""
    if isinstance(turns, PlainTurns):
        return turns.starts != turns.ends
    return any(len(turn.span) for turn in turns)


def roles_heard(turns: Sequence[Turn]) -> set[Role]:
    """The roles of those who say any words."""
    if not isinstance(turns, PlainTurns):
        return {turn.role for turn in turns if turn.span}
    found: set[Role] = set()
    for speaker, role in enumerate(turns.roles.values()):
        at = -1 if role in found else turns.who.find(speaker)
        while at >= 0 and turns.starts[at] == turns.ends[at]:
            at = turns.who.find(speaker, at + 1)
        if at >= 0:
            found.add(role)
    return found


def labels_in(turns: Sequence[Turn]) -> set[str]:
    """How the speakers of turns, and of the cues in them, are called."""
    if isinstance(turns, PlainTurns):
        return {*turns.roles}
    return {turn.speaker for turn in turns} | {cue.speaker for turn in turns for cue in turn.cues}
