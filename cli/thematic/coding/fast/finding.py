"""Where the phrases of a codebook stand in a folded text: literals first, then borders.

Every phrase gives one literal, its longest stretch without a wildcard. An occurrence of the
literal is a candidate; the characters around it and an expression for the wildcards settle
it. The words of the phrase are whole tokens: runs of letters, or single other characters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from thematic.coding.characters import (
    ANY_LETTERS,
    ONE_LETTER,
    is_letter,
    letter_pattern,
    mark_class,
    token_pattern,
)
from thematic.coding.fast.automaton import occurrences
from thematic.coding.patterns import has_glob

_WILD = re.compile(f"[{ANY_LETTERS}{ONE_LETTER}]")

Found = tuple[int, int, int]  # start, end, item


@dataclass(frozen=True, slots=True)
class _Glob:
    """A phrase with wildcards, to be settled where its literal stands."""

    items: tuple[int, ...]
    expression: str  # of the whole phrase, from its first token on
    tokens_before: tuple[bool, ...]  # from the literal's own token back: is there a blank between


@dataclass(frozen=True, slots=True)
class _Entry:
    """What hangs on one literal."""

    begins_with_letter: bool
    ends_with_letter: bool
    items: tuple[int, ...]  # of phrases that are this literal
    stems: tuple[int, ...]  # of phrases that are this literal and a `*`
    globs: tuple[_Glob, ...]


class PhraseFinder:
    """Finds the phrases of some items in folded texts.

    Args:
        phrases: folded phrase -> the items that stand for it.
        borders: whether matches keep the borders of words (languages with blanks).
    """

    def __init__(self, phrases: dict[str, tuple[int, ...]], *, borders: bool) -> None:
        self.borders = borders
        self.phrases = bool(phrases)
        self._tokens = token_pattern() if borders else letter_pattern()
        plain: dict[str, list[int]] = defaultdict(list)
        stems: dict[str, list[int]] = defaultdict(list)
        globs: dict[str, list[_Glob]] = defaultdict(list)
        for phrase, items in phrases.items():
            if not has_glob(phrase):
                plain[phrase] += items
            elif borders and self._is_stem(phrase):
                stems[phrase[:-1]] += items
            else:
                literal, glob = self._glob(phrase, items)
                globs[literal].append(glob)
        literals = list(dict.fromkeys((*plain, *stems, *globs)))
        self._entries = [
            _Entry(
                begins_with_letter=borders and is_letter(literal[0]),
                ends_with_letter=borders and is_letter(literal[-1]),
                items=tuple(plain.get(literal, ())),
                stems=tuple(stems.get(literal, ())),
                globs=tuple(globs.get(literal, ())),
            )
            for literal in literals
        ]
        self._occurrences = occurrences(literals)
        self._letters = re.compile(rf"{_letter()}*")

    def find(self, string: str) -> list[Found]:
        """(start, end, item) of every match, sorted, each once."""
        found: list[Found] = []
        entries = self._entries
        size = len(string)
        tokens = _Tokens(string, letters=self.borders)
        seen_globs = False
        for number, start, end in self._occurrences(string):
            entry = entries[number]
            if entry.globs:
                seen_globs = True
                for glob in entry.globs:
                    found += self._settled(glob, string, start, tokens)
            if entry.begins_with_letter and start and is_letter(string[start - 1]):
                continue
            if entry.stems:
                stop = self._letters.match(string, end).end()  # type: ignore[union-attr]
                found += [(start, stop, item) for item in entry.stems]
            if entry.items:
                if entry.ends_with_letter and end < size and is_letter(string[end]):
                    continue
                found += [(start, end, item) for item in entry.items]
        return sorted(set(found)) if seen_globs or len(found) > 1 else found

    def _is_stem(self, phrase: str) -> bool:
        """A literal that ends with a letter, and a `*` after it: by far the commonest glob."""
        stem = phrase[:-1]
        return (
            bool(stem) and phrase[-1] == ANY_LETTERS and not has_glob(stem) and is_letter(stem[-1])
        )

    def _glob(self, phrase: str, items: tuple[int, ...]) -> tuple[str, _Glob]:
        """The literal of a phrase with wildcards, and how to settle it."""
        places = [match.span() for match in self._tokens.finditer(phrase)]
        literal, at = _longest_literal(phrase)
        own = next(n for n, (start, end) in enumerate(places) if start <= at < end)
        blanks = [phrase[end : end + 1] == " " for _, end in places]
        expression = "".join(
            self._piece(phrase[start:end]) + (" " if blank else "")
            for (start, end), blank in zip(places, blanks, strict=True)
        )
        before = tuple(reversed(blanks[:own]))
        return literal, _Glob(items, expression, before)

    def _piece(self, piece: str) -> str:
        """One token of a phrase as an expression that takes whole tokens only."""
        letter = _letter()
        any_letters = f"{letter}+" if piece == ANY_LETTERS else f"{letter}*"
        parts = {ANY_LETTERS: any_letters, ONE_LETTER: letter}
        written = "".join(parts.get(char, re.escape(char)) for char in piece)
        return written + (f"(?!{letter})" if self.borders and is_letter(piece[-1]) else "")

    def _settled(self, glob: _Glob, string: str, place: int, tokens: _Tokens) -> Iterator[Found]:
        start = self._first_token(glob, string, place, tokens)
        if start < 0 or (id(glob), start) in tokens.tried:
            return
        tokens.tried.add((id(glob), start))
        match = _compiled(glob.expression).match(string, start)
        if match is not None:
            for item in glob.items:
                yield start, match.end(), item

    def _first_token(self, glob: _Glob, string: str, place: int, tokens: _Tokens) -> int:
        """Where the phrase must begin for its literal to stand at `place`; -1 for nowhere."""
        start = tokens.begin(place)
        for blank in glob.tokens_before:
            if (string[start - 1 : start] == " ") is not blank or start == 0:
                return -1
            start -= blank
            if start == 0 or string[start - 1] == " ":
                return -1
            start = tokens.begin(start - 1)
        return start


class _Tokens:
    """Where tokens begin: runs of letters, or single other characters."""

    def __init__(self, string: str, *, letters: bool) -> None:
        self._string, self._letters = string, letters
        self.tried: set[tuple[int, int]] = set()  # globs, and where they were tried
        self._begin = self._known = -1  # all from the one to the other are letters of one run

    def begin(self, place: int) -> int:
        """The beginning of the token that holds a character; quick where asked from the left."""
        string = self._string
        if not self._letters or not is_letter(string[place]):
            return place
        if self._begin <= place <= self._known:
            return self._begin
        begin = place
        while begin and is_letter(string[begin - 1]):
            begin -= 1
            if begin == self._known:  # what lies before was looked at the last time
                begin = self._begin
                break
        self._begin, self._known = begin, place
        return begin


@lru_cache(maxsize=50_000)
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled where a candidate stands: most never meet one, and each takes milliseconds."""
    return re.compile(expression, re.DOTALL)


def _letter() -> str:
    """An expression for one letter."""
    return rf"(?:[^\W_]|[{mark_class()}])"


def _longest_literal(phrase: str) -> tuple[str, int]:
    """The longest stretch without wildcards, without blanks at its ends, and its place."""
    best, at = "", 0
    position = 0
    for piece in _WILD.split(phrase):
        literal = piece.strip(" ")
        if len(literal) > len(best):
            best, at = literal, position + piece.index(literal)
        position += len(piece) + 1
    return best, at


def phrases_by_item(
    items: Iterable[tuple[int, tuple[str, ...]]],
) -> dict[str, tuple[int, ...]]:
    """Each phrase with the items that stand for it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, phrases in items:
        for phrase in phrases:
            found[phrase].append(number)
    return {phrase: tuple(numbers) for phrase, numbers in found.items()}
