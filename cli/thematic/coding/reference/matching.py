"""The reference matcher: where every item of a codebook stands in one turn.

Plain on purpose: spaCy Docs of the folded text, PhraseMatcher for literal phrases,
Matcher for globs, RE2 over the reading text. Every faster engine is held against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from thematic.coding.characters import BARRIER, WITHOUT_BLANKS, is_letter
from thematic.coding.compiled import CompiledCodebook, CompiledItem
from thematic.coding.language import Words, primary
from thematic.coding.patterns import glob_expression, has_glob
from thematic.coding.text import MappedText, folded_text
from thematic.coding.words import TurnWords
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn

TOKENS_AT_ONCE = 100_000  # characters of a turn that spaCy's own tokenizer gets at once


@dataclass(frozen=True)
class TurnMatches:
    """One turn's words and, by item and by `tokens` rule, what was found; raw spans."""

    turn: Turn
    words: TurnWords
    items: dict[int, list[Span]]
    tokens: dict[int, list[Span]]


@dataclass
class ReferenceMatcher:
    """Finds the items of one compiled codebook, turn by turn."""

    book: CompiledCodebook
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.book.codebook.language)
        phrases = [(number, item) for number, item in enumerate(self.book.items) if item.phrases]
        accents = not self.book.codebook.ignore_accents
        self._folded = _PhraseFinder(self.words, phrases, case=False, accents=accents)
        self._cased = _PhraseFinder(self.words, phrases, case=True, accents=accents)
        self._regexes = [
            (number, item) for number, item in enumerate(self.book.items) if item.regex is not None
        ]

    def match(self, turn: Turn, words: TurnWords, scopes: Sequence[Span]) -> TurnMatches:
        """Everything found in one turn.

        Args:
            turn: a turn that counts.
            words: the turn's words.
            scopes: the scope units of this turn, for `regex` rules.
        """
        reading = words.reading
        items: dict[int, list[Span]] = defaultdict(list)
        for finder in (self._folded, self._cased):
            for number, span in finder.find(reading):
                if _may_stand(span, words):
                    items[number].append(span)
        borders = primary(self.book.codebook.language) not in WITHOUT_BLANKS
        for number, item in self._regexes:
            items[number] += _regex_matches(item, reading, scopes, words, borders)
        tokens = dict(self._token_matches(reading, scopes, words, borders=borders))
        return TurnMatches(turn, words, {n: sorted(set(s)) for n, s in items.items()}, tokens)

    def _token_matches(
        self, reading: MappedText, scopes: Sequence[Span], words: TurnWords, *, borders: bool
    ) -> Iterator[tuple[int, list[Span]]]:
        if not self.book.token_rules:
            return
        found: dict[int, set[Span]] = defaultdict(set)
        for begin, end in _stretches(reading, scopes):
            for key, start, stop in self.book.token_rules.find(reading.string[begin:end]):
                first, last = begin + start, begin + stop
                if start == stop or BARRIER in reading.string[first:last]:
                    continue
                cut = any(_splits_a_word(reading.string, place) for place in (first, last))
                span = reading.raw(first, last)
                if not (borders and cut) and _may_stand(span, words):
                    found[key].add(span)
        for key, spans in found.items():
            yield key, sorted(spans)


