"""A folder of results: every file whole or not there, equal input giving equal bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from thematic.errors import OutputRefused

MANIFEST = "manifest.json"
_MODE = 0o644  # who may read and write a new file
_FOLDER_MODE = 0o755


def write_folder(
    folder: Path, files: Mapping[str, str | bytes], *, overwrite: bool = False
) -> None:
    """Write all files of a result folder, or none.

    Every file is first written under a temporary name in the same folder, then all are
    renamed. A folder that holds files of these names and no manifest is somebody else's.

    Args:
        folder: made where it is missing.
        files: name, which may have folders in it, -> text or bytes; the manifest is renamed
            last.
        overwrite: replace files of these names, whoever wrote them.

    Raises:
        OutputRefused: the folder is not ours, or cannot be written.
    """
    if not overwrite:
        _refuse_foreign(folder, files)
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            waiting[folder / name] = _written(folder, text)
        for target in sorted(waiting, key=lambda path: path.name == MANIFEST):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(waiting[target], target)
            del waiting[target]
    except OSError as error:
        raise OutputRefused(
            f"cannot write to {str(folder)!r}: {error.strerror or error}",
            "choose another folder with -o, or free some space",
        ) from error
    finally:
        for path in waiting.values():
            path.unlink(missing_ok=True)


def write_new_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Make a folder with all files, or nothing: it is written beside its place and renamed.

    Args:
        folder: must not be there, or be empty.
        files: plain names -> text or bytes.

    Raises:
        OutputRefused: something is there, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputRefused(f"{str(folder)!r} is there already", "name a folder that is not there")
    waiting: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        waiting = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".thematic-", suffix=".tmp"))
        for name, text in files.items():
            os.replace(_written(waiting, text), waiting / name)
        waiting.chmod(_FOLDER_MODE)
        if folder.exists():
            folder.rmdir()
        waiting.rename(folder)
        waiting = None
    except OSError as error:
        raise OutputRefused(
            f"cannot make {str(folder)!r}: {error.strerror or error}", "choose another folder"
        ) from error
    finally:
        if waiting is not None:
            shutil.rmtree(waiting, ignore_errors=True)


def write_file(path: Path, text: str | bytes) -> None:
    """Write one file, whole or not at all; one that is there keeps its access rights.

    Raises:
        OutputRefused: it cannot be written, or is a folder.
    """
    if path.is_dir():
        raise OutputRefused(f"{str(path)!r} is a folder", "name a file with -o")
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _MODE
        os.replace(_written(path.parent, text, mode), path)
    except OSError as error:
        raise OutputRefused(
            f"cannot write {str(path)!r}: {error.strerror or error}", "choose another place with -o"
        ) from error


def sha256(text: str) -> str:
    """Hash of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _refuse_foreign(folder: Path, files: Mapping[str, str | bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise OutputRefused(f"{str(folder)!r} is a file, not a folder", "name a folder with -o")
    if (folder / MANIFEST).exists():
        return
    taken = sorted(name for name in files if (folder / name).exists())
    if taken:
        named = ", ".join(taken[:5]) + (" ..." if len(taken) > 5 else "")
        raise OutputRefused(
            f"{str(folder)!r} already holds {named} that thematic did not write",
            "choose a new folder with -o",
        )


def _written(folder: Path, text: str | bytes, mode: int = _MODE) -> Path:
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    handle, name = tempfile.mkstemp(dir=folder, prefix=".thematic-", suffix=".tmp")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        path.chmod(mode)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
