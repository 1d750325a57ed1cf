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


@dataclass(frozen=True)
class Line:
    """One turn that goes on a page."""

    transcript: int  # its place among the transcripts
    turn: Turn
    words: str  # its raw text


class Runs:
    """The runs of characters that a mask picks out, neither the first nor the last of all."""

    def __init__(self, mask: Mask) -> None:
        self._edges = np.flatnonzero(mask[1:] != mask[:-1]) + 1

    def begin(self, places: Places) -> Places:
        """Where the runs begin that hold some places."""
        return self._edges[np.searchsorted(self._edges, places, "right") - 1]

    def end(self, places: Places) -> Places:
        """Where these runs end."""
        return self._edges[np.searchsorted(self._edges, places, "right")]


class Page:
    """Some turns as arrays.

    Args:
        lines: the turns; either all of ASCII, or any that fold character by character.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        text = "".join((BARRIER, BARRIER.join([line.words for line in lines]), BARRIER))
        self._all = _characters(text)  # runs of blanks in full
        sizes = np.array([len(line.words) + 1 for line in lines], np.int64)
        ends = np.cumsum(sizes)
        starts = ends - sizes + 1
        first = np.array([line.turn.span.start for line in lines], np.int64)
        self._shifts = first - starts
        blank = alphabet.kinds(self._all) & alphabet.BLANK > 0
        self.dropped: Places = np.flatnonzero(blank[1:] & blank[:-1]) + 1
        self.characters = np.delete(self._all, self.dropped) if len(self.dropped) else self._all
        self._skips = self.dropped - np.arange(len(self.dropped))
        self.starts = starts - np.searchsorted(self.dropped, starts)
        self.ends = ends - np.searchsorted(self.dropped, ends)
        self.transcripts = np.array([line.transcript for line in lines], np.int64)
        self.numbers = np.array([line.turn.number for line in lines], np.int64)

    @cached_property
    def kinds(self) -> alphabet.Kinds:
        """What each character is."""
        return alphabet.kinds(self.characters)

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
        mask = self.are(kind)
        found, moved = places.copy(), mask[places]
        found[moved] = Runs(mask).end(places[moved])
        return found

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
        return self._in_full(places) + self._shifts[turns]

    def blank_runs(self) -> tuple[Places, Places]:
        """Where runs of several blanks stand, and how many ends of lines are in each."""
        size = len(self._all)
        begin = self.dropped[np.diff(self.dropped, prepend=-1) > 1] - 1
        end = self.dropped[np.diff(self.dropped, append=2 * size) > 1] + 1
        newlines = np.flatnonzero(self._all == ord("\n"))
        count = np.searchsorted(newlines, end) - np.searchsorted(newlines, begin)
        return begin - np.searchsorted(self.dropped, begin), count

    def _in_full(self, places: Places) -> Places:
        return places + np.searchsorted(self._skips, places, "right")


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
    letter, hyphens = page.letter, np.flatnonzero(page.are(alphabet.HYPHEN))
    hyphens = hyphens[letter[hyphens - 1]]
    after = hyphens + 1
    found[hyphens[letter[after]]] = ord(" ")
    wide = hyphens[(found[after] == ord(" ")) & letter[np.minimum(after + 1, len(letter) - 1)]]
    return Folded(np.delete(found, wide) if len(wide) else found, wide)


def as_text(characters: alphabet.Characters) -> str:
    """Characters as a string."""
    form = "ascii" if characters.dtype == np.uint8 else "utf-32-le"
    return characters.tobytes().decode(form)


def _characters(text: str) -> Any:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
