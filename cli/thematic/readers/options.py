"""What the user may say about how transcripts are to be read."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.readers.limits import Limits


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings for reading; an empty text means: find out from the file.

    Args:
        encoding: a Python codec name that wins over everything the bytes suggest.
        speaker_column, time_column: columns of tables (CSV, TSV, XLSX) of turns.
        text_columns: the column with the words; several in a survey, where each row is one
            respondent and each of these columns one answer.
        id_column: the column that names the respondent of a survey, or the transcript in a file
            of turns.
        role_column: the column of a file of turns with the speaker's role.
        sheet: the name of the sheet of an Excel file; "" = the first one with a table.
        speakers: roles the user gave to labels; they win over our guesses, and a label
            named here is taken for one wherever it stands like one.
        limits: how much of a file is read before it is refused.
        office: the LibreOffice program, for formats that only it reads; None = there is none.
    """

    encoding: str = ""
    speaker_column: str = ""
    time_column: str = ""
    text_columns: tuple[str, ...] = ()
    id_column: str = ""
    role_column: str = ""
    sheet: str = ""
    speakers: Speakers = field(default_factory=Speakers)
    limits: Limits = field(default_factory=Limits)
    office: Path | None = None
