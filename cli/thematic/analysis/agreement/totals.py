"""The sums that every coefficient is made of, per cluster of units and added up.

All coefficients on units are functions of sums over units. Kept per cluster (an interview,
or all units with the same ratings), the sums of a resample are one product of matrices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from thematic.analysis.agreement.ratings import MISSING, Ratings
from thematic.analysis.agreement.weights import Floats, Weights, weight_matrix
from thematic.model.nouns import dataclass

MOST_CELLS = 20_000_000  # of one array kept per cluster; larger ones are not resampled


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums over units; the first axis is whatever they are kept by (clusters, resamples).

    q categories, r coders; a unit is rated by at least one coder, pairable by two.
    """

    rated: Floats  # rated units
    pairable: Floats  # pairable units
    same: Floats  # sum over pairable units of the share of pairs that are equal
    credit: Floats  # the same with weights
    shares: Floats  # x q: sum over rated units of the share of ratings in each category
    coincidences: Floats | None  # x q x q: Krippendorff's coincidence matrix
    by_coder: Floats | None  # x r x q: ratings by coder and category
    crossed: Floats | None  # x q x q: first by second coder, where there are two

    def weighted(self, times: Floats) -> Totals:
        """Sums of resamples, each drawing every cluster some number of times.

        Args:
            times: resamples x clusters.
        """
        return Totals(
            rated=times @ self.rated,
            pairable=times @ self.pairable,
            same=times @ self.same,
            credit=times @ self.credit,
            shares=times @ self.shares,
            coincidences=_drawn(times, self.coincidences),
            by_coder=_drawn(times, self.by_coder),
            crossed=_drawn(times, self.crossed),
        )


@dataclass(frozen=True, eq=False)
class Tally:
    """What is counted of one table of ratings.

    A row is a unit with at least one rating; `times` says how many units are like it.
    """

    ratings: Ratings  # without coders who rated nothing
    weights: Weights
    weight: Floats  # q x q
    counts: Floats  # rows x q: coders who chose each category
    times: Floats  # rows
    codes: NDArray[np.int32]  # rows x r
    clusters: NDArray[np.intp]  # rows: the cluster of each row
    cluster_times: Floats  # clusters
    drawn: str  # what a cluster is: interview or unit

    @property
    def of_row(self) -> Floats:
        """Ratings of each row's units."""
        number: Floats = self.counts.sum(axis=1)
        return number

    @property
    def units(self) -> int:
        """Units that at least two coders rated."""
        return int(self.times[self.of_row >= 2].sum())

    @property
    def pairable(self) -> int:
        """Ratings of these units."""
        return int((self.times * self.of_row)[self.of_row >= 2].sum())

    def row_credit(self, weight: Floats) -> Floats:
        """The weighted share of agreeing pairs in each row; 0 where there is no pair."""
        number = self.of_row
        agreeing = (self.counts * (self.counts @ weight.T - 1)).sum(axis=1)
        pairs = np.where(number >= 2, number * (number - 1), 1)
        credit: Floats = np.where(number >= 2, agreeing / pairs, 0.0)
        return credit

    def total(self) -> Totals:
        """The sums over all units, with one entry on the first axis."""
        everything = np.zeros(len(self.counts), dtype=np.intp)
        return self._totals(everything, 1, self.times)

    def by_cluster(self) -> Totals:
        """The sums per cluster; arrays that would be too large are left out."""
        times = np.ones(len(self.times)) if self.drawn == "unit" else self.times
        return self._totals(self.clusters, len(self.cluster_times), times)

    def _totals(self, clusters: NDArray[np.intp], number: int, times: Floats) -> Totals:
        of_row = self.of_row
        pairable = of_row >= 2
        identity = np.eye(self.counts.shape[1])
        return Totals(
            rated=binned(clusters, times, number),
            pairable=binned(clusters, times * pairable, number),
            same=binned(clusters, times * self.row_credit(identity), number),
            credit=binned(clusters, times * self.row_credit(self.weight), number),
            shares=_summed(self.counts / of_row[:, None] * times[:, None], clusters, number),
            coincidences=self._coincidences(clusters, number, times),
            by_coder=self._by_coder(clusters, number, times),
            crossed=self._crossed(clusters, number, times),
        )

    def _coincidences(
        self, clusters: NDArray[np.intp], number: int, times: Floats
    ) -> Floats | None:
        """o_ck: ordered pairs of ratings within units, each unit weighing as its ratings."""
        categories = self.counts.shape[1]
        if number * categories**2 > MOST_CELLS:
            return None
        pairable = self.of_row >= 2
        counts = self.counts[pairable]
        share = times[pairable] / (self.of_row[pairable] - 1)
        found = np.zeros((number, categories, categories))
        if number == 1:
            found[0] = (counts * share[:, None]).T @ counts
        else:
            for category in range(categories):
                pairs = counts * (counts[:, category] * share)[:, None]
                found[:, category] = _summed(pairs, clusters[pairable], number)
        each = np.arange(categories)
        found[:, each, each] -= _summed(counts * share[:, None], clusters[pairable], number)
        return found

    def _by_coder(self, clusters: NDArray[np.intp], number: int, times: Floats) -> Floats | None:
        coders, categories = self.codes.shape[1], self.counts.shape[1]
        if number * coders * categories > MOST_CELLS:
            return None
        row, coder = np.nonzero(self.codes != MISSING)
        cell = (clusters[row] * coders + coder) * categories + self.codes[row, coder]
        found = binned(cell, times[row], number * coders * categories)
        return found.reshape(number, coders, categories)

    def _crossed(self, clusters: NDArray[np.intp], number: int, times: Floats) -> Floats | None:
        categories = self.counts.shape[1]
        if self.codes.shape[1] != 2 or number * categories**2 > MOST_CELLS:
            return None
        both = (self.codes != MISSING).all(axis=1)
        first, second = self.codes[both].T.astype(np.intp)
        cell = (clusters[both] * categories + first) * categories + second
        found = binned(cell, times[both], number * categories**2)
        return found.reshape(number, categories, categories)


