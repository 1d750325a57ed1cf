"""All places of many literals on a page, as arrays: the one door of pages to the matcher.

`_matcher.c` where the package was built with a compiler, `fast/automaton.py` otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch.alphabet import Characters, Places, as_text
from thematic.coding.fast.automaton import occurrences_in_bytes
from thematic.coding.fast.literals import Literal

compiled: Any
try:
    from thematic.coding.batch import _matcher as compiled
except ImportError:  # it was built without a compiler
    compiled = None

LONGEST = 1000  # characters of a literal that the compiled one takes, which goes down by recursion
_NEEDS_START, _NEEDS_END = 1, 2  # as in `_matcher.c`

Rows = NDArray[np.int64]


def rows_of(literals: Sequence[Literal]) -> Callable[[Characters], Rows]:
    """A function that gives the occurrences of literals among some characters.

    Returns:
        A function of characters; its rows are number, start, end of each occurrence, of shape
        (n, 3), in no set order. Those that are inside a word, where no form of the literal may
        be, can be left out.
    """
    texts = [one.text for one in literals]
    if compiled is None or not texts or max(map(len, texts)) > LONGEST:
        return _by_automaton(texts)
    spelled = "".join(texts).encode("utf-32-le", "surrogatepass")
    ends = np.cumsum(np.array(list(map(len, texts)), np.int64))
    matcher = compiled.matcher(spelled, ends.tobytes(), bytes(map(_needs, literals)))

    def found(characters: Characters) -> Rows:
        wide = characters.dtype != np.uint8
        return _shaped(np.frombuffer(compiled.occurrences(matcher, characters, wide), np.int64))

    return found


def _by_automaton(texts: Sequence[str]) -> Callable[[Characters], Rows]:
    automaton = occurrences_in_bytes(texts)

    def found(characters: Characters) -> Rows:
        ascii_only = characters.dtype == np.uint8
        string = characters.tobytes() if ascii_only else as_text(characters).encode()
        rows = _shaped(np.fromiter(chain.from_iterable(automaton(string)), np.int64))
        if not ascii_only:
            rows[:, 1:] = _characters_at(string, rows[:, 1:])
        return rows

    return found


def _characters_at(string: bytes, places: Places) -> Places:
    """Places in UTF-8 as places in the text."""
    follow = np.flatnonzero(np.frombuffer(string, np.uint8) & 0xC0 == 0x80)
    return places - np.searchsorted(follow, places)


def _shaped(flat: Rows) -> Rows:
    return flat.reshape(-1, 3)


def _needs(literal: Literal) -> int:
    """Beside which ends no letter may stand."""
    if literal.globs:
        return 0
    start = literal.begins_with_letter and not any(form.before for form in literal.forms)
    end = literal.ends_with_letter and not any(form.after for form in literal.forms)
    return _NEEDS_START * start + _NEEDS_END * end
