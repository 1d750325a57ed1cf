"""A transcript to read and to write on: its turns numbered, with room for notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from thematic.analysis.sources import clock
from thematic.model.coding import TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript, Turn
from thematic.report.folder import sha256
from thematic.report.pages import template
from thematic.report.safe import one_line, visible

_DIGITS = 16  # of the hash of the text, in hex


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that have the same suggested codes; none but where these are asked for."""

    text: str
    codes: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()  # those of `codes` whose mention begins here


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """One line of the transcript's text, with its number there."""

    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """One turn: what stands above it, and its words."""

    number: int
    speaker: str
    role: str
    time: str
    paragraphs: tuple[ReadParagraph, ...]

    @property
    def label(self) -> str:
        """`14 · ANNA (respondent) · 00:12:31`."""
        role = f"({self.role})" if self.role and self.speaker else self.role
        who = f"{self.speaker} {role}".strip()
        return " · ".join(filter(None, (str(self.number), who, self.time)))


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """All that stands on a reading copy."""

    id: str
    hash: str  # of the text, by which a copy is told from that of another version
    banner: str
    is_coded: bool
    turns: tuple[ReadTurn, ...]


def reading_copy(
    transcript: Transcript, coding: TranscriptCoding | None = None, banner: str = ""
) -> ReadingCopy:
    """What a reading copy of a transcript shows.

    Args:
        transcript: whole, whatever its consent: the copy is for the researchers' own eyes.
        coding: where suggested codes are to be shown; they are plainly called suggested.
        banner: above everything; "" = none.
    """
    mentions = [(one.span, one.code) for one in coding.counted()] if coding else []
    turns = tuple(
        ReadTurn(
            turn.number,
            one_line(turn.speaker),
            turn.role.value,
            clock(turn.time) if turn.time is not None else "",
            tuple(_paragraphs(transcript, turn, _within(mentions, turn.span))),
        )
        for turn in transcript.turns
    )
    hash = sha256(transcript.text)[:_DIGITS]
    return ReadingCopy(transcript.id, hash, banner, coding is not None, turns)


def reading_html(copy: ReadingCopy) -> str:
    """The copy as one page without scripts; every text is escaped."""
    page: str = _template().render(copy=copy)
    return page


def _within(mentions: Sequence[tuple[Span, str]], span: Span) -> list[tuple[Span, str]]:
    return [(one, code) for one, code in mentions if one.overlaps(span)]


def _paragraphs(
    transcript: Transcript, turn: Turn, mentions: Sequence[tuple[Span, str]]
) -> Iterator[ReadParagraph]:
    start = turn.span.start
    for line in transcript.text[turn.span.start : turn.span.end].split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        pieces = tuple(_pieces(transcript.text, span, turn.gaps, mentions))
        if "".join(piece.text for piece in pieces).strip():
            yield ReadParagraph(transcript.line(span.start), pieces)


def _pieces(
    text: str, line: Span, gaps: Sequence[Span], mentions: Sequence[tuple[Span, str]]
) -> Iterator[Piece]:
    """The words of a line, cut where mentions begin and end; stamps inside are left out."""
    edges = {line.start, line.end}
    for span in (*gaps, *(one for one, _ in mentions)):
        edges |= {edge for edge in (span.start, span.end) if line.start < edge < line.end}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        part = Span(start, end)
        if any(gap.contains(part) for gap in gaps):
            continue
        here = [(span, code) for span, code in mentions if span.contains(part)]
        codes = tuple(dict.fromkeys(code for _, code in here))
        begins = tuple(dict.fromkeys(code for span, code in here if span.start == start))
        yield Piece(text[start:end], codes, begins)


@cache
def _template() -> Any:
    return template("reading.html.j2", {"visible": visible})
