"""Mentions of any number of transcripts in one file: written in parts, then put together.

A file holds positions, codes and what was decided, and no words of a transcript but negation
cues. Parts are sorted and so is the whole, so it does not matter who wrote which part.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import IO, Any

from thematic.errors import NotInstalled
from thematic.model.coding import MentionStatus
from thematic.model.columns import STATUSES, Column, MentionColumns

PARQUET, JSON_LINES = ".parquet", ".jsonl"
RAW = ".columns"  # of parts of a Parquet file, which whoever makes them writes without pyarrow
SUFFIXES = (PARQUET, JSON_LINES)
COLUMNS = (
    *("transcript", "turn", "start", "end", "code", "rule", "status"),
    *("guard", "negation", "marks"),
)
_NUMBERS = ("turn", "start", "end", "rule")
ROWS_AT_ONCE = 65_536  # of a row group, at least
_NUMBER = "<i4"  # of parts
_COMPRESSION = "zstd"

# Of each column its numbers, and where these stand for words, the words.
Block = dict[str, tuple[Column, Sequence[str] | None]]


def demand(suffix: str) -> None:
    """Refuse a form of file that cannot be written here.

    Raises:
        NotInstalled: Parquet without pyarrow.
    """
    if suffix == PARQUET and find_spec("pyarrow") is None:  # which takes long to load
        raise NotInstalled(
            "writing Parquet needs the package pyarrow",
            "install it with: pip install 'thematic[parquet]'; or write FILE.jsonl",
        )


def part_suffix(suffix: str) -> str:
    """The ending of the parts of a file with an ending."""
    return RAW if suffix == PARQUET else suffix


def write_part(
    path: Path, coded: Sequence[MentionColumns], codes: Sequence[str], *, every: bool
) -> None:
    """One part, whole or not there; its suffix says in which form.

    Args:
        path: of the part.
        coded: mentions, in the order in which they are written.
        codes: the paths of the codebook's codes, in its order.
        every: withheld and swallowed mentions too.
    """
    blocks = [_block(columns, codes, every=every) for columns in coded]
    with _renamed(path) as name:
        if path.suffix == RAW:
            _write_raw(name, blocks)
        else:
            with open(name, "w", encoding="utf-8", newline="\n") as out:
                for block in blocks:
                    out.writelines(_lines(block))


def _block(columns: MentionColumns, codes: Sequence[str], *, every: bool) -> Block:
    """COLUMNS of some mentions; `rule` counts the code's rules from 1."""
    chosen = slice(None) if every else columns.status == STATUSES.index(MentionStatus.SUGGESTED)
    said, states = columns.said, [status.value for status in STATUSES]
    return {
        "transcript": (columns.transcript[chosen], columns.transcripts),
        "turn": (columns.turn[chosen], None),
        "start": (columns.start[chosen], None),
        "end": (columns.end[chosen], None),
        "code": (columns.code[chosen], codes),
        "rule": (columns.rule[chosen] + 1, None),
        "status": (columns.status[chosen], states),
        "guard": (columns.guard[chosen], said),
        "negation": (columns.negation[chosen], said),
        "marks": (columns.marks[chosen], said),
    }


@contextmanager
def joined(path: Path, folder: Path) -> Iterator[Callable[[Path], None]]:
    """Puts parts together in the order in which they come; memory does not grow.

    The file gets its name when the block ends well; until then it stands in the folder.

    Args:
        path: of the file.
        folder: on the same disk.

    Raises:
        OSError: a part cannot be read, or the file not written.
    """
    with _renamed(path, folder / path.name) as name:
        if path.suffix == PARQUET:
            with _joined_tables(name) as add:
                yield add
        else:
            with open(name, "wb") as out:
                yield lambda part: _append(part, out)


def _append(part: Path, out: IO[bytes]) -> None:
    with part.open("rb") as lines:
        while block := lines.read(1 << 20):
            out.write(block)


@contextmanager
def _joined_tables(name: str) -> Iterator[Callable[[Path], None]]:
    import pyarrow as pa

    waiting: list[Any] = []
    with _writer(name) as write:

        def add(part: Path) -> None:
            waiting.append(_table_of(part))
            # Whole parts only: what is cut off a table keeps all of its transcripts' names.
            if sum(table.num_rows for table in waiting) >= ROWS_AT_ONCE:
                write(pa.concat_tables(waiting).unify_dictionaries())
                waiting.clear()

        yield add
        if any(table.num_rows for table in waiting):
            write(pa.concat_tables(waiting).unify_dictionaries())


