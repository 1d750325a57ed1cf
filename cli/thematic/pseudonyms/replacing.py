"""A transcript with pseudonyms in place of names, and where each of its positions went."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from thematic.model.nouns import dataclass
from thematic.model.pseudonyms import Found, Named
from thematic.model.transcript import Cue, Role, Span, Transcript, Turn
from thematic.pseudonyms.finding import Finder, has_no_capitals
from thematic.pseudonyms.forms import plain


@dataclass(frozen=True)
class Replaced:
    """What is replaced in one transcript.

    Args:
        transcript: as it was.
        found: the places in its talk, in order.
        labels: each label of a speaker with the places in it.
    """

    transcript: Transcript
    found: tuple[Found, ...]
    labels: Mapping[str, tuple[Found, ...]]

    def with_texts(self, talk: Callable[[int], str], label: Callable[[int], str]) -> Transcript:
        """The transcript with other texts at the places, given by their numbers.

        Places of labels are numbered after those of the talk, in the order of `labels`. Only
        turns are of use in it: what stands between them is as it was.
        """
        texts = [talk(number) for number in range(len(self.found))]
        text, map = _replaced(self.transcript.text, self.found, texts)
        names = self._labels(label)
        turns = tuple(_turn(turn, map, names) for turn in self.transcript.turns)
        return replace(self.transcript, text=text, turns=turns, attributes={})

    def with_pseudonyms(self) -> Transcript:
        """The transcript as it is given away."""
        labels = self._in_labels()
        return self.with_texts(
            lambda number: self.found[number].named.in_talk,
            lambda number: labels[number - len(self.found)].named.pseudonym,
        )

    def written(self, number: int) -> tuple[str, str, Named]:
        """Of one place: what stands there, what stood there, and the name."""
        if number < len(self.found):
            one, source = self.found[number], self.transcript.text
            return one.named.in_talk, source[one.span.start : one.span.end], one.named
        pairs = [(label, one) for label, found in self.labels.items() for one in found]
        label, one = pairs[number - len(self.found)]
        return one.named.pseudonym, label[one.span.start : one.span.end], one.named

    @property
    def label_names(self) -> dict[str, str]:
        """Each label with the one that takes its place."""
        labels = self._in_labels()
        return self._labels(lambda number: labels[number - len(self.found)].named.pseudonym)

    def _in_labels(self) -> list[Found]:
        return [one for found in self.labels.values() for one in found]

    def _labels(self, text_of: Callable[[int], str]) -> dict[str, str]:
        names: dict[str, str] = {}
        number = len(self.found)
        for label, found in self.labels.items():
            texts = [text_of(number + place) for place in range(len(found))]
            names[label] = _replaced(label, found, texts)[0]
            number += len(found)
        return names


class PositionMap:
    """Where positions of a text are after replacements.

    Args:
        spans: what was replaced, in order.
        lengths: of what stands there.
    """

    def __init__(self, spans: Sequence[Span], lengths: Sequence[int]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]
        self._new: list[tuple[int, int]] = []
        shift = 0
        for span, length in zip(spans, lengths, strict=True):
            start = span.start + shift
            self._new.append((start, start + length))
            shift += length - len(span)

    def place(self, position: int, *, is_end: bool = False) -> int:
        """The new position; within what was replaced, its start or (of an end) its end."""
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return position
        span, (start, end) = self._spans[at], self._new[at]
        if position >= span.end:
            return end + position - span.end
        if position == span.start:
            return start
        return end if is_end else start

    def span(self, span: Span) -> Span:
        """The stretch that holds what a stretch held."""
        start = self.place(span.start)
        return Span(start, max(start, self.place(span.end, is_end=True)))


def replaced(transcript: Transcript, finder: Finder) -> Replaced:
    """What is to be replaced in the talk and the labels of a transcript."""
    text = transcript.text
    pieces = list(talk_pieces(transcript))
    loose = has_no_capitals("".join(text[one.start : one.end] for one in pieces))
    found = tuple(
        Found(Span(piece.start + one.span.start, piece.start + one.span.end), one.named)
        for piece in pieces
        for one in finder.find(text[piece.start : piece.end], any_case=loose)
    )
    labels = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    return Replaced(transcript, found, {one: _in_label(one, finder) for one in labels})


def talk_pieces(transcript: Transcript) -> Iterator[Span]:
    """The stretches of talk between labels, stamps and the borders of captions."""
    for turn in transcript.turns:
        cuts = {turn.span.start, turn.span.end, *(cue.position for cue in turn.cues)}
        cuts |= {place for gap in turn.gaps for place in (gap.start, gap.end)}
        inside = sorted(cut for cut in cuts if turn.span.start <= cut <= turn.span.end)
        for start, end in pairwise(inside):
            piece = Span(start, end)
            if not any(gap.contains(piece) for gap in turn.gaps):
                yield piece


def replaced_text(text: str, finder: Finder, *, in_talk: bool = True) -> str:
    """A note, a label or a value with pseudonyms in place of names."""
    found = finder.find(text) if in_talk else _in_label(text, finder)
    return _replaced(text, found, [_written(one.named, in_talk=in_talk) for one in found])[0]


def _written(named: Named, *, in_talk: bool) -> str:
    return named.in_talk if in_talk else named.pseudonym


def _in_label(label: str, finder: Finder) -> tuple[Found, ...]:
    alone = finder.labels().get(plain(label))
    if alone is not None:
        return (Found(Span(0, len(label)), alone),)
    return tuple(finder.find(label, any_case=True))


def _replaced(text: str, found: Sequence[Found], texts: Sequence[str]) -> tuple[str, PositionMap]:
    parts, at = [], 0
    for one, written in zip(found, texts, strict=True):
        parts += [text[at : one.span.start], written]
        at = one.span.end
    spans = [one.span for one in found]
    return "".join([*parts, text[at:]]), PositionMap(spans, [len(one) for one in texts])


def _turn(turn: Turn, map: PositionMap, labels: Mapping[str, str]) -> Turn:
    cues = tuple(Cue(map.place(cue.position), cue.begin, cue.end, "") for cue in turn.cues)
    gaps = tuple(map.span(gap) for gap in turn.gaps)
    speaker = labels.get(turn.speaker, turn.speaker)
    return replace(
        turn, span=map.span(turn.span), speaker=speaker, gaps=gaps, cues=cues, written=""
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """What must be the same in a file that is read back: one turn with words."""

    speaker: str
    role: Role
    time: float | None
    words: str  # without white space


def shapes(transcript: Transcript) -> list[Shape]:
    """The turns with words of a transcript, as they are compared."""
    found = []
    for turn in transcript.turns:
        words = "".join(transcript.text[place] for place in spoken(transcript, turn))
        if words:
            time = None if turn.time is None else round(turn.time, 2)
            found.append(Shape(turn.speaker, turn.role, time, words))
    return found


def spoken(transcript: Transcript, turn: Turn) -> list[int]:
    """The positions of a turn's characters, but for white space and stamps."""
    text = transcript.text
    silent = {place for gap in turn.gaps for place in range(gap.start, gap.end)}
    return [
        place
        for place in range(turn.span.start, turn.span.end)
        if place not in silent and not text[place].isspace()
    ]


class Places:
    """From positions of a transcript to those of its pseudonymised file, read back.

    Args:
        before: what was replaced.
        after: as the file reads.
    """

    def __init__(self, before: Replaced, after: Transcript) -> None:
        middle = before.with_pseudonyms()
        lengths = [len(one.named.in_talk) for one in before.found]
        self._map = PositionMap([one.span for one in before.found], lengths)
        old = [place for turn in middle.turns for place in spoken(middle, turn)]
        new = [place for turn in after.turns for place in spoken(after, turn)]
        same = [middle.text[place] for place in old] == [after.text[place] for place in new]
        self._old, self._new = (old, new) if same else ([], [])

    def span(self, span: Span) -> Span | None:
        """Where a stretch stands now; None where none of its words is there."""
        there = self._map.span(span)
        first = bisect_right(self._old, there.start - 1)
        last = bisect_right(self._old, there.end - 1)
        if first >= last:
            return None
        return Span(self._new[first], self._new[last - 1] + 1)
