"""What the reference settles rules on: matches by scope, and the words they stand among."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thematic.coding.reference.matching import TurnMatches
from thematic.model.transcript import Span


class Ground:
    """Turns that are settled together, and everything found in them; all spans are raw.

    Args:
        text: the transcript's text.
        turns: what was found in each turn, in text order.
        scopes: how far rules reach, in text order; none overlaps another.
    """

    def __init__(self, text: str, turns: Sequence[TurnMatches], scopes: Sequence[Span]) -> None:
        self.text, self.turns, self.scopes = text, turns, scopes
        self.words = [word for turn in turns for word in turn.words.words.spans]
        self._found: dict[tuple[int, Span], list[Span]] = {}
        self._next_word: dict[int, int] = {}
        self._words_before: dict[int, int] = {}
        self._count_words()
        for turn in turns:
            for item, spans in turn.items.items():
                for span in spans:
                    scope = self.scope_of(span)
                    if scope is not None:
                        self._found.setdefault((item, scope), []).append(span)

    def scope_of(self, span: Span) -> Span | None:
        """The scope that holds a match wholly; None where it crosses a border."""
        return next((scope for scope in self.scopes if scope.contains(span)), None)

    def turn_of(self, span: Span) -> TurnMatches:
        """The turn that holds a match."""
        return next(turn for turn in self.turns if turn.turn.span.contains(span))

    def matches(self, item: int, scope: Span) -> list[Span]:
        """The matches of an item that lie in a scope, in text order; they may overlap."""
        return self._found.get((item, scope), [])

    def first_word(self, span: Span) -> int:
        """Number of the word that holds the first character of a span, else of the next."""
        return self._next_word.get(span.start, len(self.words))

    def last_word(self, span: Span) -> int:
        """Number of the word that holds the last character of a span, else of the one before."""
        return self._words_before[span.end] - 1

    def distance(self, one: Span, other: Span) -> int:
        """How many words apart two matches stand that do not overlap; neighbours are 1."""
        before, after = sorted((one, other))
        return self.first_word(after) - self.last_word(before)

    def _count_words(self) -> None:
        """For each position, the first word that ends after it and the words begun before it."""
        ended = begun = 0
        for turn in self.turns:
            for position in range(turn.turn.span.start, turn.turn.span.end + 1):
                while ended < len(self.words) and self.words[ended].end <= position:
                    ended += 1
                while begun < len(self.words) and self.words[begun].start < position:
                    begun += 1
                self._next_word[position] = ended
                self._words_before[position] = begun


def first(spans: Iterable[Span]) -> Span:
    """The earliest of some matches; of those that begin together the longest."""
    return min(spans, key=lambda span: (span.start, -span.end))


def longest(spans: Iterable[Span]) -> list[Span]:
    """Longest match: the longest spans, then the earlier, of which no two overlap."""
    taken: list[Span] = []
    for span in sorted(spans, key=lambda span: (-len(span), span.start)):
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
    return sorted(taken)
