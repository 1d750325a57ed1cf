"""Tables without a header whose columns show what they hold: ELAN's export, time and speaker."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thematic.errors import Problem, Severity
from thematic.readers.formats.tables.cells import (
    cell_of,
    is_clock,
    is_number,
    is_time,
    is_word,
    span_of,
)
from thematic.readers.formats.tables.columns import Columns
from thematic.readers.formats.tables.rows import Row
from thematic.readers.speakers.shapes import LONGEST_LABEL

_FEWEST_ROWS = 3
_SAME = 0.01  # seconds
_MOST = 0.9  # share of the rows in which a column holds what it is taken for


def headerless_columns(rows: Sequence[Row], problems: list[Problem]) -> Columns | None:
    """What the columns hold where each row has a time, in its first row too; None otherwise.

    ELAN writes `tier, begin, end, text`, each time in up to four ways, and a duration; Audacity
    `begin, end, label`. The words stand in the last column that holds some, the speaker in
    the first of the others whose cells repeat.
    """
    if len(rows) < _FEWEST_ROWS or len(rows[0].cells) < 2:
        return None
    width = max(len(row.cells) for row in rows)
    filled = [[cell_of(row.cells, n).strip() for row in rows] for n in range(width)]
    times = [n for n in range(width) if filled[n][0] and _mostly(filled[n], is_time)]
    words = [n for n in range(width) if n not in times and any(map(is_word, filled[n]))]
    if not times or not words:
        return None
    begin, end = times[0], _end_of(times, filled)
    if end is None and not _mostly(filled[begin], is_clock):
        return None
    speaker = next((n for n in words[:-1] if _names(filled[n], repeated=end is None)), None)
    found = Columns(words[-1], speaker, begin, end, count=width)
    problems.append(_note(rows[0].line, found))
    return found


def _mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, cells)) >= _MOST * len(cells)


def _end_of(times: Sequence[int], filled: Sequence[Sequence[str]]) -> int | None:
    """The column of later times: the first that is not the begin, written in another way."""
    begins = [span_of(cell)[0] or 0.0 for cell in filled[times[0]]]
    for n in times[1:]:
        ends = [span_of(cell)[0] or 0.0 for cell in filled[n]]
        pairs = list(zip(begins, ends, strict=True))
        later = all(e >= b - _SAME for b, e in pairs) and any(e > b + _SAME for b, e in pairs)
        if later and not all(abs(e - 1000 * b) < 1 for b, e in pairs):  # in thousandths
            return n
    return None


def _names(cells: Sequence[str], *, repeated: bool) -> bool:
    """Whether a column holds short labels; where no end of the row shows, some must repeat."""
    named = [cell for cell in cells if cell]
    short = all(len(cell) <= LONGEST_LABEL and not is_number(cell) for cell in named)
    return bool(named) and short and (not repeated or 2 * len(set(named)) <= len(named))


def _note(line: int, columns: Columns) -> Problem:
    parts = {"times": columns.begin, "ends": columns.end, "speakers": columns.speaker}
    told = [f"{what} in column {n + 1}" for what, n in parts.items() if n is not None]
    message = f"there is no header row; taken are {', '.join(told)}, words in {columns.text + 1}"
    hint = "write a row with speaker, time, end, text above it if that is wrong"
    return Problem("", line, message, hint, Severity.NOTE)
