"""In which coded units which actors are named, and whether they are set apart there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from thematic.analysis.coded_units import coded_units
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, TranscriptCoding, UnitSpan
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass

_BEFORE = 60  # characters before a name in which words of contrast are looked for
_CONTRAST = re.compile(
    r"\b(?:unlike|as opposed to|in contrast (?:to|with)|contrary to|rather than|instead of|"
    r"except(?: for)?|other than|different from|apart from|not to be confused with)\s+"
    r"(?:(?:the|a|an|those|most|some|all)\s+(?:of\s+)?)?(?:the\s+)?(?:[^\W\d_]+\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Named:
    """One actor in one unit: all places where it is named there.

    Args:
        negated: whether every naming of it is negated.
        contrasted: whether every naming stands behind words such as `unlike`.
    """

    actor: str
    mentions: tuple[Mention, ...]
    negated: bool
    contrasted: bool

    @property
    def is_apart(self) -> bool:
        """Whether the unit does not speak of it as one of those together."""
        return self.negated or self.contrasted


@dataclass(frozen=True)
class Sighting:
    """A unit that carries a theme, with the actors named in it.

    Args:
        negated: whether every mention of the theme there is negated.
        marks: of the theme's mentions, by name.
    """

    source: TranscriptCoding
    unit: UnitSpan
    theme: str
    actors: tuple[Named, ...]
    negated: bool
    marks: tuple[str, ...]


def sightings(
    codings: Codings, actors: Codings, codes: Sequence[str], unit: Unit, basis: Basis
) -> Iterator[Sighting]:
    """Every unit that carries one of the codes and names an actor, code by code.

    Args:
        codings: the coded study.
        actors: the same transcripts coded by names: one theme for each actor.
        codes: paths.
        unit: within which actors are together.
        basis: whose codings count.
    """
    named = {
        (one.source.transcript.id, one.unit.span.start): one.mentions
        for one in coded_units(actors, unit)
    }
    for one in coded_units(codings, unit, basis):
        here = named.get((one.source.transcript.id, one.unit.span.start))
        if here:
            found = tuple(_named(one.source, here))
            for code in codes:
                if code in one.codes:
                    said = one.mentions.get(code, ())
                    marks = dict.fromkeys(mark for mention in said for mark in mention.marks)
                    negated = bool(said) and all(mention.negation for mention in said)
                    yield Sighting(one.source, one.unit, code, found, negated, tuple(marks))


def _named(
    source: TranscriptCoding, mentions: Mapping[str, tuple[Mention, ...]]
) -> Iterator[Named]:
    text = source.transcript.text
    for actor, places in mentions.items():
        contrasted = all(_follows_contrast(text, mention) for mention in places)
        yield Named(actor, places, all(mention.negation for mention in places), contrasted)


def _follows_contrast(text: str, mention: Mention) -> bool:
    """Whether words of contrast stand just before a name; English ones are known."""
    before = text[max(0, mention.span.start - _BEFORE) : mention.span.start]
    return _CONTRAST.search(" ".join(before.split()) + " " * before[-1:].isspace()) is not None
