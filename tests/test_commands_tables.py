"""Tables of words at the command line: columns that are named, IDs, attributes."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import thematic
from thematic.errors import ExitCode, NoTranscripts, TranscriptsUnusable

SURVEY = "Nr;Age;Why?;What else?\nR1;33;For the tea;No\nR2;44;;The cake\n"
CHOSEN = ("--column", "text=Why?", "--column", "text=What else?", "--column", "id=Nr")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "survey.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "E1.txt").write_text("I: Why?\n\nAnna: For the tea.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def turns(out: str) -> list[tuple[str, str, str]]:
    return [(row["transcript"], row["role"], row["text"]) for row in json.loads(out)["rows"]]


def test_a_respondent_is_shown_by_its_id(folder: Path, run: Any) -> None:
    result = run("show", "survey/R1", "survey.csv", *CHOSEN, "-f", "json")
    assert turns(result.out) == [
        ("survey/R1", "respondent", "For the tea"),
        ("survey/R1", "respondent", "No"),
    ]


def test_the_help_tells_the_roles_of_columns(run: Any) -> None:
    told = " ".join(run("show", "--help").out.split())
    assert "sheet=NAME" in told


@pytest.mark.parametrize("written", ["words=a", "text", "text=", "=a"])
def test_a_column_that_is_not_understood(folder: Path, run: Any, written: str) -> None:
    result = run("show", "x", "survey.csv", "--column", written)
    assert result.code == ExitCode.USAGE
    assert "roles are speaker, time, text, id, role, sheet" in " ".join(result.err.split())


ROWS = {
    "full": "id,region\nsurvey/R1,north\nsurvey/R2,south\n",
    "bare": "id,region\nR1,north\nR2,south\n",
    "of-the-file-and-one": "id,region\nsurvey,south\nR1,north\n",
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS.keys())
def test_a_table_of_attributes_names_respondents(folder: Path, rows: str) -> None:
    (folder / "attributes.csv").write_text(rows, encoding="utf-8")
    columns = {"text": ["Why?", "What else?"], "id": "Nr"}
    read = thematic.load_transcripts("survey.csv", columns=columns)
    assert [(one.id, dict(one.attributes)) for one in read] == [
        ("survey/R1", {"age": "33", "kind": "survey", "region": "north"}),
        ("survey/R2", {"age": "44", "kind": "survey", "region": "south"}),
    ]


def test_rows_that_fit_a_respondent_are_no_slips(folder: Path, run: Any) -> None:
    (folder / "survey.csv").write_text(SURVEY.replace("Nr", "Participant ID"), encoding="utf-8")
    (folder / "study.yaml").write_text("study: s\n", encoding="utf-8")
    (folder / "attributes.csv").write_text("id,x\nR1,1\nR9,2\nE1,3\n", encoding="utf-8")
    told = " ".join(run("check").err.split() + run("check").out.split())
    assert "no transcript has the ID 'R9'" in told
    assert "no transcript has the ID 'R1'" not in told


def test_a_table_that_gives_nothing_is_a_faulty_file(folder: Path) -> None:
    (folder / "survey.csv").write_text("Nr,Age\n1,33\n", encoding="utf-8")
    with pytest.raises(TranscriptsUnusable) as fault:
        thematic.load_transcripts("survey.csv", strict=False)
    assert "--column text=NAME --column id=NAME" in fault.value.hint


def test_a_table_with_a_header_alone_is_no_input(folder: Path) -> None:
    (folder / "survey.csv").write_text("speaker,text\n", encoding="utf-8")
    with pytest.raises((NoTranscripts, TranscriptsUnusable)):
        thematic.load_transcripts("survey.csv", strict=False)


def test_a_survey_on_standard_input(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    data = b"Participant ID,Age,Response\nP1,33,We had tea\nP2,34,No\n"
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    result = run("show", "stdin/P2", "-", "-f", "json")
    assert turns(result.out) == [("stdin/P2", "respondent", "No")]
