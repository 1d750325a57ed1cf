"""What must stand in a text for a rule to match there, told from the rule alone.

Rules that demand something cheap to look for are tried only where it stands; the others are
tried everywhere, and `thematic check` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_REQUIRED = (None, "1", "+")  # `OP` of a token that must be there
_EDGES = re.compile(r"[\^$]|\\[AzbB]")


def looks_at_edges(pattern: str) -> bool:
    """Whether a regex may match a part of a text and not the whole, or the other way round."""
    return _EDGES.search(pattern) is not None


def required_words(pattern: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Small-letter words one of which stands in every match of a pattern; () where none is sure.

    Holds for ASCII texts only: elsewhere small letters may depend on the letters around.
    """
    best: tuple[str, ...] = ()
    for token in pattern:
        if token.get("OP", token.get("op")) not in _REQUIRED:
            continue
        for name, value in token.items():
            if str(name).upper() in ("LOWER", "ORTH", "TEXT"):
                words = _words(value)
                if words and (not best or min(map(len, words)) > min(map(len, best))):
                    best = words
    return best


def _words(value: object) -> tuple[str, ...]:
    """The texts a token must be one of; () where the pattern says it in another way."""
    if isinstance(value, str):
        return (value.lower(),)
    if isinstance(value, Mapping) and set(value) == {"IN"}:
        words = value["IN"]
        if isinstance(words, list | tuple) and all(isinstance(word, str) for word in words):
            return tuple(word.lower() for word in words)
    return ()
