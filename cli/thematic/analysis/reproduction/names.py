"""Which code or group a printed name means; names that are only alike ask for confirmation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from thematic.model.nouns import dataclass
from thematic.model.tally import without_marks

_ALIKE = 0.7  # of 1; names less alike are not proposed
_MOST = 3  # names proposed


Stem = Callable[[str], str]


class Sameness(StrEnum):
    """How a printed name was matched."""

    SAME = "same"  # but for case, accents, signs, blanks, the order of words and footnote marks
    GIVEN = "given"  # by the user
    ALIKE = "alike"  # proposed, and used only where the user accepts it
    TOTAL = "total"  # a row of totals, of which the measure says what they are
    SUM = "sum of what is printed"
    ANY = "any of what is printed"
    BASE = "base"  # how many there are in all
    NONE = "none"


IN_ALL = (Sameness.TOTAL, Sameness.SUM, Sameness.ANY, Sameness.BASE)
# Before a name: 2.1, (a), iv), C3: and the like.
_NUMBERING = re.compile(
    r"(?:\d+(?:\.\d+)+\.?|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.):]|[A-Z]{1,2}\d{1,3}[.):]|\d{1,3})\s+",
    re.IGNORECASE,
)
_ABBREVIATED = 3  # letters that the beginning of a name needs


@dataclass(frozen=True)
class NameMatch:
    """A printed name and what it means.

    Args:
        name: a code's path or a group; "" where none is sure.
        proposed: those that are alike, the likeliest first.
        rating: how much the likeliest is alike, of 1.
    """

    printed: str
    name: str
    how: Sameness
    proposed: tuple[str, ...] = ()
    rating: float = 0.0


def plain(name: str) -> str:
    """A name without regard to case, accents, signs and blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    kept = "".join(
        sign if sign.isalnum() else " " for sign in letters if sign.isascii() or sign.isalnum()
    )
    return " ".join(kept.split())


def _unspaced(name: str) -> str:
    return plain(name).replace(" ", "")


def _unordered(name: str) -> str:
    """`Con 1992`, `1992 Con` and `con1992` are one."""
    return " ".join(sorted(re.findall(r"[^\W\d_]+|\d+", plain(name))))


_FOLDS: tuple[Callable[[str], str], ...] = (plain, _unspaced, _unordered)  # the strictest first


class Spellings:
    """Names that there are, found by any way to write them."""

    def __init__(self, known: Mapping[str, Sequence[str]], stem: Stem | None = None) -> None:
        """Take names, each with all ways to write it; words of one stem are alike."""
        self.stem = stem
        self.folded: list[dict[str, set[str]]] = [{} for _ in _FOLDS]
        for name, ways in known.items():
            for way in (name, *ways):
                for fold, names in zip(_FOLDS, self.folded, strict=True):
                    names.setdefault(fold(way), set()).add(name)

    def same(self, printed: str) -> set[str]:
        """The names that a printed one is; several where it is not sure which."""
        bare = without_marks(printed)
        for written in dict.fromkeys((printed, bare, _NUMBERING.sub("", bare, count=1))):
            for fold, names in zip(_FOLDS, self.folded, strict=True):
                if found := names.get(fold(written)):
                    return found
        return set()

    def rated(self, printed: str) -> list[tuple[float, str]]:
        """Names by how much they are like a printed one, the likeliest first."""
        best: dict[str, float] = {}
        written = plain(without_marks(printed)) or plain(printed)
        for spelling, names in self.folded[0].items():
            rating = _likeness(written, spelling, self.stem)
            for name in names if rating >= _ALIKE else ():
                best[name] = max(rating, best.get(name, 0))
        return sorted(
            ((rating, name) for name, rating in best.items()), key=lambda one: (-one[0], one[1])
        )


def match_names(
    printed: Iterable[str],
    known: Mapping[str, Sequence[str]],
    given: Mapping[str, str],
    *,
    accept: bool = False,
    stem: Stem | None = None,
) -> dict[str, NameMatch]:
    """What each printed name means.

    Args:
        printed: names as they stand in the table.
        known: names that there are, each with all ways to write it.
        given: what the user says; wins over all.
        accept: take the likeliest of names that are alike, where one is clearly so.
        stem: of a word, in the language of the names.
    """
    spellings = Spellings(known, stem)
    return {name: _match(name, spellings, given, accept=accept) for name in dict.fromkeys(printed)}


def _match(
    printed: str, spellings: Spellings, given: Mapping[str, str], *, accept: bool
) -> NameMatch:
    if printed in given:
        return NameMatch(printed, given[printed], Sameness.GIVEN)
    same = spellings.same(printed)
    if len(same) == 1:
        return NameMatch(printed, next(iter(same)), Sameness.SAME)
    rated = spellings.rated(printed)
    proposed = tuple(dict.fromkeys([*sorted(same), *(name for _, name in rated)]))[:_MOST]
    if not proposed:
        return NameMatch(printed, "", Sameness.NONE)
    clear = not same and (len(rated) == 1 or rated[0][0] > rated[1][0])
    name = proposed[0] if accept and clear else ""
    return NameMatch(printed, name, Sameness.ALIKE, proposed, _rating(rated, clear=clear))


def _rating(rated: Sequence[tuple[float, str]], *, clear: bool) -> float:
    """How good the likeliest is; where several are as likely, half of it."""
    return (rated[0][0] if rated else 1.0) / (1 if clear else 2)


def _likeness(one: str, other: str, stem: Stem | None) -> float:
    """0 to 1: by letters; by words, where all of one stand in the other; by stems; as cut short."""
    letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    mine, theirs = set(one.split()), set(other.split())
    if not (mine and theirs):
        return letters
    likeness = [letters]
    if mine <= theirs or theirs <= mine:
        likeness.append(0.75 + 0.2 * min(len(mine), len(theirs)) / max(len(mine), len(theirs)))
    if stem and {stem(word) for word in mine} == {stem(word) for word in theirs}:
        likeness.append(0.95)
    if _is_cut(one.split(), other.split()) or _is_cut(other.split(), one.split()):
        likeness.append(0.85)
    return max(likeness)


def _is_cut(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word is the other's beginning: `saf hav`, `Aug`."""
    return len(short) == len(long) and all(
        other.startswith(word) and (len(word) >= _ABBREVIATED or word == other)
        for word, other in zip(short, long, strict=True)
    )
