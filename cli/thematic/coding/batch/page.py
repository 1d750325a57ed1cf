"""A page: the turns of many transcripts as one array of characters, with the way back.

Barriers stand before, between and after the turns. A run of white space is one character, its
first; all places are places in `characters` unless they are called raw.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from thematic.coding.batch import alphabet, parts
from thematic.coding.batch.alphabet import Characters, Kinds, Mask, Places
from thematic.coding.batch.folding import Folded, folded
from thematic.coding.batch.lines import Lines
from thematic.coding.batch.parts import ranks
from thematic.coding.batch.uneven import Edits
from thematic.coding.batch.writing import written

_SHORT = 24  # characters of most runs, at most
_NEAR = 100  # characters that most often hold a blank


class Runs:
    """The runs of characters of some kinds, neither the first nor the last of all.

    Args:
        kinds: of all characters.
        kind: of those in runs.
    """

    def __init__(self, kinds: Kinds, kind: int) -> None:
        self._kinds, self._kind = kinds, np.uint8(kind)

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
            within = self._kinds[found + looked_at] & self._kind > 0
            if not within.any():
                return found
            found += step * within
        within = self._kinds[found + looked_at] & self._kind > 0
        at = np.searchsorted(self._edges, found[within], "right")
        found[within] = self._edges[at if step > 0 else at - 1]
        return found

    @cached_property
    def _edges(self) -> Places:
        mask = self._kinds & self._kind > 0
        return np.flatnonzero(mask[1:] != mask[:-1]) + 1


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
        found: Places = self.signs[self._sign_kinds & np.uint8(kind) > 0]
        return found

    def signs_like(self, *signs: str) -> Places:
        """Where certain signs stand."""
        like = np.zeros(len(self.signs), bool)
        for sign in signs:
            like |= self._sign_characters == ord(sign)
        found: Places = self.signs[like]
        return found

    @cached_property
    def _sign_kinds(self) -> Kinds:
        return self.kinds[self.signs]

    @cached_property
    def _sign_characters(self) -> Characters:
        return self.characters[self.signs]

    @cached_property
    def letters(self) -> Runs:
        """The runs of letters."""
        return Runs(self.kinds, alphabet.LETTER)

    def folded(self, *, case: bool) -> Folded:
        """The folded text, with or without upper and lower case."""
        return folded(self.characters, self.kinds, case=True) if case else self.written.folded

    def are(self, places: Places, kind: int) -> Mask:
        """At which places characters of a kind stand."""
        return self.kinds[places] & np.uint8(kind) > 0

    def folded_at(self, places: Places) -> Characters:
        """The characters at some places as they are folded."""
        return alphabet.folded(self.characters[places])

    def after(self, places: Places, kind: int) -> Places:
        """The places, moved behind the characters of a kind that begin there."""
        return Runs(self.kinds, kind).end(places)

    def text(self, begin: int, end: int) -> str:
        """Some characters as a string; few, for they are turned into one each time."""
        return alphabet.as_text(self.characters[begin:end])

    def reading(self, begin: int = 0, end: int | None = None) -> str:
        """Some characters as they are read."""
        return alphabet.reading(self.characters[begin:end])

    def stretches(self, places: Places, firsts: Places, lasts: Places) -> tuple[Places, Places]:
        """Where the characters around some places begin and end that no blank parts.

        Args:
            places: in order, none of a blank; those in the stretch around the one before are
                passed over.
            firsts, lasts: of each the borders of its turn, or others that are not crossed.
        """
        if parts.settling is not None:
            begins, ends = parts.columns(
                parts.settling.stretches(self.kinds, places, firsts, lasts)
            )
            return begins, ends
        found = [(0, 0)]
        for borders in zip(places.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
            if borders[0] >= found[-1][1]:
                found.append(self._unbroken(*borders))
        begins, ends = np.array(found[1:], np.int64).reshape(-1, 2).T
        return begins, ends

    def _unbroken(self, place: int, first: int, last: int) -> tuple[int, int]:
        size = _NEAR
        while True:
            low, high = max(first, place - size), min(last, place + size)
            near = self.reading(low, high)
            begin, end = near.rfind(" ", 0, place - low) + 1, near.find(" ", place - low)
            if (begin or low == first) and (end >= 0 or high == last):
                return low + begin, low + end if end >= 0 else high
            size *= 4

    def turns_of(self, places: Places) -> Places:
        """The turns, by their place on the page, that hold some places."""
        return ranks(self.starts, places) - 1

    def raw(self, places: Places, turns: Places) -> Places:
        """The raw positions at which the characters at some places begin, by their turns."""
        raw: Places = self._in_full(places) + self._shifts[turns] + self._edits.before(places)
        return raw

    def raw_ends(self, ends: Places, turns: Places) -> Places:
        """The raw positions at which the characters before some places end."""
        return self.raw(ends - 1, turns) + 1 + self._edits.joined_at(ends)

    def _in_full(self, places: Places) -> Places:
        return places + ranks(self._skips, places) if len(self._skips) else places
