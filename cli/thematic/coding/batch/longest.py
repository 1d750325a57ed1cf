"""Rows in order, and which of them overlap: what overlaps nothing stands as it is."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.finding import Numbers


def clusters(starts: Places, ends: Places) -> Iterator[tuple[int, int]]:
    """The stretches of a list, sorted by start, of which each overlaps one before it.

    Yields:
        [first, last) for each stretch of more than one.
    """
    if len(starts) < 2:
        return
    begun = starts[1:] >= np.maximum.accumulate(ends)[:-1]
    borders = np.concatenate(([0], np.flatnonzero(begun) + 1, [len(starts)]))
    many = np.flatnonzero(np.diff(borders) > 1)
    yield from zip(borders[many].tolist(), borders[many + 1].tolist(), strict=True)


def repeated(*columns: Numbers) -> Mask:
    """Which rows of sorted columns are as the row before."""
    result = np.zeros(len(columns[0]), bool)
    result[1:] = True
    for column in columns:
        result[1:] &= column[1:] == column[:-1]
    return result


def in_order(*columns: Numbers) -> Numbers:
    """Rows in the order of columns, none below 0, the first counting most.

    Where the columns fit into one number together, it is sorted by that, which is much quicker.
    Rows that are equal in all columns come in any order.
    """
    if not len(columns[0]):
        return np.zeros(0, np.int64)
    sizes = [int(column.max()) + 1 for column in columns]
    if prod(sizes) >= 2**63:
        return np.lexsort(columns[::-1])
    key = columns[0]
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        key = key * size + column
    return np.argsort(key)
