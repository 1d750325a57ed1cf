"""Under which definition of a code an act was done, and which acts to look at again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum

from thematic.model.codebook import Code, Codebook
from thematic.model.nouns import dataclass
from thematic.model.people import About, Act, Decision, Event, Memo, PersonCoding, Reply, Verdict
from thematic.review.standing import standing

_DIGITS = 16  # of SHA-256, in hex


class Why(StrEnum):
    """Why an act should be looked at again."""

    CHANGED = "the definition has changed"
    GONE = "the codebook has no such code"
    UNKNOWN = "the definition was not recorded"


@dataclass(frozen=True, slots=True)
class Recheck:
    """An act that was done under another definition than the one that holds now."""

    event: Event
    why: Why
    now: str  # hash of the definition as it is; "" where the code is gone


def definition_hash(code: Code) -> str:
    """Hash of what a person reads of a code when deciding: 16 hex digits.

    These are its name, brief, definition, when to use it and when not, examples and
    counter-examples. Rules are left out, for they say what is suggested and not what the
    code means; so are colour, status and dates, and the codes above and below it. White
    space does not matter, so that a codebook can be wrapped anew.
    """
    entry = (code.name, code.brief, code.definition, code.when_to_use, code.when_not_to_use)
    examples = [example.text for example in code.examples]
    counter_examples = [example.text for example in code.counter_examples]
    read = [_plain(entry), _plain(examples), _plain(counter_examples)]
    return hashlib.sha256(json.dumps(read).encode("ascii")).hexdigest()[:_DIGITS]


def _plain(texts: Iterable[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def definition_hashes(codebook: Codebook) -> dict[str, str]:
    """The hash of every code's definition, by path."""
    return {code.path: definition_hash(code) for code in codebook.codes()}


def definition_of(act: Act, hashes: Mapping[str, str]) -> str:
    """The hash of the definition that an act rests on; "" where there is none.

    Of a recode these are two, that of the code refused and that of the code given, with
    `>` between them.
    """
    codes: tuple[str, ...] = ()
    match act:
        case Decision(verdict=Verdict.RECODE):
            codes = (act.code, act.into)
        case PersonCoding() | Decision():
            codes = (act.code,)
        case Memo(about=About.CODE):
            codes = (act.target,)
    found = [hashes.get(code, "") for code in codes]
    return ">".join(found) if all(found) else ""


def outdated(events: Iterable[Event], codebook: Codebook) -> list[Recheck]:
    """The codings and decisions that hold now and rest on another definition than the present.

    Args:
        events: the whole log.
        codebook: as it is now.

    Returns:
        In order of time. To confirm one, the same person decides it anew: the new decision
        takes its place.
    """
    hashes = definition_hashes(codebook)
    found = []
    for event in standing(events):
        if event.act is None or isinstance(event.act, Memo | Reply):
            continue
        now = definition_of(event.act, hashes)
        if not now:
            found.append(Recheck(event, Why.GONE, now))
        elif not event.definition:
            found.append(Recheck(event, Why.UNKNOWN, now))
        elif event.definition != now:
            found.append(Recheck(event, Why.CHANGED, now))
    return found
