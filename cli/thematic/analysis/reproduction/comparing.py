"""Tables of a comparison: cells, ways of counting, names, and quotes behind what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Any

from thematic.analysis.coded_units import CodedUnit, coded_units
from thematic.analysis.reproduction.comparison import Comparison
from thematic.analysis.reproduction.counting import groups_by
from thematic.analysis.reproduction.names import IN_ALL, NameMatch, Sameness
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.sources import citation, said
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.study import Study
from thematic.model.tally import Counts, Measure, PrintedCell, Scale

CELLS = (
    *("row", "printed_code", "code", "printed_group", "group", "printed", "printed_value"),
    "printed_digits",
    *("reproduced", "difference", "agrees", "measure", "base", "printed_base"),
)
MEASURES = ("measure", "declared", "cells", "agree", "mean_difference", "largest_difference")
NAMES = ("printed", "axis", "meaning", "how", "proposed")
_MEANINGS = {
    Sameness.SUM: "sum of the codes",
    Sameness.ANY: "any of the codes",
    Sameness.BASE: "all there are",
}
BEHIND = ("code", "group", "citation", "text", "negated")


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
        "printed_digits": printed.digits,
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
        if cell.counts in (None, measure.counts)
        and not cell.is_base
        and found.codes[cell.code].how is not Sameness.BASE
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
    rows = [_name(match, "code") | _total(match, found) for match in found.codes.values()]
    rows += [_name(match, _axis(match, found.table.by)) for match in found.groups.values()]
    return table_of("names", rows, NAMES, "name")


def _total(match: NameMatch, found: Comparison) -> dict[str, str]:
    """What a row of totals was read as."""
    own = (cell for cell in found.cells if cell.code == match.printed)
    cell = next(own, None) if match.how in IN_ALL else None
    if cell is None:
        return {}
    return {"meaning": _MEANINGS[found.how(cell, cell.under(found.declared))], "how": "total"}


def _axis(match: NameMatch, by: Sequence[str]) -> str:
    """Of which grouping a group is."""
    own = (one for one in by[1:] if match.name.startswith(f"{one}: "))
    return next(own, by[0])


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
    grouped = groups_by(found.table, codings, study)
    groups = {source.transcript.id: grouped(source) for source in codings.transcripts}
    for one in coded_units(codings, Unit.SENTENCE, basis):
        own = groups[one.source.transcript.id][one.unit.turn]
        for key in ((group, code) for code in one.codes for group in own):
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
