"""From matches of items to mentions: near, all/any/none, longest match, guards, negation.

Everything here is positions and loops over them; no text is matched again. The order of
work is the one of docs/reference/matching.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from thematic.coding.compile import CompiledCodebook, CompiledRule
from thematic.coding.matching import TurnMatches
from thematic.coding.near import shortest_sets
from thematic.coding.spans import Kept, SortedSpans, reduced
from thematic.coding.text import fold
from thematic.model.codebook import Guard, Negation, Nested, RuleKind
from thematic.model.coding import Mention, MentionStatus
from thematic.model.transcript import Span

_COMMA = re.compile(r"[\s\"'\u2019\u201d\u00bb)]*,")
CUE_REACH = 5  # words between a cue's end and the mention's first word, at most
_BLOCKS = re.compile(r"[.!?;:\u2014]|--|\b(?:but|although|except)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one rule found, before longest match."""

    span: Span
    rule: CompiledRule
    parts: tuple[Span, ...] = ()
    withheld_by: str = ""  # a matching `none` item
    withheld_span: Span | None = None


@dataclass
class Stretch:
    """Turns that are settled together: one turn, or all of them for scope `transcript`."""

    text: str  # of the whole transcript
    turns: Sequence[TurnMatches]
    scopes: SortedSpans
    words: SortedSpans = field(init=False)

    def __post_init__(self) -> None:
        self.words = SortedSpans(span for turn in self.turns for span in turn.words.words.spans)
        spoken = [turn.turn for turn in self.turns if turn.turn.span]
        self._turns = SortedSpans(turn.span for turn in spoken)
        self._numbers = [turn.number for turn in spoken]
        self._by_scope: dict[int, dict[int, list[Span]]] = {}
        self._items: dict[int, list[Span]] = defaultdict(list)
        self._longest: dict[int, int] = {}
        for turn in self.turns:
            for item, spans in turn.items.items():
                self._items[item] += spans

    def found_items(self) -> Iterable[int]:
        """The items with any match."""
        return self._items

    def all_of(self, item: int) -> list[Span]:
        """Every match of an item, in text order."""
        return self._items.get(item, [])

    def longest(self, item: int) -> int:
        """Characters of the longest match of an item."""
        if item not in self._longest:
            self._longest[item] = max((len(span) for span in self.all_of(item)), default=0)
        return self._longest[item]

    def by_scope(self, item: int) -> dict[int, list[Span]]:
        """The matches of an item by scope; one that crosses a border is in none."""
        if item not in self._by_scope:
            found: dict[int, list[Span]] = defaultdict(list)
            for span in self.all_of(item):
                if (index := self.scopes.holder(span)) >= 0:
                    found[index].append(span)
            self._by_scope[item] = dict(found)
        return self._by_scope[item]

    def first_word(self, span: Span) -> int:
        """Index of the word that holds the span's start, or the next one after it."""
        index = self.words.last_from(span.start)
        if index >= 0 and self.words.spans[index].end > span.start:
            return index
        return index + 1

    def last_word(self, span: Span) -> int:
        """Index of the word that holds the span's last character, or the one before it."""
        return self.words.last_from(span.end - 1)

    def distance(self, one: Span, other: Span) -> int:
        """Words from one to the other: 0 within one word, 1 for neighbours."""
        if one.overlaps(other):
            return 0
        first, second = (one, other) if one.start < other.start else (other, one)
        return max(0, self.first_word(second) - self.last_word(first))

    def around(self, span: Span, words: int) -> Span:
        """The span with so many words on each side."""
        if not len(self.words):
            return span
        first = max(0, self.first_word(span) - words)
        last = min(len(self.words) - 1, self.last_word(span) + words)
        start = min(span.start, self.words.spans[min(first, len(self.words) - 1)].start)
        return Span(start, max(span.end, self.words.spans[max(0, last)].end))

    def turn_numbers(self, spans: Iterable[Span]) -> list[int]:
        """The turns that hold some of these, in text order."""
        return sorted({self.turn_number(span.start) for span in spans})

    def in_turn(self, spans: Sequence[Span], turn: int) -> list[Span]:
        """Those of the spans that stand in one turn."""
        if len(self.turns) == 1:
            return list(spans)
        return [span for span in spans if self.turn_number(span.start) == turn]

    def turn_number(self, position: int) -> int:
        """The number of the turn that holds a position."""
        return self._numbers[self._turns.last_from(position)]


