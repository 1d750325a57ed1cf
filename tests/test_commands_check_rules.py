"""`thematic check --rules`: doubts about a codebook with the corpus at hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Run

BOOK = """\
codebook: small
themes:
  finance:
    definition: Money.
    examples: [They pay tax.]
    rules: [tax, pay road tax, al*, host, ghost, {phrase: zakat, unless: [no]}]
    codes:
      toll: {definition: Toll., rules: [toll, {lemma: pay}, the]}
  alliance:
    rules: [host]
"""
TALK = "\n\n".join(
    ["E1: They pay road tax here. The road tolls are paid. Also the allies host us. No zakat."]
    + [f"E1: The {word} was long." for word in ("day", "way", "talk", "road", "war", "night")] * 3
)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One interview."""
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "E1.txt").write_text(TALK + "\n")
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "study.yaml").write_text("study: s\ncodebook: book.yaml\ntranscripts: talks\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(run: Run) -> list[dict[str, str]]:
    result = run("check", "--rules", "-f", "csv", "-q")
    assert result.code == 0, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


@pytest.mark.parametrize(
    ("doubt", "code", "rule", "detail"),
    [
        ("no definition", "alliance", "", ""),
        ("no example", "finance/toll", "", ""),
        ("never fires", "finance", "ghost", ""),
        ("always withheld", "finance", "zakat", "by no"),
        ("always swallowed", "finance", "tax", "by finance"),
        ("fires everywhere", "finance/toll", "the", ""),
        ("short glob", "finance", "al*", "allies 1, also 1"),
        ("words caught", "finance/toll", "lemma: pay", "paid 1, pay 1"),
        ("same words in several codes", "finance", "host", "also in alliance"),
        ("counted in two themes", "finance", "", "and alliance: the same words count in both"),
        ("near-miss words", "finance/toll", "toll", "tolls 1"),
    ],
)
def test_doubt(run: Run, study: Path, doubt: str, code: str, rule: str, detail: str) -> None:
    found = [(one["doubt"], one["code"], one["rule"], one["detail"]) for one in rows(run)]
    assert (doubt, code, rule, detail) in found


def test_lines_lead_to_the_rule(run: Run, study: Path) -> None:
    (toll,) = (one for one in rows(run) if one["doubt"] == "near-miss words")
    assert "toll: {definition" in BOOK.splitlines()[int(toll["line"]) - 1]


def test_everywhere_says_its_base(run: Run, study: Path) -> None:
    (the,) = (one for one in rows(run) if one["doubt"] == "fires everywhere")
    assert (the["count"], the["base"], the["unit"]) == ("20", "22", "sentence")


def test_for_people(run: Run, study: Path) -> None:
    shown = run("check", "--rules").out
    assert "Globs with a short beginning, and what they caught: 1" in shown
    assert "Doubts to look at, not errors" in shown


def test_words_that_may_not_be_quoted_are_not_listed(run: Run, study: Path) -> None:
    (study / "attributes.csv").write_text("id,consent\nE1,no quotation\n")
    assert "allies" not in run("check", "--rules", "-f", "csv").out
