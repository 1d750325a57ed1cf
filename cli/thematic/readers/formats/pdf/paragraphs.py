"""Where paragraphs begin: by distances, numbers beside them, short lines and indents."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median_low

from thematic.readers.formats.pdf.pages import Row

_WIDER = 1.2  # of the usual distance of lines: so far apart are paragraphs
_USUAL_LEADING = 1.2  # distance of lines in font sizes, where a text has no full line
_SHARE = 0.08  # of all distances: what is rarer is not usual
_FEWEST = 3  # lines that show what is usual
_INDENT = 0.7  # of the font size
_DEEPEST = 8  # the same
_SAME_INSET = 0.3  # the same
_OTHER_SIZE = 1.15  # fonts differ so much
_BUCKET = 60.0  # points: lines that begin within one or two buckets end at one edge
_NEAR = 8  # rows looked at to find those beside a row
_MOST = 0.97  # share of the lines that end before the right edge
_LABEL = re.compile(r"[^\s:][^:\n]{0,40}:(?=\s|\Z)")
_WIDE_LETTERS = "\u2e80"  # from here on words have no blanks between them


class Starts:
    """Which rows begin a paragraph, judged by what is usual in the whole text."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._edges = _right_edges(rows)
        self._beside = _columns_beside(rows)
        pairs = list(pairwise(rows))
        self._below = [_is_below(one, other) for one, other in pairs]
        self._ended = [self._ends_early(one, other) for one, other in pairs]
        leading = _leading(
            pair
            for pair, below, ended in zip(pairs, self._below, self._ended, strict=True)
            if below and not ended
        )
        self._apart = [
            below and _distance(one, other) > _WIDER * leading
            for (one, other), below in zip(pairs, self._below, strict=True)
        ]
        within = [n for n, below in enumerate(self._below) if below]
        self._by_distance = self._distances_tell(within)
        self._insets = _insets(rows)
        self._start = self._inset_of_starts(within)
        self._labels = self._known_labels()

    def at(self, number: int) -> bool:
        """Whether the row of this number, from 1 on, begins a paragraph."""
        one, row = self._rows[number - 1], self._rows[number]
        if row.begins or not 1 / _OTHER_SIZE < row.size / one.size < _OTHER_SIZE:
            return True
        if self._below[number - 1]:
            return self._apart[number - 1] or (not self._by_distance and self._turns(number))
        # At the top of a page or column, no distance tells anything.
        return self._turns(number) or _label(row) in self._labels

    def _turns(self, number: int) -> bool:
        """Whether the line above ended early, or the indent tells of a new paragraph."""
        if _goes_on(self._rows[number - 1].text, self._rows[number].text):
            return False
        inset = self._insets[number]
        is_start = self._start is not None and abs(inset - self._start) < _SAME_INSET
        return self._ended[number - 1] or is_start

    def _distances_tell(self, within: Sequence[int]) -> bool:
        """Whether paragraphs are set apart; else a short line is all that ends them."""
        apart = sum(self._apart[n] for n in within)
        ended = sum(self._ended[n] and not self._apart[n] for n in within)
        return apart > 0 and apart * 2 >= ended

    def _inset_of_starts(self, within: Sequence[int]) -> float | None:
        """How far in paragraphs begin, in font sizes, if that is not how they go on.

        Either their first line is set in, or all but the first are; None where neither is so.
        """
        moves = [(self._insets[n + 1] - self._insets[n], n) for n in within]
        inwards = [n for move, n in moves if move > _INDENT]
        outwards = [n for move, n in moves if move < -_INDENT]
        if len(inwards) < _FEWEST or len(outwards) < _FEWEST:
            return None
        ended_before_inwards = sum(self._ended[n] for n in inwards) / len(inwards)
        ended_before_outwards = sum(self._ended[n] for n in outwards) / len(outwards)
        if ended_before_inwards > 0.6:
            return median_low(self._insets[n + 1] for n in inwards)
        if ended_before_inwards < 0.4 <= ended_before_outwards:
            return 0.0
        return None

    def _known_labels(self) -> set[str]:
        """What stands before a colon where paragraphs surely begin, twice at least."""
        counts = Counter(
            _label(row)
            for number, row in enumerate(self._rows)
            if number == 0 or (self._below[number - 1] and self._surely(number))
        )
        return {label for label, count in counts.items() if label and count >= 2}

    def _surely(self, number: int) -> bool:
        return self._rows[number].begins or self._apart[number - 1] or self._ended[number - 1]

    def _ends_early(self, one: Row, following: Row) -> bool:
        """Whether the first word of the following row had found room at the end of this one."""
        text = following.text
        first = text[:1] if text[:1] >= _WIDE_LETTERS else text.split(" ", 1)[0]
        width = (following.right - following.left) * len(first) / max(len(text), 1)
        edge = min(self._edges[int(one.left // _BUCKET)], self._beside[id(one)] - one.size)
        return one.right + 0.25 * one.size + width < edge - 0.5 * one.size


def _goes_on(text: str, following: str) -> bool:
    """Whether a sentence, or a word, plainly goes on in the following line."""
    return (text[-1:].isalnum() or text[-1:] in ",-‐") and following[:1].islower()


def _right_edges(rows: Sequence[Row]) -> dict[int, float]:
    """Where lines end that begin in one strip of the page or beside it."""
    ends: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        ends[int(row.left // _BUCKET)].append(row.right)
    edges = {}
    for bucket in ends:
        near = sorted(
            right for one in (bucket - 1, bucket, bucket + 1) for right in ends.get(one, ())
        )
        edges[bucket] = near[int(_MOST * (len(near) - 1))]
    return edges


def _columns_beside(rows: Sequence[Row]) -> dict[int, float]:
    """For each row, by its `id`, where a column to the right of it begins."""
    beside = {id(row): math.inf for row in rows}
    heights = sorted(rows, key=lambda row: (row.page, row.base))
    for here, row in enumerate(heights):
        for other in heights[here + 1 : here + 1 + _NEAR]:
            if other.page != row.page or other.base - row.base > 2 * row.size:
                break
            one, far = (row, other) if row.left <= other.left else (other, row)
            if far.left > one.right:
                beside[id(one)] = min(beside[id(one)], far.left)
    return beside


def _is_below(one: Row, other: Row) -> bool:
    """Whether a row follows the other downwards in one column."""
    overlap = one.left < other.right and other.left < one.right
    return one.page == other.page and other.base > one.base and overlap


def _distance(one: Row, other: Row) -> float:
    """How far two baselines lie apart, in font sizes."""
    return (other.base - one.base) / max(one.size, other.size)


def _leading(pairs: Iterable[tuple[Row, Row]]) -> float:
    """The usual distance of a full line and the next: the smallest that is not rare."""
    found = sorted(
        _distance(one, other)
        for one, other in pairs
        if 1 / _OTHER_SIZE < one.size / other.size < _OTHER_SIZE and _distance(one, other) > 0.7
    )
    for number, distance in enumerate(found):
        alike = bisect_left(found, distance + 0.1) - number
        if alike >= _SHARE * len(found):
            return found[number + alike // 2]
    return _USUAL_LEADING


def _insets(rows: Sequence[Row]) -> list[float]:
    """How far each row begins behind the left margin of its column, in font sizes."""
    margins: dict[int, list[float]] = {}
    for page, ones in groupby(rows, key=lambda row: row.page):
        counts = Counter(round(row.left) for row in ones)
        margins[page] = sorted(left for left, count in counts.items() if count >= _FEWEST)
    insets = []
    for row in rows:
        lefts = margins[row.page]
        index = bisect_left(lefts, row.left - _DEEPEST * row.size)
        margin = lefts[index] if index < len(lefts) else row.left
        insets.append(max(row.left - margin, 0.0) / max(row.size, 1.0))
    return insets


def _label(row: Row) -> str:
    found = _LABEL.match(row.text)
    return found[0].casefold() if found else ""
