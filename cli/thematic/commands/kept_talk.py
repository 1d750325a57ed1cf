"""Counts kept between runs, so that words and units are not found in the same text twice.

Kept are numbers and places: how many words each turn has, where its units begin and end, and
how many words stand in each. What nobody asked for is not counted, and so not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from thematic.model.codebook import Unit
from thematic.model.coding import Talk, UnitSpan
from thematic.model.transcript import Span, Transcript

_Units = tuple[list[Span], tuple[UnitSpan, ...]]
_WHOLE = 0  # in the place of a turn's number, where the unit is the transcript


class KeptTalk:
    """The units and words of one transcript; what an earlier run counted is not counted again.

    Args:
        transcript: whose talk it is.
        counted: numbers of the turns that count.
        count: gives what counts them; called when something is asked that is not known.
        known: what an earlier run counted, as `data` had it; taken over.
    """

    def __init__(
        self,
        transcript: Transcript,
        counted: frozenset[int],
        count: Callable[[], Talk],
        known: dict[str, Any],
    ) -> None:
        self.data = known  # JSON values
        self.asked = False  # whether anything was counted that was not known
        self._transcript, self._counted, self._count = transcript, counted, count
        self._units: dict[tuple[Unit, int], _Units] = {}

    def units(self, unit: Unit) -> tuple[UnitSpan, ...]:
        """All units of the counted turns, in text order."""
        if unit is Unit.TRANSCRIPT:
            return self._known_units(unit, _WHOLE)[1]
        numbers = (turn.number for turn in self._transcript.turns if turn.number in self._counted)
        return tuple(one for number in numbers for one in self.units_in_turn(unit, number))

    def units_in_turn(self, unit: Unit, turn: int) -> tuple[UnitSpan, ...]:
        """The units of one counted turn, in text order; not for TRANSCRIPT."""
        return self._known_units(unit, turn)[1]

    def spans_in_turn(self, unit: Unit, turn: int) -> Sequence[Span]:
        """The ranges of these units."""
        return self._known_units(unit, turn)[0]

    @cached_property
    def turn_words(self) -> Mapping[int, int]:
        """Words of every turn, counted or left out, by its number."""
        numbers = [turn.number for turn in self._transcript.turns]
        words = self._known("turn_words", lambda talk: [talk.turn_words[n] for n in numbers])
        return dict(zip(numbers, words, strict=True))

    @cached_property
    def words(self) -> int:
        """Words of the counted turns."""
        return int(self._known("words", lambda talk: talk.words))

    @cached_property
    def notes(self) -> int:
        """Notes such as [inaudible] in counted turns."""
        return int(self._known("notes", lambda talk: talk.notes))

    @cached_property
    def _talk(self) -> Talk:
        return self._count()

    def _known(self, name: str, count: Callable[[Talk], Any]) -> Any:
        if name not in self.data:
            self.asked = True
            self.data[name] = count(self._talk)
        return self.data[name]

    def _known_units(self, unit: Unit, turn: int) -> _Units:
        key = (unit, turn)
        if key not in self._units:
            by_turn = self.data.setdefault(unit.value, {})
            if str(turn) not in by_turn:
                self.asked = True
                by_turn[str(turn)] = list(_numbers(self._found(unit, turn)))
            units = tuple(_unit_spans(by_turn[str(turn)], turn))
            self._units[key] = [one.span for one in units], units
        return self._units[key]

    def _found(self, unit: Unit, turn: int) -> tuple[UnitSpan, ...]:
        if unit is Unit.TRANSCRIPT:
            return self._talk.units(unit)
        return self._talk.units_in_turn(unit, turn)


def _numbers(units: Iterable[UnitSpan]) -> Iterator[int]:
    """Start, end and words of each unit, one after the other."""
    for unit in units:
        yield from (unit.span.start, unit.span.end, unit.words)


def _unit_spans(numbers: Sequence[int], turn: int) -> Iterator[UnitSpan]:
    each = iter(numbers)
    for start, end, words in zip(each, each, each, strict=True):
        yield UnitSpan(Span(start, end), turn, words)
