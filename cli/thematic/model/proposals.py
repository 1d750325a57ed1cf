"""What may be asked of a label: whether it is another one's slip, and whether it is anybody."""

from __future__ import annotations

from enum import StrEnum

from thematic.model.nouns import dataclass


class Confidence(StrEnum):
    """How surely two labels are one speaker's; DOUBT where nothing is proposed."""

    SURE = "sure"  # a slip of the pen
    LIKELY = "likely"
    POSSIBLE = "possible"
    DOUBT = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question about a label; nothing follows from it before the user answers."""

    label: str  # as the speaker is called now
    into: str  # whose label it probably is; "" = nobody's, so look at it
    why: str
    confidence: Confidence
    transcripts: tuple[str, ...]  # IDs of those in which it stands, sorted
    within: bool = False  # the answer holds in these transcripts only
