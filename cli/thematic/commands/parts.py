"""The parts of a result on the disk: they lie in a folder beside it until it is whole."""

from __future__ import annotations

import os
import re
import zlib
from contextlib import suppress
from pathlib import Path

ENDING = ".parts"  # of the folder's name, behind that of the result
_PART = re.compile(r"[0-9a-f]{32}\.(?:columns|jsonl|json)(?:\.\d+\.tmp)?")
_UNFINISHED = re.compile(r"\.thematic-.*\.tmp", re.DOTALL)


def folder_beside(output: Path) -> Path:
    """The folder of the parts of a result; its path does not depend on the working folder."""
    return output.with_name(output.name + ENDING).absolute()


def content_of(part: Path) -> list[int]:
    """Bytes of a part and their checksum, by which one that was damaged since is told.

    Raises:
        OSError: it is not there.
    """
    data = part.read_bytes()
    return [len(data), zlib.crc32(data)]


def remove(output: Path) -> None:
    """Remove the parts of a result, and their folder unless it holds what is not ours."""
    folder = folder_beside(output)
    unfinished = re.compile(rf"{re.escape(output.name)}\.\d+\.tmp")
    with suppress(OSError):
        for name in os.listdir(folder):
            if any(one.fullmatch(name) for one in (_PART, _UNFINISHED, unfinished)):
                os.unlink(folder / name)
        os.rmdir(folder)
