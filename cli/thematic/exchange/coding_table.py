"""Codings and memos from a table: one passage a row, by its words or its positions."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.errors import Problem, did_you_mean
from thematic.exchange.alignment import occurrences
from thematic.exchange.incoming import Incoming, Known
from thematic.exchange.spoken import spoken
from thematic.model.nouns import dataclass
from thematic.model.people import Passage
from thematic.model.transcript import Span, Transcript, Turn
from thematic.readers.formats.column_names import (
    CODE,
    CODED_DOCUMENT,
    CODED_TEXT,
    TEXT,
    columns_called,
)
from thematic.readers.formats.tables.cells import cell_of, is_whole
from thematic.readers.formats.tables.files import TABLE_FILES, rows_of
from thematic.readers.formats.tables.rows import HEADER_WITHIN, Row
from thematic.readers.limits import Limits
from thematic.readers.speakers.vocabulary import in_order
from thematic.review.anchoring import How, anchored, passage_at
from thematic.review.folding import folded

_CODER = in_order(
    """coder codername codedby coders rater annotator author user username researcher createdby
    initials kodierer codierer benutzer"""
)
_NOTE = in_order(
    """note notes memo memos remark remarks comment comments notiz kommentar bemerkung
    commentaire comentario"""
)
_KINDS = {  # in the order in which columns are given out
    "transcript": ("transcript", "transcriptid", *CODED_DOCUMENT, "id"),
    "code": CODE,
    "coder": _CODER,
    "note": _NOTE,
    "start": ("start", "startposition", "positionstart", "startchar", "begin"),
    "end": ("end", "endposition", "positionend", "endchar", "stop"),
    "turn": ("turn", "turnnumber", "turnno"),
    "quote": ("quote", *CODED_TEXT, *TEXT),
    "status": ("status",),
}
# What our own table of codings says of a code that does not hold, or that is not decided.
_NOT_HELD = frozenset({"rejected", "recoded", "disputed", "suggested"})
_GUARD = "'"  # before a cell that a spreadsheet would read as a formula
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class _Fault(Exception):
    """What is wrong with one row."""

    message: str
    hint: str = ""


def is_table_file(suffix: str) -> bool:
    """Whether files of an ending are read as tables."""
    return suffix in TABLE_FILES


def read_coding_table(data: bytes, suffix: str, known: Known, limits: Limits) -> Incoming:
    """What the rows of a CSV, TSV or XLSX file say; every fault with the number of its row.

    Columns are known by their names: transcript, code, coder, note, and for the passage
    quote, or start and end (code points of the transcript's text), with or without turn.
    """
    found = Incoming()
    rows, problems = rows_of(data, suffix, limits)
    found.problems += problems
    if not rows:
        if not problems:
            found.problems.append(Problem("", 0, "it is empty", "write one row a passage"))
        return found
    at = max(range(len(rows[:HEADER_WITHIN])), key=lambda n: (len(_columns(rows[n].cells)), -n))
    columns = _columns(rows[at].cells)
    lacking = _lacking(columns, rows[at])
    if lacking:
        found.problems.append(lacking)
        return found
    lines = [_Line(row, columns) for row in rows[at + 1 :]]
    held = [line for line in lines if line["status"] not in _NOT_HELD]
    if len(held) < len(lines):
        not_held = len(lines) - len(held)
        found.note(f"{not_held} rows are not decided or do not hold, and were passed over")
    for line in held:
        try:
            _take(line, known, found)
        except _Fault as fault:
            # Not its quote and note: nobody knows whether these words may be shown.
            said, coder = line["code"], known.coder_of(line["coder"])
            place, number = f"row {line.number}", line.number
            found.refuse(place, fault.message, fault.hint, said=said, coder=coder, line=number)
    return found


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """What each column holds, by the names in a row; each column is given once."""
    found: dict[str, int] = {}
    for kind, names in _KINDS.items():
        free = [n for n in columns_called(cells, names) if n not in found.values()]
        if free:
            found[kind] = free[0]
    return found


def _lacking(columns: dict[str, int], header: Row) -> Problem | None:
    """The fault of a table whose columns do not say what is coded where."""
    placed = "quote" in columns or {"start", "end"} <= set(columns) or "turn" in columns
    if placed and ("code" in columns or "note" in columns):
        return None
    listed = ", ".join(cell.strip() for cell in header.cells if cell.strip())
    wanted = "transcript, quote (or start and end), code, coder, note"
    guesses = [did_you_mean(cell.strip().casefold(), _KINDS) for cell in header.cells]
    guess = next(filter(None, guesses), "")
    message = f"its columns do not say what is coded where: {listed}"
    return Problem("", header.line, message, guess or f"call its columns {wanted}")


class _Line:
    """The cells of one row by what they hold; "" where there is no such column."""

    def __init__(self, row: Row, columns: dict[str, int]) -> None:
        self.number = row.line
        self._row, self._columns = row, columns

    def __getitem__(self, kind: str) -> str:
        cell = cell_of(self._row.cells, self._columns.get(kind)).strip()
        return cell[1:] if cell[:1] == _GUARD and cell[1:].startswith(_FORMULA) else cell

    def whole(self, kind: str) -> int | None:
        """A whole number, or None where the cell is empty."""
        cell = self[kind].removesuffix(".0")
        if cell and not is_whole(cell):
            raise _Fault(f"{kind} is no whole number: {cell!r}", "count characters from 0")
        return int(cell) if cell else None


def _take(line: _Line, known: Known, found: Incoming) -> None:
    """One row as acts.

    Raises:
        _Fault: it has a fault; of several the first.
    """
    transcript = _transcript(line, known)
    coder = known.coder_of(line["coder"])
    if not coder:
        said = f"{line['coder']!r} is nobody's name" if line["coder"] else "it names no coder"
        raise _Fault(said, "fill the column coder, or say whose it is with --coder NAME")
    remark = known.codes.split(line["code"])
    if not (line["code"] or line["note"]):
        raise _Fault("it names no code and has no note", "fill the column code, or remove the row")
    passage, how = _passage(line, transcript)
    place = f"row {line.number}"
    for message, hint in remark.faults:
        found.refuse(place, message, hint, said=line["code"], coder=coder, line=line.number)
    if how is How.CHANGED:
        found.doubt("the words stand there a little differently", line=line.number)
    if remark.codes or not remark.faults:
        found.add(place, passage, how, remark.codes, line["note"], coder)


def _transcript(line: _Line, known: Known) -> Transcript:
    written = line["transcript"] or known.transcript
    if not written and len(known.transcripts) == 1:
        return known.transcripts[0]
    if not written:
        raise _Fault("it names no transcript", "fill the column transcript, or use --transcript ID")
    found = known.transcript_of(written)
    if found is None:
        raise _Fault(*known.no_transcript(written))
    return found


def _passage(line: _Line, transcript: Transcript) -> tuple[Passage, How]:
    number = line.whole("turn")
    turn = _turn(transcript, number) if number is not None else None
    if line["quote"]:
        return _there(line, transcript) or _by_words(line["quote"], transcript, turn)
    start, end = line.whole("start"), line.whole("end")
    if (start is None) != (end is None):
        raise _Fault("it has only one of start and end", "give both, or a quote")
    if start is not None and end is not None:
        return _by_positions(transcript, start, end)
    if turn is not None:
        return passage_at(transcript.id, transcript.text, turn.span), How.SAME
    raise _Fault("it has no quote and no positions", "fill the column quote")


def _turn(transcript: Transcript, number: int) -> Turn:
    for turn in transcript.turns:
        if turn.number == number:
            return turn
    raise _Fault(f"{transcript.id} has no turn {number}", f"the last is {len(transcript.turns)}")


def _there(line: _Line, transcript: Transcript) -> tuple[Passage, How] | None:
    """The passage at the positions of a row, if its words are those of the row.

    Other programs count paragraphs or lines in such columns: then the words alone tell.
    """
    if not (is_whole(line["start"]) and is_whole(line["end"])):
        return None
    start, end = int(line["start"]), int(line["end"])
    words = transcript.text[start:end]
    if not words.strip() or folded(words).text != folded(line["quote"]).text:
        return None
    how = How.SAME if words == line["quote"] else How.RESPACED
    return passage_at(transcript.id, transcript.text, Span(start, end)), how


def _by_positions(transcript: Transcript, start: int, end: int) -> tuple[Passage, How]:
    length, id = len(transcript.text), transcript.id
    if not start < end:
        raise _Fault(f"no passage: start {start}, end {end}", "the end comes after the start")
    if end > length:
        raise _Fault(f"{id} has {length} characters, not {end}", "see: thematic show ID --text")
    return passage_at(id, transcript.text, Span(start, end)), How.SAME


def _by_words(quote: str, transcript: Transcript, turn: Turn | None) -> tuple[Passage, How]:
    own = spoken(transcript, None if turn is None else [turn])
    where = transcript.id if turn is None else f"turn {turn.number} of {transcript.id}"
    times = occurrences(quote, own.text)
    if times > 1:
        hint = "add more of the words, or a column turn, or start and end"
        raise _Fault(f"its words stand {times} times in {where}", hint)
    place, how = anchored(Passage("", Span(0, len(quote)), quote), own.text)
    if place is None:
        raise _Fault(f"its words are not in {where}", "copy them from: thematic show")
    same = times == 1 and how is not How.RESPACED
    passage = passage_at(transcript.id, transcript.text, own.raw(place))
    return passage, How.SAME if same else how
