"""Names with a colon: `Name: words`, and what only looks so (`http://`, `10:30`)."""

from __future__ import annotations

import re
from functools import lru_cache

from thematic.model.labels import visible
from thematic.model.patterns import expression
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped
from thematic.readers.speakers.roles import is_nobody, names_a_role
from thematic.readers.speakers.shapes import BLANK, LONGEST_LABEL, Candidate, Style, skip_blanks
from thematic.readers.speakers.stamps import CLOCK, seconds_of

_COLON = expression("[:：]")
_CLOCK_BEHIND = expression(rf"[{BLANK}]+{CLOCK}[{BLANK}]*$")
_CLOCK_AS_WORDS = expression(rf":{_CLOCK_BEHIND.pattern}", re.MULTILINE)
_AFTER_BRACKET = expression(rf"\)[{BLANK}]?[:：]")


def find_colon(text: str, begin: int, end: int) -> int:
    """The first colon that stands in no bracket: `Anna (role: interviewer): Yes?`; else -1."""
    found = _COLON.search(text, begin, end)
    if not found:
        return -1
    opened = text.find("(", begin, found.start())
    if opened > begin and text.find(")", opened, found.start()) < 0:
        after = _AFTER_BRACKET.search(text, opened, end)
        return after.end() - 1 if after else found.start()
    return found.start()


def coloned(
    text: str, line: int, begin: int, end: int, colon: int, time: float | None = None
) -> Candidate | None:
    """`Name:` at `begin`; the colon ends it unless it belongs to a web address or a clock.

    Args:
        text: the whole text.
        line: the 0-based number of the line.
        begin, end: where the name may begin, and the end of the line.
        colon: the position of the colon.
        time: the seconds of a stamp before the name.
    """
    name = visible(text[begin:colon]).strip(BLANK)
    after = text[colon + 1 : min(colon + 3, end)]
    if not name or len(name) > LONGEST_LABEL or after.startswith("//"):
        return None
    if name[-1].isdigit() and after[:1].isdigit():
        return None
    if not is_label_shaped(name):
        return None
    tight = after[:1] and not after[0].isspace()
    if tight and (after[0].isdigit() or after[0] in ":-/)=\\,.;"):
        return None
    if time is not None:
        return Candidate(line, begin, skip_blanks(text, colon + 1, end), name, Style.STAMPED, time)
    # A clock behind blanks begins with a digit.
    clock = None if after[1:].isalpha() else _CLOCK_BEHIND.match(text, colon + 1, end)
    if clock:  # Speaker 1: 00:07 (Temi)
        return Candidate(line, begin, end, name, Style.COLON, seconds_of(clock.group()))
    return Candidate(line, begin, skip_blanks(text, colon + 1, end), name, Style.COLON)


def has_clock_as_words(text: str) -> bool:
    """Whether nothing but a clock stands behind a colon somewhere: `Speaker 1: 00:07`."""
    return _CLOCK_AS_WORDS.search(text) is not None


@lru_cache(maxsize=65_536)
def is_label_shaped(name: str) -> bool:
    """Whether a name could be a label at all: by its capitals, its shortness or its word."""
    return is_name_shaped(name) or is_lower_shaped(name) or names_a_role(name) or is_nobody(name)
