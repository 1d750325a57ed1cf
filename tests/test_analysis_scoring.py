"""Rule accuracy on a weighted sample: values worked out by hand, and what is undefined."""

from __future__ import annotations

from typing import Any

import pytest

from thematic.analysis.agreement.estimate import Resampling
from thematic.analysis.history import Words
from thematic.analysis.scoring import (
    decisions_of,
    missed_table,
    rule_table,
    scores,
    wilson,
)
from thematic.model.people import Passage, Verdict
from thematic.model.samples import UNCODED, DrawnUnit, FilledRow, Sample, Stratum
from thematic.model.study import Study
from thematic.model.transcript import Span

PLAN = Resampling(resamples=200)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857-872, method 3.
        pytest.param(81, 263, 0.2553, 0.3662, id="81-of-263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15-of-148"),
        pytest.param(0, 20, 0.0000, 0.1611, id="none-of-20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1-of-29"),
    ],
)
def test_wilson_to_its_printed_digits(part: int, whole: int, low: float, high: float) -> None:
    assert [round(one, 4) for one in wilson(part, whole)] == [low, high]


def unit(row: int, stratum: str, suggested: tuple[str, ...], interview: str = "") -> DrawnUnit:
    rules = tuple((code, code, f"{code}*") for code in suggested)
    place = Passage(interview or f"E{row:02}", Span(row, row + 5), f"words {row}")
    return DrawnUnit(f"s-{row}", place, 1, stratum, suggested, rules)


def sample(units: list[DrawnUnit], **sizes: int) -> Sample:
    """A sample of codes a and b; sizes of the strata a, b and none."""
    names = {"a": "a", "b": "b", "none": UNCODED}
    strata = tuple(
        Stratum(names[name], size, sum(one.stratum == names[name] for one in units))
        for name, size in sizes.items()
    )
    return Sample("s", 1, "sentence", ("a", "b"), "book", "0" * 64, {}, {}, strata, tuple(units))


def filled(**answers: str) -> dict[str, dict[str, FilledRow]]:
    """AK's sheet: code -> one letter per row, y, n or - where it was not judged."""
    number = len(next(iter(answers.values())))
    rows = {}
    for place in range(number):
        said = {code: text[place] for code, text in answers.items() if text[place] != "-"}
        yes = {code: letter == "y" for code, letter in said.items()}
        rows[f"s-{place + 1}"] = FilledRow(place + 2, f"s-{place + 1}", "AK", "", yes)
    return {"AK": rows}


def only(table: Any) -> dict[str, Any]:
    (record,) = table.frame.to_dict("records")
    return dict(record)


# Stratum a: 10 units of which 4 were drawn (each stands for 2.5); none: 90, 6 drawn (15).
UNITS = [unit(n, "a", ("a",)) for n in range(1, 5)]
UNITS += [unit(n, UNCODED, ()) for n in range(5, 11)]


def test_figures_are_weighted_by_stratum() -> None:
    drawn = sample(UNITS, a=10, none=90)
    row = only(scores(drawn, filled(a="yyynynnnnn"), ["a"], PLAN))
    # 3 of 4 right; 1 of 6 missed stands for 15: recall 7.5 / (7.5 + 15).
    assert row["precision"] == pytest.approx(3 / 4)
    assert row["recall"] == pytest.approx(7.5 / 22.5)
    assert row["f1"] == pytest.approx(2 * 7.5 / (10 + 22.5))
    assert (row["judged"], row["suggested"], row["yes"], row["both"]) == (10, 4, 4, 3)
    assert (row["precision_low"], row["precision_high"]) == wilson(3, 4)
    assert row["precision_interval"] == "Wilson"
    assert row["recall_interval"] == "200 resamples of interviews"
    assert 0 <= row["recall_low"] < row["recall"] < row["recall_high"] <= 1


def test_a_code_without_rules_is_not_scored() -> None:
    drawn = sample(UNITS, a=10, none=90)
    row = only(scores(drawn, filled(a="yyynynnnnn"), ["a"], PLAN, by_people=["a"]))
    assert [row[name] for name in ("precision", "recall", "f1")] == [None] * 3
    assert row["reason"] == "coded by people only; no rule to score"
    assert (row["judged"], row["yes"]) == (10, 4)


def test_rows_that_were_not_judged_are_stood_in_for() -> None:
    drawn = sample(UNITS, a=10, none=90)
    row = only(scores(drawn, filled(a="yy-nynn---"), ["a"], PLAN))
    # Of a, 3 are judged (10 / 3 each), of none 3 (30 each).
    assert row["precision"] == pytest.approx(2 / 3)
    assert row["recall"] == pytest.approx((20 / 3) / (20 / 3 + 30))
    assert (row["judged"], row["not_judged"]) == (6, 4)


def test_a_code_in_two_strata_has_no_wilson_interval() -> None:
    units = [unit(n, "a", ("a",)) for n in range(1, 5)]
    units += [unit(n, "b", ("a", "b")) for n in range(5, 9)]
    units += [unit(n, UNCODED, ()) for n in range(9, 13)]
    drawn = sample(units, a=8, b=40, none=40)
    row = only(scores(drawn, filled(a="yyyyynnnnnnn"), ["a"], PLAN))
    # 4 x 2 right, 1 of 4 x 10 right.
    assert row["precision"] == pytest.approx((8 + 10) / (8 + 40))
    assert row["precision_interval"] == "200 resamples of interviews"


