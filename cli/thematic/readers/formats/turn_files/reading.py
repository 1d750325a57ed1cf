"""Files of turns, whole or in pieces: which files are such, and their transcripts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.turn_files.grouping import transcripts_of
from thematic.readers.formats.turn_files.lines import LineTurns, holds_turns
from thematic.readers.formats.turn_files.parquet import (
    HINT,
    PYARROW,
    Damaged,
    ParquetTurns,
    telling,
)
from thematic.readers.formats.turn_files.slices import Slice, slices_of
from thematic.readers.limits import Limits, passed
from thematic.readers.options import ReadOptions
from thematic.readers.problems import few

PARQUET = ".parquet"
Several = tuple[tuple[Transcript, ...], list[Problem]]
Turns = LineTurns | ParquetTurns
Open = Callable[[], IO[bytes]]
_PIECES = "read it in pieces: thematic code FILE -c CODEBOOK -o MENTIONS.parquet"


def read_parquet(data: bytes, options: ReadOptions) -> Several:
    """The transcripts of a Parquet file of turns; one with an empty ID where none is named."""
    return _whole(lambda: BytesIO(data), PARQUET, options)


def read_lines(text: str, options: ReadOptions) -> Several:
    """The transcripts of JSON Lines: of a file of turns, else one of segments or turns."""
    from thematic.readers.formats.speech.reading import read_json_lines

    data = text.encode("utf-8", "surrogatepass")
    if holds_turns(lambda: BytesIO(data), options):
        return _whole(lambda: BytesIO(data), ".jsonl", options)
    transcript, problems = read_json_lines(text, options)
    return (() if transcript is None else (transcript,)), problems


@contextmanager
def turns_in(
    open: Open, suffix: str, options: ReadOptions, problems: list[Problem]
) -> Iterator[Turns | None]:
    """A file of turns, of which little is read yet; None where it is none, or with Problems.

    Args:
        open: gives the file at its begin; it must be possible to seek in it.
        suffix: `.parquet`, or one of JSON Lines.
        options: how it is read.
        problems: gets what is wrong.
    """
    if suffix == PARQUET:
        with open() as file:
            yield _parquet(file, options, problems)
    elif holds_turns(open, options):
        lines = LineTurns(open, options, problems)
        yield lines if lines.columns else None
    else:
        yield None


def _parquet(file: IO[bytes], options: ReadOptions, problems: list[Problem]) -> ParquetTurns | None:
    try:
        with telling():
            found = ParquetTurns(file, options, problems)
        return found if found.columns else None
    except ImportError:
        problems.append(Problem("", 0, PYARROW, HINT))
    except Damaged as damaged:
        problems.append(damaged.problem)
    return None


def pieces(turns: Turns, size: int, problems: list[Problem]) -> list[Slice]:
    """A file of turns cut into pieces of about so many bytes; none with Problems.

    The rows are gone through once, for where transcripts begin.
    """
    if isinstance(turns, ParquetTurns):
        size = max(size, turns.least_size())
    try:
        return slices_of(turns, size, problems)
    except Damaged as damaged:
        problems.append(damaged.problem)
        return []


def transcripts_in(
    turns: Turns, part: Slice, options: ReadOptions, problems: list[Problem]
) -> Iterator[Transcript]:
    """The transcripts of a piece, one after another; their IDs are those of the rows."""
    told: list[Problem] = []
    try:
        yield from transcripts_of(turns.read(part), turns.format, options, told)
    except Damaged as damaged:
        told.append(damaged.problem)
    problems += few(told)


def _whole(open: Open, suffix: str, options: ReadOptions) -> Several:
    """All transcripts of a file of turns that is small enough to be held at once."""
    problems: list[Problem] = []
    with turns_in(open, suffix, options, problems) as turns:
        if turns is None:
            return (), problems
        parts = pieces(turns, sys.maxsize, problems)
        too_many = _too_many(turns, options.limits)
        if too_many is not None:
            return (), [*problems, too_many]
        found = [one for part in parts for one in transcripts_in(turns, part, options, problems)]
    if not found and not problems:
        problems.append(Problem("", 0, "this file of turns holds no words", "see its columns"))
    return tuple(found), problems


def _too_many(turns: Turns, limits: Limits) -> Problem | None:
    assert turns.columns is not None
    problem = passed("cells", turns.rows * len(turns.columns.read), limits)
    if problem is None:
        return None
    return Problem("", 0, problem.message, f"{_PIECES}; or {problem.hint}")
