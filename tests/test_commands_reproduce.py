"""`thematic reproduce`: a printed table against what codebook and transcripts give."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import Workbook

BOOK = """\
codebook: small
themes:
  finance: {definition: Money., codes: {road-tax: {definition: Taxes., rules: [tax, toll]}}}
  alliance: {definition: Help., rules: [host]}
"""
# Anna: 3 sentences with finance (4 mentions), 2 with alliance; Ben: 1 and 0; Poster: 0 and 1.
TALKS = {
    "anna": "I: And?\n\nAnna: They tax the road. They tax and toll. They host us.\n\n"
    "I: Tax?\n\nAnna: Tax and host. Nothing.\n",
    "ben": "I: And?\n\nBen: Toll here. No more of that.\n",
    "poster": "We host them all.\n",
}
WORDS = {"anna": 15, "ben": 6}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two interviews and a publication."""
    (tmp_path / "talks").mkdir()
    for name, text in TALKS.items():
        (tmp_path / "talks" / f"{name}.txt").write_text(text)
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "study.yaml").write_text("study: s\ncodebook: book.yaml\ntranscripts: talks\n")
    (tmp_path / "attributes.csv").write_text(
        "id,kind,region\nanna,interview,North\nben,interview,South\nposter,publication,South\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cells(run: Run, tally: str, *more: str, code: int = 0) -> list[dict[str, str]]:
    Path("tally.csv").write_text(tally)
    result = run("reproduce", "tally.csv", "-f", "csv", "-q", *more)
    assert result.code == code, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


WIDE = "Theme,anna,ben,poster\nFinance,{}\nAlliance,{}\n"


@pytest.mark.parametrize(
    ("counts", "scale", "finance", "alliance"),
    [
        ("mentions", "count", "4,1,0", "2,0,1"),
        ("sentences", "count", "3,1,0", "2,0,1"),
        ("codings", "count", "3,1,0", "2,0,1"),
        ("turns", "count", "2,1,0", "2,0,1"),
        ("interviews", "count", "1,1,0", "1,0,1"),
        ("participants", "count", "1,1,0", "1,0,1"),
        ("speakers", "count", "1,1,0", "1,0,1"),
        ("words", "count", "4,1,0", "2,0,1"),
        ("sentences", "percent", "60,50.0,0", "40%,0,100"),
        ("mentions", "percent", "26.7,16.7,0", "13.3,0,25"),
        ("mentions", "per-1000", "266.7,167,0", "133.3,0,250"),
        ("mentions", "share-of-row", "80,20,0", "66.7,0,33.3"),
        ("mentions", "share-of-column", "66.7,100,0", "33.3,0,100"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.replace("-", "").isalpha() else "",
)
def test_ways_of_counting(
    run: Run, study: Path, counts: str, scale: str, finance: str, alliance: str
) -> None:
    found = cells(run, WIDE.format(finance, alliance), "--counts", counts, "--as", scale)
    assert len(found) == 6
    assert [one["agrees"] for one in found] == ["true"] * 6
    assert {one["code"] for one in found} == {"finance", "alliance"}


@pytest.mark.parametrize(
    "tally",
    [
        "Theme,anna,ben,poster\nfinance,4,1,0\nalliance,2,0,1\n",
        "Interview,Finance,Alliance\nanna,4,2\nben,1,0\nposter,–,1\n",
        "theme,interview,n\nfinance,anna,4\nfinance,ben,1\nalliance,anna,2\nalliance,poster,1\n",
        "Table 3. Themes by interview,,,\n,,,\nTheme,ANNA,Ben,Poster\nFinance,4,1,0\nAlliance,2,0,1\n",
        "Theme;anna;ben;poster\nFinance;4;1;0\nAlliance;2;0;1\n",
        "Theme,Code,anna,ben,poster\nFinance,road tax,4,1,0\nAlliance,,2,0,1\n",
        "Theme,Definition,anna,ben,poster\nFinance,Money.,4,1,0\nAlliance,Help.,2,0,1\n",
    ],
    ids=["wide", "across", "long", "title above", "semicolons", "two levels", "text between"],
)
def test_layouts(run: Run, study: Path, tally: str) -> None:
    more = ["--name", "Finance/Money.=finance", "--name", "Alliance/Help.=alliance"]
    found = cells(run, tally, "--counts", "mentions", *(more if "Money" in tally else []))
    assert len(found) in (4, 5, 6)
    assert all(one["agrees"] == "true" for one in found)


def test_groups_of_an_attribute_and_a_total(run: Run, study: Path) -> None:
    found = cells(
        run, "Theme,North,South,Total\nFinance,4,1,5\nAlliance,2,1,3\n", "--counts", "mentions"
    )
    assert [one["group"] for one in found] == ["North", "South", ""] * 2
    assert all(one["agrees"] == "true" for one in found)


def test_columns_that_say_what_they_count(run: Run, study: Path) -> None:
    tally = "Theme,Sources,References\nFinance,2,4\nAlliance,2,3\n"
    found = cells(run, tally, "--counts", "codings")
    assert [(one["measure"], one["agrees"]) for one in found] == [
        ("transcripts", "true"),
        ("sentences", "true"),
    ] * 2


def test_bases_are_compared_too(run: Run, study: Path) -> None:
    good, bad = cells(
        run, "Theme,n\nFinance,2/3\nAlliance,2/20\n", "--counts", "interviews", code=1
    )
    assert (good["agrees"], bad["agrees"]) == ("true", "false")
    assert bad["base"] == "3"


def test_cells_that_differ(run: Run, study: Path) -> None:
    found = cells(run, WIDE.format("4,1,1", "2,0,1"), "--counts", "mentions", code=1)
    (differing,) = (one for one in found if one["agrees"] == "false")
    assert (differing["code"], differing["group"]) == ("finance", "poster")
    assert (differing["printed"], differing["reproduced"]) == ("1", "0")


def test_names_that_are_only_alike_ask_for_confirmation(run: Run, study: Path) -> None:
    tally = "Theme,anna\nFinances,4\nAlliance,2\n"
    (sure,) = cells(run, tally, "--counts", "mentions", code=1)
    assert sure["code"] == "alliance"
    assert "--name 'Finances=...'" in " ".join(
        run("reproduce", "tally.csv", "--counts", "mentions").out.split()
    )
    assert len(cells(run, tally, "--counts", "mentions", "--accept-names")) == 2
    assert len(cells(run, tally, "--counts", "mentions", "--name", "Finances=finance")) == 2


def test_a_best_fit_is_called_exploratory(run: Run, study: Path) -> None:
    tally = WIDE.format("3,1,0", "2,0,1")
    rows = cells(run, tally, "--counts", "mentions", "--section", "measures", code=1)
    assert (rows[0]["measure"], rows[0]["declared"], rows[0]["agree"]) == ("mentions", "true", "5")
    assert {one["measure"]: one["agree"] for one in rows}["sentences"] == "6"
    shown = run("reproduce", "tally.csv", "--counts", "mentions").out
    assert "mentions (declared)" in shown
    assert "sentences (exploratory)" in shown


def test_quotes_behind_cells_that_differ(run: Run, study: Path) -> None:
    rows = cells(
        run, WIDE.format("5,1,0", "2,0,1"), "--counts", "mentions", "--section", "behind", code=1
    )
    assert [one["text"] for one in rows] == ["They tax the road.", "They tax and toll."]


def test_json_has_all_sections(run: Run, study: Path) -> None:
    Path("tally.csv").write_text(WIDE.format("4,1,0", "2,0,1"))
    result = run("reproduce", "tally.csv", "--counts", "mentions", "-f", "json", "-q")
    names = [one for one in json.loads(result.out) if one != "schema"]
    assert names == ["reproduction", "measures", "names", "behind"]


def test_a_workbook(run: Run, study: Path) -> None:
    book = Workbook()
    for row in (["Theme", "anna", "ben"], ["Finance", 4, 1], ["Alliance", 2, 0]):
        book.active.append(row)
    book.save("tally.xlsx")
    result = run("reproduce", "tally.xlsx", "--counts", "mentions", "-f", "csv", "-q")
    assert result.code == 0
    assert result.out.count(",true,") == 4


@pytest.mark.parametrize(
    ("tally", "more", "told"),
    [
        (WIDE.format("1,1,1", "1,1,1"), [], "say what the table counts"),
        (WIDE.format("1,1,1", "1,1,1"), ["--counts", "sentenses"], "did you mean 'sentences'?"),
        ("Theme,anna\nFinance,many\n", ["--counts", "mentions"], "no numbers were found"),
        ("", ["--counts", "mentions"], "the file is empty"),
        (WIDE.format("1,1,1", "1,1,1"), ["--counts", "mentions", "--by", "size"], "'size'"),
        (WIDE.format("1,1,1", "1,1,1"), ["--counts", "mentions", "--name", "x"], "--name"),
        (WIDE.format("1,1,1", "1,1,1"), ["--counts", "mentions", "--section", "x"], "section"),
        (WIDE.format("1,1,1", "1,1,1"), ["--counts", "mentions", "--basis", "decided"], "nobody"),
    ],
    ids=["undeclared", "misspelt", "no numbers", "empty", "group", "name", "section", "basis"],
)
def test_mistakes(run: Run, study: Path, tally: str, more: list[str], told: str) -> None:
    Path("tally.csv").write_text(tally)
    result = run("reproduce", "tally.csv", *more)
    assert result.code == 2
    assert told in result.err
    assert result.out == ""


def test_hostile_names_stay_text(run: Run, study: Path) -> None:
    Path("tally.csv").write_text('Theme,anna\n"=1+1 [red]x\x1b[31m",4\nFinance,4\n')
    shown = run("reproduce", "tally.csv", "--counts", "mentions").out
    assert "\x1b" not in shown
    assert "[red]x" in shown
