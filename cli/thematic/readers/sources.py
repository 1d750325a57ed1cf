"""Which files are transcripts, and what each is called."""

from __future__ import annotations

import glob
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thematic.errors import Problem, Severity
from thematic.readers.formats.registry import READERS
from thematic.readers.speakers.vocabulary import in_order

SUFFIXES = tuple(READERS)

_NO_TRANSCRIPT_NAME = re.compile(
    r"(?:readme|licen[sc]e|copying|notice|changelog|changes|contributing|authors|citation"
    r"|code_of_conduct)(?:[._-].*)?"
    r"|study\.ya?ml|attributes\.(?:csv|tsv|xlsx)|thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
_NO_TRANSCRIPT_SUFFIXES = in_order(
    ".yaml .yml .py .pyc .toml .cfg .ini .lock .bib .sh .html .htm .css .js .log .tmp .bak"
)
MANIFEST = "manifest.json"
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and the ID of its transcript.

    The ID is the path below the folder given, with `/`, NFC, without suffix (with it where
    two would be equal).
    """

    path: Path
    id: str


@dataclass(frozen=True)
class Found:
    """What was found at the paths given; `skipped` are notes, `problems` need the user."""

    sources: tuple[Source, ...]
    skipped: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class _Search:
    files: dict[str, tuple[Path, str]] = field(default_factory=dict)  # real path -> path, name
    skipped: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: Path, below: Path) -> None:
        """Take a file in; its name is its path below a folder."""
        # A name that is no UTF-8 is shown with replacement characters.
        written = path.relative_to(below).as_posix().encode("utf-8", "surrogateescape")
        name = written.decode("utf-8", "replace")
        self.files.setdefault(os.path.realpath(path), (path, unicodedata.normalize("NFC", name)))


def find_transcripts(paths: Sequence[Path | str], base: Path | None = None) -> Found:
    """The transcripts at the paths given, sorted by ID in code-point order.

    Where two IDs would be equal, they are the paths below `base` (a study's folder).

    Folders are searched with all folders below them, without hidden ones; what is plainly
    no transcript is skipped with a note. A path that does not exist and holds `*`, `?` or
    `[` is a pattern. A file given by name is always taken, or is a Problem.
    """
    search = _Search()
    for path in map(Path, paths):
        try:
            _take(path, search)
        except (OSError, ValueError) as error:
            search.problems.append(_unreadable(path, error))
    sources = sorted(_named(list(search.files.values()), base), key=lambda source: source.id)
    return Found(tuple(sources), tuple(search.skipped), tuple(search.problems))


def _take(path: Path, search: _Search) -> None:
    if path.is_dir():
        before = len(search.files)
        _take_folder(path, path, search)
        if len(search.files) == before and not _holds_some(path, search):
            hint = f"files that can be read end in {' '.join(SUFFIXES)}"
            search.problems.append(Problem(str(path), 0, "no transcripts in this folder", hint))
    elif path.exists():
        _take_file(path, search)
    elif _MAGIC.search(str(path)):
        _take_pattern(path, search)
    else:
        hint = "check the spelling; relative names are looked up in the current folder"
        search.problems.append(Problem(str(path), 0, "there is no such file or folder", hint))


def _holds_some(folder: Path, search: _Search) -> bool:
    real = os.path.realpath(folder) + os.sep
    return any(file.startswith(real) for file in search.files)


def _take_file(path: Path, search: _Search) -> None:
    if path.suffix.lower() not in SUFFIXES:
        search.problems.append(no_reader(path, Severity.ERROR))
    elif not path.is_file():
        message = "this is no ordinary file"
        search.problems.append(Problem(str(path), 0, message, "name a file or a folder"))
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
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        results = _results(Path(here)) if MANIFEST in files else frozenset()
        for name in sorted(files):
            if name in results:
                what = "not read: a result of thematic"
                search.skipped.append(Problem(str(Path(here, name)), 0, what, "", Severity.NOTE))
            elif not name.startswith("."):
                yield Path(here, name)


def _results(folder: Path) -> frozenset[str]:
    """The files of a result folder that thematic wrote; none where the manifest is another's."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if str(manifest["schema"]).startswith("thematic.manifest/"):
            return frozenset({MANIFEST, *manifest["files"]})
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return frozenset()


def _take_if_transcript(path: Path, below: Path, search: _Search) -> None:
    note = _why_not(path)
    if note:
        search.skipped.append(note)
    else:
        search.add(path, below)


def _why_not(path: Path) -> Problem | None:
    """A note why a file in a folder is not read, or None."""
    suffix = path.suffix.lower()
    if path.name.startswith("~$"):
        what = "not read: Word left it while the file beside it is open"
    elif _NO_TRANSCRIPT_NAME.fullmatch(path.name) or suffix in _NO_TRANSCRIPT_SUFFIXES:
        what = "not read: no transcript, by its name"
    elif suffix not in SUFFIXES:
        return no_reader(path, Severity.NOTE)
    elif not path.is_file():
        what = "not read: the link leads nowhere, or it is no ordinary file"
    else:
        return None
    return Problem(str(path), 0, what, "", Severity.NOTE)


def no_reader(path: Path, severity: Severity) -> Problem:
    """The problem of a file whose suffix no reader knows."""
    kind = path.suffix.lower() or "files without a suffix"
    hint = f"save it as one of {' '.join(SUFFIXES)}"
    return Problem(str(path), 0, f"not read: no reader for {kind}", hint, severity)


def _unreadable(path: Path, error: Exception) -> Problem:
    message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return Problem(str(path), 0, message, "check the name and the rights of the file")


def _named(files: Sequence[tuple[Path, str]], base: Path | None) -> Iterator[Source]:
    """IDs: without suffix where that is enough, then with it, then with the folder's name."""
    if base is not None and len({_without_suffix(*file) for file in files}) < len(files):
        files = [(path, _below(path, base) or name) for path, name in files]
    bare = Counter(_without_suffix(path, name) for path, name in files)
    full = Counter(name for _, name in files)
    used: set[str] = set()
    for path, name in sorted(files, key=lambda file: str(file[0])):
        short = _without_suffix(path, name)
        if bare[short] == 1:
            best = short
        elif full[name] == 1:
            best = name
        else:
            best = unicodedata.normalize("NFC", path.as_posix()).lstrip("/")
        while best in used:
            best += "'"
        used.add(best)
        yield Source(path, best)


def _below(path: Path, base: Path) -> str:
    """The path as seen from a folder, or an empty text where it lies elsewhere."""
    try:
        seen = Path(os.path.realpath(path)).relative_to(os.path.realpath(base))
    except ValueError:
        return ""
    return unicodedata.normalize("NFC", seen.as_posix())


def _without_suffix(path: Path, name: str) -> str:
    suffix = unicodedata.normalize("NFC", path.suffix)
    return name.removesuffix(suffix) if suffix else name
