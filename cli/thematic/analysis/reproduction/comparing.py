"""A printed table beside what codebook and transcripts give, by cells and by ways of counting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

from thematic.analysis.coded_units import CodedUnit, coded_units
from thematic.analysis.reproduction.counting import WHOLE, Key, Tallies
from thematic.analysis.reproduction.heads import base_named
from thematic.analysis.reproduction.names import NameMatch, Sameness
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, said
from thematic.analysis.turn_groups import grouping_by
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.study import Study
from thematic.model.tally import Counts, Measure, PrintedCell, Scale

CELLS = (
    *("row", "printed_code", "code", "printed_group", "group", "printed", "printed_value"),
    *("reproduced", "difference", "agrees", "measure", "base", "printed_base"),
)
MEASURES = ("measure", "declared", "cells", "agree", "mean_difference", "largest_difference")
NAMES = ("printed", "axis", "meaning", "how", "proposed")
BEHIND = ("code", "group", "citation", "text", "negated")


@dataclass(frozen=True)
class Comparison:
    """A printed table with the meaning of its names and what was counted.

    Args:
        cells: of which both names are known.
        codes, groups: what the printed names mean.
        by: what the groups are.
        declared: what the user says that the table counts.
    """

    cells: Sequence[PrintedCell]
    codes: Mapping[str, NameMatch]
    groups: Mapping[str, NameMatch]
    by: str
    declared: Measure
    tallies: Tallies

    def names(self, cell: PrintedCell) -> tuple[str, str]:
        """The group and the code of a cell."""
        group = WHOLE if cell.is_whole else self.groups[cell.group].name
        return group, self.codes[cell.code].name

    def value(self, cell: PrintedCell, way: Measure) -> float | None:
        """What a cell should hold where the table is counted in some way."""
        group, code = self.names(cell)
        measure = cell.under(way)
        match self.codes[cell.code].how:
            case Sameness.BASE:
                return float(self.base(cell, way))
            case Sameness.SUM:
                values = [self._value((group, one), measure) for one in self._summed]
                return None if None in values else sum(one for one in values if one is not None)
            case _:
                return self._value((group, code), measure)

    def _value(self, key: Key, measure: Measure) -> float | None:
        return self.tallies.value(measure, key, *self._printed)

    def base(self, cell: PrintedCell, way: Measure) -> int:
        """What that is set against."""
        measure = cell.under(way)
        if self.codes[cell.code].how is Sameness.BASE:
            said = base_named(cell.code, Counts.SENTENCES)[1]
            return self.tallies.bases[said or measure.counts][self.names(cell)[0]]
        return self.tallies.base(measure, self.names(cell), *self._printed)

    @cached_property
    def _summed(self) -> list[str]:
        """The codes printed, without those that count in another one printed."""
        codes = self._printed[1]
        return [one for one in codes if not any(one.startswith(f"{above}/") for above in codes)]

    @cached_property
    def _printed(self) -> tuple[list[str], list[str]]:
        """The groups and codes of the table, for shares of rows and columns."""
        names = [self.names(cell) for cell in self.cells]
        groups = list(dict.fromkeys(group for group, _ in names))
        return groups, list(dict.fromkeys(code for _, code in names if code))


def cells_table(found: Comparison, notes: tuple[str, ...] = ()) -> ResultTable:
    """One row a printed cell: what is printed, what was reproduced, and whether they agree.

    A number agrees where the one reproduced, rounded to the digits printed, is the same.
    """
    rows = [_cell(cell, found) for cell in found.cells]
    return table_of("reproduction", rows, CELLS, str(found.declared), notes)


def _cell(cell: PrintedCell, found: Comparison) -> dict[str, Any]:
    value = found.value(cell, found.declared)
    base = found.base(cell, found.declared)
    printed = cell.printed
    same_base = printed.base is None or printed.base == base
    group, code = found.names(cell)
    return {
        "row": cell.row,
        "printed_code": cell.code,
        "code": code,
        "printed_group": cell.group,
        "group": group,
        "printed": printed.text,
        "printed_value": printed.value,
        "reproduced": _plain(value),
        "difference": None if value is None else _plain(value - printed.value),
        "agrees": value is not None and printed.agrees(value) and same_base,
        "measure": str(cell.under(found.declared)),
        "base": base,
        "printed_base": printed.base,
    }


def _plain(value: float | None) -> float | int | None:
    """Whole numbers as such."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 6)


