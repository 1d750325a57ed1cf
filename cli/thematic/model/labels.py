"""When two labels are the same speaker's: the one rule that readers, coding and analysis share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width blanks and joiners, marks of writing direction, byte-order mark, soft hyphen.
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_DROPPED = {ord(sign): None for sign in INVISIBLE}
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_])[ _.#-]{1,2}(?=\d{1,4}\Z)")


def visible(text: str) -> str:
    """The text without characters that nobody sees: they part no words."""
    return text if text.isascii() else text.translate(_DROPPED)


@lru_cache(maxsize=4096)
def key_of(label: str) -> str:
    """The label as it is compared: labels with one key are one speaker's.

    Case, white space, invisible marks, a colon at the end, and how a number at the end is
    joined make no difference: `Interviewer1`, `INTERVIEWER #1:` and `Interviewer 1`.
    """
    plain = label if label.isascii() else unicodedata.normalize("NFKC", visible(label))
    plain = " ".join(plain.split()).casefold().rstrip(": ")
    return _BEFORE_NUMBER.sub("", plain)
