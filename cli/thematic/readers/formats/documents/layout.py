"""From the blocks of a document to its plain text, its labels and its turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.blocks import Block, Cell, Paragraph, Run, Table
from thematic.readers.formats.documents.speaker_tables import SpeakerTable, speaker_table
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.header import is_title_like
from thematic.readers.speakers.names import is_name_shaped
from thematic.readers.speakers.shapes import LONGEST_LABEL, Candidate, Style
from thematic.readers.speakers.stamps import BRACKETED, CLOCK, seconds_of
from thematic.readers.speakers.turns import Markup, turns_of

_NAME_COLON = re.compile(r"\s*([^:：\n]{1,70}?)\s*([:：])\s*")
_NAME_TIME = re.compile(
    rf"\s*(?P<name>[^\n:：\[\](){{}}<>#\t]{{1,63}}?(?:\([^()\n:：]{{1,30}}\))?)[\s,–—-]*"
    rf"(?P<time>{BRACKETED}|{CLOCK})[ \t\u00a0]*(?P<colon>[:：])?(?=[ \t\u00a0]|$)"
)
_MOMENT = r"\d{1,3}:\d{1,2}:\d{1,2}(?:\.\d{1,3})?"
_TIME_RANGE = re.compile(
    rf"(?P<h>\d{{1,3}}):(?P<m>\d{{1,2}}):(?P<s>\d{{1,2}}(?:\.\d{{1,3}})?)[ ]*-->[ ]*{_MOMENT}[ ]*\n"
    r"(?P<name>[^\n]{1,63})(?=\n)"
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label that the markup shows: where it ends in its line, with colon and stamp."""

    name: str
    end: int
    time: float | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text; a paragraph is a row of lines, of which the first begins it."""

    text: str
    begins: bool = True
    label: _Label | None = None
    by_time: bool = False  # the label has a time instead of a colon
    is_title: bool = False
    outside: bool = False
    beside: bool = False  # outside, for it stands in a column that is not of the words


def transcript_of(
    blocks: Sequence[Block], options: ReadOptions, kind: str, what: str
) -> tuple[Transcript | None, list[Problem]]:
    """The transcript of a document: paragraphs parted by a blank line, rows of tables too.

    Bold names with a colon are labels, and so are the cells of a table's column of
    speakers. Titles belong to no turn where they stand above the first label.

    Args:
        blocks: of the document, in reading order.
        options: how the user wants it to be read.
        kind: the format of the transcript.
        what: the file, as messages name it: `Word file`.
    """
    lines = list(_lines(blocks, options))
    if not lines:
        return None, [Problem("", 0, f"the {what} holds no text", "put the words in")]
    text, markup = _laid_out(lines)
    turns, notes = turns_of(text, options.speakers, markup)
    return Transcript("", text, turns, kind), notes + _told(lines)


def _told(lines: Sequence[_Line]) -> list[Problem]:
    beside = sum(line.beside for line in lines)
    if not beside:
        return []
    message = f"{beside:,} cells beside the words of a table are kept, but belong to no turn"
    hint = "if the words stand in another column, name it: --column text=NAME"
    return [Problem("", 0, message, hint, Severity.NOTE)]


def _laid_out(lines: Sequence[_Line]) -> tuple[str, Markup]:
    """The plain text, and what the markup says about its lines."""
    by_time = sum(line.by_time for line in lines) >= 2  # one alone may be an hour of the day
    marked: dict[int, Candidate] = {}
    header: set[int] = set()
    outside: set[int] = set()
    parts: list[str] = []
    number = position = 0
    for line in lines:
        if parts:
            parts.append("\n\n" if line.begins else "\n")
            number += len(parts[-1])
            position += len(parts[-1])
        if line.label and (by_time or not line.by_time):
            label = line.label
            end = position + label.end
            marked[number] = Candidate(number, position, end, label.name, Style.MARKED, label.time)
        if line.is_title:
            header.add(number)
        if line.outside:
            outside.add(number)
        parts.append(line.text)
        position += len(line.text)
    return "".join(parts), Markup(marked, frozenset(outside), frozenset(header))


def _lines(blocks: Sequence[Block], options: ReadOptions) -> Iterator[_Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block)
        else:
            yield from _of_table(block, options)


def _of_paragraph(paragraph: Paragraph) -> Iterator[_Line]:
    range_above = _TIME_RANGE.match(paragraph.text)
    for number, runs in enumerate(_split(paragraph.runs)):
        text = "".join(run.text for run in runs)
        if range_above and number == 0:
            yield _Line(text, label=_name_below_range(range_above))
            continue
        label = _bold_name(text, runs)
        timed = _bold_name_with_time(text, runs) if label is None else None
        title = paragraph.is_title
        yield _Line(text, number == 0, label or timed, timed is not None, title)


def _name_below_range(found: re.Match[str]) -> _Label | None:
    """The label of `0:0:2.0 --> 0:0:9.5`, a line with a name, and the words (old Teams)."""
    name = found["name"].strip()
    if not is_name_shaped(name):
        return None
    hours, minutes, seconds = (float(found[part]) for part in ("h", "m", "s"))
    return _Label(name, found.end(), hours * 3600 + minutes * 60 + seconds)


def _split(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs of each line."""
    line: list[Run] = []
    for run in runs:
        first, *more = run.text.split("\n")
        line.append(Run(first, run.bold))
        for text in more:
            yield line
            line = [Run(text, run.bold)]
    yield line


