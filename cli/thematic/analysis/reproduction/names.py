"""Which code or group a printed name means; names that are only alike ask for confirmation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_ALIKE = 0.7  # of 1; names less alike are not proposed
_MOST = 3  # names proposed


class Sameness(StrEnum):
    """How a printed name was matched."""

    SAME = "same"  # but for case, accents and signs
    GIVEN = "given"  # by the user
    ALIKE = "alike"  # proposed, and used only where the user accepts it
    NONE = "none"


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
    spellings: dict[str, set[str]] = {}
    for name, ways in known.items():
        for way in (name, *ways):
            spellings.setdefault(plain(way), set()).add(name)
    return {name: _match(name, spellings, given, accept=accept) for name in dict.fromkeys(printed)}


def _match(
    printed: str, spellings: Mapping[str, set[str]], given: Mapping[str, str], *, accept: bool
) -> NameMatch:
    if printed in given:
        return NameMatch(printed, given[printed], Sameness.GIVEN)
    same = spellings.get(plain(printed), set())
    if len(same) == 1:
        return NameMatch(printed, next(iter(same)), Sameness.SAME)
    rated = _rated(printed, spellings)
    proposed = tuple(dict.fromkeys([*sorted(same), *(name for _, name in rated)]))[:_MOST]
    if not proposed:
        return NameMatch(printed, "", Sameness.NONE)
    clear = not same and (len(rated) == 1 or rated[0][0] > rated[1][0])
    return NameMatch(printed, proposed[0] if accept and clear else "", Sameness.ALIKE, proposed)


def _rated(printed: str, spellings: Mapping[str, set[str]]) -> list[tuple[float, str]]:
    """Known names by how much they are like a printed one, the likeliest first."""
    best: dict[str, float] = {}
    for spelling, names in spellings.items():
        rating = _likeness(plain(printed), spelling)
        for name in names if rating >= _ALIKE else ():
            best[name] = max(rating, best.get(name, 0))
    return sorted(
        ((rating, name) for name, rating in best.items()), key=lambda one: (-one[0], one[1])
    )


def _likeness(one: str, other: str) -> float:
    """0 to 1: by letters, or where all words of one stand in the other, by these."""
    letters = SequenceMatcher(None, one, other, autojunk=False).ratio()
    mine, theirs = set(one.split()), set(other.split())
    inside = bool(mine and theirs) and (mine <= theirs or theirs <= mine)
    return max(letters, 0.8 if inside else 0.0)
