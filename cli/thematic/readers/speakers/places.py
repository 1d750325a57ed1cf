"""What one line can tell about a speaker's label, before any evidence is weighed.

A candidate is a place that has the shape of a label. Whether it is one is decided in
`labels`, from the whole text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from thematic.model.labels import visible
from thematic.readers.speakers.colons import coloned, find_colon, is_label_shaped
from thematic.readers.speakers.furniture import LIST_MARK
from thematic.readers.speakers.roles import names_a_role
from thematic.readers.speakers.shapes import BLANK, LONGEST_LABEL, Candidate, Style
from thematic.readers.speakers.signs import signed
from thematic.readers.speakers.stamped import after_stamp, before_stamp
from thematic.readers.speakers.vocabulary import TITLES
from thematic.readers.speakers.wrapped import bracketed, emphasised

# `>> Anna:`, `- Anna:`, `> Anna:`, `#Anna:`, and `*INV:` of CHAT files.
_PREFIX = re.compile(
    rf"[{BLANK}]*(?:>>+[{BLANK}]*|(?P<item>{LIST_MARK}(?=\w|\*\*|\[))"
    r"|[#@•](?!\d+:\d)(?=\w)(?![^\n#]{1,40}\#)|\*(?=[A-Z0-9]{3}:))?"
)
_NUMBER = re.compile(rf"\d{{1,5}}[.)]?[{BLANK}]+(?=\S)")
_TABBED = re.compile(rf"(?P<name>[^\n:\t\[\]<>]{{1,63}})[ ]*\t[{BLANK}]*(?=\S)")
_QA_GAP = re.compile(rf"(?P<name>[QA])(?:\t|\u00a0|[{BLANK}]{{2}})[{BLANK}]*(?=\S)")
_QA_COURT = re.compile(rf"(?P<name>[QA]\d{{0,3}})\.[{BLANK}]+(?=\S)")
_TITLES = "|".join(sorted(TITLES))
_SURNAME = r"(?:(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O['’])?[A-Z][A-Z'’-]+)"
_OF_STATE = r"(?:[ ]of[ ][A-Z][a-z]+(?:[ ][A-Z][a-z]+)?)?"
_MEMBER = rf"(?:{_TITLES})\.?[ ]{_SURNAME}(?:[ ]{_SURNAME}){{0,3}}{_OF_STATE}"
_OFFICE = r"The[ ](?:[A-Z]{4,}[ ]){0,3}[A-Z]{4,}(?:[ ]pro[ ]tempore)?"
_FLOOR = re.compile(rf"(?P<name>{_MEMBER}|{_OFFICE})\.[{BLANK}]+(?=\S)")


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
    return replace(found, start=start, name=visible(found.name))


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
    return text.find(":", begin, min(end, begin + LONGEST_LABEL + 40)) >= 0


def _tabbed(text: str, line: int, begin: int, end: int) -> Candidate | None:
    found = _TABBED.match(text, begin, end)
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
    if not text[begin].isupper():
        return None
    found = _FLOOR.match(text, begin, end)
    return Candidate(line, begin, found.end(), found["name"], Style.FLOOR) if found else None