def measures_table(found: Comparison) -> ResultTable:
    """All ways to count, side by side: the declared one first, each other one exploratory.

    That a way fits best is no evidence that the table was counted so.
    """
    scales = list(Scale)
    ways = [Measure(counts, scale) for scale in scales for counts in Counts]
    ways = [found.declared, *(way for way in ways if way != found.declared)]
    rows = [_measure(way, found) for way in _different(ways, found.cells)]
    notes = (
        "The declared way of counting comes first. A way that fits better is exploratory: it was "
        "found by looking at the answer, and is no evidence that the table was counted so.",
    )
    return table_of("measures", rows, MEASURES, "cell", notes)


def _different(ways: Sequence[Measure], cells: Sequence[PrintedCell]) -> Iterator[Measure]:
    """The ways under which cells are counted differently: one marked % is no plain count."""
    seen = set()
    for way in ways:
        meant = tuple(cell.under(way) for cell in cells)
        if meant not in seen or not cells:
            seen.add(meant)
            yield way


def _measure(measure: Measure, found: Comparison) -> dict[str, Any]:
    """How well a way fits, without rows of bases, which are the same in all."""
    cells = [
        cell
        for cell in found.cells
        if cell.counts in (None, measure.counts) and found.codes[cell.code].how is not Sameness.BASE
    ]
    values = [(cell.printed, found.value(cell, measure)) for cell in cells]
    known = [(printed, value) for printed, value in values if value is not None]
    differences = [abs(value - printed.value) for printed, value in known]
    return {
        "measure": str(measure),
        "declared": measure == found.declared,
        "cells": len(values),
        "agree": sum(printed.agrees(value) for printed, value in known),
        "mean_difference": fmean(differences) if differences else None,
        "largest_difference": max(differences, default=None),
    }


def names_table(found: Comparison) -> ResultTable:
    """What each printed name means, and by which likeness."""
    rows = [
        _name(match, axis)
        for axis, matches in (("code", found.codes), (found.by, found.groups))
        for match in matches.values()
    ]
    return table_of("names", rows, NAMES, "name")


def _name(match: NameMatch, axis: str) -> dict[str, Any]:
    meaning = "all" if axis != "code" and match.how is Sameness.GIVEN and not match.name else ""
    return {
        "printed": match.printed,
        "axis": axis,
        "meaning": match.name or meaning,
        "how": match.how.value,
        "proposed": "; ".join(match.proposed),
    }


def behind_table(
    found: Comparison, codings: Codings, study: Study, basis: Basis, number: int
) -> ResultTable:
    """Quotes behind the cells that differ: sentences that carry the code in the group.

    Args:
        found: the comparison.
        codings: the coded study.
        study: consent, and what citations may show.
        basis: whose codings.
        number: of quotes for each cell, in text order, each from another transcript first.
    """
    cells = cells_table(found).records()
    differing = (one for one in cells if one["code"] and not one["agrees"])
    wanted = dict.fromkeys((one["group"], one["code"]) for one in differing)
    carried: dict[tuple[str, str], list[CodedUnit]] = {key: [] for key in wanted}
    group_of = grouping_by(found.by, codings, study)
    for one in coded_units(codings, Unit.SENTENCE, basis):
        own = group_of(one.source, one.source.transcript.turns[one.unit.turn - 1])[-1]
        for key in ((group, code) for code in one.codes for group in (own, WHOLE)):
            if key in carried:
                carried[key].append(one)
    rows = [
        _quote(group, code, one, study)
        for (group, code), units in carried.items()
        for one in _spread(units, number)
    ]
    notes = ("Sentences with the code, one of each transcript first.",) if rows else ()
    return table_of("behind", rows, BEHIND, "sentence", notes, quoted=("text",))


def _spread(units: Sequence[CodedUnit], number: int) -> Iterator[CodedUnit]:
    """The first of each transcript, then the others, so many at most."""
    firsts: dict[str, CodedUnit] = {}
    for one in units:
        firsts.setdefault(one.source.transcript.id, one)
    first = list(firsts.values())
    others = [one for one in units if one not in first]
    yield from [*first, *others][:number]


def _quote(group: str, code: str, one: CodedUnit, study: Study) -> dict[str, Any]:
    transcript = one.source.transcript
    turn = transcript.turns[one.unit.turn - 1]
    mentions = one.mentions.get(code, ())
    return {
        "code": code,
        "group": group,
        "citation": citation(transcript, turn, one.unit.span.start, study),
        "text": " ".join(said(one.source, one.unit.span, study).split()),
        "negated": bool(mentions) and all(mention.negation for mention in mentions),
    }
