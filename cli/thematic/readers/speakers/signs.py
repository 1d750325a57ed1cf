"""Names with another sign than a colon, or none: `Name; words`, `Name - words`, `Q words`.

Such places are everywhere in prose, so what they tell is weighed apart, in `by_sign` and
`beside`.
"""

from __future__ import annotations

from functools import lru_cache

from thematic.model.labels import key_of, visible
from thematic.model.patterns import expression
from thematic.readers.speakers.colons import is_label_shaped
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped, is_noise, is_stop
from thematic.readers.speakers.roles import names_a_role
from thematic.readers.speakers.shapes import BLANK, Candidate, Style, skip_blanks

SEMICOLON, DASH, STOP_SIGN = ";", "-", "."
WIDE = "  "  # two blanks in place of a sign
THIN = " "  # one blank: a colon was forgotten
BOLD = "**"  # a name alone on its line, in bold
CLEAR_SIGNS = frozenset((SEMICOLON, "=", ">", "|"))  # no sentence has them behind its first word
WEAK_SIGNS = frozenset((THIN, WIDE, STOP_SIGN))  # ... and these stand in many

LONGEST_BEFORE_SIGN = 40  # characters of a name, without what is in brackets
_NAME = rf"(?P<name>[^\n:：;|=>\t()]{{1,{LONGEST_BEFORE_SIGN}}}?" + r"(?:\([^()\n:：]{1,40}\))?)"
_SIGNED = expression(
    rf"{_NAME}(?:[{BLANK}]?(?P<sign>;)|[{BLANK}]?(?P<mark>[=>|)])(?=[{BLANK}]|$)"
    rf"|[{BLANK}]*(?P<dash>[-–—])(?=[{BLANK}]|$))"
)
_SIGN = expression(rf"[;=>|)–—-](?:(?<=;)|(?=[{BLANK}]|$))")  # any of those in _SIGNED
_LONGEST_BEFORE = 83  # characters of _NAME with what is in brackets, and a blank
_STOP = expression(rf"\.[{BLANK}]")
_STOPPED = expression(rf"{_NAME}\.(?=[{BLANK}]+\S)")
_WIDE = expression(rf"(?P<name>\S+(?:[ \u00a0]\S+){{0,3}})[{BLANK}]{{2,}}(?=\S)")
_THIN_QUESTION = expression(r"(?P<name>[QA]) (?=[A-Z\"“'‘¿(\[\d])")
_THIN = expression(r"(?P<name>[^\W\d_][\w'’.-]{2,24}(?: ?#?\d{1,3})?) (?=[^\W\d_a-z])")
_LONGEST_NAME = 40  # characters of a name alone on its line
_EMPHASISED = expression(r"(\*{1,3}|_{1,3})(?=[^\s*_])([^*\n]{1,60}?)\1")


def signed(text: str, line: int, begin: int, end: int) -> Candidate | None:
    """A name and a sign in place of the colon; its `sign` is one of ; - = > | ) . or blanks."""
    for pattern, may_match in ((_SIGNED, _may_be_signed), (_STOPPED, _may_be_stopped)):
        found = pattern.match(text, begin, end) if may_match(text, begin, end) else None
        name = visible(found["name"]).strip(BLANK) if found else ""
        if found and name and is_before_sign(name):
            parts = found.groupdict()
            sign = (
                parts.get("sign") or parts.get("mark") or (DASH if "dash" in parts else STOP_SIGN)
            )
            after = skip_blanks(text, found.end(), end)
            return Candidate(line, begin, after, name, Style.SIGNED, None, sign)
    for pattern, sign in ((_WIDE, WIDE), (_THIN_QUESTION, THIN), (_THIN, THIN)):
        found = pattern.match(text, begin, end)
        if found and (len(found["name"]) == 1 or _says_who(found["name"], sign)):
            return Candidate(line, begin, found.end(), found["name"], Style.SIGNED, None, sign)
    return None


def _may_be_signed(text: str, begin: int, end: int) -> bool:
    """Exact: the sign stands right behind the longest name, or behind blanks that begin there."""
    last = begin + _LONGEST_BEFORE
    blanks = last < end and text[last] in BLANK
    return blanks or _SIGN.search(text, begin, min(end, last + 1)) is not None


def _may_be_stopped(text: str, begin: int, end: int) -> bool:
    """Exact: the stop and a blank stand right behind the longest name."""
    return _STOP.search(text, begin, min(end, begin + _LONGEST_BEFORE + 1)) is not None


@lru_cache(maxsize=65_536)
def is_before_sign(name: str) -> bool:
    """Whether a name may stand before such a sign."""
    return is_label_shaped(name) and not is_stop(key_of(name))


def _says_who(name: str, sign: str) -> bool:
    if sign == THIN:
        return names_a_role(name)
    return is_name_shaped(name) and not is_stop(key_of(name))


def bare_name(text: str, line: int, start: int, end: int) -> Candidate | None:
    """A line that is nothing but a name; its `sign` tells whether it stands in marks of bold."""
    name = visible(text[start:end]).strip(BLANK)
    marked = _EMPHASISED.fullmatch(name)
    name = marked[2].strip() if marked else name
    if not 1 <= len(name) <= _LONGEST_NAME or name[-1] in ".,;-–—'\"’”)":
        return None
    if ":" in name and name[-1] != "]":  # no word of a name has one, but the bracket behind it
        return None
    if len(name.split()) > 5 or not (is_name_shaped(name) or is_lower_shaped(name, 1)):
        return None
    if is_stop(key_of(name)) or is_noise(key_of(name)):
        return None
    return Candidate(line, start, end, name, Style.BARE, None, BOLD if marked else "")
