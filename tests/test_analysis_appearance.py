"""First appearance of codes: the course by hand, the ratio of runs, orders and their spread."""

from __future__ import annotations

from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Run
from consent_study import held_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thematic
from thematic.analysis.appearance import first_reached, run_ratios
from thematic.model.comparing import Runs

BOOK = "themes: {t: {codes: {a: [apple], b: [berry], c: [cherry], d: [date]}}}\n"


def coded(*talks: str, dates: tuple[str, ...] = ()) -> thematic.Codings:
    codebook, problems = thematic.read_codebook(BOOK, "small")
    assert codebook is not None, problems
    transcripts = []
    for number, talk in enumerate(talks, start=1):
        read, _ = thematic.read_text(talk, id=f"E{number}")
        assert read is not None
        of = {"date": dates[number - 1]} if dates else {}
        transcripts.append(thematic.Transcript(read.id, read.text, read.turns, read.format, of))
    return thematic.code(transcripts, codebook)


TALKS = ("An apple.", "Apple, berry.", "Nothing.", "Cherry.", "An apple.")
DATES = ("2024-03-01", "2023-12-24", "2024-02-01", "2024-01-01", "2024-05-05")


def column(table: thematic.ResultTable, name: str) -> list[Any]:
    return [row[name] for row in table.records()]


def test_the_course_by_hand() -> None:
    table = thematic.appearance(coded(*TALKS), runs=Runs(base=2, run=2))
    assert column(table, "transcript") == ["E1", "E2", "E3", "E4", "E5"]
    assert column(table, "new") == [1, 1, 0, 1, 0]
    assert column(table, "which") == ["t/a", "t/b", "", "t/c", ""]
    assert column(table, "codes") == [1, 2, 2, 3, 3]
    assert column(table, "run_new") == [None, 1, 1, None, None]
    assert column(table, "run_ratio") == [None, 0.5, 0.5, None, None]
    assert set(column(table, "codes_N")) == {4}
    assert set(column(table, "reached")) == {""}


def total(new: list[int]) -> list[int]:
    return [sum(new[: place + 1]) for place in range(len(new))]


# New codes per interview -> n+run. The first is also the test vector of another implementation
# of Guest, Namey and Chen 2020 (fre-ms/qdaR, qda_saturation_ratio): 5+2.
COURSES = {
    "five and two": ([4, 3, 2, 1, 1, 0, 0, 0], Runs(), 5),
    "at once after the base": ([4, 3, 2, 1, 0, 0, 0], Runs(), 4),
    "never": ([4, 4, 4, 4, 4, 4, 4, 4], Runs(), None),
    "no new code asked for": ([40, 0, 0, 0, 1, 0, 0, 0], Runs(threshold=0), 5),
    "one of forty is few": ([40, 0, 0, 0, 1, 0, 0, 0], Runs(), 4),
    "a longer run": ([4, 3, 2, 1, 0, 0, 1, 0, 0, 0], Runs(run=3), 7),
    "too few interviews": ([4, 0, 0, 0], Runs(), None),
    "an empty base": ([0, 0, 0, 0, 0, 0], Runs(), None),
}


@pytest.mark.parametrize(("new", "runs", "wanted"), COURSES.values(), ids=COURSES.keys())
def test_where_little_is_new(new: list[int], runs: Runs, wanted: int | None) -> None:
    assert first_reached(run_ratios(total(new), runs), runs) == wanted


def test_runs_overlap_and_begin_after_the_base() -> None:
    ratios = run_ratios(total([16, 11, 6, 4, 4, 3, 1, 0]), Runs())
    wanted = [None, None, None, 7 / 37, 4 / 37, 1 / 37, None, None]
    assert ratios == pytest.approx(wanted)


def test_by_date_and_as_given() -> None:
    codings = coded(*TALKS, dates=DATES)
    assert column(thematic.appearance(codings, order="date"), "transcript") == [
        *("E2", "E4", "E3", "E1", "E5")
    ]
    order = ["E5", "E4", "E3", "E2", "E1"]
    table = thematic.appearance(codings, order="given", given=order)
    assert column(table, "transcript") == order
    assert column(table, "which") == ["t/a", "t/c", "", "t/b", ""]


