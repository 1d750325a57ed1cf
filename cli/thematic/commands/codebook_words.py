"""The words of a study's codebook, and its file."""

from __future__ import annotations

import re
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")


def codebook_file(name: str, base: Path) -> Path | None:
    """The file of a codebook that a study names; None where it is shipped or there is none."""
    path = base / name
    return path if name and path.is_file() else None


def codebook_words(name: str, base: Path) -> frozenset[str]:
    """The words of all rules and lists of a study's codebook, in small letters.

    Empty where there is no codebook, or where it cannot be read: nothing here depends on it.
    """
    from thematic.commands.codebooks import load_codebook
    from thematic.errors import CodebookUnusable

    if not name:
        return frozenset()
    try:
        book = load_codebook(name, base)[0]
    except CodebookUnusable:
        return frozenset()
    if book is None:
        return frozenset()
    items = [
        item.text
        for code in book.codes()
        for rule in code.rules
        for item in (*rule.items, *rule.all, *rule.any, *rule.none)
    ]
    guards = [
        guard.item.text for code in book.codes() for rule in code.rules for guard in rule.guards
    ]
    return frozenset(word.casefold() for text in (*items, *guards) for word in _WORD.findall(text))
