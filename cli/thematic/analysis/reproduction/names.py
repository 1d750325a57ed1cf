"""Which code or group a printed name means; names that are only alike ask for confirmation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from thematic.model.tally import without_marks

_ALIKE = 0.7  # of 1; names less alike are not proposed
_MOST = 3  # names proposed


class Sameness(StrEnum):
    """How a printed name was matched."""

    SAME = "same"  # but for case, accents, signs, blanks, the order of words and footnote marks
    GIVEN = "given"  # by the user
    ALIKE = "alike"  # proposed, and used only where the user accepts it
    SUM = "sum of what is printed"  # a row of totals
    BASE = "base"  # how many there are in all
    NONE = "none"


IN_ALL = (Sameness.SUM, Sameness.BASE)


@dataclass(frozen=True)
class NameMatch:
    """A printed name and what it means.

    Args:
        name: a code's path or a group; "" where none is sure.
        proposed: those that are alike, the likeliest first.
    """

    printed: str
    name: str
    how: Sameness
    proposed: tuple[str, ...] = ()


def plain(name: str) -> str:
    """A name without regard to case, accents, signs and blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
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

    def __init__(self, known: Mapping[str, Sequence[str]]) -> None:
        """Take names, each with all ways to write it."""
        self.folded: list[dict[str, set[str]]] = [{} for _ in _FOLDS]
        for name, ways in known.items():
            for way in (name, *ways):
                for fold, names in zip(_FOLDS, self.folded, strict=True):
                    names.setdefault(fold(way), set()).add(name)

    def same(self, printed: str) -> set[str]:
        """The names that a printed one is; several where it is not sure which."""
        for written in dict.fromkeys((printed, without_marks(printed))):
            for fold, names in zip(_FOLDS, self.folded, strict=True):
                if found := names.get(fold(written)):
                    return found
        return set()

    def rated(self, printed: str) -> list[tuple[float, str]]:
        """Names by how much they are like a printed one, the likeliest first."""
        best: dict[str, float] = {}
        for spelling, names in self.folded[0].items():
            rating = _likeness(plain(printed), spelling)
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
) -> dict[str, NameMatch]:
    """What each printed name means.

    Args:
        printed: names as they stand in the table.
        known: names that there are, each with all ways to write it.
        given: what the user says; wins over all.
        accept: take the likeliest of names that are alike, where one is clearly so.
    """
    spellings = Spellings(known)
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
    return NameMatch(printed, proposed[0] if accept and clear else "", Sameness.ALIKE, proposed)


def _likeness(one: str, other: str) -> float:
    """0 to 1: by letters, or where all words of one stand in the other, by these."""
    letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    mine, theirs = set(one.split()), set(other.split())
    inside = bool(mine and theirs) and (mine <= theirs or theirs <= mine)
    return max(letters, 0.8 if inside else 0.0)
