"""What was done to the transcripts of one run, in numbers: the facts of a method note."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from thematic.analysis.sources import consent_of, may_quote
from thematic.model.codebook import Codebook, Item, Rule
from thematic.model.coding import Codings, Mention, MentionStatus
from thematic.model.nouns import dataclass
from thematic.model.study import Study

UNSTATED = "not stated"
Counts = tuple[tuple[str, int], ...]  # name, how many


@dataclass(frozen=True)
class CodebookFacts:
    """What the codebook holds, and how its rules are matched.

    Args:
        codes: themes included.
        levels: 1 where no theme has codes below it.
        manual: codes that only people apply.
        sources: codes whose entry says where they come from (theory, data).
        rules: by kind of rule.
        case_rules: rules of which at least one item heeds upper and lower case.
        guarded: rules with at least one guard (`unless`) or `none` item.
        negation: rules by what they do with a negated mention (mark, withhold, ignore).
    """

    themes: int
    codes: int
    levels: int
    manual: int
    sources: int
    rules: Counts
    case_rules: int
    guarded: int
    negation: Counts

    @property
    def rules_n(self) -> int:
        """All rules."""
        return sum(number for _, number in self.rules)


@dataclass(frozen=True)
class MethodFacts:
    """Counts of one run that stand in no other table.

    Args:
        formats: transcripts by the format of their files.
        consents: transcripts by the consent that holds for them.
        attributes: attributes that citations show: name, different values among transcripts
            that may be quoted.
        repeated: persons with more than one transcript.
        turns: counted ones.
        guarded: mentions withheld by a guard or a `none` item.
        negation_withheld: mentions withheld for they are negated.
        negated: counted mentions that a cue negates.
        swallowed: matches that are no mention of their own, for a longer one holds them.
        withdrawn: passages that the person quoted took back.
        to_change: passages of which the person quoted wants other words.
    """

    codebook: CodebookFacts
    formats: Counts
    consents: Counts
    attributes: Counts
    repeated: int
    turns: int
    guarded: int
    negation_withheld: int
    negated: int
    swallowed: int
    withdrawn: int
    to_change: int


def method_facts(codings: Codings, study: Study | None = None) -> MethodFacts:
    """What was done to the transcripts of one run, counted."""
    study = study or Study()
    transcripts = [source.transcript for source in codings.transcripts]
    mentions = [mention for source in codings.transcripts for mention in source.mentions]
    withheld = [one for one in mentions if one.status is MentionStatus.WITHHELD]
    held = [one for each in study.restrictions.values() for one in each]
    return MethodFacts(
        codebook=_codebook_facts(codings.codebook),
        formats=_counts(transcript.format for transcript in transcripts),
        consents=_counts(str(consent_of(one, study) or UNSTATED) for one in transcripts),
        attributes=tuple(_attributes(codings, study)),
        repeated=sum(n > 1 for n in Counter(one.case for one in transcripts).values()),
        turns=sum(len(source.counted_turns) for source in codings.transcripts),
        guarded=sum(bool(one.guard) for one in withheld),
        negation_withheld=sum(not one.guard for one in withheld),
        negated=sum(_counts_negated(one) for one in mentions),
        swallowed=sum(one.status is MentionStatus.SWALLOWED for one in mentions),
        withdrawn=sum(one.withdrawn for one in held),
        to_change=sum(not one.withdrawn for one in held),
    )


def _counts_negated(mention: Mention) -> bool:
    return mention.status is MentionStatus.SUGGESTED and bool(mention.negation)


def _codebook_facts(book: Codebook) -> CodebookFacts:
    codes = list(book.codes())
    rules = [rule for code in codes for rule in code.rules]
    return CodebookFacts(
        themes=len(book.themes),
        codes=len(codes),
        levels=1 + max((code.depth for code in codes), default=0),
        manual=sum(code.manual for code in codes),
        sources=sum(bool(code.source) for code in codes),
        rules=_counts(rule.kind.value for rule in rules),
        case_rules=sum(any(item.case for item in _items(rule)) for rule in rules),
        guarded=sum(bool(rule.guards or rule.none) for rule in rules),
        negation=_counts(rule.negation.value for rule in rules),
    )


def _items(rule: Rule) -> Iterator[Item]:
    for items in (rule.items, rule.all, rule.any, rule.none):
        yield from items


def _attributes(codings: Codings, study: Study) -> Iterator[tuple[str, int]]:
    values: dict[str, set[str]] = defaultdict(set)
    for source in codings.transcripts:
        if may_quote(source.transcript, study):
            for name in study.show_attributes:
                values[name].add(source.transcript.attributes.get(name, ""))
    for name in study.show_attributes:
        yield name, len(values[name] - {""})


def _counts(names: Iterable[str]) -> Counts:
    """How often each name occurs, by name."""
    return tuple(sorted(Counter(names).items()))
