"""A store of events that were carried over from another study, as the bytes of its file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from thematic.model.people import Event
from thematic.store.acts import Kind, canonical, kind_of, plain
from thematic.store.database import Store
from thematic.store.entries import Entry, named_coder, one_line
from thematic.store.place import STORE_FILE


def store_bytes(events: Iterable[Event]) -> bytes:
    """The file of a store that holds these events, with their times, in their order.

    Args:
        events: none that undoes an event which does not stand before it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / STORE_FILE
        Store(path).merge(_entries(events))
        return path.read_bytes()


def _entries(events: Iterable[Event]) -> list[Entry]:
    ids: dict[int, str] = {}
    used: set[str] = set()
    entries = []
    for event in events:
        coder, source = named_coder(event.coder), one_line(event.source)
        if event.act is None:
            undone = ids[event.undoes]
            entry = Entry(event.time, coder, Kind.UNDO, undoes=undone, source=source)
        else:
            act = canonical(plain(event.act))
            told = ("", event.definition, source)
            entry = Entry(event.time, coder, kind_of(event.act), act, *told)
        while entry.id in used:
            entry = replace(entry, again=entry.again + 1)
        used.add(entry.id)
        ids[event.number] = entry.id
        entries.append(entry)
    return entries
