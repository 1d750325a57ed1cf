"""What a method note is made of: the facts of one run, and how single facts are worded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from thematic.analysis.base import KindBase
from thematic.analysis.method_facts import Counts, MethodFacts
from thematic.analysis.overview import Overview
from thematic.model.codebook import Codebook
from thematic.model.nouns import dataclass
from thematic.model.transcript import INTERVIEW
from thematic.report.grid import kind_plural, plural

_OF_PERSONS = (INTERVIEW, "survey")  # kinds of transcript in which a case is a person


@dataclass(frozen=True)
class Run:
    """One run, as the note tells of it.

    Args:
        overview: the facts that stand above every table.
        facts: further counts.
        codebook: what was applied.
        exclude: roles and labels whose words did not count.
        version: of thematic.
        versions: of the packages that can change a number, by name.
        agreement: paragraphs on agreement; empty where none was computed.
    """

    overview: Overview
    facts: MethodFacts
    codebook: Codebook
    exclude: Sequence[str]
    version: str
    versions: Mapping[str, str] = field(default_factory=dict)
    agreement: Sequence[str] = ()

    @property
    def units(self) -> str:
        """The unit that is counted, in the plural."""
        return plural(self.overview.unit).lower()

    @property
    def book(self) -> str:
        """The codebook's name and version."""
        version = f", version {self.overview.version}" if self.overview.version else ""
        return f"{self.overview.codebook}{version}"

    @property
    def software(self) -> str:
        """Every program that can change a number, with its version."""
        others = (f"{name} {version}" for name, version in sorted(self.versions.items()))
        return listed([f"thematic {self.version}", *others])


def read(run: Run) -> str:
    """What was read, by kind: `20 of 20 interviews (18 persons) and 4 publications`."""
    return joined([_kind(kind) for kind in run.overview.kinds])


def _kind(kind: KindBase) -> str:
    of = "" if kind.declared is None else f" of {kind.declared}"
    alone = kind.read == 1 and kind.declared in (None, 1)
    name = kind.kind if alone else kind_plural(kind.kind).lower()
    persons = f" ({cases(kind)})" if kind.cases != kind.with_words else ""
    return f"{kind.read:,}{of} {name}{persons}"


def cases(kind: KindBase) -> str:
    """How many persons of a kind speak; what is no interview has cases, such as an organ."""
    return number(kind.cases, "person" if kind.kind in _OF_PERSONS else "case")


def persons(run: Run) -> str:
    """How many persons speak, by kind."""
    each = (f"{cases(kind)} in {number(kind.with_words, kind.kind)}" for kind in run.overview.kinds)
    return f"{listed(each)}, with at least one counted word"


def counted(run: Run) -> str:
    """The words that count, by kind where there are several."""
    found = run.overview
    turns = number(run.facts.turns, "turn")
    text = f"{found.words:,} {found.counted_in} in {turns}"
    if len(found.kinds) < 2:
        return text
    apart = (f"{kind.words:,} in {kind_plural(kind.kind).lower()}" for kind in found.kinds)
    return f"{text} ({listed(apart)})"


def left_out(run: Run) -> str:
    """Whose words do not count, and how many they are."""
    found = run.overview
    parts = [
        f"{part.speaker or 'speakers without a label'} "
        f"{number(part.words, found.counted_in.removesuffix('s'))} in {number(part.turns, 'turn')}"
        for part in found.left_out
    ]
    return listed([*parts, f"marks such as [inaudible] {found.marks_left_out:,}"])


def tallied(counts: Counts) -> str:
    """Names with their numbers, the most first: `phrase 300, near 12`."""
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    return listed(f"{name} {n:,}" for name, n in ordered)


def number(n: int, name: str) -> str:
    """A number with its noun: `1 turn`, `2 turns`."""
    many = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return f"{n:,} {name if n == 1 else many}"


def listed(parts: Iterable[str]) -> str:
    """Parts with commas between."""
    return ", ".join(parts)


def joined(parts: Sequence[str]) -> str:
    """Parts with commas, and `and` before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
