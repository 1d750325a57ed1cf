"""Cross-tabulation: each code by the groups of an attribute, a kind, a role or a speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field

from thematic.analysis.coded_units import (
    basis_note,
    coded_units,
    countable,
    uncountable_note,
)
from thematic.analysis.cross_tests import TESTED, ChanceTest, columns_of_tests, notes_of_tests
from thematic.analysis.result import ResultTable, share, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.analysis.turn_groups import (
    BY_KIND,
    BY_ROLE,
    BY_SPEAKER,
    Group,
    Grouping,
    grouping_by,
    in_order,
)
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding, UnitSpan
from thematic.model.counting import Once
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Turn

COLUMNS = ["theme", "code", "kind", "by", "group", "n", "N", "share", *TESTED, "count", *SETTINGS]
Member = tuple[str, ...]  # what is counted once


@dataclass
class _Tally:
    """What one group holds: all that could carry a code, and what does."""

    base: set[Member] = field(default_factory=set)
    found: defaultdict[str, set[Member]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True)
class Block:
    """Groups that are compared with each other: those of one kind, or the kinds.

    Args:
        kind: of all of them; "" where the kinds are the groups.
        names: of the groups, in order; "" = the attribute is empty.
        bases: by group, what could carry a code.
        found: by group and code, what does.
    """

    kind: str
    names: tuple[str, ...]
    bases: tuple[frozenset[Member], ...]
    found: tuple[dict[str, int], ...]


def crosstab(
    codings: Codings,
    study: Study | None = None,
    *,
    by: str = BY_KIND,
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
    count: Once | None = None,
    test: ChanceTest | None = None,
) -> ResultTable:
    """How many of each group carry each code; tests only where they are asked for.

    Args:
        codings: from `code_transcripts`.
        study: consent and status.
        by: kind, role, speaker, or the name of an attribute; all but kind within each kind.
        codes: paths, each with all below it; empty = the themes.
        basis: whose codings count.
        unit: what is coded as a whole; None = the codings' unit.
        count: what is counted once; None = the person, by speaker the unit.
        test: how to test; None = no test.

    Returns:
        One row for each kind, code and group; what is said of the code (effect, test) stands in
        each of its rows.

    Raises:
        ValueError: roles or speakers of units that are whole transcripts; tests of units
            without the user's knowing that they depend on each other.
        NotInstalled: tests are asked for, and scipy is missing.
    """
    study, unit = study or Study(), unit or codings.unit
    count = count or (Once.UNIT if by == BY_SPEAKER else Once.CASE)
    if unit is Unit.TRANSCRIPT and by in (BY_ROLE, BY_SPEAKER):
        raise ValueError(f"a whole transcript has no one {by}")
    if test and count is Once.UNIT and not test.dependent:
        raise ValueError("units of one person are not independent of each other")
    named = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, named)
    blocks = _blocks(codings, study, by, paths, basis, unit, count)
    settings = {"by": by, "count": count.value} | settings_of(codings, study, unit, basis)
    columns = columns_of_tests(blocks, paths, test, count)
    rows = [
        {"theme": path.partition("/")[0], "code": path, "kind": block.kind or name}
        | {"group": name, "n": block.found[at].get(path, 0), "N": len(block.bases[at])}
        | {"share": share(block.found[at].get(path, 0), len(block.bases[at]))}
        | columns[block.kind, path]
        | settings
        for block in blocks
        for path in paths
        for at, name in enumerate(block.names)
    ]
    notes = [*_notes(blocks, by, count, unit), *notes_of_tests(rows, test, count)]
    notes += [*uncountable_note(named, paths), basis_note(codings, basis)]
    return table_of("crosstab", rows, COLUMNS, unit.value, tuple(notes))


def _blocks(
    codings: Codings,
    study: Study,
    by: str,
    paths: Sequence[str],
    basis: Basis,
    unit: Unit,
    count: Once,
) -> list[Block]:
    tallies = _tallies(codings, grouping_by(by, codings, study), basis, unit, count)
    apart: dict[str, list[tuple[str, _Tally]]] = {}
    for group, tally in in_order(tallies):
        kind = "" if by == BY_KIND else group[0]
        apart.setdefault(kind, []).append((_name(group, by), tally))
    return [
        Block(
            kind=kind,
            names=tuple(name for name, _ in groups),
            bases=tuple(frozenset(tally.base) for _, tally in groups),
            found=tuple({p: len(tally.found[p]) for p in paths} for _, tally in groups),
        )
        for kind, groups in apart.items()
    ]


def _name(group: Group, by: str) -> str:
    return ": ".join(part for part in group[1:] if part) if by == BY_SPEAKER else group[-1]


def _tallies(
    codings: Codings, grouping: Grouping, basis: Basis, unit: Unit, count: Once
) -> dict[Group, _Tally]:
    """All groups with at least one counted word."""
    found: dict[Group, _Tally] = {}
    for source in codings.transcripts:
        for turn in _counted(source):
            group = grouping(source, turn)
            found.setdefault(group, _Tally()).base |= _members(source, turn, unit, count)
    for one in coded_units(codings, unit, basis):
        turn = _turn_of(one.source, one.unit)
        member = _member(one.source, one.unit, count)
        tally = found.get(grouping(one.source, turn))
        if tally and member in tally.base:
            for path in one.codes:
                tally.found[path].add(member)
    return found


def _counted(source: TranscriptCoding) -> Iterator[Turn]:
    for turn in source.transcript.turns:
        if turn.number in source.counted_turns and source.turn_words[turn.number]:
            yield turn


def _members(source: TranscriptCoding, turn: Turn, unit: Unit, count: Once) -> set[Member]:
    """What a turn brings into the base of its group."""
    if count is not Once.UNIT:
        return {_member(source, None, count)}
    units = (
        source.units[unit]
        if unit is Unit.TRANSCRIPT
        else source.talk.units_in_turn(unit, turn.number)
    )
    return {_member(source, one, count) for one in units}


def _member(source: TranscriptCoding, unit: UnitSpan | None, count: Once) -> Member:
    transcript = source.transcript
    if count is Once.UNIT and unit:
        return transcript.case, transcript.id, str(unit.span.start)
    return (transcript.case,) if count is Once.CASE else (transcript.case, transcript.id)


def _turn_of(source: TranscriptCoding, unit: UnitSpan) -> Turn:
    """The turn of a unit; of a whole transcript its first one that counts."""
    turns = {turn.number: turn for turn in source.transcript.turns}
    return turns[unit.turn] if unit.turn else next(_counted(source))


def counted_name(count: Once, unit: Unit | str) -> str:
    """What is counted once, in the plural."""
    names = {Once.CASE: "persons", Once.TRANSCRIPT: "transcripts"}
    return names.get(count, f"{Unit(unit).value}s")


def _notes(blocks: Sequence[Block], by: str, count: Once, unit: Unit) -> Iterator[str]:
    what = counted_name(count, unit)
    yield (
        f"n/N: {what} with the code, of all {what} of the group that were read and have a "
        "counted word. Percentages only of 20 or more."
    )
    empty = sum("" in block.names for block in blocks)
    if empty and by not in (BY_KIND, BY_ROLE, BY_SPEAKER):
        yield f"Those without a value of {by} are counted apart and compared with nobody."
