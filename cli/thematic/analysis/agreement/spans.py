"""What coders marked on a text: stretches with codes, and nothing between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript


@dataclass(frozen=True, slots=True)
class CodedSpan:
    """One stretch that one coder gave one code."""

    coder: str
    code: str
    span: Span


@dataclass(frozen=True)
class Continuum:
    """A text of a length, who coded it, and the stretches they marked.

    `coders` are all who read it for codes; one who marked nothing is a coder too. The
    length and the spans are in one unit, such as the code points of a transcript's text.

    Raises:
        ValueError: a span lies beyond the text, or is by nobody in `coders`.
    """

    id: str
    length: int
    coders: tuple[str, ...]
    spans: tuple[CodedSpan, ...]

    def __post_init__(self) -> None:
        for marked in self.spans:
            if marked.span.end > self.length:
                raise ValueError(f"{marked.span} lies beyond the text of {self.length}")
            if marked.coder not in self.coders:
                raise ValueError(f"{marked.coder!r} is not among the coders")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes given to at least one character, by name."""
        return tuple(sorted({marked.code for marked in self.spans if len(marked.span)}))

    @cached_property
    def _marked(self) -> dict[tuple[str, str], list[Span]]:
        found: dict[tuple[str, str], list[Span]] = {}
        for marked in self.spans:
            if len(marked.span):
                found.setdefault((marked.coder, marked.code), []).append(marked.span)
        return found

    def only(self, codes: Iterable[str]) -> Continuum:
        """The same text with the spans of some codes."""
        wanted = set(codes)
        kept = tuple(marked for marked in self.spans if marked.code in wanted)
        return Continuum(self.id, self.length, self.coders, kept)

    def stretches(self, coder: str, code: str) -> list[Span]:
        """A coder's stretches of one code in text order; those that overlap are one.

        Stretches that only touch stay two, and empty ones, which mark nothing, are left out.
        """
        united: list[Span] = []
        for span in sorted(self._marked.get((coder, code), ())):
            if united and span.start < united[-1].end:
                last = united.pop()
                span = Span(last.start, max(last.end, span.end))
            united.append(span)
        return united


def continuum_of(
    transcript: Transcript, coders: Iterable[str], spans: Iterable[CodedSpan]
) -> Continuum:
    """A transcript as a continuum: its whole text, interviewer and labels included."""
    return Continuum(transcript.id, len(transcript.text), tuple(coders), tuple(spans))
