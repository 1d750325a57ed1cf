"""Where `regex` items stand on a page: tried where they may match, scope by scope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from thematic.coding.batch.alphabet import LETTER, Mask, Places
from thematic.coding.batch.finding import Matches
from thematic.coding.batch.page import Page
from thematic.coding.batch.words import PageWords
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.demands import looks_at_edges
from thematic.model.nouns import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Pattern:
    item: int
    regex: Any
    whole_words: bool
    filters: bool  # a match in a part is also one in the whole


class PatternFinder:
    """Finds the `regex` items of a codebook.

    Args:
        book: the codebook.
    """

    def __init__(self, book: CompiledCodebook) -> None:
        self._patterns = [
            _Pattern(number, one.regex, one.item.whole_words, not looks_at_edges(one.item.text))
            for number, one in enumerate(book.items)
            if one.regex is not None
        ]

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def find(self, page: Page, words: PageWords, starts: Places, ends: Places) -> list[Matches]:
        """The matches on a page.

        Args:
            page: any page.
            words: its words.
            starts: where the scopes begin that no match crosses, in order.
            ends: where they end.
        """
        string = page.reading()
        turns = list(zip(page.starts.tolist(), page.ends.tolist(), strict=True))
        scopes = list(zip(starts.tolist(), ends.tolist(), strict=True))
        borders = np.searchsorted(starts, np.append(page.starts, len(string))).tolist()
        found: list[Matches] = []
        for pattern in self._patterns:
            within = [
                scope
                for turn in _turns_to_try(pattern, string, turns, 0, len(turns))
                for scope in scopes[borders[turn] : borders[turn + 1]]
            ]
            places = [place for scope in within for place in _matches(pattern, string, scope)]
            if places:
                found.append(_standing(pattern, page, words, places))
        return found


def _turns_to_try(
    pattern: _Pattern, string: str, turns: list[Range], first: int, last: int
) -> Iterator[int]:
    """The turns in which a pattern may match: many are ruled out at once."""
    if not pattern.filters:
        yield from range(first, last)
    elif pattern.regex.search(string[turns[first][0] : turns[last - 1][1]]) is None:
        return
    elif last - first == 1:
        yield first
    else:
        middle = (first + last) // 2
        yield from _turns_to_try(pattern, string, turns, first, middle)
        yield from _turns_to_try(pattern, string, turns, middle, last)


def _matches(pattern: _Pattern, string: str, scope: Range) -> Iterator[Range]:
    """The matches in one scope, without blanks at their ends; none is empty."""
    begin, end = scope
    for match in pattern.regex.finditer(string[begin:end]):
        said = match.group()
        start = begin + match.end() - len(said.lstrip())
        stop = start + len(said.strip())
        if start < stop:
            yield start, stop


def _standing(pattern: _Pattern, page: Page, words: PageWords, places: list[Range]) -> Matches:
    """Those that begin inside no note and, where asked for, keep the borders of words."""
    starts, ends = np.array(places, np.int64).T.copy()  # columns one after another
    stand = ~words.inside_notes(starts)
    if pattern.whole_words:
        split = _split(page, starts) | _split(page, ends)
        stand &= ~split & ~words.cut(starts, ends)
    starts, ends = starts[stand], ends[stand]
    return Matches(np.full(len(starts), pattern.item, np.int64), starts, ends)


def _split(page: Page, places: Places) -> Mask:
    """Which places are within a run of letters."""
    return page.are(places - 1, LETTER) & page.are(places, LETTER)
