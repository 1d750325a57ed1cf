"""Negation and marks on a page: which cue reaches which mention; see `fast/cues.py`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from thematic.coding.batch import alphabet, parts
from thematic.coding.batch.alphabet import Mask, Places
from thematic.coding.batch.finding import Matches, Numbers
from thematic.coding.batch.page import Page
from thematic.coding.batch.parts import ranks
from thematic.coding.batch.words import PageWords
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.cues import CUE_REACH
from thematic.model.nouns import dataclass

_FAR = 2**63 - 1  # more words, and further, than on any page
STOP_WORDS = ("but", "although", "except")  # they end the reach of a cue as signs do


@dataclass(frozen=True)
class Cues:
    """Some cues in the order of their ends; of those that end together the longest last."""

    starts: Places
    ends: Places

    def __getitem__(self, chosen: Mask) -> Cues:
        return Cues(self.starts[chosen], self.ends[chosen])


def cues_of(found: Matches) -> Cues:
    """The places of some matches, each once."""
    order = np.lexsort((-found.starts, found.ends))
    starts, ends = found.starts[order], found.ends[order]
    new = np.ones(len(order), bool)
    new[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
    return Cues(starts[new], ends[new])


class Reach:
    """How far cues reach on one page.

    Args:
        page: any page.
        words: its words.
        stop_words: the matches of STOP_WORDS.
    """

    def __init__(self, page: Page, words: PageWords, stop_words: Matches) -> None:
        self.page, self._words, self._stop_words = page, words, stop_words

    def nearest(self, cues: Cues, places: Places) -> Numbers:
        """For each mention that begins at a place, the cue that reaches it; -1 for none."""
        found = ranks(cues.ends, places) - 1
        last, beyond = self.limits(cues.ends, CUE_REACH)
        found[np.append(beyond, 0)[found] <= places] = -1
        held = np.flatnonzero(found >= 0)
        signs = held[~self._words.holding(places[held])]  # the word before is one more
        found[signs[last[found[signs]] <= places[signs]]] = -1
        return found

    def reaches(self, ends: Places, places: Places) -> Mask:
        """Whether cues and what comes after them stand in one turn, with no stop between."""
        return self.limits(ends, _FAR)[1] > places

    def limits(self, ends: Places, most: int) -> tuple[Places, Places]:
        """Where the last word begins that cues reach, and where what they do not reach.

        Args:
            ends: of the cues.
            most: words from a cue to a mention, at most; 1 for neighbours.

        Returns:
            Two columns; where no word is that far, or a stop or the turn's end before it, both
            say where it or the turn ends.
        """
        page, words, stops = self.page, self._words, self._stop_words
        if parts.settling is None:
            return self._limits_on_arrays(ends, most)
        silent = (*words.notes, *words.addresses, stops.starts, stops.ends)
        found = parts.settling.limits(page.characters, page.kinds, ends, *silent, most)
        last, beyond = parts.columns(found)
        return last, beyond

    def _limits_on_arrays(self, ends: Places, most: int) -> tuple[Places, Places]:
        page, words = self.page, np.append(self._words.starts, _FAR)
        starts, stops = self._stops
        stop = np.minimum(stops[np.searchsorted(starts, ends)], page.ends[page.turns_of(ends)])
        first = np.searchsorted(words, ends)
        most = min(most, len(words))
        last, beyond = (words[np.minimum(first + n, len(words) - 1)] for n in (most - 1, most))
        return np.minimum(last, stop), np.minimum(beyond, stop)

    @cached_property
    def _stops(self) -> tuple[Places, Places]:
        """Where what ends the reach of cues begins and ends, and behind it a stop for the rest."""
        page, words = self.page, self._stop_words
        signs, dashes = page.signs_of(alphabet.STOP), page.signs_like("-")
        dashes = dashes[page.characters[dashes + 1] == ord("-")]
        starts = np.concatenate((signs, dashes, words.starts))
        ends = np.concatenate((signs + 1, dashes + 2, words.ends))
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
        heard, last = ~self._words.silent(starts, ends), len(page.characters)
        return np.append(starts[heard], last), np.append(ends[heard], last + 1)


class Negations:
    """Which matches of a codebook's cues negate.

    Args:
        book: the codebook.
    """

    def __init__(self, book: CompiledCodebook) -> None:
        count = len(book.items)
        self.english = bool(book.not_cues)
        self.cues, self.false = mask_of(book.cues, count), mask_of(book.not_cues, count)

    def cues_on(self, page: Page, found: Matches, reach: Reach) -> Cues:
        """The cues on a page."""
        cues = cues_of(found.of(self.cues))
        if self.english and len(cues.starts):
            cues = cues[~_within(cues, cues_of(found.of(self.false)))]
            cues = cues[~_answers(page, cues)]
            cues = cues[~_doubled(page, cues, reach)]
        return cues


def mask_of(items: Sequence[int], count: int) -> Mask:
    """Some items as a mask over all of them."""
    mask = np.zeros(count, bool)
    mask[list(items)] = True
    return mask


def _within(cues: Cues, others: Cues) -> Mask:
    """Which cues are part of one of the others, as `not` of "not only"."""
    order = np.argsort(others.starts, kind="stable")
    starts = np.append(-1, others.starts[order])
    furthest = np.maximum.accumulate(np.append(-1, others.ends[order]))
    return furthest[np.searchsorted(starts, cues.starts, "right") - 1] >= cues.ends


def _answers(page: Page, cues: Cues) -> Mask:
    """Which cues are a `no` before a comma, closing quotes and brackets between them or not."""
    found = _say(page, cues, "no")
    places = np.flatnonzero(found)
    after = page.after(cues.ends[places], alphabet.AFTER_NO)
    found[places] = page.characters[after] == ord(",")
    return found


def _doubled(page: Page, cues: Cues, reach: Reach) -> Mask:
    """Which cues say yes together: `cannot … without`."""
    result = np.zeros(len(cues.starts), bool)
    without = np.flatnonzero(_say(page, cues, "without"))
    if not len(without):
        return result
    denials = np.flatnonzero(_say(page, cues, "cannot", "can't"))
    before = np.searchsorted(denials, without) - 1
    without, before = without[before >= 0], before[before >= 0]
    denials = denials[before]
    fine = reach.reaches(cues.ends[denials], cues.starts[without])
    result[without[fine]] = result[denials[fine]] = True
    return result


def _say(page: Page, cues: Cues, *words: str) -> Mask:
    """Which cues are one of some words."""
    sizes = cues.ends - cues.starts
    found = np.zeros(len(sizes), bool)
    for word in words:
        at = np.flatnonzero(sizes == len(word))
        places = cues.starts[at, None] + np.arange(len(word))
        told = page.folded_at(places.ravel()).reshape(places.shape)
        found[at] = (told == np.array([*map(ord, word)], told.dtype)).all(1)
    return found
