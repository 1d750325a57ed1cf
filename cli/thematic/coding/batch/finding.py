"""Where the phrases of a codebook stand on a page: as arrays, one row a match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch import parts
from thematic.coding.batch.alphabet import LETTER, Mask, Places, as_text
from thematic.coding.batch.folding import Folded
from thematic.coding.batch.matcher import Rows, rows_of
from thematic.coding.batch.page import Page
from thematic.coding.fast.finding import Tokens, settled
from thematic.coding.fast.literals import literals_of
from thematic.model.nouns import dataclass

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Matches:
    """Matches of items; the same match may be there more than once."""

    items: Numbers
    starts: Places
    ends: Places

    def __getitem__(self, chosen: Mask | Numbers) -> Matches:
        rows = np.flatnonzero(chosen) if chosen.dtype == bool else chosen  # looked for once
        return Matches(self.items.take(rows), self.starts.take(rows), self.ends.take(rows))

    def of(self, items: Mask) -> Matches:
        """Those of some items, given as a mask over all items."""
        return self[items[self.items]]


def together(parts: Sequence[Matches]) -> Matches:
    """All matches of several lists, by where they start."""
    items, starts, ends = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("items", "starts", "ends")
    )
    order = np.argsort(starts, kind="stable")
    return Matches(items[order], starts[order], ends[order])


class Groups:
    """Lists of numbers, one a key from 0 on, as one array."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self.counts = np.array([len(one) for one in lists], np.int64)
        self.borders = np.append(0, np.cumsum(self.counts))
        self.firsts = self.borders[:-1]
        self.members = np.array([*chain.from_iterable(lists)], np.int64)

    def spread(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """For each member of each key's list, the key's place in `keys`, and the member."""
        counts = self.counts[keys]
        rows = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows, self.members[self.firsts[keys[rows]] + within]


class PageFinder:
    """Finds the phrases of some items on pages.

    Args:
        phrases: folded phrase -> the items that stand for it.
        case: whether these phrases keep upper and lower case.
    """

    def __init__(self, phrases: dict[str, tuple[int, ...]], *, case: bool) -> None:
        self.case = case
        literals = literals_of(phrases, borders=True)  # many objects, which are soon let go
        self._rows = rows_of(literals)
        forms = [form for literal in literals for form in literal.forms]
        self._letters = _pairs((one.begins_with_letter, one.ends_with_letter) for one in literals)
        self._opens = _pairs((form.before, form.after) for form in forms)
        self._items = Groups([form.items for form in forms])
        numbers = iter(range(len(forms)))
        self._forms = Groups([[next(numbers) for _ in one.forms] for one in literals])
        self._globs = {number: one.globs for number, one in enumerate(literals) if one.globs}
        self._has_globs = np.array([bool(one.globs) for one in literals], bool)

    def find(self, page: Page, folded: Folded) -> list[Matches]:
        """The matches on a page, in no set order.

        Args:
            page: any page.
            folded: its folded text, with `case` as here.
        """
        rows = self._rows(folded.characters)
        numbers, starts, _ = rows.T
        globs = self._has_globs[numbers]
        found = self._settled(numbers[globs], starts[globs], folded) if globs.any() else []
        formed = self._by_arrays if parts.forming is None else self._by_compiled
        return [formed(rows, page, folded), *found]

    def _by_compiled(self, rows: Rows, page: Page, folded: Folded) -> Matches:
        forms, items = self._forms, self._items
        literals = (self._letters, forms.borders, self._opens, items.borders, items.members)
        found = parts.forming.matches(*literals, rows, folded.edited, folded.sizes, page.kinds)
        return Matches(*parts.columns(found))

    def _by_arrays(self, rows: Rows, page: Page, folded: Folded) -> Matches:
        """The matches of phrases without wildcards but at their ends."""
        numbers, starts, ends = rows.T
        inside, goes_on = folded.split(starts), folded.split(ends)
        starts, ends = folded.places(starts), folded.places(ends - 1) + 1
        inside |= page.are(starts - 1, LETTER)
        goes_on |= page.are(ends, LETTER)
        beside = (inside + 2 * goes_on.astype(np.uint8)) & self._letters[numbers]
        rows, forms = self._forms.spread(numbers)
        stand = beside[rows] & ~self._opens[forms] == 0
        rows, forms = rows[stand], forms[stand]
        starts, ends, beside = starts[rows], ends[rows], beside[rows]
        inside, goes_on = beside & np.uint8(1) > 0, beside & np.uint8(2) > 0
        starts[inside] = page.letters.begin(starts[inside])
        ends[goes_on] = page.letters.end(ends[goes_on])
        rows, items = self._items.spread(forms)
        return Matches(items, starts[rows], ends[rows])

    def _settled(self, numbers: Numbers, starts: Places, folded: Folded) -> list[Matches]:
        """The matches of phrases with wildcards within, settled one by one."""
        string = as_text(folded.characters)
        tokens = Tokens(string, letters=True)
        found = [
            match
            for number, start in zip(numbers.tolist(), starts.tolist(), strict=True)
            for glob in self._globs[number]
            for match in settled(glob, string, start, tokens)
        ]
        if not found:
            return []
        begins, stops, items = np.array(found, np.int64).T
        return [Matches(items, folded.places(begins), folded.places(stops - 1) + 1)]


def _pairs(pairs: Iterable[tuple[bool, bool]]) -> NDArray[np.uint8]:
    """Each pair as one number: 1 for the one, 2 for the other, 3 for both."""
    return np.array([one + 2 * other for one, other in pairs], np.uint8)
