"""Opening the study's store: how SQLite is set, and what is checked before anything is read.

The file has a rollback journal that is deleted at the end of each transaction. A write-ahead
log would be quicker, but it needs memory shared between processes, which network drives do
not give, and it leaves recorded events in a second file, which programs such as OneDrive and
Dropbox copy at another moment than the first. This way there is one file, and it is whole,
whenever nobody is writing.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import token_hex

from thematic.store.schema import APPLICATION, bring_up, form_of, is_whole, newest, number_of
from thematic.store.store_errors import StoreUnusable, damaged

PATIENCE = 20.0  # seconds to wait for another process
_SETTINGS = (
    # EXTRA: also the folder is synced, so that a journal that was deleted stays so after a
    # power cut, and with it what it would take back.
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def connection(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that begins no transactions by itself and waits for others."""
    db = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        for setting in _SETTINGS:
            db.execute(setting)
    except BaseException:
        db.close()
        raise
    return db


def look_over(db: sqlite3.Connection, path: Path) -> None:
    """See that the file is a whole store of a form that is known, and bring an older one up."""
    if path.stat().st_size == 0:
        raise damaged(path, "it is empty")
    if number_of(db, "application_id") != APPLICATION:
        hint = "rename it; a file of this name holds what people did in the study"
        raise StoreUnusable(f"{str(path)!r} is a database of another program", hint)
    form = form_of(db)
    if form > newest():
        raise StoreUnusable(
            f"{str(path)!r} was written by a newer thematic (form {form}; known: {newest()})",
            "update this one: python -m pip install --upgrade thematic",
        )
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise damaged(path, found)
    if not is_whole(db):
        raise damaged(path, "its tables are not those of a store")
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":  # a viewer has set it
        db.execute("PRAGMA journal_mode = DELETE")
    if form < newest():
        bring_up(db)


def create(path: Path) -> None:
    """Make an empty store, whole or not at all; one that another process makes is left alone."""
    unfinished = path.with_name(f".{path.name}-{token_hex(8)}.tmp")
    try:
        with closing(connection(unfinished, PATIENCE)) as db:
            bring_up(db)
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        except OSError:  # a drive without links
            if not path.exists():
                unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
