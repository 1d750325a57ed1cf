"""What each rule of a code lacks on a stretch: found by coding again with rules taken apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from thematic.analysis.why_not import Lack, Stretch
from thematic.commands.lacking_tokens import lacking_tokens, needed_tokens, once
from thematic.model.codebook import (
    Code,
    Codebook,
    Item,
    ItemKind,
    Negation,
    Nested,
    Rule,
    RuleKind,
    Unit,
)
from thematic.model.coding import Mention, MentionStatus, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

if TYPE_CHECKING:
    from thematic.analysis.uncoded.gaps import TurnText
    from thematic.analysis.uncoded.wording import Dictionary
    from thematic.coding.compiled import CompiledCodebook

_FAR = 100_000  # words: any distance within a turn
_PLAIN = re.compile(r"[^\W_]+(?:[ -][^\W_]+)*")
RuleKey = tuple[str, int]


@dataclass
class _Apart:
    """Rules taken apart, coded: what was found of each, by rule and by what was left out."""

    found: dict[tuple[RuleKey, str], list[Mention]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def on(self, key: RuleKey, what: str, span: Span) -> list[Mention]:
        """What one variant of a rule found on a stretch."""
        return [one for one in self.found[key, what] if one.span.overlaps(span)]


def lacks(
    stretches: Sequence[Stretch], source: TranscriptCoding, codes: Sequence[Code],
    book: CompiledCodebook,
) -> Iterator[tuple[Stretch, list[Lack]]]:  # fmt: skip
    """What every rule of some codes lacks on each stretch of one transcript.

    Args:
        stretches: of the transcript.
        source: the transcript coded as it counts.
        codes: the code asked about, and those below it.
        book: the codebook, compiled.
    """
    from thematic.analysis.uncoded.wording import Dictionary
    from thematic.coding.language import forms
    from thematic.commands.probing import looked_for, turn_text

    rules = {(code.path, index): rule for code in codes for index, rule in enumerate(code.rules)}
    apart = _coded_apart(source, rules, book.codebook)
    language = book.codebook.language
    asked = [one for one in looked_for(book) if (one.code, one.rule) in rules]
    dictionary = Dictionary(asked, lambda word: forms(word, language), language)
    for stretch in stretches:
        text = turn_text(source.transcript, stretch.turn, book.codebook)
        worded = _worded(dictionary, text, stretch.span)
        yield (
            stretch,
            [
                _lack(key, rule, stretch, source, apart, text, worded, book.codebook)
                for key, rule in rules.items()
            ],
        )


def _coded_apart(
    source: TranscriptCoding, rules: dict[RuleKey, Rule], codebook: Codebook
) -> _Apart:
    variants = [
        (key, what, rule)
        for key, whole in rules.items()
        for what, rule in _variants(whole)
    ]  # fmt: skip
    apart = _Apart()
    for accents in {codebook.ignore_accents, True}:
        chosen = [
            one for one in variants if accents == codebook.ignore_accents or one[1] == "whole"
        ]
        names = "whole" if accents == codebook.ignore_accents else "accents"
        loose = replace(
            codebook,
            themes=tuple(Code(str(n), rules=(rule,)) for n, (_, _, rule) in enumerate(chosen)),
            scope=Unit.TURN if names == "whole" else codebook.scope,
            nested=Nested.CODE,
            marks={},
            ignore_accents=accents,
        )
        for mention in _mentions(source, loose):
            key, what, _ = chosen[int(mention.code)]
            apart.found[key, what if names == "whole" else names].append(mention)
    return apart


def _mentions(source: TranscriptCoding, codebook: Codebook) -> list[Mention]:
    """What the rules of a codebook find in a transcript, whoever speaks."""
    from thematic.coding.compile import compile_codebook
    from thematic.coding.engine import code_transcripts

    book, _ = compile_codebook(codebook)
    (coded,) = code_transcripts([source.transcript], book, exclude=()).transcripts
    return [one for one in coded.mentions if one.status is not MentionStatus.WITHHELD]


def _variants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """A rule without guards; its items one by one; and what asks for less."""
    bare = replace(rule, guards=(), negation=Negation.IGNORE, none=())
    yield "whole", bare
    items = (*rule.items, *rule.all, *rule.any)
    if rule.kind is RuleKind.NEAR:
        yield "wide", replace(bare, within=_FAR, in_order=False)
    if any(item.case for item in items):
        yield (
            "case",
            replace(
                bare, items=_caseless(rule.items), all=_caseless(rule.all), any=_caseless(rule.any)
            ),
        )
    for item in items if rule.kind in (RuleKind.NEAR, RuleKind.BOOLEAN) else ():
        yield f"item {item.text}", _of_item(item)
    for number in needed_tokens(rule):
        yield f"token {number}", replace(bare, tokens=(once(rule.tokens[number]),))
    for item in items if rule.kind is RuleKind.PHRASE else ():
        plain = item.text.strip("*")
        if _PLAIN.fullmatch(plain):
            inside = Item(ItemKind.REGEX, re.escape(plain).replace(r"\ ", " "), whole_words=False)
            yield "inside", _of_item(inside)


def _of_item(item: Item) -> Rule:
    kind = RuleKind(item.kind.value)
    return Rule(kind, item.text, item.line, items=(item,), negation=Negation.IGNORE)


def _caseless(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(replace(item, case=False) for item in items)


def _lack(
    key: RuleKey, rule: Rule, stretch: Stretch, source: TranscriptCoding, apart: _Apart,
    text: TurnText, worded: dict[RuleKey, Lack], codebook: Codebook,
) -> Lack:  # fmt: skip
    """The smallest thing that one rule lacks."""
    span = stretch.span
    own = [one for one in source.mentions if (one.code, one.rule) == key]
    for mention in own:
        if mention.span.overlaps(span):
            return _stands(key, mention)
    whole = [one for one in apart.on(key, "whole", span) if _in_scope(one, source, codebook)]
    if whole and stretch.turn.number not in source.counted_turns:
        who = stretch.turn.role.value or "this speaker"
        return Lack(*key, "speaker", _spans(whole[0]), f"the turn is left out: {who}", 1.0)
    for what, lack, told in (
        ("accents", "accents", "the same but for accents: ignore_accents is off"),
        ("case", "case", "the same but for capital letters: case is on"),
    ):
        there = apart.on(key, what, span)
        if there:
            return Lack(*key, lack, _spans(there[0]), told, 1.0)
    if rule.kind is RuleKind.NEAR and apart.on(key, "wide", span):
        return _not_together(key, rule, apart.on(key, "wide", span)[0], text, source, codebook)
    if rule.kind in (RuleKind.NEAR, RuleKind.BOOLEAN):
        parts = _parts(key, rule, span, apart)
        if parts is not None:
            return parts
    if rule.kind is RuleKind.TOKENS:
        fitting = {n: apart.on(key, f"token {n}", span) for n in needed_tokens(rule)}
        tokens = lacking_tokens(key, rule, fitting)
        if tokens is not None:
            return tokens
    if key in worded and worded[key].lack != "words":
        return worded[key]
    inside = apart.on(key, "inside", span)
    if inside:
        told = f"looked for as whole words: {rule.text}"
        return Lack(*key, "word border", _spans(inside[0]), told, 0.5)
    return worded.get(key, Lack(*key, "nothing"))


def _stands(key: RuleKey, mention: Mention) -> Lack:
    """What became of a mention that is there."""
    found = _spans(mention)
    match mention.status:
        case MentionStatus.SUGGESTED:
            return Lack(*key, "counts", found, "nothing: it counts", 1.0)
        case MentionStatus.SWALLOWED:
            told = f"it is part of a longer match of {mention.swallowed_code}"
            return Lack(*key, "longer match", found, told, 1.0)
    if mention.guard:
        by = (mention.guard_span,) if mention.guard_span else ()
        return Lack(*key, "guard", (*found, *by), f"kept out by {mention.guard!r}", 1.0)
    return Lack(*key, "negation", found, "kept out: it is negated", 1.0)


def _in_scope(mention: Mention, source: TranscriptCoding, codebook: Codebook) -> bool:
    """Whether parts of a mention found in a whole turn seem to stand within one scope."""
    if len(mention.parts) < 2 or codebook.scope in (Unit.TURN, Unit.TRANSCRIPT):
        return True
    text = source.transcript.text[mention.parts[0].start : mention.parts[-1].end]
    return not re.search(r"[.!?\n]\s", text)


def _not_together(
    key: RuleKey, rule: Rule, mention: Mention, text: TurnText, source: TranscriptCoding,
    codebook: Codebook,
) -> Lack:  # fmt: skip
    """Parts of a `near` rule that are all there: too far, in another order, across a border."""
    first, last = mention.parts[0], mention.parts[-1]
    words = text.distance(first, last)
    if words > rule.within:
        told = f"{words} words apart; the rule allows {rule.within}"
        return Lack(*key, "distance", _spans(mention), told, 1.0)
    if not _in_scope(mention, source, codebook):
        told = f"its parts stand in two {codebook.scope.value}s"
        return Lack(*key, "border", _spans(mention), told, 1.0)
    return Lack(*key, "order", _spans(mention), "its parts stand in another order", 1.0)


def _parts(key: RuleKey, rule: Rule, span: Span, apart: _Apart) -> Lack | None:
    """Which parts of a rule of several are there, and which are not."""
    groups = [[item] for item in (*rule.items, *rule.all)] + ([list(rule.any)] if rule.any else [])
    found: list[Span] = []
    missing: list[str] = []
    for group in groups:
        there = [one.span for item in group for one in apart.on(key, f"item {item.text}", span)]
        found += there[:1]
        if not there:
            missing.append(" or ".join(item.text for item in group))
    if not found:
        return None
    told = f"not there: {'; '.join(missing)}" if missing else "all its parts are there"
    return Lack(*key, "part", tuple(found), told, 1 - len(missing) / len(groups))


def _spans(mention: Mention) -> tuple[Span, ...]:
    return mention.parts or (mention.span,)


def _worded(dictionary: Dictionary, text: TurnText, span: Span) -> dict[RuleKey, Lack]:
    """Rules of which a phrase stands there in another form, or some of its words."""
    tokens = text.within(span)
    folded = [word for _, word in tokens]
    best: dict[RuleKey, Lack] = {}

    def take(lack: Lack) -> None:
        known = best.get((lack.code, lack.rule))
        if known is None or (known.lack == "words", -known.there) > (
            lack.lack == "words", -lack.there
        ):  # fmt: skip
            best[lack.code, lack.rule] = lack

    for at, phrase, likeness, _ in dictionary.matches(folded):
        spans = tuple(one for one, _ in tokens[at : at + len(phrase)])
        for rule, _ in dictionary.users[phrase] if likeness.value != "same" else ():
            told = f"looked for: {' '.join(phrase)}"
            take(Lack(rule.code, rule.rule, likeness.value, spans, told, 0.9))
    for phrase, users in dictionary.users.items():
        there = [word for word in phrase if any(_is_word(word, one) for one in folded)]
        if there and len(phrase) > 1:
            spans = tuple(one for one, word in tokens if any(_is_word(p, word) for p in there))
            lost = [word for word in phrase if word not in there]
            how = f"not there: {', '.join(lost)}" if lost else "its words do not stand in a row"
            told, share = f"{' '.join(phrase)!r}: {how}", len(there) / len(phrase)
            for rule, _ in users:
                take(Lack(rule.code, rule.rule, "words", spans, told, share))
    return best


def _is_word(looked_for: str, word: str) -> bool:
    """Whether a folded word is one that a phrase looks for, which may end in `*`."""
    if looked_for.endswith("*"):
        return word.startswith(looked_for[:-1])
    return word == looked_for
