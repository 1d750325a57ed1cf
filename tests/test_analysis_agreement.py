"""Agreement on units: published examples, definitions taken literally, what is undefined."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thematic.analysis.agreement.building import (
    code_tables,
    ratings_from_records,
    ratings_from_rows,
    stacked,
)
from thematic.analysis.agreement.estimate import CHANCE_CORRECTED, Coefficient, Resampling
from thematic.analysis.agreement.pooling import agreement_by_code
from thematic.analysis.agreement.ratings import Judgement, Level, Rating, Ratings, Repeated
from thematic.analysis.agreement.units import (
    Agreement,
    agreement,
    agreement_by_interview,
    agreement_by_pair,
)
from thematic.analysis.agreement.weights import Weights
from thematic.errors import UsageError

N = None
POINTS = Resampling(resamples=0)
Rows = list[list[Any]]

# Gwet 2014, 12 subjects and 4 raters, as in R's irrCAC (cac.raw4raters).
GWET: Rows = [
    [1, 1, N, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [N, 5, 5, 5], [N, N, 1, 1], [N, N, 3, N],
]  # fmt: skip
# Hayes & Krippendorff 2007, p. 84: 40 articles, 5 coders, an ordinal scale from 0 to 3.
HAYES: Rows = [
    [1, 1, 2, N, 2], [1, 1, 0, 1, N], [2, 3, 3, 3, N], [N, 0, 0, N, 0], [0, 0, 0, N, 0],
    [0, 0, 0, N, 0], [1, 0, 2, N, 1], [1, N, 2, 0, N], [2, 2, 2, N, 2], [2, 1, 1, 1, N],
    [N, 1, 0, 0, N], [0, 0, 0, 0, N], [1, 2, 2, 2, N], [3, 3, 2, 2, 3], [1, 1, 1, N, 1],
    [1, 1, 1, N, 1], [2, 1, 2, N, 2], [1, 2, 3, 3, N], [1, 1, 0, 1, N], [0, 0, 0, N, 0],
    [0, 0, 1, 1, N], [0, 0, N, 0, 0], [2, 3, 3, 3, N], [0, 0, 0, 0, N], [1, 2, N, 2, 2],
    [0, 1, 1, 1, N], [0, 0, 0, 1, 0], [1, 2, 1, 2, N], [1, 1, 2, 2, N], [1, 1, 2, N, 2],
    [1, 1, 0, N, 0], [2, 1, 2, 1, N], [2, 2, N, 2, 2], [3, 2, 2, 2, N], [2, 2, 2, N, 2],
    [2, 2, 3, N, 2], [2, 2, 2, N, 2], [2, 2, N, 1, 2], [2, 2, 2, 2, N], [1, 1, 1, N, 1],
]  # fmt: skip
# Fleiss 1971, p. 379: how many of 6 psychiatrists chose each of 5 diagnoses for 30 patients.
FLEISS = [
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
    "10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
    "00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
]  # fmt: skip


def value(rows: Rows, coefficient: str, **how: Any) -> float | None:
    table = ratings_from_rows(rows, **how)
    return agreement(table, plan=POINTS, coefficients=[Coefficient(coefficient)])[coefficient].value


def crossed(*cells: tuple[Any, Any, int]) -> Rows:
    """Rows of two coders from a table of their answers."""
    return [[first, second] for first, second, times in cells for _ in range(times)]


def two_by_two(a: int, b: int, c: int, d: int) -> Rows:
    return crossed((True, True, a), (True, False, b), (False, True, c), (False, False, d))


def fleiss_rows() -> Rows:
    return [
        [category for category, times in enumerate(map(int, row)) for _ in range(times)]
        for row in FLEISS
    ]


# ---------------------------------------------------------------- published values


@pytest.mark.parametrize(
    ("rows", "level", "coefficient", "printed"),
    [
        pytest.param(HAYES, "ordinal", "krippendorff_alpha", 0.7598, id="Hayes 2007, 5 coders"),
        pytest.param(fleiss_rows(), "nominal", "fleiss_kappa", 0.430, id="Fleiss 1971, 30 x 6"),
        pytest.param(GWET, "nominal", "percent", 0.8182, id="Gwet 2014, missing: percent"),
        pytest.param(GWET, "nominal", "gwet_ac", 0.77544, id="Gwet 2014, missing: AC1"),
        pytest.param(GWET, "nominal", "fleiss_kappa", 0.76117, id="Gwet 2014, missing: Fleiss"),
        pytest.param(GWET, "nominal", "conger_kappa", 0.76282, id="Gwet 2014, missing: Conger"),
        pytest.param(GWET, "nominal", "brennan_prediger", 0.77273, id="Gwet 2014, missing: BP"),
        pytest.param(GWET, "nominal", "krippendorff_alpha", 0.74342, id="Gwet 2014: alpha"),
        pytest.param(two_by_two(40, 9, 6, 45), "nominal", "cohen_kappa", 0.70, id="Feinstein I"),
        pytest.param(two_by_two(80, 10, 5, 5), "nominal", "cohen_kappa", 0.32, id="Feinstein II"),
        pytest.param(
            two_by_two(45, 15, 25, 15), "nominal", "cohen_kappa", 0.13, id="Feinstein III"
        ),
        pytest.param(two_by_two(25, 35, 5, 35), "nominal", "cohen_kappa", 0.26, id="Feinstein IV"),
    ],
)
def test_published_values(rows: Rows, level: str, coefficient: str, printed: float) -> None:
    found = value(rows, coefficient, level=Level(level))
    digits = len(str(printed).split(".")[1])
    assert found is not None
    assert round(found, digits) == printed


def test_cohens_kappa_has_the_standard_error_of_fleiss_cohen_everitt() -> None:
    rows = crossed(
        (1, 1, 106), (1, 2, 10), (1, 3, 4), (2, 1, 22), (2, 2, 28), (2, 3, 10), (3, 1, 2),
        (3, 2, 12), (3, 3, 6),
    )  # fmt: skip
    found = agreement(ratings_from_rows(rows), plan=POINTS)["cohen_kappa"]
    assert found.value is not None
    assert found.standard_error is not None
    assert round(found.value, 3) == 0.429
    assert round(found.standard_error, 3) == 0.054
    assert found.standard_error_by == "analytic"


# irrCAC 0.4.4 on GWET: value and standard error of Fleiss, Conger, Brennan-Prediger, AC1/AC2.
IRRCAC = [
    ("identity", (0.76117, 0.15302), (0.76282, 0.14917), (0.77273, 0.14472), (0.77544, 0.14295)),
    ("linear", (0.81794, 0.14850), (0.81378, 0.14509), (0.84848, 0.12336), (0.85874, 0.11733)),
    ("quadratic", (0.86494, 0.14603), (0.85771, 0.14367), (0.90152, 0.11089), (0.91400, 0.10396)),
    ("ordinal", (0.85021, 0.14704), (0.84366, 0.14410), (0.88636, 0.11391), (0.89894, 0.10690)),
    ("radical", (0.78992, 0.15004), (0.78834, 0.14637), (0.81263, 0.13278), (0.81981, 0.12836)),
    ("ratio", (0.82134, 0.15239), (0.81197, 0.14860), (0.84024, 0.13221), (0.85737, 0.12207)),
]


@pytest.mark.parametrize(("weights", "fleiss", "conger", "brennan", "gwet"), IRRCAC)
def test_weights_and_standard_errors_as_in_irrcac(
    weights: str, fleiss: Any, conger: Any, brennan: Any, gwet: Any
) -> None:
    table = ratings_from_rows(GWET, level=Level.INTERVAL)
    found = agreement(table, weights=Weights(weights), plan=POINTS)
    names = ("fleiss_kappa", "conger_kappa", "brennan_prediger", "gwet_ac")
    for name, (number, error) in zip(names, (fleiss, conger, brennan, gwet), strict=True):
        assert found[name].value == pytest.approx(number, abs=1e-5)
        assert found[name].standard_error == pytest.approx(error, abs=1e-5)


def test_alphas_standard_error_is_gwets() -> None:
    found = agreement(ratings_from_rows(GWET), plan=POINTS)
    assert found["krippendorff_alpha"].standard_error == pytest.approx(0.14548, abs=1e-5)
    assert found["percent"].standard_error == pytest.approx(0.12561, abs=1e-5)


def test_what_the_estimate_says_of_its_base() -> None:
    found = agreement(ratings_from_rows(GWET), plan=POINTS)
    alpha = found["krippendorff_alpha"]
    assert (alpha.units, alpha.coders, alpha.pairable) == (11, 4, 40)
    assert (found.units, found.units_rated_once, found.units_unrated) == (12, 1, 0)


def test_labels_tell_what_was_computed() -> None:
    two = agreement(ratings_from_rows(two_by_two(3, 1, 1, 3)), plan=POINTS)
    assert two["fleiss_kappa"].label == "Fleiss' kappa (Scott's pi)"
    assert two["brennan_prediger"].label == "Brennan–Prediger (PABAK)"
    assert two["gwet_ac"].label == "Gwet's AC1"
    ordinal = agreement(ratings_from_rows(GWET, level=Level.ORDINAL), plan=POINTS)
    assert ordinal["gwet_ac"].label == "Gwet's AC2, ordinal weights"
    assert ordinal["krippendorff_alpha"].label == "Krippendorff's alpha, ordinal"


# ---------------------------------------------------------------- one code, two coders, by hand


@pytest.mark.parametrize("cells", [(20, 5, 10, 65), (3, 1, 2, 4), (40, 9, 6, 45), (1, 0, 2, 30)])
def test_one_code_and_two_coders_by_hand(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    number = a + b + c + d
    observed = (a + d) / number
    pi = (2 * a + b + c) / (2 * number)
    by_cohen = ((a + b) * (a + c) + (c + d) * (b + d)) / number**2
    ones, noughts = 2 * a + b + c, 2 * d + b + c
    expected = {
        "percent": observed,
        "cohen_kappa": (observed - by_cohen) / (1 - by_cohen),
        "fleiss_kappa": (observed - (pi**2 + (1 - pi) ** 2)) / (1 - (pi**2 + (1 - pi) ** 2)),
        "brennan_prediger": 2 * observed - 1,
        "gwet_ac": (observed - 2 * pi * (1 - pi)) / (1 - 2 * pi * (1 - pi)),
        "krippendorff_alpha": 1 - (b + c) * (2 * number - 1) / (ones * noughts),
        "positive_agreement": 2 * a / (2 * a + b + c),
        "negative_agreement": 2 * d / (2 * d + b + c),
        "prevalence_index": abs(a - d) / number,
        "bias_index": abs(b - c) / number,
    }
    rows = two_by_two(*cells)
    for name, wanted in expected.items():
        assert value(rows, name, categories=(False, True)) == pytest.approx(wanted), name
    conger = value(rows, "conger_kappa", categories=(False, True))
    assert conger == pytest.approx(expected["cohen_kappa"])


# ---------------------------------------------------------------- the definitions, literally


def pairs_of(unit: Sequence[Any]) -> list[tuple[Any, Any]]:
    return list(permutations([rating for rating in unit if rating is not None], 2))


def literal_alpha(rows: Rows, level: Level) -> float | None:
    """Krippendorff's alpha from all pairs, one by one."""
    units = [[rating for rating in row if rating is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    pool = [rating for unit in units for rating in unit]

    def apart(one: float, other: float) -> float:
        low, high = min(one, other), max(one, other)
        if level is Level.NOMINAL:
            return float(one != other)
        if level is Level.ORDINAL:
            between = sum(low <= rating <= high for rating in pool)
            return (between - (pool.count(low) + pool.count(high)) / 2) ** 2 if low < high else 0
        if level is Level.INTERVAL:
            return (one - other) ** 2
        return ((one - other) / (one + other)) ** 2 if one + other else 0

    observed = sum(
        apart(one, other) / (len(unit) - 1) for unit in units for one, other in pairs_of(unit)
    )
    expected = sum(apart(one, other) for one, other in permutations(pool, 2))
    if not expected:
        return None
    return 1 - observed / len(pool) / (expected / (len(pool) * (len(pool) - 1)))


def literal_chance(rows: Rows, name: str, categories: Sequence[Any]) -> float:
    """What chance gives: by the shares of units (Fleiss, Gwet) or of coders (Conger)."""
    rated = [[rating for rating in row if rating is not None] for row in rows]
    rated = [unit for unit in rated if unit]
    use = {
        one: sum(unit.count(one) / len(unit) for unit in rated) / len(rated) for one in categories
    }
    if name == "brennan_prediger":
        return 1 / len(categories)
    if name == "fleiss_kappa":
        return sum(share**2 for share in use.values())
    if name == "gwet_ac":
        return sum(share * (1 - share) for share in use.values()) / (len(categories) - 1)
    own = []
    for column in zip(*rows, strict=True):
        said = [rating for rating in column if rating is not None]
        if said:
            own.append({one: said.count(one) / len(said) for one in categories})
    both = [sum(a[one] * b[one] for one in categories) for a, b in combinations(own, 2)]
    return sum(both) / len(both)


TABLES = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([N, 0, 1, 2, 4]), min_size=coders, max_size=coders),
        min_size=2,
        max_size=10,
    )
)


