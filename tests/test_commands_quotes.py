"""`thematic quotes` and `thematic code`: exact words, chosen by the stated rule, with consent."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from consent_study import held_in


def rows(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["rows"]
    return found


def test_quotes_are_exact_slices_with_citations(run: Run, study: Path) -> None:
    found = rows(run("quotes", "safe-haven", "-f", "json", "--all").out)
    text = (study / "talks" / "E1.txt").read_text(encoding="utf-8")
    first = found[0]
    assert first["text"] == text[first["unit_start"] : first["unit_end"]]
    assert first["text"] == "They gave al-\nQaeda a safe haven."
    assert first["citation"] == "(E1, ANNA, turn 2, line 3)"
    assert [quote["negated"] for quote in found] == [False, True, False, False]


def test_quotes_are_spread_over_persons(run: Run, study: Path) -> None:
    found = rows(run("quotes", "alliance", "-n", "2", "-f", "json", "--kind", "interview").out)
    assert [quote["transcript"] for quote in found] == ["E1", "E2"]


@pytest.mark.parametrize(
    ("options", "transcripts"),
    [
        pytest.param(["--transcript", "E2"], ["E2"], id="transcript"),
        pytest.param(["--speaker", "anna"], ["E1", "E1"], id="speaker-in-any-case"),
        pytest.param(["--kind", "publication"], ["P1"], id="kind"),
    ],
)
def test_filters(run: Run, study: Path, options: list[str], transcripts: list[str]) -> None:
    found = rows(run("quotes", "alliance", "-f", "json", "--all", *options).out)
    assert [quote["transcript"] for quote in found] == transcripts


def test_context_and_question(run: Run, study: Path) -> None:
    found = rows(run("quotes", "alliance", "-f", "json", "--all", "--context", "1").out)
    assert found[0]["asked"] == "Did the Taliban offer a safe haven?"
    assert (found[0]["before"], found[0]["after"]) == ("", "There is no safe haven now, they say.")


@pytest.mark.parametrize(
    ("consent", "speaker", "words"),
    [
        pytest.param("named", "ANNA", True, id="named"),
        pytest.param("role only", "respondent", True, id="role-only"),
        pytest.param("background", "respondent", False, id="background"),
        pytest.param("no quotation", "respondent", False, id="no-quotation"),
    ],
)
def test_consent_holds_in_every_output(
    run: Run, study: Path, consent: str, speaker: str, words: bool
) -> None:
    (study / "talks" / "attributes.csv").write_text(f"id,consent\nE1,{consent}\n")
    run("report", "-q", "-o", "out")
    outputs = [held_in(path) for path in (study / "out").iterdir()]
    outputs += [run("report").out, run("quotes", "--all").out, run("explain").out]
    outputs += [run("code", "-f", "csv", "--all").out, run("explain", "-f", "json").out]
    for output in outputs:
        if consent != "named":
            assert "ANNA" not in output
        if not words:
            assert "taxed" not in output
            assert "They gave" not in output
    assert any("taxed" in output for output in outputs) is words
    assert any("ANNA" in output for output in outputs) is (consent == "named")
    found = rows(run("quotes", "finance", "-f", "json", "--transcript", "E1", "--all").out)
    assert {quote["speaker"] for quote in found} == {speaker}
    assert (found[0]["text"] == "[words withheld: no consent to quotation]") is not words


def test_code_lists_each_mention(run: Run, study: Path) -> None:
    out = run("code", "-f", "csv", "--all").out
    listed = list(csv.DictReader(io.StringIO(out)))
    wanted = "transcript kind turn speaker role time unit_start unit_end start end theme code rule"
    wanted += " text guard negation status"
    assert set(wanted.split()) <= set(listed[0])
    for row in listed:
        suffix = ".md" if row["kind"] == "publication" else ".txt"
        text = (study / "talks" / f"{row['transcript']}{suffix}").read_text(encoding="utf-8")
        assert row["text"] == text[int(row["start"]) : int(row["end"])]
        assert row["theme"] == row["code"].split("/")[0]
    assert {row["study_status"] for row in listed} == {"invented"}


def test_all_lists_what_does_not_count(run: Run, study: Path) -> None:
    yaml = "themes: {a: {rules: [haven, safe haven], unless: [{phrase: now, within: 1}]}}"
    (study / "b.yaml").write_text(yaml)
    counted = rows(run("code", "talks/E1.txt", "-c", "b.yaml", "-f", "json").out)
    every = rows(run("code", "talks/E1.txt", "-c", "b.yaml", "-f", "json", "--all").out)
    assert [row["status"] for row in counted] == ["suggested", "suggested"]
    statuses = [row["status"] for row in every]
    assert sorted(set(statuses)) == ["suggested", "swallowed", "withheld"]
    withheld = next(row for row in every if row["status"] == "withheld")
    assert (withheld["text"], withheld["guard"]) == ("safe haven", "now")


def test_codings_are_one_row_a_unit_and_code(run: Run, study: Path) -> None:
    found = rows(run("code", "talks/E1.txt", "--codings", "-f", "json").out)
    assert [(row["code"], row["mentions"]) for row in found] == [
        ("alliance/safe-haven", 1),
        ("finance", 1),
        ("alliance/safe-haven", 1),
        ("finance", 1),
        ("finance", 1),
        ("finance", 2),
    ]
