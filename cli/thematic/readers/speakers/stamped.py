"""Names beside a stamp: `[00:01:23] Name: words`, `Name (00:12):`, `Name  0:14`."""

from __future__ import annotations

import re
from dataclasses import replace

from thematic.model.labels import visible
from thematic.model.patterns import expression
from thematic.readers.speakers.colons import coloned, find_colon
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped
from thematic.readers.speakers.shapes import BLANK, LONGEST_LABEL, Candidate, Style
from thematic.readers.speakers.signs import signed
from thematic.readers.speakers.stamps import BRACKETED, CLOCK, STARRED, seconds_of
from thematic.readers.speakers.wrapped import bracketed, emphasised

_STAMP = rf"(?:{BRACKETED}|{STARRED}|{CLOCK})"
_LEADING = expression(rf"{_STAMP}(?P<gap>[{BLANK}]*(?:[-–—|][{BLANK}]*(?!\d))?)")
_NAME = r"[^\n\[\](){}<>#\t:]{1,63}?(?:\((?![ ]*\d{1,3}:)[^()\n:]{1,40}\))?"
_NAME_STAMP = expression(
    rf"(?P<name>{_NAME})(?P<gap>[{BLANK}]*)(?:(?P<bracketed>{BRACKETED})|(?P<clock>{CLOCK}))"
    rf"[{BLANK}]*(?P<colon>[:：])?(?P<rest>[{BLANK}]*(?=\S)|[{BLANK}]*$)"
)
_DASH = expression(rf"(?P<name>[^\n:\[\]<>]{{1,40}}?)[{BLANK}]+[-–—][{BLANK}]+")
_TABBED = expression(rf"(?P<name>[^\n:\t\[\]<>]{{1,63}})[ ]*\t[{BLANK}]*(?=\S)")
# A name alone behind a stamp needs words below it; below `[0:01] Yes` stands the next stamp.
_ALONE = expression(rf"(?P<name>[^\n:]{{2,40}}?)[{BLANK}]*(?=\n[{BLANK}]*(?!{_STAMP})[^\s])")
_CHAT = expression(
    rf"From[{BLANK}]+(?P<name>[^\n:]{{1,60}}?)[{BLANK}]+[Tt]o[{BLANK}]+[^\n:]{{1,80}}[:：][{BLANK}]*"
)
_MOST_LOWER = 4  # words of a name without capitals before a stamp that ends the line


def after_stamp(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """A stamp and then a name: [00:01:23] Name: · *0:12 = Name: · stamp, tab, name, tab."""
    stamp = _LEADING.match(text, begin, end)
    if not stamp or stamp.end() >= end:
        return None
    time, name_at = seconds_of(stamp.group()), stamp.end()
    chat = _CHAT.match(text, name_at, end) if text.startswith("From", name_at) else None
    if chat:
        return Candidate(line, begin, chat.end(), chat["name"], Style.STAMPED, time)
    colon = find_colon(text, name_at, min(end, name_at + LONGEST_LABEL + 2))
    found = coloned(text, line, name_at, end, colon, time) if colon > 0 else None
    found = found or emphasised(text, line, name_at, end) or bracketed(text, line, name_at, end)
    if found:
        return Candidate(line, begin, found.end, found.name, Style.STAMPED, time)
    loose = _TABBED.match(text, name_at, end) if "\t" in stamp["gap"] else None
    loose = loose or _DASH.match(text, name_at, end) or _alone(text, name_at, end)
    name = visible(loose["name"]).strip(BLANK) if loose else ""
    if loose and is_name_shaped(name):
        return Candidate(line, begin, min(loose.end(), end), name, Style.LOOSE, time)
    other = signed(text, line, name_at, end)
    return replace(other, start=begin, time=time) if other else None


def _alone(text: str, begin: int, end: int) -> re.Match[str] | None:
    if end - begin > LONGEST_LABEL or text[end - 1] in ".?!…,;":
        return None
    return _ALONE.match(text, begin, min(end + 60, len(text)))


def before_stamp(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """A name and then a stamp: Name (00:12): words · Name  0:14 alone on its line."""
    found = _NAME_STAMP.match(text, begin, min(end, begin + 130))
    if not found:
        return None
    name = visible(found["name"]).strip(BLANK + ",-–—|")
    alone = found.end() == end
    lower = is_lower_shaped(name, _MOST_LOWER if alone else 2)
    if not is_name_shaped(name) and not lower:
        return None
    if not found["gap"] and not found["name"][-1].isalpha():  # `0` of `00:00:12` is no name
        return None
    wide = len(found["gap"]) > 1 or "\t" in found["gap"]
    if found["bracketed"]:
        sure = bool(found["colon"]) or (alone and wide)
        possible = sure or alone or bool(found["gap"])
    else:
        sure = alone and (wide or bool(found["colon"]))
        possible = alone or bool(found["colon"] and found["gap"])
    if not possible:
        return None
    style = Style.STAMPED if sure else Style.LOOSE
    time = seconds_of(found["bracketed"] or found["clock"])
    return Candidate(line, begin, found.end(), name, style, time)
