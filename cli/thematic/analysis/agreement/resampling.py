"""Percentile bootstrap intervals: whole interviews are drawn, not the units within them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from thematic.analysis.agreement.estimate import MIN_CLUSTERS, Interval, Resampling, few
from thematic.analysis.agreement.weights import Floats
from thematic.model.nouns import dataclass

_MOST_CELLS = 4_000_000  # of one array of some resamples held at once


@dataclass(frozen=True, eq=False)
class Clusters:
    """What is drawn with replacement."""

    times: Floats  # how many there are of each; 1 for an interview
    pairable: int  # how many of them can show agreement
    drawn: str  # interview or unit
    strata: NDArray[np.bool_] | None = None  # whether a rare code stands in it
    cells: int = 1  # of the largest table that is made of one resample

    def draws(self, plan: Resampling) -> Iterator[Floats]:
        """Resamples x clusters, some resamples at a time: how often each was drawn."""
        generator = np.random.default_rng(plan.seed)
        at_once = max(1, _MOST_CELLS // max(1, len(self.times), self.cells))
        for start in range(0, plan.resamples, at_once):
            size = min(at_once, plan.resamples - start)
            found = np.zeros((size, len(self.times)))
            for part in self._parts():
                number = self.times[part].sum()
                share = self.times[part] / number
                found[:, part] = generator.multinomial(int(number), share, size=size)
            yield found

    def _parts(self) -> list[NDArray[np.intp]]:
        if self.strata is None:
            return [np.arange(len(self.times))]
        return [np.flatnonzero(self.strata), np.flatnonzero(~self.strata)]


def rare(carries: NDArray[np.bool_], times: Floats) -> NDArray[np.bool_] | None:
    """The strata of a code that stands in few clusters; None where it is not rare.

    Without strata many resamples would hold no instance of the code at all.
    """
    number = times[carries].sum()
    return carries if 0 < number < MIN_CLUSTERS and not carries.all() else None


def distribution(
    clusters: Clusters, plan: Resampling, values: Callable[[Floats], list[Floats | None]]
) -> list[Floats | None]:
    """The resampled values of several coefficients, NaN where undefined; at least one draw.

    Args:
        clusters: what is drawn.
        plan: how many resamples, and the seed.
        values: from resamples x clusters to the values of each coefficient; None where it
            cannot be resampled.
    """
    parts = [values(times) for times in clusters.draws(plan)]
    together: list[Floats | None] = []
    for found in zip(*parts, strict=True):
        known = [one for one in found if one is not None]
        together.append(np.concatenate(known) if known else None)
    return together


def interval(
    values: Floats | None, clusters: Clusters, plan: Resampling
) -> tuple[Interval | None, float | None, str]:
    """The interval, the standard error, and why there is no interval.

    None below ten interviews (or units), for a rare code in one interview only, and where
    fewer than half of the resamples are defined.
    """
    if why := no_interval(clusters, plan):
        return None, None, why
    if values is None:
        return None, None, "too many categories or coders to resample"
    defined = values[~np.isnan(values)]
    if 2 * len(defined) < plan.resamples:
        blind = plan.resamples - len(defined)
        return None, None, f"undefined in {blind} of {plan.resamples} resamples"
    if np.ptp(defined) < 1e-12:
        return None, None, "the same in all resamples: they cannot show how sure it is"
    tail = (1 - plan.confidence) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    found = Interval(
        low=float(low),
        high=float(high),
        confidence=plan.confidence,
        drawn=clusters.drawn,
        clusters=clusters.pairable,
        resamples=plan.resamples,
        defined=len(defined),
        seed=plan.seed,
        stratified=clusters.strata is not None,
    )
    return found, float(defined.std(ddof=1)), ""


def no_interval(clusters: Clusters, plan: Resampling) -> str:
    """Why these clusters give no interval whatever the coefficient; empty where they do."""
    if not plan.resamples:
        return "not asked for"
    if clusters.strata is not None and clusters.times[clusters.strata].sum() < 2:
        return f"the code stands in one {clusters.drawn} only"
    return few(clusters.pairable, clusters.drawn)
