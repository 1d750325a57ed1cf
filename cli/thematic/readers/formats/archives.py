"""Zip containers (DOCX, ODT, XLSX): are they sound, and do they unpack to a sane size?"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO

from thematic.errors import Problem
from thematic.readers.limits import Limits, passed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAULTS = (  # of broken headers, unknown methods, wrong sums
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError),
)
_RATIO_MATTERS_FROM = 20 * 1024 * 1024  # bytes unpacked
_ENCRYPTED = 0x1
_AGAIN = "open it in the program that made it and save it again"


def archive_problem(data: bytes, limits: Limits) -> Problem | None:
    """What forbids opening this archive, or None. Nothing is unpacked to find out."""
    if data.startswith(OLE[:4]):
        hint = "open it in Word or Excel and save it without password in the new format"
        return Problem("", 0, "the file is protected by a password or in the old format", hint)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except FAULTS as error:
        message = f"the file is damaged or of another kind: {error}"
        return Problem("", 0, message, _AGAIN)
    return members_problem(members, len(data), limits) or _refused(members)


def members_problem(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> Problem | None:
    """The limit that an archive's members pass by their number or size; `packed` in bytes."""
    unpacked = sum(member.file_size for member in members)
    return passed("members", len(members), limits) or size_problem(unpacked, packed, limits)


def size_problem(unpacked: int, packed: int, limits: Limits) -> Problem | None:
    """The limit that unpacking passes, by size or ratio; both sizes in bytes."""
    fault = passed("unpacked", unpacked, limits)
    if fault is None and unpacked > _RATIO_MATTERS_FROM:
        fault = passed("ratio", unpacked // max(packed, 1), limits)
    return fault


def has_password(member: zipfile.ZipInfo) -> bool:
    """Whether a member is encrypted."""
    return bool(member.flag_bits & _ENCRYPTED)


def _refused(members: list[zipfile.ZipInfo]) -> Problem | None:
    """Parts that lie outside the archive, which no program writes, or under a password."""
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or not parts[0] or ":" in parts[0]:
            message = f"not opened: its part {member.filename[:80]!r} leads out of the file"
            return Problem("", 0, message, f"if you trust it, {_AGAIN}")
        if has_password(member):
            message = "not opened: the file is protected by a password"
            return Problem("", 0, message, "open it and save it without password")
    return None
