"""Which encoding bytes without a byte-order mark have, where they are not UTF-8."""

from __future__ import annotations

import re
import unicodedata

_LOOKED_AT = 4096  # bytes in which wide characters show themselves
_CHARACTERS_LOOKED_AT = 200_000
_MOST_NULS = 0.4  # share of characters below U+0100, from which on nothing else is asked
_LEAST_WHITE = 0.01  # share of white space in a text of other characters
_MOST_FOREIGN = 0.6  # share of letters beyond ASCII; French and Danish reach 0.15
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_BETWEEN_LETTERS = frozenset("’‘'“”–—·…\u00a0\u00ad")
_NO_TEXT = ("Cc", "Cn", "Co", "Cs")


def wide_encoding(data: bytes) -> str:
    """UTF-32 or UTF-16 without a mark, as a codec name; "" where the bytes are neither.

    Such characters show as NULs in some of every four or two places and in no others.
    """
    sample = data[:_LOOKED_AT]
    if 0 not in sample:
        return ""
    if len(data) % 4 == 0 and len(sample) >= 8:
        count = len(sample) // 4
        first, second, third, fourth = (sample[n::4].count(0) for n in range(4))
        if fourth == count and third > count * 0.9 and first < count * 0.05:
            return "utf-32-le"
        if first == count and second > count * 0.9 and fourth < count * 0.05:
            return "utf-32-be"
    return _utf16(sample) if len(data) % 2 == 0 and len(sample) >= 4 else ""


def _utf16(sample: bytes) -> str:
    half = len(sample) // 2
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    for name, nuls, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if nuls > half * _MOST_NULS and others < half * 0.05:
            return name
        if nuls and not others and _is_text(sample[: half * 2].decode(name, "ignore")):
            return name
    return ""


def _is_text(text: str) -> bool:
    """Whether it is what somebody may have written: parted by blanks, of known characters."""
    white = sum(sign.isspace() for sign in text)
    return white >= len(text) * _LEAST_WHITE and not any(
        unicodedata.category(sign) in _NO_TEXT and not sign.isspace() for sign in text
    )


def old_encoding(data: bytes) -> str:
    """`cp1252` (Windows) or `mac-roman`, whichever gives likelier words; "" for neither.

    An old Mac's é is a Ž for Windows, so `cafŽ` or `donÕt` tell a Mac.
    """
    windows = _decoded(data, "cp1252")
    mac = _decoded(data, "mac-roman")
    if windows is None:
        letters = sum(_touches_letter(mac, found.start()) for found in _FOREIGN.finditer(mac or ""))
        return "mac-roman" if letters and not _strange(mac or "") else ""
    strange = _strange(windows)
    return "mac-roman" if strange and mac and 3 * _strange(mac) < strange else "cp1252"


def is_other_script(text: str) -> bool:
    """Whether nearly all letters of a text read as CP1252 lie beyond ASCII.

    No language of the West is written so: it is Russian, Greek, Arabic or the like.
    """
    letters = [sign for sign in text[:_CHARACTERS_LOOKED_AT] if sign.isalpha()]
    return sum(not sign.isascii() for sign in letters) > _MOST_FOREIGN * len(letters)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _touches_letter(text: str | None, position: int) -> bool:
    around = (text or "")[max(position - 1, 0) : position + 2]
    return around[1:2].isalpha() and any(sign.isascii() and sign.isalpha() for sign in around)


def _strange(text: str) -> int:
    """How many characters stand where nobody writes them: a capital or a sign in a word."""
    text = text[:_CHARACTERS_LOOKED_AT]
    count = 0
    for found in _FOREIGN.finditer(text):
        position, sign = found.start(), found[0]
        before = text[position - 1 : position] if position else ""
        after = text[position + 1 : position + 2]
        if sign.isupper():
            count += before.islower()
        elif not sign.isalnum() and sign not in _BETWEEN_LETTERS:
            count += before.isalpha() and after.isalpha()
    return count
