"""`thematic check`, `explain`, `show`, `init` and `demo`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from thematic.shipped import study_path


def test_check_runs_the_examples(run: Run, study: Path) -> None:
    (study / "book.yaml").write_text(
        "themes:\n"
        "  a:\n"
        "    rules: [safe haven]\n"
        "    unless: [tax haven]\n"
        "    examples:\n"
        "      - They had a safe haven.\n"
        "      - They lived as guests.\n"
        "      - {text: They were guests., expect: missed}\n"
        "    counter_examples: [A tax safe haven., It rains.]\n"
    )
    result = run("check", "-f", "csv")
    assert result.code == 1
    lines = [line for line in result.out.splitlines() if line.startswith("error")]
    assert len(lines) == 2
    assert "book.yaml,7" in lines[0]
    assert "They lived as guests" in lines[0]
    assert "A tax safe haven" in lines[1]
    assert "passes only because no rule comes near it" in result.out
    assert "3 of 5 pass, known misses 1" in " ".join(run("check").out.split())


def test_check_says_what_a_lemma_caught(run: Run, study: Path) -> None:
    assert "finance, lemma: tax: caught tax 1, taxed 1" in run("check").out


def test_check_without_transcripts_still_checks_the_codebook(run: Run, study: Path) -> None:
    for path in (study / "talks").iterdir():
        path.unlink()
    result = run("check")
    assert result.code == 0
    assert "codebook small" in result.out
    assert "there are no transcripts here" in result.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--turn", "2", "--transcript", "E1"], "negated by 'no'", id="negation"),
        pytest.param(["--transcript", "E2"], "found together: 'Taliban', 'sheltered'", id="near"),
        pytest.param(["--text", "A tax haven"], "withheld by", id="guard-in-a-text"),
        pytest.param(["--text", "Nothing here"], "No rule comes near", id="nothing"),
        pytest.param(["--rule", "finance"], "tax, taxed, taxes, taxing", id="phrases-of-a-rule"),
    ],
)
def test_explain(run: Run, study: Path, options: list[str], said: str) -> None:
    (study / "book.yaml").write_text(
        (study / "book.yaml").read_text().replace("finance:", "finance:\n    unless: [tax haven]")
    )
    result = run("explain", *options)
    assert result.code == 0
    assert said in " ".join(result.out.split())


def test_show_prints_turns_and_text(run: Run, study: Path) -> None:
    found = json.loads(run("show", "E1", "-f", "json").out)["rows"]
    assert [(turn["speaker"], turn["role"], turn["line"]) for turn in found] == [
        ("INTERVIEWER", "interviewer", 1),
        ("ANNA", "respondent", 3),
        ("INTERVIEWER", "interviewer", 6),
        ("ANNA", "respondent", 8),
    ]
    assert run("show", "E1", "--text").out == (study / "talks" / "E1.txt").read_text()
    wrong = run("show", "E11")
    assert wrong.code == 2
    assert "did you mean 'E1'" in wrong.err


def test_init_makes_a_study_that_needs_no_options(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("init", tmp_path / "new").code == 0
    monkeypatch.chdir(tmp_path / "new")
    Path("transcripts/a.txt").write_text("I: Where?\nR: In a safe haven.\n")
    result = run("report")
    assert (result.code, result.err) == (0, "")
    assert "FIRST-THEME" in result.out
    again = run("init", ".")
    assert again.code == 6
    assert "already holds" in again.err


def test_demo_reads_the_whole_shipped_study(run: Run) -> None:
    result = run("demo")
    assert result.code == 0
    assert "INVENTED TRANSCRIPTS" in result.out
    assert "20 of 20 interviews (19 persons), 4 of 4 publications" in result.out
    assert max(map(len, result.out.splitlines())) <= 80
    assert str(study_path("jihad-networks")) in run("demo", "--where").out


def test_shipped_examples_and_counter_examples_pass(run: Run) -> None:
    folder = study_path("jihad-networks")
    result = run("check", folder, "-f", "json")
    assert result.code == 0
    report = json.loads(result.out)
    assert [row for row in report["rows"] if row["severity"] != "note"] == []
