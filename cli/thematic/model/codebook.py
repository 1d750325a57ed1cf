"""A codebook: themes, codes, and the rules by which codes are suggested.

What a file leaves open is settled by the reader: every Rule carries the guards, the
case and the negation setting that hold for it, so nothing to the right inherits anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from thematic.model.nouns import dataclass

MANUAL = "coded by people only"


class Unit(StrEnum):
    """A stretch of a transcript: what a rule reaches over, or what is counted once."""

    __hash__ = str.__hash__  # of a key that is looked up for each mention; Enum's own is slow

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"
    TRANSCRIPT = "transcript"


class ItemKind(StrEnum):
    """How an item's text is read."""

    PHRASE = "phrase"  # words with globs and <lists>
    LEMMA = "lemma"  # every inflected form of each word
    REGEX = "regex"  # RE2


class RuleKind(StrEnum):
    """How a rule finds its mentions."""

    PHRASE = "phrase"
    LEMMA = "lemma"
    REGEX = "regex"
    NEAR = "near"
    BOOLEAN = "boolean"  # all / any / none
    TOKENS = "tokens"


class Negation(StrEnum):
    """What to do with a mention that a cue negates."""

    MARK = "mark"  # count it and say so
    WITHHOLD = "withhold"  # do not count it
    IGNORE = "ignore"  # do not look


class Nested(StrEnum):
    """Whether longest match holds within one code or over the whole codebook."""

    CODE = "code"
    CODEBOOK = "codebook"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look for: the smallest part of a rule or guard."""

    kind: ItemKind
    text: str
    case: bool = False
    line: int = 0
    whole_words: bool = True  # regex only


@dataclass(frozen=True, slots=True)
class Guard:
    """Words that withhold a mention standing near them (`unless`)."""

    item: Item
    within: int | None = 1  # words away; None = anywhere in the scope
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """The surface pattern by which a code is suggested."""

    kind: RuleKind
    text: str  # as people should read it in tables, e.g. "near: [a, b] within 8"
    line: int
    items: tuple[Item, ...] = ()  # phrase, lemma, regex: one; near: two or more
    all: tuple[Item, ...] = ()
    any: tuple[Item, ...] = ()
    none: tuple[Item, ...] = ()
    tokens: tuple[Mapping[str, object], ...] = ()  # a spaCy Matcher pattern
    within: int = 8  # near: words
    in_order: bool = False
    guards: tuple[Guard, ...] = ()  # from the top of the codebook down to the rule
    negation: Negation = Negation.MARK


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a code should find (or, as a counter-example, should not)."""

    text: str
    line: int = 0
    expect_missed: bool = False  # a known miss: no fault of the rules as they stand


@dataclass(frozen=True)
class Code:
    """A short label for one idea, with its entry and the codes below it."""

    path: str  # "theme/code/sub-code"
    line: int = 0
    brief: str = ""
    definition: str = ""
    when_to_use: str = ""
    when_not_to_use: str = ""
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    color: str = ""
    status: str = ""
    source: str = ""
    since: str = ""
    changed: str = ""
    manual: bool = False  # coded by people only
    rules: tuple[Rule, ...] = ()
    codes: tuple[Code, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def theme(self) -> str:
        """The first part of the path."""
        return self.path.partition("/")[0]

    @property
    def depth(self) -> int:
        """0 for a theme, 1 for its codes, and so on."""
        return self.path.count("/")

    @property
    def has_rules(self) -> bool:
        """Whether rules suggest it, its own or those of a code below it."""
        return any(below.rules for below in self.walk())

    @property
    def coded_by(self) -> str:
        """Who suggests it, in a word for tables: rules, people only, or nobody."""
        return MANUAL if self.manual else "rules" if self.has_rules else ""

    def walk(self) -> Iterator[Code]:
        """The code itself and all below it, in the order written."""
        yield self
        for code in self.codes:
            yield from code.walk()


@dataclass(frozen=True)
class Codebook:
    """The ordered, possibly nested list of codes with their definitions and rules."""

    name: str
    themes: tuple[Code, ...]
    version: str = ""
    title: str = ""
    language: str = "en"
    model: str = ""  # an installed spaCy pipeline that `tokens` rules need, or ""
    scope: Unit = Unit.SENTENCE
    unit: Unit = Unit.SENTENCE
    exclude: tuple[str, ...] = ("interviewer",)  # roles or labels that do not count
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # references written out
    list_entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # as written
    negation_cues: tuple[str, ...] | None = None  # None = the language's own
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nested: Nested = Nested.CODE
    ignore_accents: bool = False
    hash: str = ""  # of the file's text; eight hex digits are shown

    def codes(self) -> Iterator[Code]:
        """Every code, themes included, in codebook order."""
        for theme in self.themes:
            yield from theme.walk()

    def paths(self) -> list[str]:
        """The path of every code in codebook order."""
        return [code.path for code in self.codes()]
