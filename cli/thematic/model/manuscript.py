"""A manuscript and the quotations in it, and what became of each in the transcripts."""

from __future__ import annotations

from enum import StrEnum

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span


@dataclass(frozen=True, slots=True)
class ManuscriptParagraph:
    """One paragraph of a manuscript.

    Args:
        place: the line it begins on, or its number where a file has no lines; from 1.
        is_quote: whether it is set off as a block quotation.
        note: footnote or endnote, of which `place` is the number; "" in the text.
    """

    text: str
    place: int
    is_quote: bool = False
    note: str = ""


@dataclass(frozen=True)
class Manuscript:
    """The paragraphs of a manuscript, in order; `places` says what a place is."""

    paragraphs: tuple[ManuscriptParagraph, ...]
    places: str = "line"  # or "paragraph"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a manuscript gives as somebody's.

    Args:
        text: without the quotation marks.
        place: as of the paragraph.
        beside: what stands behind it in the paragraph, where a source is usually named.
        note: as of the paragraph.
    """

    text: str
    place: int
    beside: str = ""
    note: str = ""


class Fidelity(StrEnum):
    """How a quotation stands to the words of the transcripts."""

    EXACT = "exact"
    ELIDED = "elided"  # words left out, and said so by an ellipsis
    BRACKETED = "bracketed"  # words put in or replaced, and said so by brackets
    BOTH = "elided and bracketed"
    ALTERED = "altered"  # words or signs differ, and nothing says so
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which a quotation departs from the transcript; either may be empty."""

    said: str  # words of the transcript
    quoted: str  # words of the manuscript


@dataclass(frozen=True)
class Traced:
    """A quotation and where its words were found.

    Args:
        transcript: ID; "" where they were not found.
        span: from its first word to its last.
        places: how often these words stand in the transcripts; 0 where not as they are quoted.
        across_turns: whether words were left out over the border of a turn.
        differences: of an altered one.
        cited: IDs of transcripts named beside the quotation.
    """

    quotation: Quotation
    fidelity: Fidelity
    transcript: str = ""
    span: Span | None = None
    places: int = 0
    across_turns: bool = False
    differences: tuple[Difference, ...] = ()
    cited: tuple[str, ...] = ()

    @property
    def is_misattributed(self) -> bool:
        """Whether another transcript is named beside it than the one that has the words."""
        return bool(self.transcript and self.cited) and self.transcript not in self.cited
