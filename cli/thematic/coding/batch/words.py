"""Words on a page, the notes that hold none, and the words that end in n't."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from thematic.coding.batch import alphabet
from thematic.coding.batch.page import Folded, Mask, Page, Places
from thematic.coding.notes import note_at

_ADDRESS_SIGNS = ("@", "://", "www.")


class PageWords:
    """What is in the turns of a page besides matches.

    Args:
        page: any page.
        folded: its folded text.
    """

    def __init__(self, page: Page, folded: Folded) -> None:
        self.page, self._folded = page, folded

    @cached_property
    def notes(self) -> tuple[Places, Places]:
        """Where transcriber's notes begin and end."""
        characters = self.page.characters
        opens = (characters == ord("[")) | (characters == ord("("))
        begins, stops = [], []
        end = 0
        for place in np.flatnonzero(opens).tolist():
            if place >= end and (stop := self._note_end(place)):
                begins.append(place)
                stops.append(stop)
                end = stop
        return np.array(begins, np.int64), np.array(stops, np.int64)

    def _note_end(self, place: int) -> int:
        turn = np.searchsorted(self.page.starts, place, "right") - 1
        return note_at(self.page.text, place, int(self.page.ends[turn]))

    def in_notes(self, places: Places) -> Mask:
        """Which places stand in a note, or at its beginning."""
        begins, ends = self.notes
        if not len(begins):
            return np.zeros(len(places), bool)
        held = np.searchsorted(begins, places, "right") - 1
        return (held >= 0) & (places < ends[held])

    def inside_notes(self, places: Places) -> Mask:
        """Which places stand in a note behind its first character."""
        return self.in_notes(places) & ~np.isin(places, self.notes[0])

    @cached_property
    def starts(self) -> Places:
        """Where words begin; notes hold none."""
        letter, joiner = self.page.letter, self.page.are(alphabet.JOINER)
        begun = letter[1:] & ~letter[:-1]
        begun[1:] &= ~(joiner[1:-1] & letter[:-2])
        places = np.flatnonzero(begun) + 1
        return places[~self.in_notes(places)] if len(self.notes[0]) else places

    def first(self, places: Places) -> Places:
        """The words that hold some places, or that follow them."""
        letter, joiner = self.page.letter, self.page.are(alphabet.JOINER)
        within = letter[places] | (joiner[places] & letter[places - 1] & letter[places + 1])
        within &= ~self.in_notes(places)
        return np.searchsorted(self.starts, places, "right") - within

    def last(self, ends: Places) -> Places:
        """The words that hold the characters before some places, or that come before them."""
        return np.searchsorted(self.starts, ends - 1, "right") - 1

    @cached_property
    def per_turn(self) -> Places:
        """How many words each turn has."""
        begun = np.searchsorted(self.starts, np.append(self.page.starts, self.page.ends[-1]))
        return np.diff(begun)

    @cached_property
    def contracted(self) -> tuple[Places, Places]:
        """Where parts of words, between their hyphens, begin and end that end in n't."""
        page, letter = self.page, self.page.letter
        told = self._folded.characters
        found = np.flatnonzero(told[1:-1] == ord("'")) + 1
        found = found[(told[found - 1] == ord("n")) & (told[found + 1] == ord("t"))]
        found = self._folded.places(found)
        ends = found + 2
        quote = page.read == ord("'")
        found = found[
            ~letter[ends] & ~(quote[ends] & letter[np.minimum(ends + 1, len(letter) - 1)])
        ]
        begins = page.letters.begin(found - 1)
        while (joined := quote[begins - 1] & letter[begins - 2]).any():
            begins[joined] = page.letters.begin(begins[joined] - 2)
        return begins, found + 2

    def cut(self, starts: Places, ends: Places) -> Mask:
        """Which ranges begin or end inside such a part."""
        begins, stops = self.contracted
        if not len(begins):
            return np.zeros(len(starts), bool)
        result = np.zeros(len(starts), bool)
        for places in (starts, ends):
            held = np.searchsorted(begins, places, "left") - 1
            result |= (held >= 0) & (places < stops[held])
        return result

    def with_addresses(self) -> Places:
        """The turns that may hold a web or mail address."""
        told = self._folded
        string = told.characters.tobytes()
        width = told.characters.itemsize
        encoding = "ascii" if width == 1 else "utf-32-le"
        found: list[int] = []
        for sign in _ADDRESS_SIGNS:
            wanted = sign.encode(encoding)
            at = string.find(wanted)
            while at >= 0:
                found.append(at // width)
                at = string.find(wanted, at + 1)
        return np.unique(self.page.turns_of(told.places(np.array(found, np.int64))))
