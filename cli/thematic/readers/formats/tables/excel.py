"""The rows of a sheet of an Excel file, each cell as the text it shows."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from thematic.errors import Problem, Severity, did_you_mean
from thematic.readers.formats.archives import FAULTS, archive_problem
from thematic.readers.formats.tables.excel_cells import text_of
from thematic.readers.formats.tables.rows import HEADER_WITHIN, Row, TooManyCells
from thematic.readers.limits import Limits

_MOST_ROWS = 1_048_576  # of a sheet; a file may claim more
_HEAD = 4096  # bytes of a part in which a DOCTYPE would stand
_MOST_TOLD = 5

Suits = Callable[[Sequence[Row]], bool]


def read_sheet(
    data: bytes, wanted: str, limits: Limits, suits: Suits | None = None
) -> tuple[list[Row], list[Problem]]:
    """The rows of one sheet that hold something; lines are Excel's row numbers.

    Args:
        data: the file's bytes.
        wanted: the name of a sheet; "" = the first visible one that suits and holds words.
        limits: of the archive and the cells.
        suits: whether the first rows of a sheet are of a table that can be read.

    Cells are texts: dates as 2021-07-08, times as clock times, what formulas gave when the
    file was saved. Macros and links are never run or followed.
    """
    fault = workbook_problem(data, limits)
    if fault:
        return [], [fault]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts that hold no words, such as styles
            return _read_book(data, wanted, limits, suits or bool)
    except TooManyCells as many:
        return [], [many.problem]
    except Exception as error:  # openpyxl raises whatever its XML parsers raise
        return [], [unreadable(error)]


def workbook_problem(data: bytes, limits: Limits) -> Problem | None:
    """What forbids opening these bytes as an Excel file, or None."""
    fault = archive_problem(data, limits)
    if fault:
        return fault
    try:
        return _strict_problem(data) or _doctype_problem(data)
    except FAULTS as error:
        return unreadable(error)


def _read_book(
    data: bytes, wanted: str, limits: Limits, suits: Suits
) -> tuple[list[Row], list[Problem]]:
    import openpyxl

    problems: list[Problem] = []
    book: Any = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    sheet = _chosen(book, wanted, suits, limits, problems)
    if sheet is None:
        return [], problems
    rows = list(_rows(sheet, limits, problems))
    if _has_formulas(data):
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False)
        _tell_without_results(book[sheet.title], rows, problems)
    return rows, problems


def _chosen(book: Any, wanted: str, suits: Suits, limits: Limits, problems: list[Problem]) -> Any:
    """The sheet that is read, or None; what is said of the others is put to the problems."""
    names = [sheet.title for sheet in book.worksheets]
    if wanted:
        found = [s for s in book.worksheets if _plain(s.title) == _plain(wanted)]
        if not found:
            hint = did_you_mean(wanted, names) or f"the sheets are: {', '.join(names)}"
            problems.append(Problem("", 0, f"there is no sheet {wanted!r}", hint))
        return found[0] if found else None
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    starts = {s.title: list(islice(_rows(s, limits, []), HEADER_WITHIN)) for s in visible}
    filled = [sheet for sheet in visible if starts[sheet.title]]
    suited = [sheet for sheet in filled if suits(starts[sheet.title])]
    sheet = next(iter(suited or filled), None)
    others = [one.title for one in filled if one is not sheet]
    hint = "name the sheet with --column sheet=NAME; save others as files of their own"
    if sheet is not None and others:
        message = f"read is the sheet {sheet.title!r}; not read: {', '.join(map(repr, others))}"
        problems.append(Problem("", 0, message, hint, Severity.NOTE))
    hidden = [name for name in names if name not in starts]
    if hidden:
        message = f"hidden sheets are not read: {', '.join(map(repr, hidden))}"
        problems.append(Problem("", 0, message, hint, Severity.NOTE))
    if sheet is None:
        problems.append(Problem("", 0, "the sheets are empty", "put a table in the first one"))
    return sheet


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _rows(sheet: Any, limits: Limits, problems: list[Problem]) -> Iterator[Row]:
    sheet.reset_dimensions()  # programs state them wrongly
    errors: list[Any] = []
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1):
        seen += len(cells)
        if seen > limits.cells:
            raise TooManyCells(limits)
        texts = [text_of(cell, errors) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield Row(number, texts)
    if errors:
        message = f"cells that hold an error are read as empty: {_some(errors)}"
        hint = "mend the formulas; words that begin with = or - need a ' before them in Excel"
        problems.append(Problem("", errors[0].row, message, hint, Severity.WARNING))


def _tell_without_results(sheet: Any, rows: Sequence[Row], problems: list[Problem]) -> None:
    """Formulas whose results were never saved, as in files that no Excel has written."""
    texts = {row.line: row.cells for row in rows}
    empty: list[Any] = []
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_ROWS), start=1):
        for cell in cells:
            if cell.value is None or cell.data_type != "f":
                continue
            known = texts.get(number, [])
            if cell.column <= len(known) and known[cell.column - 1]:
                return
            empty.append(cell)
    if empty:
        message = f"formulas without a saved result are read as empty: {_some(empty)}"
        hint = "open the file in Excel or LibreOffice and save it"
        problems.append(Problem("", empty[0].row, message, hint, Severity.WARNING))


def _some(cells: Sequence[Any]) -> str:
    more = f" and {len(cells) - _MOST_TOLD} more" if len(cells) > _MOST_TOLD else ""
    return ", ".join(cell.coordinate for cell in cells[:_MOST_TOLD]) + more


def _doctype_problem(data: bytes) -> Problem | None:
    """A part with a document type could declare entities; no Excel file needs one."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    if b"<!DOCTYPE" in part.read(_HEAD).replace(b"\0", b""):
                        message = f"not read: {name} in it has a document type (DOCTYPE)"
                        hint = "open it in Excel and save it again as .xlsx"
                        return Problem("", 0, message, hint)
    return None


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                with archive.open(name) as part:
                    while block := part.read(1 << 20):
                        if b"<f" in block:
                            return True
    return False


def _strict_problem(data: bytes) -> Problem | None:
    """The kind of file that Excel offers as Strict Open XML, which openpyxl takes for empty."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            message, hint = "the file is an archive, but no Excel file", "save it again as .xlsx"
            return Problem("", 0, message, hint)
        with archive.open("xl/workbook.xml") as part:
            if b"purl.oclc.org" not in part.read(_HEAD):
                return None
    message = "Excel files of the kind Strict Open XML are not read"
    return Problem("", 0, message, "save it in Excel as: Excel Workbook (*.xlsx)")


def unreadable(error: Exception) -> Problem:
    """An Excel file in which openpyxl, or what it builds on, came upon a fault."""
    what = " ".join(f"{type(error).__name__} {error}".split())[:120]
    message = f"no Excel file that can be read: {what}"
    return Problem("", 0, message, "open it in Excel and save it again, or as CSV UTF-8")
