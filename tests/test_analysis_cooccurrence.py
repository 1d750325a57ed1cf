"""Pairs of codes: the four counts, Jaccard, shared words, distances, kinds, people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jaccard
from table_samples import judged, sentences, study_of

import thematic
from thematic.analysis.cooccurrence import pairs

NOUNS = ("anise", "banana", "cherry")


def row(table: thematic.ResultTable, one: str, other: str) -> dict[str, Any]:
    (found,) = [r for r in table.records() if (r["code_1"], r["code_2"]) == (one, other)]
    return found


def test_a_pair_counts_units_that_carry_both() -> None:
    codings = study_of({
        "E1": sentences(["anise and banana", "anise", "banana", "cherry", "anise and a banana"]),
        "E2": sentences(["anise", "banana"]),
    })  # fmt: skip
    found = row(thematic.cooccurrence(codings), "a", "b")
    assert {name: found[name] for name in ("n1", "n2", "n12", "n_either", "units_N")} == {
        "n1": 4, "n2": 4, "n12": 2, "n_either": 6, "units_N": 7,
    }  # fmt: skip
    assert found["jaccard"] == pytest.approx(2 / (4 + 4 - 2))
    assert (found["cases_1"], found["cases_2"], found["cases_12"], found["cases_N"]) == (2, 2, 1, 2)
    assert found["share_of_1"] is None  # of 4
    assert row(thematic.cooccurrence(codings), "a", "c")["n12"] == 0  # zero rows are kept


def test_shares_stand_from_a_base_of_twenty() -> None:
    codings = study_of({"E1": sentences(["anise and banana"] * 5 + ["anise"] * 15)})
    found = row(thematic.cooccurrence(codings), "a", "b")
    assert found["share_of_1"] == pytest.approx(5 / 20)
    assert found["share_of_2"] is None


def test_pairs_on_the_same_words_are_set_apart() -> None:
    """`apple pie` is b, and the apple in it a/aa: one stretch of talk, matched twice."""
    codings = study_of({
        "E1": sentences(["apple pie", "apple pie and an apple", "apple and banana", "apple"])
    })  # fmt: skip
    found = row(thematic.cooccurrence(codings), "a", "b")
    assert (found["n12"], found["overlapping"], found["apart"]) == (3, 1, 2)
    assert found["jaccard"] == pytest.approx(3 / 4)
    assert found["jaccard_apart"] == pytest.approx(2 / 4)


def test_a_theme_is_not_paired_with_its_own_codes() -> None:
    assert list(pairs(["a", "a/aa", "b", "ab"])) == [
        ("a", "b"), ("a", "ab"), ("a/aa", "b"), ("a/aa", "ab"), ("b", "ab"),
    ]  # fmt: skip


TURNS = """\
ANNA: The anise. The date. The banana.

I: And then?

ANNA: The cherry.

BEN: The anise.

I: Yes?

