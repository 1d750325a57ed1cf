"""A page: the turns of many transcripts as one array of characters, with the way back.

Barriers stand before, between and after the turns. A run of white space is one character, its
first; all places are places in `characters` unless they are called raw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch import alphabet
from thematic.coding.batch.uneven import Edit, Edits
from thematic.coding.characters import BARRIER

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SHORT = 24  # characters of most runs, at most


@dataclass
class Lines:
    """Turns that go on pages, in columns.

    Attributes:
        transcripts: the places of their transcripts.
        numbers: of each in its transcript.
        starts: where the words of each begin there.
        words: the text of each as pages hold it; never empty.
        edits: what was taken out of the raw text for that: see `uneven.Edit`, after the turn's
            place in these columns.
    """

    transcripts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    edits: list[tuple[int, Edit]] = field(default_factory=list)

    def add(
        self, transcript: int, numbers: Sequence[int], starts: Sequence[int], words: Sequence[str]
    ) -> None:
        """Add some turns of a transcript."""
        self.transcripts += [transcript] * len(words)
        self.numbers += numbers
        self.starts += starts
        self.words += words

    def add_uneven(
        self, transcript: int, number: int, start: int, words: str, edits: Sequence[Edit]
    ) -> None:
        """Add one turn, from whose raw text something was taken out."""
        self.edits += [(len(self.words), edit) for edit in edits]
        self.add(transcript, [number], [start], [words])

    def part(self, first: int, last: int) -> Lines:
        """Some of them."""
        chosen = slice(first, last)
        return Lines(
            *(self.transcripts[chosen], self.numbers[chosen], self.starts[chosen]),
            self.words[chosen],
            [(row - first, edit) for row, edit in self.edits if first <= row < last],
        )


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
        words = lines.words
        text = "".join((BARRIER, BARRIER.join(words), BARRIER))
        self._all = _characters(text)  # runs of blanks in full
        ends = np.cumsum(np.array(list(map(len, words)), np.int64) + 1)
        starts = np.append(0, ends[:-1]) + 1
        kinds = alphabet.kinds(self._all)
        blank = kinds & alphabet.BLANK > 0
        self.dropped: Places = np.flatnonzero(blank[1:] & blank[:-1]) + 1
        self.characters, self.kinds = (_without(all_, self.dropped) for all_ in (self._all, kinds))
        self._skips = self.dropped - np.arange(len(self.dropped))
        self.starts = starts - np.searchsorted(self.dropped, starts)
        self.ends = ends - np.searchsorted(self.dropped, ends)
        self._edits = self._edited(lines, starts)
        self._shifts = np.array(lines.starts, np.int64) - starts - self._edits.before(self.starts)
        self.transcripts = np.array(lines.transcripts, np.int64)
        self.numbers = np.array(lines.numbers, np.int64)

    def _edited(self, lines: Lines, starts: Places) -> Edits:
        rows = np.array([row for row, _ in lines.edits], np.int64)
        columns = np.array([edit for _, edit in lines.edits], np.int64).reshape(-1, 3)
        places = starts[rows] + columns[:, 0]
        return Edits(places - np.searchsorted(self.dropped, places), *columns[:, 1:].T)

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
        """The raw positions at which the characters at some places begin, by their turns."""
        raw: Places = self._in_full(places) + self._shifts[turns] + self._edits.before(places)
        return raw

    def raw_ends(self, ends: Places, turns: Places) -> Places:
        """The raw positions at which the characters before some places end."""
        return self.raw(ends - 1, turns) + 1 + self._edits.joined_at(ends)

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
    _origins: Places | None = None  # where each character stands on the page, if not there

    def places(self, places: Places) -> Places:
        """Places in the folded text as places on the page."""
        return places if self._origins is None else self._origins[places]

    def split(self, places: Places) -> Mask:
        """Which places are within what one character of the page is folded to, as in `ß`."""
        if self._origins is None:
            return np.zeros(len(places), bool)
        within: Mask = self._origins[places] == self._origins[places - 1]
        return within


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
    longer = np.zeros(0, np.int64) if case else alphabet.longer_folded(page.characters)
    if not (len(wide) or len(longer)):
        return Folded(found)
    counts = np.ones(len(found), np.int64)
    counts[wide] = 0  # the blank behind such a hyphen is left
    counts[longer] = alphabet.folded_lengths(page.characters[longer])
    origins = np.repeat(np.arange(len(found)), counts)
    found = found[origins]
    firsts = np.cumsum(counts) - counts
    for place in longer.tolist():
        first, told = firsts[place], chr(page.characters[place]).casefold()
        found[first : first + len(told)] = [ord(char) for char in told]
    return Folded(found, origins)


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
