"""What coders marked freely, laid on the texts in which they could: the continua compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from thematic.analysis.agreement.spans import CodedSpan, Continuum
from thematic.model.nouns import dataclass
from thematic.model.people import PersonCoding
from thematic.model.transcript import Role, Span, Transcript

_WORD = re.compile(r"\S+")


class Part(StrEnum):
    """Which part of a transcript is compared."""

    TEXT = "text"  # all of it, with labels, stamps and the interviewer's words
    TURNS = "turns"  # the words of all turns
    ANSWERS = "answers"  # the words of all turns but the interviewers'


class Measure(StrEnum):
    """In what lengths are measured."""

    CHARACTERS = "characters"
    WORDS = "words"  # what stands between white space


@dataclass(frozen=True)
class Reading:
    """How texts are compared.

    Args:
        part: of each transcript.
        measure: of lengths.
        themes: take each code for the theme above it.
    """

    part: Part = Part.TEXT
    measure: Measure = Measure.CHARACTERS
    themes: bool = False

    def said(self) -> str:
        """The continuum in words."""
        of = {
            Part.TEXT: "the whole text of each transcript, labels and interviewer included",
            Part.TURNS: "the words of all turns, without labels and stamps",
            Part.ANSWERS: "the words of all turns but the interviewers', without labels and stamps",
        }
        return f"{self.measure.value} of {of[self.part]}"


@dataclass(frozen=True)
class SpanTexts:
    """The texts that are compared, and what of the codings lies outside them.

    Args:
        texts: by transcript ID; those that fewer than two coders read are among them.
        outside: codings of which nothing lies in the part compared.
        alone: IDs of transcripts that one coder only read.
    """

    texts: tuple[Continuum, ...]
    outside: int
    alone: tuple[str, ...]

    @property
    def length(self) -> int:
        """Of all texts that two coders read."""
        return sum(one.length for one in self.texts if len(one.coders) > 1)

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody who read any of them, by name."""
        return tuple(sorted({name for one in self.texts for name in one.coders}))

    def of(self, pair: Sequence[str]) -> list[Continuum]:
        """The texts as some of the coders alone see them."""
        return [
            Continuum(
                one.id,
                one.length,
                tuple(name for name in one.coders if name in pair),
                tuple(marked for marked in one.spans if marked.coder in pair),
            )
            for one in self.texts
        ]


def span_texts(
    transcripts: Iterable[Transcript],
    codings: Sequence[PersonCoding],
    also_read: Mapping[str, Collection[str]],
    reading: Reading,
) -> SpanTexts:
    """The transcripts that anybody read, as continua.

    Args:
        transcripts: of the study.
        codings: of single coders, at the places where they stand now.
        also_read: coder -> IDs of transcripts that they read, though they may have marked
            nothing in them. Where they marked something they have read it.
        reading: how texts are compared.
    """
    by_transcript: dict[str, list[PersonCoding]] = {}
    for coding in codings:
        by_transcript.setdefault(coding.passage.transcript, []).append(coding)
    texts: list[Continuum] = []
    outside = 0
    for transcript in sorted(transcripts, key=lambda one: one.id):
        marked = by_transcript.get(transcript.id, [])
        readers = {coding.coder for coding in marked}
        readers |= {coder for coder, ids in also_read.items() if transcript.id in ids}
        if readers:
            continuum = _continuum(transcript, marked, sorted(readers), reading)
            outside += len(marked) - len(continuum.spans)
            texts.append(continuum)
    alone = tuple(one.id for one in texts if len(one.coders) < 2)
    return SpanTexts(tuple(texts), outside, alone)


def _continuum(
    transcript: Transcript, marked: Sequence[PersonCoding], readers: list[str], reading: Reading
) -> Continuum:
    places = _places(transcript, reading)
    spans = []
    for coding in marked:
        span = coding.passage.span
        laid = Span(bisect_left(places, span.start), bisect_left(places, span.end))
        if len(laid):
            code = coding.code.partition("/")[0] if reading.themes else coding.code
            spans.append(CodedSpan(coding.coder, code, laid))
    return Continuum(transcript.id, len(places), tuple(readers), tuple(spans))


def _places(transcript: Transcript, reading: Reading) -> Sequence[int]:
    """Where each character or word that counts stands in the text; a word by its middle.

    So a word belongs to one side of a border in it, and codings that do not overlap in the
    text do not overlap in words either.
    """
    parts = _parts(transcript, reading.part)
    if reading.measure is Measure.CHARACTERS:
        return [place for part in parts for place in range(part.start, part.end)]
    return [
        (found.start() + found.end()) // 2
        for part in parts
        for found in _WORD.finditer(transcript.text, part.start, part.end)
    ]


def _parts(transcript: Transcript, part: Part) -> list[Span]:
    if part is Part.TEXT:
        return [Span(0, len(transcript.text))]
    kept = []
    for turn in transcript.turns:
        if part is Part.ANSWERS and turn.role is Role.INTERVIEWER:
            continue
        start = turn.span.start
        for gap in turn.gaps:
            kept.append(Span(start, max(start, gap.start)))
            start = gap.end
        kept.append(Span(min(start, turn.span.end), turn.span.end))
    return kept
