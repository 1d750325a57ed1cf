"""Turns that are settled together, with everything found in them, on raw positions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from thematic.coding.spans import SortedSpans
from thematic.coding.words import TurnWords
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn


class FoundInTurn(Protocol):
    """One turn's words and, by item and by `tokens` rule, what was found; raw spans."""

    @property
    def turn(self) -> Turn:
        """The turn."""

    @property
    def words(self) -> TurnWords:
        """Its words, notes and addresses."""

    @property
    def items(self) -> Mapping[int, list[Span]]:
        """The matches of each item found, sorted."""

    @property
    def tokens(self) -> Mapping[int, list[Span]]:
        """The matches of each `tokens` rule found, sorted."""


@dataclass
class Stretch:
    """Turns that are settled together: one turn, or all of them for scope `transcript`."""

    text: str  # of the whole transcript
    turns: Sequence[FoundInTurn]
    scopes: SortedSpans
    spoken: Sequence[TurnWords] | None = None  # of all turns that count; None = of `turns`

    def __post_init__(self) -> None:
        self._spoken = [turn for turn in self.turns if turn.turn.span]
        self._turns = SortedSpans(turn.turn.span for turn in self._spoken)
        self._by_scope: dict[int, dict[int, list[Span]]] = {}
        self._items: dict[int, list[Span]] = defaultdict(list)
        self._longest: dict[int, int] = {}
        for turn in self.turns:
            for item, spans in turn.items.items():
                self._items[item] += spans

    @cached_property
    def words(self) -> SortedSpans:
        """The words of all the turns."""
        spoken = [turn.words for turn in self.turns] if self.spoken is None else self.spoken
        return SortedSpans(span for turn in spoken for span in turn.words.spans)

    @cached_property
    def tokens(self) -> dict[int, list[Span]]:
        """The matches of `tokens` rules."""
        found: dict[int, list[Span]] = defaultdict(list)
        for turn in self.turns:
            for key, spans in turn.tokens.items():
                found[key] += spans
        return found

    def scope_of(self, span: Span) -> int:
        """The scope that holds a span; -1 for none."""
        return self.scopes.holder(span)

    def found_items(self) -> Iterable[int]:
        """The items with any match."""
        return self._items

    def all_of(self, item: int) -> list[Span]:
        """Every match of an item, in text order."""
        return self._items.get(item, [])

    def longest(self, item: int) -> int:
        """Characters of the longest match of an item."""
        if item not in self._longest:
            self._longest[item] = max((len(span) for span in self.all_of(item)), default=0)
        return self._longest[item]

    def by_scope(self, item: int) -> dict[int, list[Span]]:
        """The matches of an item by scope; one that crosses a border is in none."""
        if item not in self._by_scope:
            found: dict[int, list[Span]] = defaultdict(list)
            for span in self.all_of(item):
                if (index := self.scopes.holder(span)) >= 0:
                    found[index].append(span)
            self._by_scope[item] = dict(found)
        return self._by_scope[item]

    def first_word(self, span: Span) -> int:
        """Index of the word that holds the span's start, or the next one after it."""
        index = self.words.last_from(span.start)
        if index >= 0 and self.words.spans[index].end > span.start:
            return index
        return index + 1

    def last_word(self, span: Span) -> int:
        """Index of the word that holds the span's last character, or the one before it."""
        return self.words.last_from(span.end - 1)

    def distance(self, one: Span, other: Span) -> int:
        """Words from one to the other: 0 within one word, 1 for neighbours."""
        if one.overlaps(other):
            return 0
        first, second = (one, other) if one.start < other.start else (other, one)
        return max(0, self.first_word(second) - self.last_word(first))

    def around(self, span: Span, words: int) -> Span:
        """A span that holds all that stands at most so many words away, and little more."""
        spoken = self.words.spans
        first, last = self.first_word(span) - words, self.last_word(span) + words
        start = spoken[min(first, len(spoken) - 1)].start if spoken and first >= 0 else 0
        end = spoken[max(0, last)].end if spoken and last < len(spoken) else len(self.text)
        return Span(min(span.start, start), max(span.end, end))

    def turn_numbers(self, spans: Iterable[Span]) -> list[int]:
        """The turns that hold some of these, in text order."""
        return sorted({self.turn_number(span.start) for span in spans})

    def in_turn(self, spans: Sequence[Span], turn: int) -> list[Span]:
        """Those of the spans that stand in one turn."""
        if len(self.turns) == 1:
            return list(spans)
        return [span for span in spans if self.turn_number(span.start) == turn]

    def turn_number(self, position: int) -> int:
        """The number of the turn that holds a position."""
        return self.turn_at(position).turn.number

    def turn_at(self, position: int) -> FoundInTurn:
        """The turn that holds a position."""
        return self._spoken[self._turns.last_from(position)]