def _schema() -> Any:
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([(name, pa.int32() if name in _NUMBERS else words) for name in COLUMNS])


def _write_raw(name: str, blocks: Sequence[Block]) -> None:
    """A part: a line of JSON with its rows and the words of its columns, then their numbers."""
    columns = [_column(name, blocks) for name in COLUMNS]
    words = {name: words for name, (_, words) in zip(COLUMNS, columns, strict=True)}
    head = json.dumps({"rows": len(columns[0][0]), "words": words})
    with open(name, "wb") as file:
        file.write(f"{head}\n".encode())
        for numbers, _ in columns:
            file.write(numbers)


def _column(name: str, blocks: Sequence[Block]) -> tuple[Column, list[str]]:
    """One column as numbers of 32 bits; of words their places among them, and the words."""
    import numpy as np

    values = [np.zeros(0, _NUMBER)]
    places: dict[str, int] = {}  # of the words, in the order in which they appear
    for numbers, words in (block[name] for block in blocks):
        if words is None or not len(numbers):
            values.append(numbers.astype(_NUMBER))
            continue
        firsts = np.full(numbers.max() + 1, len(numbers))
        firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]  # the first place is put in last
        place_of = np.zeros(len(firsts), _NUMBER)
        for one in np.argsort(firsts)[: np.count_nonzero(firsts < len(numbers))].tolist():
            place_of[one] = places.setdefault(words[one], len(places))
        values.append(place_of[numbers])
    return np.concatenate(values), [*places]


def _table_of(part: Path) -> Any:
    """A part that `_write_raw` wrote, as a table of pyarrow.

    It is made of buffers, for whatever else is given makes pyarrow load pandas.
    """
    import numpy as np
    import pyarrow as pa

    data = part.read_bytes()
    begin = data.index(b"\n") + 1
    head = json.loads(data[:begin])
    rows, arrays = head["rows"], []
    numbers = np.frombuffer(bytearray(data[begin:]), _NUMBER).reshape(len(COLUMNS), rows)
    for name, column in zip(COLUMNS, numbers, strict=True):
        array = pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(column)])
        if name not in _NUMBERS:
            array = pa.DictionaryArray.from_arrays(array, _strings(head["words"][name]))
        arrays.append(array)
    return pa.table(arrays, schema=_schema())


def _strings(words: Sequence[str]) -> Any:
    import pyarrow as pa

    spelled = [word.encode() for word in words]
    ends = array("i", accumulate(map(len, spelled), initial=0))
    return pa.StringArray.from_buffers(
        len(words), pa.py_buffer(ends), pa.py_buffer(b"".join(spelled))
    )


@contextmanager
def _writer(name: str) -> Iterator[Callable[[Any], None]]:
    """Writes tables as row groups. Places rise slowly, so their differences are stored.

    The file is opened here, for Arrow itself opens no names that the locale cannot spell.
    """
    from pyarrow import parquet

    words = [column for column in COLUMNS if column not in _NUMBERS]
    with (
        open(name, "wb") as file,
        parquet.ParquetWriter(
            file,
            _schema(),
            compression=_COMPRESSION,
            use_dictionary=words,
            column_encoding=dict.fromkeys(_NUMBERS, "DELTA_BINARY_PACKED"),
            write_statistics=True,
            store_schema=True,
        ) as writer,
    ):
        yield lambda table: writer.write_table(table, row_group_size=max(1, table.num_rows))


def _lines(block: Block) -> Iterator[str]:
    """Each mention as a JSON object and the end of its line."""
    columns = []
    for name in COLUMNS:
        numbers, words = block[name]
        values = numbers.tolist()
        written = None if words is None else [json.dumps(one, ensure_ascii=False) for one in words]
        columns.append(values if written is None else [written[number] for number in values])
    form = "{" + ", ".join(f'"{name}": %s' for name in COLUMNS) + "}\n"
    return (form % row for row in zip(*columns, strict=True))


@contextmanager
def _renamed(path: Path, beside: Path | None = None) -> Iterator[str]:
    """A temporary name beside a path or another, which gets its own when all is written."""
    name = f"{beside or path}.{os.getpid()}.tmp"
    try:
        yield name
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
