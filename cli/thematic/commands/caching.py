"""What is kept between runs so that the next one starts quickly; it never changes a result.

Kept is what the language libraries said of a codebook's words (`coding/lexicon.py`), the
codebook made ready (`compiled.py`), and places in transcripts (`kept_readings.py`,
`kept_codings.py`): no word of them, no ID, no path. Each has a file of its own under a name
that says nothing, written whole or not at all; a file that cannot be read or written, or that
others could have written, is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import thematic
from thematic.model.codebook import Codebook

if TYPE_CHECKING:
    from thematic.coding.lexicon import Lexicon

VARIABLE = "THEMATIC_CACHE"  # a folder to use instead of the user's cache folder
FORMAT = 1  # of the lexicons; raised whenever their meaning changes
MOST_FILES = 100
MOST_BYTES = 200_000_000
LIBRARIES = ("spacy", "lemminflect", "re2")  # that have a say in what a codebook means
_PREFIX = "kept-"
_LEXICON = ".lexicon.json"
_LARGEST = 10_000_000  # bytes of a lexicon
_DIGEST = 32  # bytes of a SHA-256
_CODE = (".py", ".so", ".pyd")  # of this program: modules, also those that were compiled


def cache_folder() -> Path:
    """The folder of the cache; it need not exist."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("thematic", appauthor=False)


def cached_files(folder: Path) -> list[Path]:
    """The files of the cache, those used last at the end."""
    found: list[tuple[float, Path]] = []
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another process may just have removed it
            found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found)]


def cached_lexicon(codebook: Codebook) -> Lexicon:
    """The lexicon of a codebook as an earlier run left it, or a new one."""
    from thematic.coding.lexicon import Lexicon

    data = kept_bytes(_file_of(codebook), _LARGEST)
    with suppress(ValueError, RecursionError):
        lexicon = Lexicon.from_data(json.loads(data)) if data else None
        if lexicon and lexicon.language == codebook.language:
            return lexicon
    return Lexicon(codebook.language)


def keep_lexicon(codebook: Codebook, lexicon: Lexicon) -> None:
    """Keep what was asked in this run for the next one."""
    keep_bytes(_file_of(codebook), json.dumps(lexicon.to_data(), sort_keys=True).encode())


def kept_bytes(path: Path, largest: int) -> bytes | None:
    """What a file of the cache holds; None where there is none that can be trusted.

    A file of somebody else, or one that others can write, is not read, nor one whose digest,
    which stands first, is another.
    """
    with suppress(OSError), path.open("rb") as file:
        if not _is_own(os.fstat(file.fileno())):
            return None
        data = file.read(largest + _DIGEST + 1)
        with suppress(OSError):
            os.utime(path)  # used last
        digest, data = data[:_DIGEST], data[_DIGEST:]
        return data if len(data) <= largest and digest == hashlib.sha256(data).digest() else None
    return None


def keep_bytes(path: Path, data: bytes) -> None:
    """Write a file of the cache, whole or not at all, and remove those used longest ago."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, hashlib.sha256(data).digest() + data)
        for old in _beyond_bounds(path.parent):
            old.unlink(missing_ok=True)


def _beyond_bounds(folder: Path) -> Iterator[Path]:
    """The files used longest ago, beyond MOST_FILES and MOST_BYTES."""
    size = 0
    for number, path in enumerate(reversed(cached_files(folder)), start=1):
        size += path.stat().st_size
        if number > MOST_FILES or size > MOST_BYTES:
            yield path


def _is_own(stat: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):  # on Windows the folder is the user's own
        return True
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022


def _write(path: Path, data: bytes) -> None:
    import tempfile

    number, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=".tmp")
    try:
        with os.fdopen(number, "wb") as out:
            out.write(data)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def file_of(key: str, suffix: str) -> Path:
    """The file of what depends on a key; its name says nothing of it."""
    return cache_folder() / f"{_PREFIX}{hashlib.sha256(key.encode()).hexdigest()[:32]}{suffix}"


def _file_of(codebook: Codebook) -> Path:
    told = [FORMAT, codebook.hash, codebook.language, installed(*LIBRARIES), own_code(("coding",))]
    return file_of(json.dumps(told), _LEXICON)


@cache
def own_code(parts: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Name, size and time of every module in these folders of this program, also of compiled ones.

    In a checkout the code changes and the version number does not.
    """
    found = []
    for part in parts:
        with os.scandir(Path(thematic.__file__).parent / part) as files:
            stats = [(file.name, file.stat()) for file in files if file.name.endswith(_CODE)]
        found += [(f"{part}/{name}", stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    return sorted(found)


@cache
def installed(*packages: str) -> list[tuple[str, str, int, int]]:
    """Where each package lies, with size and time of its first module.

    They change with its version, which takes longer to ask for. Nothing is imported.
    """
    found = []
    for name in packages:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            stat = os.stat(spec.origin)
            found.append((name, spec.origin, stat.st_size, stat.st_mtime_ns))
    return found
