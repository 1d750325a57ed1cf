"""Texts as they are compared when exact words are not found, with the way back."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import lru_cache
from itertools import compress

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

_SINGLE = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u2039\u203a`\u00b4", "'")
_DOUBLE = dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d", '"')
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_AS = _SINGLE | _DOUBLE | _DASHES


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without white space, quotation marks and dashes of one kind each.

    `positions` holds, for each of its characters, where it comes from in the raw text.
    """

    text: str
    positions: tuple[int, ...]

    def raw(self, span: Span) -> Span:
        """Where a stretch, which must not be empty, stands in the raw text."""
        return Span(self.positions[span.start], self.positions[span.end - 1] + 1)

    def place(self, position: int) -> int:
        """Where in this text a raw position lies."""
        return bisect_left(self.positions, position)


@lru_cache(maxsize=8)
def folded(text: str) -> Folded:
    """The text without white space and invisible characters, in compatible decomposed form.

    So a passage is found again where lines were wrapped anew, where Word made quotation
    marks curly or dashes long, and where accents are stored in another way. Case stays.
    """
    known = {character: _folded_one(character) for character in set(text)}
    parts = [known[character] for character in text]
    if all(len(part) <= 1 for part in known.values()):
        positions = tuple(compress(range(len(text)), parts))
    else:
        positions = tuple(at for at, part in enumerate(parts) for _ in part)
    return Folded("".join(parts), positions)


def _folded_one(character: str) -> str:
    whole = "".join(_AS.get(part, part) for part in unicodedata.normalize("NFKD", character))
    shown = (part for part in whole if not part.isspace() and unicodedata.category(part) != "Cf")
    return _AS.get(character) or "".join(shown)
