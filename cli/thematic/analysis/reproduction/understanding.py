"""From the rows of a printed table to cells whose codes and groups are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from thematic.analysis.reproduction.comparing import Comparison
from thematic.analysis.reproduction.counting import tallies
from thematic.analysis.reproduction.layout import layout_of
from thematic.analysis.reproduction.names import NameMatch, Sameness, match_names
from thematic.analysis.turn_groups import grouping_by
from thematic.model.codebook import Codebook
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.study import Study
from thematic.model.tally import Counts, Measure, PrintedCell, TallyRow

BY = ("kind", "transcript", "case", "speaker", "role")
ALL = "all"
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
    """

    comparison: Comparison
    form: str
    cells: int
    unknown: tuple[NameMatch, ...]
    left_out: tuple[str, ...]


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
        return sum(
            match.how in (Sameness.SAME, Sameness.GIVEN) or bool(match.name) for match in matches
        )

    layout = layout_of(rows, likeness, asked.unit)
    by, groups = _groups_of(layout.cells, codings, study, asked)
    named = match_names(
        (cell.code for cell in layout.cells), codes, asked.means, accept=asked.accept
    )
    known = [cell for cell in layout.cells if _is_known(cell, named, groups)]
    comparison = Comparison(
        known, named, groups, by, asked.measure, tallies(codings, study, by, asked.basis)
    )
    unknown = [match for match in (*named.values(), *groups.values()) if not _means(match)]
    return Understood(comparison, layout.form, len(layout.cells), tuple(unknown), layout.left_out)


def _codes(codebook: Codebook) -> dict[str, list[str]]:
    """Every code's path with the ways to write it: the last part, and the brief description."""
    codes = list(codebook.codes())
    return {
        code.path: [code.name, code.path.replace("/", " "), *_brief(code.brief)] for code in codes
    }


def _brief(brief: str) -> list[str]:
    return [brief] if brief and len(brief.split()) <= 6 else []


def _means(match: NameMatch) -> bool:
    return bool(match.name) or match.how is Sameness.GIVEN


def _is_known(
    cell: PrintedCell, codes: Mapping[str, NameMatch], groups: Mapping[str, NameMatch]
) -> bool:
    return bool(codes[cell.code].name) and (cell.is_whole or _means(groups[cell.group]))


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
    return {name: [_PLURALS[name]] if name in _PLURALS else [] for name in sorted(names) if name}
