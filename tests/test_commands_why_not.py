"""`thematic explain --why-not`, and explaining a quote or a stretch."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Result, Run

BOOK = """\
codebook: b
themes:
  help:
    definition: x
    codes:
      haven: {rules: [safe haven*], unless: [tax]}
      near: {rules: [{near: [Taliban, shelter*], within: 4}]}
      order: {rules: [{near: [first, then], within: 4, in_order: true}]}
      pay: {rules: [{lemma: pay}], negation: withhold}
      all: {rules: [{all: [money, road]}]}
      cafe: {rules: [café]}
      capital: {rules: [{phrase: Base, case: true}]}
      wood: {rules: [forest]}
      mine: {rules: [mine]}
      wed: {rules: [tokens: [{LOWER: {IN: [marry, marries]}}, {OP: "?"}, {LOWER: afghan}]]}
      empty: {definition: y}
"""


def rows(result: Result) -> list[dict[str, str]]:
    assert result.code == 0, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


@pytest.fixture
def book(study: Path) -> Path:
    (study / "book.yaml").write_text(BOOK, encoding="utf-8")
    return study


@pytest.mark.parametrize(
    ("code", "text", "lack", "found", "missing"),
    [
        ("haven", "A safe haven it is.", "counts", "safe haven", "it counts"),
        ("haven", "A tax safe haven.", "guard", "safe haven, tax", "kept out by 'tax'"),
        ("haven", "A safe place.", "words", "safe", "not there: haven*"),
        ("haven", "A haven is safe.", "words", "haven, safe", "do not stand in a row"),
        ("pay", "They never paid us.", "negation", "paid", "it is negated"),
        ("near", "The Taliban as everybody there had known gave shelter.", "distance",
         "Taliban, shelter", "7 words apart; the rule allows 4"),
        ("near", "We saw the Taliban. Shelter was there.", "border", "Taliban, Shelter", "two sentences"),
        ("near", "The Taliban came.", "part", "Taliban", "not there: shelter*"),
        ("order", "He came then, not first.", "order", "then, first", "another order"),
        ("all", "It cost money.", "part", "money", "not there: road"),
        ("cafe", "The cafe was open.", "accents", "cafe", "accents"),
        ("capital", "At the base we stood.", "case", "base", "capital"),
        ("wood", "In the forests we hid.", "inflection", "forests", "looked for: forest"),
        ("wood", "In the forrest we hid.", "spelling", "forrest", "looked for: forest"),
        ("mine", "We shall determine it.", "word border", "mine", "whole words"),
        ("wed", "They marry girls there.", "part", "marry", "not there: {LOWER: afghan}"),
        ("wed", "An Afghan came.", "part", "Afghan", 'not there: {LOWER: {"IN": ["marry", "marries"]}}'),
        ("wed", "They marry some of the Afghan girls.", "order", "marry, Afghan", "not one behind the other"),
        ("wed", "They marry an Afghan.", "counts", "marry an Afghan", "it counts"),
        ("wed", "It rained.", "nothing", "", "no word of its 1 rules"),
        ("mine", "It rained.", "nothing", "", "no word of its 1 rules"),
        ("empty", "It rained.", "nothing", "", "it has no rules"),
    ],
)  # fmt: skip
def test_what_a_rule_lacks(
    run: Run, book: Path, code: str, text: str, lack: str, found: str, missing: str
) -> None:
    told = rows(
        run(
            "explain",
            "--text",
            text,
            "--why-not",
            f"help/{code}",
            "-f",
            "csv",
        )
    )
    assert (told[0]["lack"], told[0]["found"]) == (lack, found)
    assert missing in told[0]["missing"]


def test_words_of_speakers_that_do_not_count(run: Run, book: Path) -> None:
    told = rows(
        run("explain", "--transcript", "E1", "--turn", "1", "--why-not", "haven", "-f", "csv")
    )
    assert told[0]["lack"] == "speaker"
    assert "interviewer" in told[0]["missing"]
    assert told[0]["found"] == "safe haven"


def test_a_longer_match(run: Run, book: Path) -> None:
    (book / "book.yaml").write_text(
        "themes: {t: [tax haven], u: {rules: [{phrase: tax}]}}\nnested: codebook\n"
    )
    told = rows(run("explain", "--text", "A tax haven.", "--why-not", "u", "-f", "csv"))
    assert (told[0]["lack"], "longer match of t" in told[0]["missing"]) == ("longer match", True)


def test_a_theme_asks_for_all_codes_below_it(run: Run, book: Path) -> None:
    told = rows(
        run("explain", "--text", "A safe place; it cost money.", "--why-not", "help", "-f", "csv")
    )
    assert {row["code"] for row in told} == {"help/haven", "help/all"}


def test_a_quote_is_looked_up(run: Run, study: Path) -> None:
    exact = rows(run("explain", "--quote", "There is no safe haven now", "-f", "csv"))
    assert next((row["transcript"], row["text"]) for row in exact) == ("E1", "safe haven")
    assert {row["turn"] for row in exact} == {"2"}
    near = rows(run("explain", "--quote", "There is no save haven now, they sayed", "-f", "csv"))
    assert near == exact
    lost = run("explain", "--quote", "words that nobody ever said to anybody")
    assert (lost.code, "nor anything like it" in lost.err) == (2, True)


def test_a_mention_by_its_place(run: Run, study: Path) -> None:
    start = (study / "talks" / "E1.txt").read_text().index("taxed")
    asked = ("explain", "--transcript", "E1", "--span", f"{start}-{start + 5}", "-f", "csv")
    assert [(row["text"], row["code"]) for row in rows(run(*asked))] == [("taxed", "finance")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--why-not", "finance"],
        ["--span", "1-2"],
        ["--transcript", "E1", "--span", "x"],
        ["--transcript", "E1", "--span", "9-3"],
        ["--transcript", "E1", "--span", "1-99999"],
    ],
    ids=" ".join,
)
def test_where_is_asked_for(run: Run, study: Path, arguments: list[str]) -> None:
    result = run("explain", *arguments)
    assert result.code == 2
    assert result.err.startswith("error:")


def test_on_the_terminal(run: Run, book: Path) -> None:
    out = run("explain", "--text", "A tax safe [b]haven\x1b[31m.", "--why-not", "haven").out
    assert "[b]haven␛[31m" in out
    assert max(map(len, out.splitlines())) <= 80


def test_notes_on_how_rules_are_written_do_not_fill_the_page(run: Run, book: Path) -> None:
    text = "themes: {a: {rules: [{regex: 'w\\w+'}, {regex: '\\w+\\d'}]}}"
    (book / "notes.yaml").write_text(text, encoding="utf-8")
    result = run("explain", "--text", "we walk", "-c", "notes.yaml")
    assert (result.code, result.err) == (0, "")
    told = run("check", "-c", "notes.yaml").out
    assert "\\w knows ASCII only" in " ".join(told.split())
