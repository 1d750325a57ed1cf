"""Two groups of transcripts side by side: how much each speaks of each code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.coded_units import basis_note, coded_units, countable, uncountable_note
from thematic.analysis.groups import BY_KIND, Group, two_groups
from thematic.analysis.ratios import Checked, Person, checked, log_ratio
from thematic.analysis.result import ResultTable, share, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.model.codebook import Unit
from thematic.model.coding import Codings
from thematic.model.comparing import Draws
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study

SIDES = ("a", "b")
OF_A_SIDE = (
    *("transcripts", "transcripts_N", "transcripts_share", "cases", "cases_N"),
    *("units", "words_N", "units_per_1000_words"),
)
COLUMNS = (
    *("theme", "code", "by", "kind", "group_a", "group_b"),
    *(f"{name}_{side}" for side in SIDES for name in OF_A_SIDE),
    *("log_ratio", "zero", "low", "high", "interval", "p", "p_exact", "resamples", "seed"),
    *SETTINGS,
)
WARNING = (
    "The test asks how often chance alone would part these persons so. It holds for persons "
    "drawn by lot from one population; sources chosen on purpose are not, and then low, high and "
    "p say nothing of others than these. Each code is tested by itself."
)
_NO_TEST = (
    "No test and no interval: sources chosen on purpose are no sample (--test gives them, with "
    "that warning)."
)


@dataclass
class _Tally:
    """What one group has of one code."""

    transcripts: set[str] = field(default_factory=set)
    cases: Counter[str] = field(default_factory=Counter)  # units by person
    units: int = 0


def comparison(
    codings: Codings,
    study: Study | None = None,
    *,
    by: str = BY_KIND,
    groups: Sequence[str] = (),
    kind: str = "",
    codes: Sequence[str] = (),
    basis: Basis = Basis.SUGGESTED,
    unit: Unit | None = None,
    test: Draws | None = None,
) -> ResultTable:
    """How much two groups speak of each code: units per 1,000 words, and their log ratio.

    Args:
        codings: from `code_transcripts`.
        study: what is declared; its expected numbers become N of kinds.
        by: `kind`, or an attribute.
        groups: two kinds or values; empty = those that there are, where these are two.
        kind: with an attribute, whose; "" = the first kind that has it.
        codes: paths; empty = the themes.
        basis: whose codings count.
        unit: what is counted once; None = the codings' unit.
        test: how often to draw, and the seed; None = no test and no interval.

    Returns:
        One row per code, in codebook order, columns COLUMNS.

    Raises:
        UsageError: there are not two groups, or none of these names.
    """
    study, unit = study or Study(), unit or codings.unit
    pair = two_groups(codings, study, by, groups, kind)
    asked = list(codes) or [theme.path for theme in codings.codebook.themes]
    paths = countable(codings, basis, asked)
    tallies = [_tallies(codings, group, unit, basis) for group in pair]
    settings = settings_of(codings, study, unit, basis) | {
        "by": by,
        "kind": pair[0].kind if by != BY_KIND else "",
        "group_a": pair[0].name,
        "group_b": pair[1].name,
        "resamples": test.resamples if test else None,
        "seed": test.seed if test else None,
    }
    rows = [
        {"theme": path.partition("/")[0], "code": path}
        | _row(pair, [found.get(path, _Tally()) for found in tallies], test)
        | settings
        for path in paths
    ]
    notes = (
        *_notes(pair, unit, test),
        *uncountable_note(asked, paths),
        basis_note(codings, basis),
    )
    return table_of("comparison", rows, COLUMNS, unit.value, notes)


def _tallies(codings: Codings, group: Group, unit: Unit, basis: Basis) -> dict[str, _Tally]:
    found: dict[str, _Tally] = defaultdict(_Tally)
    ids = {source.transcript.id for source in group.sources}
    for one in coded_units(codings, unit, basis):
        transcript = one.source.transcript
        if transcript.id in ids:
            for path in one.codes:
                found[path].transcripts.add(transcript.id)
                found[path].cases[transcript.case] += 1
                found[path].units += 1
    return found


def _row(pair: Sequence[Group], found: Sequence[_Tally], test: Draws | None) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for side, group, tally in zip(SIDES, pair, found, strict=True):
        row |= {f"{name}_{side}": value for name, value in _side(group, tally).items()}
    a, b = found
    row["log_ratio"] = log_ratio(a.units, pair[0].words, b.units, pair[1].words)
    row["zero"] = " ".join(s for s, tally in zip(SIDES, found, strict=True) if not tally.units)
    return row | _tested(pair, found, test)


def _side(group: Group, tally: _Tally) -> dict[str, Any]:
    n = len(tally.transcripts)
    return {
        "transcripts": n,
        "transcripts_N": group.transcripts_n,
        "transcripts_share": share(n, group.transcripts_n),
        "cases": len(tally.cases),
        "cases_N": group.cases_n,
        "units": tally.units,
        "words_N": group.words,
        "units_per_1000_words": 1000 * tally.units / group.words if group.words else None,
    }


def _tested(pair: Sequence[Group], found: Sequence[_Tally], test: Draws | None) -> dict[str, Any]:
    if test is None:
        return {"interval": "not asked for"}
    persons = [_persons(group, tally) for group, tally in zip(pair, found, strict=True)]
    said: Checked = checked(persons[0], persons[1], test)
    return {
        "low": said.low,
        "high": said.high,
        "interval": said.no_interval,
        "p": said.p,
        "p_exact": None if said.p is None else said.exact,
    }


def _persons(group: Group, tally: _Tally) -> list[Person]:
    """Units and words of each person with any word; who has no unit is among them."""
    words: Counter[str] = Counter()
    for source in group.sources:
        words[source.transcript.case] += source.words
    return [(tally.cases[case], n) for case, n in sorted(words.items()) if n]


def _notes(pair: Sequence[Group], unit: Unit, test: Draws | None) -> Iterator[str]:
    a, b = pair[0].name, pair[1].name
    yield (
        f"Per 1,000 words: {unit.value}s with the code for each 1,000 counted words of the group. "
        f"Log ratio: +1 is twice as often in A ({a}) as in B ({b}), -1 half as often; where one "
        "has none, 0.5 stands for it (marked *), and where neither has any there is no ratio."
    )
    yield "Compare a code between groups; codes have unequal numbers of rules: do not rank them."
    if test is None:
        yield _NO_TEST
        return
    yield (
        f"{WARNING} Drawn are whole persons, {test.resamples:,} times, seed {test.seed}; p of "
        "few allocations is exact."
    )
