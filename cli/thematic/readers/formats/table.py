"""CSV and TSV transcripts: one row a turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thematic.errors import Problem, Severity, did_you_mean
from thematic.model.transcript import Transcript
from thematic.readers.formats.rows import Row, delimiter_of, read_rows
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.building import Said, build_turns, clean_label
from thematic.readers.speakers.roles import told_by
from thematic.readers.speakers.stamps import seconds_from_cell
from thematic.readers.speakers.vocabulary import in_order

_TEXT = in_order(
    """text content utterance transcript words speech message sentence said what line dialogue
    body segment comment response answer talk turn quote statement aussage
    äußerung beitrag inhalt texto texte testo respuesta antwort réponse paroles spoken"""
)
_SPEAKER = in_order(
    """speaker speaker_name name participant role who person actor interlocutor label speaker_id
    speakers user sprecher sprecherin sprecher:in sprechende hablante orador locuteur
    locutrice parlante interviewee respondent voice author"""
)
_TIME = in_order(
    """time start timespan timestamp start_time begin timecode time_stamp from starttime
    start_seconds time_start when clock zeit zeitstempel beginn hora tiempo temps heure ora
    tempo"""
)
_MOST_NAME_WORDS = 4
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？")


@dataclass(frozen=True, slots=True)
class _Columns:
    text: int
    speaker: int | None
    time: int | None
    count: int


def read_csv(text: str, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from a table parted by commas, semicolons or tabs."""
    return _read(text, options, "csv")


def read_tsv(text: str, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from a table parted by tabs."""
    return _read(text, options, "tsv")


def _read(text: str, options: ReadOptions, kind: str) -> tuple[Transcript | None, list[Problem]]:
    delimiter = delimiter_of(text, f".{kind}")
    rows, problems = read_rows(text, delimiter)
    if not rows:
        return None, [*problems, Problem("", 0, "this table has no rows", "put a header on top")]
    columns = _find_columns(rows, options, problems)
    if columns is None:
        return None, problems
    entries = list(_entries(rows[1:], columns, delimiter, problems))
    built, turns = build_turns(entries, options.speakers)
    if not turns:
        problems.append(Problem("", 0, "this table holds no words", "put one turn in each row"))
        return None, problems
    return Transcript("", built, turns, kind), problems


def _find_columns(
    rows: Sequence[Row], options: ReadOptions, problems: list[Problem]
) -> _Columns | None:
    header = rows[0]
    names = ["_".join(cell.casefold().split()) for cell in header.cells]
    wanted = (
        ("".join(options.text_columns[:1]), _TEXT),
        (options.speaker_column, _SPEAKER),
        (options.time_column, _TIME),
    )
    found: list[int | None] = []
    for given, guesses in wanted:
        index = _index(names, given, guesses)
        if given and index is None:
            problems.append(_no_such_column(header, given))
            return None
        found.append(index)
    text, speaker, time = found
    if text is None:
        problems.append(_no_text_column(header, rows[1:]))
        return None
    return _Columns(text, speaker, time, len(names))


def _index(names: Sequence[str], given: str, guesses: Sequence[str]) -> int | None:
    if given:
        guesses = ["_".join(given.casefold().split())]
    return next((names.index(guess) for guess in guesses if guess in names), None)


def _no_text_column(header: Row, rows: Sequence[Row]) -> Problem:
    cells = [cell.strip() for cell in header.cells]
    below = {(n, cell.strip()) for row in rows for n, cell in enumerate(row.cells)}
    repeats = any(cell and (n, cell) in below for n, cell in enumerate(cells))
    if repeats or any(_is_no_name(cell) for cell in cells):
        message = "there seems to be no header row"
        hint = (
            "write speaker,time,text above it, in the order of the columns "
            "(or give the columns names and tell which holds what: --column text=NAME)"
        )
        return Problem("", header.line, message, hint)
    listed = ", ".join(cell or "(no name)" for cell in cells)
    message = f"no column holds the text; the columns are: {listed}"
    hint = "call one of them text, or name it with --column text=NAME"
    return Problem("", header.line, message, hint)


def _is_no_name(cell: str) -> bool:
    """Whether a cell holds a time, a number, a label with its colon or a sentence."""
    if seconds_from_cell(cell) is not None or cell.endswith((*_SENTENCE_ENDS, ":")):
        return True
    return (told_by(cell) is not None and len(cell) == 1) or len(cell.split()) > _MOST_NAME_WORDS


def _no_such_column(header: Row, given: str) -> Problem:
    listed = ", ".join(cell.strip() for cell in header.cells)
    hint = did_you_mean(given, header.cells) or f"the columns are: {listed}"
    return Problem("", header.line, f"there is no column {given!r}", hint)


def _entries(
    rows: Sequence[Row], columns: _Columns, delimiter: str, problems: list[Problem]
) -> Iterator[Said]:
    for row in rows:
        cells = row.cells
        if len(cells) <= columns.text:
            message = "this row has no cell for the text and is left out"
            problems.append(Problem("", row.line, message, "fill the row up to the text column"))
            continue
        words = cells[columns.text]
        if len(cells) > columns.count and columns.text == columns.count - 1:
            words = delimiter.join(cells[columns.text :])
            message = "this row has more cells than the header; the last are read as one text"
            hint = "put the text in double quotes"
            problems.append(Problem("", row.line, message, hint, Severity.WARNING))
        speaker = _cell(cells, columns.speaker)
        time = seconds_from_cell(_cell(cells, columns.time))
        yield Said(clean_label(speaker), words, time)


def _cell(cells: Sequence[str], index: int | None) -> str:
    return cells[index] if index is not None and index < len(cells) else ""
