"""Turns whose text is not one to one with what is read: taken on pages where that is sure.

Soft hyphens and other marks that are removed, and letters that are written in two parts, are
the commonest. What was taken out is kept as edits, so that raw positions can be told.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thematic.coding.characters import REMOVED_CLASS
from thematic.coding.text import BEYOND_ASCII, clusters

_REMOVED = re.compile(f"[{REMOVED_CLASS}]+")
_LETTERS = re.compile(rf"(?<=[^\W_])[{REMOVED_CLASS}]+(?=[^\W_])")
# Where a sentence or a paragraph may end is told from raw text, so no edit may be just before.
_NEAR_AN_END = r"(?:\S*\.|[^\S\n]*\n)"
_REMOVED_AT_END = re.compile(f"[{REMOVED_CLASS}]{_NEAR_AN_END}")
_AT_END = re.compile(_NEAR_AN_END)


class Edit(NamedTuple):
    """Raw characters that a page leaves out.

    Args:
        place: the first character behind them, in the turn's text as the page has it.
        size: how many they are.
        joined: whether they belong to the character before, as the parts of a letter do.
    """

    place: int
    size: int
    joined: bool


class Edits:
    """All edits of a page, in columns and in order."""

    def __init__(
        self, places: NDArray[np.int64], sizes: NDArray[np.int64], joined: NDArray[np.int64]
    ) -> None:
        self._places, self._joined = places, sizes * joined
        self._sums = np.append(0, np.cumsum(sizes))

    def before(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many characters are left out before each of some places."""
        if not len(self._places):
            return np.zeros(len(places), np.int64)
        found: NDArray[np.int64] = self._sums[np.searchsorted(self._places, places, "right")]
        return found

    def joined_at(self, ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many left out characters belong to the character before each of some places."""
        found = np.zeros(len(ends), np.int64)
        if len(self._places):
            at = np.minimum(np.searchsorted(self._places, ends), len(self._places) - 1)
            here = self._places[at] == ends
            found[here] = self._joined[at[here]]
        return found


def evened(words: str) -> tuple[str, list[Edit]] | None:
    """The text of a turn as a page holds it, and what was left out; None where that is unsure.

    Args:
        words: raw, with marks that are removed or letters in parts, but not with both.
    """
    normal = unicodedata.is_normalized("NFC", words)
    if _REMOVED.search(words):
        return _without_removed(words) if normal else None
    return _composed(words)


def _without_removed(words: str) -> tuple[str, list[Edit]] | None:
    """Marks inside words go; anywhere else they may hide where a unit ends."""
    if len(_REMOVED.findall(words)) > len(found := [*_LETTERS.finditer(words)]):
        return None
    if _REMOVED_AT_END.search(words):
        return None
    edits: list[Edit] = []
    gone = 0
    for one in found:
        edits.append(Edit(one.start() - gone, len(one[0]), joined=False))
        gone += len(one[0])
    return _REMOVED.sub("", words), edits


def _composed(words: str) -> tuple[str, list[Edit]] | None:
    """Letters in parts become one character each; all must."""
    pieces: list[str] = []
    edits: list[Edit] = []
    position = size = 0
    for found in BEYOND_ASCII.finditer(words):
        pieces.append(words[position : found.start()])
        size += len(pieces[-1])
        for cluster, begin, end in clusters(found[0], found.start()):
            composed = unicodedata.normalize("NFC", cluster)
            if len(composed) > 1 or (len(cluster) > 1 and _AT_END.match(words, end)):
                return None
            pieces.append(composed)
            size += 1
            if len(cluster) > 1:
                edits.append(Edit(size, end - begin - 1, joined=True))
        position = found.end()
    return "".join((*pieces, words[position:])), edits
