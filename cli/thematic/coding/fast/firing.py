"""Which rules can fire at all where certain items were found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from thematic.coding.compiled import CompiledCodebook, CompiledRule
from thematic.model.codebook import RuleKind

_TOGETHER = (RuleKind.NEAR, RuleKind.BOOLEAN, RuleKind.TOKENS)


def is_plain(rule: CompiledRule) -> bool:
    """Whether a rule fires wherever its one item stands: a phrase, a lemma or a regex."""
    return rule.rule.kind not in _TOGETHER


class Firing:
    """The rules of a codebook by what must be found for them to fire."""

    def __init__(self, book: CompiledCodebook) -> None:
        self.plain: dict[int, list[CompiledRule]] = defaultdict(list)
        self._together: dict[int, list[CompiledRule]] = defaultdict(list)
        self._tokens: dict[int, CompiledRule] = {}
        for rule in book.rules:
            if rule.tokens_key is not None:
                self._tokens[rule.tokens_key] = rule
            elif is_plain(rule):
                self.plain[rule.items[0]].append(rule)
            else:
                # One item that must be there is enough to come upon the rule.
                for item in rule.items[:1] or rule.all[:1] or rule.any:
                    self._together[item].append(rule)

    @property
    def opening(self) -> set[int]:
        """Items of which one must be found for a rule of several items to fire."""
        return set(self._together)

    def can(self, items: set[int]) -> bool:
        """Whether any rule but those of `tokens` can fire where these items were found."""
        plain, together = self.plain, self._together
        return any(
            item in plain or any(_has_all(rule, items) for rule in together.get(item, ()))
            for item in items
        )

    def together(self, items: set[int], tokens: Collection[int]) -> list[CompiledRule]:
        """The rules of several items, and of `tokens`, that can fire where these were found."""
        found = {
            (rule.code, rule.index): rule
            for item in items
            for rule in self._together.get(item, ())
            if _has_all(rule, items)
        }
        for key in tokens:
            found[self._tokens[key].code, self._tokens[key].index] = self._tokens[key]
        return list(found.values())


def _has_all(rule: CompiledRule, items: set[int]) -> bool:
    """Whether all that a rule demands was found."""
    return (
        items.issuperset(rule.items)
        and items.issuperset(rule.all)
        and (not rule.any or not items.isdisjoint(rule.any))
    )
