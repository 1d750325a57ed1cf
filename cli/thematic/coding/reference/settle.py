"""From matches to mentions, the reference: the steps of docs/reference/matching.md, in order.

Plain loops over matches and words, so that each sentence of that page can be found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thematic.coding.compiled import CompiledCodebook, CompiledRule
from thematic.coding.reference.cues import TurnCues, cues_of
from thematic.coding.reference.ground import Ground, first
from thematic.coding.reference.matching import TurnMatches
from thematic.coding.reference.near import near
from thematic.model.codebook import Guard, Negation, Nested, RuleKind
from thematic.model.coding import Mention, MentionStatus
from thematic.model.transcript import Span


def settle(
    text: str, turns: Sequence[TurnMatches], scopes: Sequence[Span], book: CompiledCodebook
) -> list[Mention]:
    """All mentions of some turns, the withheld and the swallowed too, in no stated order.

    Args:
        text: the transcript's text.
        turns: what was found in the turns that are settled together, in text order.
        scopes: the scopes of those turns, in text order.
        book: the compiled codebook whose items were looked for.
    """
    rules = list(_rules_in_question(turns, book))
    if not rules:
        return []
    ground = Ground(text, turns, scopes)
    found: dict[str, list[Mention]] = {}
    for rule in rules:
        found.setdefault(rule.code, []).extend(_found_by(ground, rule))
    mentions = [mention for one_code in found.values() for mention in _longest_match(one_code)]
    mentions = [_guarded(ground, mention, book) for mention in mentions]
    mentions = _negated(ground, mentions, book)
    if book.codebook.nested is Nested.CODEBOOK:
        return _nested(mentions, book)
    return mentions


def _rules_in_question(
    turns: Sequence[TurnMatches], book: CompiledCodebook
) -> Iterator[CompiledRule]:
    """The rules of which something was found, each once; others have no mention."""
    items = {item for turn in turns for item in turn.items}
    keys = {(rule.code, rule.index) for item in items for rule in book.rules_by_item.get(item, ())}
    if any(turn.tokens for turn in turns):
        keys |= {(rule.code, rule.index) for rule in book.rules_with_tokens}
    return (book.rule[key] for key in sorted(keys))


def _found_by(ground: Ground, rule: CompiledRule) -> Iterator[Mention]:
    """What one rule finds, before anything is weighed against anything else."""
    match rule.rule.kind:
        case RuleKind.NEAR:
            yield from _near(ground, rule)
        case RuleKind.BOOLEAN:
            yield from _boolean(ground, rule)
        case RuleKind.TOKENS:
            for turn in ground.turns:
                for span in turn.tokens.get(rule.tokens_key or 0, ()):
                    if ground.scope_of(span) is not None:
                        yield _mention(ground, rule, span)
        case _:
            for scope in ground.scopes:
                for span in ground.matches(rule.items[0], scope):
                    yield _mention(ground, rule, span)


def _mention(ground: Ground, rule: CompiledRule, span: Span, parts: Sequence[Span] = ()) -> Mention:
    turn = ground.turn_of(span).turn.number
    return Mention(turn, span, rule.code, rule.index, parts=tuple(parts))


def _near(ground: Ground, rule: CompiledRule) -> Iterator[Mention]:
    for scope in ground.scopes:
        for turn in ground.turns:
            items = [
                [span for span in ground.matches(item, scope) if turn.turn.span.contains(span)]
                for item in rule.items
            ]
            for parts in near(ground, items, rule.rule.within, in_order=rule.rule.in_order):
                yield _mention(ground, rule, Span(parts[0].start, parts[-1].end), parts)


def _boolean(ground: Ground, rule: CompiledRule) -> Iterator[Mention]:
    """`all` and `any`: at most one mention in a scope."""
    for scope in ground.scopes:
        every = [ground.matches(item, scope) for item in rule.all]
        some = [span for item in rule.any for span in ground.matches(item, scope)]
        if all(every) and (some or not rule.any):
            parts = [first(spans) for spans in (*every, some) if spans]
            yield _mention(ground, rule, parts[0], sorted(set(parts)))


def _longest_match(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of one code: the longest, then the earlier, then of the earlier rule."""
    taken: list[Mention] = []
    swallowed: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-len(m.span), m.span.start, m.rule)):
        over = [other for other in taken if other.span.overlaps(mention.span)]
        if over:
            swallowed.append(_swallowed(mention, min(over, key=lambda m: m.span)))
        else:
            taken.append(mention)
    return taken + swallowed


def _swallowed(mention: Mention, by: Mention) -> Mention:
    return replace(
        mention,
        status=MentionStatus.SWALLOWED,
        swallowed_by=by.span,
        swallowed_code=by.code,
    )


def _guarded(ground: Ground, mention: Mention, book: CompiledCodebook) -> Mention:
    """Withheld by the first `none` item, else by the first guard that holds."""
    scope = ground.scope_of(mention.span)
    if mention.status is MentionStatus.SWALLOWED or scope is None:
        return mention
    rule = book.rule[mention.code, mention.rule]
    reasons = [
        (f"none: {declared.text}", ground.matches(item, scope))
        for item, declared in zip(rule.none, rule.rule.none, strict=True)
    ]
    reasons += [
        (guard.item.text, _holding(ground, mention.span, guard, ground.matches(item, scope)))
        for item, guard in rule.guards
    ]
    for reason, spans in reasons:
        if spans:
            withheld = MentionStatus.WITHHELD
            return replace(mention, status=withheld, guard=reason, guard_span=first(spans))
    return mention


def _holding(ground: Ground, mention: Span, guard: Guard, spans: Sequence[Span]) -> list[Span]:
    """The matches of a guard that stand near enough to a mention of the same scope."""
    if guard.within is None:
        return list(spans)
    return [
        span
        for span in spans
        if span.overlaps(mention)
        or (guard.within > 0 and ground.distance(span, mention) <= guard.within)
    ]


def _negated(ground: Ground, mentions: Sequence[Mention], book: CompiledCodebook) -> list[Mention]:
    """With the cue that negates each mention and the marks that hold for it."""
    spoken = {mention.turn for mention in mentions}
    cues = {
        turn.turn.number: cues_of(ground, turn, book)
        for turn in ground.turns
        if turn.turn.number in spoken
    }
    return [
        mention
        if mention.status is MentionStatus.SWALLOWED
        else _with_cues(ground, mention, cues[mention.turn], book)
        for mention in mentions
    ]


def _with_cues(ground: Ground, mention: Mention, cues: TurnCues, book: CompiledCodebook) -> Mention:
    setting = book.rule[mention.code, mention.rule].rule.negation
    mention = replace(mention, marks=cues.marks_of(mention.span))
    cue = None if setting is Negation.IGNORE else cues.nearest(mention.span)
    if cue is None:
        return mention
    status = MentionStatus.WITHHELD if setting is Negation.WITHHOLD else mention.status
    return replace(mention, negation=ground.text[cue.start : cue.end], status=status)


def _nested(mentions: Sequence[Mention], book: CompiledCodebook) -> list[Mention]:
    """`nested: codebook`: what lies strictly inside a longer mention of another code goes."""
    standing = [m for m in mentions if m.status is not MentionStatus.SWALLOWED]
    settled = []
    for mention in mentions:
        over = [
            other
            for other in standing
            if other.code != mention.code
            and other.span.contains(mention.span)
            and other.span != mention.span
        ]
        if over and mention.status is not MentionStatus.SWALLOWED:
            longer = min(over, key=lambda m: (-len(m.span), m.span.start, book.order[m.code]))
            mention = _swallowed(mention, longer)
        settled.append(mention)
    return settled
