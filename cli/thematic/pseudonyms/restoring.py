"""Names back in the place of pseudonyms, in files as they were written or as they were edited."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from thematic.model.pseudonyms import Written


class Restored(NamedTuple):
    """A file with names again, and how many of its places could not be told."""

    text: str
    left: int


def restored(text: str, written: Written, *, is_same: bool) -> Restored:
    """A file with the names again.

    Args:
        text: of the file now.
        written: what the key says of it.
        is_same: whether it is byte for byte what was written; then the result is exact. Else
            pseudonyms are matched in their order, and one that was put in later, or moved,
            becomes the name it stands for only where it stands for one alone.
    """
    if is_same and written.whole is not None:
        return Restored(written.whole, 0)
    if is_same:
        return Restored(_put_back(text, written), 0)
    return _matched(text, written)


def _put_back(text: str, written: Written) -> str:
    parts, at = [], 0
    for start, now, was in written.places:
        parts += [text[at:start], was]
        at = start + len(now)
    return "".join([*parts, text[at:]])


def _matched(text: str, written: Written) -> Restored:
    there = [now for _, now, _ in written.places]
    names: dict[str, set[str]] = {}
    for _, now, was in written.places:
        names.setdefault(now, set()).add(was)
    if not names:
        return Restored(text, 0)
    longest = sorted(names, key=lambda one: (-len(one), one))
    pattern = "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest)
    found = list(re.finditer(pattern, text))
    matcher = difflib.SequenceMatcher(None, there, [one.group() for one in found], autojunk=False)
    was_at = {
        block.b + number: written.places[block.a + number][2]
        for block in matcher.get_matching_blocks()
        for number in range(block.size)
    }
    parts, at, left = [], 0, 0
    for number, match in enumerate(found):
        known = names[match.group()]
        was = was_at.get(number) or (next(iter(known)) if len(known) == 1 else "")
        left += not was
        parts += [text[at : match.start()], was or match.group()]
        at = match.end()
    gone = len(there) - len(was_at)
    return Restored("".join([*parts, text[at:]]), left + max(0, gone))
