"""Longest match on arrays: what overlaps nothing stands, the rest is settled as ever."""

from __future__ import annotations

from collections.abc import Iterator

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
