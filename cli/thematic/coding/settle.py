"""From matches of items to mentions: near, all/any/none, longest match, guards, negation.

Everything here is positions and loops over them; no text is matched again. The order of
work is the one of docs/reference/matching.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from thematic.coding.compile import CompiledCodebook, CompiledRule
from thematic.coding.matching import TurnMatches
from thematic.coding.spans import Kept, SortedSpans
from thematic.model.codebook import Guard, Negation, Nested, RuleKind
from thematic.model.coding import Mention, MentionStatus
from thematic.model.transcript import Span

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
        for turn in self.turns:
            for item, spans in turn.items.items():
                self._items[item] += spans

    def found_items(self) -> Iterable[int]:
        """The items with any match."""
        return self._items

    def all_of(self, item: int) -> list[Span]:
        """Every match of an item, in text order."""
        return self._items.get(item, [])

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


def reduced(spans: Iterable[Span]) -> list[Span]:
    """Longest match within one item: no two overlap, in text order."""
    kept = Kept()
    for span in sorted(spans, key=lambda s: (-len(s), s.start)):
        if not kept.clash(span):
            kept.keep(span)
    return kept.in_order()


def _near(stretch: Stretch, rule: CompiledRule) -> Iterator[Candidate]:
    columns = [stretch.by_scope(item) for item in rule.items]
    for index in sorted(set(columns[0]).intersection(*columns[1:])):
        matches = [reduced(column[index]) for column in columns]
        reach = rule.rule.within
        sets = list(_sets_within(stretch, matches, reach, in_order=rule.rule.in_order))
        for span, parts in _shortest_from_left(sets):
            yield Candidate(span, rule, parts)


def _sets_within(
    stretch: Stretch, matches: Sequence[Sequence[Span]], within: int, *, in_order: bool
) -> Iterator[tuple[Span, ...]]:
    """Every choice of one match an item that lies close enough, none overlapping another."""

    def extend(chosen: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
        if len(chosen) == len(matches):
            yield chosen
            return
        for span in matches[len(chosen)]:
            if in_order and chosen and span.start < chosen[-1].end:
                continue
            if any(span.overlaps(other) for other in chosen):
                continue
            both = sorted((*chosen, span))
            if stretch.distance(both[0], both[-1]) <= within:
                yield from extend((*chosen, span))

    yield from extend(())


def _shortest_from_left(
    sets: Sequence[tuple[Span, ...]],
) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Stretches that hold no shorter one, from the left, none overlapping one taken."""
    stretches: dict[Span, tuple[Span, ...]] = {}
    for chosen in sets:
        parts = tuple(sorted(chosen))
        stretches.setdefault(Span(parts[0].start, max(part.end for part in parts)), parts)
    ends = -1
    narrowest: list[Span] = []
    for span in sorted(stretches, key=lambda s: (-s.start, s.end)):
        # From the right: shortest is what ends before all that start at or after it.
        if not narrowest or narrowest[-1].end > span.end:
            narrowest.append(span)
    for span in reversed(narrowest):
        if span.start >= ends:
            yield span, stretches[span]
            ends = span.end


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
        matches = stretch.by_scope(item).get(scope, [])
        where = next((s for s in matches if _guards(stretch, candidate.span, s, declared)), None)
        if where is not None:
            guard = declared.item.text
            break
    if not guard:
        return mention
    return replace(mention, status=MentionStatus.WITHHELD, guard=guard, guard_span=where)


def _guards(stretch: Stretch, span: Span, guard: Span, declared: Guard) -> bool:
    return declared.within is None or stretch.distance(span, guard) <= declared.within


class _Cues:
    """Words before a mention that change what it says: negation and the codebook's marks."""

    def __init__(self, stretch: Stretch, book: CompiledCodebook) -> None:
        self.stretch = stretch
        no_cues = SortedSpans(reduced(s for item in book.not_cues for s in stretch.all_of(item)))
        cues = {span for item in book.cues for span in stretch.all_of(item)}
        cues = {cue for cue in cues if not any(True for _ in no_cues.overlapping(cue))}
        self.english = bool(book.not_cues)
        self.negations = SortedSpans(reduced(cue for cue in cues if self._is_cue(cue)))
        self.marks = {
            name: SortedSpans(reduced(s for item in items for s in stretch.all_of(item)))
            for name, items in book.marks.items()
        }

    def _is_cue(self, span: Span) -> bool:
        """`no` before a comma answers, it does not negate."""
        text = self.stretch.text
        is_no = text[span.start : span.end].casefold() == "no"
        return not (self.english and is_no and text[span.end : span.end + 1] == ",")

    def before(self, mention: Span, cues: SortedSpans) -> list[Span]:
        """Cues ending at most CUE_REACH words before a mention, nothing blocking between."""
        stretch = self.stretch
        first = stretch.first_word(mention)
        earliest = max(0, first - CUE_REACH - 1)
        begin = stretch.words.spans[earliest].start if len(stretch.words) else mention.start
        turn = stretch.turn_number(mention.start)
        return [
            cue
            for cue in cues.between(begin, mention.start)
            if cue.end <= mention.start
            and first - stretch.last_word(cue) <= CUE_REACH
            and stretch.turn_number(cue.start) == turn
            and not _BLOCKS.search(stretch.text, cue.end, mention.start)
        ]

    def negation(self, mention: Span) -> Span | None:
        """The cue nearest before a mention that negates it."""
        found = self.before(mention, self.negations)
        texts = [self.stretch.text[cue.start : cue.end].casefold() for cue in found]
        if self.english and "without" in texts:
            at = texts.index("without")
            if any(_cannot(text) for text in texts[:at]):
                found = found[at + 1 :]
        return found[-1] if found else None


def _cannot(cue: str) -> bool:
    return cue in ("cannot", "can't", "can\u2019t")


def _negated(mention: Mention, cues: _Cues, book: CompiledCodebook, stretch: Stretch) -> Mention:
    if mention.status is MentionStatus.SWALLOWED:
        return mention
    marks = tuple(name for name, found in cues.marks.items() if cues.before(mention.span, found))
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
    standing = [m for m in mentions if m.status is not MentionStatus.SWALLOWED]
    result: list[Mention] = []
    for mention in mentions:
        longer = next((m for m in standing if _nests(m, mention)), None)
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
