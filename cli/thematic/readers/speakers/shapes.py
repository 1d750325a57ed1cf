"""What one line can tell about a speaker's label, before any evidence is weighed.

A candidate is a place that has the shape of a label. Whether it is one is decided in
`labels`, from the whole text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from thematic.readers.speakers.invisible import INVISIBLE, visible
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped, is_noise, is_stop
from thematic.readers.speakers.roles import key_of, names_a_role
from thematic.readers.speakers.stamps import BRACKETED, CLOCK, seconds_of
from thematic.readers.speakers.vocabulary import TITLES

LONGEST_LABEL = 63  # characters


class Style(Enum):
    """How a label is written; some styles are surer than others."""

    MARKED = auto()  # bold, or a table's speaker column: certain
    COLON = auto()  # Name: words
    STAMPED = auto()  # [00:01:23] Name: words · Name (00:00): · Name  0:14
    LOOSE = auto()  # [00:00:02] Name - words · Name 0:14: a stamp, but no clear end
    BRACKET = auto()  # [Name] words
    GAP = auto()  # Q and two blanks
    COURT = auto()  # Q. words
    FLOOR = auto()  # Mr. KIRK. words
    TAB = auto()  # I, a tab, words
    BARE = auto()  # a name alone on its line


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that looks like a label: `start` to `end` holds label, colon and stamp."""

    line: int  # 0-based
    start: int
    end: int
    name: str
    style: Style
    time: float | None = None

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return key_of(self.name)


_BLANK = " \t\u00a0\u2002\u2003\u2009\u202f" + INVISIBLE
_PREFIX = re.compile(rf"[{_BLANK}]*(?:>>+[{_BLANK}]*|[#@•](?!\d+:\d)(?=\w))?")
_NUMBER = re.compile(rf"\d{{1,5}}[.)]?[{_BLANK}]+(?=\S)")

_LEADING = re.compile(
    rf"(?:{BRACKETED}|(?P<clock>{CLOCK}))(?P<gap>[{_BLANK}]*(?:[-–—|][{_BLANK}]+)?)"
)
_COLON = re.compile("[:：]")
_AFTER_BRACKET = re.compile(rf"\)[{_BLANK}]?[:：]")
_NAME = r"[^\n\[\](){}<>#\t:]{1,63}?(?:\([^()\n:\d]{1,30}\))?"
_NAME_STAMP = re.compile(
    rf"(?P<name>{_NAME})(?P<gap>[{_BLANK}]*)(?:(?P<bracketed>{BRACKETED})|(?P<clock>{CLOCK}))"
    rf"[{_BLANK}]*(?P<colon>[:：])?(?P<rest>[{_BLANK}]*(?=\S)|[{_BLANK}]*$)"
)
_DASH = re.compile(rf"(?P<name>[^\n:\[\]<>]{{1,40}}?)[{_BLANK}]+[-–—][{_BLANK}]+")
_TABBED = re.compile(rf"(?P<name>[^\n:\t\[\]<>]{{1,63}})[ ]*\t[{_BLANK}]*(?=\S)")
_BRACKET = re.compile(
    rf"\[(?P<name>[^\[\]\n:]{{1,40}})\](?P<colon>[{_BLANK}]?[:：])?(?=[{_BLANK}]|$)"
)
_QA_GAP = re.compile(rf"(?P<name>[QA])(?:\t|\u00a0|[{_BLANK}]{{2}})[{_BLANK}]*(?=\S)")
_QA_COURT = re.compile(rf"(?P<name>[QA])\.[{_BLANK}]+(?=\S)")
_TITLES = "|".join(sorted(TITLES))
_SURNAME = r"(?:(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’])?[A-Z][A-Z'’-]+)"
_OF_STATE = r"(?:[ ]of[ ][A-Z][a-z]+(?:[ ][A-Z][a-z]+)?)?"
_MEMBER = rf"(?:{_TITLES})\.?[ ]{_SURNAME}(?:[ ]{_SURNAME}){{0,3}}{_OF_STATE}"
_OFFICE = r"The[ ](?:[A-Z]{4,}[ ]){0,3}[A-Z]{4,}(?:[ ]pro[ ]tempore)?"
_FLOOR = re.compile(rf"(?P<name>{_MEMBER}|{_OFFICE})\.[{_BLANK}]+(?=\S)")


def candidate_at(
    text: str, line: int, start: int, end: int, numbered: bool = False
) -> Candidate | None:
    """The candidate with which the line text[start:end] begins, if it looks like one.

    Where the lines are `numbered`, the number before the name belongs to no name.
    """
    begin = start
    if start < end and not text[start].isalnum():
        prefix = _PREFIX.match(text, start, end)
        begin = prefix.end() if prefix else start
    number = _NUMBER.match(text, begin, end) if numbered else None
    begin = number.end() if number else begin
    if begin >= end:
        return None
    first = text[begin]
    found = None
    if first.isdigit() or first in "[({#<":
        found = _after_stamp(text, line, begin, end)
    if found is None and first == "[":
        found = _bracketed(text, line, begin, end)
    elif found is None:
        found = _named(text, line, begin, end)
    if found is None:
        return None
    return replace(found, start=start, name=visible(found.name))


def _named(text: str, line: int, begin: int, end: int) -> Candidate | None:
    head_end = min(end, begin + 90)
    if text[begin] in "QA":
        found = _question(text, line, begin, end)
        if found:
            return found
    found = _floor(text, line, begin, end)
    if found:
        return found
    colon = _find_colon(text, begin, head_end)
    if colon >= 0:
        found = _before_stamp(text, line, begin, end)
        found = found or _coloned(text, line, begin, end, colon, None)
    if found is None or "\t" in found.name:
        found = _tabbed(text, line, begin, end) or found
    return found


