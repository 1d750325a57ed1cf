"""The parts of a result on the disk: they lie in a folder beside it until it is whole."""

from __future__ import annotations

import os
import re
import zlib
from contextlib import suppress
from pathlib import Path

ENDING = ".parts"  # of the folder's name, behind that of the result
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
    from thematic.report.mention_files import part_suffix

    folder = folder_beside(output)
    forms = "|".join(map(re.escape, (part_suffix(output.suffix), ".json")))
    part = re.compile(rf"[0-9a-f]{{32}}(?:{forms})(?:\.\d+\.tmp)?")
    unfinished = re.compile(rf"{re.escape(output.name)}\.\d+\.tmp")
    with suppress(OSError):
        for name in os.listdir(folder):
            if any(one.fullmatch(name) for one in (part, _UNFINISHED, unfinished)):
                os.unlink(folder / name)
        os.rmdir(folder)