def tally(ratings: Ratings, weights: Weights) -> Tally:
    """Count a table once, for all coefficients.

    Units with the same ratings are counted as one row, so that a yes/no table of 100,000
    units has only a few rows.
    """
    active = [
        name
        for name, column in zip(ratings.coders, ratings.matrix.T, strict=True)
        if (column != MISSING).any()
    ]
    ratings = ratings.of_coders(active)
    rated = np.flatnonzero((ratings.matrix != MISSING).any(axis=1))
    codes = ratings.matrix[rated]
    if ratings.groups:
        names = np.asarray(ratings.groups)[rated]
        _, clusters = np.unique(names, return_inverse=True)
        times = np.ones(len(rated))
        cluster_times = np.ones(len(set(names.tolist())))
    else:
        codes, found = np.unique(codes, axis=0, return_counts=True)
        clusters = np.arange(len(codes))
        times = cluster_times = found.astype(np.float64)
    scores = np.asarray(ratings.scores, dtype=np.float64)
    return Tally(
        ratings=ratings,
        weights=weights,
        weight=weight_matrix(weights, scores),
        counts=_counts(codes, len(ratings.categories)),
        times=times,
        codes=codes,
        clusters=clusters,
        cluster_times=cluster_times,
        drawn="interview" if ratings.groups else "unit",
    )


def _counts(codes: NDArray[np.int32], categories: int) -> Floats:
    """Rows x categories: how many coders chose each."""
    row, coder = np.nonzero(codes != MISSING)
    cell = row * categories + codes[row, coder]
    found = np.bincount(cell, minlength=len(codes) * categories)
    return found.reshape(len(codes), categories).astype(np.float64)


def _summed(values: Floats, clusters: NDArray[np.intp], number: int) -> Floats:
    """Rows x columns, added up by cluster."""
    if number == 1:
        total: Floats = values.sum(axis=0, keepdims=True)
        return total
    return np.stack([binned(clusters, column, number) for column in values.T], axis=1)


def _drawn(times: Floats, kept: Floats | None) -> Floats | None:
    return None if kept is None else np.tensordot(times, kept, axes=1)


def binned(places: NDArray[np.intp], amounts: Floats, number: int) -> Floats:
    """The sums of amounts by place, from 0 up to `number`."""
    return np.asarray(np.bincount(places, amounts, number), dtype=np.float64)
