"""What the name of a file says: by which reader it is read, and how it is compressed."""

from __future__ import annotations

from pathlib import PurePosixPath

ARCHIVE = ".zip"
COMPRESSED = (".gz", ".bz2", ".xz")


def last_part(name: str) -> str:
    """The last part of a path with `/`, as `PurePosixPath` gives it, which is slow."""
    if "/" not in name and name != ".":
        return name
    last = name.rstrip("/").rpartition("/")[2]
    return PurePosixPath(name).name if last == "." else last


def stem_and_suffix(name: str) -> tuple[str, str]:
    """The last part of a path with `/`, taken apart as `PurePosixPath` does."""
    last = last_part(name) if "/" in name or name == "." else name
    place = last.rfind(".")
    return (last[:place], last[place:]) if 0 < place < len(last) - 1 else (last, "")


def bare_name(name: str) -> str:
    """The name of a file without the ending that says how it is compressed."""
    stem, suffix = stem_and_suffix(name)
    return stem if suffix.lower() in COMPRESSED else stem + suffix


def suffix_of(name: str) -> str:
    """The ending by which a file's reader is chosen: `.txt` of `E01.TXT.gz`."""
    stem, suffix = stem_and_suffix(name)
    suffix = suffix.lower()
    return stem_and_suffix(stem)[1].lower() if suffix in COMPRESSED else suffix


def without_suffix(name: str) -> str:
    """The path without its ending, and without that of a compression: `E01` of `E01.txt.gz`."""
    bare, _, ending = name.rpartition(".")
    if ending.isalpha() and bare[-1:].isalnum() and f".{ending.lower()}" not in COMPRESSED:
        return bare  # as of most names
    folder, sign, last = name.rpartition("/")
    stem, suffix = stem_and_suffix(last)
    if suffix.lower() in COMPRESSED:
        stem = stem_and_suffix(stem)[0]
    elif not stem:  # it is no name
        stem = last
    return f"{folder}{sign}{stem}"


def is_archive(name: str) -> bool:
    """Whether files are looked for inside a file of this name."""
    return may_be_archive(name) and stem_and_suffix(name)[1].lower() == ARCHIVE


def may_be_archive(path: str) -> bool:
    """Whether a path may be one of those; where it is told no, it is none."""
    return ARCHIVE in path.lower()
