"""Which files are transcripts: at the paths, patterns and addresses that a user names."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path

from thematic.errors import Problem, Severity
from thematic.readers.ids import below, ids_of
from thematic.readers.limits import Limits
from thematic.readers.names import is_archive, suffix_of
from thematic.readers.passed_over import (
    MANIFEST,
    SUFFIXES,
    is_plain_name,
    known_suffixes,
    no_reader,
    results_in,
    settings_elsewhere,
    why_not,
    why_not_inside,
)
from thematic.readers.remote import address_of, files_at, local, name_of, shown
from thematic.readers.sources import Found, Search, Source
from thematic.readers.walking import MEMOS, Folder, walk

_MAGIC = re.compile(r"[*?\[]")


def find_transcripts(
    paths: Sequence[Path | str], base: Path | None = None, limits: Limits | None = None
) -> Found:
    """The transcripts at the paths given, sorted by ID in code-point order.

    Where two IDs would be equal, they are the paths below `base` (a study's folder).

    Folders are searched with all folders below them, without hidden ones, and so are zip
    archives; what is plainly no transcript is skipped with a note. A path that does not
    exist and holds `*`, `?` or `[` is a pattern. A file given by name is always taken, or
    is a Problem.
    """
    search = Search(limits or Limits())
    for path in map(Path, paths):
        try:
            _take(local(path), search)
        except (OSError, ValueError) as error:
            search.problems.append(_unreadable(path, error))
    sources = _named(list(search.files.values()), base)
    return Found(sources, tuple(search.skipped), tuple(search.problems))


def _named(files: Sequence[Source], base: Path | None) -> tuple[Source, ...]:
    named = zip(ids_of(files, base), files, strict=True)
    sources = (Source(file.file, id, file.members, file.real) for id, file in named)
    return tuple(sorted(sources, key=attrgetter("id")))


def _take(path: Path, search: Search) -> None:
    if address_of(path):
        _take_address(path, search)
    elif path.is_file():
        _take_file(path, search)
    elif path.is_dir():
        before = len(search.files)
        _take_folder(path, path, search)
        if len(search.files) == before and not _holds_some(path, search):
            problem = Problem(str(path), 0, "no transcripts in this folder", known_suffixes())
            search.problems.append(problem)
    elif path.exists():
        message = "this is no ordinary file"
        search.problems.append(Problem(str(path), 0, message, "name a file or a folder"))
    elif _MAGIC.search(str(path)):
        _take_pattern(path, search)
    else:
        hint = "check the spelling; relative names are looked up in the current folder"
        search.problems.append(Problem(str(path), 0, "there is no such file or folder", hint))


def _take_address(path: Path, search: Search) -> None:
    """As `_take`, of an address; what is told of a folder here is told of one elsewhere."""
    before = len(search.files), len(search.problems)
    for file, folder in files_at(path):
        if file == path:
            note = None if suffix_of(name_of(file)) in SUFFIXES else no_reader("", Severity.ERROR)
        else:
            note = _why_not_at_address(below(file, folder))
        if note is None:
            itself = is_archive(name_of(file)) and file == path
            search.add(file, "" if itself else below(file, folder))
        else:
            told = search.problems if note.severity is Severity.ERROR else search.skipped
            told.append(note.within(shown(file)))
    if (len(search.files), len(search.problems)) == before:
        problem = Problem(shown(path), 0, "no transcripts at this address", known_suffixes())
        search.problems.append(problem)


def _why_not_at_address(name: str) -> Problem | None:
    if any(part.startswith(".") or part.casefold() == MEMOS for part in name.split("/")):
        return Problem("", 0, "not read: a hidden file, or a memo", "", Severity.NOTE)
    return settings_elsewhere(name) or why_not(name)


def _holds_some(folder: Path, search: Search) -> bool:
    real = os.path.realpath(folder) + os.sep
    return any(key[0].startswith(real) for key in search.files)


def _take_file(path: Path, search: Search) -> None:
    if is_archive(path.name):
        before = len(search.files), len(search.problems)
        search.add(path, "")  # named itself, it is searched like a folder
        if (len(search.files), len(search.problems)) == before:
            problem = Problem(str(path), 0, "no transcripts in this archive", known_suffixes())
            search.problems.append(problem)
    elif suffix_of(path.name) not in SUFFIXES:
        search.problems.append(no_reader(str(path), Severity.ERROR))
    else:
        search.add(path, below(path, path.parent))


def _take_pattern(pattern: Path, search: Search) -> None:
    matches = sorted(glob.glob(str(pattern), recursive=True))
    parts = pattern.parts
    fixed = next(n for n, part in enumerate(parts) if _MAGIC.search(part))
    folder = Path(*parts[:fixed]) if fixed else Path()
    if not matches:
        hint = "put the pattern in quotes and check it"
        search.problems.append(Problem(str(pattern), 0, "nothing matches this pattern", hint))
    for match in map(Path, matches):
        if match.is_dir():
            _take_folder(match, folder, search)
        else:
            _take_if_transcript(str(match), below(match, folder), search)


def _take_folder(folder: Path, above: Path, search: Search) -> None:
    """Take in the transcripts in a folder and below; their IDs begin below the one above."""

    def fault(error: OSError) -> None:
        search.problems.append(_unreadable(Path(error.filename or folder), error))

    for here in walk(folder, fault):
        search.skipped += [_note_on(here, name, "a folder of memos") for name in here.memos]
        inside = f"{below(here.path, above)}/" if here.path != above else ""
        results = results_in(here.path) if MANIFEST in here.files else frozenset()
        for name in here.files:
            if name in results:
                search.skipped.append(_note_on(here, name, "a result of thematic"))
            elif name[0] != ".":
                path, real = here.path_of(name), here.real_path(name)
                if real and is_plain_name(name):
                    search.add_plain(path, f"{inside}{name}", real)
                else:
                    _take_if_transcript(path, f"{inside}{name}", search, real)


def _note_on(folder: Folder, name: str, what: str) -> Problem:
    return Problem(folder.path_of(name), 0, f"not read: {what}", "", Severity.NOTE)


def _take_if_transcript(path: str, name: str, search: Search, real: str = "") -> None:
    """Take in a file that was not named itself; arguments as of `Search.add`.

    With its real path it is known to be an ordinary file.
    """
    note = why_not(name)
    if note is None and not real and not os.path.isfile(path):
        what = "not read: the link leads nowhere, or it is no ordinary file"
        note = Problem("", 0, what, "", Severity.NOTE)
    note = note or why_not_inside(path)
    if note:
        search.skipped.append(note.within(path))
    else:
        search.add(path, name, real)


def _unreadable(path: Path, error: Exception) -> Problem:
    message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return Problem(shown(path), 0, message, "check the name and the rights of the file")
