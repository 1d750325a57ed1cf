"""What each character of a page is, and what it is read and folded as; told by tables."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.characters import HYPHENS, STRAIGHT, is_letter
from thematic.coding.units import CLOSING, ENDS

Characters = NDArray[Any]  # code points: bytes where all are ASCII, else 32 bits each
Kinds = NDArray[np.uint8]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

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
    """The code point of a character in folded texts; the first where it folds to several."""
    return ord(chr(read(char)).casefold()[0])


def as_text(characters: Characters) -> str:
    """Characters as a string."""
    return str(characters.data, "ascii" if characters.itemsize == 1 else "utf-32-le")


def kinds(characters: Characters) -> Kinds:
    """What each character is."""
    return looked_up(characters, kind, np.uint8)


def read_characters(characters: Characters) -> Characters:
    """Each character as in reading texts."""
    return looked_up(characters, read, characters.dtype.type)


def reading(characters: Characters) -> str:
    """The same as a string."""
    if characters.itemsize == 1:
        return characters.tobytes().translate(in_ascii(read)).decode("ascii")
    return as_text(read_characters(characters))


def folded(characters: Characters) -> Characters:
    """Each character as in folded texts, but for joints."""
    return looked_up(characters, fold, characters.dtype.type)


def longer_folded(characters: Characters) -> Places:
    """Where characters stand that fold to more than one."""
    if characters.dtype == np.uint8:
        return np.zeros(0, np.int64)
    beyond = np.flatnonzero(characters > 127)
    return beyond[folded_lengths(characters[beyond]) > 1]


def folded_lengths(characters: Characters) -> NDArray[np.uint8]:
    """How many characters each is in folded texts."""
    return looked_up(characters, folded_length, np.uint8)


def folded_length(char: str) -> int:
    """How many characters one is in folded texts."""
    return len(char.casefold())


def looked_up(
    characters: Characters, told: Callable[[str], int], form: type[np.unsignedinteger[Any]]
) -> NDArray[Any]:
    """What a function tells of each character; it is asked once of each different one.

    Args:
        characters: of a page, or some of them.
        told: a function of one character; for ASCII it gives a byte.
        form: of the result.
    """
    if characters.dtype == np.uint8:
        return np.frombuffer(characters.tobytes().translate(in_ascii(told)), np.uint8)
    known = table(told, form)  # type: ignore[arg-type]
    found: NDArray[Any] = known.take(characters)
    unknown: NDArray[np.bool_] = found == known[-1]
    if unknown.any():
        learn(np.flatnonzero(np.bincount(characters[unknown])).tolist(), told, form)
        found = known.take(characters)
    return found


def learn(
    codes: Iterable[int], told: Callable[[str], int], form: type[np.unsignedinteger[Any]]
) -> None:
    """Ask a function of some characters, for its table."""
    known = table(told, form)  # type: ignore[arg-type]
    for code in codes:
        known[code] = told(chr(code))


@cache
def table(
    told: Callable[[str], int],
    form: type[np.unsignedinteger[Any]],
) -> NDArray[Any]:
    """What a function tells of each code point; the last stands for what is not yet known.

    No character of a text is the last code point: it is none, and `read` gives no such. ASCII is
    known from the beginning.
    """
    known = np.full(sys.maxunicode + 2, np.iinfo(form).max, form)
    known[:128] = [told(chr(code)) for code in range(128)]
    return known


@cache
def in_ascii(told: Callable[[str], int]) -> bytes:
    """What a function tells of each character of ASCII, as a table for bytes."""
    return bytes(told(chr(code)) if code < 128 else 0 for code in range(256))
