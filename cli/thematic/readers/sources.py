"""Which files are transcripts, and what each is called."""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from thematic.errors import Problem, Severity
from thematic.readers.limits import Limits
from thematic.readers.packed import (
    Member,
    Refused,
    bare_name,
    is_archive,
    members_of,
    stem_and_suffix,
)
from thematic.readers.passed_over import (
    MANIFEST,
    SUFFIXES,
    is_own_page,
    is_table_of_codings,
    known_suffixes,
    no_reader,
    results_in,
    settings_elsewhere,
    suffix_of,
    why_not,
)
from thematic.readers.remote import address_of, files_at, local, name_of, shown

MEMOS = "memos"  # the folder of memos, which `thematic import` takes in
_MAGIC = re.compile(r"[*?\[]")
_MOST_NOTES = 5  # on files passed over in one archive


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the ID of its transcript.

    The ID is the path below the folder (or archive) given, with `/`, NFC, without suffix
    (with it where two would be equal). `members` are the names that lead to a file in an
    archive, from the outermost in; empty for a file on the disk.
    """

    path: Path
    id: str
    members: tuple[str, ...] = ()

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

    def add(self, path: Path, below: Path) -> None:
        """Take a file in, or all that lies in an archive; the ID is its path below a folder."""
        # A name that is no UTF-8 is shown with replacement characters.
        written = _from_folder(_plain(path), _plain(below)).encode("utf-8", "surrogateescape")
        name = unicodedata.normalize("NFC", written.decode("utf-8", "replace"))
        self.add_source(Source(path, name))

    def add_source(self, source: Source) -> None:
        """Take in a source whose ID is still its name with all suffixes."""
        name = source.members[-1] if source.members else name_of(source.path)
        if is_archive(name):
            self._open(source)
        else:
            real = real_path(source.path, self.folders)
            self.files.setdefault((real, *source.members), source)

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
                self.add_source(replace(inner, id=_inner_name(archive, member.name, members)))
            elif note.severity is Severity.ERROR:
                self.problems.append(note.within(f"{archive.shown} > {member.name}"))
            elif (passed_over := passed_over + 1) <= _MOST_NOTES:
                self.skipped.append(note.within(f"{archive.shown} > {member.name}"))
        if passed_over > _MOST_NOTES:
            message = f"{passed_over - _MOST_NOTES} more files in it are not read: no transcripts"
            self.skipped.append(Problem(archive.shown, 0, message, "", Severity.NOTE))


def real_path(path: Path, folders: dict[str, str]) -> str:
    """As `os.path.realpath`, which looks at every folder anew for each file in it.

    Args:
        path: of a file.
        folders: the real paths of folders that are known; more are added.
    """
    if path.is_symlink() or path.name in ("", ".."):
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)


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
    sources = sorted(_named(list(search.files.values()), base), key=lambda source: source.id)
    return Found(tuple(sources), tuple(search.skipped), tuple(search.problems))


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
    for file, below in files_at(path):
        if file == path:
            note = None if suffix_of(name_of(file)) in SUFFIXES else no_reader("", Severity.ERROR)
        else:
            note = _why_not_at_address(file, below)
        if note is None and is_archive(name_of(file)) and file == path:
            search.add_source(Source(file, ""))
        elif note is None:
            search.add(file, below)
        else:
            told = search.problems if note.severity is Severity.ERROR else search.skipped
            told.append(note.within(shown(file)))
    if (len(search.files), len(search.problems)) == before:
        problem = Problem(shown(path), 0, "no transcripts at this address", known_suffixes())
        search.problems.append(problem)


def _why_not_at_address(file: Path, below: Path) -> Problem | None:
    name = _from_folder(_plain(file), _plain(below))
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
        search.add_source(Source(path, ""))  # named itself, it is searched like a folder
        if (len(search.files), len(search.problems)) == before:
            problem = Problem(str(path), 0, "no transcripts in this archive", known_suffixes())
            search.problems.append(problem)
    elif suffix_of(path.name) not in SUFFIXES:
        search.problems.append(no_reader(str(path), Severity.ERROR))
    else:
        search.add(path, path.parent)


def _take_pattern(pattern: Path, search: _Search) -> None:
    matches = sorted(glob.glob(str(pattern), recursive=True))
    parts = pattern.parts
    fixed = next(n for n, part in enumerate(parts) if _MAGIC.search(part))
    base = Path(*parts[:fixed]) if fixed else Path()
    if not matches:
        hint = "put the pattern in quotes and check it"
        search.problems.append(Problem(str(pattern), 0, "nothing matches this pattern", hint))
    for match in map(Path, matches):
        if match.is_dir():
            _take_folder(match, base, search)
        else:
            _take_if_transcript(match, base, search)


def _take_folder(folder: Path, below: Path, search: _Search) -> None:
    for path in _walk(folder, search):
        _take_if_transcript(path, below, search)


def _walk(folder: Path, search: _Search) -> Iterator[Path]:
    """Files in a folder and below; links are followed, each real folder is entered once."""
    seen: set[str] = set()

    def fault(error: OSError) -> None:
        search.problems.append(_unreadable(Path(error.filename or folder), error))

    for here, folders, files in os.walk(folder, followlinks=True, onerror=fault):
        real = os.path.realpath(here)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        search.skipped += [
            Problem(str(Path(here, name)), 0, "not read: a folder of memos", "", Severity.NOTE)
            for name in sorted(folders)
            if name.casefold() == MEMOS
        ]
        folders[:] = sorted(n for n in folders if n.casefold() != MEMOS and not n.startswith("."))
        folder_here = Path(here)
        results = results_in(folder_here) if MANIFEST in files else frozenset()
        for name in sorted(files):
            if name in results:
                what = "not read: a result of thematic"
                search.skipped.append(Problem(str(Path(here, name)), 0, what, "", Severity.NOTE))
            elif not name.startswith("."):
                yield folder_here / name


def _take_if_transcript(path: Path, below: Path, search: _Search) -> None:
    note = why_not(path.name)
    if note is None and not path.is_file():
        what = "not read: the link leads nowhere, or it is no ordinary file"
        note = Problem("", 0, what, "", Severity.NOTE)
    if note is None and is_own_page(path):
        note = Problem("", 0, "not read: a result of thematic", "", Severity.NOTE)
    if note is None and is_table_of_codings(path):
        what = "not read: a table of codings or decisions, no transcript"
        hint = "to take it in: thematic import, decide or adjudicate"
        note = Problem("", 0, what, hint, Severity.NOTE)
    if note:
        search.skipped.append(note.within(str(path)))
    else:
        search.add(path, below)


def _why_not_in_archive(member: Member) -> Problem | None:
    parts = member.name.split("/")
    if member.leads_out:
        message = "not read: its name leads out of the archive"
        return Problem("", 0, message, "this archive was made to do harm, or by a broken program")
    if parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
        return Problem("", 0, "not read: a hidden file", "", Severity.NOTE)
    return settings_elsewhere(member.name) or why_not(member.name)


def _inner_name(archive: Source, name: str, members: Sequence[Member]) -> str:
    """The name of an archive's file: below the archive's own, as if that were a folder.

    A folder in it that is called as the archive itself and holds everything is left out.
    """
    last = PurePosixPath(archive.members[-1] if archive.members else name_of(archive.path)).stem
    if all(member.name.startswith((f"{last}/", "__MACOSX/")) for member in members):
        name = name.removeprefix(f"{last}/")
    own = _without_suffix(archive.id)
    return f"{own}/{name}" if own else name


def _unreadable(path: Path, error: Exception) -> Problem:
    message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return Problem(shown(path), 0, message, "check the name and the rights of the file")


def _named(files: Sequence[Source], base: Path | None) -> Iterator[Source]:
    """IDs: without suffix where that is enough, then with it, then with the folder's name."""
    if base is not None and len({_without_suffix(file.id) for file in files}) < len(files):
        files = [replace(file, id=_below(file, base) or file.id) for file in files]
    shorts = {file.id: _without_suffix(file.id) for file in files}
    bare = Counter([shorts[file.id] for file in files])
    full = Counter([file.id for file in files])
    used: set[str] = set()
    for file in sorted(files, key=lambda file: (str(file.path), file.members)):
        short = shorts[file.id]
        if bare[short] == 1:
            best = short
        elif full[file.id] == 1:
            best = file.id
        else:
            whole = "/".join([_plain(file.path).as_posix(), *file.members])
            best = unicodedata.normalize("NFC", whole).lstrip("/")
        while best in used:
            best += "'"
        used.add(best)
        yield Source(file.path, best, file.members)


def _plain(path: Path) -> Path:
    """A path; of an address without passwords and keys, which no ID may show."""
    return Path(shown(path)) if address_of(path) else path


def _from_folder(path: Path, folder: Path) -> str:
    """A path as seen from a folder above it, with `/`."""
    whole, above = path.as_posix(), folder.as_posix()
    above = "" if above == "." else f"{above.rstrip('/')}/"
    if whole.startswith(above):
        return whole[len(above) :]
    return path.relative_to(folder).as_posix()


def _below(file: Source, base: Path) -> str:
    """The path as seen from a folder, or an empty text where it lies elsewhere."""
    try:
        seen = Path(os.path.realpath(file.path)).relative_to(os.path.realpath(base))
    except ValueError:
        return ""
    whole = "/".join([seen.as_posix(), *file.members])
    return unicodedata.normalize("NFC", whole)


def _without_suffix(name: str) -> str:
    """The name without its ending, and without that of a compression: `E01` of `E01.txt.gz`."""
    folder, sign, last = name.rpartition("/")
    bare = bare_name(last)
    stem = stem_and_suffix(bare)[0] if bare else last
    return f"{folder}{sign}{stem}"
