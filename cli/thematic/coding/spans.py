"""Sorted spans that do not overlap one another, and quick questions about them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from thematic.model.transcript import Span


class SortedSpans:
    """Spans in text order, none overlapping another (words, notes, units)."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = list(spans)
        self._starts = [span.start for span in self.spans]

    def __len__(self) -> int:
        return len(self.spans)

    def overlapping(self, span: Span) -> Iterator[Span]:
        """Those that share a character with `span`."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        while index < len(self.spans) and self.spans[index].start < span.end:
            if self.spans[index].overlaps(span):
                yield self.spans[index]
            index += 1

    def cut_by(self, span: Span) -> bool:
        """Whether `span` begins or ends strictly inside one of them."""
        return any(
            found.start < span.start or span.end < found.end for found in self.overlapping(span)
        )

    def last_from(self, position: int) -> int:
        """Index of the last one that starts at or before `position`; -1 for none."""
        return bisect_right(self._starts, position) - 1

    def first_from(self, position: int) -> int:
        """Index of the first one that starts at or after `position`; len() for none."""
        return bisect_left(self._starts, position)

    def between(self, start: int, end: int) -> list[Span]:
        """Those that start within [start, end)."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def holder(self, span: Span) -> int:
        """Index of the one that holds `span` wholly; -1 for none."""
        index = self.last_from(span.start)
        return index if index >= 0 and self.spans[index].contains(span) else -1


class Kept:
    """Spans taken one by one, none overlapping another; says what a new one would hit."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._spans: list[Span] = []

    def clash(self, span: Span) -> Span | None:
        """A kept span that shares a character with `span`, the leftmost."""
        index = bisect_right(self._starts, span.start) - 1
        for near in (index, index + 1):
            if 0 <= near < len(self._spans) and self._spans[near].overlaps(span):
                return self._spans[near]
        return None

    def keep(self, span: Span) -> None:
        """Take one that clashes with none."""
        index = bisect_left(self._starts, span.start)
        self._starts.insert(index, span.start)
        self._spans.insert(index, span)

    def in_order(self) -> list[Span]:
        """The kept spans in text order."""
        return list(self._spans)


def reduced(spans: Iterable[Span]) -> list[Span]:
    """Longest match within one item: no two overlap, in text order."""
    kept = Kept()
    for span in sorted(spans, key=lambda s: (-len(s), s.start)):
        if not kept.clash(span):
            kept.keep(span)
    return kept.in_order()
