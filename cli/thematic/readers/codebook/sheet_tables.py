"""The sheets of a workbook as rows of texts under the names of their columns."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from thematic.errors import Problem, SheetLine
from thematic.model.nouns import dataclass
from thematic.readers.codebook.sheet_form import ABOUT, COLUMNS
from thematic.readers.formats.tables.excel import unreadable, workbook_problem
from thematic.readers.formats.tables.excel_cells import text_of, unescaped
from thematic.readers.formats.tables.rows import HEADER_WITHIN, TooManyCells
from thematic.readers.limits import Limits
from thematic.readers.lined_yaml.faults import Faults, closest

_LIMITS = Limits(unpacked=256 * 1024**2, cells=2_000_000)
_MOST_ROWS = 1_048_576  # of a sheet; a file may claim more
_SLIPS = {"colour": "color", "path": "code", "example": "examples", "word": "words"}
_NUMBERS, _TRUTHS, _DATES = ("within",), ("in_order", "case", "whole_words"), ("since", "changed")
_AS_TEXT = "if it should read otherwise, format the cell as text and type it again"


@dataclass
class SheetTable:
    """One sheet: the columns that it has, and its rows that are not blank."""

    name: str
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: list[TextRow] = field(default_factory=list)


@dataclass(frozen=True)
class TextRow:
    """The texts of one row, by column; blanks at their ends are kept."""

    line: SheetLine
    cells: Mapping[str, str]

    def raw(self, column: str) -> str:
        """The text of a cell as it stands."""
        return self.cells.get(column, "")

    def text(self, column: str) -> str:
        """The text of a cell without the white space around it."""
        return self.raw(column).strip()


def read_tables(data: bytes) -> tuple[dict[str, SheetTable], list[Problem]]:
    """The known sheets of an Excel file, by name, and every fault of their cells.

    Sheets and columns are known by their names, whatever their order and case. Formulas are
    faults: what they would give is not known before some program has worked it out. Macros
    and links are never run or followed.
    """
    problem = workbook_problem(data, _LIMITS)
    if problem:
        return {}, [problem]
    faults = Faults()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts that hold no words, such as styles
            tables = _tables(data, faults)
    except TooManyCells:
        message = f"the workbook has more than {_LIMITS.cells:,} cells"
        return {}, [Problem("", 0, message, "delete the empty rows and columns, or split it")]
    except Exception as error:  # openpyxl raises whatever its XML parsers raise
        return {}, [unreadable(error)]
    return tables, faults.sorted()


def _tables(data: bytes, faults: Faults) -> dict[str, SheetTable]:
    import openpyxl

    book: Any = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False)
    tables: dict[str, SheetTable] = {}
    for sheet in book.worksheets:
        name = _plain(sheet.title)
        if name in COLUMNS and name not in tables:
            tables[name] = _Sheet(sheet, name, faults).read()
        elif name != ABOUT:
            _tell_foreign(sheet, faults)
    return tables


def _tell_foreign(sheet: Any, faults: Faults) -> None:
    if not any(True for row in _rows(sheet) for cell in row if cell.value is not None):
        return
    guess = closest(_plain(sheet.title), COLUMNS)
    said = f"the sheet {sheet.title!r} is not read"
    if guess:
        faults.warning(0, said, f"did you mean {guess!r}?")
    else:
        faults.note(0, said, f"the sheets of a codebook are: {', '.join(COLUMNS)}")


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    sheet.reset_dimensions()  # programs state them wrongly
    seen = 0
    for cells in sheet.iter_rows(max_row=_MOST_ROWS):
        seen += len(cells)
        if seen > _LIMITS.cells:
            raise TooManyCells(_LIMITS)
        yield cells


def _plain(name: str) -> str:
    """A head or sheet name as it is compared: `When to use` is `when_to_use`."""
    return "_".join(name.replace("-", " ").replace("_", " ").casefold().split())


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, sheet: Any, name: str, faults: Faults) -> None:
        self._sheet = sheet
        self._name = name
        self._faults = faults
        self._columns: dict[str, int] = {}
        self._strange: dict[int, str] = {}  # heads that are not known, by column

    def read(self) -> SheetTable:
        found: list[TextRow] = []
        for number, cells in enumerate(_rows(self._sheet), start=1):
            filled = [cell for cell in cells if cell.value not in (None, "")]
            if not filled:
                continue
            if self._columns:
                row = self._row(SheetLine(number, self._name), filled)
                found += [row] if row.cells else []
            elif self._is_head(filled):
                self._take_heads(SheetLine(number, self._name), filled)
            elif number > HEADER_WITHIN:
                break
        if not self._columns:
            self._faults.error(
                SheetLine(1, self._name),
                f"no row of heads with {COLUMNS[self._name][0]!r} in it",
                f"the first row should hold: {', '.join(COLUMNS[self._name])}",
            )
        return SheetTable(self._name, self._columns, found)

    def _is_head(self, cells: Sequence[Any]) -> bool:
        wanted = COLUMNS[self._name][0]
        heads = [_plain(str(cell.value)) for cell in cells]
        return wanted in [_SLIPS.get(head, head) for head in heads]

    def _take_heads(self, line: SheetLine, cells: Sequence[Any]) -> None:
        known = COLUMNS[self._name]
        for cell in cells:
            written = text_of(cell, [])
            head = _plain(written)
            head = _SLIPS.get(head, head) if _SLIPS.get(head) in known else head
            if head in self._columns:
                self._faults.error(line, f"the column {written!r} stands twice", "join the two")
            elif head in known:
                self._columns[head] = cell.column
            else:
                self._strange[cell.column] = written
                self._tell_strange(line, written, closest(head, known, 0.75))

    def _tell_strange(self, line: SheetLine, written: str, guess: str) -> None:
        if guess:
            said = f"the column {written!r} is not known"
            self._faults.error(line, said, f"did you mean {guess!r}? else rename the column")
        else:
            hint = f"the columns of this sheet are: {', '.join(COLUMNS[self._name])}"
            self._faults.warning(line, f"the column {written!r} is not read", hint)

    def _row(self, line: SheetLine, cells: Sequence[Any]) -> TextRow:
        by_place = {cell.column: cell for cell in cells}
        texts: dict[str, str] = {}
        for name, place in self._columns.items():
            cell = by_place.pop(place, None)
            text = "" if cell is None else self._text(line, name, cell)
            if text.strip():
                texts[name] = text
        for place, cell in by_place.items():
            if place not in self._strange:
                message = f"{cell.coordinate} stands under no head and is not read"
                self._faults.warning(line, message, "give its column a head, or delete it")
        return TextRow(line, texts)

    def _text(self, line: SheetLine, column: str, cell: Any) -> str:
        where = f"{cell.coordinate} ({column})"
        if cell.data_type == "f" or _is_formula(cell.value):
            hint = "write its words; format the cell as text if they begin with ="
            self._faults.error(line, f"{where} holds a formula", hint)
            return ""
        if isinstance(cell.value, str) and cell.data_type != "e":
            return unescaped(cell.value)
        errors: list[Any] = []
        text = text_of(cell, errors)
        if errors:
            self._faults.error(line, f"{where} holds the error {cell.value}", "write its words")
        elif what := _what(cell.value, column):
            self._faults.warning(line, f"{where} holds {what}, read as {text!r}", _AS_TEXT)
        return text


def _is_formula(value: object) -> bool:
    return type(value).__name__ in ("ArrayFormula", "DataTableFormula")


def _what(value: object, column: str) -> str:
    """What a cell is to Excel, where that is not what its column is for; "" otherwise."""
    if isinstance(value, bool):
        return "" if column in _TRUTHS else "a truth value"
    if isinstance(value, datetime | date | time | timedelta):
        return "" if column in _DATES else "a date or time"
    if isinstance(value, int | float):
        return "" if column in _NUMBERS else "a number"
    return ""
