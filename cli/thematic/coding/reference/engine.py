"""The reference engine: transcripts and a codebook in, codings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.reference.matching import ReferenceMatcher, TurnMatches
from thematic.coding.reference.settle import settle
from thematic.coding.talk import CountedTalk, Counting
from thematic.model.codebook import Unit
from thematic.model.coding import TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript


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
        self._counting = Counting(self.exclude)

    def code(self, transcript: Transcript) -> TranscriptCoding:
        """All mentions of one transcript and the units they are counted in."""
        turns = self._counting.turns(transcript)
        talk = CountedTalk(transcript, turns, self.book.lexicon)
        order = {path: place for place, path in enumerate(self.book.codebook.paths())}
        mentions = [
            mention
            for matched, scopes in self._settled_together(talk)
            for mention in settle(transcript.text, matched, scopes, self.book)
        ]
        return TranscriptCoding(
            transcript=transcript,
            mentions=tuple(sorted(mentions, key=lambda m: (m.span, order[m.code], m.rule))),
            counted_turns=frozenset(turn.number for turn in turns),
            talk=talk,
        )

    def _settled_together(
        self, talk: CountedTalk
    ) -> Iterator[tuple[list[TurnMatches], list[Span]]]:
        """Each turn with its scopes, or all turns where the scope is the whole."""
        reach = self.book.codebook.scope
        spoken = [turn for turn in talk.turns if turn.span]
        if reach is Unit.TRANSCRIPT:
            matched = [self.matcher.match(t, talk.words_of(t), [t.span]) for t in spoken]
            yield matched, [unit.span for unit in talk.units(reach)]
            return
        scopes: dict[int, list[Span]] = {}
        for unit in talk.units(reach):
            scopes.setdefault(unit.turn, []).append(unit.span)
        for turn in spoken:
            if within := scopes.get(turn.number):
                yield [self.matcher.match(turn, talk.words_of(turn), within)], within
