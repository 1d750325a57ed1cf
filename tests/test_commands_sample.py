"""Sheets at the command line: drawn blind, filled in, taken back, scored."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from coder_samples import BOOK, fill, frame_of_sheet, key_of, make_study, sloppy, truth

from thematic.errors import ExitCode
from thematic.model.people import Decision, Verdict
from thematic.review.definitions import outdated
from thematic.store.database import open_store

AK, BL = "sample-1-AK.sheet.xlsx", "sample-1-BL.sheet.xlsx"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_study(tmp_path))
    return tmp_path


@pytest.fixture
def filled(folder: Path, run: Any) -> Path:
    assert run("sample", "--coder", "AK", "--coder", "BL", "--size", "40").code == 0
    fill(folder / AK, truth)
    fill(folder / BL, sloppy)
    return folder


def rows(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)["rows"]
    return found


def test_sheets_hold_the_same_units_in_another_order(folder: Path, run: Any) -> None:
    result = run("sample", "--coder", "AK", "--coder", "BL", "--size", "40", "-f", "csv")
    assert result.code == ExitCode.OK
    sheets = []
    for coder in ("AK", "BL"):
        with (folder / f"sample-1-{coder}.sheet.csv").open(encoding="utf-8") as file:
            sheets.append(list(csv.DictReader(file)))
    ids = [[row["row"] for row in sheet] for sheet in sheets]
    assert ids[0] != ids[1]
    assert sorted(ids[0]) == sorted(ids[1])
    assert len(set(ids[0])) == 40
    heads = "row coder transcript turn role before words after help? money?".split()
    assert list(sheets[0][0]) == [*heads, "missing code", "note", "study_status"]
    assert {row["coder"] for row in sheets[1]} == {"BL"}


def test_a_sheet_does_not_say_what_the_rules_suggest(folder: Path, run: Any) -> None:
    import openpyxl

    run("sample", "--coder", "AK", "--size", "40")
    cells = [
        str(cell.value or "")
        for sheet in openpyxl.load_workbook(folder / AK)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert not any("*" in cell or "(no code)" in cell for cell in cells)
    book = openpyxl.load_workbook(folder / AK)["units"]
    answers = [cell.value for row in book.iter_rows(min_row=2, min_col=9) for cell in row]
    assert set(answers) == {None}


def test_an_excel_sheet_can_be_filled_in_and_runs_nothing(folder: Path, run: Any) -> None:
    import openpyxl

    run("sample", "--coder", "AK", "--size", "120")
    sheet = openpyxl.load_workbook(folder / AK)["units"]
    assert sheet.freeze_panes == "B2"
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"yes,no"', "I2:J121")
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []
    words = [row[6].value for row in sheet.iter_rows(min_row=2)]
    assert any(str(one).startswith("=1+1") for one in words)


def test_sizes_are_told_for_a_precision(folder: Path, run: Any) -> None:
    result = run("sample", "--sizes", "--precision", "0.1")
    assert result.code == ExitCode.OK
    lines = [line.split() for line in result.out.splitlines()]
    assert ["help", "36", "12", "27", "27"] in lines  # 96.04 / (1 + 95.04 / 36) = 26.4
    assert ["(no", "code)", "48", "12", "33", "33"] in lines
    assert not (folder / "samples").exists()


FAULTS = {
    "nobody": (["--size", "40"], "who judges"),
    "both": (["--coder", "A", "--size", "9", "--precision", "0.1"], "do not go together"),
    "precision": (["--coder", "A", "--precision", "10"], "is not understood"),
    "rules": (["--coder", "Rules"], "'Rules' is no name of a coder"),
    "suggested": (["--coder", "suggested"], "'suggested' is no name of a coder"),
    "consensus": (["--coder", "A", "--coder", "Consensus"], "stands for several coders"),
    "together": (["--coder", "AK+BL"], "'AK+BL' stands for several coders"),
    "unseen": (["--coder", "A\x07"], "is no name of a coder"),
    "twice": (["--coder", "A", "--coder", "a"], "named twice"),
    "twice-blanks": (["--coder", "A B", "--coder", " a  b"], "named twice"),
    "theme": (["--coder", "A", "--theme", "hlp"], "did you mean 'help'"),
    "kind": (["--coder", "A", "--kind", "book"], "there is no kind 'book'"),
    "small": (["--coder", "A", "--size", "3"], "too small for 3 strata"),
}


@pytest.mark.parametrize(("options", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_sample_that_cannot_be_drawn(
    folder: Path, run: Any, options: list[str], told: str
) -> None:
    result = run("sample", *options)
    assert result.code == ExitCode.USAGE
    assert told in " ".join(result.err.split())
    assert not (folder / "samples").exists()


def test_codes_instead_of_themes(folder: Path, run: Any) -> None:
    run("sample", "--coder", "AK", "--codes", "--size", "40")
    assert key_of(folder)["codes"] == ["help", "money/debt", "money/tax"]
    run("sample", "--coder", "AK", "--theme", "money", "--size", "40")
    assert key_of(folder, "sample-2")["codes"] == ["money"]


def test_a_second_sample_is_fresh(folder: Path, run: Any) -> None:
    run("sample", "--coder", "AK", "--size", "40")
    result = run("sample", "--coder", "AK", "--size", "40")
    assert "40 sentences of earlier samples" in result.err
    places = [
        {(u["passage"]["transcript"], u["passage"]["span"]["start"]) for u in key["units"]}
        for key in (key_of(folder), key_of(folder, "sample-2"))
    ]
    assert not places[0] & places[1]
    assert key_of(folder, "sample-2")["seed"] == 2


def test_a_fresh_sample_of_turns_holds_no_sentence_of_an_earlier_one(
    folder: Path, run: Any
) -> None:
    run("sample", "--coder", "AK", "--size", "6")
    run("sample", "--coder", "AK", "--size", "12", "--unit", "turn")
    spans = [
        [(u["passage"]["transcript"], u["passage"]["span"]) for u in key["units"]]
        for key in (key_of(folder), key_of(folder, "sample-2"))
    ]
    for transcript, sentence in spans[0]:
        for other, turn in spans[1]:
            apart = sentence["end"] <= turn["start"] or turn["end"] <= sentence["start"]
            assert transcript != other or apart


def test_a_sheet_is_never_replaced(filled: Path, run: Any) -> None:
    before = (filled / AK).read_bytes()
    result = run("sample", "--coder", "AK", "--name", "sample-1")
    assert result.code == ExitCode.OUTPUT
    (filled / "samples" / "sample-1.sample.json").unlink()
    result = run("sample", "--coder", "AK")
    assert result.code == ExitCode.OUTPUT
    assert "is there already" in result.err
    assert (filled / AK).read_bytes() == before


def test_sheets_and_keys_are_no_transcripts(filled: Path, run: Any) -> None:
    study = filled / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("[t]", "[.]"), encoding="utf-8")
    result = run("freq", "-f", "json")
    assert (result.code, {row["transcripts_N"] for row in rows(result.out)}) == (0, {12})
    assert "error" not in result.err


def test_words_that_may_not_be_quoted_stay(tmp_path: Path, run: Any, monkeypatch: Any) -> None:
    make_study(tmp_path, study="attributes: attributes.csv\n")
    (tmp_path / "attributes.csv").write_text("id,consent\nE01,no quotation\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("sample", "--coder", "AK", "--size", "110")
    assert "they may not be quoted: 10 sentences" in result.err
    assert "E01" not in json.dumps(key_of(tmp_path))
    run("sample", "--coder", "AK", "--size", "120", "--with-withheld", "--again")
    assert "E01" in json.dumps(key_of(tmp_path, "sample-2"))


def test_scores_are_those_of_a_few_lines_of_pandas(filled: Path, run: Any) -> None:
    result = run("score", AK, BL, "-f", "json")
    assert result.code == ExitCode.OK
    found = {(row["coder"], row["code"]): row for row in rows(result.out)}
    assert set(found) == {(coder, code) for coder in ("AK", "BL") for code in ("help", "money")}
    for (coder, code), row in found.items():
        data = frame_of_sheet(filled, filled / f"sample-1-{coder}.sheet.xlsx")
        data = data[data[f"{code}?"].notna()]
        weight = data["size"] / data.groupby("stratum")["row"].transform("count")
        machine, person = data[f"m {code}"], data[f"{code}?"].str.lower() == "yes"
        both = weight[machine & person].sum()
        assert row["judged"] == len(data)
        assert row["precision"] == pytest.approx(both / weight[machine].sum(), abs=1e-6)
        assert row["recall"] == pytest.approx(both / weight[person].sum(), abs=1e-6)
        total = weight[machine].sum() + weight[person].sum()
        assert row["f1"] == pytest.approx(2 * both / total, abs=1e-6)
    assert found["AK", "help"]["not_judged"] == 0
    assert found["BL", "help"]["not_judged"] == 3
    assert found["AK", "money"]["recall"] < 1


def test_a_sample_of_everything_gives_the_true_figures(folder: Path, run: Any) -> None:
    run("sample", "--coder", "AK", "--size", "120")
    fill(folder / AK, truth)
    by_code = {row["code"]: row for row in rows(run("score", AK, "-f", "json").out)}
    # Of 10 sentences "No help came." is wrong, "A loan was hard to get." is missed.
    assert (by_code["help"]["precision"], by_code["help"]["recall"]) == (round(24 / 36, 6), 1)
    assert (by_code["money"]["precision"], by_code["money"]["recall"]) == (1, 0.8)
    assert by_code["help"]["precision_interval"] == "every unit was judged"


def test_what_rules_get_wrong_and_miss(filled: Path, run: Any) -> None:
    result = run("score", AK, "--rules", "-f", "json")
    worst = rows(result.out)[0]
    data = frame_of_sheet(filled, filled / AK)
    wrong = int((data["m help"] & (data["help?"] == "no")).sum())
    assert (worst["rule"], worst["wrong"]) == ("help*", wrong)
    missed = rows(run("score", AK, "--missed", "-f", "json").out)
    assert {row["text"] for row in missed} == {"A loan was hard to get."}
    assert len(missed) == int((~data["m money"] & (data["money?"] == "yes")).sum())


def test_missed_words_are_withheld_where_consent_says_so(filled: Path, run: Any) -> None:
    with (filled / "study.yaml").open("a", encoding="utf-8") as study:
        study.write("consent: no quotation\n")
    result = run("score", AK, "--missed", "-f", "json")
    assert "loan" not in result.out
    assert "loan" not in run("score", AK).out


def test_answers_are_recorded_once(filled: Path, run: Any) -> None:
    result = run("score", AK, BL)
    assert "80 decisions recorded" in result.err
    events = open_store(filled).events()
    acts = [event.act for event in events]
    assert {event.source for event in events} == {AK, BL}
    data = frame_of_sheet(filled, filled / AK)
    for code in ("help", "money"):
        said = [a for a in acts if isinstance(a, Decision) and (a.code, a.coder) == (code, "AK")]
        machine, person = data[f"m {code}"], data[f"{code}?"] == "yes"
        counts = {
            Verdict.ACCEPT: int((machine & person).sum()),
            Verdict.ADD: int((~machine & person).sum()),
            Verdict.REJECT: int((~person).sum()),
        }
        got = {verdict: sum(a.verdict is verdict for a in said) for verdict in counts}
        assert got == counts
    result = run("score", AK, BL)
    assert "0 decisions recorded; 80 were there already" in result.err
    assert len(open_store(filled).events()) == len(events)


def test_no_record_leaves_the_study_as_it_is(filled: Path, run: Any) -> None:
    assert run("score", AK, "--no-record").code == ExitCode.OK
    assert not open_store(filled).is_there()


def test_scoring_again_does_not_overwrite_later_decisions(filled: Path, run: Any) -> None:
    run("score", AK)
    run("log", "--undo", "1", "--coder", "AK")
    result = run("score", AK)
    assert "0 decisions recorded" in result.err


def test_a_changed_answer_takes_the_place_of_the_first(filled: Path, run: Any) -> None:
    run("score", AK)
    fill(filled / AK, lambda code, words, row: "yes" if row == 1 else truth(code, words, row))
    result = run("score", AK)
    data = frame_of_sheet(filled, filled / AK)
    assert len(data) == 40
    number = int(result.err.split("sheet.xlsx: ")[1].split()[0])
    assert number in (1, 2)


def test_a_code_of_people_only_is_neither_scored_nor_missed(folder: Path, run: Any) -> None:
    manual = "  hope: {definition: Somebody hopes., rules: manual}\n"
    (folder / "book.yaml").write_text(BOOK + manual, encoding="utf-8")
    assert run("sample", "--coder", "AK", "--size", "40").code == 0
    fill(folder / AK, lambda code, words, row: "yes" if code == "hope" else truth(code, words, row))
    of_code = {row["code"]: row for row in rows(run("score", AK, "-f", "json").out)}
    hope = of_code["hope"]
    assert [hope[name] for name in ("precision", "recall", "f1", "f1_low")] == [None] * 4
    assert (hope["judged"], hope["yes"]) == (40, 40)
    assert hope["reason"] == "coded by people only; no rule to score"
    assert of_code["money"]["recall"] is not None  # its codes have rules
    missed = rows(run("score", AK, "--missed", "-f", "json").out)
    assert {row["code"] for row in missed} == {"money"}
    shown = run("score", AK, "--quiet").out
    assert "hope, AK: coded by people only; no rule to score" in shown
    assert "0.00" not in shown


def test_rules_that_were_changed_are_not_scored(filled: Path, run: Any) -> None:
    (filled / "book.yaml").write_text(BOOK.replace("[help*]", "[helped]"), encoding="utf-8")
    result = run("score", AK, "-f", "json")
    assert [row["code"] for row in rows(result.out)] == ["money"]
    assert "help is not scored, for its rules have changed since the sample was drawn" in (
        " ".join(result.err.split())
    )
    assert "80 decisions recorded" in result.err


def test_a_changed_definition_is_listed_for_recheck(filled: Path, run: Any) -> None:
    import thematic

    text = BOOK.replace("Someone helps.", "Someone helps another.")
    (filled / "book.yaml").write_text(text, encoding="utf-8")
    result = run("score", AK, "-f", "json")
    assert [row["code"] for row in rows(result.out)] == ["money"]
    book, _ = thematic.read_codebook(text, "book")
    assert book is not None
    found = outdated(open_store(filled).events(), book)
    assert len(found) == 40
    assert {one.event.act.code for one in found if isinstance(one.event.act, Decision)} == {"help"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BOOK.replace("codebook: small", "# a remark\ncodebook: small"), id="lines"),
        pytest.param(BOOK.replace("[tax*]", "[tax*]   "), id="blanks"),
    ],
)
def test_a_codebook_that_says_the_same_is_scored(filled: Path, run: Any, text: str) -> None:
    (filled / "book.yaml").write_text(text, encoding="utf-8")
    assert len(rows(run("score", AK, "-f", "json").out)) == 2


def test_every_fault_of_a_sheet_is_told_with_its_row(filled: Path, run: Any) -> None:
    import openpyxl

    book = openpyxl.load_workbook(filled / AK)
    sheet = book["units"]
    sheet["I2"].value = "perhaps"
    sheet["J3"].value = "yess"
    sheet["A4"].value = "sample-1-99"
    sheet["A6"].value = sheet["A5"].value
    sheet["B7"].value = None
    book.save(filled / AK)
    result = run("score", AK)
    assert result.code == ExitCode.TRANSCRIPTS
    told = " ".join(result.err.split())
    assert "5 faults; nothing was recorded" in told
    for part in (
        f"{AK}:2: error: help: 'perhaps' is neither yes nor no",
        f"{AK}:3: error: money: 'yess' is neither yes nor no",
        f"{AK}:4: error: sample-1 has no row 'sample-1-99'",
        f"{AK}:6: error: the row",
        f"{AK}:7: error: the cell 'coder' is empty",
    ):
        assert part in told
    assert not open_store(filled).is_there()


WRONG_FILES = {
    "no-sheet": ("a,b\n1,2\n", "no column is called 'row'"),
    "empty": ("", "empty"),
    "other-sample": ("row,coder,help?\nsample-7-1,AK,yes\n", "no sample 'sample-7'"),
    "other-code": ("row,coder,fear?\nsample-1-01,AK,yes\n", "does not ask for 'fear'"),
}


@pytest.mark.parametrize(("text", "told"), WRONG_FILES.values(), ids=WRONG_FILES.keys())
def test_a_file_that_is_no_sheet(filled: Path, run: Any, text: str, told: str) -> None:
    (filled / "x.csv").write_text(text, encoding="utf-8")
    result = run("score", "x.csv")
    assert result.code in (ExitCode.TRANSCRIPTS, ExitCode.USAGE)
    assert told in " ".join(result.err.split())


def test_a_sheet_comes_back_as_csv_with_semicolons(filled: Path, run: Any) -> None:
    data = frame_of_sheet(filled, filled / AK)
    columns = ["row", "coder", "transcript", "words", "help?", "money?"]
    data[columns].to_csv(filled / "back.csv", sep=";", index=False, encoding="cp1252")
    figures = [
        [(row["code"], row["f1"]) for row in rows(run("score", name, "-f", "json").out)]
        for name in (AK, "back.csv")
    ]
    assert figures[0] == figures[1]


def test_a_damaged_key_is_told(filled: Path, run: Any) -> None:
    key = filled / "samples" / "sample-1.sample.json"
    key.write_text(key.read_text(encoding="utf-8")[:500], encoding="utf-8")
    result = run("score", AK)
    assert result.code == ExitCode.CODEBOOK
    assert "cannot be read as a sample" in result.err


def test_a_sheet_is_not_overwritten_by_its_scores(filled: Path, run: Any) -> None:
    before = (filled / AK).read_bytes()
    assert run("score", AK, "-f", "csv", "-o", AK).code == ExitCode.OUTPUT
    assert (filled / AK).read_bytes() == before


NAMES = {
    "blank": ("José María", "José_María"),
    "cyrillic": ("Анна", "Анна"),
    "apostrophe": ("O'Brien", "O_Brien"),
    "han": ("李雷", "李雷"),
    "combining": ("Jose\u0301", "José"),
    "path": ("../A", ".._A"),
    "formula": ("=AK", "_AK"),
}


@pytest.mark.parametrize(("name", "file"), NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("to", ["xlsx", "csv", "docx"])
def test_any_name_of_a_coder_goes_out_and_comes_back(
    folder: Path, run: Any, name: str, file: str, to: str
) -> None:
    drawn = run("sample", "--coder", name, "--coder", "B", "--size", "12", "-f", to)
    assert drawn.code == ExitCode.OK, drawn.err
    sheet = folder / f"sample-1-{file}.sheet.{to}"
    assert {one.name for one in folder.glob("*.sheet.*")} == {
        sheet.name,
        f"sample-1-B.sheet.{to}",
    }
    if to == "xlsx":
        result = run("score", fill(sheet, truth), "--no-record", "-f", "json")
        assert {row["coder"] for row in rows(result.out)} == {name}
        assert "was not drawn for" not in result.err
    elif to == "csv":
        with sheet.open(encoding="utf-8") as stream:
            assert {row["coder"].lstrip("'") for row in csv.DictReader(stream)} == {name}


def test_sheets_of_names_that_look_alike_are_kept_apart(folder: Path, run: Any) -> None:
    names = ["O'Brien", "O Brien", "o_brien", "李" * 60, "李" * 59]
    drawn = run("sample", *(part for one in names for part in ("--coder", one)), "--size", "12")
    assert drawn.code == ExitCode.OK, drawn.err
    assert len(list(folder.glob("*.sheet.xlsx"))) == len(names)


def rename(sheet: Path, name: str) -> Path:
    """Write another coder into a sheet."""
    import openpyxl

    book = openpyxl.load_workbook(sheet)
    for row in book["units"].iter_rows(min_row=2, min_col=2, max_col=2):
        row[0].value = name
    book.save(sheet)
    return sheet


@pytest.mark.parametrize("name", ["consensus", "rules", "Suggested", "AK+BL"])
def test_a_sheet_of_nobody_is_not_scored(filled: Path, run: Any, name: str) -> None:
    result = run("score", rename(filled / AK, name))
    assert result.code == ExitCode.TRANSCRIPTS
    assert f"'{name}'" in result.err
    assert "the sheets have 1 fault; nothing was recorded" in " ".join(result.err.split())
    assert open_store(filled).events() == []


def test_a_coder_the_sample_was_not_drawn_for_is_told(filled: Path, run: Any) -> None:
    rename(filled / AK, "KA")
    for command in (["score", AK], ["agree", AK, BL]):
        result = run(*command)
        assert result.code == ExitCode.OK
        told = " ".join(result.err.split())
        assert "sample-1 was not drawn for 'KA'" in told
        assert "it was drawn for AK, BL" in told
    assert "was not drawn for" not in run("score", BL).err


def test_a_sheet_that_is_named_twice(filled: Path, run: Any) -> None:
    result = run("score", AK, filled / AK)
    assert result.code == ExitCode.USAGE
    assert f"{AK} is named twice" in result.err
