"""The case-by-code matrix: one row per person or transcript, one column per code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.coded_units import (
    CodedUnit,
    basis_note,
    coded_units,
    countable,
    uncountable_note,
)
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.model.cells import Cells
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study

_FIRST = {
    "case": ("kind", "case", "transcripts", "words_N"),
    "transcript": ("kind", "transcript", "case", "transcripts", "words_N"),
}
_LAST = ("cells", *SETTINGS)
Row = tuple[str, str]  # kind; case or transcript


@dataclass
class _Base:
    """What stands beside the counts of one row."""

    transcripts: int = 0
    words: int = 0
    case: str = ""


@dataclass
class _Counts:
    """By row and code, what its cell holds."""

    cells: Cells
    found: defaultdict[Row, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, row: Row, one: CodedUnit) -> None:
        """Take up one coded unit."""
        for path in one.codes:
            match self.cells:
                case Cells.UNITS | Cells.RATE:
                    self.found[row][path] += 1
                case Cells.MENTIONS:
                    self.found[row][path] += len(one.mentions.get(path, ()))
                case Cells.WORDS:
                    self.found[row][path] += one.unit.words
                case Cells.BINARY:
                    self.found[row][path] = 1


def case_matrix(
    codings: Codings,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
    by: str = "case",
    cells: Cells = Cells.UNITS,
) -> ResultTable:
    """What each person (or transcript) says under each code.

    Args:
        codings: from `code_transcripts`.
        study: what is declared.
        codes: paths, each with all below it; empty = the themes.
        basis: whose codings count.
        unit: what is counted once; None = the codings' unit.
        by: case or transcript.
        cells: what the cells hold.

    Returns:
        A row for each case and kind, interviews first, then by name. A column for each code,
        called by its path (`code:kind` where a column of that name is there already); None
        where nobody said a counted word.

    Raises:
        ValueError: `by` is neither; mentions are asked for of what people decided.
    """
    if by not in _FIRST:
        raise ValueError(f"by {by!r} is none of {', '.join(_FIRST)}")
    if cells is Cells.MENTIONS and basis is Basis.DECIDED:
        raise ValueError("people decide on units; mentions are matches of rules")
    study, unit = study or Study(), unit or codings.unit
    asked = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, asked)
    bases = _bases(codings, by)
    counts = _Counts(cells)
    for one in coded_units(codings, unit, basis):
        counts.add(_row_of(one.source, by), one)
    names = column_names(paths)
    settings = {"cells": cells.value} | settings_of(codings, study, unit, basis)
    rows = []
    for row in _in_order(bases):
        values = {names[p]: _value(counts.found[row][p], cells, bases[row]) for p in paths}
        # Who said nothing that counts, did not leave a theme out either.
        rows.append(_head(row, bases[row], by) | (values if bases[row].words else {}) | settings)
    columns = [*_FIRST[by], *names.values(), *_LAST]
    notes = (_note(cells, unit), *uncountable_note(asked, paths), basis_note(codings, basis))
    return table_of("matrix", rows, columns, unit.value, notes)


def column_names(paths: Sequence[str]) -> dict[str, str]:
    """The column of each code: its path, unless another column is called so."""
    taken = {*_FIRST["transcript"], *_LAST}
    return {path: f"code:{path}" if path in taken else path for path in paths}


def code_columns(columns: Sequence[str]) -> dict[str, str]:
    """By column, the path of the code that it counts, of a matrix with these columns."""
    others = {*_FIRST["transcript"], *_LAST}
    return {name: name.removeprefix("code:") for name in columns if name not in others}


def _row_of(source: TranscriptCoding, by: str) -> Row:
    transcript = source.transcript
    return transcript.kind, transcript.case if by == "case" else transcript.id


def _bases(codings: Codings, by: str) -> dict[Row, _Base]:
    found: dict[Row, _Base] = {}
    for source in codings.transcripts:
        base = found.setdefault(_row_of(source, by), _Base(case=source.transcript.case))
        base.transcripts += 1
        base.words += source.words
    return found


def _in_order(bases: dict[Row, _Base]) -> list[Row]:
    kinds = kinds_in_order([kind for kind, _ in bases])
    return sorted(bases, key=lambda row: (kinds.index(row[0]), row[1]))


def _value(count: int, cells: Cells, base: _Base) -> float | None:
    """What stands in a cell: the count, or how many of them in 1,000 words."""
    if cells is not Cells.RATE:
        return count
    return 1000 * count / base.words if base.words else None


def _head(row: Row, base: _Base, by: str) -> dict[str, Any]:
    return {
        "kind": row[0],
        by: row[1],
        "case": base.case,
        "transcripts": base.transcripts,
        "words_N": base.words,
    }


def _note(cells: Cells, unit: Unit) -> str:
    said = {
        Cells.UNITS: f"Cells: {unit.value}s that carry the code, each once.",
        Cells.MENTIONS: "Cells: matches of rules, counted ones.",
        Cells.WORDS: f"Cells: words of the {unit.value}s that carry the code, each once.",
        Cells.RATE: f"Cells: {unit.value}s that carry the code, for each 1,000 counted words.",
        Cells.BINARY: "Cells: 1 where the code is found at all, else 0.",
    }[cells]
    return f"{said} Persons differ in how much they say: Words, all counted ones."
