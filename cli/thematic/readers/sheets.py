"""Sheets that came back from the people who judged: answers by row, and every fault by line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thematic.errors import Problem
from thematic.model.samples import FilledRow, FilledSheet
from thematic.readers.formats.tables.files import rows_of
from thematic.readers.formats.tables.rows import Row
from thematic.readers.limits import Limits

_YES_WORDS = "yes y 1 true x ja j oui si sí sì sim da tak да ok"
_TICKS = "✓ ✔ √ ☑ ☒ 🗸 ×"
YES = frozenset(f"{_YES_WORDS} {_TICKS}".split())
NO = frozenset("no n 0 false nein non não nej nee nie нет".split())
_UNSEEN = "\ufe0e\ufe0f\u200b\u2060\ufeff"  # that programs put beside signs
_MARK = "?"  # ends the head of a code's column
_EXCEL = (".xlsx", ".xlsm")
_WORD = (".docx", ".docm")
_MOST = 200 * 1024**2  # bytes of a file


def read_table(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV, TSV, Excel or Word file with their numbers; problems name the file."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return [], [Problem(str(path), 0, message, "check the name and the rights of the file")]
    if len(data) > _MOST:
        return [], [Problem(str(path), 0, f"larger than {_MOST // 1024**2} MB")]
    if path.suffix.lower() in _WORD:
        from thematic.readers.word_sheets import read_word_sheet

        rows, problems = read_word_sheet(data, Limits())
    else:
        rows, problems = rows_of(data, path.suffix.lower(), Limits())
    return rows, [problem.within(str(path)) for problem in problems]


def read_filled_sheet(path: Path) -> tuple[FilledSheet | None, list[Problem]]:
    """A sheet that `thematic sample` wrote and somebody filled in.

    Columns are known by their heads, wherever they stand. An answer is what `answer_in` takes
    for one; an empty cell means that the code was not judged there.

    Returns:
        The sheet without its faulty cells, or None where it is none; every problem by line.
    """
    rows, problems = read_table(path)
    if not rows:
        if not problems:
            problems.append(Problem(str(path), 0, "the sheet is empty"))
        return None, problems
    heads = [cell.strip() for cell in rows[0].cells]
    found: list[Problem] = []
    codes = [unguarded(head).removesuffix(_MARK) for head in heads if head.endswith(_MARK)]
    for name in ("row", "coder"):
        if name not in heads:
            hint = "keep the heads of the sheet as they were"
            found.append(Problem("", rows[0].line, f"no column is called {name!r}", hint))
    if not codes:
        hint = "a code's column is called by its path and a question mark, such as finance?"
        found.append(Problem("", rows[0].line, "no column is one of a code", hint))
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        found.append(Problem("", rows[0].line, f"the column {code + _MARK!r} stands twice"))
    if found:
        return None, [*problems, *(problem.within(str(path)) for problem in found)]
    filled = [_filled(row, heads, found) for row in rows[1:] if any(map(str.strip, row.cells))]
    _tell_twice(filled, found)
    problems += [problem.within(str(path)) for problem in found]
    return FilledSheet(path.name, tuple(codes), tuple(filled)), problems


def _filled(row: Row, heads: Sequence[str], found: list[Problem]) -> FilledRow:
    cells = dict(zip(heads, (cell.strip() for cell in row.cells), strict=False))
    answers: dict[str, bool] = {}
    for head, cell in cells.items():
        if not head.endswith(_MARK) or not cell:
            continue
        code, answer = unguarded(head).removesuffix(_MARK), answer_in(cell)
        if answer is not None:
            answers[code] = answer
        elif unguarded(cell).strip(_UNSEEN):
            message = f"{code}: {cell!r} is neither yes nor no"
            hint = "write yes or no, or leave the cell empty where you cannot judge"
            found.append(Problem("", row.line, message, hint))
    for name in ("row", "coder"):
        if not cells.get(name):
            found.append(Problem("", row.line, f"the cell {name!r} is empty", "fill it in again"))
    return FilledRow(
        line=row.line,
        row=unguarded(cells.get("row", "")),
        coder=unguarded(cells.get("coder", "")),
        transcript=unguarded(cells.get("transcript", "")),
        answers=answers,
        missing_code=unguarded(cells.get("missing code", "")),
        note=unguarded(cells.get("note", "")),
    )


def answer_in(cell: str) -> bool | None:
    """Whether a cell says yes or no, in several languages or by a tick; None where neither."""
    plain = cell.translate(dict.fromkeys(map(ord, _UNSEEN))).strip().casefold().strip(" .!")
    return plain in YES if plain in YES or plain in NO else None


def unguarded(cell: str) -> str:
    """A cell without the ' that keeps spreadsheets from reading a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _tell_twice(rows: Sequence[FilledRow], found: list[Problem]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row.row, row.coder
        if row.row and key in first:
            message = f"the row {row.row} stands twice, first in line {first[key]}"
            found.append(Problem("", row.line, message, "remove one of the two"))
        first.setdefault(key, row.line)
