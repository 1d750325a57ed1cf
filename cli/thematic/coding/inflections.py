"""The inflected forms of English words: lemminflect, without what it takes to load.

lemminflect loads spaCy only to hang methods on its tokens, which nothing here uses: a second.
And it takes its whole table of words apart before it tells of one: a quarter of a second.
"""

from __future__ import annotations

import gzip
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import get_ident
from types import ModuleType
from typing import Any

Inflections = Callable[[str], dict[str, tuple[str, ...]]]


@cache
def inflections() -> Inflections:
    """A function that gives the forms of a lemma by their tags; none for what it does not know."""
    if "lemminflect" in sys.modules or "spacy" in sys.modules:
        from lemminflect import getAllInflections

        return getAllInflections  # type: ignore[no-any-return]
    with _spacy_hidden():
        from lemminflect import getAllInflections
    # Who imports it later shall find its methods on spaCy's tokens.
    del sys.modules["lemminflect"]
    _read_words_when_asked()
    return getAllInflections  # type: ignore[no-any-return]


def _read_words_when_asked() -> None:
    from lemminflect.core.Inflections import Inflections as Known

    known = Known()  # the only one
    if not hasattr(known, "infl_dict"):
        known.infl_dict = Words(known.infl_lu_fn)


class Words(Mapping[str, dict[str, tuple[str, ...]]]):
    """lemminflect's table, equal to what its own code makes of it; each word is read when asked.

    Args:
        file: the table, one word and part of speech a line, compressed.
    """

    def __init__(self, file: str) -> None:
        from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec

        self._codec: Any = InflectionLUCodec
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            self._lines = opened.read().splitlines()
        self._lines.sort()  # as they are in the file, so that this takes no time
        self._auxiliaries: dict[str, Any] = self._codec.updateForAuxMod({})

    def __getitem__(self, word: str) -> dict[str, tuple[str, ...]]:
        """The forms of a word by their tags."""
        if word in self._auxiliaries:
            return self._auxiliaries[word]  # type: ignore[no-any-return]
        found: dict[str, tuple[str, ...]] = {}
        place = first = bisect_left(self._lines, f"{word},")
        while place < len(self._lines) and self._lines[place].startswith(f"{word},"):
            found.update(self._codec.fromString(self._lines[place])[2])
            place += 1
        if place == first or "," in word:
            raise KeyError(word)
        return found

    def __iter__(self) -> Iterator[str]:
        words = (line.partition(",")[0] for line in self._lines)
        return iter(dict.fromkeys([*words, *self._auxiliaries]))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Hidden(MetaPathFinder):
    """Finds no spaCy for one thread."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None,  # noqa: ARG002 - as the interface has it
        target: ModuleType | None = None,  # noqa: ARG002
        /,
    ) -> ModuleSpec | None:
        if name == "spacy" and get_ident() == self._thread:
            raise ModuleNotFoundError("hidden while lemminflect is imported", name=name)
        return None


@contextmanager
def _spacy_hidden() -> Iterator[None]:
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        yield
    finally:
        sys.meta_path.remove(hidden)
