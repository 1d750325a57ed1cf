"""Words on a page, the notes that hold none, and the words that end in n't."""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np

from thematic.coding.batch import alphabet
from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.page import Page, as_text
from thematic.coding.notes import NOTE_WORDS, addresses, note_at
from thematic.coding.text import MappedText
from thematic.model.transcript import Span


class PageWords:
    """What is in the turns of a page besides matches.

    Args:
        page: any page.
        address_signs: where a sign of a web or mail address stands, in order.
    """

    def __init__(self, page: Page, address_signs: Places) -> None:
        self.page, self._address_signs = page, address_signs

    @cached_property
    def notes(self) -> tuple[Places, Places]:
        """Where transcriber's notes begin and end."""
        page = self.page
        opens = page.signs_like("[", "(")
        opens = opens[_may_begin_notes(page, opens)]
        turn_ends = page.ends[page.turns_of(opens)]
        begins, ends = [], [0]
        for place, turn_end in zip(opens.tolist(), turn_ends.tolist(), strict=True):
            if place >= ends[-1] and (end := note_at(page.text, place, turn_end)):
                begins.append(place)
                ends.append(end)
        return np.array(begins, np.int64), np.array(ends[1:], np.int64)

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
    def addresses(self) -> tuple[Places, Places]:
        """Where web and mail addresses begin and end."""
        page, found = self.page, list[Span]()
        turns = page.turns_of(self._address_signs)
        borders = (page.starts[turns], page.ends[turns])
        text = as_text(page.read) if len(turns) else ""
        stop = 0
        for place, first, last in zip(
            *(column.tolist() for column in (self._address_signs, *borders)), strict=True
        ):
            if place >= stop:  # no address has a blank in it
                begin = max(text.rfind(" ", first, place) + 1, first)
                blank = text.find(" ", place, last)
                stop = blank if blank >= 0 else last
                places = range(begin, stop + 1)
                found += addresses(MappedText(text[begin:stop], places[:-1], places[1:]))
        spans = np.array([(span.start, span.end) for span in found], np.int64).reshape(-1, 2)
        return spans[:, 0], spans[:, 1]

    def in_addresses(self, starts: Places, ends: Places) -> Mask:
        """Which ranges share a character with an address."""
        return _overlap(self.addresses, starts, ends)

    def silent(self, starts: Places, ends: Places) -> Mask:
        """Which ranges share a character with a note or an address."""
        return _overlap(self.notes, starts, ends) | self.in_addresses(starts, ends)

    @cached_property
    def starts(self) -> Places:
        """Where words begin; notes hold none."""
        places = self.page.written.words
        begins, ends = (np.searchsorted(places, borders) for borders in self.notes)
        silent = [np.arange(begin, end) for begin, end in zip(begins, ends, strict=True)]
        return np.delete(places, np.concatenate(silent)) if silent else places

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
        either = alphabet.JOINER | alphabet.HYPHEN
        quote = page.kinds & np.uint8(either) == alphabet.JOINER  # a joiner and no hyphen
        found = page.signs[quote[page.signs]]
        around = (alphabet.folded(page.characters[found + step]) for step in (-1, 1))
        n, t = (told == ord(char) for told, char in zip(around, "nt", strict=True))
        found = found[n & t]
        ends = found + 2
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


def _overlap(spans: tuple[Places, Places], starts: Places, ends: Places) -> Mask:
    begins, stops = spans
    if not len(begins):
        return np.zeros(len(starts), bool)
    following = np.searchsorted(stops, starts, "right")
    found: Mask = np.append(begins, 2**62)[following] < ends
    return found


def _may_begin_notes(page: Page, places: Places) -> Mask:
    """Which brackets may begin a note, told from the two characters that follow."""
    last = len(page.characters) - 1
    first, second = (page.characters[np.minimum(places + step, last)] for step in (1, 2))
    letters = page.letter[np.minimum(places + 1, last)] & page.letter[np.minimum(places + 2, last)]
    plain = letters & (first < 128) & (second < 128)
    pairs = (alphabet.folded(one).astype(np.int64) for one in (first, second))
    told: Mask = ~plain
    told[plain] = _heads()[tuple(pair[plain] for pair in pairs)]
    return told


@cache
def _heads() -> Mask:
    """Which two letters a note's first word may begin with."""
    table = np.zeros((128, 128), bool)
    for word in (word for word in NOTE_WORDS if word[:2].isascii()):
        table[ord(word[0]), ord(word[1])] = True
    return table