def _bold_length(runs: Sequence[Run]) -> int:
    """How many characters at the start of a line are bold."""
    length = 0
    for run in runs:
        if not run.bold and run.text.strip():
            break
        length += len(run.text)
    return length if any(run.bold and run.text.strip() for run in runs) else 0


def _bold_name(text: str, runs: Sequence[Run]) -> _Label | None:
    """A bold name at the start with its colon; a wholly bold line of words has none."""
    bold = _bold_length(runs)
    if not bold or bold > LONGEST_LABEL + 10:
        return None
    found = _NAME_COLON.match(text)
    if not found or found.start(2) > bold or text[found.end() : bold].strip():
        return None
    name = found[1].strip()
    return _Label(name, found.end(2)) if is_name_shaped(name) else None


def _bold_name_with_time(text: str, runs: Sequence[Run]) -> _Label | None:
    """A bold name with a time behind it, as Teams and Otter write them."""
    bold = _bold_length(runs)
    found = _NAME_TIME.match(text) if 0 < bold <= LONGEST_LABEL + 20 else None
    if not found or found.end("name") > bold or text[found.end() : bold].strip():
        return None
    name = found["name"].strip()
    return _Label(name, found.end(), seconds_of(found["time"])) if is_name_shaped(name) else None


def _of_table(table: Table, options: ReadOptions) -> Iterator[_Line]:
    """The rows of a table, cells parted by tabs; speaker columns become labels.

    A table that only lays out the page (one column, or cells with tables in them) is read
    as if it were not there.
    """
    rows = [[_cell_text(cell) for cell in row] for row in table.rows]
    shape = speaker_table(rows, options)
    if shape is None and _is_frame(table):
        for row in table.rows:
            for cell in row:
                yield from _lines(cell, options)
        return
    for number, cells in enumerate(rows):
        yield from _of_row(cells, shape, is_header=number == 0) if shape else _plain(cells)


def _is_frame(table: Table) -> bool:
    if max(len(row) for row in table.rows) == 1:
        return True
    return any(isinstance(block, Table) for row in table.rows for cell in row for block in cell)


def _cell_text(cell: Cell) -> str:
    lines: list[str] = []
    for block in cell:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["\t".join(_cell_text(inner) for inner in row) for row in block.rows]
    return "\n".join(lines)


def _plain(cells: Sequence[str], outside: bool = False) -> Iterator[_Line]:
    """A row as it stands; the lines of its cells are lines of one paragraph."""
    text = "\t".join(cells).strip()
    for number, line in enumerate(text.split("\n") if text else ()):
        yield _Line(line, number == 0, outside=outside)


def _of_row(cells: Sequence[str], shape: SpeakerTable, *, is_header: bool) -> Iterator[_Line]:
    """A row of turns: `time, speaker, words`; what stands in other cells is no speech."""
    parts = None if is_header and shape.has_header else shape.parts(cells)
    if parts is None:
        filled = [cell for cell in cells if cell]
        is_title = len(filled) == 1 and is_title_like(filled[0])
        yield from _plain(filled, outside=is_title or (is_header and shape.has_header))
        return
    front = "\t".join(one.replace("\n", " ") for one in parts.front if one or parts.speaker)
    words = parts.words.split("\n")
    if parts.speaker:
        label = _Label(parts.speaker, len(front) + 1, parts.time)
        yield _Line(f"{front}\t{words[0]}", label=label)
    else:  # the speaker above goes on
        yield from _plain([front], outside=True)
        yield _Line(words[0], begins=not front)
    for line in words[1:]:
        yield _Line(line, begins=False)
    for line in "\t".join(filter(None, parts.behind)).split("\n"):
        if line:
            yield _Line(line, begins=False, outside=True, beside=True)
