"""Heads and body of a printed table, and which of its columns hold names and which numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field

from thematic.analysis.reproduction.heads import TOTAL
from thematic.analysis.reproduction.names import plain
from thematic.model.nouns import dataclass
from thematic.model.tally import Printed, TallyRow, says_nothing

_MOST_HEADS = 15  # rows above the numbers in which heads are looked for
_LEVELS = 3  # rows of heads, one below the other
_LABELS = frozenset("year years date period wave month decade".split())  # numbers that name rows
_SERIAL = frozenset(("no", "nr", "#", "id", "rank"))  # numbers that count rows


@dataclass
class Sheet:
    """Heads and body of a table, by columns.

    Args:
        heads: of each column those above it, the uppermost first.
        body: the rows below.
        numeric: columns of numbers.
        texts: columns of names.
    """

    heads: list[list[str]]
    body: list[TallyRow]
    numeric: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    def head(self, column: int) -> str:
        """All heads of a column."""
        return " ".join(self.heads[column])

    def cell(self, row: TallyRow, column: int) -> str:
        """The text of a cell; "" where the row is shorter."""
        return row.cells[column] if column < len(row.cells) else ""

    def number(self, row: TallyRow, column: int) -> Printed | None:
        """The number of a cell."""
        return row.numbers[column] if column < len(row.numbers) else None

    def unread(self) -> Iterator[tuple[int, str]]:
        """Cells among the numbers that say something and hold none: rows and texts."""
        for row in self.body:
            if any(self.number(row, column) for column in self.numeric):
                for column in self.numeric:
                    text = self.cell(row, column)
                    if not says_nothing(text) and self.number(row, column) is None:
                        yield row.number, text


def sheet_of(rows: Sequence[TallyRow], labels: frozenset[str]) -> Sheet | None:
    """The table in the rows of a file; None where there are no numbers.

    Args:
        rows: of the file, with titles above and notes below.
        labels: names of attributes; numbers below them, such as years, name rows.
    """
    first = _first_of_body(rows)
    if first is None:
        return None
    top = _top(rows, first)
    body = [row for row in rows[top + 1 :] if any(row.cells)]
    width = max(len(row.cells) for row in rows[top:])
    sheet = Sheet([[] for _ in range(width)], body)
    for column in range(width):
        _sort_column(sheet, column, plain(_at(rows[top], column)), labels)
    if not sheet.texts:  # years and numbers as names of rows
        sheet.texts = [0]
        sheet.numeric = [column for column in sheet.numeric if column]
    sheet.heads = _heads(rows[max(0, top - _LEVELS + 1) : top + 1], width, sheet.numeric)
    return sheet


def _at(row: TallyRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def _first_of_body(rows: Sequence[TallyRow]) -> int | None:
    """The first row with numbers that has heads above it and is none itself."""
    for index, row in enumerate(rows):
        if index > _MOST_HEADS:
            return None
        if index and any(row.numbers[1:]) and not _is_head_of_years(rows, index):
            return index
    return None


def _is_head_of_years(rows: Sequence[TallyRow], index: int) -> bool:
    """Whether all numbers of a row are years, which is so of no row below it."""
    return _all_years(rows[index]) and not any(map(_all_years, rows[index + 1 :]))


def _all_years(row: TallyRow) -> bool:
    numbers = [number.value for number in row.numbers[1:] if number]
    return len(numbers) > 1 and all(1800 <= one <= 2100 and one == int(one) for one in numbers)


def _top(rows: Sequence[TallyRow], first: int) -> int:
    """The lowest row of heads: between it and the numbers stand at most names of sections."""
    for index in range(first - 1, -1, -1):
        if sum(bool(cell) for cell in rows[index].cells) > 1:
            return index
    return first - 1


def _sort_column(sheet: Sheet, column: int, head: str, labels: frozenset[str]) -> None:
    filled = [row for row in sheet.body if not says_nothing(sheet.cell(row, column))]
    numbers = sum(sheet.number(row, column) is not None for row in filled)
    if not filled:
        return
    mostly = numbers >= len(filled) / 2
    if mostly and not sheet.numeric and (head in _LABELS or head in labels):
        sheet.texts.append(column)
    elif mostly and column and not (not sheet.numeric and head in _SERIAL):
        sheet.numeric.append(column)
    elif not numbers and not sheet.numeric:
        sheet.texts.append(column)


def _heads(rows: Sequence[TallyRow], width: int, numeric: Sequence[int]) -> list[list[str]]:
    """The lowest heads; where they do not tell the columns apart, those above them as well."""
    heads = [[_at(rows[-1], column)] if _at(rows[-1], column) else [] for column in range(width)]
    for row in reversed(rows[:-1]):
        above = _spread(row, width, numeric)
        names = [tuple(heads[column]) for column in numeric]
        if len(set(names)) == len(names) or not any(above[column] for column in numeric):
            break
        times = Counter(names)
        for column in numeric:
            is_total = plain(" ".join(heads[column])) in TOTAL
            if above[column] and not (is_total and times[tuple(heads[column])] == 1):
                heads[column].insert(0, above[column])
    return heads


def _spread(row: TallyRow, width: int, numeric: Sequence[int]) -> list[str]:
    """The cells of a row of heads; one stands over the empty ones to its right."""
    cells = [_at(row, column) for column in range(width)]
    last = ""
    for column in numeric:
        last = cells[column] or last
        cells[column] = last
    return cells
