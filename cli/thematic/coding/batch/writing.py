"""Turns written on a page as one array of characters, and what is told of these on the way.

In C (`_writing.c`) where the package was built with a compiler, on arrays otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thematic.coding.batch import alphabet
from thematic.coding.batch.alphabet import Characters, Kinds, Mask, Places
from thematic.coding.batch.folding import Folded, folded, grown
from thematic.coding.batch.lines import Lines
from thematic.coding.batch.uneven import beyond
from thematic.coding.characters import BARRIER
from thematic.model.nouns import dataclass

compiled: Any
try:
    from thematic.coding.batch import _writing as compiled
except ImportError:  # it was built without a compiler
    compiled = None


@dataclass(frozen=True)
class Written:
    """The characters of a page; barriers stand before, between and after its turns.

    Attributes:
        characters: a run of white space is one, its first.
        kinds: what each is.
        folded: without regard to case.
        starts, ends: of the turns.
        signs: where characters stand that are neither letters nor blanks, barriers among them.
        words: how many words each turn has, those in notes among them.
        dropped: where further white space stood, in the text with it.
        runs: where runs of several blanks stand.
        newlines: how many ends of lines are in each of these.
    """

    characters: Characters
    kinds: Kinds
    folded: Folded
    starts: Places
    ends: Places
    signs: Places
    words: Places
    dropped: Places
    runs: Places
    newlines: Places


def written(lines: Lines) -> Written:
    """Turns as a page.

    Args:
        lines: of any turns that are read one to one, but for runs of blanks. Where they are not
            all of ASCII, `beyond_of` them was asked before.
    """
    return _by_arrays(lines) if compiled is None else _by_compiled(lines)


def beyond_of(lines: Lines) -> NDArray[np.uint8]:
    """What the characters beyond ASCII do to each turn, as numbers of `Beyond`.

    Of turns with parts of letters, whether they are in parts indeed is not looked at.
    """
    if compiled is None:
        return np.array([max(map(beyond, {*turn}), default=0) for turn in lines.words()], np.uint8)
    while True:
        known = _table(beyond, np.uint8)
        told, unknown = compiled.beyond(lines.texts, lines.pieces, lines.begins, lines.ends, known)
        if not unknown:
            return np.frombuffer(told, np.uint8)
        _learn(unknown)


def words_in(kinds: Kinds) -> Places:
    """Where words begin among some kinds, before which nothing stands."""
    if compiled is None:
        return _words(kinds)
    return np.frombuffer(compiled.words(kinds), np.int64)


def _learn(codes: Sequence[int]) -> None:
    """Ask all that is to be known of some characters, so that pages can be written of them."""
    alphabet.learn(codes, beyond, np.uint8)
    alphabet.learn(codes, alphabet.kind, np.uint8)
    alphabet.learn(codes, alphabet.fold, np.uint32)


def _by_compiled(lines: Lines) -> Written:
    kind, fold = alphabet.kind, alphabet.fold
    tables: tuple[Any, Any] = (alphabet.in_ascii(kind), alphabet.in_ascii(fold))
    if not lines.level:
        tables = (_table(kind, np.uint8), _table(fold, np.uint32))
    said, kinds, text, size, folded_size, *columns = compiled.written(
        lines.texts, lines.pieces, lines.begins, lines.ends, *tables
    )
    form = np.uint8 if lines.level else np.dtype("<u4")
    characters, kinds = np.frombuffer(said, form, size), np.frombuffer(kinds, np.uint8, size)
    gone, *places = (np.frombuffer(one, np.int64) for one in columns)
    whole = grown(np.frombuffer(text, form, folded_size), gone, characters)
    return Written(characters, kinds, whole, *places)


def _table(told: Callable[[str], int], form: type[np.unsignedinteger[Any]]) -> NDArray[Any]:
    return alphabet.table(told, form)  # type: ignore[arg-type]


def _by_arrays(lines: Lines) -> Written:
    full = _characters("".join((BARRIER, BARRIER.join(lines.words()), BARRIER)))
    ends = np.cumsum(lines.sizes() + 1)
    starts = np.append(0, ends[:-1]) + 1
    kinds = alphabet.kinds(full)
    blank = kinds & np.uint8(alphabet.BLANK) > 0
    dropped = np.flatnonzero(blank[1:] & blank[:-1]) + 1
    characters, kinds = (_without(one, dropped) for one in (full, kinds))
    starts -= np.searchsorted(dropped, starts)
    ends -= np.searchsorted(dropped, ends)
    return Written(
        characters,
        kinds,
        folded(characters, kinds, case=False),
        starts,
        ends,
        np.flatnonzero(kinds & np.uint8(alphabet.LETTER | alphabet.BLANK) == 0),
        np.diff(np.searchsorted(_words(kinds), np.append(starts, ends[-1]))),
        dropped,
        *_runs(full == ord("\n"), dropped),
    )


def _words(kinds: Kinds) -> Places:
    letter, joiner = (kinds & np.uint8(one) > 0 for one in (alphabet.LETTER, alphabet.JOINER))
    begun = letter[1:] & ~letter[:-1]
    begun[1:] &= ~(joiner[1:-1] & letter[:-2])
    return np.flatnonzero(begun) + 1


def _runs(newline: Mask, dropped: Places) -> tuple[Places, Places]:
    """Where runs of several blanks stand, and how many ends of lines are in each."""
    first = np.flatnonzero(np.diff(dropped, prepend=-1) > 1)
    kept = dropped[first] - 1
    count = newline[kept].astype(np.int64)
    if len(first):
        count += np.add.reduceat(newline[dropped], first, dtype=np.int64)
    return kept - first, count


def _without(characters: Characters, places: Places) -> Characters:
    return np.delete(characters, places) if len(places) else characters


def _characters(text: str) -> Characters:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
