"""Characters that nobody sees and that programs leave beside names: they part no words."""

from __future__ import annotations

# Zero-width blanks and joiners, marks of writing direction, byte-order mark, soft hyphen.
INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_DROPPED = {ord(sign): None for sign in INVISIBLE}


def visible(text: str) -> str:
    """The text without characters that nobody sees."""
    return text if text.isascii() else text.translate(_DROPPED)