@given(TABLES, st.sampled_from(list(Level)))
@settings(deadline=None)
def test_alpha_is_its_definition(rows: Rows, level: Level) -> None:
    found = value(rows, "krippendorff_alpha", level=level)
    wanted = literal_alpha(rows, level)
    if wanted is None:
        assert found is None
    else:
        assert found == pytest.approx(wanted, abs=1e-9)


@given(TABLES)
@settings(deadline=None)
def test_the_kappas_are_their_definitions(rows: Rows) -> None:
    units = [pairs_of(row) for row in rows if pairs_of(row)]
    compared = {rating for unit in units for pair in unit for rating in pair}
    assume(len(compared) > 1)
    categories = sorted({rating for row in rows for rating in row if rating is not None})
    observed = sum(sum(a == b for a, b in unit) / len(unit) for unit in units) / len(units)
    assert value(rows, "percent") == pytest.approx(observed)
    for name in ("brennan_prediger", "fleiss_kappa", "gwet_ac", "conger_kappa"):
        chance = literal_chance(rows, name, categories)
        assume(chance < 1 - 1e-9)
        assert value(rows, name) == pytest.approx((observed - chance) / (1 - chance)), name


# ---------------------------------------------------------------- what is undefined

DEGENERATE: dict[str, Rows] = {
    "empty": [],
    "all missing": [[N, N], [N, N]],
    "one coder": [[1], [2], [1]],
    "one of two coders": [[1, N], [2, N]],
    "no overlap": [[1, N], [N, 2], [2, N], [N, 1]],
}
CONSTANT: dict[str, Rows] = {
    "all equal": [["yes", "yes"]] * 12,
    "one category, gaps": [["yes", "yes", N], [N, "yes", "yes"], ["yes", N, N]],
    "equal where compared": [["yes", "yes"], ["yes", "yes"], ["no", N]],
}


