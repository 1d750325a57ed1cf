"""The method note: text, facts and checklists say what was done in the run, and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from consent_study import make_consent_study

import thematic
from thematic.report.checklists import COREQ, SRQR
from thematic.report.method import MethodNote, method_markdown

BOOK = """\
codebook: small
version: "2"
themes:
  help:
    source: theory
    codes:
      money: {rules: [money, {lemma: pay, case: true}], unless: [money back]}
      faith: {rules: manual}
  doubt: {rules: [{phrase: doubt, negation: withhold}, no doubt about it]}
"""
TALK = (
    "I: Money?\n\nA: She gave me money. No money came later. I want my money back. "
    "I do not doubt it. There is no doubt about it.\n"
)


def note_on(*texts: str, book: str = BOOK, study: thematic.Study | None = None) -> MethodNote:
    codebook, problems = thematic.read_codebook(book, "small")
    assert codebook is not None, problems
    read = [thematic.read_text(text, id=f"E{n}")[0] for n, text in enumerate(texts, start=1)]
    codings = thematic.code([one for one in read if one is not None], codebook)
    return thematic.method_note(codings, study)


@pytest.fixture
def note() -> MethodNote:
    return note_on(TALK)


FACTS = {
    "Read": "1 interview; 0 files not read",
    "Counted": "24 words in 1 turn",
    "Left out": "interviewer 1 word in 1 turn, marks such as [inaudible] 0",
    "Codes": "2 themes, 2 codes below them, 1 by hand",
    "Rules": "4: phrase 3, lemma 1",
    "Letters": "upper and lower case are not told apart, but by 1 rule; accents count as written",
    "Guards": "2 rules have guards, words beside which nothing is counted: they withheld 1 mention.",
    "Mentions": "3 counted, 2 withheld",
    "Codings": "3 suggested (sentence by theme)",
    "Checked": "by nobody",
    "Agreement": "not computed",
}


@pytest.mark.parametrize(("topic", "value"), FACTS.items(), ids=FACTS.keys())
def test_facts_are_those_of_the_run(note: MethodNote, topic: str, value: str) -> None:
    assert dict(note.facts)[topic] == value


def test_negation_is_told_as_the_rules_treat_it(note: MethodNote) -> None:
    told = dict(note.facts)["Negation"]
    assert "marked and counted (1) and withheld by 1 rule (1)" in told
    ignoring = note_on(TALK, book="a: [{phrase: money, negation: ignore}]")
    assert "were not looked for by 1 rule" in dict(ignoring.facts)["Negation"]


def test_numbers_are_those_of_the_tables() -> None:
    codebook, _ = thematic.read_codebook(BOOK, "small")
    transcript, _ = thematic.read_text(TALK, id="E1")
    assert codebook is not None
    assert transcript is not None
    codings = thematic.code([transcript], codebook)
    rows = thematic.frequencies(codings, own=True).to_pandas()
    assert (
        f"{rows['mentions'].sum()} counted, {rows['withheld'].sum()} withheld" == FACTS["Mentions"]
    )
    themes = thematic.frequencies(codings).to_pandas().query("code == theme")
    assert FACTS["Codings"].startswith(f"{themes['units'].sum()} suggested")


def test_what_only_people_know_is_left_in_brackets(note: MethodNote) -> None:
    text = "\n".join(note.paragraphs)
    assert "[Say who took part" in text
    assert "no person has checked any of them" in text
    assert "No coefficient of agreement was computed. [Say why" in text


def test_every_item_of_both_lists_is_there_once_in_order(note: MethodNote) -> None:
    assert [one.item for one in note.answers] == [*COREQ, *SRQR]
    assert [one.number for one in COREQ] == [str(number) for number in range(1, 33)]
    assert [one.number for one in SRQR] == [f"S{number}" for number in range(1, 22)]
    assert {one.supported for one in note.supported} == {"yes", "in part"}
    assert all(one.text for one in note.supported)


# As printed in Table 1 of Tong and others 2007, and of O'Brien and others 2014.
WORDING = {
    "12": ("Sample size", "How many participants were in the study?"),
    "22": ("Data saturation", "Was data saturation discussed?"),
    "24": ("Number of data coders", "How many data coders coded the data?"),
    "26": (
        "Derivation of themes",
        "Were themes identified in advance or derived from the data?",
    ),
    "32": (
        "Clarity of minor themes",
        "Is there a description of diverse cases or discussion of minor themes?",
    ),
    "S7": ("Context", "Setting/site and salient contextual factors; rationale"),
    "S12": (
        "Units of study",
        "Number and relevant characteristics of participants, documents, or events included in "
        "the study; level of participation (could be reported in results)",
    ),
    "S15": (
        "Techniques to enhance trustworthiness",
        "Techniques to enhance trustworthiness and credibility of data analysis (e.g., member "
        "checking, audit trail, triangulation); rationale",
    ),
    "S19": ("Limitations", "Trustworthiness and limitations of findings"),
}


@pytest.mark.parametrize("number", WORDING)
def test_items_stand_in_their_published_words(number: str) -> None:
    item = next(one for one in (*COREQ, *SRQR) if one.number == number)
    assert (item.name, item.question) == WORDING[number]


def test_saturation_is_left_to_the_researcher(note: MethodNote) -> None:
    saturation = next(one for one in note.answers if one.item.number == "22")
    assert saturation.supported == "no"
    assert "not saturation" in saturation.left


def test_hostile_names_stay_text() -> None:
    book = 'codebook: "<b>|x|</b> [a](b) \\e[31m"\nthemes: {a: [money]}\n'
    page = method_markdown(note_on(TALK, book=book))
    assert "<b>" not in page
    assert "\x1b" not in page
    assert "[a](b)" not in page
    rows = [line for line in page.splitlines() if line.startswith("| Codebook")]
    assert rows
    assert rows[0].replace("\\|", "").count("|") == 3


def table(out: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(out)["rows"]
    return rows


def test_the_command_gives_text_facts_and_items(study: Path, run: Run) -> None:
    rows = table(run("method", "-f", "json").out)
    assert {row["part"] for row in rows} == {"paragraph", "fact", "COREQ", "SRQR"}
    assert {row["study_status"] for row in rows} == {"invented"}
    facts = {row["name"]: row["text"] for row in rows if row["part"] == "fact"}
    assert facts["Read"].startswith("2 of 3 interviews and 1 of 1 publication")


def test_the_terminal_shows_all_of_it_in_eighty_columns(study: Path, run: Run, golden: Any) -> None:
    out = run("method").out
    assert max(map(len, out.splitlines())) <= 80
    kept = [line for line in out.splitlines() if "google-re2" not in line and "spacy" not in line]
    golden("\n".join(kept) + "\n", "method.txt")


def test_what_people_decided_and_their_agreement_is_told(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_consent_study(tmp_path / "study"))
    rows = table(run("method", "-f", "json").out)
    text = "\n".join(row["text"] for row in rows if row["part"] == "paragraph")
    assert "2 persons (AK, BL)" in text
    assert "Two coders (AK, BL) judged 4 units" in text
    assert "1 passage taken back by the person quoted and 1 passage that the person" in text
    facts = {row["name"]: row["text"] for row in rows if row["part"] == "fact"}
    assert facts["Consent"] == ("by transcript: named 2, background 1, no quotation 1, role only 1")


def test_the_result_folder_holds_the_note(study: Path, run: Run) -> None:
    run("report", "-o", "out")
    page = (study / "out" / "method.md").read_text(encoding="utf-8")
    assert page == run("method", "-f", "md").out
    assert "method.md" in json.loads((study / "out" / "manifest.json").read_text())["files"]
