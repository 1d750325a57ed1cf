"""Codes by groups: what is counted once, who is compared, when and how it is tested."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from table_samples import judged, sentences, study_of

import thematic
from thematic.analysis.cross_tests import ChanceTest
from thematic.analysis.crosstab import crosstab
from thematic.model.counting import Once
from thematic.model.judged import Basis


def survey(found: dict[str, tuple[int, int]], **more: dict[str, str]) -> thematic.Codings:
    """So many of N persons of each group speak of `a`; one transcript each."""
    talks, attributes = {}, {}
    for group, (n, base) in found.items():
        for number in range(base):
            id = f"{group}{number:03}"
            talks[id] = sentences(
                ["anise", "anise" if number % 2 else "date"] if number < n else ["date"]
            )
            attributes[id] = {"region": group, **more.get(id, {})}
    return study_of(talks, attributes)


def of(table: thematic.ResultTable, code: str = "a") -> list[dict[str, Any]]:
    return [row for row in table.records() if row["code"] == code]


def counts(table: thematic.ResultTable, code: str = "a") -> dict[str, tuple[int, int]]:
    return {row["group"]: (row["n"], row["N"]) for row in of(table, code)}


def test_persons_are_counted_once() -> None:
    codings = survey({"n": (2, 3), "s": (1, 2)}, n000={"case": "X"}, n001={"case": "X"})
    assert counts(crosstab(codings, by="region")) == {"n": (1, 2), "s": (1, 2)}
    assert counts(crosstab(codings, by="region", count=Once.TRANSCRIPT)) == {
        "n": (2, 3), "s": (1, 2),
    }  # fmt: skip
    assert counts(crosstab(codings, by="region", count=Once.UNIT)) == {"n": (3, 5), "s": (1, 3)}


def test_nothing_is_tested_unasked() -> None:
    rows = of(crosstab(survey({"n": (18, 20), "s": (8, 20)}), by="region"))
    assert [row["share"] for row in rows] == [0.9, 0.4]
    assert {row["p"] for row in rows} == {None}
    assert {row["difference_low"] for row in rows} == {None}
    assert {round(row["difference"], 9) for row in rows} == {0.5}
    assert {row["effect"] for row in rows} == {"phi"}


def test_a_test_that_its_conditions_allow() -> None:
    """18/20 and 8/20: X² = 10.989, p = 0.00092 (scipy.stats.chi2_contingency)."""
    test = crosstab(survey({"n": (18, 20), "s": (8, 20)}), by="region", test=ChanceTest())
    first, second = of(test)
    assert first["test"] == "chi-square"
    assert first["statistic"] == pytest.approx(10.98901, abs=1e-5)
    assert first["p"] == pytest.approx(0.000917, abs=1e-6)
    assert first["p_holm"] == first["p"] == second["p"]  # b and c cannot be tested
    assert first["difference_low"] < first["difference"] < first["difference_high"]
    assert of(test, "b")[0]["untested"] == "found in none"
    assert "Not tested, for it is found in none: b, c." in test.notes


def test_few_persons_are_tested_exactly_and_have_no_shares() -> None:
    row = of(crosstab(survey({"n": (3, 4), "s": (1, 4)}), by="region", test=ChanceTest()))[0]
    assert (row["test"], round(row["p"], 4)) == ("Fisher's exact", 0.4857)
    assert (row["share"], row["difference"], row["difference_low"]) == (None, None, None)
    assert row["effect_size"] is None  # of 8 persons


def test_three_small_groups_are_simulated() -> None:
    codings = survey({"n": (3, 4), "s": (1, 4), "w": (0, 3)})
    first = of(crosstab(codings, by="region", test=ChanceTest(resamples=199, seed=5)))[0]
    assert (first["test"], first["resamples"], first["seed"]) == ("Monte Carlo", 199, 5)
    again = of(crosstab(codings, by="region", test=ChanceTest(resamples=199, seed=5)))[0]
    assert first == again


def test_those_without_a_value_are_compared_with_nobody() -> None:
    codings = survey({"n": (3, 4), "s": (1, 4), "": (0, 9)})
    table = crosstab(codings, by="region", test=ChanceTest())
    assert counts(table)[""] == (0, 9)
    assert of(table)[0]["groups"] == 2
    assert round(of(table)[0]["p"], 4) == 0.4857


def test_persons_in_two_groups_are_not_tested() -> None:
    codings = survey({"n": (3, 4), "s": (1, 4)}, n000={"case": "X"}, s000={"case": "X"})
    table = crosstab(codings, by="region", test=ChanceTest())
    assert of(table)[0]["untested"] == "1 person is in more than one group"
    assert of(table)[0]["p"] is None


def test_units_are_tested_only_knowingly(run: Run, study: Path) -> None:
    codings = survey({"n": (3, 4), "s": (1, 4)})
    with pytest.raises(ValueError, match="not independent"):
        crosstab(codings, by="region", count=Once.UNIT, test=ChanceTest())
    table = crosstab(codings, by="region", count=Once.UNIT, test=ChanceTest(dependent=True))
    assert of(table)[0]["p"] is not None
    assert any("these p-values are too small" in note for note in table.notes)
    assert run("crosstab", "--count", "unit", "--test").code == 2
    assert run("crosstab", "--by", "speaker", "--test").code == 2
    assert run("crosstab", "--count", "unit", "--test", "--accept-dependence").code == 0


def test_kinds_are_groups_or_kept_apart(run: Run, study: Path) -> None:
    kinds = json.loads(run("crosstab", "-f", "json").out)["rows"]
    found = {(row["code"], row["group"]): (row["n"], row["N"]) for row in kinds}
    assert found["finance", "interview"] == (1, 2)
    assert found["finance", "publication"] == (1, 1)
    roles = json.loads(run("crosstab", "--by", "role", "-f", "json").out)["rows"]
    assert {(row["kind"], row["group"]) for row in roles} == {
        ("interview", "respondent"), ("publication", ""),
    }  # fmt: skip


def test_speakers_are_counted_by_units(run: Run, study: Path) -> None:
    rows = json.loads(run("crosstab", "--by", "speaker", "--code", "finance", "-f", "json").out)[
        "rows"
    ]
    assert [(r["group"], r["n"], r["N"], r["count"]) for r in rows if r["kind"] == "interview"] == [
        ("E1: ANNA", 4, 4, "unit"), ("E2: BEN", 0, 3, "unit"),
    ]  # fmt: skip
    result = run("crosstab", "--by", "speaker", "--unit", "transcript")
    assert "a whole transcript has no one speaker" in result.err


def test_people_decide() -> None:
    codings = judged(survey({"n": (2, 2), "s": (0, 2)}), ("s000", "The date here.", "a", True))
    assert counts(crosstab(codings, by="region", basis=Basis.DECIDED)) == {"n": (0, 2), "s": (1, 2)}
    assert counts(crosstab(codings, by="region", basis=Basis.STANDING)) == {
        "n": (2, 2),
        "s": (1, 2),
    }


def test_numbers_agree_with_frequencies_and_the_matrix(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text("id,region\nE1,north\nE2,south\nP1,north\n")
    rows = json.loads(run("crosstab", "--by", "region", "--codes", "-f", "json").out)["rows"]
    freq = json.loads(run("freq", "--by", "region", "-f", "json").out)["rows"]
    known = {(r["kind"], r["region"], r["code"]): (r["cases"], r["cases_N"]) for r in freq}
    assert rows
    for row in rows:
        assert known[row["kind"], row["group"], row["code"]] == (row["n"], row["N"])
    shown = " ".join(run("crosstab", "--by", "region").out.split())
    assert (
        "Persons with each code, by region: interviews Code north south alliance 1/1 1/1" in shown
    )
    result = run("crosstab", "--by", "regoin")
    assert "did you mean 'region'?" in result.err
    assert "region is not in show_attributes" in run("crosstab", "--by", "region").err
