"""Where in time codes stand: by date of the transcripts, or by the place within each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.base import kinds_in_order
from thematic.analysis.coded_units import (
    CodedUnit,
    basis_note,
    coded_units,
    countable,
    uncountable_note,
)
from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.period import Period, period_of
from thematic.model.study import Study

POSITION = "position"
BINS = 10
COLUMNS = [
    "theme",
    "code",
    "kind",
    "by",
    "period",
    "bin",
    "bin_from",
    "bin_to",
    "transcripts",
    "transcripts_N",
    "cases",
    "cases_N",
    "units",
    "units_N",
    "words_N",
    "units_per_1000_words",
    *SETTINGS,
]
_SHOWN = 5  # values without a date that are named


@dataclass
class _Tally:
    transcripts: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    units: int = 0
    words: int = 0

    def add(self, one: CodedUnit) -> None:
        self.transcripts.add(one.source.transcript.id)
        self.cases.add(one.source.transcript.case)
        self.units += 1
        self.words += one.unit.words


@dataclass
class _Bin:
    """One period, or one part of the talk, of one kind."""

    base: _Tally = field(default_factory=_Tally)
    codes: defaultdict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))


Bins = dict[tuple[str, str], _Bin]  # by kind and label


def trend(
    codings: Codings,
    study: Study | None = None,
    *,
    by: str = POSITION,
    period: Period = Period.MONTH,
    bins: int = BINS,
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
) -> ResultTable:
    """How often each code is found in each period, or in each part of the talk.

    Args:
        codings: from `code_transcripts`.
        study: its status.
        by: `position`, for parts of each transcript with equal numbers of counted words; or
            the name of an attribute that holds a date.
        period: of dates: day, month or year.
        bins: of positions: how many parts.
        codes: paths, each with all below it; empty = the themes.
        basis: whose codings count.
        unit: what is counted once; None = the codings' unit. It belongs to the part of the
            talk in which it begins.

    Returns:
        One row for each kind, code and bin with a counted word, in order of time; transcripts
        without a clear date last, in a bin without a name.

    Raises:
        ValueError: positions of whole transcripts.
    """
    study, unit = study or Study(), unit or codings.unit
    if by == POSITION and unit is Unit.TRANSCRIPT:
        raise ValueError("a whole transcript has no position in itself")
    named = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, named)
    every = coded_units(codings, unit, basis, every=True)
    labelled = _by_position(every, bins) if by == POSITION else _by_date(every, by, period)
    found = _filled(labelled)
    length = _part_name(bins) if by == POSITION else period.value
    settings = {"by": by, "period": length} | settings_of(codings, study, unit, basis)
    rows = [
        {"theme": path.partition("/")[0], "code": path}
        | _row(key, found[key], path, bins if by == POSITION else 0)
        | settings
        for key in _in_order(found)
        for path in paths
    ]
    notes = [*_notes(by, unit, found), *_undated(codings, by, period)]
    notes += [*uncountable_note(named, paths), basis_note(codings, basis)]
    return table_of("trend", rows, COLUMNS, unit.value, tuple(notes))


def _by_position(every: Iterable[CodedUnit], bins: int) -> Iterator[tuple[str, CodedUnit]]:
    """Each unit with the part of its transcript in which it begins."""
    at, before = "", 0
    width = len(str(bins))
    for one in every:
        if one.source.transcript.id != at:
            at, before = one.source.transcript.id, 0
        part = min(bins - 1, bins * before // max(one.source.words, 1))
        before += one.unit.words
        yield f"{part + 1:0{width}}", one


def _by_date(
    every: Iterable[CodedUnit], by: str, period: Period
) -> Iterator[tuple[str, CodedUnit]]:
    for one in every:
        yield period_of(one.source.transcript.attributes.get(by, ""), period), one


def _filled(labelled: Iterable[tuple[str, CodedUnit]]) -> Bins:
    found: defaultdict[tuple[str, str], _Bin] = defaultdict(_Bin)
    for label, one in labelled:
        here = found[one.source.transcript.kind, label]
        here.base.add(one)
        for path in one.codes:
            here.codes[path].add(one)
    return {key: each for key, each in found.items() if each.base.words}


def _in_order(found: Bins) -> list[tuple[str, str]]:
    kinds = kinds_in_order([kind for kind, _ in found])
    return sorted(found, key=lambda key: (kinds.index(key[0]), not key[1], key[1]))


def _row(key: tuple[str, str], here: _Bin, path: str, bins: int) -> dict[str, Any]:
    kind, label = key
    tally, base = here.codes.get(path, _Tally()), here.base
    part = int(label) if bins else 0
    return {
        "kind": kind,
        "bin": str(part) if bins else label,
        "bin_from": (part - 1) / bins if bins else None,
        "bin_to": part / bins if bins else None,
        "transcripts": len(tally.transcripts),
        "transcripts_N": len(base.transcripts),
        "cases": len(tally.cases),
        "cases_N": len(base.cases),
        "units": tally.units,
        "units_N": base.units,
        "words_N": base.words,
        "units_per_1000_words": 1000 * tally.units / base.words,
    }


def _part_name(bins: int) -> str:
    return "tenth" if bins == BINS else f"1/{bins}"


def _notes(by: str, unit: Unit, found: Bins) -> Iterator[str]:
    if by == POSITION:
        yield (
            "Each transcript is parted by its own counted words, and the parts of all of one kind "
            f"are put together. A {unit.value} belongs where it begins."
        )
    elif any(label for _, label in found):
        yield "Periods without a counted word have no row."
    yield "In brackets: for each 1,000 counted words of the same part or period."


def _undated(codings: Codings, by: str, period: Period) -> list[str]:
    """Which transcripts have no date that is clear and exact enough."""
    if by == POSITION:
        return []
    values = {
        source.transcript.id: source.transcript.attributes.get(by, "")
        for source in codings.transcripts
    }
    without = [id for id, value in values.items() if not period_of(value, period)]
    if not without:
        return []
    said = [f"{id} ({values[id]})" if values[id] else id for id in without[:_SHOWN]]
    more = f" and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
    return [
        f"Without a clear {by} to the {period.value}, and counted apart: {', '.join(said)}{more}. "
        "Dates are read as 2021-07-08 or 8 July 2021."
    ]