@pytest.mark.parametrize("coefficient", list(Coefficient))
@pytest.mark.parametrize("case", DEGENERATE)
def test_nothing_to_compare_is_null_with_a_reason(case: str, coefficient: Coefficient) -> None:
    for categories in ((), (1, 2)):
        table = ratings_from_rows(DEGENERATE[case], categories=categories)
        found = agreement(table)[coefficient]
        assert found.value is None
        assert found.reason
        assert (found.standard_error, found.interval) == (None, None)


@pytest.mark.parametrize("coefficient", CHANCE_CORRECTED)
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("case", CONSTANT)
def test_no_variation_is_null_with_a_reason(
    case: str, level: Level, coefficient: Coefficient
) -> None:
    # Also where the second category is declared: never 0 or 1 by convention.
    table = ratings_from_rows(CONSTANT[case], level=level, categories=("no", "yes")) if (
        level in (Level.NOMINAL, Level.ORDINAL)
    ) else ratings_from_rows(
        [[None if rating is None else 3 for rating in row] for row in CONSTANT[case]], level=level
    )  # fmt: skip
    found = agreement(table)[coefficient]
    assert found.value is None
    assert "all compared ratings are" in found.reason or "two coders; here are 3" in found.reason


def test_of_equal_ratings_the_plain_shares_stay_true() -> None:
    table = ratings_from_rows([[False, False]] * 12, categories=(False, True))
    found = agreement(table, plan=POINTS)
    assert found["percent"].value == 1
    assert found["negative_agreement"].value == 1
    assert found["prevalence_index"].value == 1
    assert found["bias_index"].value == 0
    assert found["positive_agreement"].value is None
    assert found["positive_agreement"].reason == "no compared rating is True"


