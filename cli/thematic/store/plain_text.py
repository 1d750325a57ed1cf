"""The store as text for git: one event a line, and back; two people's texts make one log."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from thematic.errors import Problem, Severity, UsageError
from thematic.store.acts import Kind, Misread, act_from, canonical, move_from
from thematic.store.database import Store
from thematic.store.entries import TIME, Entry, named_coder, undone_first

SCHEMA = "thematic.people"
VERSION = 1
HEAD = canonical({"schema": f"{SCHEMA}/{VERSION}"})
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MEND = "take the file from an earlier commit, or leave this line out"


def export_text(store: Store) -> str:
    """All events of a store as JSON lines, the first of which names their shape.

    Copies that hold the same events give the same bytes, whatever the numbers in each.

    Raises:
        StoreUnusable, StoreRefused: the store cannot be read.
    """
    return text_of(store.entries())


def text_of(entries: Iterable[Entry]) -> str:
    """Events as JSON lines, in order of time, then coder, then as they were recorded."""
    in_order = sorted(entries, key=lambda entry: (entry.time, entry.coder))
    return "".join(f"{line}\n" for line in [HEAD, *map(_line, undone_first(in_order))])


def _line(entry: Entry) -> str:
    """One event in the order in which people read it: when, who, what."""
    fields: dict[str, object] = {"id": entry.id, "time": entry.time, "coder": entry.coder}
    fields["kind"] = entry.kind.value
    fields |= {"undoes": entry.undoes} if entry.undoes else {}
    fields |= {"definition": entry.definition} if entry.definition else {}
    fields |= {"source": entry.source} if entry.source else {}
    fields |= {"again": entry.again} if entry.again else {}
    parts = [f"{canonical(name)}:{canonical(value)}" for name, value in fields.items()]
    parts += [f'"act":{entry.act}'] if entry.act else []
    return f"{{{','.join(parts)}}}"


def restore_text(
    text: str, known: Collection[str] = frozenset()
) -> tuple[list[Entry], list[Problem]]:
    """The events of an exported text, and every fault in it, by line. Never raises.

    Lines may stand in any order and more than once, as they do after a merge in git.

    Args:
        text: as `export_text` makes it, or several of those.
        known: the IDs of the events that are there already, which lines may undo.

    Returns:
        Each event once, in order of the lines, none before the one it undoes. With a problem
        of severity error nothing should be restored.
    """
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, line in _lines(text):
        try:
            entry = _entry(line)
        except Misread as fault:
            problems.append(_problem(number, line, fault))
            continue
        if entry is not None and entry.id not in entries:
            entries[entry.id], lines[entry.id] = entry, number
    for id, entry in entries.items():
        if entry.undoes and entry.undoes not in entries and entry.undoes not in known:
            message = f"it undoes event {entry.undoes}, which is neither here nor in the store"
            problems.append(Problem("", lines[id], message, "restore from a file with all events"))
    if not text.strip():
        problems.append(Problem("", 0, "there is nothing in it", "", Severity.WARNING))
    return list(undone_first(entries.values())), sorted(problems)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if stripped := line.strip():
            yield number, stripped


def _problem(number: int, line: str, fault: Misread) -> Problem:
    if line.startswith(_CONFLICT):
        hint = "keep the lines of both sides, and delete those that git put in between"
        return Problem("", number, "git left a conflict here", hint)
    return Problem("", number, str(fault), _MEND)


def _entry(line: str) -> Entry | None:
    """The event of a line; None for a line that only names the shape.

    Raises:
        Misread: it is neither.
    """
    fields = _object(line)
    if set(fields) == {"schema"}:
        _refuse_newer(fields["schema"])
        return None
    kind = _taken(fields, "kind", str)
    if kind not in set(Kind):
        raise Misread(f"kind is {kind!r}, it should be one of {', '.join(Kind)}")
    id = _taken(fields, "id", str, "")
    entry = Entry(
        _time(fields),
        _coder(fields),
        Kind(kind),
        "" if kind == Kind.UNDO else _act(Kind(kind), fields.pop("act", None)),
        _taken(fields, "undoes", str) if kind == Kind.UNDO else "",
        _taken(fields, "definition", str, ""),
        _taken(fields, "source", str, ""),
        _taken(fields, "again", int, 0),
    )
    if fields:
        raise Misread(f"the event has a field that is not known: {min(fields)}")
    if id and id != entry.id:
        raise Misread("the line was changed after it was written, or is damaged")
    return entry


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Misread("this is no JSON; the line was cut off or changed") from error
    if not isinstance(value, dict):
        raise Misread("this is no event")
    return value


def _refuse_newer(schema: object) -> None:
    name, _, version = str(schema).partition("/")
    if name != SCHEMA or not version.isdecimal():
        raise Misread(f"the lines are {schema}, not {SCHEMA}")
    if int(version) > VERSION:
        raise Misread(f"the lines were written by a newer thematic ({schema}); update this one")


def _taken(fields: dict[str, Any], name: str, kind: type, default: Any = None) -> Any:
    value = fields.pop(name, default)
    if type(value) is not kind:
        raise Misread(f"{name} is missing or no {'text' if kind is str else 'whole number'}")
    return value


def _time(fields: dict[str, Any]) -> str:
    time: str = _taken(fields, "time", str)
    try:
        if _TIME.fullmatch(time) and datetime.strptime(time, TIME):
            return time
    except ValueError:
        pass
    raise Misread(f"time is {time!r}, it should be like 2026-08-01T09:30:00Z")


def _coder(fields: dict[str, Any]) -> str:
    written: str = _taken(fields, "coder", str)
    try:
        coder = named_coder(written)
    except UsageError as error:
        raise Misread(error.message) from error
    if coder != written:
        raise Misread("there are blanks round the name of the coder")
    return coder


def _act(kind: Kind, value: object) -> str:
    """The act in canonical form, seen to be one."""
    try:
        if kind is Kind.MOVE:
            move_from(value)
        else:
            act_from(kind, value)
        return canonical(value)
    except RecursionError as error:
        raise Misread("the act is too deep") from error


def ids_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The IDs of some events."""
    return frozenset(entry.id for entry in entries)
