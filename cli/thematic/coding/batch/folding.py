"""The folded text of a page, in which phrases are looked for, with the way back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from thematic.coding.batch import alphabet
from thematic.coding.batch.alphabet import Characters, Kinds, Mask, Places


@dataclass(frozen=True)
class Folded:
    """Folded characters: every joint is one blank.

    Attributes:
        characters: of the folded text.
        gone: where characters stand on the page that have no place in it.
    """

    characters: Characters
    gone: Places
    _origins: Places | None = None  # of each character, where some are folded to several

    def places(self, places: Places) -> Places:
        """Places in the folded text as places on the page."""
        if self._origins is not None:
            return self._origins[places]
        if not len(self.gone):
            return places
        found: Places = places + np.searchsorted(
            self.gone - np.arange(len(self.gone)), places, "right"
        )
        return found

    def split(self, places: Places) -> Mask:
        """Which places are within what one character of the page is folded to, as in `ß`."""
        if self._origins is None:
            return np.zeros(len(places), bool)
        within: Mask = self._origins[places] == self._origins[places - 1]
        return within


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
    longer = alphabet.longer_folded(characters)
    if len(longer) and not case:
        return _longer(characters, found, gone, longer)
    return Folded(np.delete(found, gone) if len(gone) else found, gone)


def _longer(characters: Characters, found: Characters, gone: Places, longer: Places) -> Folded:
    """The same, where some characters are folded to several."""
    counts = np.ones(len(found), np.int64)
    counts[gone] = 0
    counts[longer] = alphabet.folded_lengths(characters[longer])
    origins = np.repeat(np.arange(len(found)), counts)
    found = found[origins]
    firsts = np.cumsum(counts) - counts
    for place in longer.tolist():
        first, told = firsts[place], chr(characters[place]).casefold()
        found[first : first + len(told)] = [ord(char) for char in told]
    return Folded(found, gone, origins)
