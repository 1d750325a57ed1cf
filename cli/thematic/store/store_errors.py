"""What SQLite says when a store cannot be used, as errors that say how to go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from thematic.errors import ExitCode, OutputRefused, ThematicError

_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_SHUT = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")
_FULL = ("SQLITE_FULL",)
_RIGHTS = "check the rights of the file and its folder; nothing was recorded"
_DRIVE = ("SQLITE_IOERR", "SQLITE_NOLFS", "SQLITE_NOMEM")


class StoreUnusable(ThematicError):
    """What people did cannot be read: the file is damaged, foreign, or from a newer program."""

    exit_code = ExitCode.CODEBOOK


class StoreRefused(OutputRefused):
    """The store is whole, and cannot be read or written just now; nothing was changed."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into an error that says how to go on.

    Raises:
        StoreRefused: locked, no room, no rights.
        StoreUnusable: damaged.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeError) as error:
        raise _meant(path, error) from error
    except OSError as error:
        raise StoreRefused(
            f"{str(path)!r} cannot be opened or written: {error.strerror or error}", _RIGHTS
        ) from error


def _meant(path: Path, error: Exception) -> ThematicError:
    name = getattr(error, "sqlite_errorname", "")
    file = repr(str(path))
    if name.startswith(_BUSY):
        return StoreRefused(
            f"{file} is in use by another program",
            "try again when it is done; nothing was recorded",
        )
    if name.startswith(_SHUT):
        return StoreRefused(f"{file} cannot be opened or written ({error})", _RIGHTS)
    if name.startswith(_FULL):
        return StoreRefused(
            f"no room for {file}", "free some space and try again; nothing was recorded"
        )
    if name.startswith(_DRIVE):
        return StoreRefused(
            f"the drive refuses to read or write {file} ({error})",
            "see whether it is connected and has room; nothing was recorded",
        )
    return damaged(path, str(error))


def damaged(path: Path, what: str) -> StoreUnusable:
    """The error of a file that does not hold what was written into it."""
    return StoreUnusable(
        f"{str(path)!r} is damaged: {what}",
        "it is left as it is; rename it and keep it. Then bring back an older copy of the file, "
        "or the text you exported: thematic log --restore people.jsonl",
    )
