"""From the rows of a printed table to cells whose codes and groups are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from thematic.analysis.reproduction.comparing import Comparison
from thematic.analysis.reproduction.counting import tallies
from thematic.analysis.reproduction.heads import TOTAL, base_named
from thematic.analysis.reproduction.layout import layout_of
from thematic.analysis.reproduction.names import IN_ALL, NameMatch, Sameness, match_names, plain
from thematic.analysis.turn_groups import grouping_by
from thematic.model.codebook import Codebook
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.study import Study
from thematic.model.tally import Counts, Measure, PrintedCell, TallyRow

BY = ("kind", "transcript", "case", "speaker", "role")
ALL, NONE = "all", "none"  # meanings that are no names
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
    """

    comparison: Comparison
    form: str
    cells: int
    unknown: tuple[NameMatch, ...]
    left_out: tuple[str, ...]
    unread: tuple[tuple[int, str], ...] = ()


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

    def likeness(names: Sequence[str]) -> int:
        matches = match_names(names, codes, asked.means, accept=True).values()
        sure = sum(match.how in (Sameness.SAME, Sameness.GIVEN) for match in matches)
        return sure + sum(bool(match.name) for match in matches)

    labels = frozenset(plain(name) for name in _attributes(codings))
    layout = layout_of(rows, likeness, asked.unit, labels)
    cells = [cell for cell in layout.cells if not {cell.code, cell.group} & _skipped(asked)]
    by, groups = _groups_of(cells, codings, study, asked)
    printed = [cell.code for cell in cells]
    named = match_names(printed, codes, asked.means, accept=asked.accept)
    named = {name: _in_all(match, asked.unit) for name, match in named.items()}
    known = [cell for cell in cells if _is_known(cell, named, groups)]
    comparison = Comparison(
        known, named, groups, by, asked.measure, tallies(codings, study, by, asked.basis)
    )
    unknown = [match for match in (*named.values(), *groups.values()) if not _means(match)]
    return Understood(
        comparison, layout.form, len(cells), tuple(unknown), layout.left_out, layout.unread
    )


def _skipped(asked: Asked) -> set[str]:
    return {printed for printed, meaning in asked.means.items() if meaning == NONE}


def _in_all(match: NameMatch, unit: Counts) -> NameMatch:
    """A name that is no code's: perhaps of a row of sums, or of how many there are in all."""
    if match.name or match.how is Sameness.GIVEN:
        return match
    if plain(match.printed) in TOTAL:
        return replace(match, how=Sameness.SUM, proposed=())
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
) -> tuple[str, dict[str, NameMatch]]:
    """What the groups are, and what each printed one means."""
    printed = list(dict.fromkeys(cell.group for cell in cells if not cell.is_whole))
    given = {name: "" if said == ALL else said for name, said in asked.means.items()}
    ways = [asked.by] if asked.by else [*BY, *_attributes(codings)]
    found = [
        (by, match_names(printed, _spelled(by, codings, study), given, accept=asked.accept))
        for by in (ways if printed else ways[:1])
    ]
    return max(found, key=lambda one: _fit(one[1].values()))


def _fit(matches: Iterable[NameMatch]) -> tuple[int, int]:
    found = list(matches)
    same = sum(match.how is Sameness.SAME for match in found)
    return same, sum(match.how is Sameness.ALIKE for match in found)


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
