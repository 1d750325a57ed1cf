"""The longest answers without a code."""

from __future__ import annotations

from typing import Any

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.uncoded.extracts import PLACE, STATUS, opening, place, withheld_note
from thematic.analysis.uncoded.talk import Talk, answering
from thematic.model.coding import TranscriptCoding
from thematic.model.transcript import Turn

COLUMNS = [*PLACE, "start", "end", "words", "refused", "opening", "citation", *STATUS]


def longest_answers(talk: Talk, longest: int) -> ResultTable:
    """The longest turns of respondents on which no code stands, kinds apart.

    Args:
        talk: the study.
        longest: how many of each kind of transcript.

    Returns:
        One row a turn, the longest first; equally long ones by ID and turn.
    """
    rows: list[dict[str, Any]] = []
    notes = []
    for kind in dict.fromkeys(source.transcript.kind for source in talk.sources):
        turns = [
            (source, turn)
            for source in talk.sources
            if source.transcript.kind == kind
            for turn in answering(source)
        ]
        bare = [(source, turn) for source, turn in turns if not talk.codes_on(source, turn.span)]
        bare.sort(key=lambda one: (-_words(*one), one[0].transcript.id, one[1].number))
        rows += [_row(talk, source, turn) for source, turn in bare[:longest]]
        notes.append(
            f"{kind}: of {len(turns):,} answers (turns that count and are not an interviewer's; "
            f"{sum(_words(*one) for one in turns):,} words), {len(bare):,} "
            f"({sum(_words(*one) for one in bare):,} words) stand without {talk.wanted.said}, "
            f"suggested or decided. Listed: the {min(longest, len(bare)):,} longest."
        )
    notes += withheld_note(rows, "opening")
    return table_of("uncoded-answers", rows, COLUMNS, "turn", tuple(notes), {"opening"})


def _words(source: TranscriptCoding, turn: Turn) -> int:
    return source.turn_words[turn.number]


def _row(talk: Talk, source: TranscriptCoding, turn: Turn) -> dict[str, Any]:
    refused = talk.wanted.among(talk.held[source.transcript.id].refused_on(turn.span))
    return {
        **place(source, turn, turn.span.start, talk),
        "start": turn.span.start,
        "end": turn.span.end,
        "words": _words(source, turn),
        "refused": "; ".join(path for path in talk.codings.codebook.paths() if path in refused),
        "opening": opening(source, turn.span, talk.study),
    }
