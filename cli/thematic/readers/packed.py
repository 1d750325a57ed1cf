"""Files within files: zip archives and compressed files, opened in memory with limits.

Nothing is ever written to the disk, so a name cannot lead anywhere; one that tries is told.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

from thematic.errors import Problem
from thematic.model.nouns import dataclass
from thematic.readers.formats.archives import (
    FAULTS,
    has_password,
    members_problem,
    size_problem,
)
from thematic.readers.limits import Limits, passed
from thematic.readers.names import COMPRESSED, bare_name, stem_and_suffix
from thematic.readers.remote import address_of, gives_parts, look_at, name_of, open_remote

_MOST_MEMORY = 256 * 1024 * 1024  # bytes that the dictionary of an .xz file may take
_UTF8_NAMES = 0x800
_CHUNK = 1 << 20  # bytes
# Opening does not wait for whoever is to write into a pipe, and line ends stay as they are.
_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Refused(Exception):
    """A packed file that is not opened; carries the Problem, which names no file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there, as it is written and as it is shown."""

    written: str
    name: str  # with `/`, NFC
    leads_out: bool  # the name is absolute or climbs out of the archive


def read_file(path: Path | str, members: Sequence[str], limits: Limits) -> bytes:
    """The bytes of a file, or of a member of an archive, uncompressed.

    Args:
        path: the file on the disk.
        members: the names that lead to it through archives, from the outermost in.

    Raises:
        OSError: the file cannot be read, or is none.
        Refused: a limit is passed, or an archive is damaged or has a password.
    """
    if not members:
        data = _bytes(path, limits)
        return _unpacked(data, name_of(path), limits) if _may_be_packed(path) else data
    with _opened(_archive(path, tuple(members[:-1]), limits), limits) as archive:
        return _unpacked(_member(archive, members[-1]), members[-1], limits)


def _may_be_packed(path: Path | str) -> bool:
    """Whether a file may be compressed, told sooner than its name; what is asked may follow it."""
    written = str(path).lower()
    return written.endswith(COMPRESSED) or "?" in written


def _bytes(path: Path | str, limits: Limits) -> bytes:
    if address_of(path):
        with open_remote(path) as file:
            data = file.read(limits.size + 1)
        _demand(passed("size", len(data), limits))
        return data
    try:
        handle = os.open(path, _TO_READ)  # a file object takes twice as long, and there are many
    except OSError:
        _size(os.stat(path), limits)  # which may say better why
        raise
    try:
        return _whole(handle, _size(os.fstat(handle), limits))
    finally:
        os.close(handle)


def _size(status: os.stat_result, limits: Limits) -> int:
    """The bytes of an ordinary file that may be read."""
    if not stat.S_ISREG(status.st_mode):
        raise IsADirectoryError(0, "it is a folder or no ordinary file")
    if status.st_size > limits.size:
        _demand(passed("size", status.st_size, limits))
    return status.st_size


def _whole(file: int, size: int) -> bytes:
    """All of an open file, also where it is not of the size that is told."""
    data = os.read(file, size + 1)
    if len(data) == size:  # it ends here, or else there were one more
        return data
    parts = [data]
    while part := os.read(file, _CHUNK):
        parts.append(part)
    return b"".join(parts)


def stamp_of(path: Path | str) -> tuple[int, int]:
    """Bytes of a file, and a number that changes with it; (0, 0) where nobody tells."""
    try:
        if address_of(path):
            found = look_at(path)
            return found.size or 0, found.state
        status = os.stat(path)
        return status.st_size, status.st_mtime_ns
    except OSError:
        return 0, 0


def lies_open(path: Path | str, members: Sequence[str]) -> bool:
    """Whether parts of a file can be read: it is not packed, and nobody gives it only whole.

    Raises:
        OSError: it lies elsewhere, where nobody answers.
    """
    if members or bare_name(name_of(path)) != name_of(path):
        return False
    return not address_of(path) or gives_parts(path)


def open_file(path: Path | str) -> IO[bytes]:
    """A file to be read in pieces, of any size.

    Raises:
        OSError: it cannot be read, or is none.
    """
    if address_of(path):
        return open_remote(path)
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise IsADirectoryError(0, "it is a folder or no ordinary file")
    return open(path, "rb")


def members_of(path: Path | str, members: Sequence[str], limits: Limits) -> list[Member]:
    """The files in an archive, in its order; each name once.

    Args:
        path: the file on the disk.
        members: the names that lead to the archive where it lies in another one.

    Raises:
        OSError: the file cannot be read.
        Refused: a limit is passed, or the archive is damaged.
    """
    if not address_of(path):
        _demand(passed("size", os.stat(path).st_size, limits))
    with _opened(_archive(path, tuple(members), limits), limits) as archive:
        found = {one.name: one for one in _members(archive)}
    return list(found.values())


def _archive(path: Path | str, members: tuple[str, ...], limits: Limits) -> Path | BytesIO:
    """An archive: the file itself, or one that lies in it or elsewhere."""
    if not members and not address_of(path):
        return Path(path)
    _demand(passed("depth", len(members) + 1, limits))
    return BytesIO(_inner_archive(path, stamp_of(path), members, limits))


@lru_cache(maxsize=1)  # its members are asked for one after the other
def _inner_archive(
    path: Path | str, _stamp: tuple[int, int], members: tuple[str, ...], limits: Limits
) -> bytes:
    if not members:
        return _bytes(path, limits)
    with _opened(_archive(path, members[:-1], limits), limits) as archive:
        return _member(archive, members[-1])


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        if info.is_dir():
            continue
        name = unicodedata.normalize("NFC", _shown(info).replace("\\", "/"))
        parts = name.split("/")
        leads_out = name.startswith("/") or ".." in parts or ":" in parts[0]
        yield Member(info.filename, name, leads_out)


def _shown(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: a Mac writes UTF-8 without saying so."""
    if info.flag_bits & _UTF8_NAMES:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _opened(file: Path | BytesIO, limits: Limits) -> zipfile.ZipFile:
    """The archive, of which nothing is unpacked yet."""
    packed = file.stat().st_size if isinstance(file, Path) else len(file.getbuffer())
    try:
        archive = zipfile.ZipFile(file)
    except FAULTS as error:
        raise Refused(_damaged("archive", error)) from None
    infos = archive.infolist()
    try:
        _demand(members_problem(infos, packed, limits))
    except Refused:
        archive.close()
        raise
    return archive


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes; zipfile reads no more of it than its header says."""
    try:
        info = archive.getinfo(name)
        if has_password(info):
            message = "not read: the archive is protected by a password"
            raise Refused(Problem("", 0, message, "unpack it first"))
        return archive.read(info)
    except KeyError:
        raise Refused(Problem("", 0, "the archive has changed while it was read")) from None
    except FAULTS as error:
        raise Refused(_damaged("archive", error)) from None


def _unpacked(data: bytes, name: str, limits: Limits) -> bytes:
    """The bytes without compression, where the name says that there is one."""
    if not name.lower().endswith(COMPRESSED):
        return data
    suffix = stem_and_suffix(name)[1].lower()
    if not suffix:  # it is the whole name
        return data
    try:
        unpacked = _decompressed(data, suffix, limits.unpacked + 1)
    except (*FAULTS, MemoryError) as error:
        raise Refused(_damaged("compressed file", error)) from None
    _demand(size_problem(len(unpacked), len(data), limits))
    return unpacked


def _decompressed(data: bytes, suffix: str, most: int) -> bytes:
    if suffix == ".xz":
        unpacker = lzma.LZMADecompressor(memlimit=_MOST_MEMORY)
        unpacked = unpacker.decompress(data, most)
        if not unpacker.eof and len(unpacked) < most:
            raise EOFError("it ends too early")
        return unpacked
    file = BytesIO(data)
    with gzip.open(file) if suffix == ".gz" else bz2.open(file) as stream:
        return stream.read(most)


def _demand(problem: Problem | None) -> None:
    if problem:
        raise Refused(problem)


def _damaged(what: str, error: Exception) -> Problem:
    message = f"the {what} is damaged or of another kind: {error}"
    return Problem("", 0, message, "make it again, or unpack it first")
