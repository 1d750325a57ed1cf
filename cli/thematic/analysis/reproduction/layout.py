"""How a printed table is laid out: where its codes, groups and numbers stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from thematic.analysis.reproduction.heads import CODE, TOTAL, VALUE, measure_of_head
from thematic.analysis.reproduction.names import plain
from thematic.model.tally import Counts, Measure, PrintedCell, TallyRow

_MOST_HEADS = 15  # rows above the numbers in which heads are looked for


@dataclass(frozen=True)
class Layout:
    """The cells of a table, and what was not taken for one.

    Args:
        form: how the table was understood, in words.
        left_out: columns that hold no numbers.
    """

    cells: tuple[PrintedCell, ...] = ()
    form: str = ""
    left_out: tuple[str, ...] = ()


@dataclass
class _Sheet:
    """Heads and body of a table, by columns."""

    heads: list[str]
    body: list[TallyRow]
    numeric: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    def cell(self, row: TallyRow, column: int) -> str:
        return row.cells[column] if column < len(row.cells) else ""


def layout_of(
    rows: Sequence[TallyRow], likeness: Callable[[Sequence[str]], int], unit: Counts
) -> Layout:
    """The cells of a table, wide or long, with codes in rows or in columns.

    Args:
        rows: of the file.
        likeness: how many of some names are those of codes.
        unit: in which codings are counted, for columns of codings.
    """
    sheet = _sheet(rows)
    if sheet is None:
        return Layout()
    left_out = tuple(
        sheet.heads[column]
        for column in range(len(sheet.heads))
        if column not in (*sheet.numeric, *sheet.texts) and sheet.heads[column]
    )
    if long := _long_columns(sheet):
        code, group, value = long
        return Layout(tuple(_long(sheet, code, group, value)), "long: one number a row", left_out)
    names = _row_names(sheet)
    heads = [sheet.heads[column] for column in sheet.numeric]
    if likeness(heads) > likeness(list(names.values())):
        return Layout(tuple(_across(sheet, names)), "wide: codes in columns", left_out)
    measures = _measures(heads, unit)
    return Layout(tuple(_down(sheet, names, measures)), "wide: codes in rows", left_out)


def _sheet(rows: Sequence[TallyRow]) -> _Sheet | None:
    """The table below its heads; None where there are no numbers."""
    with_numbers = [
        index
        for index, row in enumerate(rows)
        if any(row.numbers[1:]) and index and any(rows[index - 1].cells)
    ]
    if not with_numbers:
        return None
    first = min(with_numbers)
    if first > _MOST_HEADS:
        return None
    heads = list(rows[first - 1].cells)
    body = [row for row in rows[first:] if any(row.cells)]
    width = max(len(heads), *(len(row.cells) for row in body))
    heads += [""] * (width - len(heads))
    sheet = _Sheet(heads, body)
    for column in range(width):
        filled = [row for row in body if sheet.cell(row, column)]
        numbers = sum(row.numbers[column] is not None for row in filled)
        if column and filled and numbers >= len(filled) / 2:
            sheet.numeric.append(column)
        elif filled and not numbers and not sheet.numeric:
            sheet.texts.append(column)
    if not sheet.texts:  # years and numbers as names of rows
        sheet.texts = [0]
    return sheet


def _long_columns(sheet: _Sheet) -> tuple[int, int, int] | None:
    """Columns of code, group and number where each row holds one number."""
    if len(sheet.numeric) != 1 or plain(sheet.heads[sheet.numeric[0]]) not in VALUE:
        return None
    codes = [column for column in sheet.texts if plain(sheet.heads[column]) in CODE]
    if len(sheet.texts) < 2 or not codes:
        return None
    groups = [column for column in sheet.texts if column != codes[0]]
    return codes[0], groups[0], sheet.numeric[0]


def _long(sheet: _Sheet, code: int, group: int, value: int) -> Iterator[PrintedCell]:
    for row in sheet.body:
        number = row.numbers[value] if value < len(row.numbers) else None
        if number is not None:
            named = sheet.cell(row, group)
            whole = not named or plain(named) in TOTAL
            yield PrintedCell(sheet.cell(row, code), named, number, whole, row=row.number)


def _row_names(sheet: _Sheet) -> dict[int, str]:
    """The name of each row, by its number: of theme and code columns both, with `/` between."""
    names: dict[int, str] = {}
    above: dict[int, str] = {}
    for row in sheet.body:
        parts = []
        for column in sheet.texts[:2]:
            text = sheet.cell(row, column)
            if text:
                above = {key: name for key, name in above.items() if key < column}
                above[column] = text
        for column in sorted(above):
            parts.append(above[column])
        names[row.number] = "/".join(parts)
    return names


def _measures(heads: Sequence[str], unit: Counts) -> Mapping[str, Measure]:
    """What heads say that their columns count, where all of them say so."""
    found = {head: measure_of_head(head, unit) for head in heads}
    said = {head: measure for head, measure in found.items() if measure is not None}
    return said if len(said) == len(found) else {}


def _down(
    sheet: _Sheet, names: Mapping[int, str], measures: Mapping[str, Measure]
) -> Iterator[PrintedCell]:
    """Codes in rows; one column alone is of all that was read."""
    alone = len(sheet.numeric) == 1
    for row in sheet.body:
        for column in sheet.numeric:
            number = row.numbers[column] if column < len(row.numbers) else None
            head = sheet.heads[column]
            if number is None:
                continue
            measure = measures.get(head)
            whole = measure is not None or plain(head) in TOTAL or (alone and plain(head) in VALUE)
            yield PrintedCell(names[row.number], head, number, whole, measure, row.number)


def _across(sheet: _Sheet, names: Mapping[int, str]) -> Iterator[PrintedCell]:
    """Codes in columns, groups in rows."""
    for row in sheet.body:
        group = names[row.number]
        for column in sheet.numeric:
            number = row.numbers[column] if column < len(row.numbers) else None
            if number is not None:
                whole = plain(group) in TOTAL
                yield PrintedCell(sheet.heads[column], group, number, whole, row=row.number)
