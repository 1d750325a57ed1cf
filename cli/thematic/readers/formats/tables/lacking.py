"""What is said of a table whose columns cannot be told: what to write so that they can."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.errors import Problem
from thematic.readers.formats.tables.rows import Row
from thematic.readers.formats.tables.survey_guess import asks
from thematic.readers.speakers.roles import told_by
from thematic.readers.speakers.stamps import seconds_from_cell

_MOST_NAME_WORDS = 4
_MOST_LISTED = 12
_MOST_HINTED = 3
_SENTENCE_ENDS = (".", "!", "…", "。")  # a question may be the name of a survey's column
_FOR_SURVEYS = "where each row is one respondent: --column text=NAME --column id=NAME"


def no_text_column(rows: Sequence[Row]) -> Problem:
    """The problem of a table in which no column is known to hold the text."""
    header = rows[0]
    cells = [cell.strip() for cell in header.cells]
    below = {(n, cell.strip()) for row in rows[1:] for n, cell in enumerate(row.cells)}
    repeats = any(cell and (n, cell) in below for n, cell in enumerate(cells))
    if repeats or any(_is_no_name(cell) for cell in cells):
        message = "there seems to be no header row"
        hint = (
            "write speaker,time,text above it, in the order of the columns "
            f"(or give the columns names and tell which holds what: --column text=NAME; "
            f"{_FOR_SURVEYS})"
        )
        return Problem("", header.line, message, hint)
    asked = [f'--column text="{cell}"' for cell in cells if asks(cell)]
    more = f" and {len(cells) - _MOST_LISTED} more" if len(cells) > _MOST_LISTED else ""
    listed = ", ".join(cell or "(no name)" for cell in cells[:_MOST_LISTED]) + more
    message = f"no column holds the text; the columns are: {listed}"
    hint = f"call one of them text, or name it with --column text=NAME; {_FOR_SURVEYS}"
    if asked:
        hint = f"if these are questions, name those to read: {' '.join(asked[:_MOST_HINTED])}"
    return Problem("", header.line, message, hint)


def _is_no_name(cell: str) -> bool:
    """Whether a cell holds a time, a number, a label with its colon or a sentence."""
    if seconds_from_cell(cell) is not None or cell.endswith((*_SENTENCE_ENDS, ":")):
        return True
    if told_by(cell) is not None and len(cell) == 1:
        return True
    return len(cell.split()) > _MOST_NAME_WORDS and not cell.endswith(("?", "？"))
