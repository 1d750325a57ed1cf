"""What coding gives: mentions, the units they stand in, and what was counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from thematic.model.codebook import Codebook, Unit
from thematic.model.judged import Judgements
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript


class MentionStatus(StrEnum):
    """Whether a mention counts, and if not, why not."""

    SUGGESTED = "suggested"  # counted; a rule suggests it, nobody has decided
    WITHHELD = "withheld"  # a guard, a `none` item or a negation keeps it out
    SWALLOWED = "swallowed"  # it overlaps a longer match


@dataclass(frozen=True, slots=True)
class Mention:
    """One match of a rule, with everything that was decided about it."""

    turn: int  # number of the turn
    span: Span
    code: str  # path of the code
    rule: int  # index into the code's rules
    status: MentionStatus = MentionStatus.SUGGESTED
    guard: str = ""  # the guard or `none` item that withheld it
    guard_span: Span | None = None
    negation: str = ""  # the cue that negates it, as it stands in the text
    marks: tuple[str, ...] = ()  # names of the codebook's marks that hold for it
    swallowed_by: Span | None = None  # the longer match
    swallowed_code: str = ""  # whose match that was
    parts: tuple[Span, ...] = ()  # near and all/any: what was found, in text order


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """One unit of a transcript and the words counted in it."""

    span: Span
    turn: int  # number of the turn it stands in; 0 for the whole transcript
    words: int


class Talk(Protocol):
    """The units and words of one transcript; each part may be computed when first asked for."""

    def units(self, unit: Unit) -> tuple[UnitSpan, ...]:
        """All units of the counted turns, in text order."""

    def units_in_turn(self, unit: Unit, turn: int) -> tuple[UnitSpan, ...]:
        """The units of one counted turn (by its number), in text order; not for TRANSCRIPT."""

    def spans_in_turn(self, unit: Unit, turn: int) -> Sequence[Span]:
        """The ranges of these units; for those who need no words."""

    @property
    def turn_words(self) -> Mapping[int, int]:
        """Words of every turn, counted or left out, by its number."""

    @property
    def words(self) -> int:
        """Words of the counted turns."""

    @property
    def notes(self) -> int:
        """Notes such as [inaudible] in counted turns."""


class _Units(Mapping[Unit, tuple[UnitSpan, ...]]):
    """The units of a transcript by what a unit is."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def __getitem__(self, unit: Unit) -> tuple[UnitSpan, ...]:
        return self._talk.units(unit)

    def __iter__(self) -> Iterator[Unit]:
        return iter(Unit)

    def __len__(self) -> int:
        return len(Unit)


@dataclass(frozen=True)
class TranscriptCoding:
    """All that one transcript gives under one codebook.

    Units cover counted turns only. Mentions are sorted by start, end, code (in codebook
    order) and rule, and hold withheld and swallowed ones too.
    """

    transcript: Transcript
    mentions: tuple[Mention, ...]
    counted_turns: frozenset[int]
    talk: Talk

    @property
    def units(self) -> Mapping[Unit, tuple[UnitSpan, ...]]:
        """All units of the counted turns, by what a unit is."""
        return _Units(self.talk)

    @property
    def turn_words(self) -> Mapping[int, int]:
        """Words of every turn, counted or left out, by its number."""
        return self.talk.turn_words

    @property
    def marks_left_out(self) -> int:
        """Notes such as [inaudible] in counted turns."""
        return self.talk.notes

    @property
    def words(self) -> int:
        """Words of the counted turns."""
        return self.talk.words

    def unit_of(self, mention: Mention, unit: Unit) -> UnitSpan:
        """The unit that holds the mention's first character, or the next one after it."""
        if unit is Unit.TRANSCRIPT:
            return self.units[unit][0]
        index = _holder(self.talk.spans_in_turn(unit, mention.turn), mention.span.start)
        return self.talk.units_in_turn(unit, mention.turn)[index]

    def unit_span_of(self, mention: Mention, unit: Unit) -> Span:
        """The range of `unit_of`, without counting words."""
        if unit is Unit.TRANSCRIPT:
            return self.units[unit][0].span
        spans = self.talk.spans_in_turn(unit, mention.turn)
        return spans[_holder(spans, mention.span.start)]

    def units_beside(self, unit_span: UnitSpan, unit: Unit) -> tuple[UnitSpan, ...]:
        """The units of the same turn, this one among them."""
        if unit is Unit.TRANSCRIPT:
            return self.units[unit]
        return self.talk.units_in_turn(unit, unit_span.turn)

    def counted(self) -> Iterator[Mention]:
        """The mentions that count."""
        return (m for m in self.mentions if m.status is MentionStatus.SUGGESTED)


def _holder(spans: Sequence[Span], position: int) -> int:
    """Index of the span that holds a position, or of the next one after it."""
    index = bisect_right(spans, position, key=_start) - 1
    ended = index < 0 or spans[index].end <= position
    return index + 1 if ended and index + 1 < len(spans) else index


def _start(span: Span) -> int:
    return span.start


@dataclass(frozen=True)
class Codings:
    """A whole study coded: one entry per transcript, sorted by ID in code-point order."""

    codebook: Codebook
    transcripts: tuple[TranscriptCoding, ...]
    unit: Unit
    exclude: tuple[str, ...]
    counted_in: str = "words"  # "characters" in languages written without blanks
    judgements: Judgements | None = None  # None where nobody decided anything
