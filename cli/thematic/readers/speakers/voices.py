"""What stands under one label in a study: how often, where, and how it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field

from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.proposals import Confidence, Proposal
from thematic.model.transcript import Transcript
from thematic.readers.speakers.roles import names_a_role, told_by


@dataclass
class Voice:
    """All that stands under one key: turns by transcript, and how it is mostly written."""

    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)  # by transcript

    @property
    def label(self) -> str:
        """The label as it is written most often."""
        return self.spellings.most_common(1)[0][0]

    @property
    def total(self) -> int:
        """Turns in all transcripts."""
        return self.turns.total()

    def stands_with(self, other: Voice) -> bool:
        """Whether the two stand in one transcript."""
        return not self.turns.keys().isdisjoint(other.turns)

    def asked(
        self, into: str, why: str, confidence: Confidence, within: Sequence[str] = ()
    ) -> Proposal:
        """A proposal about this voice, in some of its transcripts or in all."""
        transcripts = tuple(within) or tuple(sorted(self.turns))
        return Proposal(self.label, into, why, confidence, transcripts, bool(within))


def voices_of(transcripts: Sequence[Transcript]) -> dict[str, Voice]:
    """All labels of a study by their keys, in the order in which they first stand."""
    voices: dict[str, Voice] = {}
    for transcript in transcripts:
        for turn in transcript.turns:
            if key := key_of(turn.speaker):
                voice = voices.setdefault(key, Voice(key))
                voice.spellings[turn.speaker] += 1
                voice.turns[transcript.id] += 1
    return voices


def is_role_word(label: str) -> bool:
    """Whether a label is a word for a role, with or without a number."""
    return names_a_role(label) or told_by(label) is not None