def test_a_stratum_that_was_judged_wholly_is_no_sample() -> None:
    drawn = sample(UNITS, a=4, none=90)
    row = only(scores(drawn, filled(a="yyynynnnnn"), ["a"], PLAN))
    assert (row["precision"], row["precision_low"]) == (0.75, None)
    assert row["precision_interval"] == "every unit was judged"


def test_few_interviews_give_no_interval_and_say_so() -> None:
    units = [
        DrawnUnit(
            one.row,
            Passage(f"E{place % 3}", one.passage.span, "w"),
            1,
            one.stratum,
            one.suggested,
        )
        for place, one in enumerate(UNITS)
    ]
    row = only(scores(sample(units, a=10, none=90), filled(a="yyynynnnnn"), ["a"], PLAN))
    assert (row["recall_low"], row["recall_high"]) == (None, None)
    assert row["recall_interval"] == "too few interviews for an interval: 3, not 10"
    assert row["precision_interval"] == "Wilson"


UNDEFINED = {
    "nothing-suggested": (("b", "nnnnnnnnny"), "no precision: the rules suggest it on no"),
    "never-yes": (("a", "nnnnnnnnnn"), "no recall: the coder says yes on no unit"),
    "neither": (("b", "nnnnnnnnnn"), "no F1: neither the rules nor the coder"),
    "stratum-unjudged": (("a", "yyyn------"), f"nothing was judged of: {UNCODED}"),
}


@pytest.mark.parametrize(("said", "reason"), UNDEFINED.values(), ids=UNDEFINED.keys())
def test_undefined_is_empty_with_a_reason(said: tuple[str, str], reason: str) -> None:
    code, letters = said
    row = only(scores(sample(UNITS, a=10, none=90), filled(**{code: letters}), [code], PLAN))
    assert reason in row["reason"]
    assert None in (row["precision"], row["recall"], row["f1"])


def test_intervals_are_the_same_with_the_same_seed() -> None:
    drawn = sample(UNITS, a=10, none=90)
    tables = [
        scores(drawn, filled(a="yyynynnnnn"), ["a"], Resampling(200, seed=seed)).frame
        for seed in (1, 1, *range(2, 12))
    ]
    assert tables[0].equals(tables[1])
    assert len({only_low(table) for table in tables}) > 1


def only_low(frame: Any) -> float:
    return float(frame["recall_low"][0])


def test_rules_are_counted_right_and_wrong() -> None:
    table = rule_table(sample(UNITS, a=10, none=90), filled(a="yynnynnnnn"), ["a"])
    row = only(table)
    assert (row["rule"], row["judged"], row["right"], row["wrong"]) == ("a*", 4, 2, 2)


class Shown(Words):
    """Shows all words: here it is not about consent."""

    def of(self, passage: Passage | None) -> str:
        return passage.quote if passage else ""


def test_what_was_missed_is_listed_with_its_words() -> None:
    drawn = sample(UNITS, a=10, none=90)
    answers = filled(a="yynnynnnnn", b="nnnnnnnnnn")
    last = answers["AK"]["s-10"]
    answers["AK"]["s-10"] = FilledRow(
        last.line, last.row, last.coder, "", last.answers, missing_code="fear"
    )
    table = missed_table(drawn, answers, ["a", "b"], Shown([], Study()))
    got = table.frame[["row", "code", "text", "missing_code"]].values.tolist()
    assert got == [["s-5", "a", "words 5", None], ["s-10", None, "words 10", "fear"]]


def test_answers_become_decisions() -> None:
    drawn = sample(UNITS, a=10, none=90)
    rows = filled(a="y--n-yn---")["AK"].values()
    found = [(one.code, one.verdict, one.passage.quote) for one in decisions_of(drawn, rows)]
    assert found == [
        ("a", Verdict.ACCEPT, "words 1"),
        ("a", Verdict.REJECT, "words 4"),
        ("a", Verdict.ADD, "words 6"),
        ("a", Verdict.REJECT, "words 7"),
    ]


@pytest.mark.parametrize("said", ["yyynynnnnn", "ynynyynnyn", "nnnyyyyyyy"])
def test_precision_and_recall_are_weighted_means_of_statsmodels(said: str) -> None:
    """Shares of yes among suggested units, and of suggested among yes, each unit by its weight."""
    weightstats = pytest.importorskip("statsmodels.stats.weightstats")
    row = only(scores(sample(UNITS, a=10, none=90), filled(a=said), ["a"], PLAN))
    units = [(one == "y", place < 4, 10 / 4 if place < 4 else 90 / 6)
             for place, one in enumerate(said)]  # fmt: skip

    def mean(values: list[tuple[bool, float]]) -> float:
        of, weights = zip(*values, strict=True)
        return float(weightstats.DescrStatsW([float(one) for one in of], weights).mean)

    precision = mean([(yes, weight) for yes, suggested, weight in units if suggested])
    recall = mean([(suggested, weight) for yes, suggested, weight in units if yes])
    assert row["precision"] == pytest.approx(precision)
    assert row["recall"] == pytest.approx(recall)
    assert row["f1"] == pytest.approx(2 * precision * recall / (precision + recall))
