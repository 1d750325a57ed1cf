"""Some problems of one kind, told so that they can be read: the first few, and how many more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass

_PLAIN = re.compile(r"[\w .,'’()#&/=-]+")
MOST = 3  # problems of one kind in one transcript


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a transcript and what is wrong there."""

    line: int  # 1-based
    message: str


def told(
    id: str, places: Sequence[Place], hint: str, severity: Severity = Severity.NOTE
) -> Iterator[Problem]:
    """A problem for each of the first places, and one for all the others.

    Args:
        id: of the transcript.
        places: all of one kind, in text order.
        hint: how to mend them.
        severity: of each.
    """
    for place in places[:MOST]:
        yield Problem(id, place.line, place.message, hint, severity)
    if len(places) > MOST:
        message = f"and {len(places) - MOST} more like this"
        yield Problem(id, places[MOST].line, message, hint, severity)


def argument(text: str, otherwise: str) -> str:
    """A text of a transcript as it may be typed into a shell, or a word in its place.

    In quotes, without anything that a shell would run.
    """
    return f'"{text}"' if _PLAIN.fullmatch(text) else otherwise


def quoted(words: str, most: int = 40) -> str:
    """A few words in quotes on one line; long ones are cut."""
    flat = " ".join(words.split())
    return repr(flat if len(flat) <= most else flat[: most - 1].rstrip() + "…")
