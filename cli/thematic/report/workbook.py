"""Result tables as an Excel workbook: one sheet a table, and one that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.packages import without_times
from thematic.report.safe import xml

_LONGEST = 32_000  # characters of a cell; Excel takes 32,767
_ROWS = 1_048_575  # of a sheet below its head, as many as Excel takes
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@")
_WIDEST, _NARROWEST = 60.0, 8.0
_SAMPLED = 200  # rows by which the width of a column is told
_NOTES = "notes"


def workbook_xlsx(tables: Mapping[str, ResultTable], about: Mapping[str, Sequence[str]]) -> bytes:
    """The bytes of a workbook.

    Numbers are numbers, truth is truth, shares are shown as percentages, missing values are
    empty cells. Every other cell is a text, none a formula, whatever it begins with.

    Args:
        tables: each becomes a sheet of the name given, with its heads fixed and a filter.
        about: heads and lines for the first sheet; the tables' own notes come after them.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _add_notes(book, tables, about)
    for name, table in tables.items():
        _add_table(book, name, table)
    book.properties.creator = "thematic"
    out = BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _add_notes(
    book: Any, tables: Mapping[str, ResultTable], about: Mapping[str, Sequence[str]]
) -> None:
    sheet = book.create_sheet(_NOTES)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 110
    pen = _Pen(sheet)
    for head, lines in about.items():
        for number, line in enumerate(lines):
            sheet.append([pen.head("" if number else head), pen.wrapped(line)])
    for name, table in tables.items():
        unit = f"Unit: {table.unit}. " if table.unit else ""
        left = (
            f"Only the first {_ROWS:,} rows of {len(table):,} fit. " if len(table) > _ROWS else ""
        )
        said = f"{len(table):,} rows. {unit}{left}{' '.join(table.notes)}"
        sheet.append([pen.head(f"Sheet {name}"), pen.wrapped(said)])


def _add_table(book: Any, name: str, table: ResultTable) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_title(name))
    sheet.freeze_panes = "A2"
    for number, head in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(table, number - 1, head)
    last = get_column_letter(max(1, len(table.columns)))
    sheet.auto_filter.ref = f"A1:{last}{min(len(table), _ROWS) + 1}"
    pen = _Pen(sheet)
    sheet.append([pen.head(name) for name in table.columns])
    percent = [name.endswith("_share") for name in table.columns]
    for row in table.rows[:_ROWS]:
        sheet.append(
            [pen.value(value, percent=each) for value, each in zip(row, percent, strict=True)]
        )


def _title(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "-", name)[:31]


def _width(table: ResultTable, column: int, name: str) -> float:
    longest = max((len(str(row[column])) for row in table.rows[:_SAMPLED]), default=0)
    return min(_WIDEST, max(_NARROWEST, len(name) + 3, longest + 1))


class _Pen:
    """Makes cells of one sheet."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._sheet = sheet
        self._bold = Font(bold=True)
        self._ground = PatternFill("solid", fgColor="FFE7E4DD")
        self._wrap = Alignment(wrap_text=True, vertical="top")

    def value(self, value: Any, *, percent: bool = False) -> Any:
        """A cell of a table, as its type is."""
        if value is None or value != value:
            return None
        if isinstance(value, str):
            return self._text(value) if value.startswith(_FORMULA_STARTS) else fitting(value)
        if percent:
            cell = self._cell(value)
            cell.number_format = "0%"
            return cell
        return value

    def head(self, text: str) -> Any:
        """A head, or a label at the left."""
        cell = self._text(text)
        cell.font, cell.fill, cell.alignment = self._bold, self._ground, self._wrap
        return cell

    def wrapped(self, text: str) -> Any:
        """A text over several lines."""
        cell = self._text(text)
        cell.alignment = self._wrap
        return cell

    def _text(self, text: str) -> Any:
        """A text, also where it begins like a formula; Excel keeps it so when it is edited."""
        cell = self._cell(fitting(text))
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA_STARTS)
        return cell

    def _cell(self, value: Any) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet, value=value)


def fitting(text: str) -> str:
    """The text as a cell takes it: signs made visible, not read as an escape, not too long."""
    if len(text) <= _LONGEST and "_x" not in text and text.isprintable():
        return text
    shown = _ESCAPE.sub("_x005F_", xml(text))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} […]"


def lines_of(facts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Facts with the same label together."""
    together: dict[str, list[str]] = {}
    for label, sentence in facts:
        together.setdefault(label, []).append(sentence)
    yield from together.items()
