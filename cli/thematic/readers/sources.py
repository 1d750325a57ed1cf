"""Which files are transcripts, and what each is called."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from thematic.errors import Problem, Severity
from thematic.readers.ids import below, ids_of, inner_name, written
from thematic.readers.limits import Limits
from thematic.readers.names import bare_name, is_archive, suffix_of
from thematic.readers.packed import Member, Refused, members_of
from thematic.readers.passed_over import (
    MANIFEST,
    SUFFIXES,
    known_suffixes,
    no_reader,
    results_in,
    settings_elsewhere,
    why_not,
    why_not_inside,
)
from thematic.readers.remote import address_of, files_at, local, name_of, shown
from thematic.readers.walking import MEMOS, Folder, real_path, walk

_MAGIC = re.compile(r"[*?\[]")
_MOST_NOTES = 5  # on files passed over in one archive


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the ID of its transcript.

    The ID is the path below the folder (or archive) given, with `/`, NFC, without suffix
    (with it where two would be equal). `members` are the names that lead to a file in an
    archive, from the outermost in; empty for a file on the disk. `real` is where the file
    lies, links followed, as the search for transcripts found it.
    """

    path: Path
    id: str
    members: tuple[str, ...] = ()
    real: str = field(default="", compare=False, repr=False)

    @property
    def name(self) -> str:
        """The file's name, without the ending that says how it is compressed."""
        return bare_name(self.members[-1] if self.members else name_of(self.path))

    @property
    def suffix(self) -> str:
        """By which a reader is chosen, in small letters."""
        return suffix_of(self.name)

    @property
    def shown(self) -> str:
        """The file as messages name it."""
        return " > ".join([shown(self.path), *self.members])


@dataclass(frozen=True)
class Found:
    """What was found at the paths given; `skipped` are notes, `problems` need the user."""

    sources: tuple[Source, ...]
    skipped: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Search:
    limits: Limits
    files: dict[tuple[str, ...], Source] = field(default_factory=dict)  # by real path, members
    skipped: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    folders: dict[str, str] = field(default_factory=dict)  # as `real_path` knows them

    def add(self, path: Path, name: str, real: str = "") -> None:
        """Take a file in, or all that lies in an archive.

        Args:
            path: of the file.
            name: its path below the folder given, with all suffixes; its ID is made of it.
            real: where it lies, links followed; "" = to be found out.
        """
        real = real or real_path(path, self.folders)
        self._take(Source(path, written(name), real=real))

    def _take(self, source: Source) -> None:
        name = source.members[-1] if source.members else name_of(source.path)
        if is_archive(name):
            self._open(source)
        else:
            self.files.setdefault((source.real, *source.members), source)

    def _open(self, archive: Source) -> None:
        try:
            members = members_of(archive.path, archive.members, self.limits)
        except Refused as refused:
            self.problems.append(refused.problem.within(archive.shown))
            return
        passed_over = 0
        for member in members:
            note = _why_not_in_archive(member)
            if note is None:
                inner = replace(archive, members=(*archive.members, member.written))
                self._take(replace(inner, id=inner_name(archive, member.name, members)))
            elif note.severity is Severity.ERROR:
                self.problems.append(note.within(f"{archive.shown} > {member.name}"))
            elif (passed_over := passed_over + 1) <= _MOST_NOTES:
                self.skipped.append(note.within(f"{archive.shown} > {member.name}"))
        if passed_over > _MOST_NOTES:
            message = f"{passed_over - _MOST_NOTES} more files in it are not read: no transcripts"
            self.skipped.append(Problem(archive.shown, 0, message, "", Severity.NOTE))


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
    search = _Search(limits or Limits())
    for path in map(Path, paths):
        try:
            _take(local(path), search)
        except (OSError, ValueError) as error:
            search.problems.append(_unreadable(path, error))
    sources = _named(list(search.files.values()), base)
    return Found(sources, tuple(search.skipped), tuple(search.problems))


def _named(files: Sequence[Source], base: Path | None) -> tuple[Source, ...]:
    named = zip(ids_of(files, base), files, strict=True)
    sources = (Source(file.path, id, file.members, file.real) for id, file in named)
    return tuple(sorted(sources, key=attrgetter("id")))


def _take(path: Path, search: _Search) -> None:
    if address_of(path):
        _take_address(path, search)
    elif path.is_dir():
        before = len(search.files)
        _take_folder(path, path, search)
        if len(search.files) == before and not _holds_some(path, search):
            problem = Problem(str(path), 0, "no transcripts in this folder", known_suffixes())
            search.problems.append(problem)
    elif path.exists():
        _take_file(path, search)
    elif _MAGIC.search(str(path)):
        _take_pattern(path, search)
    else:
        hint = "check the spelling; relative names are looked up in the current folder"
        search.problems.append(Problem(str(path), 0, "there is no such file or folder", hint))


def _take_address(path: Path, search: _Search) -> None:
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


def _holds_some(folder: Path, search: _Search) -> bool:
    real = os.path.realpath(folder) + os.sep
    return any(key[0].startswith(real) for key in search.files)


def _take_file(path: Path, search: _Search) -> None:
    if not path.is_file():
        message = "this is no ordinary file"
        search.problems.append(Problem(str(path), 0, message, "name a file or a folder"))
    elif is_archive(path.name):
        before = len(search.files), len(search.problems)
        search.add(path, "")  # named itself, it is searched like a folder
        if (len(search.files), len(search.problems)) == before:
            problem = Problem(str(path), 0, "no transcripts in this archive", known_suffixes())
            search.problems.append(problem)
    elif suffix_of(path.name) not in SUFFIXES:
        search.problems.append(no_reader(str(path), Severity.ERROR))
    else:
        search.add(path, below(path, path.parent))


def _take_pattern(pattern: Path, search: _Search) -> None:
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
            _take_if_transcript(match, below(match, folder), search)


def _take_folder(folder: Path, above: Path, search: _Search) -> None:
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
            elif not name.startswith("."):
                path, real = here.path / name, here.real_path(name)
                _take_if_transcript(path, f"{inside}{name}", search, real)


def _note_on(folder: Folder, name: str, what: str) -> Problem:
    return Problem(str(folder.path / name), 0, f"not read: {what}", "", Severity.NOTE)


def _take_if_transcript(path: Path, name: str, search: _Search, real: str = "") -> None:
    """Take in a file that was not named itself; arguments as of `_Search.add`.

    With its real path it is known to be an ordinary file.
    """
    note = why_not(path.name)
    if note is None and not real and not path.is_file():
        what = "not read: the link leads nowhere, or it is no ordinary file"
        note = Problem("", 0, what, "", Severity.NOTE)
    note = note or why_not_inside(path)
    if note:
        search.skipped.append(note.within(str(path)))
    else:
        search.add(path, name, real)


def _why_not_in_archive(member: Member) -> Problem | None:
    parts = member.name.split("/")
    if member.leads_out:
        message = "not read: its name leads out of the archive"
        return Problem("", 0, message, "this archive was made to do harm, or by a broken program")
    if parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
        return Problem("", 0, "not read: a hidden file", "", Severity.NOTE)
    return settings_elsewhere(member.name) or why_not(member.name)


def _unreadable(path: Path, error: Exception) -> Problem:
    message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return Problem(shown(path), 0, message, "check the name and the rights of the file")
