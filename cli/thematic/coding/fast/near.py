"""`near` rules: the shortest stretches that hold one match of every item."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol

from thematic.model.transcript import Span


class Distances(Protocol):
    """Knows how many words apart two spans are."""

    def distance(self, one: Span, other: Span) -> int:
        """Words from one to the other: 0 within one word, 1 for neighbours."""


def shortest_sets(
    words: Distances, columns: Sequence[Sequence[Span]], within: int, in_order: bool
) -> Iterator[tuple[Span, ...]]:
    """Shortest sets of one match an item, taken from the left, none overlapping one taken.

    A set is valid when no two of it overlap and its last begins at most `within` words after
    its first ends; it is shortest when no other valid set lies within its stretch.

    Args:
        words: for distances.
        columns: the matches of each item, sorted, none overlapping another of its item.
        within: words.
        in_order: the items must stand in the order written.

    Yields:
        The parts of each set in text order.
    """
    taken_to = -1
    for parts in _shortest(words, columns, within, in_order):
        if parts[0].start >= taken_to:
            stretch = Span(parts[0].start, parts[-1].end)
            inside = [[span for span in column if stretch.contains(span)] for column in columns]
            # Several sets may fill one stretch: the one whose parts come first tells of it.
            yield _earliest(words, inside, stretch, within, in_order, ()) or parts
            taken_to = stretch.end


def _earliest(
    words: Distances,
    columns: Sequence[Sequence[Span]],
    stretch: Span,
    within: int,
    in_order: bool,
    chosen: tuple[Span, ...],
) -> tuple[Span, ...] | None:
    """Of the sets that fill a stretch, the first in the order of their parts in the text."""
    if not columns:
        filled = chosen[-1].end == stretch.end
        return chosen if filled and words.distance(chosen[0], chosen[-1]) <= within else None
    begin = chosen[-1].end if chosen else stretch.start
    offered = sorted(
        (span, number)
        for number, column in enumerate(columns[:1] if in_order else columns)
        for span in column
        if span.start == begin or (chosen and span.start > begin)
    )
    best: tuple[Span, ...] | None = None
    for span, number in offered:
        if best is not None and best[len(chosen)] < span:
            break
        others = [*columns[:number], *columns[number + 1 :]]
        found = _earliest(words, others, stretch, within, in_order, (*chosen, span))
        if found is not None and (best is None or found < best):
            best = found
    return best


def _shortest(
    words: Distances, columns: Sequence[Sequence[Span]], within: int, in_order: bool
) -> list[tuple[Span, ...]]:
    """All shortest sets, from the left.

    From the right, each match in turn is the leftmost of a set: only a set that ends before
    all found so far can be shortest.
    """
    lefts = [(s, n) for n, column in enumerate(columns) for s in column if not (in_order and n)]
    found: dict[int, tuple[Span, ...]] = {}
    limit: int | None = None
    for left, number in sorted(lefts, reverse=True):
        others = [column for n, column in enumerate(columns) if n != number]
        search = _Search(words, others, within, in_order)
        best = search.complete((left,), limit)
        if best is not None:
            parts = tuple(sorted(best))
            found[left.start] = parts
            limit = parts[-1].end
    return [found[start] for start in sorted(found)]


class _Search:
    """Completes a set whose leftmost part is chosen, so that it ends as early as can be."""

    def __init__(
        self, words: Distances, others: Sequence[Sequence[Span]], within: int, in_order: bool
    ) -> None:
        self.words, self.others = words, others
        self.within, self.in_order = within, in_order

    def complete(self, chosen: tuple[Span, ...], limit: int | None) -> tuple[Span, ...] | None:
        """The set that ends earliest, before `limit`; None where there is none."""
        if limit is not None and max(part.end for part in chosen) >= limit:
            return None
        if len(chosen) > len(self.others):
            return chosen
        column = self.others[len(chosen) - 1]
        begin = chosen[-1].end if self.in_order else chosen[0].start
        best: tuple[Span, ...] | None = None
        for index in range(bisect_left(column, begin, key=lambda s: s.start), len(column)):
            span = column[index]
            too_far = self.words.distance(chosen[0], span) > self.within
            if too_far or (limit is not None and span.start >= limit):
                break
            if any(span.overlaps(part) for part in chosen):
                continue
            found = self.complete((*chosen, span), limit)
            if found is not None:
                best, limit = found, max(part.end for part in found)
        return best
