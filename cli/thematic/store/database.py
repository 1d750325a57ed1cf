"""The study's store: everything people did, in one file that nothing is ever taken out of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from thematic.errors import UsageError
from thematic.model.nouns import dataclass
from thematic.model.people import Act, Event, Relocation
from thematic.review.definitions import definition_of
from thematic.review.standing import undone_by
from thematic.store.acts import Kind, canonical, kind_of, plain, plain_move
from thematic.store.entries import Entry, named_coder, one_line, utc
from thematic.store.event_table import EventTable
from thematic.store.opening import PATIENCE, connection, create, look_over
from thematic.store.place import STORE_FILE
from thematic.store.store_errors import told


def open_store(folder: Path) -> Store:
    """The store of a study folder, looked over; the file is made when something is recorded.

    Raises:
        StoreUnusable: it is damaged, of another program, or of a newer version.
        StoreRefused: it cannot be read just now.
    """
    store = Store(folder / STORE_FILE)
    store.check()
    return store


@dataclass(frozen=True)
class Store:
    """Events in a file; each call opens it, does one thing wholly or not at all, and closes it.

    All calls raise the errors of `open_store`.
    """

    path: Path
    patience: float = PATIENCE

    def check(self) -> None:
        """See that the file, if there is one, is a store and whole."""
        if self.is_there():
            with self._opened():
                pass

    def is_there(self) -> bool:
        """Whether anything was ever recorded."""
        with told(self.path):
            return self.path.exists()

    def events(self, since: int = 0) -> list[Event]:
        """All events with a number above `since`, in order of their numbers, each verified."""
        return [event for _, event in self._log(since)]

    def entries(self) -> list[Entry]:
        """All events as they are stored, in order of their numbers, each verified."""
        return [entry for entry, _ in self._log(0)]

    def record(
        self,
        acts: Sequence[Act],
        coder: str,
        time: datetime,
        definitions: Mapping[str, str],
        source: str = "",
    ) -> list[Event]:
        """Record some acts, all or none.

        Args:
            acts: none records nothing.
            coder: who records them; "" = each by the coder it names.
            time: now, with its zone.
            definitions: path of a code -> hash of its definition (`definition_hashes`).
            source: the file they come from; "" = the command line.

        Returns:
            The new events. When this returns they are on the disk, also after a power cut.

        Raises:
            UsageError: a coder's name cannot be used.
            ValueError: an act names no code or transcript, or the time no zone.
        """
        moment = utc(time)
        entries = [
            Entry(
                moment,
                named_coder(coder or act.coder),
                kind_of(act),
                canonical(plain(act)),
                "",
                definition_of(act, definitions),
                one_line(source),
            )
            for act in acts
        ]
        return self._write(lambda log: log.added(entries)) if entries else []

    def record_moves(
        self, moves: Sequence[Relocation], coder: str, time: datetime, source: str = ""
    ) -> list[Event]:
        """Record where passages stand now, all or none; nothing that was recorded changes.

        Args:
            moves: none records nothing.
            coder: who records them.
            time: now, with its zone.
            source: the file that says so; "" = the command line.
        """
        moment, name = utc(time), named_coder(coder)
        entries = [
            Entry(moment, name, Kind.MOVE, canonical(plain_move(one)), source=one_line(source))
            for one in moves
        ]
        return self._write(lambda log: log.added(entries)) if entries else []

    def undo(
        self, numbers: Iterable[int], coder: str, time: datetime, source: str = ""
    ) -> list[Event]:
        """Undo some events, all or none, by recording that; undoing an undoing restores.

        Args:
            numbers: of the events to undo.
            coder: who undoes them; "" = the coder of each.
            time: now, with its zone.
            source: the file that says so; "" = the command line.

        Raises:
            UsageError: there is no such event, or it is undone already.
        """
        moment, wanted = utc(time), list(dict.fromkeys(numbers))

        def undone(log: EventTable) -> list[Event]:
            known = log.heads()
            _refuse_undone(wanted, known)
            ids = log.ids()
            return log.added(
                [
                    Entry(
                        moment,
                        named_coder(coder or known[number].coder),
                        Kind.UNDO,
                        undoes=ids[number],
                        source=one_line(source),
                    )
                    for number in wanted
                ]
            )

        if not self.is_there():
            _refuse_undone(wanted, {})
        return self._write(undone) if wanted else []

    def undo_last(self, coder: str, time: datetime) -> list[Event]:
        """Undo the last act of a coder that is not undone; repeated, it goes further back.

        Raises:
            UsageError: there is none.
        """
        moment = utc(time)
        nothing = UsageError(f"there is nothing of {coder!r} to undo", "see: thematic log")

        def undone(log: EventTable) -> list[Event]:
            known = log.heads()
            gone = undone_by(known.values())
            own = [
                event.number
                for event in known.values()
                if not event.undoes and event.coder == coder and event.number not in gone
            ]
            if not own:
                raise nothing
            return log.added([Entry(moment, coder, Kind.UNDO, undoes=log.ids()[own[-1]])])

        if not self.is_there():
            raise nothing
        return self._write(undone)

    def merge(self, entries: Sequence[Entry]) -> list[Event]:
        """Add the events that are not there yet, all or none; those that are stay as they are.

        Args:
            entries: from another copy of the store, or from text.

        Raises:
            UsageError: one undoes an event that is neither here nor among them.
        """
        return self._write(lambda log: log.merged(entries)) if entries else []

    def _log(self, since: int) -> list[tuple[Entry, Event]]:
        if not self.is_there():
            return []
        with self._opened() as db:
            return list(EventTable(db, self.path).read(since))

    def _write(self, change: Callable[[EventTable], list[Event]]) -> list[Event]:
        if not self.is_there():
            with told(self.path):
                create(self.path)
        with self._opened() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                events = change(EventTable(db, self.path))
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            return events

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with told(self.path), closing(connection(self.path, self.patience)) as db:
            look_over(db, self.path)
            yield db


def _refuse_undone(numbers: Sequence[int], known: Mapping[int, Event]) -> None:
    gone = undone_by(known.values())
    for number in numbers:
        if number not in known:
            there = f"the last one is {max(known)}" if known else "nothing is recorded yet"
            raise UsageError(f"there is no event {number}", there)
        if number in gone:
            raise UsageError(
                f"event {number} is undone already, by event {gone[number]}",
                f"to bring it back, undo event {gone[number]}",
            )