def settle(stretch: Stretch, book: CompiledCodebook) -> list[Mention]:
    """All mentions of one stretch, withheld and swallowed ones too, in no set order."""
    mentions: list[Mention] = []
    for rules in _touched(stretch, book):
        candidates = [found for rule in rules for found in _candidates(stretch, rule)]
        taken, swallowed = longest_first(candidates)
        mentions += [_guarded(stretch, candidate) for candidate in taken]
        mentions += swallowed
    cues = _Cues(stretch, book)
    mentions = [_negated(mention, cues, book, stretch) for mention in mentions]
    if book.codebook.nested is Nested.CODEBOOK:
        mentions = _without_nested(mentions)
    return [replace(m, turn=stretch.turn_number(m.span.start)) for m in mentions]


def _touched(stretch: Stretch, book: CompiledCodebook) -> list[list[CompiledRule]]:
    """The rules that can fire here, code by code: those with an item that was found."""
    rules = {
        (rule.code, rule.index): rule
        for item in stretch.found_items()
        for rule in book.rules_by_item.get(item, ())
    }
    if any(turn.tokens for turn in stretch.turns):
        rules |= {(rule.code, rule.index): rule for rule in book.rules_with_tokens}
    grouped: dict[str, list[CompiledRule]] = defaultdict(list)
    for key in sorted(rules):
        grouped[key[0]].append(rules[key])
    return list(grouped.values())


def _candidates(stretch: Stretch, rule: CompiledRule) -> Iterator[Candidate]:
    match rule.rule.kind:
        case RuleKind.NEAR:
            yield from _near(stretch, rule)
        case RuleKind.BOOLEAN:
            yield from _boolean(stretch, rule)
        case RuleKind.TOKENS:
            found = [s for turn in stretch.turns for s in turn.tokens.get(rule.tokens_key or 0, ())]
            for span in found:
                if stretch.scopes.holder(span) >= 0:
                    yield Candidate(span, rule)
        case _:
            for spans in stretch.by_scope(rule.items[0]).values():
                for span in spans:
                    yield Candidate(span, rule)


def _near(stretch: Stretch, rule: CompiledRule) -> Iterator[Candidate]:
    """The shortest sets of one match an item, from the left; all parts lie in one turn."""
    columns = [stretch.by_scope(item) for item in rule.items]
    for index in sorted(set(columns[0]).intersection(*columns[1:])):
        for turn in stretch.turn_numbers(columns[0][index]):
            matches = [stretch.in_turn(reduced(column[index]), turn) for column in columns]
            for parts in shortest_sets(stretch, matches, rule.rule.within, rule.rule.in_order):
                yield Candidate(Span(parts[0].start, parts[-1].end), rule, parts)


def _boolean(stretch: Stretch, rule: CompiledRule) -> Iterator[Candidate]:
    """At most one mention a scope."""
    every = [stretch.by_scope(item) for item in rule.all]
    some = [stretch.by_scope(item) for item in rule.any]
    for index in sorted({index for column in (*every, *some) for index in column}):
        needed = [column[index] for column in every if index in column]
        offered = [span for column in some for span in column.get(index, ())]
        if len(needed) < len(every) or (some and not offered):
            continue
        found = [_first(spans) for spans in needed] + ([_first(offered)] if offered else [])
        barred, where = _barred(stretch, rule, index)
        yield Candidate(found[0], rule, tuple(sorted(set(found))), barred, where)


