"""Whether each row of a table is one respondent, and which column names them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from thematic.model.transcript import Role
from thematic.readers.formats.column_names import (
    BEGIN,
    CODE,
    END,
    PEOPLE,
    QUESTION,
    SPEAKER,
    TEXT,
    WEAK_RESPONDENT,
    columns_called,
    key_of_name,
)
from thematic.readers.formats.tables.cells import column, is_clock, is_whole
from thematic.readers.formats.tables.columns import header_at
from thematic.readers.formats.tables.rows import Row
from thematic.readers.formats.tables.survey_forms import form_of, known_form
from thematic.readers.formats.tables.survey_guess import answer_columns, asks
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.roles import names_a_role, told_by

_FEWEST_ROWS = 2


def asks_respondents(rows: Sequence[Row], options: ReadOptions) -> bool:
    """Whether each row of a table is a respondent, as the user or the table says.

    The table says so where a survey program wrote it, or where a column such as
    `participant ID` has another value in each row beside words and there are neither
    speakers nor times; or a column of words that the user names is called like a question.
    """
    if options.id_column or len(options.text_columns) > 1:
        return True
    if options.speaker_column or options.time_column:
        return False
    at = header_at(rows, options)
    header, body = rows[at].cells, rows[at + 1 :]
    people = id_column(header, body)
    if people is None and columns_called(header, QUESTION) and columns_called(header, TEXT):
        return False  # each row is an answer
    if known_form(rows) or any(map(asks, options.text_columns)):
        return True
    if people is None or len(body) < _FEWEST_ROWS:
        return False
    speakers = [n for n in columns_called(header, SPEAKER) if n != people]
    times = [n for n in columns_called(header, (*BEGIN, *END)) if _any_clock(body, n)]
    if speakers or times or any(_is_interviewer(cell) for cell in column(body, people)):
        return False
    if options.text_columns or answer_columns(form_of(rows, at), body):
        return not (_is_weak(header[people]) and _is_numbering(header, body, people))
    return not _is_weak(header[people]) and any(map(asks, header))


def _is_weak(name: str) -> bool:
    return key_of_name(name) in WEAK_RESPONDENT


def _any_clock(rows: Sequence[Row], number: int) -> bool:
    return any(map(is_clock, column(rows, number)))


def _is_interviewer(cell: str) -> bool:
    return told_by(cell) is Role.INTERVIEWER and names_a_role(cell)


def _is_numbering(header: Sequence[str], rows: Sequence[Row], id: int) -> bool:
    """Whether an `id` only counts the rows, or what it names is coded: rows of one text."""
    if columns_called(header, CODE):
        return True
    values = column(rows, id)
    counts = all(map(is_whole, values)) and all(
        int(following) == int(one) + 1 for one, following in pairwise(values)
    )
    others = [n for n in range(len(header)) if n != id and column(rows, n)]
    return counts and len(others) < 2


def id_column(header: Sequence[str], rows: Sequence[Row]) -> int | None:
    """The column that names each respondent, with another value in each row."""
    for n in (*columns_called(header, PEOPLE), *columns_called(header, WEAK_RESPONDENT)):
        values = column(rows, n)
        if values and len(values) == len(rows) == len(set(values)):
            return n
    return None
