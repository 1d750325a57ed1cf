"""The tables of the study's store, and the steps by which older stores become like new ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

Steps = tuple[tuple[str, ...], ...]
APPLICATION = 0x54484D43  # "THMC", in the head of the file

# Step n leads from form n to form n + 1. Steps are never changed, only added.
STEPS: Steps = (
    (
        """
        CREATE TABLE events (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            time TEXT NOT NULL,
            coder TEXT NOT NULL CHECK (coder <> ''),
            kind TEXT NOT NULL,
            act TEXT NOT NULL,
            undoes INTEGER REFERENCES events (number) CHECK (undoes < number),
            definition TEXT NOT NULL,
            source TEXT NOT NULL,
            again INTEGER NOT NULL
        )
        """,
        # Also keeps INSERT OR REPLACE from taking the place of an event.
        """
        CREATE TRIGGER events_follow BEFORE INSERT ON events
        WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM events)
            OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'events are numbered one by one, each is there once'); END
        """,
        """
        CREATE TRIGGER events_stay BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event never changes'); END
        """,
        """
        CREATE TRIGGER events_remain BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END
        """,
    ),
)


def form_of(db: sqlite3.Connection) -> int:
    """Which form the tables have; 0 = there are none yet."""
    return number_of(db, "user_version")


def newest() -> int:
    """The form that this program writes."""
    return len(STEPS)


def is_whole(db: sqlite3.Connection) -> bool:
    """Whether the tables are declared just as their form says; others may stand beside them."""
    form = form_of(db)
    return form > 0 and _declared_by(STEPS[:form]) <= _declared(db)


@cache
def _declared_by(steps: Steps) -> frozenset[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for step in steps:
            for statement in step:
                db.execute(statement)
        return _declared(db)


def _declared(db: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    rows = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return frozenset((*names, " ".join(sql.split())) for *names, sql in rows)


def bring_up(db: sqlite3.Connection) -> None:
    """Bring the tables to the newest form, all steps in one transaction.

    The connection must not begin transactions by itself.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have been quicker.
        for step in STEPS[form_of(db) :]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {newest()}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def number_of(db: sqlite3.Connection, pragma: str) -> int:
    """The value of a setting in the head of the file."""
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])
