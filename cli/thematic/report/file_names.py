"""File names made of transcripts' IDs, that every system takes and that lead nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 120  # characters of one part


def file_names(ids: Sequence[str], suffix: str) -> dict[str, str]:
    """For each ID a relative path with `/` and the suffix; no two differ only in case."""
    names: dict[str, str] = {}
    used: set[str] = set()
    for id in ids:
        base = "/".join(_part(part) for part in id.split("/") if part) or "_"
        name, number = f"{base}.{suffix}", 1
        while name.casefold() in used:
            number += 1
            name = f"{base}-{number}.{suffix}"
        used.add(name.casefold())
        names[id] = name
    return names


def _part(text: str) -> str:
    part = _FORBIDDEN.sub("_", text).rstrip(". ")[:_LONGEST] or "_"
    return f"_{part}" if _RESERVED.fullmatch(part) or part.startswith(".") else part
