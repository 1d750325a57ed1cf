"""Which words of a dictionary a word looks like: other forms, same stem, one letter off.

Everything is looked up, never compared pair by pair: forms and stems by themselves, a slip
of one letter by the words that remain when one letter is taken out of either (Mor and
Fraenkel 1982). The time grows with the number of words, not with their product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from enum import StrEnum
from functools import cache
from typing import Any

from thematic.model.nouns import dataclass

SLIP_FROM = 6  # letters: of shorter words too many others are one letter off
STEM_FROM = 4
_SNOWBALL = dict(
    pair.split("=")
    for pair in (
        "ar=arabic hy=armenian eu=basque ca=catalan cs=czech da=danish nl=dutch en=english "
        "eo=esperanto et=estonian fi=finnish fr=french de=german el=greek hi=hindi hu=hungarian "
        "id=indonesian ga=irish it=italian lt=lithuanian ne=nepali nb=norwegian nn=norwegian "
        "no=norwegian fa=persian pl=polish pt=portuguese ro=romanian ru=russian sr=serbian "
        "es=spanish sv=swedish ta=tamil tr=turkish yi=yiddish"
    ).split()
)


class Likeness(StrEnum):
    """How a word of the text is like a word of the dictionary, the nearest first."""

    SAME = "same"
    FORM = "inflection"
    STEM = "stem"
    SLIP = "spelling"


_NEAREST = list(Likeness)


@cache
def stemmer(language: str) -> Callable[[str], str] | None:
    """The Snowball stemmer of a language (Porter 2001); None where there is none."""
    name = _SNOWBALL.get(language.partition("-")[0].casefold())
    if name is None:
        return None
    import snowballstemmer

    if name not in snowballstemmer.algorithms():
        return None
    made: Any = snowballstemmer.stemmer(name)
    stem: Callable[[str], str] = made.stemWord
    return stem


@dataclass
class Lookalikes:
    """The words of a dictionary, to be found by words that look like them.

    Args:
        words: folded words; one that ends in `*` stands for all that begin so.
        forms: every inflected form of a word.
        stem: the stem of a word; None = none is known.
    """

    words: Iterable[str]
    forms: Callable[[str], Iterable[str]]
    stem: Callable[[str], str] | None
    _whole: set[str] = field(default_factory=set)
    _heads: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _forms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _stems: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _slips: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _found_like: dict[str, dict[str, Likeness]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for word in dict.fromkeys(self.words):
            if word.endswith("*"):
                self._heads[len(word) - 1][word[:-1]] = word
            else:
                self._take(word)
            if _may_slip(word.rstrip("*")):
                for rest in _without_one(word.rstrip("*")):
                    self._slips[rest].add(word)

    def _take(self, word: str) -> None:
        self._whole.add(word)
        for form in self.forms(word):
            self._forms[form].add(word)
        if self.stem is not None and len(word) >= STEM_FROM:
            self._stems[self.stem(word)].add(word)

    def like(self, word: str) -> dict[str, Likeness]:
        """The dictionary's words that a folded word is or looks like, each with how."""
        if word not in self._found_like:
            found: dict[str, Likeness] = {}
            for one, likeness in self._found(word):
                if one not in found or _nearer(likeness, found[one]):
                    found[one] = likeness
            self._found_like[word] = found
        return self._found_like[word]

    def _found(self, word: str) -> Iterator[tuple[str, Likeness]]:
        if word in self._whole:
            yield word, Likeness.SAME
        for length, heads in self._heads.items():
            if word[:length] in heads:
                yield heads[word[:length]], Likeness.SAME
        yield from ((one, Likeness.FORM) for one in self._forms.get(word, ()))
        if self.stem is not None and len(word) >= STEM_FROM:
            yield from ((one, Likeness.STEM) for one in self._stems.get(self.stem(word), ()))
        if _may_slip(word) and not self._is_ordinary(word):
            yield from ((one, Likeness.SLIP) for one in self._slipped(word))

    def _is_ordinary(self, word: str) -> bool:
        """Whether a word is one of the language, and so no slip for another; as far as known."""
        ends = [word[: len(word) - cut] for cut in range(min(5, len(word) - 2))]
        bases = [base + more for base in ends for more in ("", "e", "y")]
        return any(word in known and len(known) > 1 for known in map(self._forms_of, bases))

    def _forms_of(self, word: str) -> tuple[str, ...]:
        return tuple(self.forms(word))

    def _slipped(self, word: str) -> Iterator[str]:
        """Words of the dictionary that one letter too many, too few, other or swapped makes."""
        for rest in _without_one(word):
            for one in self._slips.get(rest, ()):
                if not one.endswith("*") and one_slip(one, word):
                    yield one
        for length in self._heads:
            if length < SLIP_FROM or len(word) < length - 1:
                continue
            for cut in (word[: length - 1], word[:length], word[: length + 1]):
                for rest in _without_one(cut):
                    for one in self._slips.get(rest, ()):
                        if one.endswith("*") and len(one) == length + 1 and one_slip(one[:-1], cut):
                            yield one


def _nearer(one: Likeness, other: Likeness) -> bool:
    return _NEAREST.index(one) < _NEAREST.index(other)


def _may_slip(word: str) -> bool:
    return len(word) >= SLIP_FROM and not any(char.isdigit() for char in word)


def _without_one(word: str) -> set[str]:
    """The word, and what remains of it without one letter; the first letter stays.

    Slips in the first letter are rare (Pollock and Zamora 1984), and other words many.
    """
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few, other, or two swapped tells two words apart."""
    if one == other or one[:1] != other[:1] or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True  # the one goes on for a letter
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return swapped or one[at + 1 :] == other[at + 1 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]
