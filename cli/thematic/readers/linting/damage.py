"""Characters that were damaged on the way: `donâ€™t`, `donÕt`, `don\\ufffdt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers.linting.telling import Place, quoted, told

_LOST = "\ufffd"
_LOST_TWICE = "ï¿½"
_MAC = re.compile(r"(?<=[a-z])[ÕÔ](?=[a-z])")  # an apostrophe of an old Macintosh, read as CP1252
_MAC_ENOUGH = 2
_LONGEST_LINE = 20_000  # characters looked at
_AROUND = 12  # characters shown beside the damage
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9f]")  # one byte of UTF-8 never comes alone


def damaged_characters(transcript: Transcript) -> Iterator[Problem]:
    """Lines whose characters were read in a wrong encoding once, and lines that lost some."""
    if not _NOT_ASCII.search(transcript.text):
        return
    mistaken: list[Place] = []
    lost: list[Place] = []
    for number, line in enumerate(transcript.text.split("\n"), start=1):
        if _LOST in line or _LOST_TWICE in line:
            at = line.find(_LOST) if _LOST in line else line.find(_LOST_TWICE)
            lost.append(Place(number, f"characters are lost: {_near(line, at)}"))
        elif message := _mistaken(line):
            mistaken.append(Place(number, message))
    hint = "export the file again as UTF-8; if only the reading is wrong, name its --encoding"
    yield from told(transcript.id, mistaken, hint, Severity.WARNING)
    yield from told(transcript.id, lost, hint, Severity.WARNING)
    yield from told(
        transcript.id,
        _from_a_mac(transcript.text),
        "read the file with --encoding mac-roman, or save it as UTF-8",
        Severity.WARNING,
    )


def _mistaken(line: str) -> str:
    """What a line says of damage that can be undone; empty where it is sound."""
    line = line[:_LONGEST_LINE]
    if not _SUSPECT.search(line):
        return ""
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(line):
        return ""
    mended = ftfy.fix_encoding(line)
    if mended == line or is_bad(mended):
        return ""
    before, after = _apart(line, mended)
    return f"the encoding is damaged: {before} should probably be {after}"


def _apart(line: str, mended: str) -> tuple[str, str]:
    """The first words in which two lines differ."""
    for one, other in zip(line.split(), mended.split(), strict=False):
        if one != other:
            return quoted(one), quoted(other)
    return quoted(line), quoted(mended)


def _from_a_mac(text: str) -> list[Place]:
    """The lines with an apostrophe of an old Macintosh, if there are several."""
    if len(_MAC.findall(text)) < _MAC_ENOUGH:
        return []
    return [
        Place(number, f"the encoding is damaged: {_near(line, one.start())} has {one[0]} for ’")
        for number, line in enumerate(text.split("\n"), start=1)
        if (one := _MAC.search(line))
    ]


def _near(line: str, at: int) -> str:
    """Some characters round a place."""
    return quoted(line[max(0, at - _AROUND) : at + _AROUND])
