"""Names in brackets or marks: `[Name]`, `<Name>`, `#Name#`, and in plain text `**Name:**`."""

from __future__ import annotations

from thematic.model.labels import key_of, visible
from thematic.model.patterns import expression
from thematic.readers.speakers.colons import is_label_shaped
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped, is_noise
from thematic.readers.speakers.shapes import BLANK, Candidate, Style, skip_blanks
from thematic.readers.speakers.stamps import BRACKETED, CLOCK, seconds_of

_STAMP = rf"(?:{BRACKETED}|{CLOCK})"
_BRACKET = expression(
    r"(?:\[(?P<square>[^\[\]\n:：]{1,40})(?P<a>[:：])?\]|<(?P<angle>[^<>\n:：]{1,40})(?P<b>[:：])?>"
    r"|\((?P<round>[^()\n:：]{1,40})(?P<c>[:：])?\)|\#(?P<hash>[^\#\n:：]{1,40})(?P<d>[:：])?\#)"
    rf"(?P<colon>[{BLANK}]?[:：])?(?=[{BLANK}]|$)"
)
_STAMP_BEHIND = expression(rf"[{BLANK}]+{_STAMP}[{BLANK}]*$")
_EMPHASIS = expression(
    r"(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<inner>[^*\n]{1,90}?)"
    r"(?:[:：][ \t]?(?P=mark)|(?P=mark)(?P<after>[ \t]?[:：]))(?![*\w])"
)
_INNER = expression(
    rf"(?:(?P<before>{_STAMP})[{BLANK}]*)?(?P<name>[^\n:：\[\]]{{1,63}}?)"
    rf"[{BLANK}]*(?P<behind>{_STAMP})?"
)


def bracketed(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """A name in brackets, or between hashes, with or without a colon."""
    found = _BRACKET.match(text, begin, end)
    if not found:
        return None
    name = visible(found["square"] or found["angle"] or found["round"] or found["hash"]).strip()
    has_digit = any(sign.isdigit() for sign in name)
    shaped = is_name_shaped(name) or (has_digit and is_lower_shaped(name))
    if not name or not shaped or is_noise(key_of(name)) or seconds_of(name) is not None:
        return None
    stamp = _STAMP_BEHIND.match(text, found.end(), end)
    if stamp:  # [Name] 10:03:12 (Zoom)
        time = seconds_of(stamp.group())
        return Candidate(line, begin, end, name, Style.STAMPED, time)
    colon = found["colon"] or found["a"] or found["b"] or found["c"] or found["d"]
    style = Style.COLON if colon else Style.BRACKET
    return Candidate(line, begin, skip_blanks(text, found.end(), end), name, style)


def emphasised(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """`**Name:** words` in a file that is not read as Markdown, also with a stamp inside."""
    if text[begin] not in "*_":
        return None
    found = _EMPHASIS.match(text, begin, end)
    inner = _INNER.fullmatch(found["inner"]) if found else None
    name = visible(inner["name"]).strip(BLANK) if inner else ""
    if not found or not inner or not is_label_shaped(name):
        return None
    stamp = inner["before"] or inner["behind"]
    time = seconds_of(stamp) if stamp else None
    return Candidate(line, begin, skip_blanks(text, found.end(), end), name, Style.MARKED, time)
