"""Ways of counting side by side: each by hand, equal to other tables, and what hangs on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from consent_study import make_consent_study

import thematic

BOOK = """\
themes:
  help: {rules: [help*], unless: [help desk]}
  money: [{phrase: money, negation: withhold}]
"""
ANNA = (
    "INTERVIEWER: So?\n\nANNA: They help and help. No help came. The help desk rang. No money.\n\n"
    "INTERVIEWER: And?\n\nBEA: More words that hold nothing of it at all.\n"
)
ORGAN = "---\nkind: publication\n---\n\nHelp is near. Money too.\n"


@pytest.fixture
def codings() -> thematic.Codings:
    codebook, problems = thematic.read_codebook(BOOK, "small")
    assert codebook is not None, problems
    read = [
        thematic.read_text(ANNA, id="E1")[0],
        thematic.read_text(ORGAN, id="P1", suffix=".md")[0],
    ]
    return thematic.code([one for one in read if one is not None], codebook)


def counts(table: thematic.ResultTable, code: str, variant: str, group: str) -> dict[str, Any]:
    wanted = {"code": code, "variant": variant, "group": group}
    return {
        row["measure"]: (row["count"], row["base"])
        for row in table.records()
        if wanted.items() <= row.items()
    }


BY_HAND = {
    "as coded": {"mentions": 3, "units": 2, "turns": 1, "speakers": 1, "words": 7},
    "guards off": {"mentions": 4, "units": 3, "turns": 1, "speakers": 1, "words": 11},
    "negated out": {"mentions": 2, "units": 1, "turns": 1, "speakers": 1, "words": 4},
    "negated in": {"mentions": 3, "units": 2, "turns": 1, "speakers": 1, "words": 7},
}


@pytest.mark.parametrize("variant", BY_HAND)
def test_each_way_by_hand(codings: thematic.Codings, variant: str) -> None:
    found = counts(thematic.sensitivity(codings), "help", variant, "interview")
    assert {name: found[name][0] for name in BY_HAND[variant]} == BY_HAND[variant]
    bases = {name: base for name, (_, base) in found.items()}
    assert bases == {
        "mentions": 22,
        "units": 5,
        "turns": 2,
        "speakers": 2,
        "persons": 1,
        "transcripts": 1,
        "words": 22,
    }


def test_what_negation_withheld_is_one_way(codings: thematic.Codings) -> None:
    table = thematic.sensitivity(codings)
    assert counts(table, "money", "as coded", "interview")["mentions"][0] == 0
    assert counts(table, "money", "negated in", "interview")["mentions"][0] == 1


def test_as_coded_is_what_freq_counts(codings: thematic.Codings) -> None:
    table = thematic.sensitivity(codings)
    for row in thematic.frequencies(codings).records():
        found = counts(table, row["code"], "as coded", row["kind"])
        assert found["mentions"] == (row["mentions"], row["words_N"])
        assert found["units"][0] == row["units"]
        assert found["persons"] == (row["cases"], row["cases_N"])
        assert found["transcripts"] == (row["transcripts"], row["transcripts_N"])
        assert found["words"] == (row["words_covered"], row["words_N"])


def test_a_comparison_that_changes_is_marked(codings: thematic.Codings) -> None:
    rows = thematic.sensitivity(codings).records()
    higher = {(row["code"], row["variant"], row["measure"]): row["higher"] for row in rows}
    # 3 mentions in 22 words against 1 in 5, and 2 of 5 sentences against 1 of 2.
    assert higher["help", "as coded", "mentions"] == "publication"
    assert higher["help", "guards off", "units"] == "interview"  # 3 of 5 against 1 of 2
    assert higher["help", "as coded", "transcripts"] == "same"
    assert {row["changes"] for row in rows if row["code"] == "help"} == {True}
    assert {row["changes"] for row in rows if row["code"] == "money"} == {False}


def test_one_group_has_nothing_to_change(codings: thematic.Codings) -> None:
    table = thematic.sensitivity(codings, groups=["interview"])
    assert {row["higher"] for row in table.records()} == {""}
    assert {row["changes"] for row in table.records()} == {False}


def test_small_bases_have_no_rate(codings: thematic.Codings) -> None:
    for row in thematic.sensitivity(codings).records():
        assert (row["rate"] is None) == (row["base"] < 20)


def test_what_people_decided_is_a_way(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_consent_study(tmp_path / "study"))
    out = run("sensitivity", "-f", "csv").out
    assert ",decided," in out
    assert ",standing," in out


def test_the_command_on_a_terminal(study: Path, run: Run, golden: Any) -> None:
    out = run("sensitivity", "--codes").out
    assert max(map(len, out.splitlines())) <= 80
    golden(out, "sensitivity.txt")