WRONG = {
    "no such attribute": ({"order": "dat"}, "did you mean"),
    "no such ID": ({"order": "given", "given": ["E9"]}, "no interview has the ID 'E9'"),
    "some are missing": ({"order": "given", "given": ["E1", "E2"]}, "leaves out E3, E4, E5"),
}


@pytest.mark.parametrize(("asked", "told"), WRONG.values(), ids=WRONG.keys())
def test_orders_that_cannot_be_taken(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(thematic.ThematicError) as fault:
        thematic.appearance(coded(*TALKS, dates=DATES), **asked)
    assert told in f"{fault.value.message} {fault.value.hint}"


def test_random_orders_end_where_all_end_and_follow_the_seed() -> None:
    codings = coded(*TALKS)
    table = thematic.appearance(codings)
    last = table.records()[-1]
    assert (last["random_low"], last["random_median"], last["random_high"]) == (3, 3, 3)
    assert table == thematic.appearance(codings)
    other = thematic.appearance(codings, runs=Runs(seed=2, orders=11))
    assert column(other, "codes") == column(table, "codes")
    none = thematic.appearance(codings, runs=Runs(orders=0))
    assert set(column(none, "random_median")) == {None}


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["Apple.", "Berry date.", "Cherry.", "None."]), min_size=1))
def test_codes_so_far_never_fall_and_are_those_of_freq(talks: list[str]) -> None:
    codings = coded(*talks)
    table = thematic.appearance(codings, runs=Runs(orders=5))
    course = column(table, "codes")
    assert all(one <= other for one, other in pairwise(course))
    found = [
        row["code"]
        for row in thematic.frequencies(codings).records()
        if row["transcripts"] and row["code"] != row["theme"]
    ]
    assert course[-1] == len(found) == sum(column(table, "new"))


def test_it_is_called_first_appearance(study: Path, run: Run, golden: Any) -> None:
    out = run("appearance", "--base", "1", "--run", "1").out
    assert "saturation" not in out.replace("no saturation", "")
    assert max(map(len, out.splitlines())) <= 80
    golden(out, "appearance.txt")
    (study / "order.txt").write_text("E2\nE1\n", encoding="utf-8")
    assert "by given" in run("appearance", "--given", "order.txt").out


def test_no_report_shows_it_unasked(study: Path, run: Run) -> None:
    run("report", "-o", "out")
    for path in (study / "out").iterdir():
        assert "First appearance of" not in held_in(path)


DATED = {
    "in words": ["3 May 2021", "12 March 2020", "1 June 2020", "4 July 2019", "2 Feb 2022"],
    "mixed": ["2021-05-03", "March 2020", "1 June 2020", "2019", "20220202"],
}


@pytest.mark.parametrize("dates", DATED.values(), ids=DATED.keys())
def test_dates_sort_by_time_however_they_are_written(dates: list[str]) -> None:
    table = thematic.appearance(coded(*TALKS, dates=dates), order="date")
    assert column(table, "transcript") == ["E4", "E2", "E3", "E1", "E5"]
    assert "ordered by the attribute date, as dates." in table.notes[0]


def test_unclear_dates_are_said_to_be_sorted_by_letters() -> None:
    dates = ["2021-05-03", "7/8/2020", "2020-06-01", "2019-07-04", "2022-02-02"]
    table = thematic.appearance(coded(*TALKS, dates=dates), order="date")
    assert "by its letters, for '7/8/2020' is no clear date." in table.notes[0]


def test_random_orders_are_like_all_orders() -> None:
    """Against every order there is, counted by itertools and numpy; so nearly, for drawn ones."""
    codings = coded(*TALKS)
    held = [{"a"}, {"a", "b"}, set(), {"c"}, {"a"}]
    every = [
        [len(set().union(*order[: place + 1])) for place in range(len(order))]
        for order in permutations(held)
    ]
    low, median, high = np.quantile(every, [0.05, 0.5, 0.95], axis=0)
    table = thematic.appearance(codings, runs=Runs(orders=4000))
    assert column(table, "random_median") == median.tolist()
    assert column(table, "random_low") == low.tolist()
    assert column(table, "random_high") == high.tolist()
