"""How many units a sample takes: for a wanted precision, and shared out over its strata."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

from thematic.errors import UsageError
from thematic.model.samples import UNCODED

AT_LEAST = 2  # units of a stratum, so that how much they vary can be seen


def size_for(units: int, margin: float, confidence: float = 0.95) -> int:
    """How many units of a stratum show a share to within a margin, at worst.

    From the binomial at one half, where shares vary most, corrected for a finite stratum.

    Args:
        units: of the stratum.
        margin: half the width of the interval, in (0, 0.5).
        confidence: of the interval.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    needed = z**2 * 0.25 / margin**2
    return min(units, math.ceil(needed / (1 + (needed - 1) / units) - 1e-9))


def shared_out(size: int, units: Mapping[str, int]) -> dict[str, int]:
    """How many units of each stratum a sample of a size holds.

    Half go to the units without a code, for there the misses are; the rest is shared equally
    by the codes' strata. What a stratum cannot give, the others do.

    Args:
        size: of the whole sample.
        units: of each stratum.

    Raises:
        UsageError: the size is too small for AT_LEAST of each stratum.
    """
    least = {name: min(AT_LEAST, number) for name, number in units.items()}
    if size < sum(least.values()):
        raise UsageError(
            f"--size {size} is too small for {len(units)} strata",
            f"take at least {sum(least.values())}, or fewer codes with --theme",
        )
    coded = {name: number for name, number in units.items() if name != UNCODED}
    half = min(units.get(UNCODED, 0), max(size // 2, least.get(UNCODED, 0)))
    half = min(half, size - sum(least[name] for name in coded))
    found = _equally(size - half, coded)
    rest = size - sum(found.values())
    return found | ({UNCODED: min(rest, units[UNCODED])} if UNCODED in units else {})


def _equally(size: int, units: Mapping[str, int]) -> dict[str, int]:
    found = dict.fromkeys(units, 0)
    while size > 0:
        open_ones = [name for name in units if found[name] < units[name]]
        if not open_ones:
            break
        for name in open_ones[:size]:
            found[name] += 1
        size -= min(size, len(open_ones))
    return found
