"""Codings: each code on each unit, by rules and by people, with where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thematic.analysis.decided import Stand, UnitVerdicts, overlapped, verdicts
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, TranscriptCoding, UnitSpan
from thematic.model.judged import Standing
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn


@dataclass(frozen=True)
class Coding:
    """One code on one unit.

    Args:
        turn: the one its first mention, or else the first sentence that people judged, is in.
        mentions: counted ones; none where no rule suggests it, or only a code below it.
        sentence: the first one coded.
        suggested: whether rules suggest it, or a code below it.
    """

    source: TranscriptCoding
    turn: Turn
    unit: UnitSpan
    code: str
    mentions: tuple[Mention, ...]
    sentence: UnitSpan
    suggested: bool
    stand: Stand

    @property
    def negated(self) -> bool:
        """Whether rules suggest it, and every mention of it is negated."""
        return bool(self.mentions) and all(mention.negation for mention in self.mentions)


def quoted_unit(coding: Coding, unit: Unit) -> UnitSpan:
    """What is printed of a coding: its unit; of a whole transcript, the first sentence coded.

    A transcript is never printed whole, and holds words of speakers that do not count.
    """
    return coding.sentence if unit is Unit.TRANSCRIPT else coding.unit


def suggestions_of(codings: Codings, unit: Unit, path: str) -> int:
    """On how many units rules suggest a code or one below it, whatever people say."""
    return sum(
        len({source.unit_of(one, unit) for one in source.counted() if _covers(path, one.code)})
        for source in codings.transcripts
    )


def codings_of(
    codings: Codings, unit: Unit, path: str | None = None, *, own: bool = False
) -> Iterator[Coding]:
    """Codings in text order, by rules and by people: of one code, or each code's own.

    A code that people reject is among them where rules suggest it or a code below it.

    Args:
        codings: the coded study.
        unit: what is counted once.
        path: a code, with all below it; None = every code by itself, as coded.
        own: with a path, leave out the codes below it.
    """
    alone = own or path is None
    for source in codings.transcripts:
        grouped = _mentions(source, unit, path, own=own)
        if not grouped and codings.judgements is None:
            continue
        found = verdicts(codings, source, unit)
        for span, code in _judged(found, path, own=own):
            grouped.setdefault((span, code), [])
        turns = {turn.number: turn for turn in source.transcript.turns}
        for (span, code), mentions in sorted(grouped.items(), key=lambda item: item[0][0].span):
            sentence = _sentence(source, found, span, code, mentions)
            turn = turns[mentions[0].turn if mentions else sentence.turn]
            by_rules = (code, span.span.start) in found.suggested
            stand = found.stand(code, span.span.start, own=alone)
            yield Coding(source, turn, span, code, tuple(mentions), sentence, by_rules, stand)


def _covers(path: str, code: str) -> bool:
    return code == path or code.startswith(path + "/")


def _mentions(
    source: TranscriptCoding, unit: Unit, path: str | None, *, own: bool
) -> dict[tuple[UnitSpan, str], list[Mention]]:
    """What rules suggest, by unit and code."""
    grouped: dict[tuple[UnitSpan, str], list[Mention]] = defaultdict(list)
    for mention in source.counted():
        if path is None or (mention.code == path if own else _covers(path, mention.code)):
            grouped[source.unit_of(mention, unit), path or mention.code].append(mention)
    return grouped


def _judged(found: UnitVerdicts, path: str | None, *, own: bool) -> Iterator[tuple[UnitSpan, str]]:
    """Units and codes of which people say something that is more than a no to nothing."""
    for start, said in found.said.items():
        for one in said:
            code = path or one.code
            if not (one.code == code if own else _covers(code, one.code)):
                continue
            differ = one.how is Standing.DISPUTED
            if one.holds or differ or (code, start) in found.suggested:
                yield found.units[start], code


def _sentence(
    source: TranscriptCoding,
    found: UnitVerdicts,
    span: UnitSpan,
    code: str,
    mentions: list[Mention],
) -> UnitSpan:
    """The first sentence coded by a rule, else by people."""
    if mentions:
        return source.unit_of(mentions[0], Unit.SENTENCE)
    sentences = source.units[Unit.SENTENCE]
    within = [
        Span(max(one.span.start, span.span.start), min(one.span.end, span.span.end))
        for one in found.said[span.span.start]
        if _covers(code, one.code)
    ]
    firsts = [next(overlapped(sentences, one), None) for one in within]
    return min((one for one in firsts if one), key=lambda one: one.span.start)
