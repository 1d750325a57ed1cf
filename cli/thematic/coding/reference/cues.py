"""Negation and marks by the reference: words before a mention that tell on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from thematic.coding.characters import is_letter
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.reference.ground import Ground
from thematic.coding.reference.matching import TurnMatches
from thematic.coding.text import MappedText, fold
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

REACH = 5  # words from the end of a cue to the first word of the mention
_SIGN = re.compile("[.!?;:\u2014]|--")
_WORD = re.compile("but|although|except", re.IGNORECASE)
_COMMA = re.compile(r"[\"'«»‹›)\]} ]*,")  # also after closing quotes and brackets


@dataclass
class TurnCues:
    """The cues and marks of one turn, and what keeps them from reaching a mention."""

    ground: Ground
    negation: list[Span]
    marks: dict[str, list[Span]]
    stops: list[Span]

    def nearest(self, mention: Span) -> Span | None:
        """The cue that negates a mention, the nearest; None where there is none."""
        reaching = [cue for cue in self.negation if self._reaches(cue, mention)]
        return max(reaching, key=lambda cue: (cue.end, -cue.start), default=None)

    def marks_of(self, mention: Span) -> tuple[str, ...]:
        """The names of the marks that hold for a mention, in codebook order."""
        return tuple(
            name
            for name, spans in self.marks.items()
            if any(self._reaches(span, mention) for span in spans)
        )

    def _reaches(self, cue: Span, mention: Span) -> bool:
        return (
            cue.end <= mention.start
            and self.ground.distance(cue, mention) <= REACH
            and not _stopped(cue, mention, self.stops)
        )


def cues_of(ground: Ground, turn: TurnMatches, book: CompiledCodebook) -> TurnCues:
    """What may negate or mark the mentions of one turn."""
    reading = turn.words.reading
    stops = list(_stops(reading, turn))
    cues = _found(turn, book.cues)
    if book.codebook.negation_cues is None:
        cues = _without_false_cues(cues, _found(turn, book.not_cues), reading)
        cues = _without_double_negation(cues, ground.text, stops)
    marks = {name: _found(turn, items) for name, items in book.marks.items()}
    return TurnCues(ground, cues, marks, stops)


def _found(turn: TurnMatches, items: Iterable[int]) -> list[Span]:
    return sorted({span for item in items for span in turn.items.get(item, ())})


def _stops(reading: MappedText, turn: TurnMatches) -> Iterator[Span]:
    """Signs and words that end the reach of a cue; none in a stamp, a note or an address."""
    string = reading.string
    places = [match.span() for match in _SIGN.finditer(string)]
    for match in _WORD.finditer(string):
        start, end = match.span()
        around = string[max(0, start - 1) : start] + string[end : end + 1]
        if not any(is_letter(char) for char in around):
            places.append((start, end))
    silent = [*turn.words.notes.spans, *turn.words.addresses.spans]
    for start, end in places:
        span = reading.raw(start, end)
        if not any(span.overlaps(other) for other in silent):
            yield span


def _stopped(cue: Span, after: Span, stops: Sequence[Span]) -> bool:
    return any(cue.end <= stop.start and stop.end <= after.start for stop in stops)


def _without_false_cues(
    cues: Sequence[Span], false: Sequence[Span], reading: MappedText
) -> list[Span]:
    """Without "not only" and its like, and without "no" before a comma: an answer."""
    real: list[Span] = []
    for cue in cues:
        start, end = reading.slice_of(cue)
        answer = fold(reading.string[start:end]) == "no" and _COMMA.match(reading.string, end)
        if not answer and not any(other.contains(cue) for other in false):
            real.append(cue)
    return real


def _without_double_negation(cues: Sequence[Span], text: str, stops: Sequence[Span]) -> list[Span]:
    """Without each "without" that follows a "cannot", and without the "cannot" nearest to it."""
    said = {cue: fold(text[cue.start : cue.end]) for cue in cues}
    denials = [cue for cue in cues if said[cue] in ("cannot", "can't")]
    dropped: set[Span] = set()
    for cue in cues:
        if said[cue] == "without":
            before = [denial for denial in denials if denial.end <= cue.start]
            if before and not _stopped(before[-1], cue, stops):
                dropped |= {cue, before[-1]}
    return [cue for cue in cues if cue not in dropped]
