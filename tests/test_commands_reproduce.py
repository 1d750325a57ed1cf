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
    assert "--name Finances=finance" in " ".join(
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


HEADED = "Theme,{}\nFinance,{}\nAlliance,{}\n"


@pytest.mark.parametrize(
    ("tally", "number"),
    [
        ("Table 1,,,\n,Some,,All\nTheme,Anna,Ben,Total\nFinance,4,1,5\nAlliance,2,0,2\n", 6),
        (",anna,,ben,\n,n,%,n,%\nFinance,4,26.67,1,16.67\nAlliance,2,13.33,0,0.00\n", 8),
        ("Theme,anna n,anna %,ben n,ben %\nFinance,4,26.7,1,16.7\nAlliance,2,13.3,0,0\n", 8),
        ("Theme,anna (n),anna (%),ben (n),ben (%)\nFinance,4,26.7,1,17\nAlliance,2,13,0,0\n", 8),
        (HEADED.format("anna,ben", "4 (26.7%),1 (16.7%)", "2 (13.3%),0 (0%)"), 8),
        (HEADED.format("anna,ben", "26.7% (4),16.7% (1)", "13.3% (2),0% (0)"), 8),
        (
            "theme;interview;n;%\nFinance;anna;4;26,667\nFinance;ben;1;16,7\nAlliance;anna;2;13,3\n",
            6,
        ),
        ("Interview,Theme,Mentions\nanna,Finance,4\nanna,Alliance,2\nben,Finance,1\n", 3),
        (HEADED.format("anna (N = 15),ben (N=6)", "4,1", "2,0"), 4),
        (HEADED.format("anna,ben", "4,1", "2,0") + "Total,6,1\nTotal words,15,6\n", 8),
        ("Interview,Words,Finance,Alliance,Total\nanna,15,4,2,6\nben,6,1,0,1\n", 8),
        (HEADED.format("anna,ben", "4*,1 a", "2†,0[b]") + "* p < .05,,\n", 4),
        ("Theme¹,anna,ben\nFinance*,4²,1\nAlliance†,2,0ᵃ\n", 4),
        ("| Theme | anna | ben |\n|---|---:|---:|\n| Finance | 4 | 1 |\n| Alliance | 2 | 0 |\n", 4),
        ("Theme,anna,ben\nFirst part,,\nFinance,4,1\nSecond part\nAlliance,2,0\n", 4),
        (
            "Region,Kind,Finance,Alliance\nNorth,interview,4,2\nSouth,interview,1,0\nSouth,publication,0,1\n",
            6,
        ),
    ],
    ids=[
        *("titles and a merged head", "n and % below groups", "n and % behind groups"),
        *("n and % in brackets", "n (%)", "% (n)", "long with n and decimal commas"),
        *("long, groups first", "N in heads", "sums and bases below", "sums and bases beside"),
        *("letters of footnotes", "signs of footnotes", "Markdown", "sections", "two attributes"),
    ],
)
def test_tables_as_they_are_printed(run: Run, study: Path, tally: str, number: int) -> None:
    found = cells(run, tally, "--counts", "mentions")
    assert [one["agrees"] for one in found] == ["true"] * number


PRINTED = {
    "signless brackets": ("Theme,anna n (%),ben n (%)\nFinance,4 (26.7),1 (17)\nAlliance,2 (13),0 (0)\n", 8),
    "square brackets": (HEADED.format("anna,ben", "4 [26.7%],1 [17%]", "2 [13%],0 [0%]"), 8),
    "semicolons within": (HEADED.format("anna,ben", "4; 26.7%,1; 17%", "2; 13%,0; 0%"), 8),
    "share then n=": (HEADED.format("anna,ben", "26.7% (n=4),17% (n = 1)", "13% (n=2),0% (n=0)"), 8),
    "numbering": ("Theme,anna,ben\n1.1 Finance,4,1\n(b) Alliance,2,0\n", 4),
    "rates in heads": ("Theme,anna (per 1000 words),ben /1000 words\nFinance,266.7,167\nAlliance,133.3,0\n", 4),
    "bases below heads": ("Theme,anna,ben\n,(n = 15),(n=6)\nFinance,4,1\nAlliance,2,0\n", 6),
    "n and N": ("Theme,anna n,anna N,ben n,ben N\nFinance,4,15,1,6\nAlliance,2,15,0,6\n", 8),
    "n and N, long": ("theme,interview,n,N\nfinance,anna,4,15\nfinance,ben,1,6\nalliance,anna,2,15\n", 6),
    "limits": ("Theme,anna (%),ben (%)\nFinance,26.7,<17\nAlliance,13.3,<0.1\n", 4),
    "nil": (HEADED.format("anna,ben", "4,1", "2,nil"), 4),
    "subtotals": (
        "Theme,anna,ben\nFirst part,,\nFinance,4,1\nSubtotal,4,1\nSecond part,,\nAlliance,2,0\n"
        "Subtotal,2,0\nGrand total,6,1\n", 10,
    ),
    "two groupings": (
        "Theme,North,South,Interviews,Publications,Total\nFinance,4,1,5,0,5\nAlliance,2,1,2,1,3\n", 10,
    ),
    "thousands by points": ("Theme;anna\nFinance;4\nAlliance;2\n", 2),
    "a blank column between": ("Theme,,anna,,ben\nFinance,,4,,1\nAlliance,,2,,0\n", 4),
    "a line for Excel": ("sep=;\nTheme;anna;ben\nFinance;4;1\nAlliance;2;0\n", 4),
    "heads in two lines": ('Theme,"anna\n(n = 15)",ben\nFinance,4,1\nAlliance,2,0\n', 4),
}  # fmt: skip


@pytest.mark.parametrize(("tally", "number"), PRINTED.values(), ids=PRINTED)
def test_more_tables_as_they_are_printed(run: Run, study: Path, tally: str, number: int) -> None:
    found = cells(run, tally, "--counts", "mentions")
    assert len(found) == number
    assert [one for one in found if one["agrees"] != "true"] == []


@pytest.mark.parametrize(
    ("tally", "names", "agreeing"),
    [
        ("Theme,anna,ben,Total\nAlliance,2,0,2\n", [], 3),
        ("Theme,anna,ben,All\nAlliance,2,0,3\n", [], 3),
        ("Theme,anna,ben,Total\nAlliance,2,0,3\n", ["Total=all"], 3),
        ("Theme,anna,ben,poster,Total\nAlliance,2,0,1,3\n", [], 4),
    ],
    ids=["of those printed", "of all", "of all as told", "all are printed"],
)
def test_totals_over_groups(
    run: Run, study: Path, tally: str, names: list[str], agreeing: int
) -> None:
    more = [word for name in names for word in ("--name", name)]
    found = cells(run, tally, "--counts", "mentions", *more)
    assert sum(one["agrees"] == "true" for one in found) == len(found) == agreeing


@pytest.mark.parametrize(
    ("counts", "total", "names", "meaning"),
    [
        ("mentions", "7,8", [], "sum of the codes"),
        ("sentences", "6,7", [], "sum of the codes"),
        ("interviews", "2,3", [], "all there are"),
        ("interviews", "3,4", ["Total=sum"], "sum of the codes"),
        ("interviews", "2,3", ["Total=any"], "any of the codes"),
        ("sentences", "5,6", ["Total=any"], "any of the codes"),
        ("sentences", "7,8", ["Total=base"], "all there are"),
    ],
)
def test_totals_of_codes(
    run: Run, study: Path, counts: str, total: str, names: list[str], meaning: str
) -> None:
    rows = {
        "mentions": "5,5\nAlliance,2,3",
        "sentences": "4,4\nAlliance,2,3",
        "interviews": "2,2\nAlliance,1,2",
    }
    tally = f"Theme,Interviews,All\nFinance,{rows[counts]}\nTotal,{total}\n"
    more = [word for name in names for word in ("--name", name)]
    Path("tally.csv").write_text(tally)
    told = run("reproduce", "tally.csv", "--counts", counts, "-f", "json", "-q", *more)
    found = json.loads(told.out)
    totals = [one for one in found["reproduction"]["rows"] if one["printed_code"] == "Total"]
    (name,) = [one for one in found["names"]["rows"] if one["printed"] == "Total"]
    assert name["meaning"] == meaning
    assert [(one["printed"], one["reproduced"]) for one in totals if not one["agrees"]] == []


def test_a_total_that_differs_says_what_else_it_may_be(run: Run, study: Path) -> None:
    Path("tally.csv").write_text("Theme,n\nFinance,2\nAlliance,2\nTotal,4\n")
    out = " ".join(run("reproduce", "tally.csv", "--counts", "interviews", "-q").out.split())
    assert "('Total') was read as all there are, with a code or without: 0 of 1 cells agree" in out
    assert "--name Total=sum" in out
    assert "4 ≠ 3" in out


def test_tables_in_documents(run: Run, study: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Of 3 texts, 2 speak of money.")
    document.add_table(1, 2).cell(0, 1).text = "12"
    table = document.add_table(4, 3)
    rows = [("", "Interviews", ""), ("Theme", "anna", "ben"), ("Finance", 4, 1), ("Alliance", 2, 0)]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = str(text)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Interviews"
    document.save("tally.docx")
    result = run("reproduce", "tally.docx", "--counts", "mentions", "-f", "csv")
    found = list(csv.DictReader(io.StringIO(result.out)))
    assert [one["agrees"] for one in found] == ["true"] * 4
    assert "of 2 tables the one with most numbers was read, number 2" in result.err
    Path("tally.docx").write_bytes(b"PK no")
    broken = run("reproduce", "tally.docx", "--counts", "mentions")
    assert (broken.code, "tally.docx" in broken.err) == (2, True)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("Alliances", "alliance"), ("Allian.", "alliance"), ("FINANCES", "finance"),
     ("Road taxes", "finance/road-tax"), ("Finance (any)", "finance")],
)  # fmt: skip
def test_names_in_other_forms_are_proposed(run: Run, study: Path, printed: str, meant: str) -> None:
    Path("tally.csv").write_text(f"Theme,anna\n{printed},1\n")
    asked = ["reproduce", "tally.csv", "--counts", "mentions", "--section", "names", "-f", "csv"]
    name, _ = csv.DictReader(io.StringIO(run(*asked, "-q").out))
    assert (name["how"], name["meaning"], name["proposed"].split("; ")[0]) == ("alike", "", meant)
    name, _ = csv.DictReader(io.StringIO(run(*asked, "-q", "--accept-names").out))
    assert name["meaning"] == meant


