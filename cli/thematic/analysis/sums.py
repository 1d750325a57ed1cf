"""Code frequencies as running sums: transcripts come one at a time and are let go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.decided import with_ancestors
from thematic.analysis.result import ResultTable, share, table_of
from thematic.model.codebook import Codebook, Unit
from thematic.model.coding import MentionStatus, TranscriptCoding

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


@dataclass
class Sums:
    """What was counted so far, by kind of transcript.

    Args:
        unit: what is counted once.
    """

    unit: Unit
    codes: dict[tuple[str, str], Counts] = field(default_factory=dict)  # by kind and code
    spoken: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # N of transcripts
    words: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    mentions: int = 0  # counted ones

    def add(self, coding: TranscriptCoding) -> None:
        """Count one transcript."""
        kind, words = coding.transcript.kind, coding.words
        self.words[kind] += words
        self.spoken[kind] += words > 0
        units: dict[str, set[int]] = defaultdict(set)
        for mention in coding.mentions:
            if mention.status is MentionStatus.SWALLOWED:
                continue
            counted = mention.status is MentionStatus.SUGGESTED
            self.mentions += counted
            start = coding.unit_span_of(mention, self.unit).start if counted else 0
            for path in with_ancestors(mention.code):
                counts = self.codes.setdefault((kind, path), [0, 0, 0, 0])
                if counted:
                    counts[2] += 1
                    units[path].add(start)
                else:
                    counts[3] += 1
        for path, starts in units.items():
            counts = self.codes[kind, path]
            counts[0] += 1
            counts[1] += len(starts)

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
    def from_data(cls, unit: Unit, data: dict[str, Any]) -> Sums:
        """The sums that `to_data` gave."""
        codes = {(kind, code): list(counts) for kind, code, *counts in data["codes"]}
        spoken, words = defaultdict(int, data["spoken"]), defaultdict(int, data["words"])
        return cls(unit, codes, spoken, words, int(data["mentions"]))

    def table(self, codebook: Codebook) -> ResultTable:
        """One row a code and kind, in codebook order, interviews first; rows of zero too."""
        kinds = kinds_in_order([*self.words]) or kinds_in_order(["interview"])
        rows = [self._row(codebook, kind, path) for kind in kinds for path in codebook.paths()]
        return table_of("sums", rows, COLUMNS, self.unit.value, NOTES)

    def _row(self, codebook: Codebook, kind: str, path: str) -> dict[str, Any]:
        transcripts, units, mentions, withheld = self.codes.get((kind, path), [0, 0, 0, 0])
        spoken, words = self.spoken[kind], self.words[kind]
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
