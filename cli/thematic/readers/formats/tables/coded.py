"""Rows of coded segments: by document, and each segment once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thematic.errors import Problem, Severity
from thematic.readers.formats.tables.turns import Entry

_FEWEST_WORDS = 4  # of a segment that is surely the same where it stands twice


def by_document(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries by the document that they name, in the order in which each is first named.

    An entry that names none belongs to the document above.
    """
    parts: dict[str, list[Entry]] = {}
    name = next((entry.document for entry in entries if entry.document), "")
    for entry in entries:
        name = entry.document or name
        parts.setdefault(name, []).append(entry)
    return parts


def once_each(entries: Sequence[Entry], problems: list[Problem]) -> list[Entry]:
    """The entries, each segment once: one with three codes stands in three rows.

    The same words in one document are one segment where they have the same time, or are
    so many that nobody says them twice. A note tells how many rows are left out.
    """
    seen: set[Entry] = set()
    kept: list[Entry] = []
    repeats: list[int] = []
    for entry in entries:
        key = replace(entry, line=0, words=" ".join(entry.words.split()))
        is_sure = entry.begin is not None or len(key.words.split()) >= _FEWEST_WORDS
        if key in seen and is_sure:
            repeats.append(entry.line)
            continue
        seen.add(key)
        kept.append(entry)
    if repeats:
        message = f"rows that repeat a segment, as under another code, are left out: {len(repeats)}"
        problems.append(Problem("", repeats[0], message, "", Severity.NOTE))
    return kept
