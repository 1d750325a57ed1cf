"""The lengths on which coders' units coincide, and the alphas for unitizing made of them.

Equations of Krippendorff 2019, section 12.6 (Krippendorff, Mathet, Bouvry & Widlöcher 2016).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from thematic.analysis.agreement.partitions import GAP, Partition
from thematic.analysis.agreement.weights import Floats
from thematic.model.nouns import dataclass


@dataclass(frozen=True, eq=False)
class Lengths:
    """Sums per text (first axis) or resample; values with the gap at 0."""

    met: Floats  # x v x v: coincidences, lengths where two coders' units meet
    own: Floats  # x v: what units would meet of themselves, taken out of chance
    own_coded: Floats  # x v: the same of what meets other coders' units only

    def weighted(self, times: Floats) -> Lengths:
        """Sums of resamples, each taking every text some number of times."""
        each = (self.met, self.own, self.own_coded)
        return Lengths(*(np.tensordot(times, kept, axes=1) for kept in each))

    def total(self) -> Lengths:
        """The sums over all texts, with one entry on the first axis."""
        return self.weighted(np.ones((1, len(self.met))))


def lengths_of(texts: Sequence[Partition], values: int) -> Lengths:
    """The sums of each text; `values` is the number of codes and one for the gap."""
    each = [_of_text(text, values) for text in texts]
    return Lengths(*(np.stack(column) for column in zip(*each, strict=True)))


def _of_text(text: Partition, values: int) -> tuple[Floats, Floats, Floats]:
    """Eq. 32 (coincidences) and the sums of eqs. 33 and 36 of one text."""
    others = len(text.coders) - 1
    value_at = [text.value_at(coder) for coder in range(len(text.coders))]
    met = np.zeros(values * values)
    for one, here in enumerate(value_at):
        for other, there in enumerate(value_at):
            if one != other:
                met += np.bincount(here * values + there, text.pieces, values * values)
    own, own_coded = np.zeros(values), np.zeros(values)
    covers = np.sum([there != GAP for there in value_at], axis=0)
    for units, here, unit in zip(text.coders, value_at, text.unit_at, strict=True):
        marked = here != GAP
        own[GAP] += text.pieces[~marked].sum()
        own += np.bincount(units.values, units.lengths**2, values)
        # A unit meets each other coder over some length; with itself, over their mean.
        mean = text.pieces[marked] * (covers[marked] - 1) / others
        meets = np.bincount(unit[marked], mean, len(units.values))
        own_coded += np.bincount(units.values, meets**2, values)
    return met.reshape(values, values) / others, own, own_coded


def alphas(sums: Lengths) -> list[Floats]:
    """u-alpha, |u-alpha, cu-alpha, then (k)u-alpha of each code; NaN = undefined."""
    met, chance = _apart(sums.met), _apart(_expected(sums.met, sums.own))
    coded = sums.met[:, 1:, 1:]
    coded_chance = _expected(coded, sums.own_coded[:, 1:])
    met_coded, chance_coded = _apart(coded), _apart(coded_chance)
    # Eq. 38: one column's disagreement, as its own length would meet it by chance.
    by_code = met_coded.sum(axis=1) * coded_chance.sum(axis=1)
    by_code_chance = chance_coded.sum(axis=1) * coded.sum(axis=1)
    return [
        _alpha(met.sum(axis=(1, 2)), chance.sum(axis=(1, 2))),
        _alpha(met[:, GAP].sum(axis=1), chance[:, GAP].sum(axis=1)),
        _alpha(met_coded.sum(axis=(1, 2)), chance_coded.sum(axis=(1, 2))),
        *(_alpha(by_code[:, code], by_code_chance[:, code]) for code in range(coded.shape[1])),
    ]


def _apart(table: Floats) -> Floats:
    """The table without its diagonal, which is agreement."""
    found: Floats = table * (1 - np.eye(table.shape[1]))
    return found


def _expected(met: Floats, own: Floats) -> Floats:
    """Eq. 33: coincidences by chance, without what units would meet of themselves."""
    margin = met.sum(axis=2)
    total = margin.sum(axis=1)
    pairs = margin[:, :, None] * margin[:, None, :]
    each = np.arange(met.shape[1])
    pairs[:, each, each] -= own
    under = total**2 - own.sum(axis=1)
    scale = np.where(under > 0, total / np.where(under > 0, under, 1), 0)
    expected: Floats = pairs * scale[:, None, None]
    return expected


def _alpha(observed: Floats, expected: Floats) -> Floats:
    known = expected > 0
    found: Floats = np.where(known, 1 - observed / np.where(known, expected, 1), np.nan)
    return found
