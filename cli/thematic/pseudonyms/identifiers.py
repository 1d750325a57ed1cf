"""Direct identifiers in talk: addresses and numbers that lead to one person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from thematic.model.transcript import Span

_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d[-/–](?:19|20)?\d\d")
_PROFILE = re.compile(
    r"//[^/\s]+@|[/.](?:facebook|fb|instagram|twitter|x|linkedin|tiktok|youtube|github|gitlab|vk|"
    r"telegram|t|reddit|snapchat|mastodon|medium|orcid|researchgate|academia|threads|bsky)\."
    r"[a-z.]{2,10}/\S|/(?:~|@|u/|user|users|profile|people|in/|member)|[?&](?:user|uid|id|name)=",
    re.IGNORECASE,
)
_BLANK = "[ \u00a0\u2009\u202f]"
ADDRESS = r"(?:https?://|ftp://|\bwww\.)[^\s<>\"\[\]]+|\b[a-z0-9-]{1,63}\.(?:com|org|net|de|io)/\S+"


def _profile(text: str) -> bool:
    return _PROFILE.search(text) is not None


def _number(least: int, most: int = 16) -> Callable[[str], bool]:
    """A test that a text has a fitting number of digits and is no date."""

    def fits(text: str) -> bool:
        digits = sum(sign.isdigit() for sign in text)
        return least <= digits <= most and not _DATE.fullmatch(text.strip())

    return fits


def _always(_text: str) -> bool:
    return True


def _hex(text: str) -> bool:
    """Whether this is an address and no time, which has colons too."""
    return text.count(":") > 3 or any(sign.isalpha() for sign in text)


_B = f"{_BLANK}?"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_HEX = "[0-9A-Fa-f]{1,4}"
_IBAN = rf"(?<!\w)[A-Z]{{2}}\d\d(?:{_B}[A-Z0-9]{{4}}){{2,7}}(?:{_B}[A-Z0-9]{{1,3}})?(?!\w)"
_SIGN = rf"{_B}[./-]?{_B}"
_ABROAD = rf"(?<![\w.,])(?:\+|00)\d(?:{_B}[()./-]{{0,2}}{_B}\d){{6,14}}(?!\w)"
_AT_HOME = rf"(?<![\w.,])\(?0\d{{1,5}}\)?(?:{_SIGN}\d){{4,12}}(?!\w)"
_AMERICAN = rf"(?<![\w.,-])(?:\(\d{{3}}\){_B}|\d{{3}}[-. ])?\d{{3}}[-.]\d{{4}}(?![\w-])"
# In this order: what an earlier one has found, no later one takes apart.
_PATTERNS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("web-address", rf"(?i:{ADDRESS})", _profile),
    ("email", r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", _always),
    ("account", r"(?<![\w@/.])@[A-Za-z_][\w.]{1,29}\w", _always),
    ("iban", _IBAN, _number(8, 34)),
    ("card", r"(?<![\w.,])\d{4}(?:[ -]?\d{4}){3}(?!\w)", _always),
    ("ip-address", rf"(?<![\w.])(?:{_BYTE}\.){{3}}{_BYTE}(?![\w.]\d|\w)", _always),
    ("ip-address", rf"(?<![\w:])(?:{_HEX}:){{3,7}}(?::|{_HEX})[0-9A-Fa-f:]{{0,30}}(?![\w:])", _hex),
    ("id-number", r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", _always),
    ("telephone", _ABROAD, _number(7)),
    ("telephone", _AT_HOME, _number(7)),
    ("telephone", _AMERICAN, _number(7)),
    ("id-number", r"(?<!\w)(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*\d){5})[A-Z0-9]{7,14}(?!\w)", _always),
    ("id-number", rf"(?<!\w)[A-Z]{{2}}(?:{_B}\d\d){{3}}{_B}[A-D](?!\w)", _always),
    ("id-number", r"(?<![\w.,])\d{8,20}(?![\w%]|[.,]\d)", _always),
)
_COMPILED = tuple((kind, re.compile(pattern), fits) for kind, pattern, fits in _PATTERNS)
_AFTER = ".,;:!?)]}'\"’”"  # signs that end a sentence, not an address


def identifiers(text: str) -> Iterator[tuple[Span, str]]:
    """Where direct identifiers stand in a text, and their kinds; none overlaps another."""
    found: list[Span] = []
    for kind, pattern, fits in _COMPILED:
        for match in pattern.finditer(text):
            words = match.group().rstrip(_AFTER)
            span = Span(match.start(), match.start() + len(words))
            if words and fits(words) and not any(span.overlaps(one) for one in found):
                found.append(span)
                yield span, kind
