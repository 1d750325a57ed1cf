"""The rows of a page in the order in which they are read."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from thematic.readers.formats.pdf.pages import Page, Piece, Row

_SAME_LINE = 0.35  # of the font size: how far baselines on one line may lie apart
_RAISED = 0.6  # the same, where one of the two is a small raised or lowered sign
_BUCKETS = 32  # strips of a page's width in which the order is watched
_MOST_COMPARED = 150  # rows of a page; beyond that all go by their height
_MOST_JUMPS = 8  # places looked at where the order of a page goes upwards
_SHORT = 3  # words of a label


def rows_of(page: Page) -> list[Row]:
    """The rows of a page: in the order of the file, mended where it goes upwards.

    Programs write what belongs together in one go, a column before the next, a table's cell
    before its neighbour. What they write too late (a running head behind the text) goes to
    its place; labels written first, all in one column, go beside their words.
    """
    rows = _beside_labels(_in_place(_adjacent(page)))
    if not page.begins:
        return rows
    bases = sorted(page.begins)
    return [replace(row, begins=_is_near(bases, row.base, 0.7 * row.size)) for row in rows]


def _is_near(places: Sequence[float], place: float, reach: float) -> bool:
    """Whether one of the sorted places lies within reach."""
    index = bisect_left(places, place - reach)
    return index < len(places) and places[index] <= place + reach


def _adjacent(page: Page) -> list[Row]:
    """Pieces that follow each other in the file and stand on one line, as rows."""
    groups: list[list[Piece]] = []
    for piece in page.pieces:
        if groups and _on_one_line(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_row(page.number, group) for group in groups]


def _row(page: int, pieces: list[Piece]) -> Row:
    """A row, read from left to right unless it is Hebrew or Arabic."""
    leftwards = unicodedata.bidirectional(pieces[0].text[:1]) in ("R", "AL")
    ordered = sorted(pieces, key=lambda one: -one.right if leftwards else one.left)
    return Row(page, tuple(ordered))


def _on_one_line(last: Piece, piece: Piece) -> bool:
    apart = piece.left >= last.right - 0.3 * last.size or piece.right <= last.left + 0.3 * last.size
    small, large = sorted((last.size, piece.size))
    most = _SAME_LINE * large if small > 0.85 * large else _RAISED * large
    return apart and abs(piece.base - last.base) <= most


def _in_place(rows: list[Row]) -> list[Row]:
    """The rows, none below one that it overlaps from left to right and that comes later."""
    if not _goes_up(rows):
        return rows
    if len(rows) > _MOST_COMPARED:
        return sorted(rows, key=lambda row: (row.base, row.left))
    boxes = [(row.left, row.right, row.base) for row in rows]
    misplaced = _misplaced(boxes)
    placed = [number for number in range(len(rows)) if number not in misplaced]
    for number in sorted(misplaced):
        below = (at for at, one in enumerate(placed) if _is_above(boxes[number], boxes[one]))
        placed.insert(next(below, len(placed)), number)
    return [rows[number] for number in placed]


def _misplaced(boxes: Sequence[tuple[float, float, float]]) -> set[int]:
    """The fewest boxes (about) without which none comes after one that it stands above."""
    against: dict[int, set[int]] = {number: set() for number in range(len(boxes))}
    for later in range(len(boxes)):
        for number in range(later):
            if _is_above(boxes[later], boxes[number]):
                against[later].add(number)
                against[number].add(later)
    misplaced: set[int] = set()
    while True:
        worst = max(against, key=lambda number: len(against[number]))
        if not against[worst]:
            return misplaced
        misplaced.add(worst)
        for number in against.pop(worst):
            against[number].discard(worst)


def _is_above(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether one box stands above the other, by more than a raised sign."""
    return one[2] < other[2] - 3 and one[0] < other[1] and other[0] < one[1]


def _goes_up(rows: Sequence[Row]) -> bool:
    """Whether a row stands above others, in the same strips of the page, that came before."""
    width = max((row.right for row in rows), default=1.0) / _BUCKETS or 1.0
    deepest = [-math.inf] * (_BUCKETS + 1)
    for row in rows:
        strips = _strips(row, width)
        if row.base < max(deepest[strip] for strip in strips) - 3:
            return True
        for strip in strips:
            deepest[strip] = max(deepest[strip], row.base)
    return False


def _strips(row: Row, width: float) -> range:
    """The strips that a row fills wholly, or the one with its middle."""
    first, end = math.ceil(row.left / width), int(row.right / width)
    if end <= first:
        first = int((row.left + row.right) / 2 / width)
        end = first + 1
    return range(min(max(first, 0), _BUCKETS), min(max(end, 1), _BUCKETS + 1))


def _beside_labels(rows: list[Row]) -> list[Row]:
    """The rows, labels that a program wrote before or behind all words put beside them."""
    if len(rows) > _MOST_COMPARED:
        return rows
    jumps = [n for n in range(1, len(rows)) if rows[n].base < rows[n - 1].base - rows[n].size]
    for jump in jumps[:_MOST_JUMPS]:
        for labels, words in ((rows[:jump], rows[jump:]), (rows[jump:], rows[:jump])):
            edge = min(row.left for row in words)
            top = min(row.base for row in words) - 2
            beside = [row for row in labels if row.right <= edge and row.base > top]
            if _are_labels(beside) and _stand_beside(beside, words):
                return _merged(rows)
    return rows


def _are_labels(rows: Sequence[Row]) -> bool:
    """Whether rows are short and the same few come again and again, numbers aside."""
    kinds = {re.sub(r"\d+", "#", row.text) for row in rows}
    short = len(rows) >= 2 and median(len(row.text.split()) for row in rows) <= _SHORT
    return short and len(kinds) <= max(2, len(rows) / 3)


def _stand_beside(labels: Sequence[Row], words: Sequence[Row]) -> bool:
    """Whether (nearly) all labels stand on one line with words."""
    bases = sorted(row.base for row in words)
    return sum(_is_near(bases, row.base, 2) for row in labels) >= 0.8 * len(labels)


def _merged(rows: Sequence[Row]) -> list[Row]:
    """The rows by their height, those on one line as one."""
    merged: list[Row] = []
    for row in sorted(rows, key=lambda row: (row.base, row.left)):
        last = merged[-1] if merged else None
        if last and abs(last.base - row.base) < 2 and last.right <= row.left:
            merged[-1] = Row(last.page, last.pieces + row.pieces)
        else:
            merged.append(row)
    return merged