@pytest.mark.parametrize(
    ("rows", "coefficient", "reason"),
    [
        ([[1, 2, 1], [2, 2, 2]], "cohen_kappa", "it compares two coders; here are 3"),
        ([[1, 2, 1], [2, 2, 2]], "bias_index", "it compares two coders; here are 3"),
        ([[1, 2], [3, 3]], "positive_agreement", "it needs two categories; here are 3"),
        ([[1, 2], [3, 3]], "prevalence_index", "it needs two categories; here are 3"),
    ],
)
def test_figures_for_two_say_what_they_are_for(rows: Rows, coefficient: str, reason: str) -> None:
    assert agreement(ratings_from_rows(rows), plan=POINTS)[coefficient].reason == reason


# ---------------------------------------------------------------- invariants


@given(TABLES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_and_names_do_not_matter(rows: Rows, random: Any) -> None:
    base = agreement(ratings_from_rows(rows), plan=POINTS)
    mixed = random.sample(rows, len(rows))
    order = random.sample(range(len(rows[0])), len(rows[0]))
    mixed = [[row[column] for column in order] for row in mixed]
    names = {0: "pear", 1: "apple", 2: "quince", 4: "fig", None: None}
    renamed = [[names[rating] for rating in row] for row in mixed]
    for other in (mixed, renamed):
        again = agreement(ratings_from_rows(other), plan=POINTS)
        for name in CHANCE_CORRECTED:
            assert again[name].value == pytest.approx(base[name].value, abs=1e-9), name


@given(TABLES, st.sampled_from(list(Level)))
@settings(deadline=None)
def test_values_stay_in_their_ranges(rows: Rows, level: Level) -> None:
    found = agreement(ratings_from_rows(rows, level=level), plan=POINTS)
    for one in found.estimates:
        assert one.value is None or math.isfinite(one.value)
        assert (one.value is None) == bool(one.reason)
        assert one.value is None or one.value <= 1 + 1e-12
        assert one.standard_error is None or one.standard_error >= 0
    shares = (
        "percent",
        "positive_agreement",
        "negative_agreement",
        "prevalence_index",
        "bias_index",
    )
    assert all(0 <= (found[name].value or 0) <= 1 for name in shares)
    if level is Level.NOMINAL:
        # With gaps the chance of Fleiss and Conger is not that of the compared units.
        bounded = ("brennan_prediger", "gwet_ac", "krippendorff_alpha")
        assert all((found[name].value or 0) >= -1 - 1e-12 for name in bounded)


@given(TABLES, st.sampled_from(list(Level)))
@settings(deadline=None)
def test_units_of_one_coder_do_not_change_alpha(rows: Rows, level: Level) -> None:
    alone = [[4, *[N] * (len(rows[0]) - 1)], [*[N] * (len(rows[0]) - 1), 0]]
    name = "krippendorff_alpha"
    before, after = value(rows, name, level=level), value(rows + alone, name, level=level)
    assert before == pytest.approx(after)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=20), st.integers(2, 4))
