"""A page: the turns of many transcripts as one array of characters, with the way back.

Barriers stand before, between and after the turns. A run of white space is one character, its
first; all places are places in `characters` unless they are called raw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch import alphabet
from thematic.coding.characters import BARRIER
from thematic.model.transcript import Turn

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SHORT = 24  # characters of most runs, at most


# One turn that goes on a page: the place of its transcript, the turn, and its raw text.
Line = tuple[int, Turn, str]


class Runs:
    """The runs of characters that a mask picks out, neither the first nor the last of all."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask

    def begin(self, places: Places) -> Places:
        """Where the runs begin that hold some places."""
        return self._moved(places, -1)

    def end(self, ends: Places) -> Places:
        """Where the runs end that hold the characters at some places."""
        return self._moved(ends, 0)

    def _moved(self, places: Places, looked_at: int) -> Places:
        """The places, moved on while the character looked at from there is in the run."""
        step = 1 if looked_at == 0 else -1
        found = places.copy()
        for _ in range(_SHORT):
            within = self._mask[found + looked_at]
            if not within.any():
                return found
            found += step * within
        within = self._mask[found + looked_at]
        at = np.searchsorted(self._edges, found[within], "right")
        found[within] = self._edges[at if step > 0 else at - 1]
        return found

    @cached_property
    def _edges(self) -> Places:
        return np.flatnonzero(self._mask[1:] != self._mask[:-1]) + 1


class Page:
    """Some turns as arrays.

    Args:
        lines: the turns; either all of ASCII, or any that fold character by character.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        transcripts, self.turns, words = zip(*lines, strict=True)
        text = "".join((BARRIER, BARRIER.join(words), BARRIER))
        self._all = _characters(text)  # runs of blanks in full
        ends = np.cumsum(np.array([len(one) + 1 for one in words], np.int64))
        starts = np.append(0, ends[:-1]) + 1
        self._shifts = np.array([turn.span.start for turn in self.turns], np.int64) - starts
        kinds = alphabet.kinds(self._all)
        blank = kinds & alphabet.BLANK > 0
        self.dropped: Places = np.flatnonzero(blank[1:] & blank[:-1]) + 1
        self.characters, self.kinds = (_without(all_, self.dropped) for all_ in (self._all, kinds))
        self._skips = self.dropped - np.arange(len(self.dropped))
        self.starts = starts - np.searchsorted(self.dropped, starts)
        self.ends = ends - np.searchsorted(self.dropped, ends)
        self.transcripts = np.array(transcripts, np.int64)
        self.numbers = np.array([turn.number for turn in self.turns], np.int64)

    @cached_property
    def signs(self) -> Places:
        """Where characters stand that are neither letters nor blanks, barriers among them."""
        return np.flatnonzero(self.kinds & np.uint8(alphabet.LETTER | alphabet.BLANK) == 0)

    def signs_of(self, kind: int) -> Places:
        """Where signs of a kind stand."""
        return self.signs[self.kinds[self.signs] & np.uint8(kind) > 0]

    def signs_like(self, *signs: str) -> Places:
        """Where certain signs stand."""
        return self.signs[np.isin(self.characters[self.signs], [ord(sign) for sign in signs])]

    @cached_property
    def letter(self) -> Mask:
        """Which characters are letters."""
        return self.are(alphabet.LETTER)

    @cached_property
    def letters(self) -> Runs:
        """The runs of letters."""
        return Runs(self.letter)

    def are(self, kind: int) -> Mask:
        """Which characters are of a kind."""
        return self.kinds & np.uint8(kind) > 0

    def after(self, places: Places, kind: int) -> Places:
        """The places, moved behind the characters of a kind that begin there."""
        return Runs(self.are(kind)).end(places)

    @cached_property
    def read(self) -> alphabet.Characters:
        """The characters as they are read."""
        return alphabet.read_characters(self.characters)

    @cached_property
    def text(self) -> str:
        """The characters as a string."""
        return as_text(self.characters)

    def turns_of(self, places: Places) -> Places:
        """The turns, by their place on the page, that hold some places."""
        return np.searchsorted(self.starts, places, "right") - 1

    def raw(self, places: Places, turns: Places) -> Places:
        """The raw positions of some places, in the transcripts of their turns."""
        raw: Places = self._in_full(places) + self._shifts[turns]
        return raw

    def blank_runs(self) -> tuple[Places, Places]:
        """Where runs of several blanks stand, and how many ends of lines are in each."""
        first = np.flatnonzero(np.diff(self.dropped, prepend=-1) > 1)
        kept = self.dropped[first] - 1
        newline = self._all == ord("\n")
        count = newline[kept].astype(np.int64)
        if len(first):
            count += np.add.reduceat(newline[self.dropped], first, dtype=np.int64)
        return kept - first, count

    def _in_full(self, places: Places) -> Places:
        found: Places = places + np.searchsorted(self._skips, places, "right")
        return found


@dataclass(frozen=True)
class Folded:
    """The folded text of a page: every joint one blank."""

    characters: alphabet.Characters
    _dropped: Places  # hyphens of joints before a blank, which is left

    def places(self, places: Places) -> Places:
        """Places in the folded text as places on the page."""
        if not len(self._dropped):
            return places
        skips = self._dropped - np.arange(len(self._dropped))
        return places + np.searchsorted(skips, places, "right")


def folded(page: Page, *, case: bool) -> Folded:
    """The folded text of a page.

    Args:
        page: of any turns.
        case: keep upper and lower case.
    """
    found = page.read.copy() if case else alphabet.folded(page.characters).copy()
    letter, hyphens = page.letter, page.signs_of(alphabet.HYPHEN)
    hyphens = hyphens[letter[hyphens - 1]]
    after = hyphens + 1
    found[hyphens[letter[after]]] = ord(" ")
    wide = hyphens[(found[after] == ord(" ")) & letter[np.minimum(after + 1, len(letter) - 1)]]
    return Folded(_without(found, wide), wide)


def as_text(characters: alphabet.Characters) -> str:
    """Characters as a string."""
    form = "ascii" if characters.dtype == np.uint8 else "utf-32-le"
    return characters.tobytes().decode(form)


def _without(characters: NDArray[Any], places: Places) -> NDArray[Any]:
    return np.delete(characters, places) if len(places) else characters


def _characters(text: str) -> Any:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
