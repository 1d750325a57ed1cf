"""The reference engine: transcripts and a codebook in, codings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from thematic.coding.characters import WITHOUT_BLANKS
from thematic.coding.compile import CompiledCodebook
from thematic.coding.language import abbreviations, library_versions, primary
from thematic.coding.matching import ReferenceMatcher, TurnWords, read_turn, words_of
from thematic.coding.settle import Stretch, settle
from thematic.coding.spans import SortedSpans
from thematic.coding.units import unit_spans
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, TranscriptCoding, UnitSpan
from thematic.model.labels import key_of
from thematic.model.transcript import Span, Transcript, Turn


class Engine(Protocol):
    """What every engine offers: one pure function of one transcript."""

    def code(self, transcript: Transcript) -> TranscriptCoding:
        """All mentions of one transcript and the units they are counted in."""


@dataclass
class ReferenceEngine:
    """Plain and obviously right: the judge of every faster engine.

    Args:
        book: a compiled codebook.
        exclude: roles or labels (also as written in the file) whose turns do not count.
    """

    book: CompiledCodebook
    exclude: Sequence[str] = ()
    matcher: ReferenceMatcher = field(init=False)

    def __post_init__(self) -> None:
        self.matcher = ReferenceMatcher(self.book)
        self._excluded = {key_of(name) for name in self.exclude}

    def code(self, transcript: Transcript) -> TranscriptCoding:
        """All mentions of one transcript and the units they are counted in."""
        codebook = self.book.codebook
        turns = [turn for turn in transcript.turns if not self.is_left_out(turn)]
        words = {
            turn.number: words_of(read_turn(transcript, turn), codebook.language)
            for turn in transcript.turns
            if turn.span
        }
        units = self._units(transcript, turns, words)
        return TranscriptCoding(
            transcript=transcript,
            mentions=tuple(self._mentions(transcript, turns, words, units[codebook.scope])),
            units=units,
            turn_words={
                turn.number: len(words[turn.number].words) if turn.number in words else 0
                for turn in transcript.turns
            },
            counted_turns=frozenset(turn.number for turn in turns),
            marks_left_out=sum(len(words[t.number].notes) for t in turns if t.number in words),
        )

    def is_left_out(self, turn: Turn) -> bool:
        """Whether a turn's speaker is excluded from coding and counts."""
        names = (turn.role, turn.speaker, turn.label)
        return bool(turn.speaker) and any(key_of(name) in self._excluded for name in names)

    def _units(
        self, transcript: Transcript, turns: Sequence[Turn], words: Mapping[int, TurnWords]
    ) -> dict[Unit, tuple[UnitSpan, ...]]:
        short = abbreviations(self.book.codebook.language)
        spoken = SortedSpans(
            span
            for turn in turns
            if turn.number in words
            for span in words[turn.number].words.spans
        )
        return {
            unit: tuple(
                UnitSpan(span, turn, spoken.first_from(span.end) - spoken.first_from(span.start))
                for span, turn in unit_spans(transcript, turns, unit, short)
            )
            for unit in Unit
        }

    def _mentions(
        self,
        transcript: Transcript,
        turns: Sequence[Turn],
        words: Mapping[int, TurnWords],
        scopes: Sequence[UnitSpan],
    ) -> list[Mention]:
        order = {path: place for place, path in enumerate(self.book.codebook.paths())}
        mentions = [
            mention
            for stretch in self._stretches(transcript, turns, words, scopes)
            for mention in settle(stretch, self.book)
        ]
        return sorted(mentions, key=lambda m: (m.span, order[m.code], m.rule))

    def _stretches(
        self,
        transcript: Transcript,
        turns: Sequence[Turn],
        words: Mapping[int, TurnWords],
        scopes: Sequence[UnitSpan],
    ) -> Iterator[Stretch]:
        """What is settled together: each turn, or all turns where the scope is the whole."""
        if self.book.codebook.scope is Unit.TRANSCRIPT:
            spoken = [turn for turn in turns if turn.number in words]
            matched = [
                self.matcher.match(transcript, turn, words[turn.number], [turn.span])
                for turn in spoken
            ]
            if matched:
                whole = SortedSpans(scope.span for scope in scopes)
                yield Stretch(transcript.text, matched, whole)
            return
        by_turn: dict[int, list[Span]] = {}
        for scope in scopes:
            by_turn.setdefault(scope.turn, []).append(scope.span)
        for turn in turns:
            if found := by_turn.get(turn.number):
                matches = self.matcher.match(transcript, turn, words[turn.number], found)
                yield Stretch(transcript.text, [matches], SortedSpans(found))


def code_transcripts(
    transcripts: Iterable[Transcript],
    book: CompiledCodebook,
    *,
    unit: Unit | None = None,
    exclude: Sequence[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Codings:
    """Code transcripts by a compiled codebook.

    Args:
        transcripts: in any order; the result is sorted by ID.
        book: from `compile_codebook`, without faults.
        unit: what is counted once; None = as the codebook says.
        exclude: roles or labels that do not count; None = as the codebook says.
        progress: called with each ID before it is coded.
    """
    left_out = tuple(book.codebook.exclude if exclude is None else exclude)
    engine: Engine = ReferenceEngine(book, left_out)
    coded: list[TranscriptCoding] = []
    for transcript in sorted(transcripts, key=lambda t: t.id):
        if progress is not None:
            progress(transcript.id)
        coded.append(engine.code(transcript))
    return Codings(
        codebook=book.codebook,
        transcripts=tuple(coded),
        unit=unit or book.codebook.unit,
        exclude=left_out,
        counted_in="characters" if primary(book.codebook.language) in WITHOUT_BLANKS else "words",
        facts=library_versions(),
    )
