"""Codings on words that do not count are told; labels do not slip out through questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from thematic.errors import ExitCode

TEXT = """\
INTERVIEWER: Herr Müller5, did they ever help you?

Müller5: They helped me with money. It was MÜLLER5 the elder who paid.

INTERVIEWER: Then, müller, who helped the Müllersons?

Müller5: She helped them as well.

"""
BOOK = """\
codebook: small
themes:
  help: {definition: Someone helps., rules: [help*]}
  money: {definition: About money., rules: manual}
"""
ASKED = "did they ever help you?"
CODED = f"transcript,quote,code,coder\nE01,{ASKED},money,AK\nE01,They helped me,money,AK\n"
DECIDED = f"transcript,quote,code,decision,coder\nE01,{ASKED},money,add,AK\n"
DECIDED += "E01,They helped me with money.,help,accept,AK\nE01,Then,help,reject,AK\n"


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "t").mkdir()
    head = "study: small\ncodebook: book.yaml\ntranscripts: [t]\nconsent: role only\n"
    (tmp_path / "study.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "t" / "E01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.csv").write_text(CODED, encoding="utf-8")
    (tmp_path / "d.csv").write_text(DECIDED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "command", [("import", "c.csv"), ("import", "c.csv", "--dry-run"), ("decide", "d.csv")]
)
def test_what_comes_in_on_words_that_do_not_count(
    study: Path, run: Run, command: tuple[str, ...]
) -> None:
    got = run(*command)
    assert got.code == ExitCode.OK
    expected = "1 coding is on words that do not count: interviewer (E01 turn 1)"
    assert expected in said(got.err)
    assert said(got.err).count("do not count") == 1


def test_what_counts_is_not_told(study: Path, run: Run) -> None:
    (study / "c.csv").write_text(CODED.replace(ASKED, "She helped them"), encoding="utf-8")
    assert "do not count" not in said(run("import", "c.csv").err)
    assert "do not count" not in said(run("report").err)


@pytest.mark.parametrize("command", [("code", "--codings"), ("report",), ("freq",)])
def test_every_table_says_what_is_in_none(study: Path, run: Run, command: tuple[str, ...]) -> None:
    run("import", "c.csv")
    assert "1 coding is on words that do not count" in said(run(*command).err)
    assert "do not count" not in said(run(*command, "--include-interviewer").err)


def test_the_list_of_codings_says_it_itself(study: Path, run: Run) -> None:
    run("import", "c.csv")
    notes = json.loads(run("code", "--codings", "-f", "json").out)["notes"]
    assert "1 coding of people is on words that do not count, and not listed." in notes


def asked(run: Run) -> list[str]:
    out = run("quotes", "help", "-f", "json", "-q").out
    return [row["asked"] for row in json.loads(out)["rows"] if row["asked"]]


def test_labels_that_consent_hides_are_masked_in_questions(study: Path, run: Run) -> None:
    assert asked(run) == [
        "Herr [name], did they ever help you?",
        "Then, [name], who helped the Müllersons?",
    ]
    for command in (["quotes"], ["report"], ["quotes", "-f", "md"], ["uncoded"]):
        questions = [line for line in run(*command).out.splitlines() if "asked" in line]
        assert "Herr Müller" not in " ".join(questions)


def test_labels_of_those_who_may_be_named_stand(study: Path, run: Run) -> None:
    head = (study / "study.yaml").read_text(encoding="utf-8")
    (study / "study.yaml").write_text(head.replace("role only", "named"), encoding="utf-8")
    assert asked(run)[0] == "Herr Müller5, did they ever help you?"


@pytest.mark.parametrize("label", ["Speaker 2", "R", "Respondent", "A"])
def test_labels_that_name_nobody_leave_questions_as_they_are(
    study: Path, run: Run, label: str
) -> None:
    text = f"INTERVIEWER: As a speaker, did a respondent help?\n\n{label}: She helped us a lot.\n"
    (study / "t" / "E01.txt").write_text(text, encoding="utf-8")
    assert asked(run) == ["As a speaker, did a respondent help?"]


def test_names_in_scripts_without_blanks_are_masked(study: Path, run: Run) -> None:
    text = "INTERVIEWER: 田中さん、did they help?\n\n田中: They helped us a lot.\n"
    (study / "t" / "E01.txt").write_text(text, encoding="utf-8")
    assert asked(run) == ["[name]さん、did they help?"]


def test_questions_of_brief_answers_are_masked_too(study: Path, run: Run) -> None:
    text = "INTERVIEWER: Frau Tanaka, did they help?\n\nTanaka: Yes.\n"
    (study / "t" / "E01.txt").write_text(text, encoding="utf-8")
    out = run("uncoded", "--section", "affirmations", "-f", "json", "-q").out
    (row,) = json.loads(out)["rows"]
    assert row["question"] == "Frau [name], did they help?"
    assert "Tanaka" not in json.dumps(row)
