"""What one line can tell about a speaker's label, before any evidence is weighed.

A candidate is a place that has the shape of a label. Whether it is one is decided in
`labels`, from the whole text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from thematic.model.labels import visible
from thematic.model.patterns import expression
from thematic.readers.speakers.colons import coloned, find_colon, is_label_shaped
from thematic.readers.speakers.furniture import LIST_MARK
from thematic.readers.speakers.roles import names_a_role
from thematic.readers.speakers.shapes import BLANK, LONGEST_LABEL, Candidate, Style, skip_blanks
from thematic.readers.speakers.signs import signed
from thematic.readers.speakers.stamped import after_stamp, before_stamp
from thematic.readers.speakers.stamps import CLOCK_SIGN
from thematic.readers.speakers.vocabulary import TITLES
from thematic.readers.speakers.wrapped import bracketed, emphasised

# `>> Anna:`, `- Anna:`, `> Anna:`, `#Anna:`, and `*INV:` of CHAT files.
_PREFIX = expression(
    rf"[{BLANK}]*(?:>>+[{BLANK}]*|(?P<item>{LIST_MARK}(?=\w|\*\*|\[))"
    r"|[#@•](?!\d+:\d)(?=\w)(?![^\n#]{1,40}\#)|\*(?=[A-Z0-9]{3}:))?"
)
_NUMBER = expression(rf"\d{{1,5}}[.)]?[{BLANK}]+(?=\S)")
_TABBED = expression(rf"(?P<name>[^\n:\t\[\]<>]{{1,63}})[ ]*\t[{BLANK}]*(?=\S)")
_QA_GAP = expression(rf"(?P<name>[QA])(?:\t|\u00a0|[{BLANK}]{{2}})[{BLANK}]*(?=\S)")
_QA_COURT = expression(rf"(?P<name>[QA]\d{{0,3}})\.[{BLANK}]+(?=\S)")
_TITLES = "|".join(sorted(TITLES))
_SURNAME = r"(?:(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’])?[A-Z][A-Z'’-]+)"
_OF_STATE = r"(?:[ ]of[ ][A-Z][a-z]+(?:[ ][A-Z][a-z]+)?)?"
_MEMBER = rf"(?:{_TITLES})\.?[ ]{_SURNAME}(?:[ ]{_SURNAME}){{0,3}}{_OF_STATE}"
_OFFICE = r"The[ ](?:[A-Z]{4,}[ ]){0,3}[A-Z]{4,}(?:[ ]pro[ ]tempore)?"
_FLOOR = expression(rf"(?P<name>{_MEMBER}|{_OFFICE})\.[{BLANK}]+(?=\S)")
FLOOR_OPENS = frozenset(f"{title} ."[:2] for title in TITLES) | {"M.", "Th"}


def candidate_at(
    text: str, line: int, start: int, end: int, numbered: bool = False, listed: bool = False
) -> Candidate | None:
    """The candidate with which the line text[start:end] begins, if it looks like one.

    Args:
        text: the whole text.
        line: the line's 0-based number.
        start, end: where it stands.
        numbered: whether the number before a name belongs to no name.
        listed: whether the turns are items of a list; else only role words are labels there.
    """
    plain = _plain(text, line, start, end)
    return plain or _any(text, line, start, end, numbered, listed)


def _plain(text: str, line: int, start: int, end: int) -> Candidate | None:
    """`Name: words` with a plain name and without a clock in the line: nearly every label.

    Exact: what else a line could be is told by a clock, or by signs before the colon, and
    `is_plain` has asked whether such signs are in the name.
    """
    colon = text.find(":", start, min(end, start + LONGEST_LABEL + 1))
    if colon < 0 or text[colon + 1 : colon + 2] != " ":
        return None
    name = text[start:colon]
    if not is_plain(name) or CLOCK_SIGN.search(text, colon, end):
        return None
    return Candidate(line, start, skip_blanks(text, colon + 1, end), name, Style.COLON)


@lru_cache(maxsize=65_536)
def is_plain(name: str) -> bool:
    """Whether a line `name: words` without a clock is a candidate of that very name, by its colon.

    An open bracket might be closed behind the colon, so such a name is none.
    """
    if not name[:1].isalpha() or "(" in name or "\t" in name:
        return False
    found = _any(f"{name}: x", 0, 0, len(name) + 3, False, False)
    if found is None or found.style is not Style.COLON:
        return False
    return (found.start, found.end, found.name) == (0, len(name) + 2, name)


def _any(
    text: str, line: int, start: int, end: int, numbered: bool, listed: bool
) -> Candidate | None:
    begin, item = start, False
    if start < end and not text[start].isalnum():
        prefix = _PREFIX.match(text, start, end)
        begin = prefix.end() if prefix else start
        item = bool(prefix and prefix["item"])
    number = _NUMBER.match(text, begin, end) if numbered else None
    begin = number.end() if number else begin
    if begin >= end:
        return None
    found = _at(text, line, begin, end)
    if found is None or (item and not listed and not names_a_role(found.name)):
        return None
    name = visible(found.name)
    if found.start == start and found.name == name:
        return found
    return replace(found, start=start, name=name)


def _at(text: str, line: int, begin: int, end: int) -> Candidate | None:
    first = text[begin]
    found = None
    if first.isdigit() or first in "[({#<*":
        found = after_stamp(text, line, begin, end)
    if found is None and first in "[(<#":
        found = bracketed(text, line, begin, end)
    if found is None and first in "*_":
        found = emphasised(text, line, begin, end)
    if found is None and first not in "[<#*":
        found = _named(text, line, begin, end)
    return found


def _named(text: str, line: int, begin: int, end: int) -> Candidate | None:
    found = before_stamp(text, line, begin, end) if _may_have_stamp(text, begin, end) else None
    other = _question(text, line, begin, end) or _floor(text, line, begin, end)
    if other and (found is None or found.style is Style.LOOSE):
        return other
    colon = find_colon(text, begin, min(end, begin + 90))
    if found is None and colon >= 0:
        found = coloned(text, line, begin, end, colon)
    if found is None or "\t" in found.name:
        found = _tabbed(text, line, begin, end) or found
    return found or signed(text, line, begin, end)


def _may_have_stamp(text: str, begin: int, end: int) -> bool:
    """Exact: a clock, in any brackets, holds a colon with a digit below 6 behind it."""
    colon = text.find(":", begin, min(end, begin + LONGEST_LABEL + 40))
    return colon >= 0 and CLOCK_SIGN.search(text, colon, end) is not None


def _tabbed(text: str, line: int, begin: int, end: int) -> Candidate | None:
    found = _TABBED.match(text, begin, end) if text.find("\t", begin, end) >= 0 else None
    name = visible(found["name"]).strip(BLANK) if found else ""
    if not found or not name or not is_label_shaped(name):
        return None
    return Candidate(line, begin, found.end(), name, Style.TAB)


def _question(text: str, line: int, begin: int, end: int) -> Candidate | None:
    if text[begin] not in "QA":
        return None
    for pattern, style in ((_QA_GAP, Style.GAP), (_QA_COURT, Style.COURT)):
        found = pattern.match(text, begin, end)
        if found:
            return Candidate(line, begin, found.end(), found["name"], style)
    return None


def _floor(text: str, line: int, begin: int, end: int) -> Candidate | None:
    if text[begin : begin + 2] not in FLOOR_OPENS:
        return None
    found = _FLOOR.match(text, begin, end)
    return Candidate(line, begin, found.end(), found["name"], Style.FLOOR) if found else None
