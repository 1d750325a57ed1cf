"""The literals of a codebook's phrases: what is looked for, and what hangs on each.

Every phrase gives one literal, its longest stretch without a wildcard. Most phrases are their
literal, or begin or end with one `*`, or both; these are told from the characters around the
literal. Any other phrase with wildcards is a `Glob`, to be settled by an expression.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from thematic.coding.characters import (
    ANY_LETTERS,
    ONE_LETTER,
    is_letter,
    letter_pattern,
    mark_class,
    token_pattern,
)
from thematic.coding.patterns import has_glob
from thematic.model.nouns import dataclass

_WILD = re.compile(f"[{ANY_LETTERS}{ONE_LETTER}]")


@dataclass(frozen=True, slots=True)
class Form:
    """Phrases that are a literal, with any letters before it or after it, or neither."""

    items: tuple[int, ...]  # that stand for them
    before: bool  # the match goes back to where the run of letters begins
    after: bool  # and on to where it ends


@dataclass(frozen=True, slots=True)
class Glob:
    """A phrase with wildcards, to be settled where its literal stands."""

    items: tuple[int, ...]
    expression: str  # of the whole phrase, from its first token on
    tokens_before: tuple[bool, ...]  # from the literal's own token back: is there a blank between


@dataclass(frozen=True, slots=True)
class Literal:
    """One literal and what hangs on it."""

    text: str
    begins_with_letter: bool  # else nothing before it can be inside a word with it
    ends_with_letter: bool
    forms: tuple[Form, ...]
    globs: tuple[Glob, ...]


def literals_of(phrases: Mapping[str, Sequence[int]], *, borders: bool) -> list[Literal]:
    """The literals of some phrases, each text once.

    Args:
        phrases: folded phrase -> the items that stand for it.
        borders: whether matches keep the borders of words (languages with blanks).
    """
    forms: dict[str, tuple[Form, ...]] = {}  # lean, for there may be 300,000
    globs: dict[str, list[Glob]] = defaultdict(list)
    for phrase, items in phrases.items():
        open_ends = _open_ends(phrase, borders=borders)
        if open_ends is None:
            text, glob = _glob(phrase, tuple(items), borders=borders)
            globs[text].append(glob)
        else:
            before, after = open_ends
            text = phrase[before : len(phrase) - after]
            forms[text] = _with_form(forms.get(text, ()), Form(tuple(items), before, after))
    return [
        Literal(
            text=text,
            begins_with_letter=borders and is_letter(text[0]),
            ends_with_letter=borders and is_letter(text[-1]),
            forms=forms.get(text, ()),
            globs=tuple(globs.get(text, ())),
        )
        for text in dict.fromkeys((*forms, *globs))
    ]


def _with_form(known: tuple[Form, ...], form: Form) -> tuple[Form, ...]:
    """The forms of a literal with one more; its items go to those of an equal form."""
    for place, one in enumerate(known):
        if (one.before, one.after) == (form.before, form.after):
            joined = Form((*one.items, *form.items), form.before, form.after)
            return (*known[:place], joined, *known[place + 1 :])
    return (*known, form)


def phrases_by_item(
    items: Iterable[tuple[int, tuple[str, ...]]],
) -> dict[str, tuple[int, ...]]:
    """Each phrase with the items that stand for it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, phrases in items:
        for phrase in phrases:
            found[phrase].append(number)
    return {phrase: tuple(numbers) for phrase, numbers in found.items()}


def letter() -> str:
    """An expression for one letter."""
    return rf"(?:[^\W_]|[{mark_class()}])"


def _open_ends(phrase: str, *, borders: bool) -> tuple[bool, bool] | None:
    """Whether a phrase is a literal with a `*` before it and after it; None for other globs."""
    if not has_glob(phrase):
        return False, False
    before, after = phrase[0] == ANY_LETTERS, phrase[-1] == ANY_LETTERS
    text = phrase[before : len(phrase) - after]
    if not borders or not text or has_glob(text):
        return None
    joined = (not before or is_letter(text[0])) and (not after or is_letter(text[-1]))
    return (before, after) if joined else None


def _glob(phrase: str, items: tuple[int, ...], *, borders: bool) -> tuple[str, Glob]:
    """The literal of a phrase with wildcards, and how to settle it."""
    tokens = token_pattern() if borders else letter_pattern()
    places = [match.span() for match in tokens.finditer(phrase)]
    literal, at = _longest_literal(phrase)
    own = next(n for n, (start, end) in enumerate(places) if start <= at < end)
    blanks = [phrase[end : end + 1] == " " for _, end in places]
    expression = "".join(
        _piece(phrase[start:end], borders=borders) + (" " if blank else "")
        for (start, end), blank in zip(places, blanks, strict=True)
    )
    return literal, Glob(items, expression, tuple(reversed(blanks[:own])))


def _piece(piece: str, *, borders: bool) -> str:
    """One token of a phrase as an expression that takes whole tokens only."""
    one = letter()
    any_letters = f"{one}+" if piece == ANY_LETTERS else f"{one}*"
    parts = {ANY_LETTERS: any_letters, ONE_LETTER: one}
    written = "".join(parts.get(char, re.escape(char)) for char in piece)
    return written + (f"(?!{one})" if borders and is_letter(piece[-1]) else "")


def _longest_literal(phrase: str) -> tuple[str, int]:
    """The longest stretch without wildcards, without blanks at its ends, and its place."""
    best, at = "", 0
    position = 0
    for piece in _WILD.split(phrase):
        literal = piece.strip(" ")
        if len(literal) > len(best):
            best, at = literal, position + piece.index(literal)
        position += len(piece) + 1
    return best, at
