"""Putting a whole folder in the place of another, so that no moment shows a mixture of both."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".thematic-"  # of all temporary names
_FOLDER_MODE = 0o755
_LONG = 150  # bytes of a name; with more, ours would be too long for a file system
_HERE = -100  # AT_FDCWD: paths are seen from the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the target's place when all went well.

    The target may be missing, empty, or a folder that is to be replaced with all it holds.
    Where the system can exchange two folders in one step, the target is at every moment the
    old one or the new one. Where it cannot, the old one lies for a moment beside its place
    under a name of ours, from where `restore` takes it back.

    Raises:
        OSError: something cannot be written; the target is as it was.
    """
    place = target.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    # A folder that was set aside is needed no more where another one has its place.
    for ending in (".tmp", ".old") if place.exists() else (".tmp",):
        for left in left_behind(place.parent, _prefix(place), ending):
            shutil.rmtree(left, ignore_errors=True)
    waiting = _beside(place, "tmp")
    waiting.mkdir(mode=0o700)
    try:
        yield waiting
        waiting.chmod(stat.S_IMODE(place.stat().st_mode) if place.exists() else _FOLDER_MODE)
        _put(waiting, place)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def restore(target: Path) -> None:
    """Take back a folder that a process which was killed had just set aside."""
    place = target.resolve()
    if not place.exists() and place.parent.is_dir():
        for aside in _left(place, "old")[:1]:
            aside.rename(place)


def _put(new: Path, place: Path) -> None:
    """The new folder in the place of the old one, which then stands where the new one was."""
    if not place.exists():
        new.rename(place)
    elif not exchange(new, place):
        aside = _beside(place, "old")
        place.rename(aside)
        try:
            new.rename(place)
        except OSError:
            aside.rename(place)
            raise
        aside.rename(new)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):  # another system, or an old one
        return False


def _prefix(place: Path) -> str:
    """How our folders beside a place begin: with its name, or what stands for a long one."""
    name = place.name
    if len(os.fsencode(name)) > _LONG:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return f"{PREFIX}{name}."


def _left(place: Path, ending: str) -> list[Path]:
    """Our folders beside a place, in the order of their names."""
    start, end = _prefix(place), f".{ending}"
    return sorted(
        path
        for path in place.parent.iterdir()
        if path.name.startswith(start)
        and path.name.endswith(end)
        and path.name[len(start) : -len(end)].isdecimal()
    )


def _beside(place: Path, ending: str) -> Path:
    return place.with_name(f"{_prefix(place)}{os.getpid()}.{ending}")


def left_behind(folder: Path, start: str = PREFIX, ending: str = ".tmp") -> list[Path]:
    """What processes that are gone left in a folder under temporary names of ours."""
    found = []
    for path in folder.iterdir():
        if path.name.startswith(start) and path.name.endswith(ending):
            number = path.name.removesuffix(ending).split(".")[-1].partition("-")[0]
            if number.isdecimal() and not _runs(int(number)):
                found.append(path)
    return found


def _runs(process: int) -> bool:
    """Whether a process may still be at work; its own earlier folders are not."""
    if process == os.getpid():
        return False
    if os.name != "posix":  # there the question would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
