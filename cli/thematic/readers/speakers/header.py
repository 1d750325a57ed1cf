"""What stands above the first turn: title lines, and `Date: ...` blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thematic.model.labels import visible
from thematic.model.patterns import expression
from thematic.model.transcript import Span
from thematic.readers.speakers.lines import Lines
from thematic.readers.speakers.names import is_name_shaped, is_stop
from thematic.readers.speakers.roles import names_a_role
from thematic.readers.speakers.vocabulary import FIELDS, SPOKEN_FIELDS

_FIELD = expression(r"[ \t]*([^\n:]{1,40}):(?:[ \t\u00a0]+(\S[^\n]{0,99})|[ \t\u00a0]*)")
_SENTENCE_END = expression(
    r"(?:[^\W\d_]{2,}|\d|['’\"”)\]])[.?!…]+['’\"”)\]]*\s*\Z|[?!…]['’\"”)\]]*\s*\Z"
)
_RULE = expression(r"[ \t]*(?:-{3,}|={3,}|_{3,}|\*{3,})[ \t]*")
_MOST_TITLES = 4  # lines above the pairs in one block
_LONGEST_PAIR = 300
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
    one that names no role, or its value does not read as speech. Title lines and rules may
    stand above the pairs in the same block; the first turn may stand right below them.
    Title lines above and between are passed over, not returned.
    """
    found: set[int] = set()
    for block in lines.blocks(skipped):
        if len(block) > 40 and not found:
            found.update(_leading_pairs(lines, _below_titles(lines, block)))
            break
        pairs = _below_titles(lines, block)
        if pairs and _is_metadata(lines, pairs):
            found.update(pairs)
            continue
        if found and len(block) == 1 and _names_a_person(lines, block[0]):
            found.update(block)
            continue
        titles = all(is_title_like(lines.text_of(number)) for number in block)
        if found or not titles or any(_pair(lines, number) for number in block):
            found.update(_leading_pairs(lines, pairs))
            break
    return frozenset(found)


def _pair(lines: Lines, number: int) -> re.Match[str] | None:
    if lines.end(number) - lines.start(number) > _LONGEST_PAIR:
        return None
    return _FIELD.fullmatch(visible(lines.text_of(number)))


def _below_titles(lines: Lines, block: Sequence[int]) -> list[int]:
    """The block without the title lines at its top and without rules such as `---`."""
    kept = [number for number in block if not _RULE.fullmatch(lines.text_of(number))]
    titles = 0
    while titles < min(len(kept), _MOST_TITLES) and not _pair(lines, kept[titles]):
        if lines.end(kept[titles]) - lines.start(kept[titles]) > _LONGEST_TITLE:
            break
        titles += 1
    return kept[titles:]


def _is_metadata(lines: Lines, block: list[int]) -> bool:
    keys: list[str] = []
    for number in block:
        pair = _pair(lines, number)
        if not pair or not is_title_like(pair[2] or ""):
            return False
        keys.append(pair[1].strip().casefold())
    if len(set(keys)) < len(keys):
        return False
    usual = [key for key in keys if _is_usual(key)] if all(keys) else []
    below = lines.end(block[-1])
    plain = any(not _is_spoken(key) and not _stands_below(lines, key, below) for key in usual)
    return plain and len(usual) * 2 >= len(keys)


def _names_a_person(lines: Lines, number: int) -> bool:
    """`Interviewer: Anna` above the first turn, `Interviewer: Hello.`: the key stands twice."""
    pair = _pair(lines, number)
    following = number + 1
    while following < len(lines) and lines.is_blank(following):
        following += 1
    if not pair or not is_name_shaped(pair[2] or "") or following >= len(lines):
        return False
    key = " ".join(pair[1].casefold().split())
    below = visible(lines.text_of(following)).strip().casefold()
    return bool(key) and _is_spoken(key) and below.startswith(f"{key}:")


def may_be_metadata(key: str) -> bool:
    """Whether `Key: value` may be metadata: each block of it has a key that no speaker has.

    Args:
        key: in small letters.
    """
    return _is_usual(key) and not _is_spoken(key)


def is_field(key: str) -> bool:
    """Whether words before a colon begin as the key of a pair of metadata does."""
    return bool(key) and key.split()[0].casefold() in FIELDS


def _is_usual(key: str) -> bool:
    return key.split()[0] in FIELDS or names_a_role(key)


def _is_spoken(key: str) -> bool:
    """Whether a key is a label as well."""
    return key.split()[0] in SPOKEN_FIELDS or names_a_role(key)


def _stands_below(lines: Lines, key: str, position: int) -> bool:
    """Whether a line below begins with the key: then somebody is called so, unless `Date`."""
    if is_stop(key):
        return False
    pattern = rf"^[ \t]*{re.escape(key)}[ \t]*[:：]"
    return (
        re.compile(pattern, re.IGNORECASE | re.MULTILINE).search(lines.text, position) is not None
    )


def _leading_pairs(lines: Lines, block: list[int]) -> list[int]:
    """The pairs with which a block begins, up to its first turn.

    A key that names a role (`Interviewer: Anna`) counts only with a name behind it, and no
    key counts a second time. Nothing counts unless one key is surely no speaker's.
    """
    found: list[int] = []
    keys: set[str] = set()
    plain = False
    for number in block:
        pair = _pair(lines, number)
        key = " ".join(pair[1].casefold().split()) if pair else ""
        if not pair or not key or not _is_usual(key) or key in keys:
            break
        spoken = _is_spoken(key)
        value = pair[2] or ""
        if not is_title_like(value) or (spoken and not is_name_shaped(value)):
            break
        if not spoken and _stands_below(lines, key, lines.end(number)):
            break
        keys.add(key)
        plain = plain or not spoken
        found.append(number)
    return found if plain else []


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
