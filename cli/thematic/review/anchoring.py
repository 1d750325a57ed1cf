"""Finding a passage again in a transcript whose text has changed since it was marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from thematic.model.nouns import dataclass
from thematic.model.people import CONTEXT, Passage
from thematic.model.transcript import Span
from thematic.review.folding import folded
from thematic.review.likeness import common_start, likely_places

CLOSE = 0.75  # at least this share of a passage's characters must be the same
HALF = 0.5  # the same, where the words before and after it are as they were
FEW = 20  # characters: with fewer, words that are merely alike need context too
_ROUNDABOUT = 0.7  # share of the context that must be there to count as being as it was
_PARTLY = 0.4  # share of the context that must be there for few characters
_KNOWN = 0.2  # share of the context that must be there for a place to be sure
_MOST_PLACES = 1000  # of the same words, that are compared by context
_NEAR = 10_000  # characters to each side: looked through before the whole text
_MOST_WORK = 2_000_000_000  # characters of the text x of the passage
_MOST_SNAPPED = 20  # characters by which a passage is led on to the edge of a word


class How(StrEnum):
    """How a passage was found again."""

    SAME = "same"  # the same words at the same place
    MOVED = "moved"  # the same words elsewhere
    UNSURE = "unsure"  # the same words elsewhere, but several places fit, or no context does
    RESPACED = "respaced"  # other white space, quotation marks or dashes
    CHANGED = "changed"  # words that are partly others
    RENAMED = "renamed"  # these or much the same words, in a transcript of another name
    LOST = "lost"
    ABSENT = "absent"  # its transcript is not there


class Anchored(NamedTuple):
    """Where a passage stands now; no span where it is lost."""

    span: Span | None
    how: How


@dataclass(frozen=True, slots=True)
class _Sought:
    """A passage in one form of the text: the raw one, or the folded one."""

    quote: str
    before: str
    after: str
    start: int

    def fit(self, text: str, span: Span) -> float:
        """How much of the context stands round a place: 0 to 1; 1 where none is known."""
        known = len(self.before) + len(self.after)
        if not known:
            return 1.0
        left = text[max(0, span.start - len(self.before)) : span.start]
        right = text[span.end : span.end + len(self.after)]
        before = _shared(self.before[::-1], left[::-1]) * len(self.before)
        return (before + _shared(self.after, right) * len(self.after)) / known

    def fits(self, text: str, span: Span) -> bool:
        """Whether the whole context stands round a place."""
        return text.endswith(self.before, 0, span.start) and text.startswith(self.after, span.end)


def passage_at(transcript: str, text: str, span: Span) -> Passage:
    """A stretch of a transcript with its words and context, to be found again by."""
    return Passage(
        transcript,
        span,
        text[span.start : span.end],
        before=text[max(0, span.start - CONTEXT) : span.start],
        after=text[span.end : span.end + CONTEXT],
    )


def anchored(passage: Passage, text: str) -> Anchored:
    """Where a passage stands in a text, and how it was found.

    The same words are looked for first, then the same but for white space, quotation marks
    and dashes, then the stretch most alike, if at least CLOSE of its characters are the same,
    or HALF of them between the same words as before: so a name may be replaced. A passage of
    less than FEW characters must be close, and some of its context there as well.
    Of several places that one is taken whose context fits best, then the nearest. The time
    is bounded: each text is read at most three times.

    Args:
        passage: with positions in the text as it was.
        text: the transcript's text as it is.
    """
    if not passage.quote:
        there = passage.span.end <= len(text)
        return Anchored(passage.span, How.SAME) if there else Anchored(None, How.LOST)
    sought = _Sought(passage.quote, passage.before, passage.after, passage.span.start)
    found = _exact(sought, text)
    if found is not None:
        return found
    plain, quote = folded(text), folded(passage.quote).text
    if not quote or not plain.text:
        return Anchored(None, How.LOST)
    before, after = folded(passage.before).text, folded(passage.after).text
    sought = _Sought(quote, before, after, plain.place(passage.span.start))
    found = _exact(sought, plain.text)
    if found is not None and found.span is not None:
        how = How.UNSURE if found.how is How.UNSURE else How.RESPACED
        return Anchored(plain.raw(found.span), how)
    close = _close(sought, plain.text)
    if close is None:
        return Anchored(None, How.LOST)
    return Anchored(_to_edges(plain.raw(close), passage, text), How.CHANGED)


def _exact(sought: _Sought, text: str) -> Anchored | None:
    """The place of these very words, or None."""
    places = list(_places(sought.quote, text))
    if not places:
        return None
    whole = [span for span in places if sought.fits(text, span)]
    nearest = sorted(whole or places, key=lambda span: abs(span.start - sought.start))
    rated = [(round(sought.fit(text, span), 1), span) for span in nearest[:_MOST_PLACES]]
    score, span = max(rated, key=lambda one: one[0])  # the first of equals is the nearest
    if span.start == sought.start:
        return Anchored(span, How.SAME)
    several = sum(rating == score for rating, _ in rated) > 1
    return Anchored(span, How.UNSURE if several or score < _KNOWN else How.MOVED)


def _places(words: str, text: str) -> Iterator[Span]:
    start = text.find(words)
    while start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)


def _shared(known: str, found: str) -> float:
    """How much of a context, read away from the passage, another one has: 0 to 1.

    Half of it counts as far as both begin alike, half for pairs of characters anywhere, so
    that a word put in beside the passage does not hide that the rest is there.
    """
    if not known:
        return 1.0
    pairs = _pairs(known)
    return (common_start(known, found) / len(known) + len(pairs & _pairs(found)) / len(pairs)) / 2


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text))}


@dataclass(frozen=True, slots=True, order=True)
class _Alike:
    """A stretch that is like the passage; the better one is the greater."""

    rating: float
    nearness: int
    likeness: float
    fit: float
    span: Span

    @property
    def is_plain(self) -> bool:
        """Whether nothing better need be looked for."""
        return self.fit >= _ROUNDABOUT or self.likeness >= (1 + CLOSE) / 2


def _close(sought: _Sought, text: str) -> Span | None:
    """The stretch most alike, near its old place if there is a good one, else anywhere."""
    reach = _NEAR + 2 * len(sought.quote)
    start, end = max(0, sought.start - reach), sought.start + reach
    best = _most_alike(sought, text, start, end)
    doubtful = best is None or not best.is_plain
    partly = start > 0 or end < len(text)
    if doubtful and partly and len(text) * len(sought.quote) <= _MOST_WORK:
        best = _most_alike(sought, text, 0, len(text))
    return best.span if best else None


def _most_alike(sought: _Sought, text: str, start: int, end: int) -> _Alike | None:
    """The best stretch within [start, end) that is alike enough."""
    length = len(sought.quote)
    best: _Alike | None = None
    most = int(length * (1 - (HALF if length >= FEW else CLOSE)))
    near = text[start:end]
    for place in likely_places(sought.quote, near, most, sought.before, sought.after):
        span = Span(start + place.start, start + place.end)
        likeness, fit = 1 - place.changes / length, sought.fit(text, span)
        if _is_enough(sought, likeness, fit):
            nearness = -abs(span.start - sought.start)
            found = _Alike(likeness + fit / 2, nearness, likeness, fit, span)
            best = found if best is None else max(best, found)
    return best


def _is_enough(sought: _Sought, likeness: float, fit: float) -> bool:
    if not sought.before and not sought.after:
        return likeness >= CLOSE and len(sought.quote) >= FEW
    if len(sought.quote) < FEW:
        return likeness >= CLOSE and fit >= _PARTLY
    return likeness >= (HALF if fit >= _ROUNDABOUT else CLOSE)


def _to_edges(span: Span, passage: Passage, text: str) -> Span:
    """The stretch led on to the edges of words, where the passage stood at such."""
    start, end = span.start, span.end
    if not passage.before[-1:].strip():
        start -= _run(text[max(0, start - _MOST_SNAPPED) : start][::-1])
    if not passage.after[:1].strip():
        end += _run(text[end : end + _MOST_SNAPPED])
    return Span(start, end)


def _run(text: Sequence[str]) -> int:
    """How many characters come before white space; none where it is further off."""
    length = next((n for n, character in enumerate(text) if character.isspace()), len(text))
    return length if length < _MOST_SNAPPED else 0
