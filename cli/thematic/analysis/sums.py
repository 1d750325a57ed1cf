"""Code frequencies as running sums: transcripts come one at a time and are let go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from functools import cached_property
from math import prod
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.decided import with_ancestors
from thematic.analysis.result import ResultTable, share, table_of
from thematic.model.codebook import Codebook, Unit
from thematic.model.coding import MentionStatus
from thematic.model.columns import STATUSES, Column, MentionColumns
from thematic.model.nouns import dataclass

COLUMNS = (
    *("theme", "code", "kind", "transcripts", "transcripts_N", "transcripts_share"),
    *("units", "mentions", "withheld", "words_N", "units_per_1000_words"),
    *("unit", "scope", "codebook", "codebook_hash"),
)
NOTES = (
    "Counts of talk, also of denial and doubt, not of agreement; all suggested by rules. "
    "Themes have unequal numbers of rules: compare groups, do not rank themes.",
)

Counts = list[int]  # transcripts, units, mentions, withheld
_SUGGESTED, _WITHHELD = map(STATUSES.index, (MentionStatus.SUGGESTED, MentionStatus.WITHHELD))


@dataclass
class Sums:
    """What was counted so far, by kind of transcript.

    Args:
        unit: what is counted once.
        codebook: by which the transcripts are coded.
    """

    unit: Unit
    codebook: Codebook
    codes: dict[tuple[str, str], Counts] = field(default_factory=dict)  # by kind and code
    spoken: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # N of transcripts
    words: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    mentions: int = 0  # counted ones

    def add(self, coded: MentionColumns) -> None:
        """Count some transcripts."""
        import numpy as np

        for kind, words in zip(coded.kinds, coded.words, strict=True):
            self.words[kind] += words
            self.spoken[kind] += words > 0
        self.mentions += int((coded.status == _SUGGESTED).sum())
        kinds = np.array(coded.kinds, dtype=object)
        for kind in dict.fromkeys(coded.kinds):
            self._add(kind, coded, (kinds == kind)[coded.transcript])

    def _add(self, kind: str, coded: MentionColumns, chosen: Column) -> None:
        import numpy as np

        held = np.flatnonzero(chosen & (coded.status == _SUGGESTED))
        rows, codes = self._with_ancestors(coded.code[held])
        transcripts, units = coded.transcript[held][rows], coded.unit[held][rows]
        withheld = coded.code[chosen & (coded.status == _WITHHELD)]
        columns = (
            _different(codes, transcripts),
            _different(codes, transcripts, units),
            codes,
            self._with_ancestors(withheld)[1],
        )
        size = len(self._paths)
        counts = np.stack([np.bincount(column, minlength=size) for column in columns], axis=1)
        for code in np.flatnonzero(counts.any(axis=1)).tolist():
            mine = self.codes.setdefault((kind, self._paths[code]), [0, 0, 0, 0])
            self.codes[kind, self._paths[code]] = [
                one + more for one, more in zip(mine, counts[code].tolist(), strict=True)
            ]

    @cached_property
    def _paths(self) -> list[str]:
        return self.codebook.paths()

    @cached_property
    def _ancestors(self) -> Column:
        """Each code and those above it, one row a code, -1 where there are no more."""
        import numpy as np

        places = {path: place for place, path in enumerate(self._paths)}
        lines = [[places[path] for path in with_ancestors(code)] for code in self._paths]
        table = np.full((len(lines), max(map(len, lines), default=1)), -1)
        for row, line in enumerate(lines):
            table[row, : len(line)] = line
        return table

    def _with_ancestors(self, codes: Column) -> tuple[Column, Column]:
        """For each code and each one above it, the place in `codes`, and the code."""
        found = self._ancestors[codes]
        rows, places = (found >= 0).nonzero()
        return rows, found[rows, places]

    def merge(self, other: Sums) -> None:
        """Add what was counted elsewhere, of other transcripts."""
        for key, counts in other.codes.items():
            mine = self.codes.setdefault(key, [0, 0, 0, 0])
            self.codes[key] = [one + more for one, more in zip(mine, counts, strict=True)]
        for kind, number in other.spoken.items():
            self.spoken[kind] += number
        for kind, number in other.words.items():
            self.words[kind] += number
        self.mentions += other.mentions

    def to_data(self) -> dict[str, Any]:
        """The sums as JSON values."""
        return {
            "codes": [[kind, code, *counts] for (kind, code), counts in self.codes.items()],
            "spoken": dict(self.spoken),
            "words": dict(self.words),
            "mentions": self.mentions,
        }

    @classmethod
    def from_data(cls, unit: Unit, codebook: Codebook, data: dict[str, Any]) -> Sums:
        """The sums that `to_data` gave."""
        codes = {(kind, code): list(counts) for kind, code, *counts in data["codes"]}
        spoken, words = defaultdict(int, data["spoken"]), defaultdict(int, data["words"])
        return cls(unit, codebook, codes, spoken, words, int(data["mentions"]))

    def table(self) -> ResultTable:
        """One row a code and kind, in codebook order, interviews first; rows of zero too."""
        kinds = kinds_in_order([*self.words]) or kinds_in_order(["interview"])
        rows = [self._row(kind, path) for kind in kinds for path in self._paths]
        return table_of("sums", rows, COLUMNS, self.unit.value, NOTES)

    def _row(self, kind: str, path: str) -> dict[str, Any]:
        transcripts, units, mentions, withheld = self.codes.get((kind, path), [0, 0, 0, 0])
        spoken, words = self.spoken[kind], self.words[kind]
        codebook = self.codebook
        return {
            "theme": path.partition("/")[0],
            "code": path,
            "kind": kind,
            "transcripts": transcripts,
            "transcripts_N": spoken,
            "transcripts_share": share(transcripts, spoken),
            "units": units,
            "mentions": mentions,
            "withheld": withheld,
            "words_N": words,
            "units_per_1000_words": 1000 * units / words if words else None,
            "unit": self.unit.value,
            "scope": codebook.scope.value,
            "codebook": f"{codebook.name} {codebook.version}".strip(),
            "codebook_hash": codebook.hash[:8],
        }


def _different(codes: Column, *keys: Column) -> Column:
    """The codes of the different rows of some columns; none of their numbers is negative.

    A row is one number where that can hold it: sorting these is many times as fast.
    """
    import numpy as np

    if not len(codes):
        return codes
    columns = (codes, *keys)
    sizes = [int(column.max()) + 1 for column in columns]
    if prod(sizes) >= 2**63:
        return np.unique(np.stack(columns), axis=1)[0]
    rows = codes
    for column, size in zip(keys, sizes[1:], strict=True):
        rows = rows * size + column
    rows = np.sort(rows)
    new = np.ones(len(rows), bool)
    new[1:] = rows[1:] != rows[:-1]
    return rows[new] // prod(sizes[1:])
