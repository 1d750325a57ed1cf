"""What only all transcripts together tell: their kinds, who speaks, and what people agreed to.

It is gathered one transcript at a time, and does not grow with their number but with that of the
names in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from typing import Any

from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Consent
from thematic.model.transcript import Transcript
from thematic.model.turns import PlainTurns

MOST_LABELS = MOST_IDS = 1_000  # that are kept to be likened to one that is missed
FEW_IDS = 4  # that a message names

Consents = dict[str, dict[str, list[str]]]  # by person and consent ("" = not stated), some IDs


@dataclass(frozen=True)
class Wanted:
    """What is to be gleaned.

    Attributes:
        labels: keys of those that the user named; without any, no labels are looked at.
        ids: as those transcripts may be called of which the user named own labels.
        cases: persons that the table of attributes names.
        everybody: the consents of all transcripts; else of those of which an attribute is known,
            or which are called as one of the persons.
    """

    labels: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    everybody: bool = True


@dataclass
class Gleaned:
    """What was gleaned so far.

    Attributes:
        kinds: how many transcripts there are of each.
        labels: of speakers: all that were wanted, and some others.
        own: the labels in each of the transcripts that were wanted.
        consents: of each person.
        rows: of the table of attributes, that are of one of several transcripts in a file.
        inside: IDs of such transcripts, some for each file by its ID.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    labels: dict[str, None] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    consents: Consents = field(default_factory=dict)
    rows: dict[str, None] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)

    def take(self, transcripts: Iterable[Transcript], wanted: Wanted) -> None:
        """Glean from some transcripts all but their kinds, which are counted by the list."""
        for transcript in transcripts:
            known = transcript.attributes or transcript.id in wanted.cases
            if known or wanted.everybody:
                consent = Consent.understood(transcript.attributes.get("consent", "")) or ""
                self._add_consent(transcript.case, str(consent), (transcript.id,))
            if wanted.labels:
                self._add_labels(written_labels(transcript), wanted)
            if transcript.id in wanted.ids:
                self.own[transcript.id] = [*written_labels(transcript)]

    def take_inside(self, file: str, ids: Iterable[str], rows: Iterable[str]) -> None:
        """Note the IDs of several transcripts in a file, and the rows that are of them."""
        self.rows |= dict.fromkeys(rows)
        held = self.inside.setdefault(file, [])
        held += [*ids][: MOST_IDS - len(held)]

    def _add_labels(self, labels: Iterable[str], wanted: Wanted) -> None:
        for label in labels:
            if len(self.labels) < MOST_LABELS or key_of(label) in wanted.labels:
                self.labels[label] = None

    def _add_consent(self, case: str, consent: str, ids: Iterable[str]) -> None:
        some = self.consents.setdefault(case, {}).setdefault(consent, [])
        some += [*ids][: FEW_IDS - len(some)]

    def merge(self, other: Gleaned, wanted: Wanted) -> None:
        """Add what was gleaned elsewhere, from other transcripts."""
        self.kinds += other.kinds
        self._add_labels(other.labels, wanted)
        self.own |= other.own
        for file, ids in other.inside.items():
            self.take_inside(file, ids, ())
        self.rows |= other.rows
        for case, each in other.consents.items():
            for consent, ids in each.items():
                self._add_consent(case, consent, ids)

    def to_data(self) -> list[Any]:
        """All of it as JSON values."""
        named = [[*self.labels], self.own, self.consents, [*self.rows], self.inside]
        return [dict(self.kinds), *named]

    @classmethod
    def from_data(cls, data: list[Any]) -> Gleaned:
        """What `to_data` gave."""
        kinds, labels, own, consents, rows, inside = data
        named = dict.fromkeys(labels), own, consents, dict.fromkeys(rows), inside
        return cls(Counter(kinds), *named)


def written_labels(transcript: Transcript) -> dict[str, None]:
    """How the speakers of a transcript are called, and written where that differs."""
    turns = transcript.turns
    if isinstance(turns, PlainTurns):
        return {name: None for name in turns.roles if name}
    spoken = (turn for turn in turns if turn.speaker)
    return {label: None for turn in spoken for label in (turn.speaker, turn.label)}
