"""From the rows of a printed table to cells whose codes and groups are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import combinations

from thematic.analysis.reproduction.comparison import Comparison
from thematic.analysis.reproduction.counting import Table, group_name, tallies
from thematic.analysis.reproduction.heads import EVERYTHING, SUBTOTAL, TOTAL, base_named
from thematic.analysis.reproduction.layout import layout_of
from thematic.analysis.reproduction.names import IN_ALL, NameMatch, Sameness, match_names, plain
from thematic.analysis.turn_groups import grouping_by
from thematic.analysis.uncoded.likeness import stemmer
from thematic.model.codebook import Codebook
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.tally import Counts, Measure, PrintedCell, TallyRow

BY = ("kind", "transcript", "case", "speaker", "role")
ALL, NONE = "all", "none"  # meanings that are no names
TOTALS = {"sum": Sameness.SUM, "any": Sameness.ANY, "base": Sameness.BASE}  # of a row of totals
_LONG, _MOST_VALUES = 40, 8  # signs and numbers of attributes by which transcripts are named
_PLURALS = {"interview": "interviews", "publication": "publications"}


@dataclass(frozen=True)
class Asked:
    """How a printed table is to be understood.

    Args:
        measure: what it counts, as the user says before looking.
        unit: in which codings are counted.
        by: what its groups are; "" = what their names fit best.
        means: printed name -> code, group, or `all`, as the user says.
        accept: take names that are only alike.
        basis: whose codings are counted.
    """

    measure: Measure
    unit: Counts = Counts.SENTENCES
    by: str = ""
    means: Mapping[str, str] = field(default_factory=dict)
    accept: bool = False
    basis: Basis = Basis.SUGGESTED


@dataclass(frozen=True)
class Understood:
    """A comparison, and what of the table could not be taken into it.

    Args:
        form: how the table was understood, in words.
        cells: how many numbers it holds.
        unknown: names of which it is not sure what they mean.
        left_out: columns without numbers.
        unread: rows and texts of cells among the numbers that are none.
        halves: rows and texts of cells whose second number was passed over.
        fitting_all: how many cells of totals would agree if they were of all that was read,
            where they are taken to be of the groups printed.
    """

    comparison: Comparison
    form: str
    cells: int
    unknown: tuple[NameMatch, ...]
    left_out: tuple[str, ...]
    unread: tuple[tuple[int, str], ...] = ()
    halves: tuple[tuple[int, str], ...] = ()
    fitting_all: int = 0


def understood(
    rows: Sequence[TallyRow], codings: Codings, study: Study, asked: Asked
) -> Understood:
    """Find the cells of a printed table, and count what they should hold.

    Args:
        rows: of the file.
        codings: the coded study.
        study: for labels that consent hides.
        asked: what the user says of the table.
    """
    codes = _codes(codings.codebook)
    stem = stemmer(codings.codebook.language)

    def likeness(names: Sequence[str]) -> int:
        matches = match_names(names, codes, asked.means, accept=True, stem=stem).values()
        sure = sum(match.how in (Sameness.SAME, Sameness.GIVEN) for match in matches)
        return sure + sum(bool(match.name) for match in matches)

    labels = frozenset(plain(name) for name in _attributes(codings))
    layout = layout_of(rows, likeness, asked.unit, labels)
    cells = [cell for cell in layout.cells if not {cell.code, cell.group} & _skipped(asked)]
    by, groups = _groups_of(cells, codings, study, asked)
    printed = [cell.code for cell in cells]
    named = match_names(printed, codes, asked.means, accept=asked.accept, stem=stem)
    named = {name: _in_all(match, asked.unit) for name, match in named.items()}
    known = [cell for cell in cells if _is_known(cell, named, groups)]
    table = Table(
        by,
        frozenset(match.name for match in named.values() if match.name),
        _together(cells, groups, _spelled(by[0], codings, study), asked),
    )

    def compared(table: Table) -> Comparison:
        counted = tallies(codings, study, table, asked.basis)
        return Comparison(known, named, groups, table, asked.measure, counted)

    comparison = compared(table)
    fitting = _fitting(compared(replace(table, together=None))) if table.together else 0
    unknown = [match for match in (*named.values(), *groups.values()) if not _means(match)]
    return Understood(
        comparison, layout.form, len(cells), tuple(unknown), layout.left_out, layout.unread,
        layout.halves, fitting,
    )  # fmt: skip


def _fitting(compared: Comparison) -> int:
    """How many cells of all together agree."""
    cells = [cell for cell in compared.cells if cell.is_whole]
    values = [(cell.printed, compared.value(cell, compared.declared)) for cell in cells]
    return sum(value is not None and printed.agrees(value) for printed, value in values)


def _together(
    cells: Sequence[PrintedCell],
    groups: Mapping[str, NameMatch],
    there: Mapping[str, Sequence[str]],
    asked: Asked,
) -> frozenset[str] | None:
    """The groups that a column of totals is of; None = all that was read.

    Where only some of the groups that there are are printed, it is of these, unless the user
    says that it is of all.
    """
    whole = {cell.group for cell in cells if cell.is_whole}
    names = [match.name for match in groups.values()]
    said = any(asked.means.get(name) == ALL for name in whole)
    if said or not (whole and names and all(names)) or {*map(plain, whole)} <= EVERYTHING:
        return None
    return None if set(there) <= set(names) else frozenset(names)


def _skipped(asked: Asked) -> set[str]:
    return {printed for printed, meaning in asked.means.items() if meaning == NONE}


def _in_all(match: NameMatch, unit: Counts) -> NameMatch:
    """A name that is no code's: perhaps of a row of sums, or of how many there are in all."""
    if match.how is Sameness.GIVEN and match.name in TOTALS:
        return replace(match, name="", how=TOTALS[match.name])
    if match.name or match.how is Sameness.GIVEN:
        return match
    if plain(match.printed) in SUBTOTAL:
        return replace(match, how=Sameness.SUM, proposed=())
    if plain(match.printed) in TOTAL:
        return replace(match, how=Sameness.TOTAL, proposed=())
    if base_named(match.printed, unit)[0]:
        return replace(match, how=Sameness.BASE, proposed=())
    return match


