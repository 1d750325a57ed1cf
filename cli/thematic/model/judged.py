"""What people's codings and decisions come to: whether a code holds on a stretch of talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thematic.model.transcript import Span


@dataclass(frozen=True, slots=True)
class Judged:
    """One code that people say holds, or does not hold, on a stretch of a transcript."""

    span: Span
    code: str  # path
    holds: bool
    coders: tuple[str, ...]  # who said so, by name


@dataclass(frozen=True)
class Judgements:
    """All that people judged in a study and that holds now, by transcript ID.

    Args:
        by_transcript: sorted by span and code.
        disputed: judgements that differ between coders and that nobody settled; they are in
            no count.
        lost: acts whose words are no longer in their transcript, or whose code is gone.
    """

    by_transcript: Mapping[str, tuple[Judged, ...]] = field(default_factory=dict)
    disputed: int = 0
    lost: int = 0

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody whose judgement counts, by name."""
        found = (one for judged in self.by_transcript.values() for one in judged)
        return tuple(sorted({name for one in found for name in one.coders}))
