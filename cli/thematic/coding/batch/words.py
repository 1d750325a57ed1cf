"""Words on a page, the notes that hold none, and the words that end in n't."""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np

from thematic.coding.batch import alphabet, parts
from thematic.coding.batch.alphabet import HYPHEN, JOINER, LETTER, Mask, Places
from thematic.coding.batch.page import Page
from thematic.coding.batch.writing import words_in
from thematic.coding.notes import NOTE_WORDS, address_places, note_length

_NOWHERE = 2**62  # behind every place


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
        by = _brackets_on_arrays if parts.settling is None else _brackets_by_compiled
        opens, stops = by(page)
        begins, ends = [], [0]
        for place, stop in zip(opens.tolist(), stops.tolist(), strict=True):
            if place >= ends[-1] and (size := note_length(page.text(place, stop))):
                begins.append(place)
                ends.append(place + size)
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
        within = self.in_notes(places)
        if within.any():
            within &= self.notes[0][np.searchsorted(self.notes[0], places, "right") - 1] < places
        return within

    @cached_property
    def addresses(self) -> tuple[Places, Places]:
        """Where web and mail addresses begin and end."""
        page, found = self.page, list[tuple[int, int]]()
        signs = self._address_signs
        turns = page.turns_of(signs)
        stretches = page.stretches(signs, page.starts[turns], page.ends[turns])
        for begin, end in zip(*(column.tolist() for column in stretches), strict=True):
            places = address_places(page.reading(begin, end))  # no address has a blank in it
            found += [(begin + first, begin + last) for first, last in places]
        begins, ends = np.array(found, np.int64).reshape(-1, 2).T.copy()
        return begins, ends

    def in_addresses(self, starts: Places, ends: Places) -> Mask:
        """Which ranges share a character with an address."""
        return _overlap(self.addresses, starts, ends)

    def silent(self, starts: Places, ends: Places) -> Mask:
        """Which ranges share a character with a note or an address."""
        return _overlap(self.notes, starts, ends) | self.in_addresses(starts, ends)

    @cached_property
    def starts(self) -> Places:
        """Where words begin; notes hold none."""
        places = words_in(self.page.kinds)
        begins, ends = (np.searchsorted(places, borders) for borders in self.notes)
        silent = [np.arange(begin, end) for begin, end in zip(begins, ends, strict=True)]
        return np.delete(places, np.concatenate(silent)) if silent else places

    @cached_property
    def raw_starts(self) -> Places:
        """The same in the raw texts of their transcripts."""
        return self.page.raw(self.starts, self.page.turns_of(self.starts))

    def first(self, places: Places) -> Places:
        """The words that hold some places, or that follow them."""
        return np.searchsorted(self.starts, places, "right") - self.holding(places)

    def holding(self, places: Places) -> Mask:
        """At which places words stand."""
        page = self.page
        within = page.are(places, LETTER)
        signs = np.flatnonzero(~within)
        at = places[signs]
        within[signs] = page.are(at, JOINER) & page.are(at - 1, LETTER) & page.are(at + 1, LETTER)
        return within & ~self.in_notes(places)

    def last(self, ends: Places) -> Places:
        """The words that hold the characters before some places, or that come before them."""
        return np.searchsorted(self.starts, ends - 1, "right") - 1

    @cached_property
    def per_turn(self) -> Places:
        """How many words each turn has."""
        counts, (begins, ends) = self.page.written.words, self.notes
        if not len(begins):
            return counts
        silent = [
            len(words_in(self.page.kinds[begin:end]))
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]
        return counts - np.bincount(self.page.turns_of(begins), silent, len(counts)).astype(
            np.int64
        )

    def cut(self, starts: Places, ends: Places) -> Mask:
        """Which ranges begin or end inside a part of a word, between hyphens, that ends in n't."""
        return self._inside_contracted(starts) | self._inside_contracted(ends)

    def _inside_contracted(self, places: Places) -> Mask:
        page, either = self.page, LETTER | JOINER
        if parts.forming is not None:
            told = parts.forming.in_contracted(page.characters, page.kinds, places)
            return np.frombuffer(told, bool)
        inside = page.are(places - 1, either) & page.are(places, either)
        if inside.any():  # which is rare
            begins, stops = self._contracted
            held = np.searchsorted(begins, places, "left") - 1
            inside &= (held >= 0) & (places < np.append(stops, 0)[held])
        return inside

    @cached_property
    def _contracted(self) -> tuple[Places, Places]:
        """Where parts of words, between their hyphens, begin and end that end in n't."""
        page = self.page
        quotes = page.signs_of(JOINER)
        n, t = (page.folded_at(quotes + step) for step in (-1, 1))
        quotes = quotes[self._are_quotes(quotes) & (n == ord("n")) & (t == ord("t"))]
        ends = quotes + 2
        goes_on = page.are(ends, LETTER) | self._joins(ends)
        begins = page.letters.begin(quotes[~goes_on] - 1)
        while (joined := self._joins(begins - 1)).any():
            begins[joined] = page.letters.begin(begins[joined] - 2)
        return begins, ends[~goes_on]

    def _joins(self, places: Places) -> Mask:
        """At which places quotes stand between letters."""
        joins = self._are_quotes(places)
        rows = np.flatnonzero(joins)
        joins[rows] = self.page.are(places[rows] - 1, LETTER)
        joins[rows] &= self.page.are(places[rows] + 1, LETTER)
        return joins

    def _are_quotes(self, places: Places) -> Mask:
        """At which places joiners stand that are no hyphens."""
        found: Mask = self.page.kinds[places] & np.uint8(JOINER | HYPHEN) == np.uint8(JOINER)
        return found


def _overlap(spans: tuple[Places, Places], starts: Places, ends: Places) -> Mask:
    begins, stops = spans
    if not len(begins):
        return np.zeros(len(starts), bool)
    found: Mask = np.append(begins, _NOWHERE)[np.searchsorted(stops, starts, "right")] < ends
    return found


def _first_from(places: Places, others: Places) -> Places:
    """The first of some places, in order, at or behind each of the others."""
    found: Places = np.append(places, _NOWHERE)[np.searchsorted(places, others)]
    return found


def _brackets_by_compiled(page: Page) -> tuple[Places, Places]:
    found = parts.settling.brackets(page.characters, page.kinds, page.signs, _heads())
    opens, stops = parts.columns(found)
    return opens, stops


def _brackets_on_arrays(page: Page) -> tuple[Places, Places]:
    """Where notes may begin, and where they end at most."""
    opens, closes = page.signs_like("[", "("), page.signs_like("]", ")")
    following = _first_from(closes, opens)
    turn_ends = page.ends[page.turns_of(opens)]
    # No bracket stands within a note, and at most two open it or close it.
    fine = (following < turn_ends) & (_first_from(opens, opens + 2) > following)
    fine[fine] = _may_begin_notes(page, opens[fine])
    return opens[fine], np.minimum(following + 2, turn_ends)[fine]


def _may_begin_notes(page: Page, places: Places) -> Mask:
    """Which brackets may begin a note, told from the two characters that follow."""
    last = len(page.characters) - 1
    first, second = (page.characters[np.minimum(places + step, last)] for step in (1, 2))
    plain = page.are(np.minimum(places + 1, last), LETTER)
    plain &= page.are(np.minimum(places + 2, last), LETTER) & (first < 128) & (second < 128)
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
