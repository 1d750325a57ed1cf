"""The folded text of a page, in which phrases are looked for, with the way back."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from thematic.coding.batch import alphabet
from thematic.coding.batch.alphabet import Characters, Kinds, Mask, Places
from thematic.model.nouns import dataclass

_NOWHERE = 2**62  # behind every place


@dataclass(frozen=True)
class Folded:
    """Folded characters: every joint is one blank.

    Attributes:
        characters: of the folded text.
        edited: where characters stand on the page that are folded to none, or to several.
        sizes: to how many each of these is folded.
    """

    characters: Characters
    edited: Places
    sizes: Places

    def places(self, places: Places) -> Places:
        """Places in the folded text as places on the page."""
        if not len(self.edited):
            return places
        behind = np.searchsorted(self._ends, places, "right")
        found: Places = np.minimum(places - self._shifts[behind], self._limits[behind])
        return found

    def split(self, places: Places) -> Mask:
        """Which places are within what one character of the page is folded to, as in `ß`."""
        if not self.sizes.any():
            return np.zeros(len(places), bool)
        within: Mask = self.places(places) == self.places(places - 1)
        return within

    @cached_property
    def _shifts(self) -> Places:
        """How much further the text behind so many of the edited characters is than the page."""
        return np.append(0, np.cumsum(self.sizes - 1))

    @cached_property
    def _ends(self) -> Places:
        """Where in the folded text each of the edited characters ends."""
        return self.edited + 1 + self._shifts[1:]

    @cached_property
    def _limits(self) -> Places:
        """The page's place that nothing before the end of the next edited one is behind."""
        return np.append(self.edited, _NOWHERE)


def folded(characters: Characters, kinds: Kinds, *, case: bool) -> Folded:
    """The folded text of a page.

    Args:
        characters: of the page.
        kinds: what each is.
        case: keep upper and lower case.
    """
    found = (alphabet.read_characters if case else alphabet.folded)(characters).copy()
    letter = kinds & np.uint8(alphabet.LETTER) > 0
    hyphens = np.flatnonzero(kinds & np.uint8(alphabet.HYPHEN))
    hyphens = hyphens[letter[hyphens - 1]]
    after = hyphens + 1
    found[hyphens[letter[after]]] = ord(" ")
    # The blank behind such a hyphen is left.
    gone = hyphens[(found[after] == ord(" ")) & letter[np.minimum(after + 1, len(letter) - 1)]]
    text = np.delete(found, gone) if len(gone) else found
    return Folded(text, gone, np.zeros_like(gone)) if case else grown(text, gone, characters)


def grown(text: Characters, gone: Places, characters: Characters) -> Folded:
    """A folded text with all characters of those that fold to several.

    Args:
        text: with the first of these.
        gone: where characters stand on the page that are folded to none.
        characters: of the page.
    """
    longer = alphabet.longer_folded(characters)
    if not len(longer):
        return Folded(text, gone, np.zeros_like(gone))
    more = [chr(code).casefold()[1:] for code in characters[longer].tolist()]
    counts = np.array([len(one) for one in more], np.int64)
    codes = [ord(char) for one in more for char in one]
    behind = longer + 1 - np.searchsorted(gone, longer)
    edited = np.concatenate((gone, longer))
    sizes = np.concatenate((np.zeros_like(gone), counts + 1))
    order = np.argsort(edited)
    whole = np.insert(text, np.repeat(behind, counts), codes)
    return Folded(whole, edited[order], sizes[order])
