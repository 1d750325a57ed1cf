"""A file of turns cut where transcripts begin, so that each piece can be read alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from thematic.errors import Problem
from thematic.model.nouns import dataclass
from thematic.readers.formats.turn_files.grouping import transcript_id

_MOST_TOLD = 5  # transcripts whose rows come back


@dataclass(frozen=True, slots=True)
class Start:
    """Where the rows of a transcript begin: row (0-based), and bytes before it."""

    row: int
    offset: int
    id: str  # as it is written


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of a file of turns: whole transcripts, in the order of the file.

    Args:
        first, last: rows (or lines), 0-based; the last is the first that is not in it.
        begin, end: bytes of a file of lines; of Parquet about where its rows lie.
    """

    first: int
    last: int
    begin: int
    end: int

    @property
    def size(self) -> int:
        """Bytes, of Parquet about."""
        return self.end - self.begin


class Counted(Protocol):
    """A file of turns that is gone through once; then its rows and bytes are known."""

    rows: int
    length: int

    def starts(self) -> Iterator[Start]:
        """Where each transcript begins, in the order of the file."""


def slices_of(turns: Counted, size: int, problems: list[Problem]) -> list[Slice]:
    """Pieces of about so many bytes, at least one transcript each; none where one comes back.

    Memory grows by the IDs of the transcripts, not by their rows.

    Args:
        turns: the file.
        size: bytes of a piece.
        problems: gets those transcripts whose rows do not stand together.
    """
    seen: dict[str, int] = {}
    borders: list[tuple[int, int]] = [(0, 0)]
    back = 0
    for start in turns.starts():
        id = transcript_id(start.id, start.row + 1)
        if id in seen:
            back += 1
            if back <= _MOST_TOLD:
                problems.append(_returned(id, seen[id], start.row + 1))
        elif start.offset - borders[-1][1] >= size:
            borders.append((start.row, start.offset))
        seen.setdefault(id, start.row + 1)
    if back > _MOST_TOLD:
        message = f"{back - _MOST_TOLD:,} more times a transcript comes back"
        problems.append(Problem("", 0, message, "sort the file by transcript"))
    if back:
        return []
    ends = [*borders[1:], (turns.rows, turns.length)]
    return [
        Slice(row, last, begin, end)
        for (row, begin), (last, end) in zip(borders, ends, strict=True)
    ]


def _returned(id: str, first: int, row: int) -> Problem:
    message = (
        f"not read: the transcript {id!r}, which begins in row {first:,}, comes back in row "
        f"{row:,} after others"
    )
    hint = "the rows of one transcript must stand together: sort the file by transcript"
    return Problem("", row, message, hint)