def _barred(stretch: Stretch, rule: CompiledRule, scope: int) -> tuple[str, Span | None]:
    """The first `none` item that stands in a scope, and where."""
    for item, declared in zip(rule.none, rule.rule.none, strict=True):
        if spans := stretch.by_scope(item).get(scope):
            return f"none: {declared.text}", _first(spans)
    return "", None


def _first(spans: Sequence[Span]) -> Span:
    return min(spans, key=lambda s: (s.start, -s.end))


def longest_first(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Mention]]:
    """Longest match within one code: most characters, then earlier start, then earlier rule."""
    taken: dict[Span, Candidate] = {}
    kept = Kept()
    swallowed: list[Mention] = []
    unique = {(c.span, c.rule.index): c for c in candidates}
    order = sorted(unique.values(), key=lambda c: (-len(c.span), c.span.start, c.rule.index))
    for candidate in order:
        longer = kept.clash(candidate.span)
        if longer is None:
            taken[candidate.span] = candidate
            kept.keep(candidate.span)
        else:
            swallowed.append(
                Mention(
                    turn=0,
                    span=candidate.span,
                    code=candidate.rule.code,
                    rule=candidate.rule.index,
                    status=MentionStatus.SWALLOWED,
                    swallowed_by=longer,
                    swallowed_code=candidate.rule.code,
                    parts=candidate.parts,
                )
            )
    return list(taken.values()), swallowed


def _guarded(stretch: Stretch, candidate: Candidate) -> Mention:
    rule = candidate.rule
    mention = Mention(0, candidate.span, rule.code, rule.index, parts=candidate.parts)
    guard, where = candidate.withheld_by, candidate.withheld_span
    scope = stretch.scopes.holder(candidate.span)
    for item, declared in () if guard else rule.guards:
        where = _guarding(stretch, candidate.span, scope, item, declared)
        if where is not None:
            guard = declared.item.text
            break
    if not guard:
        return mention
    return replace(mention, status=MentionStatus.WITHHELD, guard=guard, guard_span=where)


def _guarding(stretch: Stretch, span: Span, scope: int, item: int, declared: Guard) -> Span | None:
    """The first match of a guard in the mention's scope that stands near enough."""
    matches = stretch.by_scope(item).get(scope)
    if not matches or declared.within is None:
        return matches[0] if matches else None
    reach = stretch.around(span, declared.within)
    begin = reach.start - stretch.longest(item)
    for index in range(bisect_left(matches, begin, key=lambda m: m.start), len(matches)):
        match = matches[index]
        if match.start > reach.end:
            return None
        if match.overlaps(span) or 0 < stretch.distance(span, match) <= declared.within:
            return match
        if declared.within and not stretch.distance(span, match):  # two parts of one word
            return match
    return None


