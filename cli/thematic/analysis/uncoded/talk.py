"""Which codes stand on which words: suggested and not refused, or given by people."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from thematic.analysis.decided import verdicts, with_ancestors
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import INTERVIEW, Role, Span, Turn

T = TypeVar("T")


class Placed(Generic[T]):
    """Things that each stand on a span, in text order, found by where they stand."""

    def __init__(self, things: Iterable[tuple[Span, T]]) -> None:
        self.things = sorted(things, key=lambda one: one[0])
        self._starts = [span.start for span, _ in self.things]
        self._longest = max((len(span) for span, _ in self.things), default=0)

    def on(self, span: Span) -> Iterator[tuple[Span, T]]:
        """Those that share at least one character with a span."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return (one for one in self.things[first:last] if one[0].overlaps(span))


@dataclass(frozen=True)
class Held:
    """The codes that stand on one transcript, and the suggestions that people refused."""

    holds: Placed[str]
    refused: Placed[str]

    def codes_on(self, span: Span) -> set[str]:
        """The codes that stand on at least one character of a span."""
        return {code for _, code in self.holds.on(span)}

    def refused_on(self, span: Span) -> set[str]:
        """The suggested codes on a span that people said do not hold."""
        return {code for _, code in self.refused.on(span)}


def held_on(codings: Codings, source: TranscriptCoding) -> Held:
    """What stands on one transcript: rules' suggestions that nobody refused, and decisions."""
    fails = verdicts(codings, source, codings.unit).fails
    holds: list[tuple[Span, str]] = []
    refused: list[tuple[Span, str]] = []
    for mention in source.counted():
        start = source.unit_of(mention, codings.unit).span.start
        suggested = (mention.span, mention.code)
        (refused if (mention.code, start) in fails else holds).append(suggested)
    people = codings.judgements.by_transcript if codings.judgements else {}
    judged = people.get(source.transcript.id, ())
    decided = [(one.span, one.code) for one in judged if one.holds]
    return Held(Placed([*holds, *decided]), Placed(refused))


@dataclass(frozen=True)
class Wanted:
    """The codes that are asked about: some with all below them, or all."""

    roots: tuple[str, ...] = ()

    def __contains__(self, code: object) -> bool:
        return not self.roots or any(up in self.roots for up in with_ancestors(str(code)))

    def among(self, codes: Iterable[str]) -> set[str]:
        """Those of some codes that are asked about."""
        return {code for code in codes if code in self}

    @property
    def said(self) -> str:
        """The names of those asked about, or that it is any code."""
        return " or ".join(self.roots) if self.roots else "any code"


@dataclass(frozen=True)
class Talk:
    """A coded study as all sections look at it.

    Args:
        codings: the study, coded.
        study: consent, and what citations may show.
        wanted: the codes that are asked about.
        sources: the transcripts looked at, sorted by kind (interviews first) and ID.
        held: what stands on each, by its ID.
    """

    codings: Codings
    study: Study
    wanted: Wanted
    sources: tuple[TranscriptCoding, ...]
    held: dict[str, Held]

    def codes_on(self, source: TranscriptCoding, span: Span) -> set[str]:
        """The codes asked about that stand on a span."""
        return self.wanted.among(self.held[source.transcript.id].codes_on(span))


def talk_of(codings: Codings, study: Study, codes: Sequence[str], kind: str) -> Talk:
    """A coded study, of one kind of transcript or of all."""
    sources = tuple(
        sorted(
            (one for one in codings.transcripts if not kind or one.transcript.kind == kind),
            key=lambda one: (one.transcript.kind != INTERVIEW, one.transcript.kind),
        )
    )
    held = {one.transcript.id: held_on(codings, one) for one in sources}
    return Talk(codings, study, Wanted(tuple(codes)), sources, held)


def answering(source: TranscriptCoding) -> list[Turn]:
    """The turns that count, hold a word, and are not an interviewer's."""
    return [
        turn
        for turn in source.transcript.turns
        if turn.number in source.counted_turns
        and turn.role is not Role.INTERVIEWER
        and source.turn_words[turn.number]
    ]
