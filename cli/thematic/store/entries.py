"""One event as it is stored, in the study's database and as text, and the ID it has in both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime

from thematic.errors import UsageError
from thematic.model.nouns import dataclass
from thematic.model.people import Event
from thematic.store.acts import Kind, act_from, move_from

TIME = "%Y-%m-%dT%H:%M:%SZ"
_DIGITS = 16  # of SHA-256, in hex


@dataclass(frozen=True, slots=True)
class Entry:
    """One event without its number, which differs from copy to copy.

    Args:
        time: UTC, as TIME says.
        coder: who recorded it.
        kind: what it is.
        act: canonical JSON; "" of an undo.
        undoes: ID of the event that an undo undoes; else "".
        definition: hash of the code's definition.
        source: the file it came from.
        again: how many events of the very same content came before it: 0 but for repetitions
            within one second.
        id: of its content, 16 hex digits; the same in every copy.
    """

    time: str
    coder: str
    kind: Kind
    act: str = ""
    undoes: str = ""
    definition: str = ""
    source: str = ""
    again: int = 0
    id: str = field(init=False)

    def __post_init__(self) -> None:
        content = (self.time, self.coder, self.kind, self.act, self.undoes, self.definition)
        said = json.dumps([*content, self.source, self.again])
        digest = hashlib.sha256(said.encode("ascii")).hexdigest()
        object.__setattr__(self, "id", digest[:_DIGITS])

    def event(self, number: int, undoes: int) -> Event:
        """The event under its number in one store.

        Raises:
            Misread: what is stored as its act is none.
        """
        told = (undoes, self.definition, self.source)
        if self.kind is Kind.UNDO:
            return Event(number, self.time, self.coder, None, *told)
        value = json.loads(self.act)
        if self.kind is Kind.MOVE:
            return Event(number, self.time, self.coder, None, *told, moved=move_from(value))
        return Event(number, self.time, self.coder, act_from(self.kind, value), *told)


def utc(time: datetime) -> str:
    """A moment as events hold it.

    Raises:
        ValueError: it does not say in which zone it is meant.
    """
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time.astimezone(UTC).strftime(TIME)


def named_coder(name: str) -> str:
    """The name of a coder as it is recorded, without blanks round it.

    Raises:
        UsageError: it is empty, longer than a line, or holds what cannot be seen.
    """
    coder = name.strip()
    if not coder or len(coder) > 100 or not coder.isprintable():
        raise UsageError(f"{name!r} is no name of a coder", "initials are enough, such as AK")
    return coder


def one_line(source: str) -> str:
    """The name of a file as it is recorded."""
    return " ".join(source.encode("utf-8", "replace").decode("utf-8").split())


def undone_first(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries in their order, but none before the one that it undoes; each ID once.

    What an entry undoes need not be among them.
    """
    waiting: Mapping[str, Entry] = {entry.id: entry for entry in entries}
    given: set[str] = set()
    for entry in waiting.values():
        chain = [entry]
        while chain[-1].undoes in waiting and chain[-1].undoes not in given:
            chain.append(waiting[chain[-1].undoes])
        for one in reversed(chain):
            if one.id not in given:
                given.add(one.id)
                yield one
