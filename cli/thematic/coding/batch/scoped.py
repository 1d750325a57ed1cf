"""Scopes in which parts of a rule may meet, or a guard may hold: settled one by one.

Everything that `fast/settle.py` weighs lies within one scope, so a scope of a page is ground
enough. It weighs raw positions, for the longest match is the one of most raw characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

import numpy as np

from thematic.coding.batch.cues import mask_of
from thematic.coding.batch.finding import Matches, Numbers
from thematic.coding.batch.words import PageWords
from thematic.coding.fast.engine import FastEngine
from thematic.coding.fast.settle import weighed
from thematic.model.coding import Mention
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

# item, raw start and end, first and last word, start and end on the page
Row = tuple[int, int, int, int, int, int, int]


@dataclass
class ScopeGround:
    """One scope with what was found in it, for `fast.settle.weighed`.

    Args:
        words: where the words of the page begin in their raw texts.
    """

    words: Sequence[int]
    tokens: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    _items: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    _first: dict[int, int] = field(default_factory=dict)  # words, by where a match starts
    _last: dict[int, int] = field(default_factory=dict)  # and by where it ends
    _starts: dict[int, int] = field(default_factory=dict)  # on the page
    _ends: dict[int, int] = field(default_factory=dict)

    def take(self, rows: Iterable[Row]) -> None:
        """Take up matches, in the order of their starts."""
        for item, start, end, first, last, on_page, to in rows:
            self._items[item].append(Span(start, end))
            self._first[start], self._last[end] = first, last
            self._starts[start], self._ends[end] = on_page, to
        for item, spans in self._items.items():
            if len(spans) > 1:
                self._items[item] = sorted(set(spans))

    def found_items(self) -> Iterable[int]:
        """The items with any match."""
        return self._items

    def by_scope(self, item: int) -> Mapping[int, Sequence[Span]]:
        """The matches of an item; the one scope is 0."""
        return {0: self._items[item]} if item in self._items else {}

    def scope_of(self, span: Span) -> int:  # noqa: ARG002
        """The one scope."""
        return 0

    def turn_numbers(self, spans: Iterable[Span]) -> Sequence[int]:  # noqa: ARG002
        """The one turn."""
        return (0,)

    def in_turn(self, spans: Sequence[Span], turn: int) -> Sequence[Span]:  # noqa: ARG002
        """All of them."""
        return spans

    def longest(self, item: int) -> int:
        """Characters of the longest match of an item."""
        return max(map(len, self._items[item]), default=0)

    def distance(self, one: Span, other: Span) -> int:
        """Words from one to the other: 0 within one word, 1 for neighbours."""
        if one.overlaps(other):
            return 0
        before, after = (one, other) if one.start < other.start else (other, one)
        return max(0, self._first[after.start] - self._last[before.end])

    def around(self, span: Span, words: int) -> Span:
        """A span that holds all that stands at most so many words away, and little more."""
        first, last = self._first[span.start] - words, self._last[span.end] + words + 1
        # Beyond all matches of the scope are words of other turns.
        start = 0 if first < self._lowest else self._word(first, span.start)
        end = self._word(last, span.end + 2**62)
        return Span(min(span.start, start), max(span.end, end))

    def _word(self, number: int, other: int) -> int:
        """Where a word begins that may stand before the last match; else the other place."""
        return int(self.words[number]) if number <= self._highest else other

    @cached_property
    def _lowest(self) -> int:
        return max(0, min(self._first.values()))

    @cached_property
    def _highest(self) -> int:
        # A match may stand behind the last word, in a note.
        return min(max(self._last.values()), len(self.words) - 1)

    def on_page(self, mention: Mention) -> Mention:
        """A mention that stands on the page, not in the raw text."""
        span = Span(self._starts[mention.span.start], self._ends[mention.span.end])
        return replace(mention, span=span)


class ScopedRules:
    """What is not plain in a codebook.

    Args:
        engine: of the codebook.
    """

    def __init__(self, engine: FastEngine) -> None:
        self.book, self._plain = engine.book, engine.plain
        guards = {guard for rule in self.book.rules for guard, _ in rule.guards}
        telling = engine.firing.opening | guards
        self.any = bool(telling)
        self._telling = mask_of(sorted(telling), len(self.book.items))

    def settle(
        self, found: Matches, scopes: Numbers, words: PageWords
    ) -> Iterator[tuple[int, set[str], list[Mention]]]:
        """What is settled together: each scope, the codes that are, and their mentions.

        Args:
            found: matches that lie within one scope, by where they start.
            scopes: the scope of each.
            words: of the page.
        """
        telling = scopes[self._telling[found.items]]
        if not len(telling):
            return
        doubtful = telling[np.flatnonzero(np.diff(telling, prepend=-1))]  # each once
        firsts, lasts = (np.searchsorted(scopes, doubtful, side) for side in ("left", "right"))
        told = (words.first(found.starts), words.last(found.ends))
        turns = words.page.turns_of(found.starts)
        raw = (words.page.raw(found.starts, turns), words.page.raw_ends(found.ends, turns))
        columns = (found.items, *raw, *told, found.starts, found.ends)
        rows: list[Row] = list(zip(*(one.tolist() for one in columns), strict=True))
        for scope, first, last in zip(
            *(one.tolist() for one in (doubtful, firsts, lasts)), strict=True
        ):
            held = rows[first:last]
            codes = self._plain.involved_codes({row[0] for row in held}, ())
            if codes:
                ground = ScopeGround(words.raw_starts)  # type: ignore[arg-type]
                ground.take(held)
                mentions = weighed(ground, self.book, codes)
                yield scope, codes, [ground.on_page(mention) for mention in mentions]
