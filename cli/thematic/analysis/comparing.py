"""Two tables of texts compared cell by cell, whatever they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from thematic.model.nouns import dataclass

# Columns by which a row is known again, where a table has them.
KEYS = (
    *("section", "transcript", "kind", "case", "speaker", "role", "theme", "code", "code_a"),
    *("code_b", "unit_start", "unit_end", "start", "end", "rule", "rule_line", "file", "column"),
)
# Columns whose texts may be words of a transcript or name a person: they are never told.
_UNTOLD = ("text", "before", "after", "asked", "quote", "note", "speaker", "negation", "citation")
ROW, COLUMN = "(row)", "(column)"  # in the place of a column: all of it is new or gone

Row = tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """A table as texts, as it stands in a file."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell that is not as it was.

    Args:
        row: what the row is about, in words.
        column: its name; ROW or COLUMN where all of it is new or gone.
        was, now: the texts; None where there is no such cell, or where it may not be told.
    """

    row: str
    column: str
    was: str | None
    now: str | None


def differences(old: Cells, new: Cells) -> Iterator[CellDifference]:
    """Every cell that differs, in the order of the rows; rows are known by their KEYS.

    Rows of one key are compared in their order. Where a key is gone and another has come at
    the same place, one cell of the key was altered, and that is told.
    """
    for name in old.columns:
        if name not in new.columns:
            yield CellDifference("", COLUMN, name, None)
    for name in new.columns:
        if name not in old.columns:
            yield CellDifference("", COLUMN, None, name)
    shared = [name for name in old.columns if name in new.columns]
    keys = [name for name in shared if name in KEYS]
    for number, (one, other) in enumerate(_pairs(_records(old), _records(new), keys), 1):
        if one is None or other is None:
            about = _about(one or other or {}, keys) or f"row {number}"
            yield CellDifference(about, ROW, about if one else None, about if other else None)
            continue
        for name in shared:
            if one[name] != other[name]:
                told = may_be_told(name)
                was, now = (one[name], other[name]) if told else (None, None)
                yield CellDifference(_about(one, keys) or f"row {number}", name, was, now)


def may_be_told(column: str) -> bool:
    """Whether what stands in a column may be told beside what stood there."""
    return column not in _UNTOLD


Record = Mapping[str, str]


def _records(cells: Cells) -> list[Record]:
    return [dict(zip(cells.columns, row, strict=True)) for row in cells.rows]


def _pairs(
    old: Sequence[Record], new: Sequence[Record], keys: Sequence[str]
) -> Iterator[tuple[Record | None, Record | None]]:
    """Each row with the one that is the same now; None where there is none."""
    places: dict[Row, list[int]] = defaultdict(list)
    for place, record in enumerate(new):
        places[_key(record, keys)].append(place)
    taken: set[int] = set()
    partners: list[int | None] = []
    seen: Counter[Row] = Counter()
    for record in old:
        key = _key(record, keys)
        there = places.get(key, [])
        partner = there[seen[key]] if seen[key] < len(there) else None
        partners.append(partner)
        seen[key] += 1
        if partner is not None:
            taken.add(partner)
    for place, record in enumerate(old):
        partner = partners[place]
        # The same place, of which nobody knows the row: a cell of its key was altered.
        if partner is None and len(old) == len(new) and place not in taken:
            partner = place
            taken.add(place)
        yield record, None if partner is None else new[partner]
    yield from ((None, new[place]) for place in range(len(new)) if place not in taken)


def _key(record: Record, keys: Sequence[str]) -> Row:
    return tuple(record[name] for name in keys)


def _about(record: Record, keys: Sequence[str]) -> str:
    """A row in words: what tells it from others, without what may not be told."""
    told = [name for name in keys if may_be_told(name) and record.get(name)]
    implied = [("code", ("theme",)), ("start", ("unit_start", "unit_end"))]
    implied += [("transcript", ("kind", "case", "role"))]
    for name, others in implied:
        if name in told:
            told = [one for one in told if one not in others]
    return ", ".join(record[name] for name in told)
