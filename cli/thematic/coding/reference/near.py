"""`near` by brute force: every set of matches is tried, and the shortest stretches are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from thematic.coding.reference.ground import Ground, longest
from thematic.model.transcript import Span

Parts = tuple[Span, ...]  # one match of every item, in text order


def near(
    ground: Ground, items: Sequence[Sequence[Span]], within: int, *, in_order: bool
) -> list[Parts]:
    """The sets of matches that a `near` rule finds in one scope of one turn.

    Args:
        ground: tells how many words lie between two matches.
        items: for each item, all its matches there.
        within: at most so many words from the first match to the last.
        in_order: whether the matches must stand in the order of their items.
    """
    sets = set(_valid_sets(ground, [longest(spans) for spans in items], within, in_order))
    stretches = {_stretch(parts) for parts in sets}
    shortest = [one for one in stretches if not any(_is_inside(other, one) for other in stretches)]
    taken: list[Span] = []
    for stretch in sorted(shortest):
        if not any(stretch.overlaps(other) for other in taken):
            taken.append(stretch)
    # Where several sets fill one stretch, the one whose parts come first tells of it.
    return [min(parts for parts in sets if _stretch(parts) == stretch) for stretch in taken]


def _valid_sets(
    ground: Ground, items: Sequence[Sequence[Span]], within: int, in_order: bool
) -> Iterator[Parts]:
    """One match of every item, none overlapping another, close enough to one another."""
    for place, spans in enumerate(items):
        for start in spans:  # this match is the first of the set
            choices = [
                [span for span in other if _follows(ground, start, span, within)] for other in items
            ]
            choices[place] = [start]
            for chosen in product(*choices):
                parts = tuple(sorted(chosen))
                apart = all(one.end <= other.start for one, other in pairwise(parts))
                if apart and (chosen == parts or not in_order):
                    yield parts


def _follows(ground: Ground, start: Span, span: Span, within: int) -> bool:
    return start.end <= span.start and ground.distance(start, span) <= within


def _stretch(parts: Parts) -> Span:
    return Span(parts[0].start, parts[-1].end)


def _is_inside(inner: Span, outer: Span) -> bool:
    return outer.contains(inner) and inner != outer
