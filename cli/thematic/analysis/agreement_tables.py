"""How far coders agree on the same units: by code and pooled, by interview, by pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thematic.analysis.agreement.building import stacked
from thematic.analysis.agreement.estimate import Estimate, Resampling
from thematic.analysis.agreement.pooling import agreement_by_code
from thematic.analysis.agreement.ratings import Ratings
from thematic.analysis.agreement.units import agreement_by_interview, agreement_by_pair
from thematic.analysis.result import ResultTable, table_of
from thematic.model.nouns import dataclass

AGREEMENT_COLUMNS = ["transcript", "pair", "code", "pooled", "coefficient", "label", "value"]
AGREEMENT_COLUMNS += ["low", "high", "interval", "reason", "observed", "expected", "units"]
AGREEMENT_COLUMNS += ["coders", "yes", "standard_error", "standard_error_by", "source", "seed"]
POOLED = "all codes"
NOTES = (
    "Agreement of coders who judged the same units. An empty value is undefined, and its "
    "reason is given. Bands such as 'substantial' are labels, no verdicts.",
    "Units drawn by `thematic sample` hold more of each code than the study does: figures that "
    "correct for chance are of these units.",
    "For reflexive thematic analysis no coefficient is expected: leave it out by design.",
)


@dataclass(frozen=True, slots=True)
class _Of:
    """What a set of figures is of."""

    code: str
    yes: int
    pooled: str = ""
    transcript: str = ""
    pair: str = ""


def agreement_table(
    tables: Mapping[str, Ratings],
    plan: Resampling,
    *,
    by_transcript: bool = False,
    by_pair: bool = False,
) -> ResultTable:
    """Every coefficient of each code and pooled, one row each.

    Args:
        tables: code -> units by coders, from `yes_no_tables`; at least one.
        plan: how intervals by interview are made.
        by_transcript: one set of rows for each interview instead.
        by_pair: one set of rows for every two coders instead.

    Returns:
        Columns AGREEMENT_COLUMNS; `value` is None where it is undefined, with the `reason`.
    """
    if by_pair:
        rows = list(_by_pair(tables, plan))
    else:
        rows = list(_by_transcript(tables) if by_transcript else _by_code(tables, plan))
    return table_of("agreement", rows, AGREEMENT_COLUMNS, "unit", NOTES)


def _by_code(tables: Mapping[str, Ratings], plan: Resampling) -> Iterator[dict[str, Any]]:
    found = agreement_by_code(tables, plan=plan)
    for code, one in found.codes.items():
        yield from _rows(_Of(code, _yes(tables[code])), one.estimates, plan)
    if len(tables) > 1:
        yes = sum(_yes(table) for table in tables.values())
        yield from _rows(_Of(POOLED, yes, "stacked"), found.stacked.estimates, plan)
        yield from _rows(_Of(POOLED, yes, "mean"), found.mean, plan)
        yield from _rows(_Of(POOLED, yes, "averaged"), found.averaged, plan)


def _with_pooled(tables: Mapping[str, Ratings]) -> Iterator[tuple[str, Ratings, str]]:
    """Each code's table, then all stacked, with how they were pooled."""
    yield from ((code, table, "") for code, table in tables.items())
    if len(tables) > 1:
        yield POOLED, stacked(tables), "stacked"


def _by_transcript(tables: Mapping[str, Ratings]) -> Iterator[dict[str, Any]]:
    plan = Resampling(resamples=0)
    for code, table, pooled in _with_pooled(tables):
        for name, one in sorted(agreement_by_interview(table).items()):
            places = [n for n, group in enumerate(table.groups) if group == name]
            of = _Of(code, _yes(table.rows(places)), pooled, transcript=name)
            yield from _rows(of, one.estimates, plan)


def _by_pair(tables: Mapping[str, Ratings], plan: Resampling) -> Iterator[dict[str, Any]]:
    for code, table, pooled in _with_pooled(tables):
        for pair, one in agreement_by_pair(table, plan=plan).items():
            of = _Of(code, _yes(table.of_coders(pair)), pooled, pair=" and ".join(pair))
            yield from _rows(of, one.estimates, plan)


def _yes(table: Ratings) -> int:
    return int((table.matrix == 1).sum())


def _rows(of: _Of, estimates: Sequence[Estimate], plan: Resampling) -> Iterator[dict[str, Any]]:
    for one in estimates:
        yield figures_of(one, plan) | {
            "transcript": of.transcript or None,
            "pair": of.pair or None,
            "code": of.code,
            "pooled": of.pooled or None,
            "yes": of.yes,
        }


def figures_of(one: Estimate, plan: Resampling) -> dict[str, Any]:
    """What a table says of one coefficient, with None for what does not apply."""
    made = one.interval
    how = f"{made.resamples} resamples of {made.drawn}s" if made else one.no_interval
    return {
        "coefficient": one.coefficient,
        "label": one.label,
        "value": one.value,
        "low": made.low if made else None,
        "high": made.high if made else None,
        "interval": how or None,
        "reason": one.reason or None,
        "observed": one.observed,
        "expected": one.expected,
        "units": one.units,
        "coders": one.coders,
        "standard_error": one.standard_error,
        "standard_error_by": one.standard_error_by or None,
        "source": one.source,
        "seed": plan.seed if made else None,
    }
