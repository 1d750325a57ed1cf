"""Where a study's store is; apart from it, for most studies have none and need not load it."""

from __future__ import annotations

from pathlib import Path

STORE_FILE = "people.sqlite"


def may_have_store(folder: Path) -> bool:
    """False where there is surely no store in a folder; whether it can be read is not looked at."""
    try:
        (folder / STORE_FILE).lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
