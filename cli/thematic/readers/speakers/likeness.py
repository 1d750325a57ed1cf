"""How two different labels are alike: by a slip, by their looks, or as parts of one name.

Every function here looks at two labels only. What may be concluded depends on how often
and where they stand (`mistyped`, `proposals`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from thematic.model.labels import key_of
from thematic.readers.speakers.vocabulary import PARTICLES, TITLES, in_order

_M_FOR = frozenset(("mr", "mrs", "ms", "miss", "mx"))
_FORMS_OF_ADDRESS = _M_FOR | frozenset(
    in_order("m mme mlle herr frau hr fr sr sra srta señor señora signor signora sig dhr mevr")
)
_TITLES = frozenset(title.casefold() for title in TITLES) | _FORMS_OF_ADDRESS
_LOOKS = str.maketrans("oil|", "0111")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_SHORTEST = 4  # letters of a word that can be a slip for another
_SHORTEST_BESIDE = 3  # where another word of the name is the same: Jane Doe, Jane Deo
_LONG = 8  # letters from which two slips in a word are believed
_SHORTEST_CODE = 3  # signs of a code such as BSR06 that can be misread


@lru_cache(maxsize=8192)
def words_in(label: str) -> tuple[str, ...]:
    """The words and numbers of a label as they are compared, without punctuation."""
    return tuple(_WORD.findall(key_of(label)))


def numbers_in(label: str) -> tuple[str, ...]:
    """The runs of digits in a label."""
    return tuple(_DIGITS.findall(label))


def same_letters(one: str, other: str) -> bool:
    """`Dr Khan` and `Dr. Khan`, `Zoe` and `Zoë`: they differ in points, blanks or accents."""
    return numbers_in(one) == numbers_in(other) and letters_of(one) == letters_of(other)


@lru_cache(maxsize=8192)
def letters_of(label: str) -> str:
    """The letters and digits of a label as they are compared, without accents."""
    apart = unicodedata.normalize("NFKD", "".join(words_in(label)))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def looks_alike(one: str, other: str) -> bool:
    """`BSRO6` and `BSR06`: a letter O for a zero, or an l or I for a one."""
    words, others = words_in(one), words_in(other)
    if words == others or len(words) != len(others):
        return False
    return all(map(_are_look_alikes, words, others))


def _are_look_alikes(one: str, other: str) -> bool:
    if one == other:
        return True
    codes = len(one) >= _SHORTEST_CODE and numbers_in(one) and numbers_in(other)
    return bool(codes) and one.translate(_LOOKS) == other.translate(_LOOKS)


def slips_between(one: str, other: str) -> int:
    """How many slips of the pen part two labels, 0 where they differ in more than slips.

    One word may differ, by one slip, or by two in a long one. Numbers, plurals, one who
    asks and one who is asked (`trainer`, `trainee`), and short words are no slips.
    """
    words, others = words_in(one), words_in(other)
    if len(words) != len(others):
        return 0
    apart = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(apart) != 1 or numbers_in(apart[0][0]) != numbers_in(apart[0][1]):
        return 0
    least = _SHORTEST_BESIDE if shares_a_name(one, other) else _SHORTEST
    first, second = (_DIGITS.sub("", word) for word in apart[0])
    return _slips(first, second, least)


def shares_a_name(one: str, other: str) -> bool:
    """Whether a word of one name, which is no title, is a word of the other."""
    shared = set(name_in(one)) & set(name_in(other))
    return any(len(word) >= _SHORTEST_BESIDE for word in shared)


def _slips(one: str, other: str, least: int) -> int:
    shortest = min(len(one), len(other))
    if shortest < least or one + "s" == other or other + "s" == one:
        return 0
    if _is_counterpart(one, other) or _is_counterpart(other, one):
        return 0
    most = 2 if shortest >= _LONG else 1
    distance = _distance(one, other, most)
    return distance if distance <= most else 0


def are_swapped(one: str, other: str) -> bool:
    """`Mrata` and `Marta`: two neighbouring letters of one word have changed places."""
    words, others = words_in(one), words_in(other)
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(apart) != 1:
        return False
    first, second = apart[0]
    places = [n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    if len(first) != len(second) or len(places) != 2 or places[1] != places[0] + 1:
        return False
    a, b = places
    return first[a].isalpha() and (first[a], first[b]) == (second[b], second[a])


def _is_counterpart(one: str, other: str) -> bool:
    """`trainer` and `trainee`: what one does to the other."""
    return one.endswith(("er", "or")) and other.endswith("ee") and one[:-2] == other[:-2]


def _distance(one: str, other: str, most: int) -> int:
    """Letters left out, put in, changed, or swapped with a neighbour; more than `most` is all one.

    (Optimal string alignment.)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        here = [row]
        for column, wanted in enumerate(other, start=1):
            best = min(above[column], here[column - 1]) + 1
            best = min(best, above[column - 1] + (sign != wanted))
            swapped = row > 1 and column > 1 and (sign, wanted) == (other[column - 2], one[row - 2])
            here.append(min(best, before[column - 2] + 1) if swapped else best)
        before, above = above, here
    return above[-1]


def shortened_address(one: str, other: str) -> bool:
    """`M. PSAKI` and `MS. PSAKI`: one name, and M for Mr, Ms or Mrs."""
    words, others = words_in(one), words_in(other)
    if len(words) < 2 or words[1:] != others[1:]:
        return False
    return words[0] == "m" and others[0] in _M_FOR


def same_title(one: str, other: str) -> bool:
    """`Gen. Taylor` and `General Taylor`: one name, and a title and its short form."""
    words, others = words_in(one), words_in(other)
    if len(words) < 2 or words[1:] != others[1:] or not {words[0], others[0]} <= _TITLES:
        return False
    if {words[0], others[0]} & _FORMS_OF_ADDRESS:
        return False
    return words[0].startswith(others[0]) or others[0].startswith(words[0])


def title_of(label: str) -> str:
    """The title with which a name begins, as it is compared; empty where there is none."""
    words = words_in(label)
    return words[0] if len(words) > 1 and words[0] in _TITLES else ""


def name_in(label: str) -> tuple[str, ...]:
    """The words of a person's name, without title; empty where it holds a number."""
    words = words_in(label)
    if numbers_in(label):
        return ()
    return words[1:] if title_of(label) else words


def is_part_of(short: str, full: str) -> bool:
    """`Anna` and `Anna Schmidt`, `Dr. Khan` and `Ali Khan`: the first or last name of another.

    Never where both have titles, unless it is the same.
    """
    name, whole = name_in(short), name_in(full)
    titles = {title_of(short), title_of(full)} - {""}
    if not name or len(titles) > 1:
        return False
    if name == whole:
        return bool(titles) and title_of(short) != title_of(full)
    return len(name) == 1 < len(whole) and len(name[0]) > 1 and name[0] in (whole[0], whole[-1])


def are_initials_of(short: str, full: str) -> bool:
    """`AK` and `Anna Khan`, `A.K.` as well."""
    plain = "".join(sign for sign in short if sign.isalpha())
    whole = [word for word in name_in(full) if word not in PARTICLES]
    if not plain.isupper() or numbers_in(short) or not 2 <= len(plain) <= 3 or len(whole) < 2:
        return False
    return plain.casefold() == "".join(word[0] for word in whole)
