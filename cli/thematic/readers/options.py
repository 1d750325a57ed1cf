"""What the user may say about how transcripts are to be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from thematic.model.study import Speakers


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings for reading; an empty text means: find out from the file.

    Args:
        encoding: a Python codec name that wins over everything the bytes suggest.
        speaker_column, time_column, text_column: columns of CSV and TSV files.
        speakers: roles the user gave to labels; they win over our guesses, and a label
            named here is taken for one wherever it stands like one.
    """

    encoding: str = ""
    speaker_column: str = ""
    time_column: str = ""
    text_column: str = ""
    speakers: Speakers = field(default_factory=Speakers)
