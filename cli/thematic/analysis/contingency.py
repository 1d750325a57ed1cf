"""Two-way tables of found and not found: expected counts, effects, tests, intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from thematic.errors import NotInstalled
from thematic.model.counting import RESAMPLES, SEED
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    import numpy as np

_Z = 1.959963984540054  # 97.5th percentile of the normal distribution


@dataclass(frozen=True)
class Groups:
    """In how many of N each group a code was found; every N is at least 1."""

    found: tuple[int, ...]
    bases: tuple[int, ...]

    @property
    def total(self) -> int:
        """N of all groups together."""
        return sum(self.bases)

    @property
    def whole(self) -> int:
        """N of all groups together."""
        return sum(self.found)

    def untestable(self) -> str:
        """Why nothing can be compared, in words; empty where it can."""
        if len(self.bases) < 2:
            return "there are not two groups"
        if not self.whole:
            return "found in none"
        return "found in all" if self.whole == self.total else ""


@dataclass(frozen=True)
class Tested:
    """One test of independence.

    Args:
        test: its name.
        statistic: chi-square, or the odds ratio of the sample for Fisher's test (None where
            it is infinite or undefined).
        df: degrees of freedom; None where there are none.
        p: two-sided.
    """

    test: str
    statistic: float | None
    df: int | None
    p: float


def expected(groups: Groups) -> list[tuple[float, float]]:
    """By group, how many would be found and not found if the groups did not differ."""
    rate = groups.whole / groups.total
    return [(base * rate, base * (1 - rate)) for base in groups.bases]


def chi_square(groups: Groups) -> float:
    """Pearson's statistic, without a correction for continuity."""
    counted = zip(groups.found, groups.bases, expected(groups), strict=True)
    return sum((n - yes) ** 2 / yes + (base - n - no) ** 2 / no for n, base, (yes, no) in counted)


def conditions_hold(groups: Groups) -> bool:
    """Whether chi-square may be used: at most 20 % of expected counts under 5, none under 1.

    Cochran 1954, doi 10.2307/3001616.
    """
    cells = [cell for pair in expected(groups) for cell in pair]
    return min(cells) >= 1 and sum(cell < 5 for cell in cells) <= 0.2 * len(cells)


def effect(groups: Groups) -> tuple[str, float]:
    """How much the groups differ, 0 to 1: Cramér's V, of two groups phi with its sign.

    With found and not found V is the root of chi-square / N, and phi the same with a minus
    where the second group has the larger share (Cramér 1946).
    """
    size = sqrt(chi_square(groups) / groups.total)
    if len(groups.bases) > 2:
        return "Cramér's V", size
    return "phi", -size if difference(groups) < 0 else size


def difference(groups: Groups) -> float:
    """The share of the first of two groups less that of the second."""
    (n1, n2), (base1, base2) = groups.found, groups.bases
    return n1 / base1 - n2 / base2


def difference_interval(groups: Groups) -> tuple[float, float]:
    """95 % interval of the difference of two shares, from Wilson's of each.

    Newcombe 1998, method 10, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    (n1, n2), (base1, base2) = groups.found, groups.bases
    share1, share2 = n1 / base1, n2 / base2
    low1, high1 = _wilson(n1, base1)
    low2, high2 = _wilson(n2, base2)
    point = share1 - share2
    return (
        point - sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2),
        point + sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2),
    )


def _wilson(n: int, base: int) -> tuple[float, float]:
    share, square = n / base, _Z * _Z
    middle = share + square / (2 * base)
    reach = _Z * sqrt(share * (1 - share) / base + square / (4 * base * base))
    return (middle - reach) / (1 + square / base), (middle + reach) / (1 + square / base)


def independence(groups: Groups, *, resamples: int = RESAMPLES, seed: int = SEED) -> Tested:
    """A test of independence that its conditions allow.

    Chi-square where `conditions_hold`; else Fisher's exact test of two groups, or of more a
    simulation of tables with the same margins (Patefield 1981, algorithm AS 159), of which
    p = (1 + as far as this or further) / (resamples + 1).

    Args:
        groups: for which `untestable` is empty.
        resamples: simulated tables.
        seed: of the simulation; the same seed gives the same p.

    Raises:
        NotInstalled: scipy is missing.
    """
    stats = demand_scipy()
    df = len(groups.bases) - 1
    if conditions_hold(groups):
        statistic = chi_square(groups)
        return Tested("chi-square", statistic, df, float(stats.chi2.sf(statistic, df)))
    missed = [base - n for n, base in zip(groups.found, groups.bases, strict=True)]
    if df == 1:
        found = stats.fisher_exact([list(groups.found), missed])
        odds = float(found[0])
        known = odds if odds == odds and odds != float("inf") else None
        return Tested("Fisher's exact", known, None, float(found[1]))
    return Tested(
        "Monte Carlo", chi_square(groups), None, _simulated(groups, stats, resamples, seed)
    )


def _simulated(groups: Groups, stats: Any, resamples: int, seed: int) -> float:
    import numpy as np

    margins = stats.random_table([groups.whole, groups.total - groups.whole], groups.bases)
    tables: np.ndarray[Any, Any] = margins.rvs(resamples, random_state=np.random.default_rng(seed))
    ideal = np.array(expected(groups)).T
    drawn = ((tables - ideal) ** 2 / ideal).sum(axis=(1, 2))
    # Sums in another order differ in the last digits.
    as_far = int((drawn >= chi_square(groups) * (1 - 1e-9)).sum())
    return (1 + as_far) / (resamples + 1)


def demand_scipy() -> Any:
    """The part of scipy that has tests.

    Raises:
        NotInstalled: it is missing.
    """
    try:
        from scipy import stats
    except ImportError as error:
        raise NotInstalled(
            "tests need the package scipy",
            "install it with: pip install 'thematic[stats]'; or leave --test away",
        ) from error
    return stats


def holm(values: Sequence[float]) -> list[float]:
    """p-values adjusted for how many there are (Holm 1979, Scand. J. Statist. 6:65-70)."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    adjusted = [0.0] * len(values)
    least = 0.0
    for rank, index in enumerate(order):
        least = max(least, min(1.0, (len(values) - rank) * values[index]))
        adjusted[index] = least
    return adjusted