BEN: The date.
"""


@pytest.mark.parametrize(
    ("unit", "within", "pair", "n12"),
    [
        ("sentence", 1, ("a", "b"), 0),
        ("sentence", 2, ("a", "b"), 2),  # a has b near, and b has a near: two sentences
        ("sentence", 9, ("b", "c"), 0),  # another turn
        ("turn", 0, ("a", "b"), 1),
        ("turn", 1, ("b", "c"), 2),  # the question between them does not count
        ("turn", 1, ("a", "b"), 1),
        ("turn", 2, ("a", "b"), 2),  # Ben's anise, too
        ("transcript", 0, ("a", "c"), 1),
    ],
)
def test_units_may_lie_apart(unit: str, within: int, pair: tuple[str, str], n12: int) -> None:
    table = thematic.cooccurrence(study_of({"E1": TURNS}, unit=unit), within=within)
    assert row(table, *pair)["n12"] == n12


def test_whole_transcripts_are_not_near_each_other(run: Run, study: Path) -> None:
    with pytest.raises(ValueError, match="not near"):
        thematic.cooccurrence(study_of({"E1": TURNS}, unit="transcript"), within=1)
    result = run("cooccur", "--unit", "transcript", "--within", "1")
    assert result.code == 2
    assert "leave --within away" in result.err


UNITS = st.lists(st.sets(st.sampled_from(NOUNS)), min_size=1, max_size=9)


@given(UNITS, st.integers(min_value=0, max_value=3))
def test_counts_are_those_of_plain_loops(units: Sequence[set[str]], within: int) -> None:
    words = [" and ".join(sorted(unit)) or "date" for unit in units]
    table = thematic.cooccurrence(study_of({"E1": sentences(words)}), within=within)
    found = row(table, "a", "b")
    one = ["anise" in unit for unit in units]
    other = ["banana" in unit for unit in units]

    def near(at: int, codes: list[bool]) -> bool:
        return any(codes[max(0, at - within) : at + within + 1])

    places = range(len(units))
    first = [one[at] and near(at, other) for at in places]
    second = [other[at] and near(at, one) for at in places]
    assert found["n1_with_2"] == sum(first)
    assert found["n2_with_1"] == sum(second)
    assert found["n12"] == sum(a or b for a, b in zip(first, second, strict=True))
    assert found["n_either"] == sum(a or b for a, b in zip(one, other, strict=True))
    if not within and any(one + other):
        # scipy gives the dissimilarity of two binary vectors
        assert found["jaccard"] == pytest.approx(1 - jaccard(one, other))


def test_kinds_are_kept_apart() -> None:
    text = sentences(["anise and banana"])
    table = thematic.cooccurrence(
        study_of({"E1": text, "P1": text}, {"P1": {"kind": "publication"}})
    )
    both = [
        (r["kind"], r["n12"]) for r in table.records() if (r["code_1"], r["code_2"]) == ("a", "b")
    ]
    assert both == [("interview", 1), ("publication", 1)]


def test_whose_codings_count_is_chosen() -> None:
    codings = judged(
        study_of({"E1": sentences(["anise and banana", "anise", "date"])}),
        ("E1", "The anise and banana here.", "b", False),
        ("E1", "The anise here.", "b", True),
        ("E1", "The date here.", "a", True),
        ("E1", "The date here.", "d/hand", True),
    )

    def n12(basis: str, pair: tuple[str, str]) -> int:
        table = thematic.cooccurrence(codings, basis=thematic.Basis(basis), codes=["a", "b", "d"])
        return int(row(table, *pair)["n12"])

    assert n12("suggested", ("a", "b")) == 1
    assert n12("decided", ("a", "b")) == 0  # nobody decided on the anise
    assert n12("standing", ("a", "b")) == 1  # another one than the rules'
    assert n12("decided", ("a", "d")) == 1


def test_what_no_rule_suggests_has_no_number() -> None:
    table = thematic.cooccurrence(study_of({"E1": sentences(["anise"])}), codes=["a", "b", "d"])
    assert "d" not in table.column("code_2")
    assert "Left out, for no rule suggests them: d." in table.notes


def test_numbers_agree_with_frequencies_in_every_format(run: Run, study: Path) -> None:
    pairs = json.loads(run("cooccur", "--codes", "-f", "json").out)["rows"]
    counts = json.loads(run("freq", "-f", "json").out)["rows"]
    units = {(one["kind"], one["code"]): (one["units"], one["cases"]) for one in counts}
    for pair in pairs:
        assert units[pair["kind"], pair["code_1"]] == (pair["n1"], pair["cases_1"])
        assert units[pair["kind"], pair["code_2"]] == (pair["n2"], pair["cases_2"])
    shown = run("cooccur", "--code", "safe-haven", "--code", "finance").out
    assert "Sentences with both codes: interviews, of 7 sentences" in shown
    (line,) = [one for one in shown.splitlines() if one.startswith("safe-haven")][:1]
    interview = next(
        r for r in pairs if r["code_1"] == "alliance/safe-haven" and r["code_2"] == "finance"
    )
    assert line.split()[2:] == [
        f"{interview['cases_12']}/{interview['cases_N']}",
        *(str(interview[name]) for name in ("n1", "n2", "n12", "overlapping")),
        f"{interview['jaccard']:.2f}", "–", "–",
    ]  # fmt: skip
