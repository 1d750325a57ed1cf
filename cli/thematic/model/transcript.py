"""A transcript: one plain text, its turns, who speaks in them, and when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cached_property

from thematic.model.nouns import noun

INTERVIEW = "interview"
_SINGULARS = {"interviews": INTERVIEW, "publications": "publication"}


@noun(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of code points in a transcript's text; may be empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


class Role(StrEnum):
    """What a speaker does in the interview; NONE where nobody is named."""

    INTERVIEWER = "interviewer"
    RESPONDENT = "respondent"
    OTHER = "other"
    NONE = ""


@noun(frozen=True, slots=True)
class Cue:
    """One timed piece of a turn in a subtitle or speech-recognition file."""

    position: int  # of its first character, in code points
    begin: float  # seconds
    end: float | None  # seconds
    speaker: str = ""  # as the cue itself names it; "" where it names nobody


@noun(frozen=True, slots=True)
class Turn:
    """One speaker's talk until another begins, or a paragraph where nobody is named.

    The span holds the words only: no label, no leading stamp. `gaps` are the stamps
    left inside it; they belong to no unit and no count, and no phrase crosses them.
    """

    number: int  # 1-based, in text order
    span: Span
    speaker: str = ""
    role: Role = Role.NONE
    time: float | None = None  # seconds from the start of the recording
    gaps: tuple[Span, ...] = ()
    cues: tuple[Cue, ...] = ()
    written: str = ""  # the label as it stands in the file, where `speaker` is another

    @property
    def label(self) -> str:
        """The label as it stands in the file; empty where nobody is named."""
        return self.written or self.speaker

    def time_at(self, position: int) -> float | None:
        """Seconds at which the words at `position` are said, as near as the file tells."""
        index = bisect_right(self.cues, position, key=lambda cue: cue.position) - 1
        return self.cues[index].begin if index >= 0 else self.time


@noun(frozen=True)
class Transcript:
    """The written text of one interview or publication.

    `text` never changes after reading; every position in the system is a code point in it.
    `turns` never change either: a tuple, or `PlainTurns`, which are equal to one.
    """

    id: str
    text: str
    turns: Sequence[Turn]
    format: str = "txt"
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What kind of source this is, in small letters: interview unless the attributes differ."""
        if not self.attributes:
            return INTERVIEW
        kind = " ".join(self.attributes.get("kind", "").casefold().split())
        return _SINGULARS.get(kind, kind) or INTERVIEW

    @property
    def case(self) -> str:
        """The person this is about; one per transcript unless the attributes say otherwise."""
        return self.attributes.get("case") or self.id

    @property
    def has_speakers(self) -> bool:
        """Whether anybody is named as speaking."""
        return any(turn.speaker for turn in self.turns)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def line(self, position: int) -> int:
        """1-based number of the line of `text` that holds `position`."""
        return bisect_right(self._line_starts, position)