@settings(deadline=None)
def test_perfect_data_give_one(ratings: list[int], coders: int) -> None:
    assume(len(set(ratings)) > 1)
    for level in Level:
        found = agreement(ratings_from_rows([[r] * coders for r in ratings], level=level))
        for name in CHANCE_CORRECTED:
            if name is not Coefficient.COHEN or coders == 2:
                assert found[name].value == pytest.approx(1)
                assert found[name].interval is None


@given(TABLES, st.integers(2, 3))
@settings(deadline=None, max_examples=30)
def test_every_unit_twice_changes_shares_of_units_in_nothing(rows: Rows, times: int) -> None:
    for name in ("percent", "cohen_kappa", "fleiss_kappa", "conger_kappa", "gwet_ac"):
        assert value(rows * times, name) == pytest.approx(value(rows, name)), name


# ---------------------------------------------------------------- intervals

BINARY: Rows = two_by_two(20, 5, 8, 30)


def test_an_interval_is_the_same_with_the_same_seed_only() -> None:
    table = ratings_from_rows(BINARY, categories=(False, True))
    runs = [agreement(table, plan=Resampling(seed=seed))["gwet_ac"] for seed in (7, 7, 8)]
    assert runs[0] == runs[1]
    assert runs[0].value == runs[2].value
    assert runs[0].interval != runs[2].interval
    assert runs[0].interval is not None
    assert runs[0].interval.seed == 7
    assert runs[0].interval.low < (runs[0].value or 0) < runs[0].interval.high


@pytest.fixture(scope="module")
def redrawn() -> list[Agreement]:
    """The figures of 300 tables whose units were drawn one by one."""
    generator = np.random.default_rng(5)
    number = len(BINARY)
    return [
        agreement(
            ratings_from_rows(
                [BINARY[row] for row in generator.integers(0, number, number)],
                categories=(False, True),
            ),
            plan=POINTS,
        )
        for _ in range(300)
    ]


@pytest.mark.parametrize("coefficient", list(Coefficient))
def test_an_interval_is_that_of_resampled_units(
    coefficient: Coefficient, redrawn: list[Agreement]
) -> None:
    found = agreement(ratings_from_rows(BINARY, categories=(False, True)))[coefficient].interval
    assert found is not None
    values = np.asarray([one[coefficient].value for one in redrawn], dtype=float)
    low, high = np.quantile(values, [0.025, 0.975])
    width = found.high - found.low
    assert found.low == pytest.approx(low, abs=width / 4)
    assert found.high == pytest.approx(high, abs=width / 4)
    assert (found.drawn, found.clusters) == ("unit", len(BINARY))


@pytest.mark.parametrize("level", list(Level))
def test_alpha_is_resampled_with_its_own_metric(level: Level) -> None:
    rows = HAYES
    if level is Level.NOMINAL:
        rows = [[None if r is None else "abcd"[r] for r in row] for row in HAYES]
    found = agreement(ratings_from_rows(rows, level=level))["krippendorff_alpha"].interval
    assert found is not None
    generator = np.random.default_rng(5)
    drawn = [
        value(
            [rows[row] for row in generator.integers(0, 40, 40)], "krippendorff_alpha", level=level
        )
        for _ in range(60)
    ]
    middle = float(np.median(np.asarray(drawn, dtype=float)))
    assert found.low < middle < found.high
    assert 0.05 < found.high - found.low < 0.4


def in_interviews(interviews: int, spread: float) -> Ratings:
    """Ten units in each interview; some interviews agree on all, others on little."""
    rows, groups = [], []
    generator = np.random.default_rng(2)
    for interview in range(interviews):
        sure = 0.5 + spread * (0.5 if interview % 2 else -0.5)
        for _ in range(10):
            first = bool(generator.random() < 0.5)
            second = first if generator.random() < sure else not first
            rows.append([first, second])
            groups.append(f"I{interview:02}")
    return ratings_from_rows(rows, groups=groups, categories=(False, True))


