"""Where the phrases of a codebook stand in a folded text: literals first, then borders.

An occurrence of a literal is a candidate; the characters around it, and an expression where
there are wildcards within, settle it. The words of a phrase are whole tokens: runs of
letters, or single other characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from thematic.coding.characters import is_letter
from thematic.coding.fast.automaton import Occurrences, occurrences
from thematic.coding.fast.literals import Glob, letter, literals_of

Found = tuple[int, int, int]  # start, end, item


class PhraseFinder:
    """Finds the phrases of some items in folded texts.

    Args:
        phrases: folded phrase -> the items that stand for it.
        borders: whether matches keep the borders of words (languages with blanks).
    """

    def __init__(self, phrases: dict[str, tuple[int, ...]], *, borders: bool) -> None:
        self.borders = borders
        self.phrases = bool(phrases)
        self.literals = literals_of(phrases, borders=borders)
        self._letters = re.compile(rf"{letter()}*")

    @cached_property
    def _occurrences(self) -> Occurrences:
        """Made when first asked for: where pages are coded, few turns are coded by themselves."""
        return occurrences([literal.text for literal in self.literals])

    def find(self, string: str) -> list[Found]:
        """(start, end, item) of every match, sorted, each once."""
        found: list[Found] = []
        literals, size = self.literals, len(string)
        tokens = Tokens(string, letters=self.borders)
        for number, start, end in self._occurrences(string):
            literal = literals[number]
            for glob in literal.globs:
                found += settled(glob, string, start, tokens)
            inside = literal.begins_with_letter and start > 0 and is_letter(string[start - 1])
            goes_on = literal.ends_with_letter and end < size and is_letter(string[end])
            for form in literal.forms:
                if (inside and not form.before) or (goes_on and not form.after):
                    continue
                begin = tokens.begin(start) if inside else start
                stop = self._letters.match(string, end).end() if goes_on else end  # type: ignore[union-attr]
                found += [(begin, stop, item) for item in form.items]
        return sorted(set(found)) if len(found) > 1 else found


class Tokens:
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


def settled(glob: Glob, string: str, place: int, tokens: Tokens) -> Iterator[Found]:
    """The match of a glob whose literal stands at a place, if there is one.

    Args:
        glob: hangs on the literal.
        string: a folded text.
        place: where the literal stands in it.
        tokens: of that text.
    """
    start = _first_token(glob, string, place, tokens)
    if start < 0 or (id(glob), start) in tokens.tried:
        return
    tokens.tried.add((id(glob), start))
    match = _compiled(glob.expression).match(string, start)
    if match is not None:
        for item in glob.items:
            yield start, match.end(), item


def _first_token(glob: Glob, string: str, place: int, tokens: Tokens) -> int:
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


@lru_cache(maxsize=50_000)
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled where a candidate stands: most never meet one, and each takes milliseconds."""
    return re.compile(expression, re.DOTALL)
