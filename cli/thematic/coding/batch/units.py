"""Where units begin on a page: the rules of `coding/units.py`, for all turns at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch import alphabet, parts
from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.page import Page
from thematic.coding.batch.parts import ranks
from thematic.coding.units import is_abbreviated
from thematic.model.codebook import Unit
from thematic.model.nouns import dataclass

_BEYOND = 127  # stands for every character that is not ASCII
_NOWHERE = 2**62  # behind every place
_NUMBER = "No."  # an abbreviation before a digit


@dataclass(frozen=True)
class UnitStarts:
    """The places where units begin. Between two units stands nothing but white space."""

    places: Places

    def holding(self, places: Places) -> Places:
        """The units that hold some places, none of them a blank."""
        return ranks(self.places, places) - 1

    def hold(self, units: Places, ends: Places) -> Mask:
        """Which units hold the characters before some places."""
        following = np.append(self.places[1:], _NOWHERE)
        held: Mask = following[units] >= ends
        return held

    def ends(self, page: Page) -> Places:
        """Where the units end."""
        turn_ends = page.ends - page.are(page.ends - 1, alphabet.BLANK)
        turn_ends = turn_ends[page.turns_of(self.places)]
        following = np.append(self.places[1:], len(page.characters))
        ends: Places = np.minimum(following - 1, turn_ends)
        return ends


class Borders:
    """Finds where units begin.

    Args:
        abbreviations: words with their full stop that do not end a sentence.
    """

    def __init__(self, abbreviations: frozenset[str]) -> None:
        self._abbreviations = abbreviations
        self._endings = _endings({*abbreviations, _NUMBER})
        self._shorter = self._endings.any(axis=0)  # of two characters

    def starts(self, page: Page, unit: Unit) -> UnitStarts:
        """Where the units of a page begin; for TRANSCRIPT as for TURN."""
        found = [_turns(page)]
        if unit in (Unit.PARAGRAPH, Unit.SENTENCE):
            found.append(_paragraphs(page))
        if unit is Unit.SENTENCE:
            found.append(self._sentences(page))
        places = np.sort(np.concatenate(found), kind="stable")  # these are few runs in order
        new = np.ones(len(places), bool)
        new[1:] = places[1:] != places[:-1]
        return UnitStarts(places[new])

    def _sentences(self, page: Page) -> Places:
        """Where a sentence follows another one."""
        by = self._by_arrays if parts.settling is None else self._by_compiled
        follows, stops = by(page)
        doubtful = np.flatnonzero(stops >= 0)
        refused = doubtful[self._are_abbreviated(page, stops[doubtful], follows[doubtful])]
        return np.delete(follows, refused) if len(refused) else follows

    def _by_compiled(self, page: Page) -> tuple[Places, Places]:
        characters, endings = page.characters, (self._shorter, self._endings)
        found = parts.settling.sentences(characters, page.kinds, page.signs, *endings)
        follows, stops = parts.columns(found)
        if characters.dtype == np.uint8:
            return follows, stops
        fine = ~_is_lower(page, follows)  # in C only those of ASCII are known
        return follows[fine], stops[fine]

    def _by_arrays(self, page: Page) -> tuple[Places, Places]:
        """Where sentences may follow, and the full stops that may be an abbreviation's, or -1."""
        signs, ends = _signs(page)
        after_marks = page.after(ends, alphabet.CLOSES)
        follows = after_marks + 1
        characters = page.characters
        inside = page.are(after_marks, alphabet.BLANK)
        inside &= characters[np.minimum(follows, len(characters) - 1)] != 0
        inside[inside] = ~_is_lower(page, follows[inside])
        signs, follows, alone = signs[inside], follows[inside], (after_marks == signs + 1)[inside]
        doubtful = alone & (characters[signs] == ord("."))
        doubtful[doubtful] = self._may_be_abbreviated(page, signs[doubtful])
        return follows, np.where(doubtful, signs, -1)

    def _may_be_abbreviated(self, page: Page, stops: Places) -> Mask:
        """Whether the three characters before a full stop may end an abbreviation."""
        third, second, last = (
            np.minimum(page.characters[np.maximum(stops - back, 0)], _BEYOND) for back in (3, 2, 1)
        )
        told: Mask = self._endings[third, second, last]
        return told

    def _are_abbreviated(self, page: Page, stops: Places, follows: Places) -> Mask:
        """At which full stops an abbreviation ends, told by the word and by what follows it."""
        begins, ends = page.stretches(stops, page.starts[page.turns_of(stops)], stops + 1)
        rows = (begins.tolist(), ends.tolist(), follows.tolist())
        told: list[bool] = []
        for begin, end, place in zip(*rows, strict=True):
            word, after = page.text(begin, end - 1), page.text(place, place + 1)
            told.append(is_abbreviated(word, 0, len(word), after, self._abbreviations))
        return np.array(told, bool)


class Units:
    """The units of one page, each kind when first asked for."""

    def __init__(self, page: Page, borders: Borders) -> None:
        self._page, self._borders = page, borders
        self._found: dict[Unit, UnitStarts] = {}

    def starts(self, unit: Unit) -> UnitStarts:
        """Where the units of a kind begin; for TRANSCRIPT as for TURN."""
        if unit not in self._found:
            self._found[unit] = self._borders.starts(self._page, unit)
        return self._found[unit]


def _endings(abbreviations: set[str]) -> NDArray[np.bool_]:
    """Which three characters may stand before the full stop of an abbreviation.

    Whatever ends in a character that is not ASCII may be one.
    """
    table = np.zeros((_BEYOND + 1,) * 3, bool)
    table[..., _BEYOND] = True
    apart = np.array([not chr(code).isalnum() for code in range(_BEYOND + 1)])
    capitals = [code for code in range(ord("A"), ord("Z") + 1) if code != ord("I")]
    table[:, np.flatnonzero(apart)[:, None], capitals] = True
    for word in abbreviations:
        codes = [min(ord(char), _BEYOND) for char in word.removesuffix(".")[-3:]]
        before = [apart, np.ones_like(apart)][: 3 - len(codes)]
        places = [*reversed(before), *([code] for code in codes)]
        table[np.ix_(*(np.asarray(place) for place in places))] = True
    return table


def _turns(page: Page) -> Places:
    """Where the words of each turn begin; turns of white space have none."""
    starts: Places = page.starts + page.are(page.starts, alphabet.BLANK)
    return starts[starts < page.ends]


def _paragraphs(page: Page) -> Places:
    """Where a paragraph follows another one: after a blank line that is no page break."""
    places = page.written.runs[page.written.newlines > 1]
    before, after = page.characters[places - 1], page.characters[places + 1]
    within = (before != 0) & (after != 0)
    goes_on = alphabet.looked_up(before, _may_go_on, np.uint8) > 0
    found: Places = places[within & ~(goes_on & _is_lower(page, places + 1))] + 1
    return found


def _signs(page: Page) -> tuple[Places, Places]:
    """Where runs of signs that end a sentence begin and end."""
    signs = page.signs_of(alphabet.END)
    first, last = np.diff(signs, prepend=-1) > 1, np.diff(signs, append=2**62) > 1
    return signs[first], signs[last] + 1


def _is_lower(page: Page, places: Places) -> Mask:
    return alphabet.looked_up(page.characters[places], _lower, np.uint8) > 0


def _lower(char: str) -> int:
    return char.islower()


def _may_go_on(char: str) -> int:
    return char.isalnum() or char == ","
