"""By what a reading copy is known when it comes back with comments."""

from __future__ import annotations

import re

LABEL_STYLE = "thematic-label"  # character style of what does not belong to the words
SUGGESTING = "thematic (suggested by rules)"  # the author of comments that nobody wrote
_IDENTIFIER = re.compile(r"thematic ([0-9a-f]{16}) (.+)", re.DOTALL)


def identifier_of(id: str, hash: str) -> str:
    """What a copy holds as its identifier.

    Args:
        id: of the transcript; it may hold blanks.
        hash: of the transcript's text, 16 hex digits.
    """
    return f"thematic {hash} {id}"


def named_in(identifier: str) -> tuple[str, str]:
    """The transcript's ID and the hash of its text; both "" where it is no such identifier."""
    found = _IDENTIFIER.fullmatch(identifier.strip())
    return (found[2], found[1]) if found else ("", "")
