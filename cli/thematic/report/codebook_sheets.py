"""A codebook as an Excel file in which people can work, and from which it is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from thematic.errors import OutputRefused
from thematic.readers.codebook.sheet_form import ABOUT, CODES, KINDS, RULES, SETTINGS
from thematic.readers.lined_yaml.nodes import MapNode
from thematic.report.codebook_rows import Row, columns_of, sheet_rows
from thematic.report.packages import without_times

_LONGEST = 32_767  # characters of a cell that Excel takes
_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NARROW = ("kind", "within", "in_order", "case", "whole_words", "negation", "color", "status")
_WIDE = ("definition", "examples", "counter_examples", "words", "value", "meaning")
_WIDTHS = {**dict.fromkeys(_NARROW, 12), **dict.fromkeys(_WIDE, 50), "code": 34}
_WIDTH = 30
_ROOM = 200  # empty rows below in which a choice is offered
_TRUTHS = ("true", "false")
_CHOICES = {
    "negation": ("mark", "withhold", "ignore"),
    "status": ("draft", "stable", "retired"),
    "kind": KINDS,
    "case": _TRUTHS,
    "in_order": _TRUTHS,
    "whole_words": _TRUTHS,
}
_ABOUT = (
    "A codebook of thematic. Every command that takes a codebook reads this file.",
    "As YAML: thematic codebook THIS.xlsx --to book.yaml",
    "codes: one row a code. A code below another has its path: theme/code.",
    "rules: one row a rule. Codes that people alone apply have `manual` under `rules` in codes.",
    "lists, marks: one row a word or phrase, each with the name of its list or mark.",
    "In a cell that holds several (examples, unless, all, any, none, the words of near), write "
    "one a line: Alt+Enter begins a line. Four blanks before a line join it to the one above.",
    "A known miss of the rules begins with [missed], in the column examples.",
    "In unless, all, any, none and near: lemma: help, regex: hosts?, or just the words; options "
    "in braces behind them: NATO {within: 5}, IS {case: true}.",
    "Rows and columns may be moved, and rows left blank. Formulas are refused.",
)


def codebook_xlsx(root: MapNode) -> bytes:
    """The workbook of a codebook; every cell is a text, none a formula.

    Args:
        root: the nodes of a codebook without faults, themes under `themes`.

    Raises:
        OutputRefused: some text cannot stand in a cell; all such places are listed.
    """
    from openpyxl import Workbook

    sheets = sheet_rows(root)
    _refuse_unfit(sheets)
    book: Any = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet: Any = book.create_sheet(title)
        columns = columns_of(title, rows)
        _put(sheet, 1, columns, head=True)
        for number, row in enumerate(rows, start=2):
            _put(sheet, number, [row.get(column, "") for column in columns])
        _lay_out(sheet, columns, len(rows))
    about: Any = book.create_sheet(ABOUT)
    for number, line in enumerate(_ABOUT, start=1):
        _put(about, number, [line])
    about.column_dimensions["A"].width = 110
    out = BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _refuse_unfit(sheets: dict[str, list[Row]]) -> None:
    unfit = [line for title, rows in sheets.items() for row in rows for line in _unfit(title, row)]
    if unfit:
        more = [f"and {len(unfit) - 20} more"] if len(unfit) > 20 else []
        raise OutputRefused("the codebook does not fit an Excel file", "\n".join(unfit[:20] + more))


def _unfit(title: str, row: Row) -> Iterator[str]:
    where = next(iter(row.values()), "")
    for column, text in row.items():
        if found := _NOT_IN_CELLS.search(text):
            said = f"holds the control character U+{ord(found[0]):04X}: remove it"
            yield f"{title}, {where!r}: {column} {said}"
        if len(_cell(text)) > _LONGEST:
            yield f"{title}, {where!r}: {column} has more than {_LONGEST:,} characters: shorten it"


def _cell(text: str) -> str:
    """Excel reads `_x0041_` as the character of that number."""
    return _ESCAPE.sub("_x005F_", text)


def _put(sheet: Any, number: int, values: Sequence[str], *, head: bool = False) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, value in enumerate(values, start=1):
        if not value:
            continue
        one = sheet.cell(row=number, column=column)
        one.alignment = Alignment(wrap_text=True, vertical="top")
        one.number_format = "@"  # what is typed stays a text
        one.value = _cell(value)
        one.data_type = "s"  # also where it begins with =
        if head:
            one.font = Font(bold=True)
            one.fill = PatternFill("solid", fgColor="FFE7E4DD")


def _lay_out(sheet: Any, columns: Sequence[str], rows: int) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS.get(column, _WIDTH)
        dimension.number_format = "@"
        dimension.alignment = Alignment(wrap_text=True, vertical="top")
        if column in _CHOICES and sheet.title in (CODES, RULES):
            _offer(sheet, letter, rows + 1 + _ROOM, _CHOICES[column])
    sheet.freeze_panes = "B2"
    if rows and sheet.title != SETTINGS:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows + 1}"


def _offer(sheet: Any, letter: str, last: int, choices: Sequence[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    one = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    one.showErrorMessage = True
    one.errorTitle, one.error = "one of a few", f"Write {', '.join(choices)}, or leave it empty."
    one.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(one)