def _codes(codebook: Codebook) -> dict[str, list[str]]:
    """Every code's path with the ways to write it: the last part, and the brief description."""
    codes = list(codebook.codes())
    return {
        code.path: [code.name, code.path.replace("/", " "), *_brief(code.brief)] for code in codes
    }


def _brief(brief: str) -> list[str]:
    return [brief] if brief and len(brief.split()) <= 6 else []


def _means(match: NameMatch) -> bool:
    return bool(match.name) or match.how in (Sameness.GIVEN, *IN_ALL)


def _is_known(
    cell: PrintedCell, codes: Mapping[str, NameMatch], groups: Mapping[str, NameMatch]
) -> bool:
    code = codes[cell.code]
    return bool(code.name or code.how in IN_ALL) and (cell.is_whole or _means(groups[cell.group]))


def _groups_of(
    cells: Sequence[PrintedCell], codings: Codings, study: Study, asked: Asked
) -> tuple[list[str], dict[str, NameMatch]]:
    """What the groups are, and what each printed one means.

    They are of that grouping which fits best; those that are unknown to it may be of another,
    where months and parties stand side by side.
    """
    printed = list(dict.fromkeys(cell.group for cell in cells if not cell.is_whole))
    given = {name: "" if said == ALL else said for name, said in asked.means.items()}
    ways = [asked.by] if asked.by else [*BY, *_attributes(codings)]
    found = [
        (by, match_names(printed, _spelled(by, codings, study), given, accept=asked.accept))
        for by in (ways if printed else ways[:1])
    ]
    first, matches = max(found, key=lambda one: _fit(one[1].values()))
    by = [first]
    for other, others in found:
        same = [
            name
            for name, match in others.items()
            if match.how is Sameness.SAME and not _means(matches[name])
        ]
        if len(same) > 1:
            by.append(other)
            for name in same:
                called = group_name(by, len(by) - 1, others[name].name)
                matches[name] = replace(others[name], name=called)
    return by, matches


def _fit(matches: Iterable[NameMatch]) -> tuple[int, float]:
    found = list(matches)
    same = sum(match.how is Sameness.SAME for match in found)
    return same, sum(match.rating for match in found if match.how is Sameness.ALIKE)


def _attributes(codings: Codings) -> list[str]:
    names = {name for one in codings.transcripts for name in one.transcript.attributes}
    return sorted(names - set(BY))


def _spelled(by: str, codings: Codings, study: Study) -> dict[str, list[str]]:
    """The groups there are, each with the ways to write it."""
    group = grouping_by(by, codings, study)
    names = {
        group(source, turn)[-1]
        for source in codings.transcripts
        for turn in source.transcript.turns
        if turn.number in source.counted_turns
    }
    if by == "transcript":
        return _by_attributes(names, codings)
    return {name: [_PLURALS[name]] if name in _PLURALS else [] for name in sorted(names) if name}


def _by_attributes(names: Iterable[str], codings: Codings) -> dict[str, list[str]]:
    """Transcripts, which tables also call by two of their attributes: Labour 1992."""
    spelled: dict[str, list[str]] = {}
    for source in codings.transcripts:
        one = source.transcript
        if one.id in names:
            values = sorted({value for value in one.attributes.values() if 0 < len(value) <= _LONG})
            spelled[one.id] = [" ".join(pair) for pair in combinations(values[:_MOST_VALUES], 2)]
    return spelled