def test_interviews_are_drawn_whole() -> None:
    table = in_interviews(12, 0.9)
    by_interview = agreement(table)["krippendorff_alpha"]
    alone = Ratings(table.units, table.coders, table.categories, table.matrix, table.level)
    by_unit = agreement(alone)["krippendorff_alpha"]
    assert by_interview.value == by_unit.value
    assert by_interview.interval is not None
    assert by_unit.interval is not None
    assert (by_interview.interval.drawn, by_interview.interval.clusters) == ("interview", 12)
    wide = by_interview.interval.high - by_interview.interval.low
    assert wide > 1.3 * (by_unit.interval.high - by_unit.interval.low)
    assert by_interview.standard_error_by == "resampling"
    assert by_unit.standard_error_by == "analytic"
    assert (by_interview.standard_error or 0) > 1.3 * (by_unit.standard_error or 0)


@pytest.mark.parametrize("interviews", [1, 4, 9])
def test_few_interviews_give_no_interval(interviews: int) -> None:
    found = agreement(in_interviews(interviews, 0.5))["krippendorff_alpha"]
    assert found.value is not None
    assert found.interval is None
    assert found.standard_error is None
    assert found.no_interval == f"too few interviews for an interval: {interviews}, not 10"


def rare_code(carrying: int) -> Ratings:
    rows, groups = [], []
    for interview in range(20):
        for unit in range(5):
            here = interview < carrying and unit < 2
            rows.append([here, here and unit == 0])
            groups.append(str(interview))
    return ratings_from_rows(rows, groups=groups, categories=(False, True))


def test_rare_codes_are_stratified() -> None:
    found = agreement(rare_code(3))["krippendorff_alpha"]
    assert found.no_interval == "the same in all resamples: they cannot show how sure it is"
    often = agreement(in_interviews(12, 0.5))["krippendorff_alpha"].interval
    assert often is not None
    assert not often.stratified
    table = rare_code(3)
    table.matrix[1, 1] = 1  # one interview agrees more than the others
    some = agreement(table)["positive_agreement"].interval
    assert some is not None
    assert some.stratified
    assert some.defined == some.resamples


def test_a_code_in_one_interview_has_no_interval() -> None:
    found = agreement(rare_code(1))["krippendorff_alpha"]
    assert found.value is not None
    assert found.no_interval == "the code stands in one interview only"


def test_no_resamples_no_interval() -> None:
    found = agreement(ratings_from_rows(BINARY), plan=POINTS)["percent"]
    assert (found.interval, found.no_interval) == (None, "not asked for")
    assert found.standard_error is not None


# ---------------------------------------------------------------- building tables


def records(*cells: tuple[str, str, Any]) -> list[Rating]:
    return [Rating(*cell) for cell in cells]


REPEATED = records(
    ("u1", "A", 1), ("u1", "B", 1), ("u2", "A", 2), ("u2", "A", 1), ("u2", "B", 1),
    ("u1", "A", 1), ("u3", "B", 2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("repeated", "kept"),
    [
        (Repeated.FIRST, [[1, 1], [2, 1], [N, 2]]),
        (Repeated.LAST, [[1, 1], [1, 1], [N, 2]]),
        (Repeated.LEAVE_OUT, [[1, 1], [N, 1], [N, 2]]),
    ],
)
def test_repeated_ratings_are_reported_and_one_counts(repeated: Repeated, kept: Rows) -> None:
    table = ratings_from_records(REPEATED, repeated=repeated)
    assert table.units == ("u1", "u2", "u3")
    assert table.coders == ("A", "B")
    assert [
        [table.categories[code] if code >= 0 else None for code in row] for row in table.matrix
    ] == kept
    told = {(repeat.unit, repeat.coder): repeat for repeat in table.repeats}
    assert set(told) == {("u1", "A"), ("u2", "A")}
    assert told["u2", "A"].values == (2, 1)
    assert told["u1", "A"].equal
    assert not told["u2", "A"].equal
    assert table.units_rated_once == (2 if repeated is Repeated.LEAVE_OUT else 1)
    assert agreement(table, plan=POINTS).repeats == table.repeats


def test_a_crowd_with_repeats_gives_the_alpha_of_first_ratings() -> None:
    generator = np.random.default_rng(4)
    found = [
        Rating(f"s{generator.integers(1200)}", f"c{generator.integers(300)}", int(code))
        for code in generator.integers(0, 3, 6234)
    ]
    table = ratings_from_records(found)
    first: dict[tuple[str, str], Any] = {}
    for one in found:
        first.setdefault((one.unit, one.coder), one.value)
    assert len(table.repeats) == len({(r.unit, r.coder) for r in table.repeats}) > 0
    assert len(first) == 6234 - sum(len(repeat.values) - 1 for repeat in table.repeats)
    units: dict[str, list[Any]] = {}
    for (unit, _), rating in first.items():
        units.setdefault(unit, []).append(rating)
    said = [unit for unit in units.values() if len(unit) > 1]
    counts = np.bincount([rating for unit in said for rating in unit])
    number = counts.sum()
    apart = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in said)
    alpha = 1 - (number - 1) * apart / (number**2 - (counts**2).sum())
    estimate = agreement(table, plan=POINTS)["krippendorff_alpha"]
    assert estimate.value == pytest.approx(alpha)
    assert (estimate.units, estimate.pairable) == (len(said), number)


