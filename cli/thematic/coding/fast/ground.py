"""What rules are weighed on: a stretch of turns, or one scope of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from thematic.model.transcript import Span


class Ground(Protocol):
    """Where rules are weighed: what was found, by scope, and how far things are apart."""

    @property
    def tokens(self) -> Mapping[int, Sequence[Span]]:
        """The matches of `tokens` rules."""

    def found_items(self) -> Iterable[int]:
        """The items with any match."""

    def by_scope(self, item: int) -> Mapping[int, Sequence[Span]]:
        """The matches of an item by scope, sorted; one that crosses a border is in none."""

    def scope_of(self, span: Span) -> int:
        """The scope that holds a span; -1 for none."""

    def turn_numbers(self, spans: Iterable[Span]) -> Sequence[int]:
        """The turns that hold some of these, in text order."""

    def in_turn(self, spans: Sequence[Span], turn: int) -> Sequence[Span]:
        """Those of the spans that stand in one turn."""

    def distance(self, one: Span, other: Span) -> int:
        """Words from one to the other: 0 within one word, 1 for neighbours."""

    def around(self, span: Span, words: int) -> Span:
        """A span that holds all that stands at most so many words away, and little more."""

    def longest(self, item: int) -> int:
        """Characters of the longest match of an item."""
