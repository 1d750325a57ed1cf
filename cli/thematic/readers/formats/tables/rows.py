"""CSV and TSV as rows with line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.readers.formats.column_names import TEXT, is_called, roles_named
from thematic.readers.limits import Limits

_DEFAULTS = Limits()
_LARGEST_FIELD = 2**31 - 1  # characters; the csv module's own limit is 131,072
HEADER_WITHIN = 15  # rows; above a header stand titles and the like
_DELIMITERS = "\t,;|"
_LOOKED_AT = 40  # rows by which the delimiter is told
_LINES_LOOKED_AT = 400
_SIGNS_LOOKED_AT = 1_000_000
_SIMILAR = 0.6  # share of rows with the same number of cells, where the first row has another
_TOLD = re.compile(r"\ufeff?\"?sep=(.)\"?[\t,;|]*[ ]*(?:\n|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the line (1-based) on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file of one kind (csv, tsv, xlsx); "" as delimiter where there is none."""

    rows: Sequence[Row]
    kind: str
    delimiter: str = ""


class TooManyCells(Exception):
    """A table passes the limit of cells."""

    def __init__(self, limits: Limits) -> None:
        message = f"not read: its table has more than {limits.cells:,} cells"
        hint = f"if you trust this file: --limit cells={limits.cells * 10}"
        super().__init__(message)
        self.problem = Problem("", 0, message, hint)


def delimiter_of(text: str, suffix: str) -> str:
    """Tab, comma, semicolon or bar: what parts most rows alike; a .tsv is parted by tabs.

    Excel's first line `sep=;` tells it.
    """
    told = _TOLD.match(text)
    if told:
        return told[1]
    start = "\n".join(text[:_SIGNS_LOOKED_AT].split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT])
    first = next((line for line in start.split("\n") if line.strip()), "")
    if suffix.lower() == ".tsv" and "\t" in first:
        return "\t"
    if is_called(first.strip().strip('"'), TEXT):
        return "\t"  # one column, whose words hold commas
    with _cells_of_any_length():
        return max(_DELIMITERS, key=lambda sign: _evenness(start, sign))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    """How well a delimiter makes a table.

    Whether one of the first rows is a header with known names, the share of the rows with
    the usual number of cells, and that number.
    """
    try:
        rows = list(islice(_rows(text, delimiter, strict=False), _LOOKED_AT))
    except csv.Error:
        return False, 0.0, 0
    widths = [len(row.cells) for row in rows]
    usual, count = max(Counter(widths).items(), key=lambda one: (one[1], one[0]), default=(1, 1))
    share = count / max(len(widths), 1)
    named = any(len(row.cells) > 1 and roles_named(row.cells) > 1 for row in rows[:HEADER_WITHIN])
    if usual < 2 or (widths[0] == 1 and share < _SIMILAR):
        return named, 0.0, 0
    return named, share, usual


def read_rows(
    text: str, delimiter: str, limits: Limits = _DEFAULTS
) -> tuple[list[Row], list[Problem]]:
    """Every row that holds something; broken quotes are a Problem, the rows are still read."""
    text = _TOLD.sub("\n", text, count=1) if _TOLD.match(text) else text
    with _cells_of_any_length():
        try:
            return list(counted(_rows(text, delimiter, strict=True), limits)), []
        except csv.Error as error:
            return _read_loosely(text, delimiter, limits, error)
        except TooManyCells as many:
            return [], [many.problem]


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    limit = csv.field_size_limit(_LARGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _read_loosely(
    text: str, delimiter: str, limits: Limits, error: csv.Error
) -> tuple[list[Row], list[Problem]]:
    unquoted = _unquoted(text, delimiter)
    try:
        rows = list(counted(unquoted or _rows(text, delimiter, strict=False), limits))
    except TooManyCells as many:
        return [], [many.problem]
    if unquoted:
        return rows, []
    line = _broken_line(text, delimiter)
    message = f"quotes in this table are broken ({error}); rows may have run together"
    hint = 'put every cell in double quotes and write a quote inside as ""'
    return rows, [Problem("", line, message, hint, Severity.WARNING)]


def counted(rows: Iterable[Row], limits: Limits) -> Iterator[Row]:
    """The rows, as long as their cells do not pass the limit.

    Raises:
        TooManyCells: they do.
    """
    cells = 0
    for row in rows:
        cells += len(row.cells)
        if cells > limits.cells:
            raise TooManyCells(limits)
        yield row


def _rows(text: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Row(line, cells)
        line = reader.line_num + 1


def _unquoted(text: str, delimiter: str) -> list[Row]:
    """The rows of a tab-parted table whose quotes are part of the words; [] if it is none."""
    if delimiter != "\t":
        return []
    lines = text.split("\n")
    rows = [Row(n, line.split("\t")) for n, line in enumerate(lines, start=1) if line.strip()]
    even = all(len(row.cells) == len(rows[0].cells) for row in rows)
    return rows if even else []


def _broken_line(text: str, delimiter: str) -> int:
    line = 1
    try:
        for row in _rows(text, delimiter, strict=True):
            line = row.line + 1
    except csv.Error:
        return line
    return 0
