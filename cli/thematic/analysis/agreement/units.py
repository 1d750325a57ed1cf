"""Agreement on units: all coefficients of one table, and by interview and by pair of coders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from thematic.analysis.agreement.estimate import Coefficient, Estimate, Resampling
from thematic.analysis.agreement.estimating import estimates
from thematic.analysis.agreement.ratings import Level, Ratings, Repeat
from thematic.analysis.agreement.totals import tally
from thematic.analysis.agreement.weights import BY_LEVEL, Weights
from thematic.errors import UsageError
from thematic.model.nouns import dataclass

_NO_INTERVALS = Resampling(resamples=0)


@dataclass(frozen=True)
class Agreement:
    """All figures of one table of ratings, and what went into it."""

    estimates: tuple[Estimate, ...]
    units: int  # in the table
    units_rated_once: int
    units_unrated: int
    coders: tuple[str, ...]
    repeats: tuple[Repeat, ...] = ()

    def __getitem__(self, coefficient: str) -> Estimate:
        """One figure by its name."""
        return next(one for one in self.estimates if one.coefficient == coefficient)


def agreement(
    ratings: Ratings,
    *,
    weights: Weights | None = None,
    plan: Resampling | None = None,
    coefficients: Sequence[Coefficient] = tuple(Coefficient),
) -> Agreement:
    """Every coefficient of one table.

    Args:
        ratings: units by coders; units that one coder rated are reported, and count only
            where a coefficient's chance is made of all ratings (Fleiss, Conger, Gwet).
        weights: credit for near misses in the kappas and Gwet's AC; None = as the level
            has it. Alpha has its own metric for each level.
        plan: how intervals are made; None = the default.
        coefficients: which to compute.

    Raises:
        UsageError: weights other than identity for nominal categories.
    """
    weights = weights or BY_LEVEL[ratings.level]
    if ratings.level is Level.NOMINAL and weights is not Weights.IDENTITY:
        raise UsageError(
            f"{weights} weights need categories in an order", "give another level than nominal"
        )
    counted = tally(ratings, weights)
    plan = plan or Resampling()
    return Agreement(
        estimates=tuple(estimates(counted, plan, coefficients)),
        units=len(ratings.units),
        units_rated_once=ratings.units_rated_once,
        units_unrated=ratings.units_unrated,
        coders=ratings.coders,
        repeats=ratings.repeats,
    )


def agreement_by_interview(
    ratings: Ratings, *, weights: Weights | None = None
) -> dict[str, Agreement]:
    """The coefficients of each interview; without intervals, which need several of them.

    Empty where the table names no interviews.
    """
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(ratings.groups):
        rows.setdefault(name, []).append(row)
    return {
        name: _one_interview(agreement(ratings.rows(kept), weights=weights, plan=_NO_INTERVALS))
        for name, kept in rows.items()
    }


def agreement_by_pair(
    ratings: Ratings, *, weights: Weights | None = None, plan: Resampling | None = None
) -> dict[tuple[str, str], Agreement]:
    """The coefficients of every two coders, on the units both rated or one of them did."""
    return {
        pair: agreement(ratings.of_coders(pair), weights=weights, plan=plan)
        for pair in combinations(ratings.coders, 2)
    }


def _one_interview(found: Agreement) -> Agreement:
    """Says that one interview has no interval: its units are not independent."""
    told = tuple(
        one if one.value is None else replace(one, no_interval="one interview only")
        for one in found.estimates
    )
    return replace(found, estimates=told)
