"""Rows of a table as turns, or as cues where they have begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise
from statistics import median

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.transcript import Turn
from thematic.readers.formats.column_names import thousandths
from thematic.readers.formats.tables.cells import cell_of, column, is_whole, span_of
from thematic.readers.formats.tables.columns import Columns
from thematic.readers.formats.tables.rows import Row
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.building import (
    Said,
    TimedWords,
    build_cues,
    build_turns,
    clean_label,
)
from thematic.readers.speakers.cues import named_cues

_MOST_TOLD = 5  # rows with the same fault
_LONGEST_CUE = 200  # seconds; whole numbers that lie further apart are thousandths
QUESTION, ANSWER = "Question", "Answer"  # labels; the first is an interviewer's


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says, and when, in seconds."""

    line: int
    speaker: str
    words: str
    begin: float | None
    end: float | None
    question: str = ""
    document: str = ""


@dataclass
class Told:
    """Faults of rows, told once each, and in one line where there are many alike."""

    problems: list[Problem]
    lines: dict[str, list[int]] = field(default_factory=dict)
    hints: dict[str, tuple[str, Severity]] = field(default_factory=dict)

    def add(self, line: int, message: str, hint: str, severity: Severity) -> None:
        """Note that a row has a fault."""
        self.lines.setdefault(message, []).append(line)
        self.hints[message] = (hint, severity)

    def finish(self) -> None:
        """Put all faults to the problems."""
        for message, lines in self.lines.items():
            hint, severity = self.hints[message]
            for line in lines[:_MOST_TOLD]:
                self.problems.append(Problem("", line, message, hint, severity))
            if len(lines) > _MOST_TOLD:
                more = f"{len(lines) - _MOST_TOLD} more rows have this fault: {message}"
                self.problems.append(Problem("", lines[_MOST_TOLD], more, hint, severity))


def entries_of(
    rows: Sequence[Row],
    columns: Columns,
    names: Sequence[str],
    delimiter: str,
    problems: list[Problem],
) -> list[Entry]:
    """What the rows below the header say; rows without words say nothing.

    Args:
        rows: below the header.
        columns: what holds what.
        names: of the columns; empty where there is no header.
        delimiter: that a row with too many cells is joined by; "" = rows may be of any length.
        problems: what is wrong with single rows is added.
    """
    told = Told(problems)
    scale = _scale(rows, columns, names, problems)
    found = list(_entries(rows, columns, delimiter, scale, told))
    told.finish()
    return _continued(found, problems) if columns.speaker is not None else found


def _entries(
    rows: Sequence[Row], columns: Columns, delimiter: str, scale: float, told: Told
) -> Iterator[Entry]:
    for row in rows:
        cells = row.cells
        if delimiter and len(cells) <= columns.text:
            message = "this row has no cell for the text and is left out"
            told.add(row.line, message, "fill the row up to the text column", Severity.ERROR)
            continue
        words = cell_of(cells, columns.text)
        if delimiter and any(cell.strip() for cell in cells[columns.count :]):
            words = _joined(row, columns, delimiter, told)
        begin, end = _times(cells, columns, scale)
        speaker = clean_label(cell_of(cells, columns.speaker))
        question = cell_of(cells, columns.question)
        document = " ".join(cell_of(cells, columns.document).split())
        yield Entry(row.line, speaker, words, begin, end, question, document)


def _joined(row: Row, columns: Columns, delimiter: str, told: Told) -> str:
    """The words of a row with too many cells."""
    if columns.text == columns.count - 1:
        message = "this row has more cells than the header; the last are read as one text"
        told.add(row.line, message, "put the text in double quotes", Severity.WARNING)
        return delimiter.join(row.cells[columns.text :])
    message = "this row has more cells than the header; the last are left out"
    told.add(row.line, message, "put cells that hold a delimiter in double quotes", Severity.ERROR)
    return row.cells[columns.text]


def _times(
    cells: Sequence[str], columns: Columns, scale: float
) -> tuple[float | None, float | None]:
    begin, end = span_of(cell_of(cells, columns.begin))
    if columns.end is not None:
        end = span_of(cell_of(cells, columns.end))[0]
    return _scaled(begin, scale), _scaled(end, scale)


def _scaled(seconds: float | None, scale: float) -> float | None:
    return seconds if seconds is None or scale == 1 else round(seconds * scale, 3)


