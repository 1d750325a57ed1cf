"""The words of a transcript alone, without labels and stamps, and where each stands in it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript, Turn


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of some turns, and the position of each character in the transcript's text."""

    text: str
    positions: array[int]

    def raw(self, span: Span) -> Span:
        """Where a stretch, which must not be empty, stands in the transcript's text."""
        return Span(self.positions[span.start], self.positions[span.end - 1] + 1)


def spoken(transcript: Transcript, turns: Sequence[Turn] | None = None) -> Spoken:
    """The words of some turns, or all, each turn ended by a line break."""
    parts: list[str] = []
    positions = array("L")
    for turn in transcript.turns if turns is None else turns:
        start = turn.span.start
        edges = [*turn.gaps, Span(turn.span.end, turn.span.end)]
        for gap in edges:
            if gap.start > start:
                parts.append(transcript.text[start : gap.start])
                positions.extend(range(start, gap.start))
            start = max(start, gap.end)
        parts.append("\n")
        positions.append(turn.span.end)
    return Spoken("".join(parts), positions)
