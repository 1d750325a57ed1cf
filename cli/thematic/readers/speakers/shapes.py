"""What one line can tell about a speaker's label, before any evidence is weighed.

A candidate is a place that has the shape of a label. Whether it is one is decided in
`labels`, from the whole text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from thematic.readers.speakers.roles import key_of
from thematic.readers.speakers.stamps import BRACKETED, CLOCK, seconds_of
from thematic.readers.speakers.vocabulary import NOISE, PARTICLES, STOP, TITLES

LONGEST_LABEL = 63  # characters
_MOST_WORDS = 7


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


_WORD = re.compile(r"[^\W_](?:[\w.'’‘`ʼ/&-]*[\w.'’)])?", re.UNICODE)
_LAST_STOP = re.compile(r"(?:[^\W\d_]\.)+|(?:jr|sr|esq|ph\.?d|m\.?d|st)\.?", re.IGNORECASE)
_BLANK = " \t\u00a0\u2002\u2003\u2009\u202f"
_PREFIX = re.compile(rf"[{_BLANK}]*(?:>>+[{_BLANK}]*|[#@•](?=\w))?")

_LEADING = re.compile(
    rf"(?:{BRACKETED}|(?P<clock>{CLOCK}))(?P<gap>[{_BLANK}]*(?:[-–—|][{_BLANK}]+)?)"
)
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
_TITLED = re.compile(rf"(?i:{_TITLES})\.?\s+\S")


def is_stop(key: str) -> bool:
    """Whether a key is a word that opens a sentence or a note, not a name."""
    return key in STOP or (key.endswith((" note", " comment")) and "'" in key)


def is_noise(key: str) -> bool:
    """Whether a bracket holds a note such as [laughter] or [inaudible 00:12]."""
    return all(word.strip(".,;!?") in NOISE or word in PARTICLES for word in key.split())


def is_titled(name: str) -> bool:
    """Whether the name begins with a title such as Ms. or General."""
    return _TITLED.match(name) is not None


def is_name_shaped(name: str) -> bool:
    """Every word begins with a capital, a digit or a caseless letter, or is a particle.

    A full stop ends titles, initials and degrees only: `So. The Taliban` is no name.
    """
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS:
        return False
    bare = [word.strip("()\"“”'‘’,") for word in words]
    return any(map(_is_capital, bare)) and all(map(_is_name_word, bare))


def _is_name_word(word: str) -> bool:
    if word in ("", "&", "-"):
        return True
    if not _WORD.fullmatch(word):
        return False
    if word.endswith(".") and not _may_end_in_stop(word):
        return False
    return _is_capital(word) or word.rstrip(".") in PARTICLES


def _may_end_in_stop(word: str) -> bool:
    return word[:-1].capitalize() in TITLES or _LAST_STOP.fullmatch(word) is not None


def _is_capital(word: str) -> bool:
    """Begins with no small letter, or has a capital later: al-Rashid, d'Arcy, eMarketer."""
    return bool(word) and (not word[0].islower() or any(sign.isupper() for sign in word[1:]))


def is_lower_shaped(name: str) -> bool:
    """A label someone typed without capitals: one or two plain words or an ID."""
    words = name.split()
    return 1 <= len(words) <= 2 and all(_WORD.fullmatch(word) for word in words)


def candidate_at(text: str, line: int, start: int, end: int) -> Candidate | None:
    """The candidate with which the line text[start:end] begins, if it looks like one."""
    begin = start
    if start < end and not text[start].isalnum():
        prefix = _PREFIX.match(text, start, end)
        begin = prefix.end() if prefix else start
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
    return replace(found, start=start) if found and begin > start else found


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
    if colon < 0:
        return None
    found = _before_stamp(text, line, begin, end)
    return found or _coloned(text, line, begin, end, colon, None)


def _find_colon(text: str, begin: int, end: int) -> int:
    plain = text.find(":", begin, end)
    wide = text.find("：", begin, end)
    return plain if wide < 0 or 0 <= plain < wide else wide


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
    name = text[begin:colon].strip(_BLANK)
    after = text[colon + 1 : min(colon + 3, end)]
    if not name or len(name) > LONGEST_LABEL or after.startswith("//"):
        return None
    if name[-1].isdigit() and after[:1].isdigit():
        return None
    if not is_name_shaped(name) and not is_lower_shaped(name):
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
    name = found["name"].strip(_BLANK + ",-–—")
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
    name = text[start:end].strip(_BLANK)
    if not 2 <= len(name) <= 40 or not is_name_shaped(name) or len(name.split()) > 5:
        return None
    if name[-1] in ".,;-–—'\"’”)" or is_stop(key_of(name)) or is_noise(key_of(name)):
        return None
    return Candidate(line, start, end, name, Style.BARE)
