"""What a speaker's label is, and a place that looks like one."""

from __future__ import annotations

from dataclasses import field
from enum import Enum, auto
from typing import NamedTuple

from thematic.model.labels import INVISIBLE, key_of
from thematic.model.nouns import dataclass

LONGEST_LABEL = 63  # characters
BLANK = " \t\u00a0\u2002\u2003\u2009\u202f" + INVISIBLE


class Style(Enum):
    """How a label is written; some styles are surer than others."""

    __hash__ = object.__hash__  # members are single; Enum's own hash is a slow one

    MARKED = auto()  # bold, or a table's speaker column: certain
    COLON = auto()  # Name: words
    STAMPED = auto()  # [00:01:23] Name: words · Name (00:00): · Name  0:14
    LOOSE = auto()  # [00:00:02] Name - words · Name 0:14: a stamp, but no clear end
    BRACKET = auto()  # [Name] words · <Name> words · #Name# words
    GAP = auto()  # Q and two blanks
    COURT = auto()  # Q. words · Q1. words
    FLOOR = auto()  # Mr. KIRK. words
    TAB = auto()  # I, a tab, words
    BARE = auto()  # a name alone on its line
    SIGNED = auto()  # Name; words · Name - words · Q words: another sign, or none


STYLES = tuple(Style)


@dataclass(slots=True)
class Candidate:
    """A place that looks like a label: `start` to `end` holds label, colon and stamp.

    `sign` is what stands in place of the colon, "" where that is told by the style; `key` is
    the name as it is compared. Never changed once it is made: it is not frozen, and `Label`
    is a tuple, because a long text has very many and a frozen class is slow to make.
    """

    line: int  # 0-based
    start: int
    end: int
    name: str
    style: Style
    time: float | None = None
    sign: str = ""
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.key = key_of(self.name)


class Named(NamedTuple):
    """What a candidate is called, and by which sign; see there."""

    key: str
    name: str
    sign: str


class Label(NamedTuple):
    """A speaker's label; `start` to `end` holds it with its colon and stamp.

    `like` is the label whose role this one takes: that of which it is a slip, or the word
    for which a letter stands (`P` for Pregunta); "" for all others.
    """

    start: int
    end: int
    name: str
    time: float | None = None
    like: str = ""


def skip_blanks(text: str, start: int, end: int) -> int:
    """Position of the first sign that is no blank, at most `end`."""
    while start < end and text[start] in BLANK:
        start += 1
    return start
