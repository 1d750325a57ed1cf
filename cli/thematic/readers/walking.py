"""Walks through folders: what lies in them and where, with few questions to the disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from thematic.model.nouns import dataclass

MEMOS = "memos"  # the folder of memos, which `thematic import` takes in


@dataclass(frozen=True)
class Folder:
    """A folder that a walk came to, and the names in it, sorted.

    `plain` are the files of which the folder itself says that they are ordinary ones and no
    links; of others the disk must be asked. It says so only to who may look at its files.
    """

    path: Path
    real: str  # where it lies, links followed
    folders: tuple[str, ...]
    files: tuple[str, ...]  # all that is no folder
    plain: frozenset[str]

    @cached_property
    def memos(self) -> tuple[str, ...]:
        """The folders of memos in it, which are not entered."""
        return tuple(name for name in self.folders if name.casefold() == MEMOS)

    @cached_property
    def _above(self) -> str:
        return os.path.join(self.real, "")

    def path_of(self, name: str) -> str:
        """The path of a file of it, as `str` writes it."""
        return f"{self._before}{name}"

    @cached_property
    def _before(self) -> str:
        return "" if self.path == Path() else os.path.join(self.path, "")

    def real_path(self, name: str) -> str:
        """Where a plain file of it lies; "" of another one."""
        return f"{self._above}{name}" if name in self.plain else ""


def walk(folder: Path, fault: Callable[[OSError], None]) -> Iterator[Folder]:
    """A folder and all below, in code-point order; no hidden ones, and none of memos.

    Links are followed; each real folder is entered once.

    Args:
        folder: to begin with.
        fault: is told why a folder cannot be read.
    """
    seen: set[str] = set()
    ahead = [os.fspath(folder)]
    while ahead:
        here = ahead.pop()
        try:
            found = _look_into(here)
        except OSError as error:
            fault(error)
            continue
        if found.real in seen:
            continue
        seen.add(found.real)
        yield found
        entered = (name for name in reversed(found.folders) if name not in found.memos)
        ahead += [os.path.join(here, name) for name in entered if not name.startswith(".")]


def _look_into(here: str) -> Folder:
    with os.scandir(here) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    folders = {entry.name for entry in entries if _is_folder(entry)}
    may_look = os.access(here, os.X_OK)
    return Folder(
        path=Path(here),
        real=os.path.realpath(here),
        folders=tuple(entry.name for entry in entries if entry.name in folders),
        files=tuple(entry.name for entry in entries if entry.name not in folders),
        plain=frozenset(entry.name for entry in entries if may_look and _is_plain(entry)),
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _is_plain(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def real_path(path: Path, folders: dict[str, str]) -> str:
    """As `os.path.realpath`, which looks at every folder anew for each file in it.

    Args:
        path: of a file.
        folders: the real paths of folders that are known; more are added.
    """
    if path.is_symlink() or path.name in ("", ".."):
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)
