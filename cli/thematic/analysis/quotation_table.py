"""The quotations of a manuscript beside the transcripts: one row each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import (
    WITHDRAWN_WORDS,
    citation,
    is_remark,
    may_quote,
    restrictions_on,
    shown_speaker,
    words_at,
)
from thematic.model.manuscript import Difference, Fidelity, Traced
from thematic.model.study import Study
from thematic.model.transcript import Role, Transcript, Turn

COLUMNS = (
    *("place", "note", "quotation", "words", "status", "difference", "remark"),
    *("transcript", "turn", "time", "speaker", "citation", "places", "cited"),
)
_FAITHFUL = (Fidelity.EXACT, Fidelity.ELIDED, Fidelity.BRACKETED, Fidelity.BOTH)
NO_CONSENT = "may not be quoted: no consent to quotation"
WITHDRAWN = "may not be quoted: withdrawn by the person"
OF_INTERVIEWER = "words of an interviewer"  # which is no fault
DISCUSSED = "may not be quoted yet: wording under discussion"


def quotation_table(
    traced: Sequence[Traced],
    transcripts: Sequence[Transcript],
    study: Study,
    *,
    longer_than: int,
    places: str = "line",
) -> ResultTable:
    """Every quotation with its status, where it stands, and what departs from it.

    Args:
        traced: in order of the manuscript.
        transcripts: in which they were looked for.
        study: consent, and what citations may show.
        longer_than: quotations of at most this many words were not looked for.
        places: what the column `place` counts: line or paragraph.
    """
    by_id = {one.id: one for one in transcripts}
    rows = [_row(one, by_id, study) for one in traced]
    return table_of(
        "quotations",
        rows,
        COLUMNS,
        "quotation",
        tuple(_notes(traced, len(transcripts), longer_than, places)),
        quoted=("quotation", "difference"),
    )


def is_faulty(row: Mapping[str, Any]) -> bool:
    """Whether a row of the table asks for the author's attention."""
    return row["status"] not in _FAITHFUL or row["remark"] not in ("", OF_INTERVIEWER)


def _row(traced: Traced, by_id: Mapping[str, Transcript], study: Study) -> dict[str, Any]:
    quotation = traced.quotation
    row: dict[str, Any] = {
        "place": quotation.place,
        "note": quotation.note,
        "quotation": " ".join(quotation.text.split()),
        "words": len(quotation.text.split()),
        "status": traced.fidelity.value,
        "places": traced.places,
        "cited": "; ".join(traced.cited),
        "remark": "",
        "difference": "",
    }
    transcript = by_id.get(traced.transcript)
    if transcript is None or traced.span is None:
        return row
    turn = _turn_at(transcript, traced.span.start)
    shown = not is_remark(words_at(transcript, traced.span, study))
    return row | {
        "difference": "; ".join(_difference(one, shown=shown) for one in traced.differences),
        "remark": "; ".join(_remarks(traced, transcript, turn, study)),
        "transcript": transcript.id,
        "turn": turn.number,
        "time": turn.time_at(traced.span.start),
        "speaker": shown_speaker(transcript, turn, study),
        "citation": citation(transcript, turn, traced.span.start, study),
    }


def _turn_at(transcript: Transcript, position: int) -> Turn:
    return next(turn for turn in transcript.turns if position < turn.span.end)


def _difference(one: Difference, *, shown: bool) -> str:
    """What was said and what is quoted; the transcript's words only where they may be shown."""
    said = one.said if shown else "[words withheld]" if one.said else ""
    if not one.quoted:
        return f"left out: “{said}”"
    if not one.said:
        return f"put in: “{one.quoted}”"
    return f"said “{said}”, quoted “{one.quoted}”"


def _remarks(traced: Traced, transcript: Transcript, turn: Turn, study: Study) -> Iterator[str]:
    assert traced.span is not None
    if not may_quote(transcript, study):
        yield NO_CONSENT
    elif held := restrictions_on(transcript, traced.span, study):
        said = words_at(transcript, traced.span, study)
        agreed = [one.wording for one in held if one.span == traced.span and one.wording]
        if traced.quotation.text not in agreed:
            yield WITHDRAWN if said == WITHDRAWN_WORDS else DISCUSSED
    if traced.is_misattributed:
        yield f"named beside it: {', '.join(traced.cited)}"
    if traced.across_turns:
        yield "joins words of several turns"
    if turn.role is Role.INTERVIEWER:
        yield OF_INTERVIEWER


def _notes(traced: Sequence[Traced], number: int, longer_than: int, places: str) -> Iterator[str]:
    counts = Counter(one.fidelity for one in traced)
    told = ", ".join(f"{counts[kind]} {kind.value}" for kind in Fidelity if counts[kind])
    quotations = "quotation" if len(traced) == 1 else "quotations"
    yield (
        f"{len(traced)} {quotations} of more than {longer_than} words"
        + (f": {told}" if told else "")
        + f". Looked for in {number} transcripts; places are {places}s of the manuscript."
    )
    yield (
        "Exact: the same words and signs, but for white space, kinds of quotation marks and "
        "dashes, the first letter's case and punctuation at the ends. Not found: not among these "
        "transcripts; it may be quoted from elsewhere."
    )
