"""Values made of a file, written down without a word of it: words are told by their places.

A transcript holds the words of its file, a study's settings hold names. Written here, each
word is replaced by its place in the file: who has not got the file learns numbers, and who
has it gets the value back. Only the program's messages may keep words of their own, such as
neither the file nor the value holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from functools import cached_property
from pickle import PicklingError
from typing import Any

from thematic.commands.pickles import Classes, Pickler, Unpickler, loaded, written
from thematic.model.nouns import dataclass

MOST_PIECES = 20_000  # of one value; what needs more is not written
_NEAR = 20_000  # characters ahead in which a word is looked for first
_SHORT = 200  # characters; such texts are often the same, as speakers' names are
_WORD = re.compile(r"\w+")

Piece = tuple[int, int] | bytes  # a range of the file's text, or what is written as it is


@dataclass(frozen=True)
class Own:
    """What is the program's own in a value.

    Args:
        names: what it calls things, which is written as it is.
        messages: texts that may hold words of the program beside those of the file.
        beside: all words of the value but the messages, as the file may write them otherwise.
    """

    names: Collection[str] = ()
    messages: Collection[str] = ()
    beside: str = ""


def without_words(value: object, text: str, own: Own) -> bytes | None:
    """A value without the words that stand in a text; None where it cannot be written so.

    Args:
        value: of dataclasses, tuples, lists, dictionaries, texts and numbers.
        text: all that the file holds.
        own: what need not stand there.
    """
    out = io.BytesIO()
    return out.getvalue() if written(_Wordless(out, text, own), value) else None


def with_words(data: bytes, text: str, classes: Classes) -> Any | None:
    """The value that `without_words` wrote, given the same text; None where it is damaged."""
    return loaded(_Worded(io.BytesIO(data), text, classes))


class Places:
    """Where words stand in a text, looked for in its order.

    Args:
        text: where they are looked for.
        beside: more words that are never written as they are.
    """

    def __init__(self, text: str, beside: str) -> None:
        self._text, self._beside = text, beside
        self._at = 0  # where the last word was found
        self._left = MOST_PIECES
        self._first: dict[str, int] = {}  # of words that were looked for from the beginning

    def of(self, words: str, *, message: bool) -> tuple[Piece, ...]:
        """What, put together, gives the words; those of a message may be the program's own.

        Raises:
            PicklingError: it takes too many pieces, or letters that the text does not hold.
        """
        pieces: list[Piece] = []
        at = 0
        while found := _WORD.search(words, at):
            pieces += _as_it_is(words[at : found.start()])
            start = self._find(found[0])
            if start < 0:
                own = message and found[0].casefold() not in self._folded
                pieces += _as_it_is(found[0]) if own else self._spelt(found[0])
                at = found.end()
            else:
                length = _common(words, found.start(), self._text, start)
                pieces.append((start, start + length))
                at = found.start() + length
                self._at = start + length
            self._left -= 1
            if self._left < 0:
                raise PicklingError("too many pieces")
        return (*pieces, *_as_it_is(words[at:]))

    def _find(self, word: str) -> int:
        near = self._text.find(word, self._at, self._at + _NEAR)
        if near >= 0:
            return near
        if word not in self._first:
            self._first[word] = self._text.find(word)
        return self._first[word]

    def _spelt(self, word: str) -> list[Piece]:
        """A word that stands in the text in other letters, letter by letter.

        A single letter may be written as it is: in some files an ü is `&uuml;` or `\\u00fc`.
        """
        pieces: list[Piece] = []
        for letter in word:
            start = self._find(letter)
            if start < 0 and pieces and isinstance(pieces[-1], bytes):
                raise PicklingError("letters that the text does not hold")
            pieces += [(start, start + 1)] if start >= 0 else _as_it_is(letter)
        self._left -= len(pieces)
        return pieces

    @cached_property
    def _folded(self) -> str:
        return f"{self._text}\n{self._beside}".casefold()


def _as_it_is(words: str) -> list[Piece]:
    return [words.encode("utf-8", "surrogatepass")] if words else []


def _common(one: str, first: int, other: str, second: int) -> int:
    """How many characters are the same in two texts, from a place in each."""
    most = min(len(one) - first, len(other) - second)
    same, step = 0, 64
    while step:
        end = min(same + step, most)
        if end > same and one[first + same : first + end] == other[second + same : second + end]:
            same, step = end, 2 * step
        else:
            step //= 2
    return same


class _Wordless(Pickler):
    def __init__(self, out: io.BytesIO, text: str, own: Own) -> None:
        super().__init__(out)
        self._places, self._own = Places(text, own.beside), own
        self._known: dict[str, tuple[Piece, ...]] = {}

    def persistent_id(self, obj: Any) -> tuple[Piece, ...] | None:
        if type(obj) is not str or obj in self._own.names:
            return None
        if obj in self._known:
            return self._known[obj]
        pieces = self._places.of(obj, message=obj in self._own.messages)
        if len(obj) <= _SHORT:
            self._known[obj] = pieces
        return pieces


class _Worded(Unpickler):
    def __init__(self, data: io.BytesIO, text: str, classes: Classes) -> None:
        super().__init__(data, classes)
        self._text = text
        self._known: dict[tuple[Piece, ...], str] = {}

    def persistent_load(self, pid: Any) -> str:
        if pid not in self._known:
            self._known[pid] = "".join(map(self._words_of, pid))
        return self._known[pid]

    def _words_of(self, piece: Piece) -> str:
        if isinstance(piece, bytes):
            return piece.decode("utf-8", "surrogatepass")
        return self._text[piece[0] : piece[1]]
