"""Which stretches of a document are which of a transcript, however it was wrapped anew."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from thematic.model.people import CONTEXT, Passage
from thematic.model.transcript import Span
from thematic.review.anchoring import Anchored, How, anchored
from thematic.review.folding import Folded, folded

_SEED = 20  # characters without white space that must stand once in the transcript
_STEP = 7  # by which a transcript is looked through when it is only compared
_LOOSE = 40  # characters that may have come into a passage, beside as many as it has


class _Block(NamedTuple):
    """The same characters in the document and in the transcript; both folded."""

    own: int
    other: int
    length: int

    def holds(self, place: int) -> bool:
        return self.own <= place < self.own + self.length


class Alignment:
    """A document's words laid beside a transcript's.

    Both are compared without white space, and with quotation marks and dashes of one kind,
    so that it does not matter how paragraphs were split or joined. Stretches that stand once
    in the transcript are found first; from these the same characters are followed to both
    sides. A passage within such a stretch is found without doubt, also where its own words
    are as common as "Yes."; others are looked for from there on, as `review.anchoring` does.
    """

    def __init__(self, document: str, words: str) -> None:
        """Lay a document's words beside a transcript's."""
        self._raw, self._words = document, words
        self._own, self._other = folded(document), folded(words)
        self._blocks = _blocks(self._own.text, self._other.text)
        self._starts = [block.own for block in self._blocks]

    def place(self, span: Span) -> Anchored:
        """Where a stretch of the document stands among the transcript's words."""
        start, end = self._own.place(span.start), self._own.place(span.end)
        if start >= end:
            return Anchored(None, How.LOST)
        first, last = self._block(start), self._block(end - 1)
        if first is not None and last is not None:
            there = first.other + start - first.own, last.other + end - last.own
            if first is last or 0 < there[1] - there[0] <= 2 * (end - start) + _LOOSE:
                found = self._other.raw(Span(*there))
                return Anchored(found, self._how(self._own.raw(Span(start, end)), found))
        return self._elsewhere(self._own.raw(Span(start, end)), self._hint(start))

    def _block(self, place: int) -> _Block | None:
        index = bisect_right(self._starts, place) - 1
        found = self._blocks[index] if index >= 0 else None
        return found if found and found.holds(place) else None

    def _how(self, own: Span, other: Span) -> How:
        one, two = self._raw[own.start : own.end], self._words[other.start : other.end]
        if one == two:
            return How.SAME
        return How.RESPACED if folded(one).text == folded(two).text else How.CHANGED

    def _hint(self, place: int) -> int:
        """About where in the transcript's words a place of the document should be."""
        if not self._blocks:
            return 0
        near = self._blocks[max(0, bisect_right(self._starts, place) - 1)]
        there = min(max(0, near.other + place - near.own), len(self._other.text) - 1)
        return self._other.positions[there]

    def _elsewhere(self, own: Span, hint: int) -> Anchored:
        quote = self._raw[own.start : own.end]
        before = self._raw[max(0, own.start - CONTEXT) : own.start]
        after = self._raw[own.end : own.end + CONTEXT]
        passage = Passage("", Span(hint, hint + len(quote)), quote, before, after)
        found = anchored(passage, self._words)
        return Anchored(found.span, How.SAME) if found.how is How.MOVED else found


class Likeness:
    """How much of other texts a document holds; it is looked through once for all of them."""

    def __init__(self, document: str) -> None:
        """Look through the document."""
        self._own = own = folded(document).text
        self._seeds = {own[start : start + _SEED] for start in range(len(own) - _SEED + 1)}

    def to(self, words: str) -> float:
        """The share of a transcript's words, 0 to 1, that the document holds."""
        other = folded(words).text
        if len(other) < _SEED:
            return float(bool(other) and other in self._own)
        places = range(0, len(other) - _SEED + 1, _STEP)
        held = sum(other[start : start + _SEED] in self._seeds for start in places)
        return held / len(places)


def occurrences(quote: str, words: str) -> int:
    """How often words stand in others, however they are wrapped."""
    sought: Folded = folded(quote)
    return folded(words).text.count(sought.text) if sought.text else 0


def _blocks(own: str, other: str) -> list[_Block]:
    """Stretches of the same characters, in the document's order, none overlapping there."""
    places = _unique(other)
    blocks: list[_Block] = []
    at = done = 0
    while at <= len(own) - _SEED:
        there = places.get(own[at : at + _SEED], -1)
        if there < 0:
            at += 1
            continue
        back = _back(own, other, at, there, done)
        end, until = at + _SEED, there + _SEED
        while end < len(own) and until < len(other) and own[end] == other[until]:
            end, until = end + 1, until + 1
        blocks.append(_Block(at - back, there - back, end - at + back))
        at = done = end
    return blocks


def _back(own: str, other: str, at: int, there: int, done: int) -> int:
    """How many characters before two places are the same, not going behind what is done."""
    back = 0
    while at - back > done and there > back and own[at - back - 1] == other[there - back - 1]:
        back += 1
    return back


def _unique(text: str) -> dict[str, int]:
    """Where each seed stands; -1 where it stands more than once."""
    places: dict[str, int] = {}
    place_of = places.setdefault
    for start in range(len(text) - _SEED + 1):
        seed = text[start : start + _SEED]
        if place_of(seed, start) != start:
            places[seed] = -1
    return places
