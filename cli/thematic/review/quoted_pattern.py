"""What a quotation claims: words in their order, with ellipses and brackets between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from thematic.model.nouns import dataclass
from thematic.review.quoted_words import CLOSE, OPEN, folded_word, words_in

if TYPE_CHECKING:
    from re import Pattern

_MOST_REPLACED = 12  # words for which one pair of brackets may stand
_ANY = f"{OPEN}[^{OPEN}{CLOSE}\n]*{CLOSE}"
_ELLIPSIS = r"\.(?:[ \u00a0]?\.){2,3}|…"
_PART = re.compile(
    rf"(?P<elision>[\[(]\s*(?:{_ELLIPSIS})\s*[\])]|{_ELLIPSIS})"
    r"|(?P<glued>(?:[^\W_]*\[[^\W_]{1,30}\])+[^\W_]+|[^\W_]+\[[^\W_]{1,30}\])"  # [T]hey, pledg[ed]
    r"|(?P<bracket>\[[^\[\]]{0,300}\])"
    r"|(?P<word>[^\W_]+(?:['’ʼ\u2010\u2011-][^\W_]+)*)"
)
_INNER = re.compile(r"\[([^\[\]]*)\]")

Kind = Literal["word", "glued", "bracket", "elision"]


class Part(NamedTuple):
    """One piece of a quotation; words are folded, pieces of other kinds as they stand."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Claim:
    """A quotation as pieces, without ellipses and brackets at its two ends.

    Args:
        parts: the pieces.
        edged: whether brackets stood at an end, as in `[They] came at night`.
    """

    parts: tuple[Part, ...]
    edged: bool = False

    @cached_property
    def words(self) -> list[str]:
        """Its words without what stands in brackets."""
        return [one.text for one in self.parts if one.kind == "word"]

    @property
    def is_plain(self) -> bool:
        """Whether it is words only."""
        return all(one.kind == "word" for one in self.parts)

    @property
    def elides(self) -> bool:
        """Whether an ellipsis says that words are left out."""
        return any(one.kind == "elision" for one in self.parts)

    @property
    def brackets(self) -> bool:
        """Whether brackets say that words are put in or replaced."""
        return self.edged or any(one.kind in ("bracket", "glued") for one in self.parts)

    @cached_property
    def runs(self) -> list[str]:
        """Words that must stand side by side, as they do in joined texts."""
        groups = groupby(self.parts, key=lambda one: one.kind)
        return [
            "".join(f"{OPEN}{one.text}{CLOSE}" for one in run)
            for kind, run in groups
            if kind == "word"
        ]

    def pattern(self, *, over_turns: bool) -> Pattern[str]:
        """An expression for joined texts, matched in linear time.

        Args:
            over_turns: words may be left out over the border of a turn.
        """
        import re2

        anything = f"(?:{_ANY}|\n)*?" if over_turns else f"(?:{_ANY})*?"
        return re2.compile("".join(_expression(one, anything) for one in self.parts))  # type: ignore[no-any-return]


def claim_of(text: str) -> Claim:
    """The pieces of a quotation."""
    parts = list(_parts(text))
    words = [number for number, one in enumerate(parts) if one.kind in ("word", "glued")]
    first, end = (words[0], words[-1] + 1) if words else (0, 0)
    outer = (*parts[:first], *parts[end:])
    return Claim(tuple(parts[first:end]), any(one.kind == "bracket" for one in outer))


def _parts(text: str) -> Iterator[Part]:
    for match in _PART.finditer(text):
        kind: Any = match.lastgroup
        found = match[0]
        if kind == "glued" and _is_one_letter(found):
            yield Part("word", folded_word(_INNER.sub(r"\1", found)))
        else:
            yield Part(kind, folded_word(found) if kind == "word" else found)


def _is_one_letter(found: str) -> bool:
    """Whether brackets only say that a letter's case was changed, as in `[T]hey`."""
    return re.match(r"\[[^\W_]\][^\W_\[\]]+$", found) is not None


def _expression(part: Part, anything: str) -> str:
    match part.kind:
        case "word":
            return re.escape(f"{OPEN}{part.text}{CLOSE}")
        case "elision":
            return anything
        case "bracket":
            return f"(?:{_ANY}){{0,{max(_MOST_REPLACED, len(words_in(part.text)))}}}?"
        case _:  # pledg[ed]: a word of which the letters outside the brackets are kept
            kept = [re.escape(folded_word(one)) for one in _INNER.split(part.text)[::2]]
            return OPEN + f"[^{OPEN}{CLOSE}\n]*".join(kept) + CLOSE
