"""Codes over time: dates that are clear, periods, parts of the talk, bases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from table_samples import judged, sentences, study_of

import thematic
from thematic.model.judged import Basis
from thematic.model.period import Period, date_parts, period_of


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2021-07-08", (2021, 7, 8)),
        ("2021/7/8", (2021, 7, 8)),
        ("2021.07.08", (2021, 7, 8)),
        ("2021-07-08 17:22:56-04:00", (2021, 7, 8)),
        ("2021-07-08T17:22", (2021, 7, 8)),
        ("20210708", (2021, 7, 8)),
        ("2021-07", (2021, 7)),
        (" 2021 ", (2021,)),
        ("8 July 2021", (2021, 7, 8)),
        ("8. Jul 2021", (2021, 7, 8)),
        ("July 8, 2021", (2021, 7, 8)),
        ("Sept. 2021", (2021, 9)),
        ("May 2021", (2021, 5)),
        ("7/8/2021", ()),  # two days, and nobody can tell which
        ("2021-13-01", ()),
        ("2021-02-30", ()),
        ("2021-07/08", ()),
        ("Spring 2021", ()),
        ("Ma 2021", ()),
        ("phone", ()),
        ("", ()),
    ],
)
def test_dates_are_read_where_they_are_clear(written: str, parts: tuple[int, ...]) -> None:
    assert date_parts(written) == parts


@given(st.text())
def test_any_text_may_stand_where_a_date_should(text: str) -> None:
    assert len(date_parts(text)) in (0, 1, 2, 3)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_has_its_periods(day: date) -> None:
    for written in (day.isoformat(), day.strftime("%Y%m%d")):
        assert period_of(written, Period.DAY) == day.isoformat()
        assert period_of(written, Period.MONTH) == day.isoformat()[:7]
        assert period_of(written, Period.YEAR) == day.isoformat()[:4]
    assert period_of("2021-07", Period.DAY) == ""


def bins(table: thematic.ResultTable, code: str = "a") -> list[tuple[Any, ...]]:
    return [
        (r["kind"], r["bin"], r["transcripts"], r["transcripts_N"], r["units"], r["words_N"])
        for r in table.records()
        if r["code"] == code
    ]


def test_periods_stand_in_order_and_the_undated_last() -> None:
    codings = study_of(
        {
            "E1": sentences(["anise", "date"]),
            "E2": sentences(["date"]),
            "E3": sentences(["anise"]),
            "E4": sentences(["anise"]),
            "P1": sentences(["anise"]),
        },
        {
            "E1": {"date": "2021-07-08"},
            "E2": {"date": "2021-07"},
            "E3": {"date": "2020-12-31"},
            "E4": {"date": "7/8/2021"},
            "P1": {"date": "2021", "kind": "publication"},
        },
    )
    table = thematic.trend(codings, by="date", period=Period.MONTH)
    assert bins(table) == [
        ("interview", "2020-12", 1, 1, 1, 3),
        ("interview", "2021-07", 1, 2, 1, 9),
        ("interview", "", 1, 1, 1, 3),
        ("publication", "", 1, 1, 1, 3),
    ]
    (row,) = [r for r in table.records() if (r["code"], r["bin"]) == ("a", "2021-07")]
    assert row["units_per_1000_words"] == pytest.approx(1000 / 9)
    (told,) = [note for note in table.notes if note.startswith("Without a clear date")]
    assert "E4 (7/8/2021), P1 (2021)." in told
    years = thematic.trend(codings, by="date", period=Period.YEAR)
    assert [one[1] for one in bins(years)] == ["2020", "2021", "", "2021"]


def test_positions_are_parts_of_equal_numbers_of_words() -> None:
    """Ten sentences of three words: each begins a tenth; of four parts the first has three."""
    codings = study_of({"E1": sentences(["anise", *["date"] * 8, "banana"])})
    tenths = thematic.trend(codings)
    assert [one[1] for one in bins(tenths)] == [str(number) for number in range(1, 11)]
    assert {one[5] for one in bins(tenths)} == {3}
    assert [r["bin"] for r in tenths.records() if r["units"]] == ["1", "10"]
    assert [one[5] for one in bins(thematic.trend(codings, bins=4))] == [9, 6, 9, 6]
    last = thematic.trend(codings, bins=4).records()[-1]
    assert (last["bin_from"], last["bin_to"], last["period"]) == (0.75, 1.0, "1/4")


WORDS = st.lists(
    st.sampled_from(["anise", "banana split", "date", "cherry and a plum"]), min_size=1, max_size=12
)


@given(WORDS, WORDS, st.integers(2, 12))
def test_no_word_and_no_unit_is_lost(one: Sequence[str], other: Sequence[str], parts: int) -> None:
    codings = study_of({"E1": sentences(one), "E2": sentences(other)})
    table = thematic.trend(codings, bins=parts)
    counted = thematic.frequencies(codings).records()
    for code in "abc":
        rows = [row for row in table.records() if row["code"] == code]
        (known,) = [row for row in counted if row["code"] == code]
        assert sum(row["units"] for row in rows) == known["units"]
        assert sum(row["words_N"] for row in rows) == known["words_N"]
        assert sum(row["units_N"] for row in rows) == len(one) + len(other)


def test_people_decide() -> None:
    codings = judged(
        study_of({"E1": sentences(["anise", "date"])}), ("E1", "The date here.", "a", True)
    )
    table = thematic.trend(codings, bins=2, basis=Basis.DECIDED)
    assert [one[4] for one in bins(table)] == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "dtae"], "did you mean 'date'?"),
        (["--by", "region"], "region holds no date to the month, for example 'north'"),
        (["--by", "date", "--period", "day"], "date holds no date to the day"),
        (["--unit", "transcript"], "a whole transcript has no position in itself"),
    ],
    ids=["no-attribute", "no-date", "not-exact", "transcript"],
)
def test_mistakes_are_told(run: Run, study: Path, arguments: list[str], said: str) -> None:
    (study / "attributes.csv").write_text("id,region,date\nE1,north,2021-07\nE2,south,2022\n")
    result = run("trend", *arguments)
    assert result.code == 2
    assert said in " ".join(result.err.split())


def test_formats_agree(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text("id,date\nE1,2021-07\nE2,2022-01\nP1,2022-01\n")
    rows = json.loads(run("trend", "--by", "date", "-f", "json").out)["rows"]
    first = next(row for row in rows if row["code"] == "finance")
    assert (first["bin"], first["units"], first["words_N"]) == ("2021-07", 4, 25)
    shown = " ".join(run("trend", "--by", "date", "--code", "finance").out.split())
    assert (
        "Sentences by month of date: interviews Month Transcripts Words finance 2021-07 1 25 4 (160.0)"
        in shown
    )
    page = run("trend", "--by", "date", "--code", "finance", "-f", "md").out
    assert "| 2021-07 | 1 | 25 | 4 (160.0) |" in page.replace("\\", "")
