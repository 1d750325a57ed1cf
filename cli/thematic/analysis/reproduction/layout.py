"""How a printed table is laid out: where its codes, groups and numbers stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from thematic.analysis.reproduction.heads import CODE, TOTAL, VALUE, Head, head_of, measure_said
from thematic.analysis.reproduction.names import plain
from thematic.analysis.reproduction.sheet import Sheet, sheet_of
from thematic.model.nouns import dataclass
from thematic.model.tally import Counts, Mark, Printed, PrintedCell, TallyRow

_LETTER = re.compile(r"(?:^|[\s,;:(])(?P<letter>[nN])\)?$")
Likeness = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Layout:
    """The cells of a table, and what was not taken for one.

    Args:
        form: how the table was understood, in words.
        left_out: columns that hold no numbers.
        unread: rows and texts of cells among the numbers that are none.
        halves: rows and texts of cells whose second number has no sign, and is passed over.
    """

    cells: tuple[PrintedCell, ...] = ()
    form: str = ""
    left_out: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    halves: tuple[tuple[int, str], ...] = ()


def layout_of(
    rows: Sequence[TallyRow],
    likeness: Likeness,
    unit: Counts,
    labels: frozenset[str] = frozenset(),
) -> Layout:
    """The cells of a table, wide or long, with codes in rows or in columns.

    Args:
        rows: of the file.
        likeness: how much some names are those of codes.
        unit: in which codings are counted, for columns of codings.
        labels: names of attributes, plain.
    """
    sheet = sheet_of(rows, labels)
    if sheet is None:
        return Layout()
    heads = _heads(sheet, unit)
    if long := _long_columns(sheet, heads, likeness):
        form, used, cells = "long: one row a cell", sheet.texts, _long(sheet, heads, *long)
    elif likeness([heads[column].name for column in sheet.numeric]) > likeness(
        list(_row_names(sheet, likeness).values())
    ):
        names, used = _group_names(sheet)
        form, cells = "wide: codes in columns", _across(sheet, heads, names)
    else:
        names = _row_names(sheet, likeness)
        form, cells, used = "wide: codes in rows", _down(sheet, heads, names), sheet.texts
    kept = {*sheet.numeric, *used}
    left_out = tuple(
        sheet.head(column)
        for column in range(len(sheet.heads))
        if column not in kept and sheet.head(column)
    )
    every = tuple(one for cell, head in cells for one in _with_beside(cell, head))
    halves = [
        (cell.row, cell.printed.text)
        for cell, head in cells
        if cell.printed.beside and len(list(_with_beside(cell, head))) == 1
    ]
    return Layout(every, form, left_out, tuple(sheet.unread()), tuple(halves))


Under = tuple[PrintedCell, Head]  # a cell and what stands above or beside it


def _with_beside(cell: PrintedCell, head: Head) -> Iterator[PrintedCell]:
    """A cell such as `3 (15%)` as its two numbers; they know themselves by sign or by head."""
    one, beside = cell.printed, cell.printed.beside
    if beside is None:
        yield replace(cell, mark=cell.mark or (Mark.SHARE if one.is_percent else None))
    elif one.is_percent or beside.is_percent:
        yield replace(cell, mark=Mark.SHARE if one.is_percent else Mark.NUMBER)
        mark = Mark.SHARE if beside.is_percent else Mark.NUMBER
        yield replace(cell, printed=beside, mark=mark)
    else:
        yield cell
        if head.beside:
            yield replace(cell, printed=beside, mark=head.beside)


def _heads(sheet: Sheet, unit: Counts) -> Mapping[int, Head]:
    """What stands above each column of numbers.

    A head that may be a group's name, such as N or Interviews, says what is counted only where
    all of them do.
    """
    found = {column: head_of(sheet.heads[column], unit) for column in sheet.numeric}
    for column in _bases(sheet):
        found[column] = replace(found[column], is_base=True)
    marked = all(head.mark for head in found.values())
    if marked or any("%" in sheet.head(column) for column in sheet.numeric):
        return found
    return {
        column: Head(_bare(sheet.heads[column])) if head.mark and not head.scale else head
        for column, head in found.items()
    }


def _bases(sheet: Sheet) -> list[int]:
    """Columns headed N where others are headed n: of how many, and how many."""
    lowest = {column: (sheet.heads[column] or [""])[-1] for column in sheet.numeric}
    signs = {column: _LETTER.search(head) for column, head in lowest.items()}
    said = {column: sign["letter"] for column, sign in signs.items() if sign}
    return [one for one, sign in said.items() if sign == "N" and "n" in said.values()]


def _bare(parts: Sequence[str]) -> str:
    return " ".join(parts)


def _long_columns(
    sheet: Sheet, heads: Mapping[int, Head], likeness: Likeness
) -> tuple[int, list[int]] | None:
    """The column of codes and those of groups, where heads of numbers name no group."""
    if len(sheet.texts) < 2 or any(not _is_value(head) for head in heads.values()):
        return None
    called = [column for column in sheet.texts if plain(sheet.head(column)) in CODE]
    values = {column: _distinct(sheet, column) for column in sheet.texts}
    code = max(sheet.texts, key=lambda column: (likeness(values[column]), column in called))
    if not likeness(values[code]) and not called:
        return None
    groups = [column for column in sheet.texts if column != code]
    if _repeats(sheet, code) or (called and any(_repeats(sheet, column) for column in groups)):
        return code, groups
    return None


def _repeats(sheet: Sheet, column: int) -> bool:
    cells = [sheet.cell(row, column) for row in sheet.body if any(row.numbers)]
    return len(set(cells)) < sum(map(bool, cells))


def _is_value(head: Head) -> bool:
    return not head.name or plain(head.name) in VALUE or bool(measure_said(head.name, Counts.TURNS))


def _distinct(sheet: Sheet, column: int) -> list[str]:
    return list(dict.fromkeys(sheet.cell(row, column) for row in sheet.body))


def _long(sheet: Sheet, heads: Mapping[int, Head], code: int, groups: Sequence[int]) -> list[Under]:
    cells = []
    for row in sheet.body:
        names = [sheet.cell(row, column) for column in (code, *groups)]
        whole = not any(names[1:]) or plain(" ".join(names[1:])) in TOTAL
        for column, number in _numbers(sheet, row):
            head = heads[column]
            group = " ".join(name for name in names[1:] if name)
            cells.append((_cell(names[0], group, number, whole, head, row), head))
    return cells


def _cell(
    code: str, group: str, number: Printed, whole: bool, head: Head, row: TallyRow
) -> PrintedCell:
    return PrintedCell(
        code, group, number, whole, head.counts, head.mark, row.number, head.scale, head.is_base
    )


def _numbers(sheet: Sheet, row: TallyRow) -> Iterator[tuple[int, Printed]]:
    for column in sheet.numeric:
        number = sheet.number(row, column)
        if number is not None:
            yield column, number


def _row_names(sheet: Sheet, likeness: Likeness) -> dict[int, str]:
    """The name of each row by its number: of theme and code columns both, or of one of them."""
    first, *more = sheet.texts[:2]
    ways = [_joined(sheet, [first, *more], "/")]
    ways += [_joined(sheet, [column], "/") for column in (first, *more) if more]
    return max(ways, key=lambda names: likeness(list(names.values())))


def _group_names(sheet: Sheet) -> tuple[dict[int, str], list[int]]:
    """Names of rows that are groups; of several columns as far as they are needed."""
    for number in range(1, len(sheet.texts) + 1):
        names = _joined(sheet, sheet.texts[:number], " ")
        with_numbers = [names[row.number] for row in sheet.body if any(row.numbers)]
        if len(set(with_numbers)) == len(with_numbers):
            return names, sheet.texts[:number]
    return _joined(sheet, sheet.texts[:1], " "), sheet.texts[:1]


def _joined(sheet: Sheet, columns: Sequence[int], sign: str) -> dict[int, str]:
    """The cells of some columns; an empty one means what stands above it."""
    names: dict[int, str] = {}
    above: dict[int, str] = {}
    for row in sheet.body:
        for column in columns:
            if text := sheet.cell(row, column):
                above = {key: name for key, name in above.items() if key < column}
                above[column] = text
        names[row.number] = sign.join(above[column] for column in sorted(above))
    return names


def _down(sheet: Sheet, heads: Mapping[int, Head], names: Mapping[int, str]) -> list[Under]:
    """Codes in rows; one column alone is of all that was read."""
    alone = len(sheet.numeric) == 1
    cells = []
    for row in sheet.body:
        for column, number in _numbers(sheet, row):
            head, code = heads[column], names[row.number]
            name = plain(head.name)
            whole = not name or name in TOTAL or (alone and name in VALUE)
            shown = head.name or sheet.head(column)
            mark = None if alone and not head.counts and head.mark is Mark.NUMBER else head.mark
            cells.append((_cell(code, shown, number, whole, replace(head, mark=mark), row), head))
    return cells


def _across(sheet: Sheet, heads: Mapping[int, Head], names: Mapping[int, str]) -> list[Under]:
    """Codes in columns, groups in rows."""
    cells = []
    for row in sheet.body:
        group = names[row.number]
        for column, number in _numbers(sheet, row):
            head, whole = heads[column], plain(group) in TOTAL
            code = head.name or sheet.head(column)
            told = replace(head, counts=None)
            cells.append((_cell(code, group, number, whole, told, row), head))
    return cells
