"""File names made of transcripts' IDs, that every system takes and that lead nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 120  # characters of one part
_LONGEST_NAME = 120  # bytes of a person's name in UTF-8


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


def name_parts(people: Sequence[str]) -> dict[str, str]:
    """For each person a part of a file name: letters of any script, digits, - . and _.

    Every other character becomes `_`; no two parts differ only in case.
    """
    parts: dict[str, str] = {}
    used: set[str] = set()
    for name in people:
        plain = "".join(one if _stays(one) else "_" for one in unicodedata.normalize("NFC", name))
        base = plain.encode()[:_LONGEST_NAME].decode(errors="ignore")
        part, number = base, 1
        while part.casefold() in used:
            number += 1
            part = f"{base}-{number}"
        used.add(part.casefold())
        parts[name] = part
    return parts


def _stays(sign: str) -> bool:
    return sign in "-._" or unicodedata.category(sign)[0] in "LMN"


def _part(text: str) -> str:
    part = _FORBIDDEN.sub("_", text).rstrip(". ")[:_LONGEST] or "_"
    return f"_{part}" if _RESERVED.fullmatch(part) or part.startswith(".") else part
