"""Zip containers (DOCX, XLSX): are they sound, and do they unpack to a sane size?"""

from __future__ import annotations

import zipfile
from io import BytesIO

from thematic.errors import Problem

_MOST_MEMBERS = 10_000
_LARGEST_UNPACKED = 512 * 1024 * 1024  # bytes
_LARGEST_RATIO = 250  # unpacked to packed; prose in XML reaches 20
_RATIO_MATTERS_FROM = 20 * 1024 * 1024  # bytes unpacked
_MIB = 1024 * 1024


def archive_problem(data: bytes) -> Problem | None:
    """What forbids opening this archive, or None. Nothing is unpacked to find out."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        hint = "open it in Word or Excel and save it without password in the new format"
        return Problem("", 0, "the file is protected by a password or in the old format", hint)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        message = f"the file is damaged or of another kind: {error}"
        return Problem("", 0, message, "open it in Word or Excel and save it again")
    unpacked = sum(member.file_size for member in members)
    limit = _limit_passed(len(members), unpacked, max(len(data), 1))
    if limit:
        hint = "take pictures and attachments out of it, or save its text as .txt"
        return Problem("", 0, f"not opened: {limit}", hint)
    return None


def _limit_passed(members: int, unpacked: int, packed: int) -> str:
    if members > _MOST_MEMBERS:
        return f"it has {members:,} parts, at most {_MOST_MEMBERS:,} are allowed"
    if unpacked > _LARGEST_UNPACKED:
        allowed = _LARGEST_UNPACKED // _MIB
        return f"it unpacks to {unpacked // _MIB:,} MiB, at most {allowed} MiB are allowed"
    if unpacked > _RATIO_MATTERS_FROM and unpacked > packed * _LARGEST_RATIO:
        ratio = unpacked // packed
        return f"it unpacks to {ratio:,} times its size, at most {_LARGEST_RATIO} are allowed"
    return ""
