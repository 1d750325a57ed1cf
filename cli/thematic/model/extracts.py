"""One person's quotes as they are shown to that person, and the form as it comes back."""

from __future__ import annotations

import hashlib
import re

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

_DIGITS = 8  # of SHA-256, in hex
_REFERENCE = re.compile(r"(.+) (\d{1,12})-(\d{1,12}) ([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class ExtractQuote:
    """One passage that a report would print, as it would print it.

    `codes` are the paths of its codes, none where these are not to be shown; `asked` is the
    end of the question before it.
    """

    transcript: str
    span: Span
    words: str
    citation: str
    turn: int
    time: float | None
    line: int
    asked: str = ""
    codes: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """By what the passage is known when the form comes back."""
        place = f"{self.span.start}-{self.span.end}"
        return f"{self.transcript} {place} {digest(self.words)}"


@dataclass(frozen=True, slots=True)
class Extract:
    """All that is shown to one person."""

    case: str
    study: str  # its title or name
    status: str  # of the study
    named: str  # how the person will be called, in a sentence
    quotes: tuple[ExtractQuote, ...]
    coded: int = 0  # coded passages of the person, of which a report quotes some
    answered: int = 0  # of the passages quoted, those left out, for there is a reply to them


@dataclass(frozen=True, slots=True)
class FilledQuote:
    """One passage of a form that came back, as it is written there."""

    place: str  # in the file, such as `quote 3` or `line 5`
    reference: str
    words: str
    answer: str
    wording: str
    remarks: str


def digest(words: str) -> str:
    """Eight hex digits by which words are known."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def referred(reference: str) -> tuple[str, Span, str] | None:
    """Transcript, place and digest that a reference names; None where it is none."""
    found = _REFERENCE.fullmatch(" ".join(reference.split()))
    if found is None or int(found[2]) > int(found[3]):
        return None
    return found[1], Span(int(found[2]), int(found[3])), found[4]
