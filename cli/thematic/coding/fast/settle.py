"""From matches of items to mentions: near, all/any/none, longest match, guards, negation.

Everything here is positions; no text is matched again. The order of work is the one of
docs/reference/matching.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from thematic.coding.compiled import CompiledCodebook, CompiledRule
from thematic.coding.fast.cues import Cues
from thematic.coding.fast.ground import Ground
from thematic.coding.fast.near import shortest_sets
from thematic.coding.fast.stretch import Stretch
from thematic.coding.spans import Kept, reduced
from thematic.model.codebook import Guard, Negation, Nested, RuleKind
from thematic.model.coding import Mention, MentionStatus
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one rule found, before longest match."""

    span: Span
    rule: CompiledRule
    parts: tuple[Span, ...] = ()
    withheld_by: str = ""  # a matching `none` item
    withheld_span: Span | None = None


def settle(
    stretch: Stretch, book: CompiledCodebook, codes: AbstractSet[str] | None = None
) -> list[Mention]:
    """All mentions of one stretch, withheld and swallowed ones too, in no set order.

    Args:
        stretch: turns and what was found in them.
        book: the codebook.
        codes: only these; None = all, and what lies within a longer mention is swallowed
            where the codebook says so.
    """
    cues = Cues(stretch, book)
    mentions = [_negated(mention, cues, book) for mention in weighed(stretch, book, codes)]
    mentions = [replace(m, turn=stretch.turn_number(m.span.start)) for m in mentions]
    return without_nested(mentions, book) if codes is None else mentions


def weighed(
    ground: Ground, book: CompiledCodebook, codes: AbstractSet[str] | None = None
) -> list[Mention]:
    """The mentions of some codes after longest match, `none` items and guards."""
    mentions: list[Mention] = []
    for rules in _touched(ground, book, codes):
        candidates = [found for rule in rules for found in _candidates(ground, rule)]
        taken, swallowed = longest_first(candidates)
        mentions += [_guarded(ground, candidate) for candidate in taken]
        mentions += swallowed
    return mentions


def _touched(
    ground: Ground, book: CompiledCodebook, codes: AbstractSet[str] | None
) -> list[list[CompiledRule]]:
    """The rules that may fire here, code by code: those with an item that was found."""
    rules = {
        (rule.code, rule.index): rule
        for item in ground.found_items()
        for rule in book.rules_by_item.get(item, ())
    }
    if ground.tokens:
        rules |= {(rule.code, rule.index): rule for rule in book.rules_with_tokens}
    grouped: dict[str, list[CompiledRule]] = defaultdict(list)
    for key in sorted(rules):
        if codes is None or key[0] in codes:
            grouped[key[0]].append(rules[key])
    return list(grouped.values())


def _candidates(ground: Ground, rule: CompiledRule) -> Iterator[Candidate]:
    match rule.rule.kind:
        case RuleKind.NEAR:
            yield from _near(ground, rule)
        case RuleKind.BOOLEAN:
            yield from _boolean(ground, rule)
        case RuleKind.TOKENS:
            for span in ground.tokens.get(rule.tokens_key or 0, ()):
                if ground.scope_of(span) >= 0:
                    yield Candidate(span, rule)
        case _:
            for spans in ground.by_scope(rule.items[0]).values():
                for span in spans:
                    yield Candidate(span, rule)


def _near(ground: Ground, rule: CompiledRule) -> Iterator[Candidate]:
    """The shortest sets of one match an item, from the left; all parts lie in one turn."""
    columns = [ground.by_scope(item) for item in rule.items]
    for index in sorted(set(columns[0]).intersection(*columns[1:])):
        for turn in ground.turn_numbers(columns[0][index]):
            matches = [ground.in_turn(reduced(column[index]), turn) for column in columns]
            for parts in shortest_sets(ground, matches, rule.rule.within, rule.rule.in_order):
                yield Candidate(Span(parts[0].start, parts[-1].end), rule, parts)


def _boolean(ground: Ground, rule: CompiledRule) -> Iterator[Candidate]:
    """At most one mention a scope."""
    every = [ground.by_scope(item) for item in rule.all]
    some = [ground.by_scope(item) for item in rule.any]
    for index in sorted({index for column in (*every, *some) for index in column}):
        needed = [column[index] for column in every if index in column]
        offered = [span for column in some for span in column.get(index, ())]
        if len(needed) < len(every) or (some and not offered):
            continue
        found = [_first(spans) for spans in needed] + ([_first(offered)] if offered else [])
        barred, where = _barred(ground, rule, index)
        yield Candidate(found[0], rule, tuple(sorted(set(found))), barred, where)


def _barred(ground: Ground, rule: CompiledRule, scope: int) -> tuple[str, Span | None]:
    """The first `none` item that stands in a scope, and where."""
    for item, declared in zip(rule.none, rule.rule.none, strict=True):
        if spans := ground.by_scope(item).get(scope):
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


def _guarded(ground: Ground, candidate: Candidate) -> Mention:
    rule = candidate.rule
    mention = Mention(0, candidate.span, rule.code, rule.index, parts=candidate.parts)
    guard, where = candidate.withheld_by, candidate.withheld_span
    scope = ground.scope_of(candidate.span)
    for item, declared in () if guard else rule.guards:
        where = _guarding(ground, candidate.span, scope, item, declared)
        if where is not None:
            guard = declared.item.text
            break
    if not guard:
        return mention
    return replace(mention, status=MentionStatus.WITHHELD, guard=guard, guard_span=where)


def _guarding(ground: Ground, span: Span, scope: int, item: int, declared: Guard) -> Span | None:
    """The first match of a guard in the mention's scope that stands near enough."""
    matches = ground.by_scope(item).get(scope)
    if not matches or declared.within is None:
        return _first(matches) if matches else None
    reach = ground.around(span, declared.within)
    begin = max(0, reach.start - ground.longest(item))
    near: list[Span] = []
    for index in range(bisect_left(matches, begin, key=lambda m: m.start), len(matches)):
        match = matches[index]
        if match.start > reach.end or (near and match.start > near[0].start):
            break
        within = declared.within and ground.distance(span, match) <= declared.within
        if within or match.overlaps(span):
            near.append(match)
    return _first(near) if near else None


def _negated(mention: Mention, cues: Cues, book: CompiledCodebook) -> Mention:
    if mention.status is MentionStatus.SWALLOWED:
        return mention
    rule = book.rule[mention.code, mention.rule].rule
    marks, negation = cues.said_before(mention.span, rule.negation)
    if not (marks or negation):
        return mention
    withheld = negation and rule.negation is Negation.WITHHOLD
    status = MentionStatus.WITHHELD if withheld else mention.status
    return replace(mention, marks=marks, negation=negation, status=status)


def without_nested(mentions: list[Mention], book: CompiledCodebook) -> list[Mention]:
    """Swallow what lies strictly inside a longer mention of another code, if the book says so."""
    if book.codebook.nested is not Nested.CODEBOOK:
        return mentions
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
        # The longest, then the earlier, then that of the code that stands first in the codebook.
        longer = max(
            (m for m in near if _nests(m, mention)),
            key=lambda m: (len(m.span), -m.span.start, -book.order[m.code]),
            default=None,
        )
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
