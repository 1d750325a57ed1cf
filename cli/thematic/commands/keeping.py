"""Keeping what people did: as text for git, back from it, and from copies that were made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.given_files import bytes_of
from thematic.commands.request import faults, listing
from thematic.errors import OutputRefused, Problem, Severity, ThematicError, UsageError

if TYPE_CHECKING:
    from thematic.store.database import Store
    from thematic.store.entries import Entry

_SQLITE = b"SQLite format 3\0"
_STANDARD_OUTPUT = Path("-")


def export_to(file: Path, store: Store, *, quiet: bool) -> None:
    """Write all events as text; a file that holds others is not replaced.

    Raises:
        OutputRefused: the file is something else, or holds events that the store does not.
    """
    from thematic.commands.emit import put
    from thematic.report.talk import tell
    from thematic.store.plain_text import export_text, ids_of

    text = export_text(store)
    if file == _STANDARD_OUTPUT:
        put(text, None)
        return
    if file.exists() and not file.is_dir():
        missing = ids_of(_entries_of(file, store)) - ids_of(store.entries())
        if missing:
            raise OutputRefused(
                f"{str(file)!r} holds {_events(len(missing))} that the study does not",
                f"take them in first: thematic log --restore {file}",
            )
    put(text, file)
    tell(
        f"written: {file}, {_events(len(store.entries()))}; it holds words of transcripts, "
        "whatever the consent: for your own eyes",
        quiet=quiet,
    )


def restore_from(file: Path, store: Store, *, quiet: bool) -> None:
    """Add the events of a text or of another store; those that are there already stay.

    Raises:
        StoreUnusable: the file has faults; all are listed, and nothing is restored.
        UsageError: there is no such file.
    """
    from thematic.report.talk import tell

    if not file.is_file():
        raise UsageError(f"there is no file {str(file)!r}", "name what --export wrote")
    entries = _entries_of(file, store)
    added = store.merge(entries)
    known = len(entries) - len(added)
    tell(f"restored {_events(len(added))}; {known} were there already", quiet=quiet)


def tell_copies(store: Store, *, quiet: bool) -> None:
    """Warn of copies that a sync program made of the store, where these hold other events."""
    from thematic.report.talk import tell_problems
    from thematic.store.plain_text import ids_of

    here = ids_of(store.entries())
    problems = []
    for copy in sorted(store.path.parent.glob(f"{store.path.stem}*{store.path.suffix}")):
        if copy.name == store.path.name:
            continue
        try:
            missing = len(ids_of(_of_database(copy)) - here)
        except ThematicError:
            continue  # no store, or one that cannot be read
        if missing:
            message = f"a copy of {store.path.name} with {_events(missing)} that it does not hold"
            hint = f'to take them in: thematic log --restore "{copy}"'
            problems.append(Problem(str(copy), 0, message, hint, Severity.WARNING))
    tell_problems(problems, quiet=quiet)


def _entries_of(file: Path, store: Store) -> list[Entry]:
    """The events of a text or a database, none of them faulty."""
    from thematic.store.plain_text import ids_of, restore_text
    from thematic.store.store_errors import StoreUnusable

    data = bytes_of(file)
    if data.startswith(_SQLITE):
        return _of_database(file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StoreUnusable(
            f"{str(file)!r} is no text in UTF-8", "name what --export wrote"
        ) from error
    entries, problems = restore_text(text, ids_of(store.entries()))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        told = listing([problem.within(str(file)) for problem in errors[:20]])
        raise StoreUnusable(f"{str(file)!r} has {faults(errors)}; nothing was changed", told)
    return entries


def _of_database(file: Path) -> list[Entry]:
    from thematic.store.database import Store

    return Store(file, patience=1).entries()


def _events(number: int) -> str:
    return f"{number} event{'' if number == 1 else 's'}"
