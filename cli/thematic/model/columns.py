"""Mentions as columns: for runs in which there are too many to be an object each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thematic.model.coding import MentionStatus
from thematic.model.nouns import dataclass

STATUSES = tuple(MentionStatus)  # by number
Column = Any  # a numpy array of whole numbers; this room names no package but the standard library


@dataclass(frozen=True)
class MentionColumns:
    """The mentions of some transcripts, swallowed ones too, and the words that count in each.

    Sorted by transcript, start, end, code and rule; one number a mention in each column.

    Args:
        transcripts: their IDs.
        kinds: what kind of source each is.
        words: counted words of each.
        transcript: place in `transcripts`.
        turn: number of the turn.
        start: first position, in code points of the transcript's text.
        end: position after the last.
        code: place of the code in the codebook.
        rule: index into the code's rules.
        status: place in STATUSES.
        guard: place in `said` of the guard or `none` item that withheld it.
        negation: place in `said` of the cue that negates it.
        marks: place in `said` of the names of its marks.
        unit: where the unit of counting starts that holds it.
        said: texts; the first is empty.
    """

    transcripts: Sequence[str]
    kinds: Sequence[str]
    words: Sequence[int]
    transcript: Column
    turn: Column
    start: Column
    end: Column
    code: Column
    rule: Column
    status: Column
    guard: Column
    negation: Column
    marks: Column
    unit: Column
    said: Sequence[str]
