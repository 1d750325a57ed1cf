"""Mentions of any number of transcripts in one file: written in parts, then put together.

A file holds positions, codes and what was decided, and no words of a transcript but negation
cues. Parts are sorted and so is the whole, so it does not matter who wrote which part.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from thematic.errors import NotInstalled
from thematic.model.coding import Mention, MentionStatus, TranscriptCoding

PARQUET, JSON_LINES = ".parquet", ".jsonl"
SUFFIXES = (PARQUET, JSON_LINES)
COLUMNS = (
    *("transcript", "turn", "start", "end", "code", "rule", "status"),
    *("guard", "negation", "marks"),
)
_NUMBERS = ("turn", "start", "end", "rule")
ROWS_AT_ONCE = 1 << 19  # of a row group
_COMPRESSION = "zstd"

Row = tuple[str, int, int, int, str, int, str, str, str, str]


def rows_of(coding: TranscriptCoding, *, every: bool) -> Iterator[Row]:
    """One row a mention, as COLUMNS; `rule` counts the code's rules from 1.

    Args:
        coding: one coded transcript.
        every: withheld and swallowed mentions too.
    """
    for mention in coding.mentions:
        if every or mention.status is MentionStatus.SUGGESTED:
            yield _row(coding.transcript.id, mention)


def _row(transcript: str, mention: Mention) -> Row:
    span = mention.span
    return (
        *(transcript, mention.turn, span.start, span.end, mention.code, mention.rule + 1),
        *(mention.status.value, mention.guard, mention.negation, "; ".join(mention.marks)),
    )


def demand(suffix: str) -> None:
    """Refuse a form of file that cannot be written here.

    Raises:
        NotInstalled: Parquet without pyarrow.
    """
    if suffix == PARQUET:
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError as error:
            raise NotInstalled(
                "writing Parquet needs the package pyarrow",
                "install it with: pip install 'thematic[parquet]'; or write FILE.jsonl",
            ) from error


def write_part(path: Path, rows: Sequence[Row]) -> None:
    """One part, whole or not there; its suffix says in which form."""
    with _renamed(path) as name:
        if path.suffix == PARQUET:
            with _writer(name) as write:
                write(_table(rows))
        else:
            with open(name, "w", encoding="utf-8", newline="\n") as out:
                out.writelines(_line(row) for row in rows)


def join_parts(parts: Sequence[Path], path: Path) -> None:
    """Put parts together in the order given, whole or not at all; memory does not grow.

    Raises:
        OSError: a part cannot be read, or the file not written.
    """
    with _renamed(path) as name:
        if path.suffix == PARQUET:
            _join_tables(parts, name)
        else:
            with open(name, "wb") as out:
                for part in parts:
                    with part.open("rb") as lines:
                        while block := lines.read(1 << 20):
                            out.write(block)


def _join_tables(parts: Sequence[Path], name: str) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    waiting: Any = _table(())
    with _writer(name) as write:
        for part in parts:
            table = parquet.read_table(part, schema=_schema(), memory_map=False)
            waiting = pa.concat_tables([waiting, table]).unify_dictionaries()
            while waiting.num_rows >= ROWS_AT_ONCE:
                write(waiting.slice(0, ROWS_AT_ONCE))
                waiting = waiting.slice(ROWS_AT_ONCE)
        if waiting.num_rows:
            write(waiting)


def _schema() -> Any:
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([(name, pa.int32() if name in _NUMBERS else words) for name in COLUMNS])


def _table(rows: Sequence[Row]) -> Any:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    arrays = [
        pa.array(values, pa.int32())
        if name in _NUMBERS
        else pa.array(values, pa.string()).dictionary_encode()
        for name, values in zip(COLUMNS, columns, strict=True)
    ]
    return pa.table(arrays, schema=_schema())


@contextmanager
def _writer(name: str) -> Iterator[Callable[[Any], None]]:
    """Writes tables as row groups. Places rise slowly, so their differences are stored."""
    from pyarrow import parquet

    words = [column for column in COLUMNS if column not in _NUMBERS]
    with parquet.ParquetWriter(
        name,
        _schema(),
        compression=_COMPRESSION,
        use_dictionary=words,
        column_encoding=dict.fromkeys(_NUMBERS, "DELTA_BINARY_PACKED"),
        write_statistics=True,
        store_schema=True,
    ) as writer:
        yield lambda table: writer.write_table(table, row_group_size=ROWS_AT_ONCE)


def _line(row: Row) -> str:
    return json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n"


@contextmanager
def _renamed(path: Path) -> Iterator[str]:
    """A temporary name beside a path, which gets its own name when all is written."""
    name = f"{path}.{os.getpid()}.tmp"
    try:
        yield name
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
