"""The inflected forms of English words: lemminflect, without the second that spaCy takes to load.

lemminflect loads spaCy only to hang methods on its tokens, which nothing here uses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import get_ident
from types import ModuleType

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
    return getAllInflections  # type: ignore[no-any-return]


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