def _scale(
    rows: Sequence[Row], columns: Columns, names: Sequence[str], problems: list[Problem]
) -> float:
    """Seconds in one unit of the table's times: 1, or 0.001 as in Whisper's TSV."""
    if columns.begin is None:
        return 1
    begins = column(rows, columns.begin)
    if columns.begin < len(names) and thousandths(names[columns.begin]):
        return 0.001
    ends = column(rows, columns.end) if columns.end is not None else []
    if not ends or len(ends) != len(begins) or not all(map(is_whole, (*begins, *ends))):
        return 1
    usual = median(int(end) - int(begin) for begin, end in zip(begins, ends, strict=True))
    if usual < _LONGEST_CUE:
        return 1
    message = "the times are whole numbers far apart: read as thousandths of seconds"
    problems.append(Problem("", 0, message, "", Severity.NOTE))
    return 0.001


def _continued(entries: Sequence[Entry], problems: list[Problem]) -> list[Entry]:
    """The entries; one that names nobody is the talk of the speaker above, and a note says so."""
    kept: list[Entry] = []
    filled: list[int] = []
    speaker = document = ""
    for entry in entries:
        if entry.document and entry.document != document:
            speaker, document = "", entry.document
        if entry.words.strip() and not entry.speaker and speaker:
            filled.append(entry.line)
            entry = replace(entry, speaker=speaker)
        speaker = entry.speaker or speaker
        kept.append(entry)
    if filled:
        rows = "a row names" if len(filled) == 1 else f"{len(filled)} rows name"
        message = f"{rows} no speaker and is read as talk of the speaker above"
        message = message if len(filled) == 1 else message.replace(" is read", " are read")
        hint = "write the speaker into each row if that is wrong"
        problems.append(Problem("", filled[0], message, hint, Severity.NOTE))
    return kept


def build_entries(
    entries: Sequence[Entry], options: ReadOptions, problems: list[Problem]
) -> tuple[str, tuple[Turn, ...]]:
    """The text and the turns of entries; cues where at least half have begin and end."""
    if any(entry.question.strip() for entry in entries):
        return build_turns(_asked(entries), options.speakers, problems)
    said = [entry for entry in entries if entry.words.strip()]
    timed = sum(entry.begin is not None and entry.end is not None for entry in said)
    if said and 2 * timed >= len(said):
        said = _by_time(said, problems)
        return build_cues(_cues(said, options, problems), options.speakers, problems)
    return build_turns(_said(said, options), options.speakers, problems)


def _by_time(entries: list[Entry], problems: list[Problem]) -> list[Entry]:
    """The entries in the order of their times where a file gives one speaker after the other."""
    runs = sum(one.speaker != other.speaker for one, other in pairwise(entries)) + 1
    in_order = sorted(entries, key=lambda entry: entry.begin or 0.0)
    is_grouped = 1 < runs == len({entry.speaker for entry in entries})
    if not is_grouped or in_order == entries or any(entry.begin is None for entry in entries):
        return entries
    message = "the rows stand speaker by speaker (as ELAN's tiers) and are read by their times"
    problems.append(Problem("", entries[0].line, message, "", Severity.NOTE))
    return in_order


def _cues(
    entries: Sequence[Entry], options: ReadOptions, problems: list[Problem]
) -> list[TimedWords]:
    cues: list[TimedWords] = []
    untimed: list[int] = []
    last = 0.0
    for entry in entries:
        if entry.begin is None:
            untimed.append(entry.line)
        begin = last if entry.begin is None else entry.begin
        last = begin if entry.end is None else entry.end
        cues.append(TimedWords(begin, entry.end, entry.speaker, entry.words, line=entry.line))
    if untimed:
        message = f"rows without a time that can be read: {len(untimed)}; the one before is taken"
        hint = "times look like 00:01:02.500, or are seconds"
        problems.append(Problem("", untimed[0], message, hint, Severity.WARNING))
    named = any(cue.speaker for cue in cues)
    return cues if named else named_cues(cues, options.speakers)


def _said(entries: Sequence[Entry], options: ReadOptions) -> Iterator[Said]:
    if any(entry.speaker for entry in entries):
        for entry in entries:
            yield Said(entry.speaker, entry.words, entry.begin, entry.line)
        return
    cues = [TimedWords(n, None, "", entry.words) for n, entry in enumerate(entries)]
    for cue in named_cues(cues, options.speakers):
        entry = entries[int(cue.begin)]
        yield Said(cue.speaker, cue.words, entry.begin, entry.line, cue.like)


def _asked(entries: Sequence[Entry]) -> Iterator[Said]:
    """The entries, each question before the first of its answers, also where nobody answers."""
    asked = ""
    for entry in entries:
        question = entry.question.strip()
        if question and question != asked:
            yield Said(QUESTION, question, entry.begin, entry.line)
        asked = question
        speaker = entry.speaker or (ANSWER if question else "")
        yield Said(speaker, entry.words, entry.begin, entry.line)
