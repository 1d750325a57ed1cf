"""What a character is to matching: letters, joints, quotes, and what is removed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

BARRIER = "\x00"  # stands for a time stamp inside a turn; no phrase crosses it
ANY_LETTERS = "\ufdd0"  # a rule's `*` once folded: a noncharacter no text should hold
ONE_LETTER = "\ufdd1"  # a rule's `?` once folded
HYPHENS = frozenset("-\u2010\u2011\u2013")

# Languages written without blanks between words: every letter stands alone.
WITHOUT_BLANKS = frozenset({"zh", "ja", "th", "km", "lo", "my"})

# Soft hyphen, zero-width and direction marks; with these, the selectors of a glyph's variant.
_REMOVED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068\u2069"
_VARIANTS = "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
REMOVED = frozenset(_REMOVED + _ISOLATES + _VARIANTS)

# The same as the inside of a regular-expression class: ranges, which match many times faster.
REMOVED_CLASS = (
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b`\u00b4\u02bc\u02bf\u02be"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f"
STRAIGHT = {ord(c): "'" for c in _SINGLE_QUOTES} | {ord(c): '"' for c in _DOUBLE_QUOTES}
# A text's own barrier and wildcard characters must not act as ours.
READING = STRAIGHT | {ord(c): "\ufffd" for c in (BARRIER, ANY_LETTERS, ONE_LETTER)}
READING |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of characters


@cache
def is_letter(char: str) -> bool:
    """Whether a character is of Unicode category L, M or N (or a rule's wildcard)."""
    return unicodedata.category(char)[0] in "LMN" or char in (ANY_LETTERS, ONE_LETTER)


# All but ideographs, Hangul syllables, surrogates and private use, half of the characters.
_MAY_HOLD_MARKS = (
    *(range(0x300, 0x3400), range(0x4DC0, 0x4E00), range(0xA000, 0xAC00)),
    *(range(0xD7A4, 0xD800), range(0xF900, 0x20000)),
)


@cache
def mark_class() -> str:
    """The inside of a regular-expression class with every combining mark, which \\w leaves out."""
    chars = (char for block in _MAY_HOLD_MARKS for char in map(chr, block))
    return "".join(_ranges([char for char in chars if unicodedata.category(char)[0] == "M"]))


def _ranges(chars: list[str]) -> list[str]:
    ranges: list[list[str]] = []
    for char in chars:
        if ranges and ord(char) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = char
        else:
            ranges.append([char, char])
    return [f"{first}-{last}" for first, last in ranges]


@cache
def token_pattern() -> re.Pattern[str]:
    """Matches one run of letters, or one other character that is no blank."""
    letter = rf"(?:[^\W_]|[{mark_class()}{ANY_LETTERS}{ONE_LETTER}])"
    return re.compile(rf"{letter}+|[^ ]")


@cache
def letter_pattern() -> re.Pattern[str]:
    """Matches one character that is no blank: for languages written without blanks."""
    return re.compile(r"[^ ]")


@cache
def word_pattern() -> re.Pattern[str]:
    """Matches one word of a reading text, for distances and word counts."""
    letter = rf"(?:[^\W_]|[{mark_class()}])"
    return re.compile(rf"{letter}+(?:['\u2010\u2011-]{letter}+)*")


_WITHOUT_MARKS = re.compile("[\x00-\u02ff\u2000-\u20cf]*")  # most Western texts
_WORD_WITHOUT_MARKS = re.compile(r"[^\W_]+(?:['\u2010\u2011-][^\W_]+)*")


def words_of(text: str) -> Iterator[re.Match[str]]:
    """The words of a reading text, as `word_pattern` finds them.

    Listing all combining marks takes longer than reading a few transcripts, and most hold none.
    """
    without = _WITHOUT_MARKS.fullmatch(text) is not None
    return (_WORD_WITHOUT_MARKS if without else word_pattern()).finditer(text)
