"""From counted ratings to estimates: value or reason, standard error, interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from thematic.analysis.agreement.estimate import (
    CHANCE_CORRECTED,
    SOURCES,
    Coefficient,
    Estimate,
    Resampling,
)
from thematic.analysis.agreement.formulas import FORMULAS, Outcome, Scheme, one_category
from thematic.analysis.agreement.precision import standard_error
from thematic.analysis.agreement.resampling import (
    Clusters,
    distribution,
    interval,
    no_interval,
    rare,
)
from thematic.analysis.agreement.totals import Tally, Totals
from thematic.analysis.agreement.weights import Floats, Weights

_TWO_CODERS = (Coefficient.COHEN, Coefficient.PREVALENCE, Coefficient.BIAS)
_TWO_CATEGORIES = (
    Coefficient.POSITIVE,
    Coefficient.NEGATIVE,
    Coefficient.PREVALENCE,
    Coefficient.BIAS,
)


def estimates(
    counted: Tally, plan: Resampling, coefficients: Sequence[Coefficient]
) -> list[Estimate]:
    """Every coefficient asked for, in that order, of one counted table."""
    reasons = {one: _undefined(counted, one) for one in coefficients}
    defined = [one for one in coefficients if not reasons[one]]
    scheme = Scheme(counted.ratings.level, np.asarray(counted.ratings.scores), counted.weight)
    found: dict[Coefficient, Estimate] = {}
    if defined:
        total = counted.total()
        outcomes = {one: FORMULAS[one](total, scheme) for one in defined}
        found = {one: _estimate(counted, one, total, outcomes[one]) for one in defined}
        found = _with_intervals(counted, plan, found, scheme)
    blank = {one: replace(_blank(counted, one), reason=reasons[one]) for one in coefficients}
    return [found.get(one, blank[one]) for one in coefficients]


def _undefined(counted: Tally, coefficient: Coefficient) -> str:
    """Why a coefficient has no value, as far as the table shows; else empty."""
    ratings = counted.ratings
    coders, categories = len(ratings.coders), len(ratings.categories)
    if not coders:
        return "there are no ratings"
    if coders == 1:
        return "only one coder rated anything"
    if not counted.pairable:
        return "no unit was rated by two coders"
    if coefficient in _TWO_CODERS and coders != 2:
        return f"it compares two coders; here are {coders}"
    if coefficient in _TWO_CATEGORIES and categories != 2:
        return f"it needs two categories; here are {categories}"
    if coefficient in CHANCE_CORRECTED:
        used = (counted.counts[counted.of_row >= 2] > 0).any(axis=0)
        if used.sum() < 2:
            only = ratings.categories[int(np.argmax(used))]
            return f"all compared ratings are {only!r}: without variation there is nothing to judge"
    return ""


def _blank(counted: Tally, coefficient: Coefficient) -> Estimate:
    weighted = coefficient in CHANCE_CORRECTED and coefficient is not Coefficient.ALPHA
    return Estimate(
        coefficient=coefficient.value,
        label=_label(counted, coefficient),
        value=None,
        weights=counted.weights.value if weighted else "",
        units=counted.units,
        coders=len(counted.ratings.coders),
        pairable=counted.pairable,
        source=SOURCES[coefficient],
    )


def _label(counted: Tally, coefficient: Coefficient) -> str:
    coders, categories = len(counted.ratings.coders), len(counted.ratings.categories)
    weighted = counted.weights is not Weights.IDENTITY
    names = {
        Coefficient.PERCENT: "percent agreement",
        Coefficient.COHEN: "Cohen's kappa",
        Coefficient.FLEISS: "Fleiss' kappa" + (" (Scott's pi)" if coders == 2 else ""),
        Coefficient.CONGER: "Conger's kappa",
        Coefficient.BRENNAN_PREDIGER: "Brennan–Prediger" + (" (PABAK)" if categories == 2 else ""),
        Coefficient.GWET: "Gwet's AC2" if weighted else "Gwet's AC1",
        Coefficient.ALPHA: f"Krippendorff's alpha, {counted.ratings.level}",
        Coefficient.POSITIVE: "positive agreement",
        Coefficient.NEGATIVE: "negative agreement",
        Coefficient.PREVALENCE: "prevalence index",
        Coefficient.BIAS: "bias index",
    }
    suffix = coefficient in CHANCE_CORRECTED and coefficient is not Coefficient.ALPHA and weighted
    return names[coefficient] + (f", {counted.weights} weights" if suffix else "")


def _estimate(
    counted: Tally, coefficient: Coefficient, total: Totals, outcome: Outcome | None
) -> Estimate:
    blank = _blank(counted, coefficient)
    if outcome is None:
        return replace(blank, reason="too many coders and categories to count")
    value = _number(outcome.value)
    if value is None:
        return replace(blank, reason=_nought(counted, coefficient))
    chance = coefficient in CHANCE_CORRECTED
    # Units of one interview are not independent of one another.
    independent = counted.drawn == "unit"
    error = standard_error(coefficient, counted, total, outcome) if independent else None
    return replace(
        blank,
        value=value,
        observed=_number(outcome.observed) if chance else None,
        expected=_number(outcome.expected) if chance else None,
        standard_error=error,
        standard_error_by="" if error is None else "analytic",
    )


def _nought(counted: Tally, coefficient: Coefficient) -> str:
    """Why the formula divides by nought."""
    if coefficient in (Coefficient.POSITIVE, Coefficient.NEGATIVE):
        category = counted.ratings.categories[coefficient is Coefficient.POSITIVE]
        return f"no compared rating is {category!r}"
    return "chance alone would give full agreement"


def _with_intervals(
    counted: Tally, plan: Resampling, found: dict[Coefficient, Estimate], scheme: Scheme
) -> dict[Coefficient, Estimate]:
    clusters = _clusters(counted)
    defined = [one for one, estimate in found.items() if estimate.value is not None]
    values: list[Floats | None] = [None for _ in defined]
    if not no_interval(clusters, plan):
        kept = counted.by_cluster()
        values = distribution(clusters, plan, lambda times: _values(kept, times, scheme, defined))
    done = dict(found)
    for one, drawn in zip(defined, values, strict=True):
        made, error, no = interval(drawn, clusters, plan)
        estimate = replace(found[one], interval=made, no_interval=no)
        if estimate.standard_error is None:
            by = "" if error is None else "resampling"
            estimate = replace(estimate, standard_error=error, standard_error_by=by)
        done[one] = estimate
    return done


def _clusters(counted: Tally) -> Clusters:
    pairable = counted.of_row >= 2
    strata = None
    if counted.ratings.categories == (False, True):
        number = len(counted.cluster_times)
        carries = np.bincount(counted.clusters, counted.counts[:, 1] * pairable, number) > 0
        strata = rare(carries, counted.cluster_times)
    by_interview = counted.drawn == "interview"
    able = len(set(counted.clusters[pairable].tolist())) if by_interview else counted.units
    categories, coders = len(counted.weight), len(counted.ratings.coders)
    cells = categories * max(categories, coders)
    return Clusters(counted.cluster_times, able, counted.drawn, strata, cells)


def _values(
    kept: Totals, times: Floats, scheme: Scheme, defined: Sequence[Coefficient]
) -> list[Floats | None]:
    """The coefficients of some resamples; undefined ones are NaN, as in the estimate."""
    totals = kept.weighted(times)
    blind = one_category(totals)
    found: list[Floats | None] = []
    for one in defined:
        outcome = FORMULAS[one](totals, scheme)
        value = None if outcome is None else outcome.value
        if value is not None and one in CHANCE_CORRECTED:
            value = np.where(blind, np.nan, value)
        found.append(value)
    return found


def _number(values: Floats) -> float | None:
    value = float(values[0])
    return None if np.isnan(value) else value
