"""The table of events: reading it with every event verified, and adding to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from thematic.errors import UsageError
from thematic.model.people import Event
from thematic.store.acts import Kind, Misread
from thematic.store.entries import Entry, undone_first
from thematic.store.store_errors import damaged

_MOST = 2**63 - 1  # the highest number that SQLite knows


class EventTable:
    """The table of events within one transaction."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def read(self, since: int = 0) -> Iterator[tuple[Entry, Event]]:
        """Every entry and its event; what was changed behind our back is an error."""
        rows = self._db.execute(
            "SELECT e.number, e.id, e.time, e.coder, e.kind, e.act, e.undoes, u.id,"
            " e.definition, e.source, e.again"
            " FROM events e LEFT JOIN events u ON u.number = e.undoes"
            " WHERE e.number > ? ORDER BY e.number",
            (min(since, _MOST),),
        )
        for expected, row in enumerate(rows, start=max(0, since) + 1):
            number, id, time, coder, kind, act, undoes, undone, definition, source, again = row
            try:
                texts = (act, undone or "", definition, source)
                entry = Entry(time, coder, Kind(kind), *texts, again)
                event = entry.event(number, undoes or 0)
            except (Misread, ValueError, TypeError) as error:
                raise damaged(self._path, f"event {number}: {error}") from error
            if number != expected or entry.id != id:
                raise damaged(self._path, f"event {expected} is not what was recorded")
            yield entry, event

    def heads(self) -> dict[int, Event]:
        """All events by number, without their acts."""
        rows = self._db.execute("SELECT number, time, coder, undoes FROM events ORDER BY number")
        return {
            number: Event(number, time, coder, None, undoes or 0)
            for number, time, coder, undoes in rows
        }

    def ids(self) -> dict[int, str]:
        """The ID of every event, by number."""
        return dict(self._db.execute("SELECT number, id FROM events ORDER BY number"))

    def added(self, entries: Sequence[Entry]) -> list[Event]:
        """Add new entries: none dated before an earlier one of its coder, equal ones told apart."""
        last: dict[str, str] = {}
        events = []
        for entry in entries:
            if entry.coder not in last:
                last[entry.coder] = self._last_time(entry.coder)
            if entry.time < last[entry.coder]:
                # What a person did later must count as later, also when a clock was set back.
                entry = replace(entry, time=last[entry.coder])
            while self._number_of(entry.id):
                entry = replace(entry, again=entry.again + 1)
            events.append(self._inserted(entry))
        return events

    def merged(self, entries: Sequence[Entry]) -> list[Event]:
        """Add the entries that are not there yet."""
        events = []
        for entry in undone_first(entries):
            if self._number_of(entry.id):
                continue
            if entry.undoes and not self._number_of(entry.undoes):
                raise UsageError(
                    f"event {entry.id} undoes {entry.undoes}, which is nowhere",
                    "restore from a file with all events",
                )
            events.append(self._inserted(entry))
        return events

    def _last_time(self, coder: str) -> str:
        found = self._db.execute("SELECT max(time) FROM events WHERE coder = ?", (coder,))
        return found.fetchone()[0] or ""

    def _number_of(self, id: str) -> int:
        found = self._db.execute("SELECT number FROM events WHERE id = ?", (id,)).fetchone()
        return found[0] if found else 0

    def _inserted(self, entry: Entry) -> Event:
        found = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM events").fetchone()
        number: int = found[0]
        undoes = self._number_of(entry.undoes) if entry.undoes else 0
        self._db.execute(
            "INSERT INTO events (number, id, time, coder, kind, act, undoes, definition, source,"
            " again) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, entry.id, entry.time, entry.coder, entry.kind.value, entry.act),
                *(undoes or None, entry.definition, entry.source, entry.again),
            ),
        )
        return entry.event(number, undoes)
