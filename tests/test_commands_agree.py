"""Agreement at the command line, recomputed in a few lines; disagreements; decisions."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from coder_samples import fill, make_study, sloppy, truth

from thematic.errors import ExitCode
from thematic.model.people import Decision, Verdict
from thematic.review.standing import standing
from thematic.store.database import open_store

AK, BL, CM = (f"sample-1-{coder}.sheet.xlsx" for coder in ("AK", "BL", "CM"))


def third(code: str, words: str, row: int) -> str:
    """A coder who never sees money."""
    return truth(code, words, row) if code == "help" else "no"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_study(tmp_path, interviews=2))
    return tmp_path


@pytest.fixture
def filled(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_study(tmp_path))
    coders = [part for name in ("AK", "BL", "CM") for part in ("--coder", name)]
    assert run("sample", *coders, "--size", "60").code == 0
    for name, judge in ((AK, truth), (BL, sloppy), (CM, third)):
        fill(tmp_path / name, judge)
    return tmp_path


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)["rows"]
    return found


def figures(out: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {(row["code"], row["pooled"], row["coefficient"]): row for row in rows(out)}


def answers(folder: Path, code: str, *sheets: str) -> Any:
    """Units by coders: 1, 0 or missing."""
    import pandas as pd

    columns = {}
    for sheet in sheets:
        table = pd.read_excel(
            folder / sheet, engine="openpyxl", sheet_name="units", dtype=str
        ).set_index("row")
        columns[sheet] = table[f"{code}?"].str.lower().map({"yes": 1.0, "no": 0.0})
    return pd.DataFrame(columns)


@pytest.mark.parametrize("code", ["help", "money"])
def test_two_coders_by_the_textbook_formulas(filled: Path, run: Any, code: str) -> None:
    found = figures(run("agree", AK, BL, "-f", "json").out)
    both = answers(filled, code, AK, BL).dropna()
    one, other = both[AK], both[BL]
    n = len(both)
    a, b = int((one * other).sum()), int((one * (1 - other)).sum())
    c, d = int(((1 - one) * other).sum()), int(((1 - one) * (1 - other)).sum())
    agreed = (a + d) / n
    chance = ((a + b) * (a + c) + (c + d) * (b + d)) / n**2
    share = (2 * a + b + c) / (2 * n)
    yes, no = 2 * a + b + c, 2 * d + b + c
    expected = {
        "percent": agreed,
        "cohen_kappa": (agreed - chance) / (1 - chance),
        "brennan_prediger": 2 * agreed - 1,
        "gwet_ac": (agreed - 2 * share * (1 - share)) / (1 - 2 * share * (1 - share)),
        "krippendorff_alpha": 1 - (b + c) * (2 * n - 1) / (yes * no),
        "positive_agreement": 2 * a / yes,
        "negative_agreement": 2 * d / no,
        "prevalence_index": abs(a - d) / n,
        "bias_index": abs(b - c) / n,
    }
    assert 0 < b + c < n
    for name, value in expected.items():
        row = found[code, None, name]
        # Gwet's chance is made of all ratings, also of units that one coder rated.
        allowed = 0.03 if name == "gwet_ac" else 1e-6
        assert abs(row["value"]) == pytest.approx(abs(value), abs=allowed), name
        assert row["units"] == n
    assert found[code, None, "krippendorff_alpha"]["low"] < found[code, None, "percent"]["value"]
    assert found[code, None, "percent"]["interval"] == "2000 resamples of interviews"


def test_three_coders_by_the_textbook_formulas(filled: Path, run: Any) -> None:
    found = figures(run("agree", AK, BL, CM, "-f", "json").out)
    table = answers(filled, "help", AK, BL, CM)
    # Krippendorff's alpha: pairs within units over pairs of all values that can be paired.
    pairs = table[table.notna().sum(axis=1) >= 2]
    number, ones = pairs.notna().sum(axis=1), pairs.sum(axis=1)
    observed = (2 * ones * (number - ones) / (number - 1)).sum()
    total, yes = number.sum(), ones.sum()
    alpha = 1 - observed * (total - 1) / (2 * yes * (total - yes))
    assert found["help", None, "krippendorff_alpha"]["value"] == pytest.approx(alpha, abs=1e-6)
    assert found["help", None, "krippendorff_alpha"]["coders"] == 3
    # Percent: mean share of agreeing pairs of coders.
    agreeing = ones * (ones - 1) + (number - ones) * (number - ones - 1)
    percent = (agreeing / (number * (number - 1))).mean()
    assert found["help", None, "percent"]["value"] == pytest.approx(percent, abs=1e-6)


def test_undefined_is_empty_with_its_reason(filled: Path, run: Any) -> None:
    found = figures(run("agree", AK, BL, CM, "-f", "json").out)
    cohen = found["help", None, "cohen_kappa"]
    assert (cohen["value"], cohen["reason"]) == (None, "it compares two coders; here are 3")
    fill(filled / AK, lambda *_: "no")
    fill(filled / BL, lambda *_: "no")
    alpha = figures(run("agree", AK, BL, "-f", "json").out)["help", None, "krippendorff_alpha"]
    assert alpha["value"] is None
    assert "without variation" in alpha["reason"]
    drawn = run("agree", AK, BL).out
    assert "no alpha" in drawn


def test_pooled_figures_say_how(filled: Path, run: Any) -> None:
    import pandas as pd

    found = figures(run("agree", AK, BL, "-f", "json").out)
    tables = [answers(filled, code, AK, BL).dropna() for code in ("help", "money")]
    stacked = pd.concat(tables)
    agreed = (stacked[AK] == stacked[BL]).mean()
    assert found["all codes", "stacked", "percent"]["value"] == pytest.approx(agreed, abs=1e-6)
    each = [found[code, None, "cohen_kappa"]["value"] for code in ("help", "money")]
    mean = found["all codes", "mean", "cohen_kappa"]["value"]
    assert mean == pytest.approx(sum(each) / 2, abs=1e-6)


def test_by_transcript(filled: Path, run: Any) -> None:
    got = rows(run("agree", AK, BL, "--by", "transcript", "-f", "json").out)
    assert {row["transcript"] for row in got} == {f"E{n:02}" for n in range(1, 13)}
    percent = {
        (row["transcript"], row["code"]): row for row in got if row["coefficient"] == "percent"
    }
    both = answers(filled, "help", AK, BL)
    import pandas as pd

    where = pd.read_excel(filled / AK, engine="openpyxl", sheet_name="units", dtype=str).set_index(
        "row"
    )
    equal = (both[AK] == both[BL])[both.notna().all(axis=1)]
    for name, share in equal.groupby(where["transcript"]).mean().items():
        assert percent[name, "help"]["value"] == pytest.approx(share, abs=1e-6)
        assert percent[name, "help"]["interval"] == "one interview only"


def test_by_pair(filled: Path, run: Any) -> None:
    got = rows(run("agree", AK, BL, CM, "--by", "pair", "-f", "json").out)
    found = {(row["pair"], row["code"], row["coefficient"]): row["value"] for row in got}
    assert {pair for pair, _, _ in found} == {"AK and BL", "AK and CM", "BL and CM"}
    for one, other in ((AK, BL), (AK, CM), (BL, CM)):
        alone = figures(run("agree", one, other, "-f", "json").out)
        pair = " and ".join(name.split("-")[2].split(".")[0] for name in (one, other))
        for name in ("percent", "cohen_kappa", "krippendorff_alpha"):
            assert found[pair, "money", name] == alone["money", None, name]["value"]
    drawn = run("agree", AK, BL, CM, "--by", "pair").out
    assert "AK and CM" in drawn


def test_pairs_of_long_names_leave_heads_and_figures_whole(study: Path, run: Any) -> None:
    names = ["Wilhelmina Featherstonehaugh", "José María Fernández", "Анна"]
    coders = [part for name in names for part in ("--coder", name)]
    assert run("sample", *coders, "--size", "12").code == 0
    sheets = sorted(study.glob("*.sheet.xlsx"))
    for sheet in sheets:
        fill(sheet, truth)
    lines = run("agree", *sheets, "--by", "pair").out.splitlines()
    heads = "Code Coders n Percent Cohen κ Alpha AC1 PABAK Pos. Neg. Alpha, 95 %"
    first = next(number for number, line in enumerate(lines) if "100%" in line)
    assert sorted(" ".join(lines[1:first]).split()) == sorted(heads.split())
    assert max(map(len, lines[:first])) <= 80
    assert sum("100%" in line for line in lines) == 9  # three pairs; two codes and all


def test_disagreements_stand_side_by_side(filled: Path, run: Any) -> None:
    got = rows(run("agree", AK, BL, "--disagreements", "-f", "json").out)
    expected = set()
    for code in ("help", "money"):
        both = answers(filled, code, AK, BL).dropna()
        expected |= {(name, code) for name in both.index[both[AK] != both[BL]]}
    assert {(row["row"], row["code"]) for row in got} == expected
    assert all({row["says AK"], row["says BL"]} == {"yes", "no"} for row in got)
    assert all(row["text"] and row["end"] > row["start"] for row in got)


def test_words_of_disagreements_are_withheld_where_consent_says_so(filled: Path, run: Any) -> None:
    with (filled / "study.yaml").open("a", encoding="utf-8") as study:
        study.write("consent: no quotation\n")
    result = run("agree", AK, BL, "--disagreements", "-f", "csv")
    assert "helped" not in result.out
    assert "withheld" in result.out


def test_without_sheets_the_study_is_compared(filled: Path, run: Any) -> None:
    of_sheets = figures(run("agree", AK, BL, "-f", "json").out)
    run("score", AK, BL)
    of_study = figures(run("agree", "-f", "json").out)
    for key, row in of_sheets.items():
        assert of_study[key]["value"] == pytest.approx(row["value"], abs=1e-6), key
        assert of_study[key]["units"] == row["units"]


def test_a_corrected_transcript_keeps_the_comparison(filled: Path, run: Any) -> None:
    run("score", AK)
    file = filled / "t" / "E01.txt"
    file.write_text("I: Hello.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    run("score", BL)
    got = figures(run("agree", "-f", "json").out)
    both = answers(filled, "help", AK, BL).dropna()
    assert got["help", None, "percent"]["units"] == len(both)


def test_the_paragraph_says_what_reviewers_ask_for(filled: Path, run: Any) -> None:
    result = run("agree", AK, BL, "--paragraph")
    assert result.code == ExitCode.OK
    for part in (
        "Two coders (AK, BL) judged 60 sentences (50.0% of 120)",
        "drawn at random by code and interview",
        "without the rules' suggestions",
        "Krippendorff's alpha",
        "help: agreement",
        "n = ",
        "The coders differed in",
        "[say what was done",
    ):
        assert part in result.out
    by_code = figures(run("agree", AK, BL, "-f", "json").out)
    assert f"alpha {by_code['help', None, 'krippendorff_alpha']['value']:.2f}" in result.out


def test_an_invented_study_says_so(filled: Path, run: Any) -> None:
    with (filled / "study.yaml").open("a", encoding="utf-8") as study:
        study.write("status: invented\n")
    for arguments in (
        ["agree", AK, BL],
        ["agree", AK, BL, "--disagreements", "-f", "json"],
        ["agree", AK, BL, "--paragraph"],
        ["score", AK, "-f", "json"],
    ):
        assert "invented" in run(*arguments).out.casefold(), arguments


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param([AK], "needs two coders who judged the same units; only AK did", id="one"),
        pytest.param([], "nobody did", id="none"),
        pytest.param([AK, BL, "--coder", "ZZ"], "'ZZ' judged nothing", id="unknown"),
        pytest.param([AK, AK], f"{AK} is named twice", id="twice"),
        pytest.param([AK, BL, "--paragraph", "--disagreements"], "one at a time", id="both"),
    ],
)
def test_what_cannot_be_compared(filled: Path, run: Any, arguments: list[str], told: str) -> None:
    result = run("agree", *arguments)
    assert result.code == ExitCode.USAGE
    assert result.err.count("error") == 1
    assert told in " ".join(result.err.split())


def test_a_whole_round_ends_in_decisions(filled: Path, run: Any) -> None:
    """Sample, two sheets, score, agree, talk, decide."""
    run("score", AK, BL)
    run("agree", AK, BL, "--disagreements", "-f", "csv", "-o", "talk.csv")
    with (filled / "talk.csv").open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    for row in listed:
        row["decision"], row["coder"] = ("accept" if row["says AK"] == "yes" else "reject"), "both"
    with (filled / "talk.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows([*listed[:-1], listed[-1] | {"decision": ""}])
    result = run("decide", "talk.csv")
    assert result.code == ExitCode.OK
    assert "1 row without a decision left aside" in result.err
    events = standing(open_store(filled).events())
    settled = [
        event.act
        for event in events
        if isinstance(event.act, Decision) and event.act.coder == "both"
    ]
    assert len(settled) == len(listed) - 1
    text = (filled / "t" / f"{settled[0].passage.transcript}.txt").read_text(encoding="utf-8")
    span = settled[0].passage.span
    assert text[span.start : span.end] == settled[0].passage.quote
    assert "nothing new" in run("decide", "talk.csv").err


HEAD = "transcript,start,end,quote,code,decision,into,onto_quote,coder,note\n"
GOOD = {
    "accept": ("E01,,,The tax was high.,money,accept,,,AK,", Verdict.ACCEPT),
    "reject": ("E01,,,No help came.,help,Reject,,,AK,she says no", Verdict.REJECT),
    "add": ("E01,,,A loan was hard to get.,money/debt,add,,,AK,", Verdict.ADD),
    "recode": ("E01,,,The debt grew.,money/debt,recode,money/tax,,AK,", Verdict.RECODE),
    "extend": ("E01,,,debt grew,money/debt,extend,,The debt grew.,AK,", Verdict.EXTEND),
}


@pytest.mark.parametrize(("line", "verdict"), GOOD.values(), ids=GOOD.keys())
def test_decisions_of_each_kind(study: Path, run: Any, line: str, verdict: Verdict) -> None:
    (study / "decisions.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    result = run("decide", "decisions.csv")
    assert result.code == ExitCode.OK, result.err
    (event,) = open_store(study).events()
    assert isinstance(event.act, Decision)
    cells = next(csv.reader(io.StringIO(line)))
    assert (event.act.verdict, event.act.passage.quote) == (verdict, cells[3])
    assert (event.act.into, event.act.note) == (cells[6], cells[9])
    assert (event.act.onto.quote if event.act.onto else "") == cells[7]
    assert event.source == "decisions.csv"
    assert event.definition


BAD = {
    "transcript": ("E99,,,x,help,accept,,,AK,", "there is no transcript 'E99'"),
    "code": ("E01,,,No help came.,hlp,accept,,,AK,", "has no code 'hlp' (did you mean 'help'?)"),
    "decision": ("E01,,,No help came.,help,acept,,,AK,", "did you mean 'accept'"),
    "coder": ("E01,,,No help came.,help,accept,,,,", "nobody is named as coder"),
    "no-passage": ("E01,,,,help,accept,,,AK,", "no passage"),
    "not-there": ("E01,,,We flew home.,help,accept,,,AK,", "does not stand in the transcript"),
    "twice": ("E01,,,help,help,accept,,,AK,", "stands 2 times"),
    "positions": ("E01,a,b,,help,accept,,,AK,", "are no positions"),
    "outside": ("E01,5,9999,,help,accept,,,AK,", "are no passage of the transcript"),
    "other-words": ("E01,0,5,No help came.,help,accept,,,AK,", "other words stand at 0-5"),
    "recode": ("E01,,,No help came.,help,recode,,,AK,", "no code in the column 'into'"),
    "itself": ("E01,,,No help came.,help,recode,help,,AK,", "into itself"),
    "into": ("E01,,,No help came.,help,accept,money,,AK,", "the decision is no recode"),
    "extend": ("E01,,,No help came.,help,extend,,,AK,", "no passage: onto_start"),
}


@pytest.mark.parametrize(("line", "told"), BAD.values(), ids=BAD.keys())
def test_a_faulty_row_is_told(study: Path, run: Any, line: str, told: str) -> None:
    good = GOOD["accept"][0]
    (study / "decisions.csv").write_text(f"{HEAD}{good}\n{line}\n", encoding="utf-8")
    result = run("decide", "decisions.csv")
    assert result.code == ExitCode.TRANSCRIPTS
    assert told in " ".join(result.err.split())
    assert "decisions.csv:3: error" in result.err
    assert not open_store(study).is_there(), "all rows or none"


def test_all_faulty_rows_are_told_at_once(study: Path, run: Any) -> None:
    lines = "\n".join(line for line, _ in BAD.values())
    (study / "decisions.csv").write_text(f"{HEAD}{lines}\n", encoding="utf-8")
    told = " ".join(run("decide", "decisions.csv").err.split())
    for number in range(2, len(BAD) + 2):
        assert f"decisions.csv:{number}: error" in told


def test_only_checking_records_nothing(study: Path, run: Any) -> None:
    (study / "decisions.csv").write_text(HEAD + GOOD["accept"][0] + "\n", encoding="utf-8")
    result = run("decide", "decisions.csv", "--check")
    assert "would be recorded: 1 accept" in result.err
    assert not open_store(study).is_there()
