"""A folder of results: every file whole or not there, equal input giving equal bytes."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from thematic.errors import OutputRefused
from thematic.readers.passed_over import results_in
from thematic.report.swapping import PREFIX, left_behind, new_folder, restore

MANIFEST = "manifest.json"
_MODE = 0o644  # who may read and write a new file
_OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_folder(
    folder: Path, files: Mapping[str, str | bytes], *, overwrite: bool = False
) -> None:
    """Write all files of a result folder, or none.

    A folder that holds nothing but results of ours is replaced as a whole: at every moment it
    holds the old results or the new ones, and never some of both. Where it holds other files
    too, the results are replaced one by one, each whole, the manifest last, and results that
    are no more are removed. A folder that holds files of these names and no manifest is
    somebody else's.

    Args:
        folder: made where it is missing.
        files: name, which may have folders in it, -> text or bytes.
        overwrite: replace files of these names, whoever wrote them.

    Raises:
        OutputRefused: the folder is not ours, or cannot be written.
    """
    try:
        restore(folder)
        if not overwrite:
            _refuse_foreign(folder, files)
        if MANIFEST in files and _is_ours(folder):
            with new_folder(folder) as waiting:
                _fill(waiting, files)
        else:
            _write_among_others(folder, files)
    except OSError as error:
        raise OutputRefused(
            f"cannot write to {str(folder)!r}: {error.strerror or error}",
            "choose another folder with -o, or free some space",
        ) from error


def write_new_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Make a folder with all files, or nothing: it is written beside its place and renamed.

    Args:
        folder: must not be there, or be empty.
        files: names -> text or bytes.

    Raises:
        OutputRefused: something is there, or it cannot be written.
    """
    try:
        restore(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputRefused(
                f"{str(folder)!r} is there already", "name a folder that is not there"
            )
        with new_folder(folder) as waiting:
            _fill(waiting, files)
    except OSError as error:
        raise OutputRefused(
            f"cannot make {str(folder)!r}: {error.strerror or error}", "choose another folder"
        ) from error


def files_in(folder: Path) -> frozenset[str]:
    """All files below a folder by their names seen from it, but those that systems put there."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    names = (path.relative_to(folder).as_posix() for path in found)
    return frozenset(name for name in names if name.rpartition("/")[2] not in _OF_SYSTEMS)


def _is_ours(folder: Path) -> bool:
    """Whether a folder may be replaced as a whole: it holds results, and nothing else."""
    place = folder.resolve()
    if not place.exists():
        return True
    if place.is_mount() or Path.cwd().is_relative_to(place) or not os.access(place.parent, os.W_OK):
        return False
    return files_in(place) <= results_in(place)


def _fill(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(_written(folder, text), folder / name)


def _write_among_others(folder: Path, files: Mapping[str, str | bytes]) -> None:
    before = results_in(folder) if MANIFEST in files else frozenset()
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in left_behind(folder, f"{PREFIX}."):
            left.unlink(missing_ok=True)
        for name, text in files.items():
            waiting[folder / name] = _written(folder, text)
        for target in sorted(waiting, key=lambda path: path == folder / MANIFEST):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(waiting[target], target)
            del waiting[target]
        for name in before - files.keys():
            if ".." not in Path(name).parts and not Path(name).is_absolute():
                (folder / name).unlink(missing_ok=True)
    finally:
        for path in waiting.values():
            path.unlink(missing_ok=True)


def write_file(path: Path, text: str | bytes) -> None:
    """Write one file, whole or not at all; one that is there keeps its access rights.

    Raises:
        OutputRefused: it cannot be written, or is a folder.
    """
    if path.is_dir():
        raise OutputRefused(f"{str(path)!r} is a folder", "name a file with -o")
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _MODE
        for left in left_behind(path.parent, f"{PREFIX}."):  # by runs that were killed
            left.unlink(missing_ok=True)
        os.replace(_written(path.parent, text, mode), path)
    except OSError as error:
        raise OutputRefused(
            f"cannot write {str(path)!r}: {error.strerror or error}", "choose another place with -o"
        ) from error


def sha256(text: str | bytes) -> str:
    """Hash of bytes, or of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(as_bytes(text)).hexdigest()


def as_bytes(text: str | bytes) -> bytes:
    """What a file of this text or these bytes holds."""
    return text.encode("utf-8", "replace") if isinstance(text, str) else text


def _refuse_foreign(folder: Path, files: Mapping[str, str | bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputRefused(f"{str(folder)!r} is a file, not a folder", "name a folder with -o")
    if results_in(folder):
        return
    taken = sorted(name for name in files if (folder / name).exists())
    if taken:
        named = ", ".join(taken[:5]) + (" ..." if len(taken) > 5 else "")
        raise OutputRefused(
            f"{str(folder)!r} already holds {named} that thematic did not write",
            "choose a new folder with -o",
        )


def _written(folder: Path, text: str | bytes, mode: int = _MODE) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=f"{PREFIX}.{os.getpid()}-", suffix=".tmp")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(as_bytes(text))
        path.chmod(mode)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
