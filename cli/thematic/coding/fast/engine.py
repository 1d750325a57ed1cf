"""The fast engine: a transcript and a codebook in, codings out; equal to the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property

from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.firing import Firing
from thematic.coding.fast.matching import FastMatcher, FoundTurn
from thematic.coding.fast.plain import PlainRules
from thematic.coding.fast.settle import settle, without_nested
from thematic.coding.fast.stretch import Stretch
from thematic.coding.spans import SortedSpans
from thematic.coding.talk import CountedTalk, Counting
from thematic.model.codebook import Unit
from thematic.model.coding import Mention, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript


@dataclass
class FastEngine:
    """Codes transcripts one at a time; holds nothing of them.

    Args:
        book: a compiled codebook.
        exclude: roles or labels (also as written in the file) whose turns do not count.
    """

    book: CompiledCodebook
    exclude: Sequence[str] = ()
    firing: Firing = field(init=False)

    def __post_init__(self) -> None:
        self.firing = Firing(self.book)
        self.plain = PlainRules(self.book, self.firing)
        self.counting = Counting(self.exclude)

    @cached_property
    def matcher(self) -> FastMatcher:
        """Made when it is first asked for: pages of many transcripts seldom do."""
        return FastMatcher(self.book, self.firing)

    def code(self, transcript: Transcript) -> TranscriptCoding:
        """All mentions of one transcript and the units they are counted in."""
        turns = self.counting.turns(transcript)
        talk = CountedTalk(transcript, turns, self.book.lexicon)
        order = self.book.order
        mentions = sorted(
            self.mentions(talk),
            key=lambda m: (m.span.start, m.span.end, order[m.code], m.rule),
        )
        return TranscriptCoding(
            transcript=transcript,
            mentions=tuple(mentions),
            counted_turns=frozenset(turn.number for turn in turns),
            talk=talk,
        )

    def mentions(self, talk: CountedTalk) -> Iterator[Mention]:
        """All mentions in the turns of some talk, in no set order."""
        found = self.matcher.match(talk)
        whole = self.book.codebook.scope is Unit.TRANSCRIPT
        for together in [found] if whole and found else [[one] for one in found]:
            involved = self.plain.involved(together)
            mentions = [m for one in together for m in self.plain.mentions(one, talk, involved)]
            if involved:
                scopes = self._scopes(together, talk)
                # With scope `transcript` distances are counted over turns without matches too.
                spoken = [talk.words_of(turn) for turn in talk.turns if turn.span and whole]
                stretch = Stretch(talk.transcript.text, together, scopes, spoken or None)
                mentions += settle(stretch, self.book, involved)
            yield from without_nested(mentions, self.book)

    def _scopes(self, together: list[FoundTurn], talk: CountedTalk) -> SortedSpans:
        scope = self.book.codebook.scope
        if scope is Unit.TRANSCRIPT:
            return SortedSpans(unit.span for unit in talk.units(scope))
        return SortedSpans(talk.spans_in_turn(scope, together[0].turn.number))
