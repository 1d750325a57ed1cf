"""What transcripts are called: IDs from the places of their files."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from thematic.readers.names import without_suffix
from thematic.readers.remote import address_of, name_of, shown

if TYPE_CHECKING:
    from thematic.readers.packed import Member
    from thematic.readers.sources import Source


def below(path: Path, folder: Path) -> str:
    """A path as seen from a folder above it, with `/`; of addresses without what is secret."""
    return _from_folder(_plain(path), _plain(folder))


def written(name: str) -> str:
    """A name as IDs have it: NFC, and with replacement characters where it is no UTF-8."""
    if name.isascii():
        return name
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def inner_name(archive: Source, name: str, members: Sequence[Member]) -> str:
    """The name of an archive's file: below the archive's own, as if that were a folder.

    A folder in it that is called as the archive itself and holds everything is left out.
    """
    last = PurePosixPath(archive.members[-1] if archive.members else name_of(archive.file)).stem
    if all(member.name.startswith((f"{last}/", "__MACOSX/")) for member in members):
        name = name.removeprefix(f"{last}/")
    own = without_suffix(archive.id)
    return f"{own}/{name}" if own else name


def ids_of(files: Sequence[Source], base: Path | None) -> list[str]:
    """IDs: without suffix where that is enough, then with it, then with the folder's name.

    Args:
        files: each with its name, all suffixes included, as its ID so far.
        base: the folder from which names are told that would else be equal.
    """
    names = [file.id for file in files]
    shorts = list(map(without_suffix, names))
    if len(set(shorts)) == len(files):
        return shorts
    if base is not None:
        names = [_seen_from(file, base) or file.id for file in files]
    return _told_apart(files, names)


def _told_apart(files: Sequence[Source], names: Sequence[str]) -> list[str]:
    shorts = list(map(without_suffix, names))
    bare, full = Counter(shorts), Counter(names)
    used: dict[str, int] = {}  # the ID of which file
    places = [(file.file, file.members) for file in files]
    for n in sorted(range(len(files)), key=places.__getitem__):
        if bare[shorts[n]] == 1:
            best = shorts[n]
        elif full[names[n]] == 1:
            best = names[n]
        else:
            whole = "/".join([_plain(files[n].path).as_posix(), *files[n].members])
            best = written(whole).lstrip("/")
        while best in used:
            best += "'"
        used[best] = n
    return sorted(used, key=used.__getitem__)


def _plain(path: Path) -> Path:
    """A path; of an address without passwords and keys, which no ID may show."""
    return Path(shown(path)) if address_of(path) else path


def _from_folder(path: Path, folder: Path) -> str:
    whole, above = path.as_posix(), folder.as_posix()
    above = "" if above == "." else f"{above.rstrip('/')}/"
    if whole.startswith(above):
        return whole[len(above) :]
    return path.relative_to(folder).as_posix()


def _seen_from(file: Source, base: Path) -> str:
    """The path as seen from a folder, or an empty text where it lies elsewhere."""
    try:
        seen = Path(os.path.realpath(file.file)).relative_to(os.path.realpath(base))
    except ValueError:
        return ""
    whole = "/".join([seen.as_posix(), *file.members])
    return written(whole)
