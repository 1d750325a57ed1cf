"""Sentences without a code, and the near misses found in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field

from thematic.analysis.uncoded.talk import Talk, answering
from thematic.model.codebook import Unit
from thematic.model.coding import TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn


@dataclass(frozen=True)
class TurnText:
    """What coding reads in one turn: words for distances, folded tokens for comparing."""

    words: Sequence[Span]
    tokens: Sequence[tuple[Span, str]]

    def distance(self, one: Span, other: Span) -> int:
        """Words from one to the other, 1 for neighbours, as `near` rules count."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        last = bisect_right(self.words, first.end - 1, key=lambda word: word.start) - 1
        begin = bisect_right(self.words, second.start, key=lambda word: word.start) - 1
        if begin < 0 or self.words[begin].end <= second.start:
            begin += 1
        return max(0, begin - last)

    def within(self, span: Span) -> Sequence[tuple[Span, str]]:
        """The tokens that begin in a span."""
        first, last = (
            bisect_left(self.tokens, place, key=lambda token: token[0].start)
            for place in (span.start, span.end)
        )
        return self.tokens[first:last]


@dataclass(frozen=True)
class Miss:
    """One place where a rule nearly found a mention.

    Args:
        source, turn: where it stands.
        span: the words that were found.
        sentence: the sentence or sentences to show.
        code, rule: the code's path and the index of its rule.
        miss: the kind of near miss.
        looked_for: the phrase, or the rule as people read it.
        missing: what would have made it a mention.
        words: what the same misses have in common, folded; "" = each by itself.
        rules: how many rules look for the phrase.
        complete: whether this one change would have made a mention; else further parts of the
            rule are not there either.
        parts: of an all/any rule, how many parts are there.
    """

    source: TranscriptCoding
    turn: Turn
    span: Span
    sentence: Span
    code: str
    rule: int
    miss: str
    looked_for: str
    missing: str
    words: str
    rules: int = 1
    complete: bool = True
    parts: int = 0


@dataclass
class Gaps:
    """The sentences of respondents on which no code stands; with `everywhere`, all.

    With `everywhere` a sentence counts for a rule when it lacks that rule's own code.
    """

    talk: Talk
    everywhere: bool = False
    _sentences: dict[tuple[str, int], list[Span]] = field(
        default_factory=lambda: defaultdict(list), init=False
    )

    def __post_init__(self) -> None:
        for source in self.talk.sources:
            turns = {turn.number for turn in answering(source)}
            for unit in source.units[Unit.SENTENCE]:
                if unit.turn in turns:
                    self._sentences[source.transcript.id, unit.turn].append(unit.span)

    def sentences(self, source: TranscriptCoding, turn: Turn) -> list[Span]:
        """The sentences of a turn that answers."""
        return self._sentences[source.transcript.id, turn.number]

    def all_sentences(self) -> int:
        """How many sentences respondents say."""
        return sum(len(found) for found in self._sentences.values())

    def open_sentences(self) -> int:
        """How many of them carry no code at all."""
        sources = {source.transcript.id: source for source in self.talk.sources}
        return sum(
            not self._codes(sources[id], sentence)
            for (id, _), found in self._sentences.items()
            for sentence in found
        )

    def holding(self, source: TranscriptCoding, turn: int, span: Span) -> Span | None:
        """The sentence, or the stretch of sentences, that holds a span; None in a question."""
        found = self._sentences.get((source.transcript.id, turn), [])
        first = bisect_left(found, span.start + 1, key=lambda one: one.end)
        last = bisect_left(found, span.end, key=lambda one: one.start) - 1
        if first >= len(found) or last < first:
            return None
        return Span(min(found[first].start, span.start), max(found[last].end, span.end))

    def is_open(self, source: TranscriptCoding, sentence: Span) -> bool:
        """Whether a sentence is looked at, for some rule."""
        return self.everywhere or not self._codes(source, sentence)

    def misses(self, source: TranscriptCoding, sentence: Span, code: str) -> bool:
        """Whether a near miss of a code's rule on a sentence is to be told."""
        if code not in self.talk.wanted:
            return False
        codes = self._codes(source, sentence)
        if self.everywhere:
            return not any(one == code or one.startswith(f"{code}/") for one in codes)
        return not codes

    def _codes(self, source: TranscriptCoding, sentence: Span) -> set[str]:
        return self.talk.held[source.transcript.id].codes_on(sentence)
