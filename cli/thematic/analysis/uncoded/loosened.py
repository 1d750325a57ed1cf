"""Near misses that coding again with loosened rules shows, and mentions that were withheld."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from thematic.analysis.uncoded.gaps import Gaps, Miss, TurnText
from thematic.analysis.uncoded.talk import Placed
from thematic.model.codebook import Rule
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn

SHOWN = 300  # characters between the parts of one miss
RuleKey = tuple[str, int]  # path of the code, index of the rule
Read = Callable[[TranscriptCoding, Turn], TurnText]


@dataclass(frozen=True)
class Loosened:
    """The transcripts coded again by rules that ask for less.

    Args:
        codings: in which each code is one loosened rule, named by a number.
        origin: by that number, the rule it was made of and what it no longer asks for.
    """

    codings: Codings
    origin: Mapping[str, tuple[RuleKey, str]]


@dataclass
class _Place:
    """One transcript: its turns, and where each rule already found something."""

    source: TranscriptCoding
    turns: dict[int, Turn]
    found: dict[RuleKey, Placed[None]]

    def has(self, key: RuleKey, span: Span) -> bool:
        """Whether the rule itself found something in a stretch, counted or not."""
        return key in self.found and any(True for _ in self.found[key].on(span))


def _places(gaps: Gaps) -> dict[str, _Place]:
    places = {}
    for source in gaps.talk.sources:
        spans: dict[RuleKey, list[tuple[Span, None]]] = defaultdict(list)
        for mention in source.mentions:
            spans[mention.code, mention.rule].append((mention.span, None))
        found = {key: Placed(there) for key, there in spans.items()}
        turns = {turn.number: turn for turn in source.transcript.turns}
        places[source.transcript.id] = _Place(source, turns, found)
    return places


def _rules(gaps: Gaps) -> dict[RuleKey, Rule]:
    codes = gaps.talk.codings.codebook.codes()
    return {(code.path, at): rule for code in codes for at, rule in enumerate(code.rules)}


def _loose_mentions(
    gaps: Gaps, loosened: Loosened
) -> Iterator[tuple[_Place, Mention, RuleKey, str]]:
    """What loosened rules find where the rules themselves found nothing."""
    places = _places(gaps)
    for coded in loosened.codings.transcripts:
        place = places.get(coded.transcript.id)
        for mention in coded.mentions if place else ():
            key, missing = loosened.origin[mention.code]
            if (
                place
                and mention.status is not MentionStatus.WITHHELD
                and key[0] in gaps.talk.wanted
            ):
                yield place, mention, key, missing


def apart_misses(gaps: Gaps, wider: Loosened, read: Read) -> Iterator[Miss]:
    """Parts of `near` rules that stand too far apart, in the other order, or in two sentences."""
    rules = _rules(gaps)
    for place, mention, key, _ in _loose_mentions(gaps, wider):
        turn = place.turns[mention.turn]
        sentence = gaps.holding(place.source, mention.turn, mention.span)
        if sentence is None or place.has(key, mention.span):
            continue
        if gaps.misses(place.source, sentence, key[0]):
            rule = rules[key]
            words = read(place.source, turn).distance(mention.parts[0], mention.parts[-1])
            told = _apart(gaps, place.source, mention, rule, words)
            if told is not None:
                yield Miss(
                    place.source,
                    turn,
                    mention.span,
                    sentence,
                    *key,
                    told[0],
                    rule.text,
                    told[1],
                    "",
                )


def _apart(
    gaps: Gaps, source: TranscriptCoding, mention: Mention, rule: Rule, words: int
) -> tuple[str, str] | None:
    """Why the parts are no mention: the kind of miss, and it in words."""
    scope = gaps.talk.codings.codebook.scope
    scopes = source.units[scope]
    first, last = (
        bisect_right(scopes, part.start, key=lambda unit: unit.span.start)
        for part in (mention.parts[0], mention.parts[-1])
    )
    if first != last:
        return "border", f"parts in two {scope.value}s, {words} words apart"
    if words > rule.within:
        return "distance", f"{words} words apart; the rule allows {rule.within}"
    return ("order", "parts in another order than written") if rule.in_order else None


def lacking_misses(gaps: Gaps, lacking: Loosened) -> Iterator[Miss]:
    """Scopes in which an all/any rule finds all its parts but one."""
    rules = _rules(gaps)
    scope = gaps.talk.codings.codebook.scope
    seen: dict[tuple[str, Span, RuleKey], list[Miss]] = defaultdict(list)
    for place, mention, key, missing in _loose_mentions(gaps, lacking):
        turn = place.turns[mention.turn]
        stretch = _shown(mention, turn)
        sentence = gaps.holding(place.source, mention.turn, stretch)
        unit = place.source.unit_of(mention, scope).span
        if sentence is None or place.has(key, unit):
            continue
        if gaps.misses(place.source, sentence, key[0]):
            rule = rules[key]
            asked = len(rule.all) + bool(rule.any)
            told = f"not there: {missing}; {asked - 1} of {asked} parts are"
            seen[place.source.transcript.id, unit, key].append(
                Miss(
                    place.source,
                    turn,
                    stretch,
                    sentence,
                    *key,
                    "part",
                    rule.text,
                    told,
                    "*",
                    parts=asked - 1,
                )
            )
    # Where two parts can each be left out, both are there.
    yield from (found[0] for found in seen.values() if len({miss.missing for miss in found}) == 1)


def _shown(mention: Mention, turn: Turn) -> Span:
    """From the first part found to the last; the first alone where they stand far apart."""
    parts = mention.parts or (mention.span,)
    stretch = Span(min(part.start for part in parts), max(part.end for part in parts))
    return stretch if len(stretch) <= SHOWN and turn.span.contains(stretch) else mention.span


def withheld_misses(gaps: Gaps) -> Iterator[Miss]:
    """Mentions that a guard, a `none` item or a negation kept out of uncoded sentences."""
    rules = _rules(gaps)
    for place in _places(gaps).values():
        for mention in place.source.mentions:
            if mention.status is not MentionStatus.WITHHELD:
                continue
            sentence = gaps.holding(place.source, mention.turn, mention.span)
            if sentence is None or not gaps.misses(place.source, sentence, mention.code):
                continue
            text = place.source.transcript.text[mention.span.start : mention.span.end]
            yield Miss(
                place.source,
                place.turns[mention.turn],
                mention.span,
                sentence,
                mention.code,
                mention.rule,
                "guard" if mention.guard else "negation",
                rules[mention.code, mention.rule].text,
                f"kept out by {mention.guard!r}" if mention.guard else "kept out: it is negated",
                " ".join(text.casefold().split()),
            )
