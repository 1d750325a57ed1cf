"""Long words cut for reading: exact slices, and […] where something is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from thematic.analysis.sources import citation, is_remark, said, shown_speaker
from thematic.analysis.uncoded.talk import Talk
from thematic.model.coding import TranscriptCoding
from thematic.model.study import Study
from thematic.model.transcript import Span, Turn

CUT = "[…]"
OPENING = 30  # words
CLOSING = 40  # words
BESIDE = 15  # words before and after what was found
_CHARACTERS = 300  # for languages written without blanks
_WORD = re.compile(r"\S+")

PLACE = ["kind", "transcript", "case", "speaker", "role", "turn", "time", "line"]
STATUS = ["codebook_hash", "study_status"]


def opening(source: TranscriptCoding, span: Span, study: Study) -> str:
    """The first words of a span, with […] where more follows; or a remark for all of them."""
    text = source.transcript.text[span.start : span.end]
    found = list(_WORD.finditer(text))
    end = found[OPENING - 1].end() if len(found) > OPENING else len(text)
    cut = Span(span.start, span.start + min(end, _CHARACTERS))
    words = said(source, cut, study)
    return words if cut == span or is_remark(words) else f"{words} {CUT}"


def around(source: TranscriptCoding, span: Span, within: Span, study: Study) -> str:
    """A span with up to BESIDE words before and after it, of a longer stretch; or a remark."""
    text = source.transcript.text
    before = list(_WORD.finditer(text, within.start, span.start))
    after = list(_WORD.finditer(text, span.end, within.end))
    start = before[-BESIDE].start() if len(before) > BESIDE else within.start
    end = after[BESIDE - 1].end() if len(after) > BESIDE else within.end
    cut = Span(max(start, span.start - _CHARACTERS), min(end, span.end + _CHARACTERS))
    words = said(source, cut, study)
    if is_remark(words):
        return words
    first = f"{CUT} " if cut.start > within.start else ""
    return first + words + (f" {CUT}" if cut.end < within.end else "")


def closing(source: TranscriptCoding, span: Span, study: Study) -> str:
    """The last words of a span, with […] where more came before; or a remark for all of them."""
    text = source.transcript.text[span.start : span.end]
    found = list(_WORD.finditer(text))
    start = found[-CLOSING].start() if len(found) > CLOSING else 0
    cut = Span(span.start + max(start, len(text) - _CHARACTERS), span.end)
    words = said(source, cut, study)
    return words if cut == span or is_remark(words) else f"{CUT} {words}"


def place(source: TranscriptCoding, turn: Turn, position: int, talk: Talk) -> dict[str, Any]:
    """Where words stand, as every listing says it: PLACE, `citation` and STATUS."""
    transcript = source.transcript
    return {
        "kind": transcript.kind,
        "transcript": transcript.id,
        "case": transcript.case,
        "speaker": shown_speaker(transcript, turn, talk.study),
        "role": turn.role.value,
        "turn": turn.number,
        "time": turn.time_at(position),
        "line": transcript.line(position),
        "citation": citation(transcript, turn, position, talk.study),
        **status(talk),
    }


def status(talk: Talk) -> dict[str, str]:
    """By which codebook, and of what study."""
    book, study = talk.codings.codebook, talk.study
    return {"codebook_hash": book.hash[:8], "study_status": study.status.value}


def withheld_note(rows: Sequence[Mapping[str, Any]], column: str) -> list[str]:
    """How many rows keep their words back, where any does."""
    number = sum(is_remark(row[column]) for row in rows)
    return [f"{number} of {len(rows)} rows keep words back; each says why."] if number else []
