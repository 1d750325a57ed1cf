"""RTF as a row of tokens: braces, control words, bytes and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from enum import Enum, auto
from typing import TypeAlias


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()  # \name or \name12
    SIGN = auto()  # a backslash and one sign that is no letter
    BYTES = auto()  # \'e9\'e8
    TEXT = auto()


# One token: its kind, its text (bytes as hexadecimal), and the number behind a control word,
# None where there is none. Plain tuples, for a file has millions of them.
Token: TypeAlias = tuple[Kind, str, int | None]

_TOKEN = re.compile(
    r"([^\\{}\r\n]+)"
    r"|\\([A-Za-z]{1,40})(-?\d{1,10})?[ ]?"
    r"|([{}])"
    r"|((?:\\'[0-9A-Fa-f]{2})+)"
    r"|\\([^A-Za-z'])"
    r"|([\r\n]+|\\'?)",
    re.DOTALL,
)
_TEXT, _BARE_WORD, _WORD, _BRACE, _BYTES, _SIGN = range(1, 7)  # groups of the pattern
_SKIPPED = re.compile(r"[^\\{}]+|\\bin(\d{1,10})[ ]?|\\[^{}]|\\[{}]|([{}])", re.DOTALL)


class Tokens:
    """The tokens of an RTF text, which can be told to leave out the rest of a group.

    Args:
        text: the file.
        meant: the control words that mean something wherever they stand; others are given
            only as the first in a group, where a word names what the group holds.
    """

    def __init__(self, text: str, meant: Set[str]) -> None:
        self._text = text
        self._meant = meant
        self._at = 0

    def __iter__(self) -> Iterator[Token]:
        """The tokens in order; binary data is left out."""
        match, meant, is_first = _TOKEN.match, self._meant, False
        while found := match(self._text, self._at):
            self._at = found.end()
            which = found.lastindex
            if which == _TEXT:
                yield Kind.TEXT, found[1], None
            elif which in (_WORD, _BARE_WORD):
                word, number = found[2], found[3]
                if word == "bin":
                    self._at += max(int(number or 0), 0)
                elif is_first or word in meant:
                    is_first = False
                    yield Kind.WORD, word, int(number) if number else None
            elif which == _BRACE:
                is_first = found[4] == "{"
                yield Kind.OPEN if is_first else Kind.CLOSE, "", None
            elif which == _BYTES:
                yield Kind.BYTES, found[5].replace("\\'", ""), None
            elif which == _SIGN:
                yield Kind.SIGN, found[6], None

    def skip_group(self) -> None:
        """Go on before the brace that closes the group we are in."""
        depth = 0
        while found := _SKIPPED.match(self._text, self._at):
            if found[2]:
                depth += 1 if found[2] == "{" else -1
                if depth < 0:
                    return
            self._at = found.end() + (int(found[1]) if found[1] else 0)


def depth_of(text: str) -> int:
    """How many groups lie in one another at most."""
    depth = deepest = 0
    for found in re.finditer(r"\\[\\{}]|[{}]", text):
        if len(found.group()) == 1:
            depth += 1 if found.group() == "{" else -1
            deepest = max(deepest, depth)
    return deepest
