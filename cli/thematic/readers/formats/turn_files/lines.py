"""Turns in JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any

from thematic.errors import Problem
from thematic.readers.formats.turn_files.columns import columns_of, names_transcripts
from thematic.readers.formats.turn_files.rows import TurnRow, broken, plain, row_of
from thematic.readers.formats.turn_files.slices import Slice, Start
from thematic.readers.limits import Limits
from thematic.readers.options import ReadOptions

_LOOKED_AT = 100  # lines by which the columns are known
_SKIPPED_AT_ONCE = 1 << 20  # bytes of a line that is too long
Open = Callable[[], IO[bytes]]
Line = tuple[int, int, dict[str, Any] | Problem]  # number (0-based), bytes before it, object


class LineTurns:
    """A file of turns in JSON Lines; it is opened anew for each reading.

    Args:
        open: the file, at its begin; it must be possible to seek in it.
        options: how it is read.
        problems: gets what keeps all of it from being read.
    """

    format = "jsonl"

    def __init__(self, open: Open, options: ReadOptions, problems: list[Problem]) -> None:
        self._open = open
        self._options = options
        with open() as file:
            head = islice(_lines(file, 0, None, options), _LOOKED_AT)
            names = [name for _, _, one in head if isinstance(one, dict) for name in one]
        self.columns = columns_of(list(dict.fromkeys(names)), options, problems)
        self.rows, self.length = 0, 0

    def starts(self) -> Iterator[Start]:
        """Where each transcript begins; when all are told, the file has been counted."""
        assert self.columns is not None
        name, last = self.columns.id, None
        with self._open() as file:
            for number, offset, one in _lines(file, 0, None, self._options):
                self.rows = number + 1
                id = plain(one.get(name)) if isinstance(one, dict) and name else ""
                if id and id != last:
                    yield Start(number, offset, id)
                    last = id
            self.length = file.tell()

    def read(self, part: Slice) -> Iterator[TurnRow | Problem]:
        """The rows of a piece, and what is wrong with some."""
        assert self.columns is not None
        with self._open() as file:
            file.seek(part.begin)
            for number, _, one in _lines(file, part.begin, part.end, self._options, part.first):
                if isinstance(one, Problem):
                    yield one
                else:
                    yield row_of(number + 1, one.get, self.columns)


def holds_turns(open: Open, options: ReadOptions) -> bool:
    """Whether the first line has the columns of a file of turns of several transcripts."""
    with open() as file:
        first = next(_lines(file, 0, None, options), None)
    return (
        first is not None and isinstance(first[2], dict) and names_transcripts([*first[2]], options)
    )


def _lines(
    file: IO[bytes], begin: int, end: int | None, options: ReadOptions, number: int = 0
) -> Iterator[Line]:
    """The objects of the lines from a place on, without the empty lines."""
    offset = begin
    while (end is None or offset < end) and (line := file.readline(options.limits.line + 1)):
        here, count = offset, number
        offset, number = offset + len(line), number + 1
        if len(line) > options.limits.line and not line.endswith(b"\n"):
            offset += _skip(file)
            yield count, here, _too_long(count + 1, options.limits)
        elif line.strip():
            yield count, here, _object(line, count, options)


def _object(line: bytes, count: int, options: ReadOptions) -> dict[str, Any] | Problem:
    try:
        text = line.decode(options.encoding or "utf-8")
        found = json.loads(text.removeprefix("\ufeff") if count == 0 else text)
    except UnicodeDecodeError:
        return broken(count + 1, f"no {options.encoding or 'UTF-8'}")
    except (ValueError, RecursionError):
        return broken(count + 1, "no valid JSON")
    return found if isinstance(found, dict) else broken(count + 1, "no JSON object")


def _too_long(line: int, limits: Limits) -> Problem:
    message = f"this line has more than {limits.line:,} bytes and is left out"
    return Problem("", line, message, f"if you trust this file: --limit line={limits.line * 10}")


def _skip(file: IO[bytes]) -> int:
    """Read to the line's end; how many bytes that were."""
    found = 0
    while piece := file.readline(_SKIPPED_AT_ONCE):
        found += len(piece)
        if piece.endswith(b"\n"):
            break
    return found
