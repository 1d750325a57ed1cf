"""Tables of words: one row a turn, an answer, or a coded segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers.formats.column_names import (
    BEGIN,
    LABEL,
    columns_called,
    is_called,
    roles_named,
)
from thematic.readers.formats.tables.cells import column, is_date, is_word
from thematic.readers.formats.tables.coded import by_document, once_each
from thematic.readers.formats.tables.columns import (
    Columns,
    given_names,
    header_at,
    titles_note,
    turn_columns,
)
from thematic.readers.formats.tables.escaped import without_html
from thematic.readers.formats.tables.headerless import headerless_columns
from thematic.readers.formats.tables.ids import UniqueIds
from thematic.readers.formats.tables.lacking import no_text_column
from thematic.readers.formats.tables.rows import HEADER_WITHIN, Row, Table, delimiter_of, read_rows
from thematic.readers.formats.tables.survey import read_survey
from thematic.readers.formats.tables.survey_signs import asks_respondents
from thematic.readers.formats.tables.turns import Entry, build_entries, entries_of
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.roles import names_a_role, told_by
from thematic.readers.speakers.turns import turns_of

Several = tuple[tuple[Transcript, ...], list[Problem]]

_NO_TABLE = Problem(
    "", 0, "this is no table but text with labels, and read so", "save it as .txt", Severity.NOTE
)
_MANY_WORDS = 3  # of a cell that a note on unread columns is worth


def read_csv(text: str, options: ReadOptions) -> Several:
    """The transcripts of a table parted by commas, semicolons, tabs or bars."""
    return _read(text, options, "csv")


def read_tsv(text: str, options: ReadOptions) -> Several:
    """The transcripts of a table parted by tabs."""
    return _read(text, options, "tsv")


def read_xlsx(data: bytes, options: ReadOptions) -> Several:
    """The transcripts of one sheet of an Excel file."""
    from thematic.readers.formats.tables.excel import read_sheet

    def suits(rows: Sequence[Row]) -> bool:
        at = header_at(rows, options)
        found = turn_columns(rows[at], rows[at + 1 :], options, [])
        return found is not None or asks_respondents(rows, options)

    rows, problems = read_sheet(data, options.sheet, options.limits, suits)
    if not rows:
        return (), problems
    transcripts, more = read_table(Table(rows, "xlsx"), options)
    return transcripts, [*problems, *more]


def _read(text: str, options: ReadOptions, kind: str) -> Several:
    delimiter = delimiter_of(text, f".{kind}")
    rows, problems = read_rows(text, delimiter, options.limits)
    if not rows:
        if not problems:
            problems.append(Problem("", 0, "this table has no rows", "put a header on top"))
        return (), problems
    transcripts, more = read_table(Table(rows, kind, delimiter), options)
    if not transcripts and not given_names(options) and not _has_header(rows):
        running = _running_text(text, kind, options)
        if running is not None:
            return (running,), [_NO_TABLE]
    return transcripts, [*problems, *more]


def _has_header(rows: Sequence[Row]) -> bool:
    return any(roles_named(row.cells) for row in rows[:HEADER_WITHIN])


def read_table(table: Table, options: ReadOptions) -> Several:
    """The transcripts of a table that has rows.

    A table of one conversation gives one with an empty ID; a survey one a respondent, a
    table with a column of documents one a document, with that name as ID.
    """
    problems: list[Problem] = []
    table = without_html(table, problems)
    if asks_respondents(table.rows, options):
        transcripts, more = read_survey(table, options)
        return transcripts, [*problems, *more]
    if max(len(row.cells) for row in table.rows) == 1 and not given_names(options):
        cells = "\n\n".join(row.cells[0].strip() for row in table.rows)
        running = _running_text(cells, table.kind, options)
        if running is not None:
            return (running,), [*problems, _NO_TABLE]
    return _conversation(table, options, problems), problems


def _running_text(text: str, kind: str, options: ReadOptions) -> Transcript | None:
    """A transcript that somebody saved as a table: its lines begin with labels."""
    turns, _ = turns_of(text, options.speakers)
    named = {turn.speaker for turn in turns if turn.speaker}
    if len(named) < 2 or not any(names_a_role(one) or told_by(one) for one in named):
        return None
    return Transcript("", text, turns, kind)


def _conversation(
    table: Table, options: ReadOptions, problems: list[Problem]
) -> tuple[Transcript, ...]:
    at = header_at(table.rows, options)
    header, body = table.rows[at], table.rows[at + 1 :]
    names: Sequence[str] = header.cells
    columns = turn_columns(header, body, options, problems)
    if columns is None and not given_names(options):
        columns, names, body, at = headerless_columns(table.rows, problems), (), table.rows, 0
    if columns is None:
        if not problems or problems[-1].severity is not Severity.ERROR:
            problems.append(no_text_column(table.rows))
        return ()
    problems += titles_note(table.rows, at)
    _tell_unread(names, body, columns, problems)
    entries = entries_of(body, columns, names, table.delimiter, problems)
    if columns.code is not None:
        entries = once_each(entries, problems)
    transcripts = tuple(_documents(entries, table.kind, options, problems))
    if not transcripts:
        problems.append(Problem("", 0, "this table holds no words", "put one turn in each row"))
    return transcripts


def _documents(
    entries: Sequence[Entry], kind: str, options: ReadOptions, problems: list[Problem]
) -> Iterator[Transcript]:
    """One transcript a document that the rows name; one with an empty ID where it is one."""
    parts = by_document(entries)
    ids = UniqueIds()
    for name, part in parts.items():
        text, turns = build_entries(part, options, problems)
        if turns:
            attributes = {"document": name} if name else {}
            id = ids.give(name, part[0].line) if len(parts) > 1 else ""
            yield Transcript(id, text, turns, kind, MappingProxyType(attributes))


def _tell_unread(
    names: Sequence[str], rows: Sequence[Row], columns: Columns, problems: list[Problem]
) -> None:
    """Columns with words that are not read, codes and dates among them."""
    told = [_codes_note(names[columns.code])] if columns.code is not None else []
    times = {*columns_called(names, BEGIN), *([columns.begin] if columns.begin is not None else [])}
    dates = [n for n in sorted(times) if any(map(is_date, column(rows, n)))]
    if dates:
        listed = _listed(names, dates)
        message = f"dates are no times of a recording; those in the column {listed} are left out"
        told.append(Problem("", 0, message, "", Severity.NOTE))
    passed = {*columns.used, *dates, columns.code}
    unread = [n for n in range(len(names)) if n not in passed and _holds_sentences(rows, n)]
    if unread:
        message = f"columns with words that are not read: {_listed(names, unread)}"
        hint = "take another column for the words with --column text=NAME"
        told.append(Problem("", 0, message, hint, Severity.NOTE))
    problems += told


def _codes_note(name: str) -> Problem:
    message = f"the codes in the column {name.strip()!r} are not imported; the words are read"
    hint = "if it names the speakers: --column speaker=" + name.strip()
    return Problem("", 0, message, hint if is_called(name, LABEL) else "", Severity.NOTE)


def _listed(names: Sequence[str], numbers: Sequence[int]) -> str:
    return ", ".join(names[n].strip() or f"number {n + 1}" for n in numbers)


def _holds_sentences(rows: Sequence[Row], number: int) -> bool:
    cells = column(rows, number)
    return any(is_word(cell) and len(cell.split()) >= _MANY_WORDS for cell in cells)
