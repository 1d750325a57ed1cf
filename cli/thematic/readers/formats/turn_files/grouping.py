"""Rows in the order of a file -> transcripts, one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import chain
from types import MappingProxyType

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Speakers
from thematic.model.transcript import Role, Transcript, Turn
from thematic.readers.formats.tables.ids import LONGEST, safe_id
from thematic.readers.formats.turn_files.rows import TurnRow, unread
from thematic.readers.limits import passed
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.building import (
    Said,
    TimedWords,
    build_cues,
    build_turns,
    clean_words,
)
from thematic.readers.speakers.cues import named_cues
from thematic.readers.speakers.roles import declared_role, names_a_role, told_by

_MOST_ROWS = 1_000_000  # of one transcript
_MOST_VALUES = 4  # of an attribute, which should have one
_WEIGHTY = ("consent", "case", "kind")  # attributes whose loss must be told as a warning


@dataclass(slots=True)
class _Held:
    """The rows of the transcript that is being read, and what they say of it."""

    rows: list[TurnRow] = field(default_factory=list)
    size: int = 0
    count: int = 0
    attributes: dict[str, dict[str, None]] = field(default_factory=dict)  # name -> values

    def add(self, row: TurnRow, most: int) -> None:
        """Take in a row, unless there are more than `most` characters already."""
        self.size += len(row.words)
        self.count += 1
        if not self.rows or (self.size <= most and self.count <= _MOST_ROWS):
            self.rows.append(row)
        for name, value in row.attributes:
            values = self.attributes.setdefault(name.strip().lower(), {})
            if len(values) < _MOST_VALUES:
                values[value] = None
        row.attributes = ()  # each is held once


def transcripts_of(
    rows: Iterable[TurnRow | Problem],
    format: str,
    options: ReadOptions,
    problems: list[Problem],
) -> Iterator[Transcript]:
    """The transcripts of rows, of which those of one stand together.

    The ID is that of the rows, "" where they name none. A transcript that passes a limit is
    a Problem and left out; of its rows no more are held than the limit allows.
    """
    held = _Held()
    changing: set[str] = set()
    for row in chain(rows, (None,)):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        if held.rows and (row is None or row.id != held.rows[0].id):
            made = _finished(held, format, options, problems, changing)
            if made is not None:
                yield made
            held = _Held()
        if row is not None:
            held.add(row, options.limits.text)
    if changing:
        problems.append(unread(sorted(changing)))


def _finished(
    held: _Held,
    format: str,
    options: ReadOptions,
    problems: list[Problem],
    changing: set[str],
) -> Transcript | None:
    first = held.rows[0]
    too_long = passed("text", held.size, options.limits)
    if too_long is None and held.count > _MOST_ROWS:
        message = f"not read: it has {held.count:,} rows, at most {_MOST_ROWS:,} are allowed"
        too_long = Problem("", 0, message, "part it into several transcripts")
    if too_long is not None:
        name = f"transcript {first.id!r}" if first.id else "its transcript"
        message = f"{name}, which begins in row {first.number:,}: {too_long.message}"
        problems.append(Problem("", first.number, message, too_long.hint, too_long.severity))
        return None
    text, turns = _built(held.rows, options.speakers, problems)
    if not turns:
        return None
    turns = _with_roles(held.rows, turns, options.speakers, problems)
    attributes = MappingProxyType(_attributes(held, problems, changing))
    id = transcript_id(first.id, first.number) if first.id else ""
    return Transcript(id, text, turns, format, attributes)


def transcript_id(written: str, row: int) -> str:
    """The ID of a name that begins in a row: one line, no slashes, one that is long cut short.

    For all of a long name stand a few letters at its end, so that different names stay so.
    """
    short = safe_id(written)
    if not short:
        return f"row {row}"
    if len(written) < LONGEST:
        return short
    return f"{short} {hashlib.sha256(written.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _built(
    rows: Sequence[TurnRow], speakers: Speakers, problems: list[Problem]
) -> tuple[str, tuple[Turn, ...]]:
    """Cues where most rows have begin and end, else turns."""
    said = [row for row in rows if row.words.strip()]
    timed = sum(row.begin is not None and row.end is not None for row in said)
    if said and 2 * timed >= len(said):
        cues = list(_cues(said))
        named = any(cue.speaker for cue in cues)
        return build_cues(cues if named else named_cues(cues, speakers), speakers, problems)
    entries = (Said(_label(row), clean_words(row.words), row.begin, row.number) for row in said)
    return build_turns(entries, speakers, problems)


def _cues(rows: Sequence[TurnRow]) -> Iterator[TimedWords]:
    last = 0.0
    for row in rows:
        begin = last if row.begin is None else row.begin
        last = begin if row.end is None else row.end
        yield TimedWords(begin, row.end, _label(row), row.words, line=row.number)


def _label(row: TurnRow) -> str:
    return row.speaker or row.role


def _with_roles(
    rows: Sequence[TurnRow],
    turns: tuple[Turn, ...],
    speakers: Speakers,
    problems: list[Problem],
) -> tuple[Turn, ...]:
    """The turns with the roles that the rows give; what the user declared wins."""
    given: dict[str, Role] = {}
    for row in rows:
        role = _role(row.role) if row.role else None
        if role is None:
            continue
        key = key_of(_label(row))
        if given.setdefault(key, role) is not role:
            message = f"{_label(row)!r} is {given[key]} in one row and {role} here; the first holds"
            problems.append(Problem("", row.number, message, "", Severity.WARNING))
    if not given:
        return turns
    return tuple(_with_role(turn, given, speakers) for turn in turns)


def _with_role(turn: Turn, given: dict[str, Role], speakers: Speakers) -> Turn:
    role = given.get(key_of(turn.speaker))
    if role is None or role is turn.role or declared_role(turn.speaker, speakers):
        return turn
    return Turn(
        *(turn.number, turn.span, turn.speaker, role),
        *(turn.time, turn.gaps, turn.cues, turn.written),
    )


def _role(word: str) -> Role | None:
    """The role that a cell names; None where it says something else, such as `guest`."""
    plain = word.casefold()
    if plain in (Role.INTERVIEWER, Role.RESPONDENT, Role.OTHER):
        return Role(plain)
    return told_by(word) or (Role.RESPONDENT if names_a_role(word) else None)


def _attributes(held: _Held, problems: list[Problem], changing: set[str]) -> dict[str, str]:
    """What all rows say alike; the names of other columns are put to those that change.

    Of a consent that changes all is kept, so that it is understood as none to quotation.
    """
    kept: dict[str, str] = {}
    for name, values in held.attributes.items():
        if len(values) == 1:
            kept[name] = next(iter(values))
        elif name not in _WEIGHTY:
            changing.add(name)
        else:
            first = held.rows[0]
            listed = " / ".join(values)
            message = f"{name} changes within the transcript {first.id!r}: {listed}"
            hint = "write the same into each of its rows"
            problems.append(Problem("", first.number, message, hint, Severity.WARNING))
            kept |= {name: listed} if name == "consent" else {}
    return kept