class _Cues:
    """Words before a mention that change what it says: negation and the codebook's marks."""

    def __init__(self, stretch: Stretch, book: CompiledCodebook) -> None:
        self.stretch = stretch
        self.english = bool(book.not_cues)
        self.blockers = SortedSpans(_blockers(stretch))
        no_cues = SortedSpans(reduced(s for item in book.not_cues for s in stretch.all_of(item)))
        cues = {span for item in book.cues for span in stretch.all_of(item)}
        cues = {cue for cue in cues if not any(True for _ in no_cues.overlapping(cue))}
        found = reduced(cue for cue in cues if self._is_cue(cue))
        self.negations = SortedSpans(self._without_double(found) if self.english else found)
        self.marks = {
            name: SortedSpans(reduced(s for item in items for s in stretch.all_of(item)))
            for name, items in book.marks.items()
        }

    def _is_cue(self, span: Span) -> bool:
        """`no` before a comma answers, it does not negate."""
        answers = _COMMA.match(self.stretch.text, span.end)
        return not (self.english and self._said(span) == "no" and answers)

    def _without_double(self, cues: Sequence[Span]) -> Iterator[Span]:
        """`cannot … without` says yes: neither of the two is a cue, nor a `without` after it."""
        denied: Span | None = None
        dropped: set[Span] = set()
        for cue in cues:
            if denied is not None and not self._reaches(denied, cue):
                denied = None
            if self._said(cue) in ("cannot", "can't"):
                denied = cue
            elif denied is not None and self._said(cue) == "without":
                dropped |= {denied, cue}
        yield from (cue for cue in cues if cue not in dropped)

    def _said(self, cue: Span) -> str:
        return fold(self.stretch.text[cue.start : cue.end])

    def _reaches(self, cue: Span, position: Span) -> bool:
        """Whether nothing between a cue and what follows it ends what it says."""
        same = self.stretch.turn_number(cue.start) == self.stretch.turn_number(position.start)
        return same and not self.blockers.between(cue.end, position.start)

    def before(self, mention: Span, cues: SortedSpans) -> Span | None:
        """The nearest cue ending at most CUE_REACH words before a mention, nothing between."""
        first = self.stretch.first_word(mention)
        for index in range(cues.first_from(mention.start) - 1, -1, -1):
            cue = cues.spans[index]
            if first - self.stretch.last_word(cue) > CUE_REACH:
                return None
            if cue.end <= mention.start:
                return cue if self._reaches(cue, mention) else None
        return None

    def negation(self, mention: Span) -> Span | None:
        """The cue nearest before a mention that negates it."""
        return self.before(mention, self.negations)


def _blockers(stretch: Stretch) -> Iterator[Span]:
    """What ends the reach of a cue; none in time stamps, notes and addresses."""
    for turn in stretch.turns:
        span = turn.turn.span
        apart = (*turn.turn.gaps, *turn.words.notes.spans, *turn.words.addresses.spans)
        silent = SortedSpans(reduced(apart))
        for match in _BLOCKS.finditer(stretch.text, span.start, span.end):
            found = Span(match.start(), match.end())
            if not any(True for _ in silent.overlapping(found)):
                yield found


def _negated(mention: Mention, cues: _Cues, book: CompiledCodebook, stretch: Stretch) -> Mention:
    if mention.status is MentionStatus.SWALLOWED:
        return mention
    marks = tuple(
        name for name, found in cues.marks.items() if cues.before(mention.span, found) is not None
    )
    rule = book.rule[mention.code, mention.rule].rule
    cue = None if rule.negation is Negation.IGNORE else cues.negation(mention.span)
    if cue is None:
        return replace(mention, marks=marks)
    withheld = rule.negation is Negation.WITHHOLD
    return replace(
        mention,
        marks=marks,
        negation=stretch.text[cue.start : cue.end],
        status=MentionStatus.WITHHELD if withheld else mention.status,
    )


def _without_nested(mentions: Sequence[Mention]) -> list[Mention]:
    """Swallow what lies strictly inside a longer mention of another code."""
    standing = sorted(
        (m for m in mentions if m.status is not MentionStatus.SWALLOWED),
        key=lambda m: m.span,
    )
    longest = max((len(m.span) for m in standing), default=0)
    result: list[Mention] = []
    for mention in mentions:
        begin = mention.span.start
        first = bisect_left(standing, begin - longest, key=lambda m: m.span.start)
        last = bisect_right(standing, begin, key=lambda m: m.span.start)
        near = (standing[index] for index in range(first, last))
        longer = next((m for m in near if _nests(m, mention)), None)
        if longer is None or mention.status is MentionStatus.SWALLOWED:
            result.append(mention)
        else:
            result.append(
                replace(
                    mention,
                    status=MentionStatus.SWALLOWED,
                    swallowed_by=longer.span,
                    swallowed_code=longer.code,
                )
            )
    return result


def _nests(outer: Mention, inner: Mention) -> bool:
    strictly = outer.span.contains(inner.span) and len(outer.span) > len(inner.span)
    return strictly and outer.code != inner.code
