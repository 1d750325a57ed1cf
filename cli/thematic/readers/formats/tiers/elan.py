"""ELAN annotation documents (`.eaf`).

lxml reads the XML. Weighed: pympi-ling 1.71. It opens files itself, by a path, so that no
limit can be put before it; it parses with xml.etree, which takes document types; it raises
where an optional attribute is missing; and it tells no line numbers. An .eaf file is plain
XML of which we need four elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.blocks import clean
from thematic.readers.formats.documents.packages import parse_xml
from thematic.readers.formats.tiers.talk import (
    Piece,
    Tier,
    holds_no_talk_by_name,
    is_talk,
    left_out,
    speaker_of,
    transcript_of,
)
from thematic.readers.options import ReadOptions
from thematic.readers.packed import Refused

_Times = tuple[float | None, float | None]
_DEEPEST = 50  # annotations that refer to one another


@dataclass
class _Document:
    """The tiers of a file, and which hang below which."""

    tiers: dict[str, Tier] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)  # by tier; "" at the top
    children: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)  # by tier; "" where none is named

    def is_top(self, name: str) -> bool:
        """Whether a tier is one of its own: it hangs below none, or is another person's."""
        parent = self.parents[name]
        if parent not in self.tiers:
            return True
        return "" not in (self.people[name], self.people[parent]) and (
            self.people[name] != self.people[parent]
        )

    def below(self, name: str) -> list[Tier]:
        """All tiers that hang below one, those nearest to it first."""
        found: list[Tier] = []
        reached = {name}
        waiting = [name]
        for one in waiting:
            for child in self.children.get(one, ()):
                if child not in reached:
                    reached.add(child)
                    waiting.append(child)
                    found.append(self.tiers[child])
        return found


def read_elan(data: bytes, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from ELAN: the tiers at the top are speakers, merged by time.

    Tiers below others hold translations, glosses or notes on them and are left out, unless
    the tier at the top holds numbers only.
    """
    try:
        root = parse_xml(data, "the annotation document", options.limits)
    except Refused as refused:
        return None, [refused.problem]
    if root.tag != "ANNOTATION_DOCUMENT":
        message = f"this is no ELAN file: it begins with <{str(root.tag)[:60]}>"
        return None, [Problem("", 0, message, "open it in ELAN and save it again")]
    problems: list[Problem] = []
    tiers = _talking(_document(root), problems)
    return transcript_of(tiers, "eaf", options.speakers, problems), problems


def _document(root: Any) -> _Document:
    times = _annotation_times(root, _slots(root))
    document = _Document()
    for number, element in enumerate(root.iterchildren("TIER"), start=1):
        name = element.get("TIER_ID") or f"tier {number}"
        tier = document.tiers.setdefault(name, Tier(name, line=element.sourceline or 0))
        person = document.people.setdefault(name, (element.get("PARTICIPANT") or "").strip())
        tier.speaker = person or speaker_of(name)
        tier.pieces += _pieces(element, times)
        parent = document.parents.setdefault(name, element.get("PARENT_REF") or "")
        document.children.setdefault(parent, []).append(name)
    return document


def _slots(root: Any) -> dict[str, float | None]:
    """Seconds of each time slot; those without a value lie evenly between their neighbours."""
    slots = [
        (element.get("TIME_SLOT_ID") or "", _seconds(element.get("TIME_VALUE")))
        for element in root.iterfind("TIME_ORDER/TIME_SLOT")
    ]
    found: dict[str, float | None] = {}
    waiting: list[str] = []
    before: float | None = None
    for name, value in slots:
        if value is None:
            waiting.append(name)
            continue
        for number, one in enumerate(waiting, start=1):
            share = number / (len(waiting) + 1)
            found[one] = None if before is None else round(before + (value - before) * share, 3)
        found[name] = before = value
        waiting = []
    return found


def _seconds(milliseconds: str | None) -> float | None:
    try:
        value = int(milliseconds or "")
    except ValueError:
        return None
    return round(value / 1000, 3) if 0 <= value < 1e12 else None


def _annotation_times(root: Any, slots: Mapping[str, float | None]) -> dict[str, _Times]:
    """When each annotation begins and ends; one that refers to another has its times."""
    times: dict[str, _Times] = {}
    for one in root.iter("ALIGNABLE_ANNOTATION"):
        begin, end = (slots.get(one.get(f"TIME_SLOT_REF{n}") or "") for n in (1, 2))
        times[one.get("ANNOTATION_ID") or ""] = (begin, end)
    references = {
        one.get("ANNOTATION_ID") or "": one.get("ANNOTATION_REF") or ""
        for one in root.iter("REF_ANNOTATION")
    }
    for name in references:
        meant = name
        for _ in range(_DEEPEST):
            if meant in times or meant not in references:
                break
            meant = references[meant]
        times.setdefault(name, times.get(meant, (None, None)))
    return times


def _pieces(tier: Any, times: Mapping[str, _Times]) -> Iterator[Piece]:
    for one in tier.iterfind("ANNOTATION/*"):
        value = one.find("ANNOTATION_VALUE")
        words = clean("".join(value.itertext())).strip() if value is not None else ""
        if words:
            yield Piece(*times.get(one.get("ANNOTATION_ID") or "", (None, None)), words)


def _talking(document: _Document, problems: list[Problem]) -> list[Tier]:
    """The tiers of their own, each replaced by one below it where it holds no words itself."""
    talking: list[Tier] = []
    taken: set[str] = set()
    for name, tier in document.tiers.items():
        if name in taken or not document.is_top(name):
            continue
        chosen = tier if is_talk(tier) else _below(document, tier, problems) or tier
        talking.append(chosen)
        taken |= {name, chosen.name}
    others = [tier for name, tier in document.tiers.items() if name not in taken and tier.pieces]
    if others:
        problems.append(left_out(others, "below others, such as translations,"))
    return talking


def _below(document: _Document, tier: Tier, problems: list[Problem]) -> Tier | None:
    """The tier with the words of one that holds only their numbers, or none of its own."""
    below = document.below(tier.name)
    found = next(
        (one for one in below if is_talk(one) and not holds_no_talk_by_name(one.name)), None
    )
    if found is None:
        return None
    message = f"the talk of the tier {tier.name} is read from {found.name}, which hangs below it"
    problems.append(Problem("", found.line, message, "", Severity.NOTE))
    own = found.speaker if found.speaker != speaker_of(found.name) else ""
    return Tier(found.name, own or tier.speaker or found.speaker, found.line, found.pieces)
