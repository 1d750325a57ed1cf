"""Tables in Word files whose columns are time, speaker and words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from thematic.readers.speakers.building import clean_label
from thematic.readers.speakers.names import is_lower_shaped, is_name_shaped
from thematic.readers.speakers.roles import key_of
from thematic.readers.speakers.shapes import LONGEST_LABEL
from thematic.readers.speakers.stamps import seconds_of
from thematic.readers.speakers.vocabulary import in_order

_HEADINGS = in_order(
    """time start timestamp timespan speaker name participant who person role text content words
    transcript utterance speech"""
)


@dataclass(frozen=True, slots=True)
class RowParts:
    """One row: the cells before the words as they stand, and what they say."""

    front: list[str]
    speaker: str
    time: float | None
    words: str


@dataclass(frozen=True, slots=True)
class SpeakerTable:
    """Which columns hold what; the words stand in the last one."""

    speaker: int
    time: int | None
    columns: int
    has_header: bool

    def parts(self, cells: list[str]) -> RowParts | None:
        """The parts of a row, or None where it has another number of cells."""
        if len(cells) != self.columns:
            return None
        time = seconds_of(cells[self.time]) if self.time is not None else None
        label = clean_label(cells[self.speaker])
        return RowParts(cells[:-1], label, time, cells[-1])


def speaker_table(rows: list[list[str]]) -> SpeakerTable | None:
    """How the table holds turns: two or three columns, and speakers that repeat."""
    columns = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    if columns not in (2, 3) or len(rows) < 2:
        return None
    has_header = sum(cell.strip().casefold() in _HEADINGS for cell in rows[0]) >= 2
    body = [row for row in rows[1 if has_header else 0 :] if len(row) == columns]
    times = [n for n in range(columns - 1) if _mostly(body, n, _is_time)]
    names = [n for n in range(columns - 1) if n not in times and _mostly(body, n, _is_name)]
    if len(names) != 1 or (columns == 3 and not times):
        return None
    counts = Counter(key_of(row[names[0]]) for row in body if row[names[0]].strip())
    if not has_header and (not counts or max(counts.values()) < 2):
        return None
    return SpeakerTable(names[0], times[0] if times else None, columns, has_header)


def _mostly(rows: list[list[str]], column: int, test: object) -> bool:
    cells = [row[column].strip() for row in rows if row[column].strip()]
    assert callable(test)
    return bool(cells) and sum(map(test, cells)) >= 0.8 * len(cells)


def _is_time(cell: str) -> bool:
    return len(cell) <= 30 and seconds_of(cell) is not None


def _is_name(cell: str) -> bool:
    label = clean_label(cell)
    if not label or len(label) > LONGEST_LABEL:
        return False
    return is_name_shaped(label) or is_lower_shaped(label)
