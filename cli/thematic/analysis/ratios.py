"""Two rates side by side: how many times the one is the other, and a random check of that.

Log ratio: binary logarithm of the ratio of two relative frequencies (Hardie 2014, "Log Ratio:
an informal introduction", CASS, Lancaster). +1 is twice as often, -1 half as often.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb, log2
from typing import TYPE_CHECKING

from thematic.model.comparing import Draws
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

INSTEAD_OF_ZERO = 0.5
FEWEST = 10  # persons in each group for an interval
_ALL = 10_000  # allocations up to which every one is tried
_RATES_APART = 1e-12  # relative; smaller differences come from rounding


def log_ratio(count_a: float, base_a: float, count_b: float, base_b: float) -> float | None:
    """How many times one rate is the other, as a binary logarithm.

    Where one of the counts is zero, 0.5 stands in its place (Hardie 2014); where both are, or
    a base is, there is no ratio.
    """
    if not (base_a and base_b and (count_a or count_b)):
        return None
    rate_a = (count_a or INSTEAD_OF_ZERO) / base_a
    rate_b = (count_b or INSTEAD_OF_ZERO) / base_b
    return log2(rate_a / rate_b)


@dataclass(frozen=True)
class Checked:
    """What chance says of a difference.

    Args:
        low, high: percentile bootstrap interval of the log ratio; None without one.
        no_interval: why there is none; "" where there is one.
        p: share of allocations of the same persons to two groups of these sizes that differ
            at least as much; None where nothing is counted.
        exact: whether every allocation was tried.
    """

    low: float | None
    high: float | None
    no_interval: str
    p: float | None
    exact: bool


Person = tuple[float, float]  # what is counted, and the words it is out of


def checked(group_a: Sequence[Person], group_b: Sequence[Person], plan: Draws) -> Checked:
    """A difference of two rates, checked by drawing whole persons.

    Interval: percentile bootstrap (Efron 1979), persons drawn within each group. p: permutation
    test on the difference of the rates; of random allocations (k + 1)/(n + 1) (Phipson and
    Smyth 2010, doi 10.2202/1544-6115.1585).
    """
    import numpy as np

    a, b = np.array(group_a, dtype=float), np.array(group_b, dtype=float)
    if not len(a) or not len(b) or not (a[:, 0].sum() + b[:, 0].sum()):
        return Checked(None, None, "nothing is counted", None, exact=False)
    low, high, why = _interval(a, b, plan)
    p, exact = _permuted(a, b, plan)
    return Checked(low, high, why, p, exact)


def _interval(a: Floats, b: Floats, plan: Draws) -> tuple[float | None, float | None, str]:
    import numpy as np

    fewest = min(len(a), len(b))
    if fewest < FEWEST:
        return None, None, f"too few persons for an interval: {fewest}, not {FEWEST}"
    generator = np.random.default_rng(plan.seed)
    sums = [
        generator.multinomial(len(group), np.full(len(group), 1 / len(group)), plan.resamples)
        @ group
        for group in (a, b)
    ]
    counts = [np.where(drawn[:, 0] > 0, drawn[:, 0], INSTEAD_OF_ZERO) for drawn in sums]
    rates = [count / drawn[:, 1] for count, drawn in zip(counts, sums, strict=True)]
    tail = (1 - plan.confidence) / 2
    low, high = np.quantile(np.log2(rates[0] / rates[1]), [tail, 1 - tail])
    return float(low), float(high), ""


def _permuted(a: Floats, b: Floats, plan: Draws) -> tuple[float, bool]:
    """Every allocation where there are few, else random ones."""
    import numpy as np

    every = np.concatenate([a, b])
    exact = comb(len(every), len(a)) <= _ALL
    picks = _all_picks(len(every), len(a)) if exact else _random_picks(len(every), len(a), plan)
    inside = picks @ every
    outside = every.sum(axis=0) - inside
    differences = np.abs(_rate(inside) - _rate(outside))
    observed = abs(a[:, 0].sum() / a[:, 1].sum() - b[:, 0].sum() / b[:, 1].sum())
    as_far = int((differences >= observed * (1 - _RATES_APART)).sum())
    return (as_far / len(picks) if exact else (as_far + 1) / (len(picks) + 1)), exact


def _rate(sums: Floats) -> Floats:
    rate: Floats = sums[:, 0] / sums[:, 1]
    return rate


def _all_picks(number: int, size: int) -> Floats:
    import numpy as np

    picks = np.zeros((comb(number, size), number))
    for row, chosen in enumerate(combinations(range(number), size)):
        picks[row, list(chosen)] = 1
    return picks


def _random_picks(number: int, size: int, plan: Draws) -> Floats:
    import numpy as np

    generator = np.random.default_rng(plan.seed)
    first = np.zeros(number)
    first[:size] = 1
    picks: Floats = generator.permuted(np.tile(first, (plan.resamples, 1)), axis=1)
    return picks
