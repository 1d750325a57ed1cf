"""Files that lie elsewhere: addresses such as s3://bucket/talks, read through fsspec.

An address comes in as a path, for that is what a command line holds; pathlib makes one slash
of the two behind its colon, and here they are two again. Nothing is contacted for paths that
are no addresses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from thematic.errors import NotInstalled
from thematic.model.nouns import dataclass
from thematic.model.patterns import expression

_ADDRESS = expression(r"([A-Za-z][A-Za-z0-9+.-]+):/{1,2}(?!/)(.+)", re.DOTALL)
_HERE = frozenset({"file", "local"})
_IN_MEMORY = frozenset({"memory"})
_WEB = frozenset({"http", "https"})
_PATTERN = expression(r"[*\[]")
_SECRET = expression(r"(://)[^/@\s]*@|\?[^\s'\")]*")
_LONGEST = 300  # characters of what a service says


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as its service describes it: bytes (None = it does not say), and its state.

    The state is a number that changes when the file does, as far as the service tells.
    """

    size: int | None
    state: int


def address_of(path: Path | str) -> str:
    """The address that a path stands for; "" where it is a path of this computer."""
    if ":" not in str(path):  # which is fast, for there may be many
        return ""
    found = _parsed(path)
    return f"{found[0]}://{found[1]}" if found and found[0] not in _HERE else ""


def local(path: Path) -> Path:
    """A path; that of this computer where it is written as file:///folder/name."""
    found = _parsed(path)
    return Path(f"/{found[1]}") if found and found[0] in _HERE else path


def _parsed(path: Path | str) -> tuple[str, str] | None:
    """Protocol and the rest; None for a path, also one of a folder that is called `s3:`."""
    path = Path(path)
    found = _ADDRESS.fullmatch(path.as_posix())
    if not found or Path(path.parts[0]).exists():
        return None
    return found[1].lower(), found[2]


def shown(path: Path | str) -> str:
    """A path as messages name it: an address without passwords and keys."""
    address = address_of(path)
    return _SECRET.sub(r"\1", address) if address else str(path)


def name_of(path: Path | str) -> str:
    """The last part of a path, without what an address asks behind it."""
    written = str(path)
    if ":" not in written:
        return path.name if isinstance(path, Path) else written.rpartition(os.sep)[2]
    address = address_of(path)
    if not address:
        return Path(path).name
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]


def contacted(paths: Sequence[Path]) -> list[str]:
    """The services and hosts that reading these paths contacts, each once."""
    found: dict[str, None] = {}
    for address in filter(None, map(address_of, paths)):
        protocol, _, rest = address.partition("://")
        if protocol not in _IN_MEMORY:
            found[_SECRET.sub(r"\1", f"{protocol}://{rest.partition('/')[0]}")] = None
    return list(found)


def files_at(path: Path) -> list[tuple[Path, Path]]:
    """Each file at an address, with the folder (or pattern's fixed part) it was found below.

    Raises:
        NotInstalled: fsspec is missing, or its part for this kind of address.
        OSError: the service cannot be reached, or there is no such file.
    """
    address = address_of(path)
    with _telling(address):
        service, place = _service(address)
        if _PATTERN.search(place) and not _is_web(address):
            fixed = place[: _PATTERN.search(place).start()].rpartition("/")[0]  # type: ignore[union-attr]
            found = [name for name in service.glob(place) if not service.isdir(name)]
            return [(_path(service, name), _path(service, fixed)) for name in sorted(found)]
        if _is_web(address) or not service.isdir(place):
            service.info(place)
            return [(path, path.parent)]
        return [(_path(service, name), path) for name in sorted(service.find(place))]


def look_at(path: Path | str) -> Remote:
    """What the service of an address says of a file; raises as `files_at`."""
    import hashlib  # which commands that read no address need not load
    import json

    address = address_of(path)
    with _telling(address):
        service, place = _service(address)
        told = {name: str(value) for name, value in service.info(place).items()}
        size = told.get("size", "")
    state = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return Remote(int(size) if size.isdecimal() else None, int(state[:15], 16))


def open_remote(path: Path | str) -> IO[bytes]:
    """A file at an address, read from its service as it is needed; raises as `files_at`.

    From a service that gives no parts of files all of it comes at once.
    """
    address = address_of(path)
    with _telling(address):
        service, place = _service(address)
        if not _gives_parts(service, place, address):
            return BytesIO(service.cat_file(place))
        file: IO[bytes] = service.open(place, "rb")
        return file


def gives_parts(path: Path | str) -> bool:
    """Whether the service of an address gives parts of a file, which some web servers do not."""
    address = address_of(path)
    with _telling(address):
        return _gives_parts(*_service(address), address)


def _gives_parts(service: Any, place: str, address: str) -> bool:
    return not _is_web(address) or bool(service.info(place).get("partial"))


@lru_cache(maxsize=8)
def _service(address: str) -> tuple[Any, str]:
    if "::" in address:
        raise OSError(0, "addresses within addresses are not read: name the archive itself")
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise NotInstalled(
            "reading addresses such as s3://bucket/talks needs the package fsspec",
            "install it with: pip install 'thematic[remote]'",
        ) from error
    found: tuple[Any, str] = url_to_fs(address)
    return found


def _path(service: Any, name: str) -> Path:
    return Path(service.unstrip_protocol(name))


def _is_web(address: str) -> bool:
    return address.partition("://")[0] in _WEB


@contextmanager
def _telling(address: str) -> Iterator[None]:
    """Whatever a service's package raises, as an OSError that shows no password."""
    protocol = address.partition("://")[0]
    try:
        yield
    except (NotInstalled, MemoryError):
        raise
    except ImportError as error:
        raise NotInstalled(
            f"reading {protocol}:// needs one more package: {error}",
            "fsspec reads each kind of address by a package of its own, such as s3fs, gcsfs, "
            "adlfs, or aiohttp for the web",
        ) from error
    except Exception as error:  # each service has kinds of its own
        if isinstance(error, FileNotFoundError):
            raise OSError(0, "there is no such file or folder") from None
        told = " ".join(str(error).split()) or type(error).__name__
        raise OSError(0, _SECRET.sub(r"\1", told)[:_LONGEST]) from None
