"""Analytic standard errors for units that are independent of one another.

All follow from the influence of each unit on the coefficient (Gwet 2014, ch. 5; for Cohen's
kappa Fleiss, Cohen & Everitt 1969). Units of one interview are not independent: there the
standard error comes from drawing interviews.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from thematic.analysis.agreement.estimate import Coefficient
from thematic.analysis.agreement.formulas import Outcome
from thematic.analysis.agreement.ratings import MISSING
from thematic.analysis.agreement.totals import Tally, Totals
from thematic.analysis.agreement.weights import Floats, squared_differences


def standard_error(
    coefficient: Coefficient, tally: Tally, totals: Totals, outcome: Outcome
) -> float | None:
    """The standard error; None with fewer than two units or where no formula is known.

    `totals` and `outcome` are those of the estimate, which is defined.
    """
    influence = _INFLUENCES.get(coefficient)
    if influence is None:
        return None
    spread, times, lost = influence(tally, totals, outcome)
    number = times.sum()
    if number < 2:
        return None
    mean = float((times * spread).sum() / number)
    square = float((times * (spread - mean) ** 2).sum())
    return float(np.sqrt(square / (number * (number - lost))))


# Influence of each row, how many units are like it, degrees of freedom lost.
_Influence = tuple[Floats, Floats, int]


def _percent(tally: Tally, totals: Totals, _: Outcome) -> _Influence:
    scale = totals.rated[0] / totals.pairable[0]
    return scale * tally.row_credit(np.eye(len(tally.weight))), tally.times, 1


def _brennan_prediger(tally: Tally, totals: Totals, outcome: Outcome) -> _Influence:
    nothing = np.full(len(tally.times), outcome.expected[0])  # this chance is no estimate
    return _less_chance(tally, totals, outcome, nothing)


def _fleiss(tally: Tally, totals: Totals, outcome: Outcome) -> _Influence:
    use = totals.shares[0] / totals.rated[0]
    weight = (tally.weight + tally.weight.T) / 2
    chance = tally.counts @ (weight @ use) / tally.of_row
    return _less_chance(tally, totals, outcome, chance)


def _gwet(tally: Tally, totals: Totals, outcome: Outcome) -> _Influence:
    use = totals.shares[0] / totals.rated[0]
    categories = len(use)
    scale = tally.weight.sum() / (categories * (categories - 1))
    chance = scale * (tally.counts @ (1 - use)) / tally.of_row
    return _less_chance(tally, totals, outcome, chance)


def _conger(tally: Tally, totals: Totals, outcome: Outcome) -> _Influence:
    assert totals.by_coder is not None
    by_coder = totals.by_coder[0]
    ratings = by_coder.sum(axis=1)
    own = by_coder / ratings[:, None]
    coders, units = len(own), tally.times.sum()
    worth = (own.sum(axis=0) - own) @ tally.weight  # of a rating, against the others' use
    mean = (own * worth).sum(axis=1)
    rated = tally.codes != MISSING
    each = np.where(rated, worth[np.arange(coders), np.maximum(tally.codes, 0)], 0.0)
    each = (each - (rated - ratings / units) * mean) * units / ratings
    chance = each.sum(axis=1) / (coders * (coders - 1))
    return _less_chance(tally, totals, outcome, chance)


def _cohen(tally: Tally, totals: Totals, outcome: Outcome) -> _Influence:
    assert totals.crossed is not None
    shares = totals.crossed[0] / totals.pairable[0]
    both = (tally.codes != MISSING).all(axis=1)
    first, second = tally.codes[both].T
    against = (tally.weight @ shares.sum(axis=0))[first]
    against = against + (tally.weight.T @ shares.sum(axis=1))[second]
    left = 1 - outcome.value[0]
    spread = tally.weight[first, second] - left * against
    return spread / (1 - outcome.expected[0]), tally.times[both], 0


def _alpha(tally: Tally, totals: Totals, _: Outcome) -> _Influence:
    """Gwet 2014: alpha as a weighted agreement, its weights made from the metric."""
    assert totals.coincidences is not None
    pairable = tally.of_row >= 2
    counts, of_row = tally.counts[pairable], tally.of_row[pairable]
    times = tally.times[pairable]
    mean = (times * of_row).sum() / times.sum()
    used = totals.coincidences[0].sum(axis=1)
    scores = np.asarray(tally.ratings.scores)
    apart = squared_differences(tally.ratings.level, scores, used)
    weight = 1 - apart / apart.max()
    use = used / used.sum()
    expected = float(use @ weight @ use)
    credit = tally.row_credit(weight)[pairable] * of_row / mean
    observed = float((times * credit).sum() / times.sum())
    excess = (of_row - mean) / mean
    chance = counts @ (weight @ use) / mean - expected * excess
    left = 1 - (observed - expected) / (1 - expected)
    spread = credit - observed * excess - 2 * left * chance
    return spread / (1 - expected), times, 1


def _less_chance(tally: Tally, totals: Totals, outcome: Outcome, chance: Floats) -> _Influence:
    expected = outcome.expected[0]
    pairable = tally.of_row >= 2
    scale = totals.rated[0] / totals.pairable[0]
    observed = scale * (tally.row_credit(tally.weight) - expected * pairable)
    left = 1 - outcome.value[0]
    return (observed - 2 * left * (chance - expected)) / (1 - expected), tally.times, 1


_INFLUENCES: dict[Coefficient, Callable[[Tally, Totals, Outcome], _Influence]] = {
    Coefficient.PERCENT: _percent,
    Coefficient.COHEN: _cohen,
    Coefficient.FLEISS: _fleiss,
    Coefficient.CONGER: _conger,
    Coefficient.BRENNAN_PREDIGER: _brennan_prediger,
    Coefficient.GWET: _gwet,
    Coefficient.ALPHA: _alpha,
}
