"""Turns whose text is not one to one with what is read: taken on pages where that is sure.

Soft hyphens and other marks that are removed, and letters that are written in two parts, are
the commonest. What was taken out is kept as edits, so that raw positions can be told.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thematic.coding.characters import (
    ANY_LETTERS,
    BARRIER,
    ONE_LETTER,
    REMOVED,
    REMOVED_CLASS,
)
from thematic.coding.text import clusters, composing
from thematic.coding.units import ENDS_ANYWHERE
from thematic.model.patterns import expression
from thematic.model.signs import beyond_ascii

_ODD = frozenset((ANY_LETTERS, ONE_LETTER, *ENDS_ANYWHERE))
# Blocks of letters and signs, none of which ever joins the one before it.
_APART = (
    *(range(0x80, 0x300), range(0x370, 0x530), range(0x2000, 0x20D0), range(0x2100, 0x2C00)),
    *(range(0x3000, 0x3020), range(0x4E00, 0xA000), range(0x1F300, 0x1FB00)),
)
_MARK = expression("(?s:.)[\u0300-\u036f]")
_REMOVED = expression(f"[{REMOVED_CLASS}]+")
_LETTERS = expression(rf"(?<=[^\W_])[{REMOVED_CLASS}]+(?=[^\W_])")
# Where a sentence or a paragraph may end is told from raw text, so no edit may be just before.
_NEAR_AN_END = r"(?:\S*\.|[^\S\n]*\n)"
_REMOVED_AT_END = expression(f"[{REMOVED_CLASS}]{_NEAR_AN_END}")
_AT_END = expression(_NEAR_AN_END)
_WORD = 30  # characters of a run that may be met again
_SHORT = 2_000  # characters that are sooner looked through than parted


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


class Beyond(IntEnum):
    """What characters beyond ASCII do to a text; the greatest of all characters holds."""

    LEVEL = 0  # there are none
    EVEN = 1  # each is read as one character
    PARTS = 2  # some are parts of one
    REMOVED = 3  # some are removed
    ODD = 4  # there is more to be settled than pages can tell


def signs_of(text: str) -> Beyond:
    """What the characters beyond ASCII do to a text; looks at each different one once."""
    if text.isascii():
        return Beyond.ODD if BARRIER in text else Beyond.LEVEL
    found = Beyond(max(map(beyond, beyond_ascii(text))))
    return Beyond.ODD if BARRIER in text else settled(text, found)


def settled(text: str, told: Beyond) -> Beyond:
    """The same of a text whose characters one by one are told of: parts may be composed."""
    if told is not Beyond.PARTS:
        return told
    first = _MARK.search(text)  # every piece of a composed text is composed
    if first and not unicodedata.is_normalized("NFC", first[0]):
        return told
    return Beyond.EVEN if _is_composed(text) else told


def _is_composed(text: str) -> bool:
    """Whether a text is NFC; that of a long one is told by the runs in it that may compose."""
    if len(text) <= _SHORT:
        return unicodedata.is_normalized("NFC", text)
    runs = [text[first:last] for first, last in composing(text, 0, len(text))]
    return unicodedata.is_normalized("NFC", "\n".join(runs))


@cache
def beyond(char: str) -> int:
    """What one character does to a text, as a number of `Beyond`."""
    if char.isascii():
        return Beyond.ODD if char == BARRIER else Beyond.LEVEL
    if char in _ODD or "\ud800" <= char <= "\udfff":
        return Beyond.ODD
    if char in REMOVED:
        return Beyond.REMOVED
    apart = any(ord(char) in block for block in _APART)
    apart = apart and not unicodedata.category(char).startswith("M")
    return Beyond.EVEN if apart and unicodedata.is_normalized("NFC", char) else Beyond.PARTS


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


def evened(words: str, told: Beyond) -> tuple[str, list[Edit]] | None:
    """The text of a turn as a page holds it, and what was left out; None where that is unsure.

    Args:
        words: raw.
        told: as `signs_of` tells.
    """
    if told not in (Beyond.PARTS, Beyond.REMOVED):
        return None
    removed = [*_REMOVED.finditer(words)] if told is Beyond.REMOVED else []
    if removed and (len(removed) > len(_LETTERS.findall(words)) or _REMOVED_AT_END.search(words)):
        return None  # but inside words such marks may hide where a unit ends
    # Only where nothing is removed is it known that there are parts.
    in_parts = told is Beyond.PARTS or not _is_composed(words)
    evener = _Evener(words)
    position = 0
    for found in removed:
        evener.take(position, found.start(), in_parts=in_parts)
        evener.leave_out(len(found[0]), joined=False)
        position = found.end()
    evener.take(position, len(words), in_parts=in_parts)
    return None if evener.unsure else ("".join(evener.pieces), evener.edits)


class _Evener:
    """The text of a page in the making."""

    def __init__(self, words: str) -> None:
        self.pieces: list[str] = []
        self.edits: list[Edit] = []
        self.unsure = False
        self._words = words
        self._size = 0

    def take(self, start: int, end: int, *, in_parts: bool) -> None:
        """Take in a stretch of the raw text, whose letters may be in parts."""
        position = start
        for first, last in composing(self._words, start, end) if in_parts else ():
            run = self._words[first:last]
            parts = _known_parts_of(run) if len(run) < _WORD else _parts_of(run)
            if parts:
                self._keep(self._words[position:first])
                for composed, size in parts:
                    first += size
                    self._compose(composed, size, first)
                position = last
        self._keep(self._words[position:end])

    def leave_out(self, size: int, *, joined: bool) -> None:
        """Leave out raw characters that come next."""
        self.edits.append(Edit(self._size, size, joined))

    def _keep(self, piece: str) -> None:
        self.pieces.append(piece)
        self._size += len(piece)

    def _compose(self, composed: str, size: int, stop: int) -> None:
        several = size > 1
        self.unsure |= len(composed) > 1 or (
            several and _AT_END.match(self._words, stop) is not None
        )
        self._keep(composed)
        if several:
            self.leave_out(size - 1, joined=True)


def _parts_of(run: str) -> tuple[tuple[str, int], ...]:
    """What a run is when it is composed, piece by piece, and the size of each piece in it.

    Nothing where each of its characters stands for itself, as quotation marks and dashes do.
    """
    if max(map(beyond, run)) <= Beyond.EVEN:
        return ()
    pieces = (cluster for cluster, _, _ in clusters(run, 0))
    return tuple((unicodedata.normalize("NFC", piece), len(piece)) for piece in pieces)


_known_parts_of = lru_cache(maxsize=4096)(_parts_of)