def test_large_tables_are_counted_by_patterns() -> None:
    generator = np.random.default_rng(1)
    truth = generator.integers(0, 2, 100_000)
    said = np.where(generator.random((100_000, 5)) < 0.8, truth[:, None], 1 - truth[:, None])
    found = agreement(ratings_from_rows(said.tolist()))["krippendorff_alpha"]
    disagree = (said.sum(axis=1) * (5 - said.sum(axis=1))).sum() * 2 / 4
    ones, number = int(said.sum()), said.size
    assert found.value == pytest.approx(1 - (number - 1) * disagree / (2 * ones * (number - ones)))
    assert found.interval is not None
    assert found.interval.high - found.interval.low < 0.01


def test_missing_is_none_or_nan() -> None:
    assert value([[1, math.nan], [2, 2], [1, 1]], "percent") == 1
    one = ratings_from_records(records(("u", "A", math.nan), ("u", "B", None), ("v", "B", 1)))
    assert (one.units_unrated, one.units_rated_once) == (1, 1)


@pytest.mark.parametrize(
    ("rows", "level", "categories", "message"),
    [
        pytest.param([["lo", "hi"]], "ordinal", (), "ordinal ratings need numbers", id="unordered"),
        pytest.param([["1", "2"]], "interval", (), "interval ratings need numbers", id="text"),
        pytest.param([[-1, 2]], "ratio", (), "-1 is no ratio rating", id="negative"),
        pytest.param([[1, math.inf]], "interval", (), "inf is no interval rating", id="infinite"),
        pytest.param([["yes", "noo"]], "nominal", ("yes", "no"), "'noo' is not one", id="unknown"),
        pytest.param([[1, 2]], "nominal", (1, 1, 2), "stands twice", id="doubled"),
        pytest.param([[n, n] for n in range(2001)], "nominal", (), "2001 different", id="many"),
    ],
)
def test_ratings_that_do_not_fit_are_refused(
    rows: Rows, level: str, categories: tuple[Any, ...], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        ratings_from_rows(rows, level=Level(level), categories=categories)


def test_words_in_an_order_are_ordinal() -> None:
    rows = [["low", "low"], ["low", "high"], ["high", "high"], ["mid", "high"]]
    scale = ("low", "mid", "high")
    ranks = [[scale.index(rating) for rating in row] for row in rows]
    for name in CHANCE_CORRECTED:
        assert value(rows, name, level=Level.ORDINAL, categories=scale) == pytest.approx(
            value(ranks, name, level=Level.ORDINAL)
        )


def test_unused_categories_change_only_chance_by_number() -> None:
    rows = [["a", "a"], ["b", "b"], ["a", "b"], ["a", "a"]]
    more = ("a", "b", "c", "d")
    for name in ("cohen_kappa", "fleiss_kappa", "conger_kappa", "krippendorff_alpha"):
        assert value(rows, name) == value(rows, name, categories=more)
    assert value(rows, "brennan_prediger", categories=more) == pytest.approx((0.75 - 0.25) / 0.75)
    assert value(rows, "gwet_ac") != value(rows, "gwet_ac", categories=more)


def test_weights_need_an_order() -> None:
    with pytest.raises(UsageError, match="linear weights need categories in an order"):
        agreement(ratings_from_rows([["a", "b"]]), weights=Weights.LINEAR)


def test_a_unit_stands_in_one_interview() -> None:
    with pytest.raises(UsageError, match="stands in two interviews"):
        ratings_from_records([Rating("u", "A", 1, "I1"), Rating("u", "B", 1, "I2")])


@pytest.mark.parametrize(
    ("rows", "names"),
    [([[1, 2], [1]], {}), ([[1, 2]], {"coders": ["A"]}), ([[1, 2]], {"groups": ["x", "y"]})],
)
def test_names_that_do_not_fit_are_faults(rows: Rows, names: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unequal|fit"):
        ratings_from_rows(rows, **names)


# ---------------------------------------------------------------- codes, interviews, pairs

JUDGED = [
    Judgement(unit, coder, frozenset(codes.split()), f"I{number % 2}")
    for number, (unit, by_a, by_b) in enumerate(
        [
            ("u1", "money", "money"), ("u2", "money kin", "kin"), ("u3", "", ""),
            ("u4", "kin", ""), ("u5", "money", "money kin"), ("u6", "", "money"),
        ]
    )
    for coder, codes in (("A", by_a), ("B", by_b))
]  # fmt: skip


def test_codes_become_yes_no_tables() -> None:
    tables = code_tables(JUDGED, ["money", "kin", "never"])
    assert list(tables) == ["money", "kin", "never"]
    assert tables["money"].categories == (False, True)
    assert tables["money"].matrix.tolist() == [[1, 1], [1, 0], [0, 0], [0, 0], [1, 1], [0, 1]]
    assert tables["money"].groups == ("I0", "I1", "I0", "I1", "I0", "I1")
    assert not tables["never"].matrix.any()
    only_a = code_tables([one for one in JUDGED if one.coder == "A"] + JUDGED[1:2], ["money"])
    assert only_a["money"].matrix[:, 1].tolist() == [1, -1, -1, -1, -1, -1]


def test_codes_are_pooled_in_three_ways_that_say_so() -> None:
    tables = code_tables(JUDGED, ["money", "kin", "never"])
    found = agreement_by_code(tables, plan=POINTS)
    by_name = {one.coefficient: one for one in found.mean}
    kappas = [found.codes[code]["cohen_kappa"] for code in ("money", "kin", "never")]
    assert kappas[2].value is None
    assert by_name["cohen_kappa"].value == pytest.approx(
        ((kappas[0].value or 0) + (kappas[1].value or 0)) / 2
    )
    assert by_name["cohen_kappa"].label == "Cohen's kappa, mean of 2 of 3 codes"
    rows = [[row[0], row[1]] for table in tables.values() for row in table.matrix.tolist()]
    assert found.stacked["cohen_kappa"].value == pytest.approx(value(rows, "cohen_kappa"))
    averaged = next(one for one in found.averaged if one.coefficient == "cohen_kappa")
    observed = ((kappas[0].observed or 0) + (kappas[1].observed or 0)) / 2
    expected = ((kappas[0].expected or 0) + (kappas[1].expected or 0)) / 2
    assert averaged.value == pytest.approx((observed - expected) / (1 - expected))


def test_stacked_codes_of_one_unit_are_drawn_together() -> None:
    tables = code_tables(JUDGED, ["money", "kin"])
    assert set(stacked(tables).groups) == {"I0", "I1"}
    bare = code_tables([Judgement(j.unit, j.coder, j.codes) for j in JUDGED], ["money", "kin"])
    assert stacked(bare).groups == ("u1", "u2", "u3", "u4", "u5", "u6") * 2
    with pytest.raises(ValueError, match="cannot be stacked"):
        stacked({"a": ratings_from_rows([[1, 2]]), "b": ratings_from_rows([[3, 4]])})


def test_no_code_defined_is_null_in_every_pooling() -> None:
    found = agreement_by_code(code_tables(JUDGED, ["never", "nor this"]), plan=POINTS)
    for one in (*found.mean, *found.averaged, *found.stacked.estimates):
        if one.coefficient in CHANCE_CORRECTED:
            assert one.value is None
            assert one.reason


def test_one_unit_on_which_two_coders_differ_is_pooled() -> None:
    """All disagreement that chance could bring: alpha is 0, and nothing is divided by 0."""
    tables = code_tables([Judgement("u1", "A", ("x",)), Judgement("u1", "B", ())], ["x"])
    found = {one.coefficient: one.value for one in agreement_by_code(tables, plan=POINTS).averaged}
    assert found["krippendorff_alpha"] == 0
    assert found["fleiss_kappa"] == -1


def test_every_interview_by_itself() -> None:
    table = in_interviews(3, 0.8)
    found = agreement_by_interview(table)
    assert list(found) == ["I00", "I01", "I02"]
    for number, name in enumerate(found):
        rows = list(range(number * 10, number * 10 + 10))
        assert found[name].units == 10
        alone = agreement(table.rows(rows), plan=POINTS)
        for one in found[name].estimates:
            assert one.value == alone[one.coefficient].value
            assert one.interval is None
            assert one.standard_error is None
            assert one.no_interval == ("" if one.value is None else "one interview only")


def test_every_pair_of_coders() -> None:
    found = agreement_by_pair(ratings_from_rows(GWET, coders="ABCD"), plan=POINTS)
    assert list(found) == list(combinations("ABCD", 2))
    first_two = [row[:2] for row in GWET]
    assert found["A", "B"]["cohen_kappa"].value == value(first_two, "cohen_kappa")


def test_repeats_follow_their_units_and_coders() -> None:
    table = ratings_from_records(REPEATED)
    assert [repeat.unit for repeat in table.rows([1]).repeats] == ["u2"]
    assert table.of_coders(["B"]).repeats == ()
