"""The coefficients on units, as functions of the sums of `Totals`.

Every function takes sums with any first axis and gives an `Outcome` along it, so that the
estimate and its resamples are computed by the same lines. NaN marks what is undefined; it
never leaves this package.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from thematic.analysis.agreement.estimate import Coefficient
from thematic.analysis.agreement.ratings import Level
from thematic.analysis.agreement.totals import Totals
from thematic.analysis.agreement.weights import Floats, squared_differences
from thematic.model.nouns import dataclass


@dataclass(frozen=True, eq=False)
class Scheme:
    """What the formulas must know beside the sums."""

    level: Level
    scores: Floats  # q
    weight: Floats  # q x q


@dataclass(frozen=True, eq=False)
class Outcome:
    """A coefficient, with what was observed and what chance would give; NaN = undefined."""

    value: Floats
    observed: Floats
    expected: Floats


Formula = Callable[[Totals, Scheme], Outcome | None]


def percent(totals: Totals, _: Scheme) -> Outcome:
    """Mean over pairable units of the share of their pairs of coders that agree."""
    value = _ratio(totals.same, totals.pairable)
    return Outcome(value, value, np.full_like(value, np.nan))


def cohen(totals: Totals, scheme: Scheme) -> Outcome | None:
    """Cohen 1960, 1968: chance from each coder's own use, on units both rated."""
    if totals.crossed is None:
        return None
    shares = totals.crossed / _positive(totals.pairable)[:, None, None]
    observed = (scheme.weight * shares).sum(axis=(1, 2))
    first, second = shares.sum(axis=2), shares.sum(axis=1)
    return _corrected(observed, _product(first, scheme.weight, second))


def fleiss(totals: Totals, scheme: Scheme) -> Outcome:
    """Fleiss 1971 (two coders: Scott 1955): chance from the mean use of all coders."""
    use = _use(totals)
    observed = _ratio(totals.credit, totals.pairable)
    return _corrected(observed, _product(use, scheme.weight, use))


def conger(totals: Totals, scheme: Scheme) -> Outcome | None:
    """Conger 1980: chance from every pair of coders' own use, as Cohen's for two."""
    if totals.by_coder is None:
        return None
    ratings = totals.by_coder.sum(axis=2, keepdims=True)
    own = np.where(ratings > 0, totals.by_coder / _positive(ratings), np.nan)
    coders = own.shape[1]
    together = own.sum(axis=1)
    with_itself = np.einsum("bgk,kl,bgl->b", own, scheme.weight, own)
    every = _product(together, scheme.weight, together)
    expected = (every - with_itself) / (coders * (coders - 1))
    return _corrected(_ratio(totals.credit, totals.pairable), expected)


def brennan_prediger(totals: Totals, scheme: Scheme) -> Outcome:
    """Brennan & Prediger 1981: chance 1/q; PABAK where q = 2."""
    observed = _ratio(totals.credit, totals.pairable)
    return _corrected(observed, np.full_like(observed, scheme.weight.mean()))


def gwet(totals: Totals, scheme: Scheme) -> Outcome:
    """Gwet 2008, AC1, and with weights AC2 (Gwet 2014)."""
    use = _use(totals)
    categories = len(scheme.weight)
    scale = scheme.weight.sum() / max(categories * (categories - 1), 1)
    observed = _ratio(totals.credit, totals.pairable)
    return _corrected(observed, scale * (use * (1 - use)).sum(axis=1))


def alpha(totals: Totals, scheme: Scheme) -> Outcome | None:
    """Krippendorff 2011, 2019: 1 - D_o / D_e, from the coincidences of pairable ratings."""
    if totals.coincidences is None:
        return None
    used = totals.coincidences.sum(axis=2)
    number = used.sum(axis=1)
    apart = squared_differences(scheme.level, scheme.scores, used)
    observed = _ratio((totals.coincidences * apart).sum(axis=(1, 2)), number)
    chance = np.einsum("bk,bkl,bl->b", used, apart, used)
    expected = _ratio(chance, number * (number - 1))
    return Outcome(1 - _ratio(observed, expected), observed, expected)


def positive(totals: Totals, _: Scheme) -> Outcome | None:
    """Of ratings with the second category, the share that meets an equal one; 2a/(2a+b+c)."""
    return _specific(totals, 1)


def negative(totals: Totals, _: Scheme) -> Outcome | None:
    """Of ratings with the first category, the share that meets an equal one; 2d/(2d+b+c)."""
    return _specific(totals, 0)


def prevalence_index(totals: Totals, _: Scheme) -> Outcome | None:
    """|a - d| / N of two coders and two categories."""
    return _difference(totals, (1, 1), (0, 0))


def bias_index(totals: Totals, _: Scheme) -> Outcome | None:
    """|b - c| / N of two coders and two categories."""
    return _difference(totals, (1, 0), (0, 1))


FORMULAS: dict[Coefficient, Formula] = {
    Coefficient.PERCENT: percent,
    Coefficient.COHEN: cohen,
    Coefficient.FLEISS: fleiss,
    Coefficient.CONGER: conger,
    Coefficient.BRENNAN_PREDIGER: brennan_prediger,
    Coefficient.GWET: gwet,
    Coefficient.ALPHA: alpha,
    Coefficient.POSITIVE: positive,
    Coefficient.NEGATIVE: negative,
    Coefficient.PREVALENCE: prevalence_index,
    Coefficient.BIAS: bias_index,
}


def one_category(totals: Totals) -> NDArray[np.bool_]:
    """Where all pairable ratings are the same, so that no coefficient can judge them."""
    if totals.coincidences is None:
        return np.zeros(len(totals.pairable), dtype=np.bool_)
    used = totals.coincidences.sum(axis=2)
    chosen = used > used.sum(axis=1, keepdims=True) * 1e-12
    blind: NDArray[np.bool_] = chosen.sum(axis=1) < 2
    return blind


def _specific(totals: Totals, category: int) -> Outcome | None:
    if totals.coincidences is None:
        return None
    used = totals.coincidences[:, category].sum(axis=1)
    value = _ratio(totals.coincidences[:, category, category], used)
    return Outcome(value, value, np.full_like(value, np.nan))


def _difference(totals: Totals, one: tuple[int, int], other: tuple[int, int]) -> Outcome | None:
    if totals.crossed is None:
        return None
    apart = np.abs(totals.crossed[:, *one] - totals.crossed[:, *other])
    value = _ratio(apart, totals.pairable)
    return Outcome(value, value, np.full_like(value, np.nan))


def _use(totals: Totals) -> Floats:
    """The mean share of each category over rated units."""
    return totals.shares / _positive(totals.rated)[:, None]


def _product(first: Floats, weight: Floats, second: Floats) -> Floats:
    found: Floats = np.einsum("bk,kl,bl->b", first, weight, second)
    return found


def _corrected(observed: Floats, expected: Floats) -> Outcome:
    left = np.where(expected > 1 - 1e-12, 0, 1 - expected)  # but for rounding
    return Outcome(_ratio(observed - expected, left), observed, expected)


def _ratio(over: Floats, under: Floats) -> Floats:
    """The ratio, NaN where it divides by nought."""
    nought = under == 0
    found: Floats = np.where(nought, np.nan, over / np.where(nought, 1, under))
    return found


def _positive(number: Floats) -> Floats:
    """The number, or 1 where it is 0, so that dividing makes no noise."""
    found: Floats = np.where(number > 0, number, 1)
    return found
