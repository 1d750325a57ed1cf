"""Statistics of two-way tables against published examples, scipy and statsmodels."""

from __future__ import annotations

import builtins
from itertools import product
from math import comb, sqrt
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import association
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from thematic.analysis.contingency import (
    Groups,
    chi_square,
    conditions_hold,
    difference_interval,
    effect,
    expected,
    holm,
    independence,
)
from thematic.errors import NotInstalled


def table(groups: Groups) -> list[list[int]]:
    missed = [base - n for n, base in zip(groups.found, groups.bases, strict=True)]
    return [list(groups.found), missed]


# Gender by party, Agresti 2007, An Introduction to Categorical Data Analysis, table 2.5 (also
# the example of R's chisq.test): X-squared = 30.07, df = 2, p = 2.954e-07.
PARTY = Groups((762, 327, 468), (762 + 484, 327 + 239, 468 + 477))
# The lady tasting tea, Fisher 1935; Agresti 2007, table 2.8: two-sided p = 0.486.
TEA = Groups((3, 1), (4, 4))


def test_chi_square_of_a_textbook() -> None:
    found = independence(PARTY)
    assert (found.test, found.df) == ("chi-square", 2)
    assert found.statistic == pytest.approx(30.07, abs=0.005)
    assert found.p == pytest.approx(2.954e-07, rel=1e-3)
    assert effect(PARTY) == ("Cramér's V", pytest.approx(sqrt(30.07 / 2757), abs=1e-4))


def test_fishers_own_example() -> None:
    assert not conditions_hold(TEA)
    found = independence(TEA)
    assert found.test == "Fisher's exact"
    assert found.p == pytest.approx(0.486, abs=0.0005)
    assert found.statistic == pytest.approx(9)  # the odds ratio of the sample
    assert effect(TEA) == ("phi", pytest.approx(0.5))
    assert effect(Groups((1, 3), (4, 4))) == ("phi", pytest.approx(-0.5))


def test_an_infinite_odds_ratio_is_no_number() -> None:
    assert independence(Groups((4, 1), (4, 4))).statistic is None


def test_a_simulated_p_is_near_the_exact_one() -> None:
    """All tables with these margins, each with its hypergeometric probability."""
    groups = Groups((4, 0, 1), (5, 4, 3))
    observed = chi_square(groups)
    exact = sum(
        comb(5, a) * comb(4, b) * comb(3, c)
        for a, b, c in product(range(6), range(5), range(4))
        if a + b + c == 5 and chi_square(Groups((a, b, c), (5, 4, 3))) >= observed - 1e-9
    ) / comb(12, 5)
    found = independence(groups, resamples=20_000, seed=3)
    assert found.test == "Monte Carlo"
    assert found.p == pytest.approx(exact, abs=0.01)
    assert found.p == independence(groups, resamples=20_000, seed=3).p
    assert found.p != independence(groups, resamples=20_000, seed=4).p
    assert independence(groups, resamples=99).p >= 1 / 100  # never zero


def test_an_interval_of_the_literature() -> None:
    """56/70 and 48/80, Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10."""
    low, high = difference_interval(Groups((56, 48), (70, 80)))
    assert (low, high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


@pytest.mark.parametrize(
    ("groups", "holds"),
    [
        (Groups((5, 5), (10, 10)), True),  # 5 expected everywhere
        (Groups((5, 4), (10, 10)), False),  # of four cells not one may be under 5
        (Groups((5, 5, 5, 5, 2), (10, 10, 10, 10, 4)), True),  # two of ten
        (Groups((5, 5, 5, 2, 2), (10, 10, 10, 4, 4)), False),  # four of ten
        (Groups((50, 50, 50, 50, 0), (100, 100, 100, 100, 1)), False),  # two under 1
    ],
    ids=["five", "under-five", "a-fifth", "more-than-a-fifth", "under-one"],
)
def test_conditions_of_chi_square(groups: Groups, holds: bool) -> None:
    assert conditions_hold(groups) is holds


TABLES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda cells: sum(cells) > 0),
    min_size=2,
    max_size=5,
).map(lambda cells: Groups(tuple(yes for yes, _ in cells), tuple(map(sum, cells))))


@given(TABLES)
def test_numbers_are_those_of_scipy(groups: Groups) -> None:
    assume(not groups.untestable())
    known = stats.chi2_contingency(table(groups), correction=False)
    assert chi_square(groups) == pytest.approx(known.statistic, abs=1e-9)
    assert [yes for yes, _ in expected(groups)] == pytest.approx(list(known.expected_freq[0]))
    assert abs(effect(groups)[1]) == pytest.approx(association(table(groups)), abs=1e-9)
    found = independence(groups, resamples=99)
    if found.test == "chi-square":
        assert found.p == pytest.approx(known.pvalue)
    elif found.test == "Fisher's exact":
        assert found.p == pytest.approx(stats.fisher_exact(table(groups)).pvalue)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(20, 40), st.integers(20, 40))
def test_intervals_are_those_of_statsmodels(n1: int, n2: int, base1: int, base2: int) -> None:
    n1, n2 = min(n1, base1), min(n2, base2)
    known = confint_proportions_2indep(n1, base1, n2, base2, method="newcomb")
    assert difference_interval(Groups((n1, n2), (base1, base2))) == pytest.approx(known, abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_adjusted_values_are_those_of_statsmodels(values: list[float]) -> None:
    assert holm(values) == pytest.approx(list(multipletests(values, method="holm")[1]))


def test_without_scipy_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "scipy":
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NotInstalled) as stop:
        independence(TEA)
    assert "thematic[stats]" in stop.value.hint
