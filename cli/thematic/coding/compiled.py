"""What a codebook is once it is made ready for an engine: rules of numbered items.

Reading one back from the cache needs nothing that makes one (`compile.py`).
"""

from __future__ import annotations

from dataclasses import field
from functools import cache, cached_property
from typing import Any

from thematic.coding.language import TokenRules
from thematic.coding.lexicon import Lexicon
from thematic.model.codebook import Codebook, Guard, Item, ItemKind, Rule
from thematic.model.nouns import dataclass


@dataclass(frozen=True, slots=True)
class CompiledItem:
    """One item to look for: folded phrases (phrase, lemma) or an RE2 pattern (regex)."""

    item: Item
    phrases: tuple[str, ...] = ()

    @property
    def regex(self) -> Any:
        """The RE2 pattern of a `regex` item, else None; compiled when first asked for."""
        return compiled_regex(self.item) if self.item.kind is ItemKind.REGEX else None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One rule of one code; items, guards and cues are indices into the compiled items."""

    code: str
    index: int  # into the code's rules
    rule: Rule
    items: tuple[int, ...] = ()
    all: tuple[int, ...] = ()
    any: tuple[int, ...] = ()
    none: tuple[int, ...] = ()
    guards: tuple[tuple[int, Guard], ...] = ()
    tokens_key: int | None = None


@dataclass
class CompiledCodebook:
    """What an engine needs to know of a codebook."""

    codebook: Codebook
    lexicon: Lexicon
    items: list[CompiledItem] = field(default_factory=list)
    rules: list[CompiledRule] = field(default_factory=list)
    cues: list[int] = field(default_factory=list)  # items that negate
    not_cues: list[int] = field(default_factory=list)  # items that look like cues and are none
    marks: dict[str, list[int]] = field(default_factory=dict)
    token_rules: TokenRules = field(default_factory=lambda: TokenRules("en"))
    # By all that an item finds: kind, text, case, whole words.
    _numbers: dict[tuple[ItemKind, str, bool, bool], int] = field(default_factory=dict)

    @cached_property
    def order(self) -> dict[str, int]:
        """Each code's place in the codebook."""
        return {path: place for place, path in enumerate(self.codebook.paths())}

    @cached_property
    def rule(self) -> dict[tuple[str, int], CompiledRule]:
        """Each rule by its code and its index there."""
        return {(rule.code, rule.index): rule for rule in self.rules}

    @cached_property
    def rules_by_item(self) -> dict[int, list[CompiledRule]]:
        """The rules that an item may make fire."""
        found: dict[int, list[CompiledRule]] = {}
        for rule in self.rules:
            for item in {*rule.items, *rule.all, *rule.any}:
                found.setdefault(item, []).append(rule)
        return found

    @cached_property
    def rules_with_tokens(self) -> list[CompiledRule]:
        """The rules that spaCy's Matcher settles."""
        return [rule for rule in self.rules if rule.tokens_key is not None]


@cache
def compiled_regex(item: Item) -> Any:
    """The RE2 pattern of a `regex` item.

    Raises:
        re2.error: it is none.
    """
    import re2

    from thematic.coding.text import plain

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = item.case
    return re2.compile(plain(item.text), options)
