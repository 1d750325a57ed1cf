"""One person's quotes as a table to fill in: XLSX or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from thematic.analysis.sources import clock
from thematic.model.extracts import Extract, ExtractQuote
from thematic.report.packages import without_times
from thematic.report.safe import cell, visible

HOW = (
    "answer: approve (print it as it is), change (print it in other words), or withdraw (do not "
    "print it). An empty cell is no approval.",
    "wording: of a change, the words that should stand there.",
    "Please leave the columns quote and reference as they are.",
)
_FORM = ("answer", "wording", "remarks")
_WIDTHS = {"quote": 60, "asked": 30, "citation": 30, "wording": 40, "remarks": 30, "codes": 24}
_WIDTHS |= {"reference": 26, "study_status": 12}
_WIDTH = 11
_LONGEST = 32_000  # characters of a cell; Excel takes 32,767


def extract_csv(extract: Extract, *, with_codes: bool) -> str:
    """One row for each quote; no cell is read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in _rows(extract, with_codes=with_codes):
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def extract_xlsx(extract: Extract, letter: Sequence[str], *, with_codes: bool) -> bytes:
    """The same as an Excel file, with a second sheet that holds the letter and how to answer."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "quotes"
    rows = _rows(extract, with_codes=with_codes)
    _fill(sheet, rows)
    _lay_out(sheet, rows[0], len(rows))
    about: Any = book.create_sheet("letter")
    _fill(about, [[line] for line in (*letter, extract.named, *HOW)])
    about.column_dimensions["A"].width = 110
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def _rows(extract: Extract, *, with_codes: bool) -> list[list[str]]:
    codes = ["codes"] if with_codes else []
    heads = ["case", "turn", "time", "asked", "quote", "citation", *codes, *_FORM]
    rows = [[*heads, "reference", "study_status"]]
    return rows + [_row(extract, quote, with_codes=with_codes) for quote in extract.quotes]


def _row(extract: Extract, quote: ExtractQuote, *, with_codes: bool) -> list[str]:
    time = "" if quote.time is None else clock(quote.time)
    place = [extract.case, str(quote.turn), time, quote.asked, quote.words, quote.citation]
    codes = ["; ".join(quote.codes)] if with_codes else []
    return [*place, *codes, *("" for _ in _FORM), quote.reference, extract.status]


def _fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font

    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            one = sheet.cell(row=number, column=column)
            one.alignment = Alignment(wrap_text=True, vertical="top")
            one.number_format = "@"  # what is typed stays a text
            one.font = Font(bold=number == 1 and len(row) > 1)
            if value:
                shown = visible(value)
                one.value = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} […]"
                one.data_type = "s"  # also where it begins with =


def _lay_out(sheet: Any, heads: Sequence[str], last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(head, _WIDTH)
    sheet.freeze_panes = "A2"
    if last < 2:
        return
    letter = get_column_letter(heads.index("answer") + 1)
    choice = DataValidation(type="list", formula1='"approve,change,withdraw"', allow_blank=True)
    choice.showErrorMessage = True
    choice.errorTitle, choice.error = "answer", "Write approve, change or withdraw, or nothing."
    choice.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(choice)
