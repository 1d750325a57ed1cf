"""Mistyped labels (`Intervewer`): which label each is a slip for."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from thematic.errors import Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Role
from thematic.readers.speakers.evidence import Evidence
from thematic.readers.speakers.roles import declared_keys, names_a_role, role_of, told_by

_NEAR = 0.8  # likeness of a mistyped label to one that repeats
_NEARER = 0.85  # to a role word, by which alone a label is given that role
_MOST_COMPARED = 200  # labels looked at for likeness; real files have a dozen
_SHORTEST = 4  # letters of a label that can be a slip
ROLE_WORDS = (
    *("interviewer", "moderator", "facilitator", "researcher", "interpreter"),
    *("interviewee", "interviewees", "respondent", "participant"),
)
_DIGITS = re.compile(r"\d+")
_REMEMBERED = 65_536  # labels; real files have a dozen, hostile ones thousands


def resembling(rest: set[str], sure: set[str], evidence: Evidence) -> set[str]:
    """Keys of `rest` that are slips for a label that repeats, or for a role word.

    Such are `M. PSAKI`, and `Particpant` in a text with labels.
    """
    repeated = [key for key in sure if evidence.count(key) >= 2]
    repeated = sorted(repeated, key=lambda key: (-evidence.count(key), key))[:_MOST_COMPARED]
    return {
        key
        for key in sorted(rest)[:_MOST_COMPARED]
        if len(key) >= _SHORTEST
        and (
            any(_likeness(key, other, _NEAR) for other in repeated)
            or (sure and is_like_a_role(key))
        )
    }


@lru_cache(maxsize=_REMEMBERED)
def is_like_a_role(key: str) -> bool:
    """Whether a key is a slip for a role word: `particpant2`, but not `interviewed`."""
    word = key.rstrip("0123456789 ")
    if word in ROLE_WORDS or word == "interview" or word.endswith(("s", "ed")):
        return False
    return any(_likeness(word, other, _NEARER) for other in ROLE_WORDS)


@lru_cache(maxsize=_REMEMBERED)
def _likeness(key: str, other: str, least: float) -> float:
    """`least`..1, or 0 where the two are less alike, or differ in length by more than a slip."""
    if abs(len(other) - len(key)) > 3 or _most_likeness(key, other) < least:
        return 0.0
    ratio = SequenceMatcher(None, key, other, autojunk=False).ratio()
    return ratio if ratio >= least else 0.0


def _most_likeness(key: str, other: str) -> float:
    """What the likeness is at most: only letters that both have can be matched."""
    length = len(key) + len(other)
    return 2.0 * (Counter(key) & Counter(other)).total() / length if length else 1.0


def slips_for(names: dict[str, str], counts: dict[str, int], speakers: Speakers) -> dict[str, str]:
    """By key, the label or role word whose role a mistyped label takes.

    Only labels that say no role themselves, and that the user gave none, are slips: such as
    stand once and are like a label that repeats, and such as are like a word for those who
    ask or interpret. A label as like to a respondent's is none.

    Args:
        names: the labels of the text by key, as they are written first.
        counts: how often each key is a label.
        speakers: roles the user gave to labels.
    """
    declared = declared_keys(speakers)
    plain = [key for key in names if key not in declared and _says_nothing(key, names[key])]
    if not plain:
        return {}
    others = names.keys() - set(plain)
    there = tuple([key for key in names if key in others][:_MOST_COMPARED])
    words = tuple(key for key in there if told_by(names[key]) or names_a_role(names[key]))
    words += tuple(word for word in ROLE_WORDS if word not in names)
    found: dict[str, str] = {}
    for key in sorted(plain)[:_MOST_COMPARED]:
        near = _nearest(key, there, _NEAR) if counts[key] == 1 else ()
        near = near or _nearest(key, words, _NEARER)
        told = {role_of(names.get(one, one), speakers) for one in near}
        if len(told) == 1 and told != {Role.RESPONDENT}:
            found[key] = names.get(near[0], near[0].capitalize())
    return found


def _says_nothing(key: str, name: str) -> bool:
    return len(key) >= _SHORTEST and not told_by(name) and not names_a_role(name)


@lru_cache(maxsize=_MOST_COMPARED * 20)
def _nearest(key: str, others: tuple[str, ...], least: float) -> tuple[str, ...]:
    """The keys most like `key`, several where they are as like."""
    digits = _DIGITS.findall(key)
    likeness = {
        other: _likeness(key, other, least) for other in others if digits == _DIGITS.findall(other)
    }
    best = max(likeness.values(), default=0.0)
    return tuple(other for other, value in likeness.items() if value == best >= least)


def slip_note(line: int, name: str, like: str, role: Role) -> Problem:
    """A note that a mistyped label was given a role; `line` is 1-based."""
    message = f"{name!r} is taken for a slip for {like!r}, so it is {_WHO[role]}"
    hint = "correct the label, or say who it is under speakers: in study.yaml"
    return Problem("", line, message, hint, Severity.NOTE)


_WHO = {Role.INTERVIEWER: "an interviewer", Role.OTHER: "neither asked nor answering"}
