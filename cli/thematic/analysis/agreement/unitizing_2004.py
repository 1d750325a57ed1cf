"""The earlier alpha for unitizing, for figures published before 2016.

Krippendorff 1995, Sociological Methodology 25:47–76, as corrected in Krippendorff 2004,
Content Analysis, 2nd ed., pp. 251–256. It squares how far borders lie apart, and its values
differ from those of the family of 2016 (`unitizing`), which replaces it.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from thematic.analysis.agreement.estimate import Estimate
from thematic.analysis.agreement.partitions import Units, cut, units_of
from thematic.analysis.agreement.spans import Continuum
from thematic.analysis.agreement.weights import Floats
from thematic.model.nouns import dataclass

SOURCE = "Krippendorff 1995, 2004 (replaced in 2016)"
_ONE_TEXT = "one text only; this alpha has no interval"


@dataclass(frozen=True)
class EarlierUnitizing:
    """alpha_U of 2004: over all codes, and of each."""

    overall: Estimate
    codes: dict[str, Estimate]


def earlier_unitizing(continuum: Continuum) -> EarlierUnitizing:
    """alpha_U of one text, coded by two or more; codes may overlap one another.

    Args:
        continuum: the text and the spans.

    Returns:
        The alphas; `observed` and `expected` are the disagreements D_o and D_e.
    """
    coders = len(continuum.coders)
    why = "the text was not read by two coders" if coders < 2 else ""
    length = float(continuum.length)
    sums: dict[str, tuple[float, float]] = {}
    counts: dict[str, int] = {}
    for code in continuum.codes:
        units = [units_of(continuum.stretches(coder, code)) for coder in continuum.coders]
        counts[code] = sum(len(one.starts) for one in units)
        if not why and not all(_whole(one, length) for one in units):
            observed = _observed(units, length)
            sums[code] = observed, _expected(units, length)
    codes = {
        code: _estimate(f"αU of {code}", sums.get(code), counts[code], coders, why)
        for code in counts
    }
    both = (sum(one for one, _ in sums.values()), sum(other for _, other in sums.values()))
    overall = _estimate("αU", both if sums else None, sum(counts.values()), coders, why)
    return EarlierUnitizing(overall, codes)


def _whole(units: Units, length: float) -> bool:
    """Whether one unit is the whole text: where all coders' are, nothing varies."""
    return len(units.starts) == 1 and float(units.lengths[0]) == length


def _observed(units: list[Units], length: float) -> float:
    """D_o: the mean over pairs of coders of the squared differences of what intersects."""
    apart = sum(_apart(one, other, length) for one, other in combinations(units, 2))
    coders = len(units)
    return 2 * apart / (coders * (coders - 1) * length**2)


def _apart(one: Units, other: Units, length: float) -> float:
    """Two units that intersect: how far their starts and their ends lie apart, squared.

    A unit inside the other's gap: its length squared. Two intersecting sections meet in
    exactly one piece between two cuts.
    """
    pieces = cut(length, (one, other))
    here, there = pieces.unit_at
    both = (here >= 0) & (there >= 0)
    starts = one.starts[here[both]] - other.starts[there[both]]
    ends = one.ends[here[both]] - other.ends[there[both]]
    alone = _in_gaps(one, other) + _in_gaps(other, one)
    return float((starts**2 + ends**2).sum()) + alone


def _in_gaps(one: Units, other: Units) -> float:
    """The squared lengths of units that meet no unit of the other coder."""
    # The last unit of the other that starts before this one ends, if it reaches into it.
    before = np.searchsorted(other.starts, one.ends, side="left") - 1
    reach = np.where(before >= 0, np.append(other.ends, 0)[before], 0)
    free = reach <= one.starts
    return float((one.lengths[free] ** 2).sum())


def _expected(units: list[Units], length: float) -> float:
    """D_e: the same of all ways to lay the sections beside one another."""
    lengths = np.concatenate([one.lengths for one in units])
    gaps = np.sort(np.concatenate([_gaps(one, length) for one in units]))
    coders, number = len(units), len(lengths)
    with_units = (number - 1) / 3 * (2 * lengths**3 - 3 * lengths**2 + lengths)
    # Gaps at least as long as the unit: how many, and how long together.
    first = np.searchsorted(gaps, lengths, side="left")
    longer = len(gaps) - first
    together = np.append(np.cumsum(gaps[::-1])[::-1], 0)[first]
    with_gaps = lengths**2 * (together - longer * (lengths - 1))
    ways = coders * length * (coders * length - 1) - (lengths * (lengths - 1)).sum()
    return float(2 / length * (with_units + with_gaps).sum() / ways) if ways > 0 else 0.0


def _gaps(units: Units, length: float) -> Floats:
    borders = np.concatenate([[0.0], np.column_stack([units.starts, units.ends]).ravel(), [length]])
    found: Floats = np.diff(borders)[::2]
    return found[found > 0]


def _estimate(
    label: str, sums: tuple[float, float] | None, segments: int, coders: int, why: str
) -> Estimate:
    observed, expected = sums or (None, None)
    value = None
    if observed is not None and expected:
        value = 1 - observed / expected
    elif not why:
        nothing = "everybody marked the whole text as one: there is no variation"
        why = nothing if segments else "nobody marked anything"
    return Estimate(
        coefficient="alpha_u_2004",
        label=label,
        value=value,
        reason=why,
        observed=observed,
        expected=expected,
        units=segments,
        coders=coders,
        no_interval=_ONE_TEXT if value is not None else "",
        source=SOURCE,
    )
