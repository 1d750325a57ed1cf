"""Turns in Parquet: one a row, read in small batches of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from thematic.errors import Problem
from thematic.readers.formats.turn_files.columns import columns_of
from thematic.readers.formats.turn_files.rows import TurnRow, plain, row_of
from thematic.readers.formats.turn_files.slices import Slice, Start
from thematic.readers.limits import Limits, passed
from thematic.readers.options import ReadOptions

_BATCH = 4_000_000  # bytes of the rows that are held at once, about
_MOST_ROWS = 65_536  # of a batch
_MOST_COLUMNS = 1_000
_PIECES = 8  # of a row group: each reads the rows before its own, so not more
_LONGEST = 300  # characters of what pyarrow says
PYARROW = "reading Parquet needs the package pyarrow"
HINT = "install it with: pip install 'thematic[parquet]'"


class Damaged(Exception):
    """A Parquet file that cannot be read, or not further; carries the Problem."""

    def __init__(self, error: Exception) -> None:
        told = " ".join(str(error).split())[:_LONGEST] or type(error).__name__
        message = f"the Parquet file is damaged or of a kind that is not read: {told}"
        super().__init__(message)
        self.problem = Problem("", 0, message, "write it again, for example with pandas or DuckDB")


@contextmanager
def telling() -> Iterator[None]:
    """Whatever pyarrow finds wrong with a file, as Damaged."""
    try:
        yield
    except ImportError:
        raise
    except Exception as error:  # of pyarrow's many kinds, and of Python's for odd values
        raise Damaged(error) from error


class ParquetTurns:
    """A Parquet file of turns.

    Args:
        file: a seekable file of bytes, which stays open.
        options: how it is read.
        problems: gets what keeps all of it from being read.
    """

    format = "parquet"

    def __init__(self, file: Any, options: ReadOptions, problems: list[Problem]) -> None:
        from pyarrow import parquet

        self._file = parquet.ParquetFile(file)
        schema = self._file.schema_arrow
        names = [field.name for field in schema if _is_read(field.type)]
        self.columns = None
        fault = _fault(self._file.metadata, names, options.limits)
        if fault is not None:
            problems.append(fault)
            return
        self.columns = columns_of(names, options, problems)
        if self.columns is None:
            return
        # Repeated words stay one text each, however often a hostile file repeats them.
        words = [name for name in self.columns.read if _is_words(schema.field(name).type)]
        self._file = parquet.ParquetFile(file, read_dictionary=words, pre_buffer=False)
        self.rows = int(self._file.metadata.num_rows)
        self.length = sum(group.total_byte_size for group in self._groups())

    def least_size(self) -> int:
        """Bytes below which a piece should not fall."""
        largest = max((group.total_byte_size for group in self._groups()), default=0)
        return int(largest) // _PIECES

    def starts(self) -> Iterator[Start]:
        """Where each transcript begins."""
        assert self.columns is not None
        if not self.columns.id:
            return
        before, last = None, ""
        name = self.columns.id
        for first, columns in self._batches(0, self.rows, [name], _MOST_ROWS):
            for n, value in enumerate(columns[name]):
                if value is before or value == before:
                    continue
                before, id = value, plain(value)
                if id and id != last:
                    yield Start(first + n, self._offset(first + n), id)
                    last = id

    def read(self, part: Slice) -> Iterator[TurnRow | Problem]:
        """The rows of a piece, and what is wrong with some."""
        assert self.columns is not None
        each = max(1, self.length // max(1, self.rows))
        size = min(_MOST_ROWS, max(64, _BATCH // each))
        for first, columns in self._batches(part.first, part.last, self.columns.read, size):
            rows = zip(*columns.values(), strict=True)
            for number, values in enumerate(rows, start=first + 1):
                yield row_of(number, dict(zip(columns, values, strict=True)).get, self.columns)

    def _batches(
        self, first: int, last: int, names: Sequence[str], size: int
    ) -> Iterator[tuple[int, dict[str, list[Any]]]]:
        """Columns of rows from `first` until before `last`, each with its first row.

        Raises:
            Damaged: the file cannot be read further.
        """
        row = 0
        for number, group in enumerate(self._groups()):
            begin, row = row, row + group.num_rows
            if row <= first or begin >= last:
                continue
            with telling():
                batches = self._file.iter_batches(size, row_groups=[number], columns=[*names])
            at = begin
            while at < min(last, row):
                with telling():
                    batch = next(batches, None)
                    if batch is None:
                        raise ValueError("a row group ends too early")
                    skipped = max(0, first - at)
                    kept = batch.slice(skipped, max(0, min(last - at, batch.num_rows) - skipped))
                    columns = {name: _values(kept.column(name)) for name in names}
                if kept.num_rows:
                    yield at + skipped, columns
                at += batch.num_rows

    def _groups(self) -> list[Any]:
        metadata = self._file.metadata
        return [metadata.row_group(number) for number in range(metadata.num_row_groups)]

    def _offset(self, row: int) -> int:
        """About how many bytes lie before a row."""
        return int(self.length * row // max(1, self.rows))


def _values(column: Any) -> list[Any]:
    """The values of a column of a batch; a text that stands often is one object."""
    if not hasattr(column, "indices"):
        return _listed(_simple(column))
    words, places = column.dictionary, column.indices
    if len(words) <= len(places):
        texts = _listed(words)
        return [None if place is None else texts[place] for place in places.to_pylist()]
    # pyarrow puts the words of a whole row group together, and most are of other batches.
    used = places.unique().drop_null()
    held = dict(zip(used.to_pylist(), _listed(words.take(used)), strict=True))
    return [*map(held.get, places.to_pylist())]


def _listed(values: Any) -> list[Any]:
    import pyarrow as pa

    try:
        found: list[Any] = values.to_pylist()
    except UnicodeDecodeError:  # whoever wrote the file did not look; see `plain`
        is_large = pa.types.is_large_string(values.type)
        found = values.view(pa.large_binary() if is_large else pa.binary()).to_pylist()
    return found


def _simple(column: Any) -> Any:
    """A column whose values Python has without pandas: times in thousandths, dates as text."""
    import pyarrow as pa

    types, kind = pa.types, column.type
    if types.is_duration(kind):
        return column.cast(pa.duration("us"), safe=False)
    if types.is_time(kind):
        return column.cast(pa.time64("us"), safe=False)
    is_written = types.is_temporal(kind) or types.is_decimal(kind)
    return column.cast(pa.string()) if is_written else column


def _is_read(kind: Any) -> bool:
    """Whether a column holds single values."""
    from pyarrow import types

    return not (types.is_nested(kind) or types.is_null(kind))


def _is_words(kind: Any) -> bool:
    from pyarrow import types

    is_words = types.is_string(kind) or types.is_large_string(kind) or types.is_binary(kind)
    return bool(is_words or types.is_large_binary(kind))


def _fault(metadata: Any, names: list[str], limits: Limits) -> Problem | None:
    """What is too large in a file to be read at all."""
    if len(names) > _MOST_COLUMNS:
        message = f"not read: it has {len(names):,} columns, at most {_MOST_COLUMNS:,} are allowed"
        return Problem("", 0, message, "keep the columns that are needed")
    groups = [metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups)]
    too_large = passed("unpacked", max(groups, default=0), limits)
    if too_large is None:
        return None
    message = too_large.message.replace("it unpacks", "one of its row groups unpacks")
    return Problem("", 0, message, f"write smaller row groups; or {too_large.hint}")
