"""All checks of a set of transcripts, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from thematic.errors import Problem
from thematic.model.study import Speakers
from thematic.model.transcript import Transcript
from thematic.readers.linting.damage import damaged_characters
from thematic.readers.linting.duplicates import duplicates
from thematic.readers.linting.labels import doubtful_labels
from thematic.readers.linting.no_transcripts import no_transcript, web_page
from thematic.readers.linting.people import missing_people
from thematic.readers.linting.stamps import mixed_stamps, stamps_going_back, stamps_missing
from thematic.readers.linting.turns import (
    empty_turns,
    long_turns,
    missing_numbers,
    turns_of_nobody,
)

_OF_ONE: tuple[Callable[[Transcript], Iterable[Problem]], ...] = (
    damaged_characters,
    no_transcript,
    web_page,
    mixed_stamps,
    stamps_going_back,
    stamps_missing,
    missing_numbers,
    empty_turns,
    long_turns,
    turns_of_nobody,
)


def lint(transcripts: Sequence[Transcript], speakers: Speakers) -> list[Problem]:
    """Warnings and notes on transcripts, sorted by ID and line.

    The checks are made to be silent sooner than to be wrong: what many good transcripts do
    is no doubt, and much of it shows only beside the others of the study.

    Args:
        transcripts: as read.
        speakers: what the user said of labels.

    Returns:
        Problems whose file is the transcript's ID and whose lines are those of its text.
    """
    found = [problem for one in transcripts for check in _OF_ONE for problem in check(one)]
    found += missing_people(transcripts)
    found += doubtful_labels(transcripts, speakers)
    found += duplicates(transcripts)
    return sorted(found)
