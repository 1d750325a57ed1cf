"""Doubts about a codebook with the corpus at hand: which rules do nothing, too much, or twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any

from thematic.analysis.coded_units import coded_units
from thematic.analysis.keyness import Word
from thematic.analysis.result import SHARES_FROM, ResultTable, table_of
from thematic.analysis.sources import may_print
from thematic.analysis.uncoded.likeness import stemmer
from thematic.model.codebook import Code, ItemKind, Rule, RuleKind
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study

COLUMNS = ("doubt", "code", "rule", "line", "count", "base", "unit", "detail")
EVERYWHERE = 0.2  # of all units; a rule that stands in more says little
_MOST = 12  # words listed
_GLOBS = frozenset("*?")
_SHORT = 4  # letters before a glob, below which other words than those meant are likely

Ref = tuple[str, int]  # path of a code, index of its rule


class Doubt(StrEnum):
    """What may be wrong; none of it is an error."""

    UNDEFINED = "no definition"
    NO_EXAMPLE = "no example"
    SILENT = "never fires"
    WITHHELD = "always withheld"
    SWALLOWED = "always swallowed"
    EVERYWHERE = "fires everywhere"
    TRAP = "short glob"
    CAUGHT = "words caught"
    SHARED = "same words in several codes"
    DOUBLE = "counted in two themes"
    NEAR = "near-miss words"


@dataclass(frozen=True)
class _Fired:
    """The mentions of one rule."""

    mentions: tuple[tuple[TranscriptCoding, Mention], ...]

    def all_are(self, status: MentionStatus) -> bool:
        """Whether there are any, and all have this status."""
        return bool(self.mentions) and all(m.status is status for _, m in self.mentions)


def rule_doubts(
    codings: Codings, study: Study | None = None, words: Mapping[str, Sequence[Word]] | None = None
) -> ResultTable:
    """Doubts about codes and rules, each with what it was seen in.

    Words of transcripts that may not be quoted are not listed, and are counted.

    Args:
        codings: the coded corpus.
        study: consent.
        words: by transcript, the words of counted turns, for near misses; None = not looked for.
    """
    study = study or Study()
    fired = _fired(codings)
    rows = [
        *_entries(codings),
        *_by_rule(codings, fired, study),
        *_shared(codings),
        *_doubles(codings),
        *(_near(codings, words, study) if words is not None else ()),
    ]
    order = {doubt: number for number, doubt in enumerate(Doubt)}
    rows.sort(key=lambda row: order[row["doubt"]])
    notes = (
        "Doubts to look at, not errors; with these transcripts. Words that only a glob or a lemma "
        "brought in are listed by how often they were caught.",
    )
    plain = [row | {"doubt": row["doubt"].value} for row in rows]
    return table_of("rules", plain, COLUMNS, "rule", notes, quoted=("detail",))


def _fired(codings: Codings) -> dict[Ref, _Fired]:
    found: dict[Ref, list[tuple[TranscriptCoding, Mention]]] = defaultdict(list)
    for source in codings.transcripts:
        for mention in source.mentions:
            found[mention.code, mention.rule].append((source, mention))
    return {ref: _Fired(tuple(mentions)) for ref, mentions in found.items()}


def _row(doubt: Doubt, code: Code, rule: Rule | None = None, **more: Any) -> dict[str, Any]:
    line = rule.line if rule else code.line
    return {
        "doubt": doubt,
        "code": code.path,
        "rule": rule.text if rule else "",
        "line": line or None,
    } | more


def _entries(codings: Codings) -> Iterator[dict[str, Any]]:
    """Codes without a definition, or with rules and nothing that shows what is meant."""
    for code in codings.codebook.codes():
        if not code.definition:
            yield _row(Doubt.UNDEFINED, code)
        if code.rules and not code.examples:
            yield _row(Doubt.NO_EXAMPLE, code)


def _by_rule(
    codings: Codings, fired: Mapping[Ref, _Fired], study: Study
) -> Iterator[dict[str, Any]]:
    unit = codings.unit
    units = sum(len(source.talk.units(unit)) for source in codings.transcripts)
    for code in codings.codebook.codes():
        for index, rule in enumerate(code.rules):
            found = fired.get((code.path, index), _Fired(()))
            number = len(found.mentions)
            if not number:
                yield _row(Doubt.SILENT, code, rule, count=0, unit="mention")
                continue
            if found.all_are(MentionStatus.WITHHELD):
                by = _most(m.guard for _, m in found.mentions)
                detail = f"by {by}" if by else "negated"
                yield _row(Doubt.WITHHELD, code, rule, count=number, unit="mention", detail=detail)
            if found.all_are(MentionStatus.SWALLOWED):
                by = f"by {_most(m.swallowed_code for _, m in found.mentions)}"
                yield _row(Doubt.SWALLOWED, code, rule, count=number, unit="mention", detail=by)
            places = {(s.transcript.id, s.unit_span_of(m, unit)) for s, m in found.mentions}
            if units >= SHARES_FROM and len(places) >= EVERYWHERE * units:
                yield _row(
                    Doubt.EVERYWHERE, code, rule, count=len(places), base=units, unit=unit.value
                )
            yield from _catches(code, rule, found, study)


def _most(names: Iterator[str]) -> str:
    """The most frequent of them, of those that are not empty; "" where all are."""
    found = Counter(name for name in names if name).most_common(1)
    return found[0][0] if found else ""


def _catches(code: Code, rule: Rule, found: _Fired, study: Study) -> Iterator[dict[str, Any]]:
    """The words that a glob or lemma caught; short beginnings catch words that nobody meant."""
    globs = [item.text for item in rule.items if _GLOBS & set(item.text)]
    globs = globs if rule.kind is RuleKind.PHRASE else []
    if not globs and rule.kind is not RuleKind.LEMMA:
        return
    caught = Counter(
        " ".join(source.transcript.text[mention.span.start : mention.span.end].lower().split())
        for source, mention in found.mentions
        if mention.status is MentionStatus.SUGGESTED
        and may_print(source.transcript, mention.span, study)
    )
    if not caught:
        return
    short = any(len(text.partition("*")[0]) < _SHORT for text in globs)
    listed = sorted(caught.items(), key=lambda one: (-one[1], one[0]))
    more = f" and {len(listed) - _MOST} more" if len(listed) > _MOST else ""
    yield _row(
        Doubt.TRAP if short else Doubt.CAUGHT,
        code,
        rule,
        count=len(caught),
        unit="form",
        detail=", ".join(f"{words} {number}" for words, number in listed[:_MOST]) + more,
    )


def _shared(codings: Codings) -> Iterator[dict[str, Any]]:
    """Rules that stand word for word in several codes, none of which is above the other."""
    places: dict[str, list[tuple[Code, Rule]]] = defaultdict(list)
    for code in codings.codebook.codes():
        for rule in code.rules:
            places[" ".join(rule.text.casefold().split())].append((code, rule))
    for held in places.values():
        codes = list(dict.fromkeys(code.path for code, _ in held))
        if len(codes) > 1:
            code, rule = held[0]
            detail = f"also in {', '.join(codes[1:])}"
            yield _row(Doubt.SHARED, code, rule, count=len(codes), unit="code", detail=detail)


def _doubles(codings: Codings) -> Iterator[dict[str, Any]]:
    """Units that two themes count because of the very same words."""
    counts: Counter[tuple[str, str]] = Counter()
    either: Counter[tuple[str, str]] = Counter()
    themes = codings.codebook.themes
    for one in coded_units(codings):
        here = [theme.path for theme in themes if theme.path in one.codes]
        for pair in combinations(here, 2):
            either[pair] += 1
            counts[pair] += any(
                first.span.overlaps(second.span)
                for first in one.mentions[pair[0]]
                for second in one.mentions[pair[1]]
            )
    by_path = {theme.path: theme for theme in themes}
    for pair, number in counts.items():
        if number:
            yield _row(
                Doubt.DOUBLE,
                by_path[pair[0]],
                count=number,
                base=either[pair],
                unit=codings.unit.value,
                detail=f"and {pair[1]}: the same words count in both",
            )


def _near(
    codings: Codings, words: Mapping[str, Sequence[Word]], study: Study
) -> Iterator[dict[str, Any]]:
    """Words of the talk with the stem of a one-word rule that no rule of its code catches."""
    stem = stemmer(codings.codebook.language)
    if stem is None:
        return
    by_stem = _talk_by_stem(codings, words, study, stem)
    for code in codings.codebook.themes:
        for below in code.walk():
            for rule in below.rules:
                text = _one_word(rule)
                if text is None:
                    continue
                caught = _caught_words(below)
                near = {
                    word: number
                    for word, number in by_stem.get(stem(text), {}).items()
                    if word != text and not any(_catches_word(one, word) for one in caught)
                }
                if near:
                    listed = sorted(near.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
                    detail = ", ".join(f"{word} {number}" for word, number in listed)
                    total = sum(near.values())
                    yield _row(Doubt.NEAR, below, rule, count=total, unit="word", detail=detail)


def _talk_by_stem(
    codings: Codings, words: Mapping[str, Sequence[Word]], study: Study, stem: Any
) -> dict[str, Counter[str]]:
    """How often each word is said, by its stem; words of withheld talk are left out."""
    spoken: Counter[str] = Counter()
    for source in codings.transcripts:
        for span, said in words.get(source.transcript.id, ()):
            if may_print(source.transcript, span, study):
                spoken[said] += 1
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for word, number in spoken.items():
        if word.isalpha():
            found[stem(word)][word] += number
    return found


def _one_word(rule: Rule) -> str | None:
    """The word of a rule that is one word without globs."""
    if rule.kind is not RuleKind.PHRASE or len(rule.items) != 1:
        return None
    text = rule.items[0].text.casefold()
    return text if text.isalpha() else None


def _caught_words(code: Code) -> list[str]:
    """One-word items of a code and of those below it; globs as they are."""
    return [
        item.text.casefold()
        for below in code.walk()
        for rule in below.rules
        for item in (*rule.items, *rule.any, *rule.all)
        if item.kind is ItemKind.PHRASE and " " not in item.text
    ]


def _catches_word(item: str, word: str) -> bool:
    from fnmatch import fnmatchcase

    return fnmatchcase(word, item) if _GLOBS & set(item) else item == word
