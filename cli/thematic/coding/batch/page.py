"""A page: the turns of many transcripts as one array of characters, with the way back.

Barriers stand before, between and after the turns. A run of white space is one character, its
first; all places are places in `characters` unless they are called raw.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from thematic.coding.batch import alphabet
from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.folding import Folded, folded
from thematic.coding.batch.lines import Lines
from thematic.coding.batch.uneven import Edits
from thematic.coding.batch.writing import written

_SHORT = 24  # characters of most runs, at most


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

    def __init__(self, lines: Lines) -> None:
        self.written = page = written(lines)
        self.characters, self.kinds = page.characters, page.kinds
        self.starts, self.ends, self.signs = page.starts, page.ends, page.signs
        self._skips = page.dropped - np.arange(len(page.dropped))
        firsts = np.cumsum(lines.sizes() + 1) - lines.sizes()  # in full
        self._edits = self._edited(lines, firsts)
        self._shifts = lines.starts - firsts - self._edits.before(self.starts)
        self.transcripts, self.numbers = lines.transcripts, lines.numbers

    def _edited(self, lines: Lines, starts: Places) -> Edits:
        rows = np.array([row for row, _ in lines.edits], np.int64)
        columns = np.array([edit for _, edit in lines.edits], np.int64).reshape(-1, 3)
        places = starts[rows] + columns[:, 0]
        return Edits(places - np.searchsorted(self.written.dropped, places), *columns[:, 1:].T)

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

    def folded(self, *, case: bool) -> Folded:
        """The folded text, with or without upper and lower case."""
        return folded(self.characters, self.kinds, case=True) if case else self.written.folded

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
        """The raw positions at which the characters at some places begin, by their turns."""
        raw: Places = self._in_full(places) + self._shifts[turns] + self._edits.before(places)
        return raw

    def raw_ends(self, ends: Places, turns: Places) -> Places:
        """The raw positions at which the characters before some places end."""
        return self.raw(ends - 1, turns) + 1 + self._edits.joined_at(ends)

    def _in_full(self, places: Places) -> Places:
        found: Places = places + np.searchsorted(self._skips, places, "right")
        return found


def as_text(characters: alphabet.Characters) -> str:
    """Characters as a string."""
    form = "ascii" if characters.dtype == np.uint8 else "utf-32-le"
    return characters.tobytes().decode(form)
