"""How much two categories agree (weights) or differ (metrics)."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from thematic.analysis.agreement.ratings import Level

Floats = NDArray[np.float64]


class Weights(StrEnum):
    """Partial credit for near misses, 1 on the diagonal (Cohen 1968; Gwet 2014, ch. 3)."""

    IDENTITY = "identity"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
    ORDINAL = "ordinal"
    RADICAL = "radical"
    RATIO = "ratio"


BY_LEVEL = {
    Level.NOMINAL: Weights.IDENTITY,
    Level.ORDINAL: Weights.ORDINAL,
    Level.INTERVAL: Weights.QUADRATIC,
    Level.RATIO: Weights.RATIO,
}


def weight_matrix(weights: Weights, scores: Floats) -> Floats:
    """Categories by categories, between 0 (extremes) and 1 (equal).

    Args:
        weights: the kind of credit.
        scores: the categories as numbers; ordinal weights use their ranks only.
    """
    if weights is Weights.IDENTITY or len(scores) < 2:
        return np.eye(len(scores))
    if weights is Weights.ORDINAL:
        scores = np.arange(len(scores), dtype=np.float64)
    apart = np.abs(scores[:, None] - scores[None, :])
    match weights:
        case Weights.LINEAR:
            lost = apart
        case Weights.QUADRATIC:
            lost = apart**2
        case Weights.RADICAL:
            lost = np.sqrt(apart)
        case Weights.ORDINAL:
            lost = apart * (apart + 1) / 2
        case _:
            lost = _ratio(scores)
    credit: Floats = 1 - lost / lost.max()
    return credit


def squared_differences(level: Level, scores: Floats, counts: Floats) -> Floats:
    """Krippendorff's metric: the squared difference of every two categories.

    Args:
        level: nominal, ordinal, interval or ratio (Krippendorff 2019, 12.3.3).
        scores: the categories as numbers.
        counts: … x categories, how often each was used in pairable ratings; the ordinal
            metric counts the ratings that lie between two categories.

    Returns:
        … x categories x categories.
    """
    if level is Level.ORDINAL:
        ranks = np.cumsum(counts, axis=-1) - counts / 2
        apart: Floats = ranks[..., :, None] - ranks[..., None, :]
        return apart**2
    if level is Level.NOMINAL:
        table: Floats = 1 - np.eye(len(scores))
    elif level is Level.INTERVAL:
        table = (scores[:, None] - scores[None, :]) ** 2
    else:
        table = _ratio(scores)
    return np.broadcast_to(table, (*counts.shape, len(scores)))


def _ratio(scores: Floats) -> Floats:
    """((c - k) / (c + k))^2; two zeros do not differ."""
    total = scores[:, None] + scores[None, :]
    total[total == 0] = 1
    table: Floats = ((scores[:, None] - scores[None, :]) / total) ** 2
    return table
