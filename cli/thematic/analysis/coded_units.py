"""Which codes each unit carries, by rules or by people: what every cross-tabulation is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from thematic.analysis.decided import Key, UnitVerdicts, verdicts, with_ancestors
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, TranscriptCoding, UnitSpan
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass

_SAID = {
    Basis.SUGGESTED: "Counted is what rules suggest, whatever people decided.",
    Basis.DECIDED: "Counted is what people decided that it holds, whether rules suggest it or not.",
    Basis.STANDING: "Counted is what people decided that it holds, and what rules suggest and "
    "people have not refused.",
}


def basis_note(codings: Codings, basis: Basis) -> str:
    """Whose codings a table counts, in a sentence."""
    if codings.judgements is None and basis is not Basis.DECIDED:
        return "All suggested by rules; nobody has decided on them."
    return _SAID[basis]


def countable(codings: Codings, basis: Basis, paths: Sequence[str]) -> list[str]:
    """The codes that could be found: what only people code, no rule suggests.

    In a table of suggestions such a code would have no number, not zero.
    """
    with_rules = {code.path for code in codings.codebook.codes() if code.has_rules}
    return [path for path in paths if basis is not Basis.SUGGESTED or path in with_rules]


def uncountable_note(asked: Sequence[str], counted: Sequence[str]) -> list[str]:
    """Which of the codes asked for are not in the table, and why."""
    missing = [path for path in asked if path not in counted]
    return [f"Left out, for no rule suggests them: {', '.join(missing)}."] if missing else []


@dataclass(frozen=True)
class CodedUnit:
    """One unit and the codes on it.

    Args:
        codes: paths, with those of all codes above them unless only own ones were asked for.
        mentions: by path, the counted mentions of the code and of those below it, in text
            order; a code that only people put there has none.
    """

    source: TranscriptCoding
    unit: UnitSpan
    codes: frozenset[str]
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)


def coded_units(
    codings: Codings,
    unit: Unit | None = None,
    basis: Basis = Basis.SUGGESTED,
    *,
    own: bool = False,
    every: bool = False,
) -> Iterator[CodedUnit]:
    """The units that carry a code, transcript by transcript and in text order.

    Args:
        codings: the coded study.
        unit: what is counted once; None = the codings' unit.
        basis: whose codings count.
        own: a code is only on units that it was put on itself, not one below it.
        every: units without any code too.
    """
    unit = unit or codings.unit
    for source in codings.transcripts:
        found = verdicts(codings, source, unit, own=own)
        codes = _by_start(_standing(found, basis))
        mentions = _mentions(source, unit, own=own)
        for span in source.units[unit]:
            start = span.span.start
            if here := codes.get(start):
                said = mentions.get(start, {})
                kept = {path: tuple(said[path]) for path in sorted(here) if path in said}
                yield CodedUnit(source, span, frozenset(here), kept)
            elif every:
                yield CodedUnit(source, span, frozenset())


def _standing(found: UnitVerdicts, basis: Basis) -> set[Key]:
    match basis:
        case Basis.SUGGESTED:
            return found.suggested
        case Basis.DECIDED:
            return found.holds
        case Basis.STANDING:
            return found.holds | (found.suggested - found.fails)


def _by_start(keys: set[Key]) -> dict[int, set[str]]:
    codes: dict[int, set[str]] = defaultdict(set)
    for path, start in keys:
        codes[start].add(path)
    return codes


def _mentions(
    source: TranscriptCoding, unit: Unit, *, own: bool
) -> dict[int, dict[str, list[Mention]]]:
    """Counted mentions by the start of their unit and by code."""
    found: dict[int, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in source.counted():
        here = found[source.unit_span_of(mention, unit).start]
        for path in [mention.code] if own else with_ancestors(mention.code):
            here[path].append(mention)
    return found
