"""What is said of each code of a cross-tabulation: effect, and a test where it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from thematic.analysis.contingency import (
    Groups,
    conditions_hold,
    demand_scipy,
    difference,
    difference_interval,
    effect,
    holm,
    independence,
)
from thematic.analysis.result import SHARES_FROM
from thematic.model.counting import RESAMPLES, SEED, Once
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.analysis.crosstab import Block

TESTED = (
    "groups",
    "effect",
    "effect_size",
    "difference",
    "difference_low",
    "difference_high",
    "test",
    "statistic",
    "df",
    "p",
    "p_holm",
    "resamples",
    "seed",
    "untested",
)


@dataclass(frozen=True)
class ChanceTest:
    """That tests are wanted, and how they are simulated.

    Args:
        resamples: tables drawn where neither chi-square nor Fisher's test can be used.
        seed: of these draws.
        dependent: the user knows that units of one person depend on each other.
    """

    resamples: int = RESAMPLES
    seed: int = SEED
    dependent: bool = False


def columns_of_tests(
    blocks: Sequence[Block], paths: Sequence[str], test: ChanceTest | None, count: Once
) -> dict[tuple[str, str], dict[str, Any]]:
    """By kind and code, the columns TESTED; p-values adjusted over the whole table."""
    if test:
        demand_scipy()
    found = {
        (block.kind, path): _of_code(block, path, test, count) for block in blocks for path in paths
    }
    having = [columns for columns in found.values() if columns.get("p") is not None]
    for columns, adjusted in zip(having, holm([one["p"] for one in having]), strict=True):
        columns["p_holm"] = adjusted
    return found


def _of_code(block: Block, path: str, test: ChanceTest | None, count: Once) -> dict[str, Any]:
    kept = [at for at, name in enumerate(block.names) if name and block.bases[at]]
    groups = Groups(
        tuple(block.found[at].get(path, 0) for at in kept),
        tuple(len(block.bases[at]) for at in kept),
    )
    columns: dict[str, Any] = {"groups": len(kept)}
    why = groups.untestable()
    if not why and groups.total >= SHARES_FROM:
        columns["effect"], columns["effect_size"] = effect(groups)
    if len(kept) == 2 and min(groups.bases) >= SHARES_FROM:
        columns["difference"] = difference(groups)
    if test is None:
        return columns
    # Of units, the user knows already that they depend on each other.
    why = why or ("" if count is Once.UNIT else _shared(block, kept))
    return columns | ({"untested": why} if why else _test(groups, test, columns))


def _test(groups: Groups, test: ChanceTest, columns: dict[str, Any]) -> dict[str, Any]:
    result = independence(groups, resamples=test.resamples, seed=test.seed)
    found: dict[str, Any] = {
        "test": result.test,
        "statistic": result.statistic,
        "df": result.df,
        "p": result.p,
    }
    if result.test == "Monte Carlo":
        found |= {"resamples": test.resamples, "seed": test.seed}
    if "difference" in columns and conditions_hold(groups):
        found["difference_low"], found["difference_high"] = difference_interval(groups)
    return found


def _shared(block: Block, kept: Sequence[int]) -> str:
    """Why groups cannot be tested against each other: the same persons are in several."""
    seen = Counter(member for at in kept for member in {one[:1] for one in block.bases[at]})
    several = sum(times > 1 for times in seen.values())
    if not several:
        return ""
    return f"{several} {'person is' if several == 1 else 'persons are'} in more than one group"


def notes_of_tests(
    rows: Sequence[dict[str, Any]], test: ChanceTest | None, count: Once
) -> Iterator[str]:
    """What effects mean, what the tests suppose, what was not tested, and why."""
    yield from _meanings(rows)
    if test is None:
        yield "No test: persons chosen on purpose are no sample (--test makes one, and says so)."
        return
    yield (
        "A p-value, and an interval, supposes that persons were drawn by chance and "
        "independently of each other; of persons chosen on purpose it says nothing about others."
    )
    tests = {row["code"]: row.get("test") for row in rows}
    if sum(name is not None for name in tests.values()) > 1:
        yield "p Holm: adjusted for the number of tests in this table; read this one."
    if any(row.get("resamples") for row in rows):
        yield f"Monte Carlo: {test.resamples:,} tables with the same margins, seed {test.seed}."
    if count is Once.UNIT:
        yield (
            "Units of one person depend on each other, so these p-values are too small; the "
            "table was asked for in spite of it."
        )
    yield from _untested(rows)


def _meanings(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    effects = {row.get("effect") for row in rows} - {None}
    if "phi" in effects:
        yield "phi: 0 no difference, 1 the largest; below 0 where the second group has more."
    if "Cramér's V" in effects:
        yield "Cramér's V: 0 no difference, 1 the largest."
    if any(row.get("difference") is not None for row in rows):
        interval = any(row.get("difference_low") is not None for row in rows)
        with_it = ", with its 95 % interval" if interval else ""
        yield f"Difference: of the two shares, in points of a hundred{with_it}."


def _untested(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The codes without a test, by the reason; kinds apart where there are several."""
    within_kinds = rows and rows[0]["by"] != "kind"
    several = len({row["kind"] for row in rows}) > 1 and within_kinds
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        if row.get("untested"):
            kind = row["kind"] if several else ""
            reasons.setdefault((kind, row["untested"]), {})[row["code"]] = None
    for (kind, why), codes in reasons.items():
        whose = f", of kind {kind}" if kind else ""
        yield f"Not tested{whose}, for {_said(why)}: {', '.join(codes)}."


def _said(why: str) -> str:
    return f"it is {why}" if why.startswith("found") else why
