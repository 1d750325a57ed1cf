"""What people's codings and decisions come to: whether a code holds on a stretch of talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span


class Standing(StrEnum):
    """Where a code stands on a unit between the rules and the people."""

    SUGGESTED = "suggested"  # by rules; nobody has judged it
    ACCEPTED = "accepted"  # rules suggest it, and people say that it holds
    REJECTED = "rejected"  # rules suggest it, and people say that it does not hold
    RECODED = "recoded"  # rules suggest it, and people say that another code holds instead
    EXTENDED = "extended"  # people say that it holds on a stretch that they drew anew
    ADDED = "added"  # people say that it holds, and no rule suggests it
    DISPUTED = "disputed"  # people differ, and nobody has settled it


class Basis(StrEnum):
    """Whose codings are counted."""

    SUGGESTED = "suggested"  # what rules suggest, whatever people say
    DECIDED = "decided"  # what people say holds, and nothing else
    STANDING = "standing"  # what people say holds, and suggestions that they have not refused


@dataclass(frozen=True, slots=True)
class Judged:
    """One code that people say holds, or does not hold, on a stretch of a transcript.

    Args:
        code: its path.
        holds: of a disputed one, false.
        coders: who said so, by name; of a disputed one, all who said anything.
        how: what was done with it: ADDED for a coding, else as the verdict says.
        into: of RECODED, the code that holds instead.
    """

    span: Span
    code: str
    holds: bool
    coders: tuple[str, ...]
    how: Standing = Standing.ADDED
    into: str = ""


@dataclass(frozen=True)
class Judgements:
    """All that people judged in a study and that holds now, by transcript ID.

    Args:
        by_transcript: sorted by span and code.
        disputes: the same for judgements that differ between coders and that nobody settled;
            they count neither as holding nor as failing.
        people: everybody who judged, by name; who settled something together is named singly.
        settled: how many judgements of a code on a passage were taken together.
        lost: acts whose words are no longer in their transcript, or whose code is gone.
    """

    by_transcript: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)
    disputes: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    settled: int = 0
    lost: int = 0

    @property
    def disputed(self) -> int:
        """How many judgements differ between coders."""
        return sum(len(judged) for judged in self.disputes.values())
