"""Whole transcripts with their codes, as consent allows: for the page and the Word file."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thematic.analysis.evidence import Evidence
from thematic.analysis.shown import ShownPart, ShownTurn, shown_turns
from thematic.analysis.sources import consent_of
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Span
from thematic.report.content import cut
from thematic.report.entries import Label, labels

BANNER = (
    "WHOLE TRANSCRIPTS: this file holds all that was said, for those who may read it. Labels and "
    "words are withheld as consent says; names that are spoken in the talk are not."
)


@dataclass(frozen=True)
class Passage:
    """A coded unit of a transcript."""

    start: int
    themes: tuple[str, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Stretch:
    """Words of a turn, in a coded unit or in none.

    Args:
        pieces: the words, and whether a rule found them.
        begins: whether the passage begins here; `ends` so. Stamps can part it.
    """

    pieces: tuple[tuple[str, bool], ...]
    passage: Passage | None = None
    begins: bool = False
    ends: bool = False


@dataclass(frozen=True)
class CodedTurn:
    """One turn and its words."""

    number: int
    speaker: str
    role: str
    time: str
    stretches: tuple[Stretch, ...]

    @property
    def label(self) -> str:
        """`14 · ANNA (respondent) · 00:12:31`."""
        role = f"({self.role})" if self.role and self.speaker else self.role
        who = self.speaker if self.speaker == self.role else f"{self.speaker} {role}".strip()
        return " · ".join(filter(None, (str(self.number), who, self.time)))


@dataclass(frozen=True)
class CodedTranscript:
    """A transcript with its codes; without turns and with a reason where nobody may read it."""

    id: str
    turns: tuple[CodedTurn, ...]
    withheld: str


def coded_transcripts(
    codings: Codings, found: Sequence[Evidence], study: Study
) -> list[CodedTranscript]:
    """Every transcript of the study, in the order of the study.

    Args:
        codings: the coded study.
        found: what `analysis.evidence` gives; withheld mentions are not shown.
        study: consent.
    """
    judged = codings.judgements is not None
    units: dict[str, list[Evidence]] = defaultdict(list)
    for one in found:
        if one.is_counted:
            units[one.source.transcript.id].append(one)
    return [_coded(each, units[each.transcript.id], study, judged) for each in codings.transcripts]


def _coded(
    source: TranscriptCoding, units: Sequence[Evidence], study: Study, judged: bool
) -> CodedTranscript:
    transcript = source.transcript
    turns = shown_turns(transcript, study)
    marked = _Marked(units, judged=judged)
    reason = "" if turns else f"Withheld: consent is {consent_of(transcript, study) or 'unknown'}."
    return CodedTranscript(transcript.id, tuple(marked.turn(turn) for turn in turns), reason)


class _Marked:
    """Cuts turns of one transcript at its coded units."""

    def __init__(self, units: Sequence[Evidence], *, judged: bool) -> None:
        together: dict[Span, list[Evidence]] = defaultdict(list)
        for one in units:
            together[one.span].append(one)
        self._spans = sorted(together)
        self._passages = {
            span: Passage(
                span.start,
                tuple(one.theme for one in here),
                tuple(label for one in here for label in labels(one, judged=judged)),
            )
            for span, here in together.items()
        }
        self._found = {
            span: [(m.span.start, m.span.end) for one in here for m in one.mentions]
            for span, here in together.items()
        }

    def turn(self, turn: ShownTurn) -> CodedTurn:
        """The turn in stretches; a passage begins and ends where its first and last words are."""
        stretches = [each for part in turn.parts for each in self._stretches(part)]
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for place, one in enumerate(stretches):
            if one.passage:
                first.setdefault(one.passage.start, place)
                last[one.passage.start] = place
        whole = tuple(
            one
            if one.passage is None
            else replace(
                one,
                begins=first[one.passage.start] == place,
                ends=last[one.passage.start] == place,
            )
            for place, one in enumerate(stretches)
        )
        return CodedTurn(turn.number, turn.speaker, turn.role, turn.time, whole)

    def _stretches(self, part: ShownPart) -> Iterator[Stretch]:
        if part.span is None:
            yield Stretch(((part.text, False),))
            return
        begin, position = part.span.start, part.span.start
        at = bisect_left(self._spans, begin, key=lambda span: span.end - 1)
        while at < len(self._spans) and self._spans[at].start < part.span.end:
            span = self._spans[at]
            start, end = max(span.start, position), min(span.end, part.span.end)
            if start > position:
                yield Stretch(((part.text[position - begin : start - begin], False),))
            pieces = cut(part.text[start - begin : end - begin], start, self._found[span])
            yield Stretch(tuple(pieces), self._passages[span])
            position, at = end, at + 1
        if position < part.span.end:
            yield Stretch(((part.text[position - begin :], False),))
