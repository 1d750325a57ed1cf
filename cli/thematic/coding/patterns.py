"""Items of rules as finite lists of folded phrases with globs: what engines look for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import product

from thematic.coding.characters import ANY_LETTERS, ONE_LETTER, is_letter
from thematic.coding.lexicon import Lexicon
from thematic.coding.text import fold
from thematic.model.codebook import Item, ItemKind
from thematic.model.nouns import dataclass

MAX_PHRASES = 50_000  # what one item may stand for, lists and inflections included

_LIST_NAME = re.compile(r"<([^<>\s][^<>]*)>")
_ESCAPED = {r"\*": "*", r"\?": "?", r"\\": "\\"}
_WILDCARD = re.compile(r"\\[*?\\]|[*?]")


class TooManyPhrases(ValueError):
    """One item stands for more phrases than can be looked for."""


def placeholders(text: str) -> str:
    """Wildcards as single characters that no text holds; `\\*` and `\\?` as themselves."""
    if not _WILDCARD.search(text):
        return text
    wild = {"*": ANY_LETTERS, "?": ONE_LETTER}
    return _WILDCARD.sub(lambda m: _ESCAPED.get(m.group(), wild.get(m.group(), "")), text)


def has_glob(phrase: str) -> bool:
    """Whether a folded phrase holds a wildcard."""
    return ANY_LETTERS in phrase or ONE_LETTER in phrase


def glob_expression(word: str) -> re.Pattern[str]:
    """A regular expression for one folded word with wildcards; use `fullmatch`.

    The words it is held against are runs of letters, so "any character" is any letter;
    `*` alone stands for a whole run, never for nothing.
    """
    if word == ANY_LETTERS:
        return re.compile(".+", re.DOTALL)
    parts = {ANY_LETTERS: ".*", ONE_LETTER: "."}
    return re.compile("".join(parts.get(char, re.escape(char)) for char in word), re.DOTALL)


@dataclass(frozen=True)
class Phrasing:
    """How a codebook's words are spelled out."""

    lexicon: Lexicon
    lists: Mapping[str, Sequence[str]]
    accents: bool = True
    _known: dict[tuple[str, bool], list[str]] = field(default_factory=dict)  # forms, folded

    def phrases(self, item: Item) -> tuple[str, ...]:
        """Every folded phrase that a phrase or lemma item stands for, in a stable order.

        Raises:
            TooManyPhrases: more than MAX_PHRASES.
        """
        found: dict[str, None] = {}
        for text in self._without_lists(item.text):
            for phrase in self._spelled(text, item):
                if phrase:
                    found[phrase] = None
            if len(found) > MAX_PHRASES:
                raise TooManyPhrases(item.text)
        return tuple(found)

    def _without_lists(self, text: str) -> list[str]:
        """The text with each <list> replaced by each of its entries."""
        if "<" not in text:
            return [text]
        pieces: list[Sequence[str]] = []
        position = 0
        for match in _LIST_NAME.finditer(text):
            entries = self.lists.get(match.group(1))
            if entries is None:
                continue
            pieces += [[text[position : match.start()]], entries]
            position = match.end()
        pieces.append([text[position:]])
        _refuse_too_many(pieces, text)
        return ["".join(choice) for choice in product(*pieces)]

    def _spelled(self, text: str, item: Item) -> list[str]:
        folded = fold(placeholders(text), case=item.case, accents=self.accents)
        if item.kind is not ItemKind.LEMMA:
            return _with_and_without(folded)
        choices = [self._forms(word, item.case) for word in folded.split(" ")]
        _refuse_too_many(choices, item.text)
        return [" ".join(choice) for choice in product(*choices)]

    def _forms(self, word: str, case: bool) -> list[str]:
        if has_glob(word):
            return [word]
        if (word, case) not in self._known:
            self._known[word, case] = self._forms_of(word, case)
        return self._known[word, case]

    def _forms_of(self, word: str, case: bool) -> list[str]:
        known = self.lexicon.forms(word)
        if case:
            return list(dict.fromkeys(_cased_like(word, form) for form in known))
        return list(dict.fromkeys(fold(form, accents=self.accents) for form in known))


def _with_and_without(phrase: str) -> list[str]:
    """A `*` beside a sign (`U.S.*`) may stand for nothing; alone it is one run of letters."""
    variants = [phrase]
    if ANY_LETTERS not in phrase:
        return variants
    for place in reversed(range(len(phrase))):
        if phrase[place] == ANY_LETTERS and _stands_beside_sign(phrase, place):
            variants += [v[:place] + v[place + 1 :] for v in list(variants)]
    return variants


def _stands_beside_sign(phrase: str, place: int) -> bool:
    around = phrase[max(0, place - 1) : place], phrase[place + 1 : place + 2]
    alone = not any(char and is_letter(char) for char in around)
    return alone and any(char.strip() for char in around)


def _cased_like(word: str, form: str) -> str:
    if len(word) > 1 and word.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def _refuse_too_many(choices: Sequence[Sequence[str]], text: str) -> None:
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MAX_PHRASES:
        raise TooManyPhrases(text)