def test_as_many_digits_as_are_printed(run: Run, study: Path) -> None:
    Path("tally.csv").write_text("Theme,anna,ben\nFinance,26.1%,16 (10%)\nAlliance,13.3%,0\n")
    out = run("reproduce", "tally.csv", "--counts", "mentions", "-q").out
    assert "26.1% ≠ 26.7%" in out
    assert "16 (10%) ≠ 1 · 10% ≠ 17%" in out


def test_years_as_heads(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text(
        "id,kind,year\nanna,interview,1992\nben,interview,1997\nposter,publication,1997\n"
    )
    for heads in ("Theme,1992,1997\n", "Table 1\nTheme,1992,1997\n", ",Year,\n,1992,1997\n"):
        found = cells(run, f"{heads}Finance,4,1\nAlliance,2,1\n", "--counts", "mentions")
        assert [one["group"] for one in found] == ["1992", "1997"] * 2
    found = cells(run, "Year,Finance,Alliance\n1992,4,2\n1997,1,1\n", "--counts", "mentions")
    assert [one["group"] for one in found] == ["1992", "1992", "1997", "1997"]


def test_cells_shown_as_percent_in_a_workbook(run: Run, study: Path) -> None:
    book = Workbook()
    book.active.append(["Theme", "anna", "ben"])
    book.active.append(["Finance", 4 / 15, 1 / 6])
    for cell in book.active[2][1:]:
        cell.number_format = "0.00%"
    book.save("tally.xlsx")
    result = run("reproduce", "tally.xlsx", "--counts", "mentions", "-f", "csv", "-q")
    assert [one["printed"] for one in csv.DictReader(io.StringIO(result.out))] == [
        "26.67%",
        "16.67%",
    ]
    assert result.code == 0


def test_columns_may_be_left_out_and_strange_cells_are_told(run: Run, study: Path) -> None:
    tally = "Theme,anna,SD\nFinance,4,0.5\nAlliance,two,0.1\n"
    found = cells(run, tally, "--counts", "mentions", "--name", "SD=none")
    assert [(one["code"], one["agrees"]) for one in found] == [("finance", "true")]
    assert "Not read as numbers: 'two' (row 3)" in run(
        "reproduce", "tally.csv", "--counts", "mentions"
    ).out.replace("\n", " ")


def test_interviewers_words_are_tried_where_a_table_does_not_fit(run: Run, study: Path) -> None:
    cells(run, WIDE.format("5,1,0", "2,0,1"), "--counts", "mentions", code=1)
    shown = " ".join(run("reproduce", "tally.csv", "--counts", "mentions").out.split())
    assert "3 words of interviewers are not counted. With --include-interviewer 6" in shown
