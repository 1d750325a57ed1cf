"""Which columns of a survey hold what people wrote themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thematic.readers.formats.column_names import TEXT, columns_called, key_of_name
from thematic.readers.formats.tables.cells import column, is_word
from thematic.readers.formats.tables.rows import Row
from thematic.readers.formats.tables.survey_forms import Form
from thematic.readers.speakers.vocabulary import in_order

_TALK = 5  # words that an answer has on average
_DIFFERENT = 0.7  # share of different answers among those of one column
_SENTENCE = 3  # words; a name of more is a question
_PARTS = re.compile(r"\s*[;,|]\s*")
_ABOUT_PEOPLE = frozenset(
    in_order(
        """notes note notizen memo remarks bemerkung bemerkungen description beschreibung topic
        address adresse profession occupation beruf title url link"""
    )
)
_IDENTIFIER = re.compile(
    r"e-?mail|\bip[ _-]?addr|\bipaddr|phone|\btel\b|mobile|latitude|longitude|(?:first|last|sur|"
    r"full|family)[ _-]?name|recipient|\baddress\b|anschrift|telefon|vorname|nachname|^name$",
    re.IGNORECASE,
)


def is_question(name: str) -> bool:
    """Whether a column's name is a sentence that was put to people."""
    return len(name.split()) > _SENTENCE


def asks(name: str) -> bool:
    """Whether a column's name is a question, be it a short one."""
    return is_question(name) or name.rstrip().endswith(("?", "？", "؟"))


def typed_columns(form: Form, rows: Sequence[Row]) -> list[int]:
    """The columns that hold answers in people's own words, by the form or by what they hold."""
    free = [n for n in range(len(form.names)) if n not in form.added]
    if form.typed:
        typed = [n for n in free if n in form.typed and any(map(is_word, column(rows, n)))]
        if typed:
            return typed
    return [n for n in free if _holds_talk(form.questions[n], column(rows, n))]


def answer_columns(form: Form, rows: Sequence[Row]) -> list[int]:
    """The columns of answers: those with talk, else those called text or the like."""
    named = columns_called(form.names, TEXT)
    worded = [n for n in named if n not in form.added and any(map(is_word, column(rows, n)))]
    return typed_columns(form, rows) or ([] if form.known else worded[:1])


def _holds_talk(name: str, cells: Sequence[str]) -> bool:
    words = [cell for cell in cells if is_word(cell)]
    if 2 * len(words) < len(cells) or not words or key_of_name(name) in _ABOUT_PEOPLE:
        return False
    mean = sum(len(cell.split()) for cell in words) / len(words)
    different = len({cell.casefold() for cell in words}) / len(words)
    if different < _DIFFERENT or _is_multiple_choice(words):
        return False
    return mean >= _TALK or (asks(name) and mean >= _SENTENCE and different > 0.9)


def _is_multiple_choice(cells: Sequence[str]) -> bool:
    """Whether the cells are lists of the same few options."""
    parts = [part for cell in cells for part in _PARTS.split(cell) if part]
    return len(parts) >= 1.5 * len(cells) and 2 * len(set(parts)) <= len(parts)


def wordiest(form: Form, rows: Sequence[Row], most: int) -> list[int]:
    """The columns with the longest cells, for a hint."""
    free = [n for n, name in enumerate(form.names) if n not in form.added and name]
    length = {n: sum(len(cell.split()) for cell in column(rows, n)) for n in free}
    return sorted(sorted(free, key=lambda n: -length[n])[:most])


def identifiers(names: Sequence[str]) -> list[str]:
    """The names of columns that tell who somebody is."""
    return [name for name in names if _IDENTIFIER.search(name) and not is_question(name)]
