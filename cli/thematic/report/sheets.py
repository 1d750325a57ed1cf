"""Sheets for people to fill in: one row per unit, one yes/no column per code."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from thematic.model.samples import SheetRow
from thematic.report.safe import cell, visible

BEFORE_CODES = ("row", "coder", "transcript", "turn", "role", "before", "words", "after")
AFTER_CODES = ("missing code", "note")
STATUS = "study_status"  # the last column
_WIDTHS = {"row": 14, "coder": 8, "transcript": 14, "turn": 6, "role": 12, "before": 40}
_WIDTHS |= {"words": 60, "after": 40, "missing code": 20, "note": 30}
_CODE_WIDTH = 16
_LONGEST = 32_000  # characters of a cell; Excel takes 32,767


def sheet_csv(rows: Sequence[SheetRow], codes: Sequence[str], coder: str, status: str = "") -> str:
    """A sheet as CSV; no cell is read as a formula. `status` is the study's."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([cell(head) for head in _heads(codes)])
    for row in rows:
        writer.writerow([cell(value) for value in (*_cells(row, codes, coder), status)])
    return out.getvalue()


def sheet_xlsx(
    rows: Sequence[SheetRow],
    codes: Mapping[str, str],
    coder: str,
    about: Sequence[str],
    status: str = "",
) -> bytes:
    """A sheet as an Excel file; every cell is a text, none a formula.

    Args:
        rows: in the order of this coder.
        codes: path of each code asked for -> what the codebook says of it.
        coder: who fills it in.
        about: lines on how to fill it in, for a second sheet with the codes' definitions.
        status: of the study.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "units"
    _put_row(sheet, 1, _heads(list(codes)))
    for number, row in enumerate(rows, start=2):
        _put_row(sheet, number, [*_cells(row, list(codes), coder), status])
    _lay_out(sheet, len(rows), list(codes))
    notes: Any = book.create_sheet("codes")
    _put_row(notes, 1, ["code", "when it applies"])
    for number, (code, said) in enumerate(codes.items(), start=2):
        _put_row(notes, number, [code, said])
    for number, line in enumerate(about, start=len(codes) + 3):
        _put_row(notes, number, ["", line])
    notes.column_dimensions["A"].width = 30
    notes.column_dimensions["B"].width = 100
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heads(codes: Sequence[str]) -> list[str]:
    return [*BEFORE_CODES, *(f"{code}?" for code in codes), *AFTER_CODES, STATUS]


def _cells(row: SheetRow, codes: Sequence[str], coder: str) -> list[str]:
    given = [row.row, coder, row.transcript, str(row.turn), row.role]
    given += [row.before, row.words, row.after]
    return [*given, *("" for _ in codes), *("" for _ in AFTER_CODES)]


def _put_row(sheet: Any, number: int, values: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    wrapped = Alignment(wrap_text=True, vertical="top")
    for column, value in enumerate(values, start=1):
        one = sheet.cell(row=number, column=column)
        one.alignment = wrapped
        one.number_format = "@"  # what is typed stays a text
        if number == 1:
            one.font = Font(bold=True)
        if value:
            shown = visible(value)
            one.value = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} […]"
            one.data_type = "s"  # also where it begins with =


def _lay_out(sheet: Any, rows: int, codes: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    heads = _heads(codes)
    for column, head in enumerate(heads, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(head, _CODE_WIDTH)
    sheet.freeze_panes = "B2"
    if not rows:
        return
    first = get_column_letter(len(BEFORE_CODES) + 1)
    last = get_column_letter(len(BEFORE_CODES) + len(codes))
    choice = DataValidation(type="list", formula1='"yes,no"', allow_blank=True)
    choice.showErrorMessage = True
    choice.errorTitle, choice.error = "yes or no", "Write yes or no, or leave the cell empty."
    choice.add(f"{first}2:{last}{rows + 1}")
    sheet.add_data_validation(choice)