class _PhraseFinder:
    """Literal phrases and globs over Docs of one folding (with or without case)."""

    def __init__(
        self,
        words: Words,
        items: Sequence[tuple[int, CompiledItem]],
        *,
        case: bool,
        accents: bool,
    ) -> None:
        self.words, self.case, self.accents = words, case, accents
        self.phrases: list[str] = []
        self.items_of: list[list[int]] = []
        self.globs: list[tuple[int, list[str], list[bool]]] = []
        # The pieces of globs by their first character; wildcards first stand under "".
        self.expressions: dict[str, dict[str, re.Pattern[str]]] = defaultdict(dict)
        self._known: dict[str, list[str]] = {}  # word -> the pieces it fits
        numbers: dict[str, int] = {}
        for number, item in items:
            if item.item.case is case:
                for phrase in item.phrases:
                    if phrase not in numbers:
                        numbers[phrase] = len(self.phrases)
                        self.phrases.append(phrase)
                        self.items_of.append([])
                    self.items_of[numbers[phrase]].append(number)
        self.literals = words.phrase_matcher()
        self._fill()

    def _fill(self) -> None:
        for key, phrase in enumerate(self.phrases):
            if has_glob(phrase):
                places = self.words.tokens(phrase)
                pieces = [phrase[start:end] for start, end in places]
                blanks = [phrase[end : end + 1] == " " for _, end in places]
                self.globs.append((key, pieces, blanks))
                for piece in pieces:
                    first = "" if has_glob(piece[0]) else piece[0]
                    self.expressions[first][piece] = glob_expression(piece)
            else:
                places = self.words.tokens(phrase)
                self.literals.add(str(key), [self.words.doc(phrase, places)])

    def find(self, reading: MappedText) -> Iterator[tuple[int, Span]]:
        """(item, raw span) of every match, none beginning or ending inside a word."""
        if not self.phrases:
            return
        folded = folded_text(reading, case=self.case, accents=self.accents)
        places = self.words.tokens(folded.string)
        if not places:
            return
        doc = self.words.doc(folded.string, places)
        for key, start, end in (*self._literal_matches(doc), *self._glob_matches(doc)):
            span = folded.raw(places[start][0], places[end - 1][1])
            for item in self.items_of[key]:
                yield item, span

    def _pieces_fitted_by(self, word: str) -> list[str]:
        if word not in self._known:
            letters = is_letter(word[0])
            offered = {**self.expressions.get("", {}), **self.expressions.get(word[0], {})}
            self._known[word] = [
                piece
                for piece, expression in offered.items()
                if (letters and expression.fullmatch(word)) or piece == word
            ]
        return self._known[word]

    def _literal_matches(self, doc: Any) -> Iterator[tuple[int, int, int]]:
        for match, start, end in self.literals(doc):
            key = int(self.words.vocab.strings[match])
            # Tokens alone do not tell "a. b" from "a.b": a joint is never empty.
            if doc[start:end].text == self.phrases[key]:
                yield key, start, end

    def _glob_matches(self, doc: Any) -> Iterator[tuple[int, int, int]]:
        """Each wildcard word stands for the words of this text that it fits."""
        if not self.globs:
            return
        matcher = self.words.matcher()
        fitting: dict[str, list[str]] = defaultdict(list)
        for word in sorted({token.text for token in doc}):
            for piece in self._pieces_fitted_by(word):
                fitting[piece].append(word)
        for key, pieces, _ in self.globs:
            if all(piece in fitting for piece in pieces):
                matcher.add(str(key), [[{"ORTH": {"IN": fitting[piece]}} for piece in pieces]])
        blanks = {key: wanted for key, _, wanted in self.globs}
        if not len(matcher):
            return
        for match, start, end in matcher(doc):
            key = int(self.words.vocab.strings[match])
            given = [bool(token.whitespace_) for token in doc[start : end - 1]]
            if given == blanks[key][:-1]:
                yield key, start, end


def _may_stand(span: Span, words: TurnWords) -> bool:
    """Not inside a word that ends in n't, not in an address, not inside a note."""
    hidden = any(True for _ in words.addresses.overlapping(span))
    return not (hidden or words.contracted.cut_by(span) or _begins_in_note(span, words))


def _begins_in_note(span: Span, words: TurnWords) -> bool:
    """A note such as [laughter] is found only by a rule that writes its bracket."""
    return any(note.start < span.start for note in words.notes.overlapping(span))


def _regex_matches(
    item: CompiledItem, reading: MappedText, scopes: Sequence[Span], words: TurnWords, borders: bool
) -> Iterator[Span]:
    for begin, end in _unbroken(reading, scopes):
        text = reading.string[begin:end]
        for match in item.regex.finditer(text):
            start = match.end() - len(match.group().lstrip())
            stop = start + len(match.group().strip())
            if start >= stop:  # empty, or nothing but blanks
                continue
            span = reading.raw(begin + start, begin + stop)
            cut = borders and (_splits_a_word(text, start) or _splits_a_word(text, stop))
            cut = cut or words.contracted.cut_by(span)
            if not (cut and item.item.whole_words) and not _begins_in_note(span, words):
                yield span


def _unbroken(reading: MappedText, scopes: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The ranges of the scopes in a reading text, cut at time stamps."""
    for scope in scopes:
        begin, end = reading.slice_of(scope)
        while (stamp := reading.string.find(BARRIER, begin, end)) >= 0:
            yield begin, stamp
            begin = stamp + 1
        yield begin, end


def _splits_a_word(text: str, place: int) -> bool:
    inside = 0 < place < len(text)
    return inside and is_letter(text[place - 1]) and is_letter(text[place])


def _stretches(reading: MappedText, scopes: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """A turn as spaCy gets it: whole, or cut at scope borders where it is very long."""
    begin, end = 0, 0
    for scope in scopes:
        start, stop = reading.slice_of(scope)
        if stop - begin > TOKENS_AT_ONCE and end > begin:
            yield begin, end
            begin = start
        end = stop
    if end > begin:
        yield begin, end
