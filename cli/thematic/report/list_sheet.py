"""A list of disagreements as an Excel file that people fill in."""

from __future__ import annotations

import io
from typing import Any

from thematic.analysis.result import ResultTable
from thematic.report.safe import visible

_WIDTHS = {"row": 16, "transcript": 14, "turn": 6, "start": 8, "end": 8, "code": 20}
_WIDTHS |= {"notes": 30, "text": 70, "decision": 12, "into": 18, "coder": 12, "note": 40}
_WIDTH = 9
_LONGEST = 32_000  # characters of a cell; Excel takes 32,767
_CHOICES = '"yes,no,recode"'


def list_xlsx(table: ResultTable) -> bytes:
    """The table of `disagreements` as an Excel file; every cell is a text, none a formula.

    The column `decision` offers yes, no and recode; other words can be written as well.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "disagreements"
    lines = [table.columns, *table.rows]
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            one = sheet.cell(row=number, column=column)
            one.alignment = Alignment(wrap_text=True, vertical="top")
            one.number_format = "@"  # what is typed stays a text
            one.font = Font(bold=number == 1)
            if value is not None and value != "":
                shown = visible(str(value))
                one.value = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} […]"
                one.data_type = "s"  # also where it begins with =
    for column, head in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(head, _WIDTH)
    sheet.freeze_panes = "A2"
    if len(table):
        _offer(sheet, get_column_letter(table.columns.index("decision") + 1), len(table))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _offer(sheet: Any, letter: str, rows: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=_CHOICES, allow_blank=True)
    choice.showErrorMessage = False
    choice.add(f"{letter}2:{letter}{rows + 1}")
    sheet.add_data_validation(choice)
