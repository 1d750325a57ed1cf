"""Tables for people: how kinds are called, and what stays whole where there is little room."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from counted_study import BOOK, make_counted_study

from thematic.report.grid import kind_plural, one_decimal

PLURALS = {
    "interview": "Interviews",
    "survey": "Survey respondents",
    "briefing": "Briefings",
    "focus group": "Focus groups",
    "diary": "Diaries",
    "speech": "Speeches",
    "minutes": "Minutes",
    "Gespräch": "Gespräch",
    "面接": "面接",
    "x1": "X1",
}


@pytest.mark.parametrize(("kind", "plural"), PLURALS.items(), ids=PLURALS.keys())
def test_kinds_have_an_english_plural_where_they_may_be_english(kind: str, plural: str) -> None:
    assert kind_plural(kind) == plural


RATES = {0.0: "0.0", 0.049: "<0.1", 0.05: "0.1", 0.96: "1.0", 12.34: "12.3"}


@pytest.mark.parametrize(("rate", "said"), RATES.items(), ids=map(str, RATES))
def test_a_rate_that_is_not_zero_is_not_shown_as_zero(rate: float, said: str) -> None:
    assert one_decimal(rate) == said


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty statements and some briefings, a theme with codes of long names."""
    folder = make_counted_study(tmp_path / "study")
    rows = (folder / "attributes.csv").read_text(encoding="utf-8")
    rows = rows.replace("interview", "briefing").replace("publication", "statement")
    for number in range(3, 21):
        (folder / "talks" / f"P{number:02}.md").write_text("A pact on money.\n", encoding="utf-8")
        rows += f"P{number:02},statement,P{number:02},2021-05-01,north\n"
    (folder / "attributes.csv").write_text(rows, encoding="utf-8")
    book = BOOK.replace("haven:", "safe-haven-and-shelter:").replace("pact:", "cooperation:")
    (folder / "book.yaml").write_text(book, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def lines(run: Run, *arguments: str) -> list[str]:
    result = run(*arguments, "-q")
    assert result.code == 0, result.err
    found = result.out.splitlines()
    assert max(map(len, found)) <= 80
    return found


def test_shares_stay_in_one_line(run: Run, study: Path) -> None:
    (row,) = [one for one in lines(run, "freq") if "cooperation" in one]
    assert row.split()[:5] == ["cooperation", "1/3", "20/20", "(100%)", "2"]


def test_heads_of_codes_are_broken_between_words_only(run: Run, study: Path) -> None:
    found = lines(run, "freq", "--by", "case")
    assert any("cooperation" in one for one in found)
    assert not [one for one in found if "alliance/" in one]
    assert [one.split()[:2] for one in found if "anna" in one] == [["briefing", "anna"]]


def test_groups_of_several_transcripts_say_what_stands_in_brackets(run: Run, study: Path) -> None:
    said = " ".join(lines(run, "freq", "--by", "side", "--themes"))
    assert "In brackets: transcripts with the code, of all of the group" in said


def test_one_is_singular(run: Run, study: Path) -> None:
    read = run("report", "talks/E04.txt", "-c", "book.yaml", "-q", "--attributes", "attributes.csv")
    assert "Read      1 briefing." in read.out
