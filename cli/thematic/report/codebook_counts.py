"""How often each code was applied, as a printed codebook says it: with unit and base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from thematic.analysis.frequency import MANUAL
from thematic.analysis.result import ResultTable
from thematic.model.codebook import Code
from thematic.model.nouns import dataclass
from thematic.report.grid import count, kind_plural, of_base, plural


@dataclass(frozen=True)
class Counts:
    """The numbers of a printed codebook.

    Args:
        unit: what is counted once.
        by_code: path of a code -> its row of each kind of transcript.
        read: kind -> how many transcripts of it were read.
        left_out: roles or labels whose words do not count.
    """

    unit: str
    by_code: dict[str, list[dict[str, Any]]]
    read: dict[str, int]
    left_out: tuple[str, ...]

    @property
    def is_decided(self) -> bool:
        """Whether people decided on anything."""
        return any(
            row["decided_units"] is not None for rows in self.by_code.values() for row in rows
        )

    @property
    def _is_disputed(self) -> bool:
        return any(row["disputed"] for rows in self.by_code.values() for row in rows)

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """What the numbers count, of how much, and who says so."""
        units = plural(self.unit).lower()
        yield (
            "n",
            f"codings, unit {self.unit}: a {self.unit} counts once for a code, and the n of a "
            f"theme or code includes the codes below it, so codes can sum to more.",
        )
        left_out = f"; left out are the words of: {', '.join(self.left_out)}"
        yield "Base", f"{self._base()}{left_out if self.left_out else ''}."
        if self.is_decided:
            said = f"{units} on which people say that the code holds, suggested or not."
            yield "Decided", f"{said} Suggested: by rules."
            if self._is_disputed:
                yield (
                    "Disputed",
                    f"suggested {units} on which people differ and nobody settled it; not decided.",
                )
        else:
            yield "Suggested", "by rules; nobody has decided on any."

    def _base(self) -> str:
        said = []
        for kind, row in self._kinds().items():
            number, expected = self.read.get(kind, 0), row["N_declared"]
            name = kind_plural(kind).lower()
            name = name.removesuffix("s") if (expected or number) == 1 else name
            more = f" of {expected} declared" if expected and expected != number else ""
            said.append(f"{number}{more} {name}")
        return ", ".join(said)

    def _kinds(self) -> dict[str, dict[str, Any]]:
        rows = next(iter(self.by_code.values()), [])
        return {row["kind"]: row for row in rows}

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the numbers in the table of all codes."""
        heads: list[str] = []
        for kind in self._kinds():
            what = f"{plural(self.unit).lower()} ({kind_plural(kind).lower()})"
            heads += [f"Suggested {what}", *([f"Decided {what}"] if self.is_decided else [])]
        return tuple(heads)

    def row(self, path: str) -> tuple[str, ...]:
        """The numbers of one code in that table, such as `37 (15/20)`."""
        cells: list[str] = []
        for row in self.by_code.get(path, ()):
            cells.append("–" if row["coded_by"] == MANUAL else _cell(row, ""))
            cells += [_cell(row, "decided_")] if self.is_decided else []
        return tuple(cells)

    def of(self, code: Code) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The numbers of one code in its entry: a label, and a sentence a kind."""
        rows = self.by_code.get(code.path, [])
        if not code.manual:
            yield "n suggested", tuple(self._sentence(row, "") for row in rows)
        if self.is_decided:
            yield "n decided", tuple(self._sentence(row, "decided_") for row in rows)
            if self._is_disputed and not code.manual:
                yield "n disputed", tuple(self._disputed(row) for row in rows)
        elif code.manual:
            yield "n", ("none recorded",)

    def _disputed(self, row: dict[str, Any]) -> str:
        checked = row["checked"] or 0
        units = self.unit if checked == 1 else plural(self.unit).lower()
        kind = kind_plural(row["kind"]).lower()
        return f"{count(row['disputed'] or 0)} of {count(checked)} {units} checked in {kind}"

    def _sentence(self, row: dict[str, Any], prefix: str) -> str:
        n = row[f"{prefix}units"] or 0
        units = self.unit if n == 1 else plural(self.unit).lower()
        return f"{count(n)} {units} in {_of(row, prefix)} {kind_plural(row['kind']).lower()}"


def _cell(row: dict[str, Any], prefix: str) -> str:
    return f"{count(row[f'{prefix}units'] or 0)} ({_of(row, prefix)})"


def _of(row: dict[str, Any], prefix: str) -> str:
    return of_base(row[f"{prefix}transcripts"] or 0, row["transcripts_N"], None)


def counts_of(table: ResultTable, read: Sequence[str], left_out: Sequence[str]) -> Counts:
    """The numbers of a printed codebook.

    Args:
        table: from `frequencies(by="kind")`, all codes.
        read: the kind of each transcript that was read.
        left_out: roles or labels whose words did not count.
    """
    records = table.records()
    by_code: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_code.setdefault(record["code"], []).append(record)
    kinds = {kind: list(read).count(kind) for kind in dict.fromkeys(read)}
    return Counts(table.unit, by_code, kinds, tuple(left_out))
