"""Rows with columns: tables of speakers and words, and labels with the words set off."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from thematic.model.nouns import dataclass
from thematic.readers.formats.column_names import BEGIN, END, SPEAKER, TEXT, columns_called
from thematic.readers.formats.pdf.pages import GAP, Row

_SAME = 2.0  # points by which the left edges of one column may differ
_FEWEST = 3  # rows of a page that show a column
_FIXED_GAP = 0.5  # of the font size: so much parts columns, where it is never less
_BEGINS = 1000.0  # the gap before a piece that begins its line
_MOST_COLUMNS = 30
_FEWEST_ROWS = 2  # of a table
_HIGHEST = 40  # font sizes: how far words may reach up beside a label set in their middle


class Columns:
    """The left edges at which columns begin, somewhere in a file."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Find them: pieces that begin at one place on a page, some of them behind others."""
        places: dict[int, list[tuple[float, float]]] = {}
        margins = _left_margins(rows)
        for row in rows:
            found = places.setdefault(row.page, [])
            if row.left > margins[row.page] + row.size:
                found.append((row.left, _BEGINS))
            for before, piece in pairwise(row.pieces):
                gap = (piece.left - before.right) / max(piece.size, 1.0)
                if gap > 0:
                    found.append((piece.left, gap))
        edges = {edge for found in places.values() for edge in _edges(sorted(found))}
        self._edges = sorted(edges)

    def parts(self, row: Row) -> list[Row]:
        """The parts of a row that begin at columns; the first may begin anywhere."""
        groups = [[row.pieces[0]]]
        for piece in row.pieces[1:]:
            if self.begins(piece.left) and piece.left > groups[-1][-1].right:
                groups.append([piece])
            else:
                groups[-1].append(piece)
        if len(groups) == 1:
            return [row]
        return [Row(row.page, tuple(group)) for group in groups]

    def begins(self, left: float) -> bool:
        """Whether a column begins at a place."""
        index = bisect_left(self._edges, left - _SAME)
        return index < len(self._edges) and self._edges[index] <= left + _SAME


def _left_margins(rows: Sequence[Row]) -> dict[int, float]:
    margins: dict[int, float] = {}
    for row in rows:
        margins[row.page] = min(row.left, margins.get(row.page, row.left))
    return margins


def _edges(places: Sequence[tuple[float, float]]) -> Iterator[float]:
    """The places that pieces share; (left, gap before it), sorted, the gap in font sizes."""
    start = 0
    for end in range(1, len(places) + 1):
        if end < len(places) and places[end][0] - places[start][0] <= _SAME:
            continue
        gaps = [gap for _, gap in places[start:end]]
        is_wide = max(gaps) > GAP or min(gaps) > _FIXED_GAP
        if len(gaps) >= _FEWEST and is_wide and min(gaps) < _BEGINS:
            yield places[start][0]
        start = end


@dataclass
class TableRows:
    """Rows of a page that stand in columns, while they are read from top to bottom.

    A line with several columns begins a row of the table; one within a column that is not
    the first goes on in the row above, also where it stands higher: a label in the first
    column may be set in the middle of its words.
    """

    columns: Columns
    rows: list[list[Row]] = field(default_factory=list)  # the parts of each, by line
    lefts: list[float] = field(default_factory=list)  # of the columns behind the first
    lines: int = 0  # how many rows of the pages it takes

    def take(self, row: Row, following: Row | None) -> bool:
        """Take a line in; False where it belongs to no table."""
        parts = self.columns.parts(row)
        if max(len(parts), len(self.lefts)) > _MOST_COLUMNS:
            return False
        if self.rows and len(parts) == 1 and self._column(row):
            self.rows[-1].append(row)
        elif len(parts) > 1:
            self._begin(parts)
        elif following is not None and self._is_beside(row, following):
            self._begin([row])
            self._know(following)
        else:
            return False
        return True

    def cells(self) -> Iterator[tuple[list[Row], ...]]:
        """For each row of the table, the lines of each of its cells."""
        self.lefts.sort()
        for parts in self.rows:
            cells: tuple[list[Row], ...] = tuple([] for _ in range(len(self.lefts) + 1))
            for part in parts:
                cells[self._column(part)].append(part)
            yield cells

    def _begin(self, parts: list[Row]) -> None:
        if self.rows and self._is_heading_again(parts):
            return
        self.rows.append(parts)
        for part in parts[1:]:
            self._know(part)

    def _is_heading_again(self, parts: Sequence[Row]) -> bool:
        """Whether the first row of the table, a heading, stands again at the top of a page."""
        names = [part.text for part in parts]
        at_top = parts[0].page != self.rows[-1][-1].page
        if not at_top or names != [part.text for part in self.rows[0]]:
            return False
        return len(columns_called(names, (*TEXT, *SPEAKER, *BEGIN, *END))) >= 2

    def _know(self, part: Row) -> None:
        if not self._column(part):
            self.lefts.append(part.left)

    def _column(self, part: Row) -> int:
        """The number of the column in which a part stands, 0 = none behind the first."""
        for number, left in enumerate(self.lefts, start=1):
            if abs(part.left - left) <= _SAME:
                return number
        return 0

    def _is_beside(self, row: Row, following: Row) -> bool:
        """Whether a row stands in the first column, in the middle of the words beside it."""
        higher = following.base < row.base and row.base - following.base < _HIGHEST * row.size
        apart = following.left > row.right and self.columns.begins(following.left)
        return higher and apart and following.page == row.page


def tables_in(rows: Sequence[Row], columns: Columns) -> Iterator[tuple[int, TableRows]]:
    """The tables among the rows of a file: the number of the first row, and the table."""
    here = 0
    while here < len(rows):
        table = TableRows(columns)
        there = here
        while there < len(rows) and table.take(rows[there], _at(rows, there + 1)):
            there += 1
        if len(table.rows) >= _FEWEST_ROWS:
            table.lines = there - here
            yield here, table
            here = there
        else:
            here += 1


def _at(rows: Sequence[Row], index: int) -> Row | None:
    return rows[index] if index < len(rows) else None
