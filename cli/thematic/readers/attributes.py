"""Attributes of transcripts from a table, and how they meet the front matter's."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers.limits import Limits
from thematic.readers.sources import Source

if TYPE_CHECKING:
    from thematic.readers.formats.tables.rows import Row

_ID_COLUMNS = ("id", "transcript")

Attributes = dict[str, dict[str, str]]


def read_attributes(path: Path) -> tuple[Attributes, list[Problem]]:
    """Transcript ID -> attributes from a .csv, .tsv or .xlsx file.

    The ID stands in the column `id` or `transcript`, else in the first one. Column names
    are taken in lower case. Rows with a fault are Problems and left out.
    """
    from thematic.readers.formats.tables.files import rows_of

    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return {}, [Problem(str(path), 0, message, "check the name and the rights of the file")]
    rows, problems = rows_of(data, path.suffix.lower(), Limits())
    table = _table(rows, problems) if rows else {}
    return table, [problem.within(str(path)) for problem in problems]


def attributes_of(source: Source, table: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """The attributes of a source; a row may give its ID with or without the suffix."""
    suffix = unicodedata.normalize("NFC", PurePosixPath(source.name).suffix)
    bare = source.id.removesuffix(suffix) if suffix else source.id
    for key in (source.id, f"{bare}{suffix}", bare):
        if key in table:
            return table[key]
    if bare.isdecimal():  # a spreadsheet makes 3 of 03
        numbered = [row for key, row in table.items() if key.isdecimal() and int(key) == int(bare)]
        if len(numbered) == 1:
            return numbered[0]
    return MappingProxyType({})


def parts_of(source: Source, id: str) -> list[Source]:
    """The names of one of several transcripts of a source: `survey/R12` and `R12`."""
    part = id.removeprefix(f"{source.id}/")
    return [] if part == id else [replace(source, id=id), replace(source, id=part)]


def with_row_of(
    source: Source, transcript: Transcript, table: Mapping[str, Mapping[str, str]]
) -> tuple[Transcript, list[Problem]]:
    """The transcript with what a table says of its file and, where it is one of several, of it."""
    if not table:
        return transcript, []
    found = dict(attributes_of(source, table))
    for part in reversed(parts_of(source, transcript.id)):
        said = attributes_of(part, table)
        found.update({name: value for name, value in said.items() if value or name not in found})
    return with_attributes(transcript, found)


def with_attributes(
    transcript: Transcript, attributes: Mapping[str, str]
) -> tuple[Transcript, list[Problem]]:
    """The transcript with a table's attributes added to its own.

    Where both name one, the table's value is taken, and a warning says so; an empty cell
    says nothing.
    """
    merged = dict(transcript.attributes)
    problems: list[Problem] = []
    for name, value in attributes.items():
        own = merged.get(name, "")
        if not value and own:
            continue
        if own and own != value:
            message = f"{name} is {own!r} in the file and {value!r} in the table, which is taken"
            hint = "make the two equal"
            problems.append(Problem(transcript.id, 0, message, hint, Severity.WARNING))
        merged[name] = value
    return replace(transcript, attributes=MappingProxyType(merged)), problems


def _table(rows: Sequence[Row], problems: list[Problem]) -> Attributes:
    names = [cell.strip().lower() for cell in rows[0].cells]
    names = names[: max((n for n, name in enumerate(names, 1) if name), default=0)]
    _check_header(rows[0], names, problems)
    at = next((names.index(one) for one in _ID_COLUMNS if one in names), 0)
    table: Attributes = {}
    lines: dict[str, int] = {}
    for row in rows[1:]:
        key = _key(row.cells[at]) if len(row.cells) > at else ""
        if not key:
            problems.append(Problem("", row.line, "this row has no ID", "fill its first column"))
        elif key in table:
            message = f"the ID {key!r} stands twice, first in line {lines[key]}"
            problems.append(Problem("", row.line, message, "remove one of the two rows"))
        else:
            lines[key] = row.line
            table[key] = {
                name: row.cells[n].strip() if n < len(row.cells) else ""
                for n, name in enumerate(names)
                if n != at and name
            }
    return table


def _check_header(header: Row, names: Sequence[str], problems: list[Problem]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for name in twice:
        message = f"the column {name!r} stands twice; the last one is taken"
        problems.append(Problem("", header.line, message, "rename one", Severity.WARNING))
    if not any(one in names for one in _ID_COLUMNS):
        first = names[0] if names else ""
        message = f"no column is called id or transcript; {first!r} is taken for the ID"
        hint = "call the column with the transcripts' IDs `id`"
        problems.append(Problem("", header.line, message, hint, Severity.WARNING))


def _key(cell: str) -> str:
    return (
        unicodedata.normalize("NFC", str(PurePosixPath(cell.strip().replace("\\", "/"))))
        if cell.strip()
        else ""
    )
