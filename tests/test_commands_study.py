"""A study's settings hold from wherever it is read, and slips in them are said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

from thematic.errors import ExitCode

WITHHELD = "[words withheld: no consent to quotation]"


def quoted(run: Run, *arguments: object) -> list[str]:
    rows = json.loads(run("quotes", "--all", "-f", "json", "-q", *arguments).out)["rows"]
    return [row["text"] for row in rows]


@pytest.mark.parametrize(
    "consent", ["No-quotation", "no quotation.", "NO_QUOTATION", "none", "no quotes please"]
)
def test_a_consent_not_understood_withholds(run: Run, study: Path, consent: str) -> None:
    (study / "attributes.csv").write_text(f"id,consent\nE1,{consent}\n")
    assert set(quoted(run, "finance", "--transcript", "E1")) == {WITHHELD}
    assert ("not understood" in run("check").out) is (consent == "none")


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["talks/E1.txt"], id="a-file-of-the-study"),
        pytest.param(["talks"], id="its-folder"),
        pytest.param(["talks/E*.txt"], id="a-pattern"),
    ],
)
def test_consent_holds_for_parts_of_a_study(
    run: Run, study: Path, paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (study / "attributes.csv").write_text("id,consent\nE1,no quotation\n")
    monkeypatch.chdir(study.parent)
    found = quoted(run, "finance", *(f"{study.name}/{path}" for path in paths))
    assert WITHHELD in found
    assert not any("taxed" in text for text in found)


def test_a_study_is_not_applied_to_strangers_files(run: Run, study: Path, tmp_path: Path) -> None:
    other = study.parent / f"{study.name}-other"
    other.mkdir(exist_ok=True)
    (other / "x.txt").write_text("I: Who?\nR: The Taliban.\n")
    result = run("report", other / "x.txt", "-c", "book.yaml")
    assert "INVENTED" not in result.out
    assert "Read      1 interview." in result.out


def test_a_table_of_attributes_that_cannot_be_read_stops_the_run(run: Run, study: Path) -> None:
    with (study / "study.yaml").open("a") as file:
        file.write("attributes: gone.csv\n")
    result = run("quotes")
    assert (result.code, result.out) == (5, "")
    assert "gone.csv" in result.err


def test_ids_do_not_depend_on_the_current_folder(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (study / "more").mkdir()
    (study / "more" / "E1.txt").write_text("I: And?\nR: Money. The haven.\n")
    text = (study / "study.yaml").read_text()
    (study / "study.yaml").write_text(text.replace("talks", "[talks, more]"))

    def ids(*paths: object) -> list[str]:
        rows = json.loads(run("code", "-f", "json", "-q", *paths).out)["rows"]
        return list(dict.fromkeys(row["transcript"] for row in rows))

    inside = ids()
    assert inside == ["more/E1", "talks/E1", "talks/E2", "talks/P1"]
    assert ids("more/E1.txt") == ["more/E1"]
    monkeypatch.chdir(study.parent)
    assert ids(study.name) == inside


@pytest.mark.parametrize("command", ["freq", "check", "codebook"])
def test_a_study_s_codebook_is_not_looked_for_where_one_stands(
    run: Run,
    study: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    (study / "study.yaml").write_text("codebook: book.yaml\n", encoding="utf-8")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "book.yaml").write_text("another: [the]\n", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    there = run(command, study)
    assert "another" not in there.out + there.err
    (elsewhere / "book.yaml").unlink()
    assert run(command, study) == there
    (study / "book.yaml").rename(elsewhere / "book.yaml")
    assert run(command, study).code == ExitCode.CODEBOOK


def test_a_folder_is_no_codebook(run: Run, study: Path) -> None:
    (study / "jihad-networks").mkdir()
    assert run("freq", "-c", "jihad-networks").code == 0


def test_numbers_that_a_spreadsheet_shortened_still_match(run: Run, study: Path) -> None:
    (study / "talks" / "E1.txt").rename(study / "talks" / "03.txt")
    (study / "attributes.csv").write_text("id,consent\n3,no quotation\n")
    assert set(quoted(run, "finance", "--transcript", "03")) == {WITHHELD}


def test_slips_in_what_is_declared_are_said(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text("id,kind,consent\nE3,interview,no quotation\nE2,,\n")
    with (study / "study.yaml").open("a") as file:
        file.write("speakers: {interviewer: [INTERVEWER]}\n")
    result = run("freq", "--exclude", "nobody")
    assert result.code == 1
    assert "no transcript has the ID 'E3', whose row forbids quotation" in result.err
    assert "no transcript has a speaker 'INTERVEWER' (did you mean 'INTERVIEWER'?)" in result.err
    assert "no transcript has a speaker 'nobody'" in result.err


def test_more_than_expected_and_kinds_in_any_spelling(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text("id,kind\nE1,Publication\nE2,Publications\n")
    result = run("freq", "-f", "json")
    assert {row["kind"] for row in json.loads(result.out)["rows"]} == {"interview", "publication"}
    assert "3 transcripts of kind publication are here, 1 are expected" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["code", "-f", "csv", "-o", "talks/E1.txt"], id="a-transcript"),
        pytest.param(["freq", "-f", "json", "-o", "book.yaml"], id="the-codebook"),
        pytest.param(["quotes", "-f", "md", "-o", "study.yaml"], id="the-study"),
    ],
)
def test_no_output_takes_the_place_of_an_input(run: Run, study: Path, arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    result = run(*arguments)
    assert result.code == 6
    assert "one of the files that were read" in result.err
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before


def test_results_among_the_transcripts_are_not_read_back(run: Run, study: Path) -> None:
    first = run("freq", "-f", "json").out
    run("report", "-o", "talks/results")
    run("report", "-o", "talks")
    assert run("freq", "-f", "json").out == first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["quotes", "--kind", "intervew"], "did you mean 'interview'", id="kind"),
        pytest.param(["quotes", "--speaker", "ANNE"], "did you mean 'ANNA'", id="speaker"),
        pytest.param(["quotes", "--transcript", "E9"], "there is no transcript", id="transcript"),
        pytest.param(["quotes", "talks/E9.txt"], "no such file", id="a-path-is-no-code"),
        pytest.param(["explain", "--turn", "99"], "there is no turn 99", id="explain-turn"),
        pytest.param(["show", "E1", "--turn", "99"], "has no turn 99", id="show-turn"),
        pytest.param(["show", "E1", "--cues"], "has no cues", id="no-cues"),
    ],
)
def test_what_is_not_there_is_an_error(
    run: Run, study: Path, arguments: list[str], said: str
) -> None:
    result = run(*arguments)
    assert result.code in (2, 3)
    assert said in result.err


def test_a_code_may_be_written_in_any_case(run: Run, study: Path) -> None:
    assert run("freq", "--code", "ALLIANCE").code == 0
    assert len(quoted(run, "SAFE-HAVEN")) == 4


def test_a_phrase_with_a_comma_is_doubted(run: Run, study: Path) -> None:
    (study / "book.yaml").write_text("money: rent, debt\n")
    said = " ".join(run("check").out.split())
    assert "is one phrase, which is found only with its comma" in said
    assert "rules that found nothing here 1: money: rent, debt" in said


def test_init_writes_any_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", tmp_path / "s", "--name", 'My: "study" [x]')
    monkeypatch.chdir(tmp_path / "s")
    assert run("check").code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(("into", "code"), [("> /dev/full", 6), ("| head -c 10 > /dev/null", 0)])
def test_standard_output_that_ends(study: Path, into: str, code: int) -> None:
    command = f"{sys.executable} -m thematic code talks -c book.yaml -f csv -q {into}"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        cwd=study,
        env={**os.environ, "PYTHONPATH": str(ROOT / "cli")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_an_interview_in_which_nobody_answers_is_doubted(run: Run, study: Path) -> None:
    (study / "talks" / "E2.txt").write_text("interviewer: where?\n\ninterviewer: why?\n")
    assert "only interviewers speak here" in run("freq").err


def test_notes_on_rules_are_for_check_only(run: Run, study: Path) -> None:
    (study / "book.yaml").write_text("themes: {a: {rules: [{regex: 'hav\\w+'}]}}\n")
    assert "ASCII" in run("check").out
    assert "ASCII" not in run("freq").err
