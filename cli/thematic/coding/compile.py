"""A codebook made ready for an engine: every rule reduced to numbered items.

Items are deduplicated over the whole codebook; an engine finds all matches of all items
and the rules are settled on positions (`settle.py`), never on texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thematic.coding.characters import ANY_LETTERS, ONE_LETTER, WITHOUT_BLANKS
from thematic.coding.compiled import CompiledCodebook, CompiledItem, CompiledRule, compiled_regex
from thematic.coding.demands import looks_at_edges, required_words
from thematic.coding.language import ENGLISH_CUES, TokenRules, has_tokens, inflects, primary
from thematic.coding.lexicon import Lexicon
from thematic.coding.patterns import MAX_PHRASES, Phrasing, TooManyPhrases
from thematic.errors import Problem, Severity
from thematic.model.codebook import Code, Codebook, Guard, Item, ItemKind, Negation, Rule, RuleKind

NOT_CUES: tuple[str, ...] = (
    *("not only", "not just", "not merely", "not necessarily"),
    *("no doubt", "no question", "no matter", "no wonder"),
)


def compile_codebook(
    codebook: Codebook, model: str = "", lexicon: Lexicon | None = None
) -> tuple[CompiledCodebook, list[Problem]]:
    """Make a codebook ready; faults that only show now are listed with their lines.

    Args:
        codebook: as read.
        model: an installed spaCy pipeline for `tokens` rules; "" = as the codebook says.
        lexicon: of the codebook's language, with what is known of its words already.
    """
    lexicon = lexicon or Lexicon(codebook.language)
    return _Compiler(codebook, model or codebook.model, lexicon).run()


class _Compiler:
    def __init__(self, codebook: Codebook, model: str, lexicon: Lexicon) -> None:
        self.problems: list[Problem] = []
        self._guards: dict[int, int] = {}  # by the identity of a guard, which rules share
        self.language = primary(codebook.language)
        self.book = CompiledCodebook(
            codebook, lexicon, token_rules=TokenRules(self.language, model)
        )
        self.phrasing = Phrasing(lexicon, codebook.lists, not codebook.ignore_accents)

    def run(self) -> tuple[CompiledCodebook, list[Problem]]:
        codebook = self.book.codebook
        for code in codebook.codes():
            self._code(code)
        cues = codebook.negation_cues
        if cues is None and self.language == "en":
            self.book.not_cues = self._items(_phrases(NOT_CUES))
        default = ENGLISH_CUES if self.language == "en" else ()
        self.book.cues = self._items(_phrases(default if cues is None else cues))
        for name, words in codebook.marks.items():
            self.book.marks[name] = self._items(_phrases(words))
        self._warn_of_language()
        return self.book, sorted(self.problems)

    def _warn_of_language(self) -> None:
        """Say what this language cannot do here, once and where it matters."""
        codebook = self.book.codebook
        if not self.book.lexicon.has_data:
            self._warn(
                0,
                f"spaCy has no data here for language {codebook.language!r}: no abbreviations are "
                "known, so a sentence ends at each of their full stops",
                "the language codes are spaCy's, for example en or de",
            )
        with_tokens = self.book.rules_with_tokens
        if with_tokens and not self.book.token_rules.model and not has_tokens(codebook.language):
            self._warn(
                with_tokens[0].rule.line,
                f"spaCy cannot read language {codebook.language!r} here: `tokens` rules see words "
                "between blanks",
                "some languages need a package of their own, for example: pip install 'spacy[ja]'",
            )
        rules = [rule for code in codebook.codes() for rule in code.rules]
        lemmas = [item for rule in rules for item in _items_of(rule) if item.kind is ItemKind.LEMMA]
        if lemmas and not inflects(codebook.language):
            self._warn(
                lemmas[0].line,
                f"no inflections are known for language {codebook.language!r}: words of `lemma` "
                "rules stand for themselves",
                "write the forms out, or use globs",
            )
        without_cues = codebook.negation_cues is None and self.language != "en"
        if without_cues and any(rule.negation is not Negation.IGNORE for rule in rules):
            self._warn(
                0,
                f"no negation cues are known for language {codebook.language!r}: "
                "nothing will be marked as negated",
                "write them at the top as `negation_cues: [...]`",
            )

    def _code(self, code: Code) -> None:
        for index, rule in enumerate(code.rules):
            self.book.rules.append(
                CompiledRule(
                    code=code.path,
                    index=index,
                    rule=rule,
                    items=self._numbered(rule.items),
                    all=self._numbered(rule.all),
                    any=self._numbered(rule.any),
                    none=self._numbered(rule.none),
                    guards=tuple([(self._guard(guard), guard) for guard in rule.guards]),
                    tokens_key=self._tokens(rule),
                )
            )

    def _guard(self, guard: Guard) -> int:
        number = self._guards.get(id(guard))
        if number is None:
            number = self._guards[id(guard)] = self._item(guard.item)
        return number

    def _numbered(self, items: tuple[Item, ...]) -> tuple[int, ...]:
        return tuple(self._items(items)) if items else ()  # most rules have one kind of items

    def _items(self, items: Iterable[Item]) -> list[int]:
        return [self._item(item) for item in items]

    def _item(self, item: Item) -> int:
        key = (item.kind, item.text, item.case, item.whole_words)
        number = self.book._numbers.get(key)
        if number is None:
            number = self.book._numbers[key] = len(self.book.items)
            self.book.items.append(self._compiled(item))
        return number

    def _compiled(self, item: Item) -> CompiledItem:
        if item.kind is ItemKind.REGEX:
            self._check_regex(item)
            return CompiledItem(item)
        try:
            phrases = self.phrasing.phrases(item)
        except TooManyPhrases:
            self._fault(
                item.line,
                f"{item.text!r} stands for more than {MAX_PHRASES:,} phrases",
                "use fewer lists or inflected words in one phrase, or a `near` rule",
            )
            return CompiledItem(item)
        if any(not phrase.strip(ANY_LETTERS + ONE_LETTER + " ") for phrase in phrases):
            self._fault(
                item.line, f"{item.text!r} fits every word", "write at least one letter or sign"
            )
            return CompiledItem(item)
        if self.language in WITHOUT_BLANKS and any(ANY_LETTERS in phrase for phrase in phrases):
            self._fault(
                item.line,
                f"{item.text!r} has a * in a language written without blanks",
                "write the words out, use ? for one character, or a regex",
            )
            return CompiledItem(item)
        return CompiledItem(item, phrases)

    def _check_regex(self, item: Item) -> None:
        import re2

        self._note_regex(item)
        try:
            compiled_regex(item)
        except re2.error as error:
            reason = error.args[0] if error.args else ""
            text = reason.decode() if isinstance(reason, bytes) else str(reason)
            self._fault(
                item.line,
                f"bad regex {item.text!r}: {text}",
                "the syntax is RE2's: no look-around and no back-references",
            )

    def _note_regex(self, item: Item) -> None:
        """What a pattern cannot find in the reading text, said before anyone wonders."""
        said = [rf"\{sign}" for sign in "bwd" if re.search(rf"(?<!\\)\\{sign}", item.text)]
        if said:
            self._note(
                item.line,
                f"regex {item.text!r}: {' and '.join(said)} know{'s' * (len(said) == 1)} ASCII "
                "only",
                r"\pL is any letter, \pN any digit",
            )
        if "\\n" in item.text or "\n" in item.text:
            self._note(item.line, f"regex {item.text!r}: line ends are read as blanks", r"use \s")
        if looks_at_edges(item.text):
            self._note(
                item.line,
                f"regex {item.text!r} looks at edges (^ $ \\b), so it is tried in every scope "
                "by itself, which is slower",
                "most often the words' own borders are enough",
            )

    def _tokens(self, rule: Rule) -> int | None:
        if rule.kind is not RuleKind.TOKENS:
            return None
        key = len(self.book.rules)
        wrong = self.book.token_rules.add(key, rule.tokens)
        if wrong:
            self._fault(rule.line, wrong, "see the reference page on `tokens` rules; or --model")
        elif not required_words(rule.tokens):
            self._note(
                rule.line,
                "this `tokens` rule names no word that must be there, so spaCy reads every turn "
                "for it, which takes longer than all other rules together",
                "give a token that is always there LOWER, ORTH or TEXT",
            )
        return key

    def _fault(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem("", line, message, hint))

    def _note(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem("", line, message, hint, Severity.NOTE))

    def _warn(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem("", line, message, hint, Severity.WARNING))


def _phrases(words: Iterable[str]) -> list[Item]:
    return [Item(ItemKind.PHRASE, word) for word in words]


def _items_of(rule: Rule) -> Iterable[Item]:
    yield from (*rule.items, *rule.all, *rule.any, *rule.none)
    yield from (guard.item for guard in rule.guards)
