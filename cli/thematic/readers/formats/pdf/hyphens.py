"""Words that a program parted at a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from thematic.model.nouns import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_PARTED = re.compile(r"(?:[^\W\d_]+[-‐'’])*[^\W\d_]+(?=[-‐]\Z)")
_LONGEST = 80  # characters of a word; longer ones stay as they are
_REST = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph, of which the first `bold` characters are bold."""

    text: str
    bold: int = 0


class Hyphens:
    """Joins what a line's end parts, where the rest of the file shows that it is one word."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Learn the words of a file from its lines, in reading order."""
        self._words: set[str] = set()
        for before, line in pairwise(["", *lines]):
            self._words.update(map(_key, _whole_words(before, line)))

    def join(self, lines: Iterable[Line]) -> list[Line]:
        """The lines with the rest of a parted word taken up to the line where it begins.

        `al-` and `Qaida` stay apart: `alQaida` must occur elsewhere, `al-Qaida` must not.
        """
        found: list[Line] = []
        for line in lines:
            rest = self._rest(found[-1].text, line.text) if found else ""
            if not rest:
                found.append(line)
                continue
            found[-1] = replace(found[-1], text=found[-1].text[:-1] + rest)
            left = line.text[len(rest) :].lstrip()
            if left:
                taken = len(line.text) - len(left)
                found.append(Line(left, max(line.bold - taken, 0)))
        return found

    def _rest(self, before: str, line: str) -> str:
        """What stands at the start of the line and belongs to the end of the one before."""
        first = _parted(before)
        second = _REST.match(line)
        if not first or not second:
            return ""
        joined = _key(first[0] + second[0])
        hyphened = _key(f"{first[0]}-{second[0]}")
        if joined not in self._words or hyphened in self._words:
            return ""
        return line.split(maxsplit=1)[0]


def _parted(line: str) -> re.Match[str] | None:
    """The word that a hyphen parts at the end of a line."""
    return _PARTED.search(line, max(len(line) - _LONGEST, 0))


def _whole_words(before: str, line: str) -> Iterable[str]:
    """The words of a line that stand in it wholly."""
    line = line.rstrip()
    start = second.end() if _parted(before) and (second := _REST.match(line)) else 0
    last = _parted(line)
    for word in _WORD.findall(line, start, last.start() if last else len(line)):
        yield word
        yield from re.split("['’]", word)[:1]


def _key(word: str) -> str:
    return word.replace("‐", "-").casefold()