def _tabbed(text: str, line: int, begin: int, end: int) -> Candidate | None:
    found = _TABBED.match(text, begin, end)
    name = visible(found["name"]).strip(_BLANK) if found else ""
    if not found or not name or not (is_name_shaped(name) or is_lower_shaped(name)):
        return None
    return Candidate(line, begin, found.end(), name, Style.TAB)


def _find_colon(text: str, begin: int, end: int) -> int:
    """The first colon that stands in no bracket: `Anna (role: interviewer): Yes?`."""
    found = _COLON.search(text, begin, end)
    if not found:
        return -1
    opened = text.find("(", begin, found.start())
    if opened > begin and text.find(")", opened, found.start()) < 0:
        after = _AFTER_BRACKET.search(text, opened, end)
        return after.end() - 1 if after else found.start()
    return found.start()


def _question(text: str, line: int, begin: int, end: int) -> Candidate | None:
    for pattern, style in ((_QA_GAP, Style.GAP), (_QA_COURT, Style.COURT)):
        found = pattern.match(text, begin, end)
        if found:
            return Candidate(line, begin, found.end(), found["name"], style)
    return None


def _floor(text: str, line: int, begin: int, end: int) -> Candidate | None:
    if not text[begin].isupper():
        return None
    found = _FLOOR.match(text, begin, end)
    return Candidate(line, begin, found.end(), found["name"], Style.FLOOR) if found else None


def _coloned(
    text: str, line: int, begin: int, end: int, colon: int, time: float | None
) -> Candidate | None:
    """`Name:` at `begin`; the colon ends it unless it belongs to a web address or a clock."""
    name = visible(text[begin:colon]).strip(_BLANK)
    after = text[colon + 1 : min(colon + 3, end)]
    if not name or len(name) > LONGEST_LABEL or after.startswith("//"):
        return None
    if name[-1].isdigit() and after[:1].isdigit():
        return None
    if not (is_name_shaped(name) or is_lower_shaped(name) or names_a_role(name)):
        return None
    tight = after[:1] and not after[0].isspace()
    if tight and (after[0].isdigit() or after[0] in ":-/)=\\,.;"):
        return None
    style = Style.COLON if time is None else Style.STAMPED
    return Candidate(line, begin, _skip_blanks(text, colon + 1, end), name, style, time)


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _BLANK:
        start += 1
    return start


def _after_stamp(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """A stamp and then a name: [00:01:23] Name: · 00:00:02 Name: · stamp, tab, name, tab."""
    stamp = _LEADING.match(text, begin, end)
    if not stamp or stamp.end() >= end:
        return None
    time = seconds_of(stamp.group())
    name_at = stamp.end()
    colon = _find_colon(text, name_at, min(end, name_at + LONGEST_LABEL + 2))
    if colon > 0:
        found = _coloned(text, line, name_at, end, colon, time)
        if found:
            return Candidate(line, begin, found.end, found.name, Style.STAMPED, time)
    tabbed = _TABBED.match(text, name_at, end) if "\t" in stamp["gap"] else None
    loose = tabbed or _DASH.match(text, name_at, end)
    if loose and is_name_shaped(loose["name"].strip()):
        name = loose["name"].strip(_BLANK)
        return Candidate(line, begin, loose.end(), name, Style.LOOSE, time)
    return None


def _before_stamp(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """A name and then a stamp: Name (00:12): words · Name  0:14 alone on its line."""
    found = _NAME_STAMP.match(text, begin, min(end, begin + 130))
    if not found:
        return None
    name = visible(found["name"]).strip(_BLANK + ",-–—")
    if not is_name_shaped(name) and not is_lower_shaped(name):
        return None
    alone = found.end() == end
    wide = len(found["gap"]) > 1 or "\t" in found["gap"]
    if found["bracketed"]:
        sure = bool(found["colon"]) or (alone and wide)
        possible = sure or alone
    else:
        sure = alone and (wide or bool(found["colon"]))
        possible = alone or bool(found["colon"] and found["gap"])
    if not possible:
        return None
    style = Style.STAMPED if sure else Style.LOOSE
    time = seconds_of(found["bracketed"] or found["clock"])
    return Candidate(line, begin, found.end(), name, style, time)


def _bracketed(text: str, line: int, begin: int, end: int) -> Candidate | None:
    found = _BRACKET.match(text, begin, end)
    if not found:
        return None
    name = found["name"].strip()
    has_digit = any(sign.isdigit() for sign in name)
    shaped = is_name_shaped(name) or (has_digit and is_lower_shaped(name))
    if not name or not shaped or is_noise(key_of(name)) or seconds_of(name) is not None:
        return None
    style = Style.COLON if found["colon"] else Style.BRACKET
    return Candidate(line, begin, _skip_blanks(text, found.end(), end), name, style)


def bare_name(text: str, line: int, start: int, end: int) -> Candidate | None:
    """A line that is nothing but a name."""
    name = visible(text[start:end]).strip(_BLANK)
    if not 2 <= len(name) <= 40 or not is_name_shaped(name) or len(name.split()) > 5:
        return None
    if name[-1] in ".,;-–—'\"’”)" or is_stop(key_of(name)) or is_noise(key_of(name)):
        return None
    return Candidate(line, start, end, name, Style.BARE)
