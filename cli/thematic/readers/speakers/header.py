"""What stands above the first turn: title lines, and `Date: ...` blocks."""

from __future__ import annotations

import re

from thematic.model.transcript import Span
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.vocabulary import FIELDS, SPOKEN_FIELDS

_FIELD = re.compile(r"[ \t]*([^\n:]{1,40}):(?:[ \t\u00a0]+(\S[^\n]{0,99})|[ \t\u00a0]*)")
_SENTENCE_END = re.compile(
    r"(?:[^\W\d_]{2,}|\d|['’\"”)\]])[.?!…]+['’\"”)\]]*\s*\Z|[?!…]['’\"”)\]]*\s*\Z"
)
_LONGEST_TITLE = 100  # characters
_MOST_TITLE_WORDS = 14


def is_title_like(line: str) -> bool:
    """Whether a line is too short and too little of a sentence to be speech."""
    if len(line) > _LONGEST_TITLE or len(line.split()) > _MOST_TITLE_WORDS:
        return False
    return not _SENTENCE_END.search(line)


def metadata_lines(lines: Lines, skipped: frozenset[int]) -> frozenset[int]:
    """0-based numbers of the lines of `Key: value` blocks at the top.

    A block counts when every line in it is a short pair and at least one key is a usual
    one that names no role, or its value does not read as speech. Title lines above and
    between are passed over, not returned.
    """
    found: set[int] = set()
    for block in lines.blocks(skipped):
        if len(block) > 40:
            break
        if _is_metadata(lines, block):
            found.update(block)
        elif (
            found
            or not all(is_title_like(lines.text_of(number)) for number in block)
            or any(_FIELD.fullmatch(lines.text_of(number)) for number in block)
        ):
            break
    return frozenset(found)


def _is_metadata(lines: Lines, block: list[int]) -> bool:
    keys: list[str] = []
    for number in block:
        pair = _FIELD.fullmatch(lines.text_of(number))
        if not pair or not is_title_like(pair[2] or ""):
            return False
        keys.append(pair[1].strip().casefold())
    if len(set(keys)) < len(keys):
        return False
    usual = [key for key in keys if key.split()[0] in FIELDS] if all(keys) else []
    plain = [key for key in usual if key.split()[0] not in SPOKEN_FIELDS]
    return bool(plain) and len(usual) * 2 >= len(keys)


def preamble(lines: Lines, before: int, skipped: frozenset[int]) -> Span | None:
    """The speech that stands above the first label, at `before`: no title lines.

    Returns None where only titles (or nothing) stand there.
    """
    start = None
    for block in lines.blocks(skipped, before):
        titles = all(is_title_like(lines.text_of(number)) for number in block)
        if not titles and start is None:
            start = lines.start(block[0])
    return Span(start, before) if start is not None else None
