"""Codes whose rules are phrases, lemmas and regexes: settled match by match.

Most codes are plain, and most of their matches overlap nothing, cross no border and meet no
guard; such a match is a mention as it stands. Whatever is not so simple goes to `settle`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from thematic.coding.compiled import CompiledCodebook, CompiledRule
from thematic.coding.fast.cues import Cues
from thematic.coding.fast.firing import Firing
from thematic.coding.fast.matching import FoundTurn
from thematic.coding.fast.settle import Candidate, longest_first
from thematic.coding.fast.stretch import Stretch
from thematic.coding.spans import SortedSpans
from thematic.coding.talk import CountedTalk
from thematic.model.codebook import Negation, Unit
from thematic.model.coding import Mention, MentionStatus
from thematic.model.transcript import Span

# A match without one of these lies within one sentence and one paragraph.
_MAY_END_A_UNIT = re.compile("[.?!…\u061f\u06d4\u0964。！？\n]")

# The first of these after a cue: a bracket, or a sign that ends the cue's reach. No web or mail
# address holds a sign with white space after it.
_STOP = re.compile(r"[\[\]()]|[.!?;:\u2014](?=\s)")
_BRACKETS = "[]()"

Place = tuple[Span, CompiledRule]


class PlainRules:
    """The plain codes of a codebook."""

    def __init__(self, book: CompiledCodebook, firing: Firing) -> None:
        self.book, self.firing = book, firing
        self._guarded: dict[str, set[int]] = defaultdict(set)
        for rule in book.rules:
            self._guarded[rule.code] |= {guard for guard, _ in rule.guards}
        self._telling = frozenset(
            (*book.cues, *(i for items in book.marks.values() for i in items))
        )
        self._crosses = book.codebook.scope in (Unit.SENTENCE, Unit.PARAGRAPH)

    def involved(self, turns: Sequence[FoundTurn]) -> set[str]:
        """The codes found in some turns whose matches must be settled together, by `settle`."""
        items = {item for turn in turns for item in turn.items}
        return self.involved_codes(items, {key for turn in turns for key in turn.tokens})

    def involved_codes(self, items: set[int], tokens: Collection[int]) -> set[str]:
        """The same, told from the items and the `tokens` rules found."""
        codes = {rule.code for rule in self.firing.together(items, tokens)}
        touched = {rule.code for item in items for rule in self.firing.plain.get(item, ())}
        return codes | {code for code in touched if not self._guarded[code].isdisjoint(items)}

    def mentions(self, turn: FoundTurn, talk: CountedTalk, apart: set[str]) -> Iterator[Mention]:
        """The mentions of plain codes in one turn.

        Args:
            turn: what was found in it.
            talk: the transcript's talk.
            apart: codes to leave out; `settle` has them.
        """
        places: dict[str, list[Place]] = {}
        for item, spans in turn.items.items():
            for rule in self.firing.plain.get(item, ()):
                if rule.code not in apart:
                    places.setdefault(rule.code, []).extend((span, rule) for span in spans)
        if not places:
            return
        before = _Before(turn, talk, self.book, self._telling)
        for found in places.values():
            taken, swallowed = self._longest(self._in_scope(found, turn, talk))
            yield from (replace(one, turn=turn.turn.number) for one in swallowed)
            for span, rule in taken:
                yield _mention(turn, span, rule, before)

    def _in_scope(self, places: list[Place], turn: FoundTurn, talk: CountedTalk) -> list[Place]:
        """Those that cross no border of the rules' scope."""
        if not self._crosses:
            return places
        text = talk.transcript.text
        doubtful = [p for p in places if _MAY_END_A_UNIT.search(text, p[0].start, p[0].end)]
        if not doubtful:
            return places
        scopes = SortedSpans(talk.spans_in_turn(self.book.codebook.scope, turn.turn.number))
        crossing = {span for span, _ in doubtful if scopes.holder(span) < 0}
        return [place for place in places if place[0] not in crossing]

    def _longest(self, places: list[Place]) -> tuple[list[Place], list[Mention]]:
        """Longest match within one code; most often nothing overlaps."""
        if len(places) > 1:
            places.sort(key=lambda place: (place[0].start, place[0].end, place[1].index))
            if any(one[0].end > following[0].start for one, following in pairwise(places)):
                candidates = [Candidate(span, rule) for span, rule in places]
                taken, swallowed = longest_first(candidates)
                return [(one.span, one.rule) for one in taken], swallowed
        return places, []


class _Before:
    """The cues and marks of one turn; they are looked at only where one may reach a mention."""

    def __init__(
        self, turn: FoundTurn, talk: CountedTalk, book: CompiledCodebook, telling: frozenset[int]
    ) -> None:
        self.turn, self.talk, self.book = turn, talk, book
        items = turn.items
        found = telling.intersection(items)
        self._ends = sorted({span.end for item in found for span in items[item]})

    def may_tell(self, span: Span) -> bool:
        """Whether a cue or mark stands before a mention and no sentence ends in between."""
        index = bisect_right(self._ends, span.start) - 1
        if index < 0:
            return False
        stop = _STOP.search(self.talk.transcript.text, self._ends[index], span.start)
        # A stamp may hold such signs, and what ends a cue's reach in a note does not.
        return stop is None or bool(self.turn.turn.gaps) or stop.group() in _BRACKETS

    @cached_property
    def cues(self) -> Cues:
        """The cues and marks themselves."""
        stretch = Stretch(self.talk.transcript.text, [self.turn], SortedSpans(()))
        return Cues(stretch, self.book)


def _mention(turn: FoundTurn, span: Span, rule: CompiledRule, before: _Before) -> Mention:
    if not before.may_tell(span):
        return Mention(turn.turn.number, span, rule.code, rule.index)
    marks, negation = before.cues.said_before(span, rule.rule.negation)
    withheld = negation and rule.rule.negation is Negation.WITHHOLD
    return Mention(
        turn.turn.number,
        span,
        rule.code,
        rule.index,
        status=MentionStatus.WITHHELD if withheld else MentionStatus.SUGGESTED,
        negation=negation,
        marks=marks,
    )
