"""What each character of a page is, and what it is read and folded as; told by tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.characters import HYPHENS, STRAIGHT, is_letter
from thematic.coding.units import CLOSING, ENDS

Characters = NDArray[Any]  # code points: bytes where all are ASCII, else 32 bits each
Kinds = NDArray[np.uint8]

# What a character may be, as bits.
LETTER, BLANK, JOINER, HYPHEN, END, CLOSES, STOP, AFTER_NO = (1 << bit for bit in range(8))

_AFTER_NO = frozenset("\"'«»‹›)]}")  # may stand between `no` and its comma


def kind(char: str) -> int:
    """What a character is to words, sentences and cues, as bits."""
    read = char.translate(STRAIGHT)
    told = {
        LETTER: is_letter(read),
        BLANK: char.isspace(),
        JOINER: read in "'-\u2010\u2011",  # joins two runs of letters to one word
        HYPHEN: char in HYPHENS,
        END: char in ENDS,
        CLOSES: char in CLOSING,  # may follow the end of a sentence
        STOP: char in ".!?;:\u2014",  # ends the reach of a cue
        AFTER_NO: char.isspace() or read in _AFTER_NO,
    }
    return sum(bit for bit, holds in told.items() if holds)


def read(char: str) -> int:
    """The code point of a character in reading texts."""
    return ord(" " if char.isspace() else char.translate(STRAIGHT))


def fold(char: str) -> int:
    """The code point of a character in folded texts; of one that folds to one only."""
    return ord(chr(read(char)).casefold())


def kinds(characters: Characters) -> Kinds:
    """What each character is."""
    return looked_up(characters, kind, np.uint8)


def read_characters(characters: Characters) -> Characters:
    """Each character as in reading texts."""
    return looked_up(characters, read, characters.dtype.type)


def folded(characters: Characters) -> Characters:
    """Each character as in folded texts, but for joints."""
    return looked_up(characters, fold, characters.dtype.type)


def looked_up(
    characters: Characters, told: Callable[[str], int], form: type[np.generic]
) -> NDArray[Any]:
    """What a function tells of each character; it is asked once of each different one.

    Args:
        characters: of a page, or some of them.
        told: a function of one character; for ASCII it gives a byte.
        form: of the result.
    """
    if characters.dtype == np.uint8:
        table = _ascii(told)
        return np.frombuffer(characters.tobytes().translate(table), np.uint8)
    found = np.frombuffer(_ascii(told), np.uint8).astype(form)[np.minimum(characters, 127)]
    others = np.flatnonzero(characters > 127)
    different, places = np.unique(characters[others], return_inverse=True)
    found[others] = np.array([told(chr(code)) for code in different.tolist()], form)[places]
    return found


@cache
def _ascii(told: Callable[[str], int]) -> bytes:
    return bytes(told(chr(code)) if code < 128 else 0 for code in range(256))
