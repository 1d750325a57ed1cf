"""Which code and rule of one codebook is which of another, also where names have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property

from thematic.model.codebook import Code, Codebook, Item, Rule
from thematic.model.nouns import dataclass

LIKE = 0.5  # at least so alike are a code that is gone and the new one that it became
RULE_LIKE = 0.6  # the same for the texts of two rules
_MOST = 400  # codes gone x new codes that are compared, of each kind

RuleKey = tuple[str, int]  # path of the code, index of the rule


def bare(rule: Rule) -> Rule:
    """A rule without its lines: two that are equal mean the same."""

    def plain(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, line=0) for item in items)

    return replace(
        rule,
        line=0,
        items=plain(rule.items),
        all=plain(rule.all),
        any=plain(rule.any),
        none=plain(rule.none),
        guards=tuple(
            replace(guard, line=0, item=replace(guard.item, line=0)) for guard in rule.guards
        ),
    )


@dataclass(frozen=True)
class Pairs:
    """Two codebooks, code by code and rule by rule.

    Args:
        old, new: the codebooks.
        codes: path in the old one -> path in the new one; a code that is gone is not there.
    """

    old: Codebook
    new: Codebook
    codes: dict[str, str]

    @cached_property
    def rules(self) -> dict[RuleKey, RuleKey]:
        """Each old rule that still is there, also changed, with its place in the new codebook."""
        olds = {code.path: code.rules for code in self.old.codes()}
        news = {code.path: code.rules for code in self.new.codes()}
        return {
            (was, one): (now, other)
            for was, now in self.codes.items()
            for one, other in _paired_rules(olds[was], news[now])
        }

    @cached_property
    def back(self) -> dict[RuleKey, RuleKey]:
        """The same from the new codebook to the old one."""
        return {new: old for old, new in self.rules.items()}

    def now(self, path: str) -> str:
        """What an old code is called now; its old path where it is gone."""
        return self.codes.get(path, path)


def paired(old: Codebook, new: Codebook) -> Pairs:
    """Find each code of one codebook in another.

    A code with the same path is the same. Of the others one is taken for renamed or moved
    where its code above was and it keeps its name, or where rules and definition are at least
    LIKE alike: six tenths the share of rules they have in common, three tenths the likeness
    of definitions, one tenth that of names.
    """
    olds = {code.path: code for code in old.codes()}
    news = {code.path: code for code in new.codes()}
    codes = {path: path for path in olds if path in news}
    for path, now in _alike(olds, news, codes):
        codes[path] = now
        _follow(path, now, olds, news, codes)
    return Pairs(old, new, {path: codes[path] for path in olds if path in codes})


def _alike(
    olds: dict[str, Code], news: dict[str, Code], codes: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Codes gone with the new ones most like them, the best pairs first, themes before codes."""
    gone = [code for path, code in olds.items() if path not in codes][:_MOST]
    come = [code for path, code in news.items() if path not in codes][:_MOST]
    rated = [
        (score, one.path, other.path)
        for one in gone
        for other in come
        if (score := likeness(one, other)) >= LIKE
    ]
    for _, was, now in sorted(rated, key=lambda one: (one[1].count("/"), -one[0], one[1:])):
        if was not in codes and now not in codes.values():
            yield was, now


def _follow(
    was: str, now: str, olds: dict[str, Code], news: dict[str, Code], codes: dict[str, str]
) -> None:
    """Take along the codes below a renamed one that keep their names."""
    taken = set(codes.values())
    for path in olds:
        if path.startswith(f"{was}/") and path not in codes:
            moved = now + path[len(was) :]
            if moved in news and moved not in taken:
                codes[path] = moved


def likeness(one: Code, other: Code) -> float:
    """How alike two codes are: 0 to 1."""
    mine, others = (_rules_below(code) for code in (one, other))
    names = _ratio(one.name, other.name)
    said = _ratio(_prose(one), _prose(other))
    if not mine and not others:
        return 0.8 * said * bool(_prose(one)) + 0.2 * names
    shared = sum(min(mine[key], others[key]) for key in mine.keys() & others.keys())
    rules = shared / max(1, sum(mine.values()) + sum(others.values()) - shared)
    if not _prose(one) and not _prose(other):
        return 0.9 * rules + 0.1 * names
    return 0.6 * rules + 0.3 * said + 0.1 * names


def _rules_below(code: Code) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for below in code.walk():
        for rule in below.rules:
            found[rule.text] += 1
    return found


def _prose(code: Code) -> str:
    return " ".join(f"{code.brief} {code.definition}".split())


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return SequenceMatcher(None, one[:1000], other[:1000], autojunk=False).ratio()


def _paired_rules(olds: Sequence[Rule], news: Sequence[Rule]) -> list[tuple[int, int]]:
    """Places of rules that are the same, then of those with the same or a similar text."""
    pairs: list[tuple[int, int]] = []
    left, free = list(range(len(olds))), list(range(len(news)))
    keys_old, keys_new = ([repr(bare(rule)) for rule in rules] for rules in (olds, news))
    _match(left, free, pairs, lambda one, other: keys_old[one] == keys_new[other])
    _match(left, free, pairs, lambda one, other: olds[one].text == news[other].text)
    rated = sorted(
        (-_ratio(olds[one].text, news[other].text), one, other)
        for one in left[:_MOST]
        for other in free[:_MOST]
        if olds[one].kind is news[other].kind
    )
    for score, one, other in rated:
        if -score >= RULE_LIKE and one in left and other in free:
            pairs.append((one, other))
            left.remove(one)
            free.remove(other)
    return sorted(pairs)


def _match(left: list[int], free: list[int], pairs: list[tuple[int, int]], same: object) -> None:
    assert callable(same)
    for one in list(left):
        other = next((place for place in free if same(one, place)), None)
        if other is not None:
            pairs.append((one, other))
            left.remove(one)
            free.remove(other)
