"""What a change of the codebook, or of the transcripts, does to the codings."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field

from thematic.analysis.codebook_pairs import Pairs, RuleKey, bare
from thematic.model.codebook import Rule, Unit
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding, UnitSpan
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

CodingKey = tuple[str, int, str]  # transcript, start of the unit, path of the code
Moved = Mapping[tuple[str, Span], Span | None]  # old unit -> where its words stand now

_Place = tuple[TranscriptCoding, UnitSpan]


@dataclass(frozen=True)
class Difference:
    """One coding that appears, vanishes, or moves to another code.

    Args:
        change: appears, vanishes or moves.
        source: the transcript, of the new codings where it is there.
        unit: in that transcript.
        old: path in the old codebook; "" where it appears.
        new: path in the new one; "" where it vanishes.
        mention: the first one that suggests it, or that suggested it.
        rule, new_rule: whose it was and is.
        why: in words.
    """

    change: str
    source: TranscriptCoding
    unit: UnitSpan
    old: str
    new: str
    mention: Mention
    rule: RuleKey | None
    new_rule: RuleKey | None
    why: str

    @property
    def gone(self) -> CodingKey | None:
        """The coding of before that is no more."""
        return (self.source.transcript.id, self.unit.span.start, self.old) if self.old else None

    @property
    def come(self) -> CodingKey | None:
        """The coding that is new."""
        return (self.source.transcript.id, self.unit.span.start, self.new) if self.new else None


@dataclass
class _Side:
    """The suggested codings of one run, with the mentions of each; places are the new ones."""

    found: dict[CodingKey, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    withheld: dict[CodingKey, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    units: dict[CodingKey, tuple[TranscriptCoding, UnitSpan]] = field(default_factory=dict)


@dataclass(frozen=True)
class Consequences:
    """Two codings of the same transcripts compared: what rules suggest, not what people decided.

    Args:
        pairs: the two codebooks.
        differences: by transcript and place, each coding once.
        renamed: codings that only bear another name now.
        same: codings that are as they were.
    """

    pairs: Pairs
    differences: tuple[Difference, ...]
    renamed: int
    same: int

    def applied(self, old: Collection[CodingKey]) -> set[CodingKey]:
        """The codings of before with the differences applied to them: those of now.

        Args:
            old: codings by the old codebook, at the places where their units stand now.
        """
        gone = {one.gone for one in self.differences}
        kept = {(id, start, self.pairs.now(code)) for id, start, code in set(old) - gone}
        return kept | {one.come for one in self.differences if one.come}


def codings_by_rules(codings: Codings, unit: Unit) -> set[CodingKey]:
    """Every code on every unit where a rule of its own suggests it."""
    return set(_side(codings, unit, {}).found)


def consequences(
    old: Codings, new: Codings, pairs: Pairs, unit: Unit, moved: Moved | None = None
) -> Consequences:
    """Compare two codings, code by code on each unit.

    Args:
        old, new: by the two codebooks.
        pairs: which code and rule is which.
        unit: what is compared.
        moved: where the transcripts are not the same either: old unit -> where its words stand.
    """
    before, after = _side(old, unit, _landing(new, unit, moved or {})), _side(new, unit, {})
    names = {key: (key[0], key[1], pairs.now(key[2])) for key in before.found}
    gone = [
        key for key, now in names.items() if now not in after.found or key[2] not in pairs.codes
    ]
    kept = {names[key] for key in names.keys() - set(gone)}
    come = [key for key in after.found if key not in kept]
    renamed = sum(key[2] != names[key][2] for key in names.keys() - set(gone))
    found = list(_moves(gone, come, before, after))
    left = {one.gone for one in found}
    arrived = {one.come for one in found}
    found += [_vanished(key, before, after, pairs) for key in gone if key not in left]
    found += [_appeared(key, before, after, pairs) for key in come if key not in arrived]
    order = {path: place for place, path in enumerate(pairs.new.paths())}
    found.sort(key=lambda one: (one.source.transcript.id, one.unit.span,
                                order.get(one.new, len(order)), one.old))  # fmt: skip
    return Consequences(pairs, tuple(found), renamed, len(kept) - renamed)


def _side(codings: Codings, unit: Unit, landing: Mapping[tuple[str, Span], _Place]) -> _Side:
    side = _Side()
    for source in codings.transcripts:
        for mention in source.mentions:
            own = source.unit_of(mention, unit)
            there = landing.get((source.transcript.id, own.span), (source, own))
            key = (source.transcript.id, there[1].span.start, mention.code)
            if mention.status is MentionStatus.SUGGESTED:
                side.found[key].append(mention)
                side.units[key] = there
            else:
                side.withheld[key].append(mention)
    return side


def _landing(new: Codings, unit: Unit, moved: Moved) -> dict[tuple[str, Span], _Place]:
    """Old units with the new ones in which their words stand now."""
    sources = {source.transcript.id: source for source in new.transcripts}
    found = {}
    for (id, was), now in moved.items():
        source = sources.get(id)
        if source is None or now is None:
            continue
        units = source.units[unit]
        place = max(0, bisect_right(units, now.start, key=lambda one: one.span.start) - 1)
        if units:
            found[id, was] = (source, units[place])
    return found


def _moves(
    gone: list[CodingKey], come: list[CodingKey], before: _Side, after: _Side
) -> Iterator[Difference]:
    """Codings whose very words are now suggested for another code."""
    arriving: dict[tuple[str, int], list[CodingKey]] = defaultdict(list)
    for key in come:
        arriving[key[:2]].append(key)
    for key in gone:
        for other in arriving[key[:2]]:
            pair = _overlapping(before.found[key], after.found[other])
            if pair is not None:
                arriving[key[:2]].remove(other)
                source, unit = after.units[other]
                rules = (pair[0].code, pair[0].rule), (pair[1].code, pair[1].rule)
                why = "the same words are suggested for another code"
                yield Difference(
                    "moves", source, unit, key[2], other[2], pair[1], *rules, why
                )  # fmt: skip
                break


def _overlapping(
    olds: Collection[Mention], news: Collection[Mention]
) -> tuple[Mention, Mention] | None:
    pairs = ((one, other) for one in olds for other in news if one.span.overlaps(other.span))
    return next(pairs, None)


def _vanished(key: CodingKey, before: _Side, after: _Side, pairs: Pairs) -> Difference:
    mention = before.found[key][0]
    rule = (mention.code, mention.rule)
    now = pairs.rules.get(rule)
    kept_out = after.withheld.get((key[0], key[1], pairs.now(key[2])), [])
    if key[2] not in pairs.codes:
        why = "the code is gone"
    elif kept_out:
        why = f"now {_kept_out(kept_out[0])}"
    elif now is None:
        why = "its rule is gone"
    else:
        why = _of_rule(pairs, rule, now)
    source, unit = before.units[key]
    return Difference("vanishes", source, unit, key[2], "", mention, rule, now, why)


def _appeared(key: CodingKey, before: _Side, after: _Side, pairs: Pairs) -> Difference:
    mention = after.found[key][0]
    rule = (mention.code, mention.rule)
    was = pairs.back.get(rule)
    names = {now: old for old, now in pairs.codes.items()}
    kept_out = before.withheld.get((key[0], key[1], names.get(key[2], "")), [])
    if key[2] not in names:
        why = "the code is new"
    elif kept_out:
        why = f"no longer {_kept_out(kept_out[0])}"
    elif was is None:
        why = "its rule is new"
    else:
        why = _of_rule(pairs, was, rule)
    source, unit = after.units[key]
    return Difference("appears", source, unit, "", key[2], mention, was, rule, why)


def _kept_out(mention: Mention) -> str:
    if mention.status is MentionStatus.SWALLOWED:
        return f"part of a longer match of {mention.swallowed_code}"
    return f"withheld by {mention.guard!r}" if mention.guard else "withheld because it is negated"


def _of_rule(pairs: Pairs, old: RuleKey, new: RuleKey) -> str:
    one, other = rule_of(pairs, old), rule_of(pairs, new, of_new=True)
    same = bare(one) == bare(other)
    return "a list, a setting or the text changed" if same else "its rule has changed"


def rule_of(pairs: Pairs, key: RuleKey, *, of_new: bool = False) -> Rule:
    """A rule by its code and place."""
    book = pairs.new if of_new else pairs.old
    return next(code for code in book.codes() if code.path == key[0]).rules[key[1]]
