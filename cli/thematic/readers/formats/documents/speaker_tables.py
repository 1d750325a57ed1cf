"""Tables in documents whose columns are time, speaker and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.readers.formats.column_names import BEGIN, END, SPEAKER, TEXT, columns_called
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.building import clean_label
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped
from thematic.readers.speakers.shapes import LONGEST_LABEL
from thematic.readers.speakers.stamps import seconds_from_cell, seconds_of

_DEFAULTS = ReadOptions()
_MOST_COLUMNS = 12
_LONGEST_TIME = 30  # characters


@dataclass(frozen=True, slots=True)
class RowParts:
    """One row: what stands before the words and behind them, and what it says."""

    front: list[str]
    speaker: str
    time: float | None
    words: str
    behind: list[str]


@dataclass(frozen=True, slots=True)
class SpeakerTable:
    """Which columns hold what."""

    words: int
    speaker: int
    time: int | None
    columns: int
    has_header: bool

    def parts(self, cells: Sequence[str]) -> RowParts | None:
        """The parts of a row; None where it has another number of cells, or no words.

        What tells who speaks and when stands before the words, also where the table has it
        behind them.
        """
        if len(cells) != self.columns or not cells[self.words].strip():
            return None
        time = seconds_from_cell(cells[self.time]) if self.time is not None else None
        told = {self.speaker, self.time}
        front = [n for n in range(self.columns) if n < self.words or n in told]
        behind = [n for n in range(self.words + 1, self.columns) if n not in told]
        label = clean_label(cells[self.speaker])
        if len(label) > LONGEST_LABEL:
            return None
        return RowParts(
            [cells[n] for n in front], label, time, cells[self.words], [cells[n] for n in behind]
        )


def speaker_table(
    rows: Sequence[Sequence[str]], options: ReadOptions = _DEFAULTS
) -> SpeakerTable | None:
    """How the table holds turns, or None: a column of speakers, and one of words.

    The names in its first row tell; where they tell nothing, a column of short names that
    repeat, with the words in a column to the right of it.
    """
    columns = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    if not 2 <= columns <= _MOST_COLUMNS or len(rows) < 2:
        return None
    return _by_header(rows, columns, options) or _by_cells(rows, columns)


def _by_header(
    rows: Sequence[Sequence[str]], columns: int, options: ReadOptions
) -> SpeakerTable | None:
    header = list(rows[0])
    if len(header) != columns:
        return None
    words = _called(header, options.text_columns[:1], TEXT, ())
    speaker = _called(header, (options.speaker_column,), SPEAKER, words)
    if not words or not speaker:
        return None
    time = _called(header, (options.time_column,), BEGIN, (*words, *speaker))
    if not time:
        body = _body(rows[1:], columns)
        time = [n for n in _times(body, columns) if n not in (*words, *speaker)]
    return SpeakerTable(words[0], speaker[0], time[0] if time else None, columns, True)


def _called(
    header: list[str], given: Sequence[str], known: tuple[str, ...], taken: Sequence[int]
) -> list[int]:
    """The column that the user named, else those with a usual name."""
    for name in filter(None, given):
        wanted = " ".join(name.casefold().split())
        found = [n for n, cell in enumerate(header) if " ".join(cell.casefold().split()) == wanted]
        if found:
            return found
    return [n for n in columns_called(header, known) if n not in taken]


def _by_cells(rows: Sequence[Sequence[str]], columns: int) -> SpeakerTable | None:
    has_header = _is_header(rows[0])
    body = _body(rows[1 if has_header else 0 :], columns)
    times = _times(body, columns)
    words = _longest([n for n in range(1, columns) if n not in times], body)
    before = [n for n in range(words) if n not in times and not _mostly(body, n, str.isdigit)]
    names = [n for n in before if _mostly(body, n, _is_name)]
    if len(names) != 1 or names != before:
        return None
    counts = Counter(key_of(row[names[0]]) for row in body if row[names[0]].strip())
    if not has_header and (not counts or max(counts.values()) < 2):
        return None
    return SpeakerTable(words, names[0], times[0] if times else None, columns, has_header)


def _is_header(cells: Sequence[str]) -> bool:
    """Whether at least two cells are usual names of columns."""
    return len(columns_called(cells, (*TEXT, *SPEAKER, *BEGIN, *END))) >= 2


def _body(rows: Sequence[Sequence[str]], columns: int) -> list[Sequence[str]]:
    return [row for row in rows if len(row) == columns]


def _times(body: list[Sequence[str]], columns: int) -> list[int]:
    return [n for n in range(columns) if _mostly(body, n, _is_time)]


def _longest(columns: list[int], body: list[Sequence[str]]) -> int:
    """The column with the most words."""
    return max(columns, key=lambda n: sum(len(row[n]) for row in body), default=0)


def _mostly(rows: list[Sequence[str]], column: int, test: Callable[[str], bool]) -> bool:
    cells = list(_filled(rows, column))
    return bool(cells) and sum(map(test, cells)) >= 0.8 * len(cells)


def _filled(rows: list[Sequence[str]], column: int) -> Iterator[str]:
    return (row[column].strip() for row in rows if row[column].strip())


def _is_time(cell: str) -> bool:
    return len(cell) <= _LONGEST_TIME and seconds_of(cell) is not None


def _is_name(cell: str) -> bool:
    label = clean_label(cell)
    if not label or len(label) > LONGEST_LABEL:
        return False
    return is_name_shaped(label) or is_lower_shaped(label)
