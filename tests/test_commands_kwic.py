"""Keywords and codes in context: exact slices, alignment, order, consent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from consent_study import make_consent_study
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import thematic
from thematic.errors import UsageError
from thematic.report.concordance import clipped

TALK = """\
I: And the tax?

ANNA: They taxed the road, then the tax office burned. Untaxed goods went by night.

I: Taxes again?

ANNA: A heavy tax. A light
tax, twice.
"""
BOOK = "money: [tax office, {phrase: tax, unless: [heavy]}]\nroad: [road*]\n"


def codings_of(text: str = TALK, book: str = BOOK) -> thematic.Codings:
    codebook, _ = thematic.read_codebook(book, "book")
    transcript, _ = thematic.read_text(text, id="E1")
    assert codebook is not None
    assert transcript is not None
    return thematic.code([transcript], codebook)


def lines(table: thematic.ResultTable) -> list[tuple[str, str, str]]:
    return [(row["left"], row["keyword"], row["right"]) for row in table.records()]


def test_a_line_is_an_exact_slice_of_its_turn() -> None:
    codings = codings_of()
    text = codings.transcripts[0].transcript.text
    table = thematic.kwic(codings, codes=["money"], context=3)
    assert lines(table) == [
        ("road, then the ", "tax office", " burned. Untaxed goods"),
        ("tax. A light\n", "tax", ", twice."),
    ]
    for row in table.records():
        whole = row["left"] + row["keyword"] + row["right"]
        start = row["start"] - len(row["left"])
        assert text[start : start + len(whole)] == whole


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["tax*"], ["taxed", "tax", "tax", "tax"]),
        (["tax"], ["tax", "tax", "tax"]),
        (["tax", "tax office"], ["tax office", "tax", "tax"]),
        (["no such"], []),
    ],
    ids=["glob", "word", "longest", "none"],
)
def test_words_are_matched_as_by_rules(words: list[str], found: list[str]) -> None:
    """Interviewers' words do not count, and a rule's words end where words end."""
    table = thematic.kwic(codings_of(), words=words)
    assert table.column("keyword") == found
    assert set(table.column("code")) <= {""}


def test_a_word_may_name_a_list_of_the_codebook() -> None:
    book = "codebook: b\nlists: {ways: [road, night]}\nthemes: {a: {definition: x, rules: [z]}}\n"
    table = thematic.kwic(codings_of(book=book), words=["<ways>"])
    assert table.column("keyword") == ["road", "night"]


def test_a_lemma_finds_its_forms() -> None:
    assert thematic.kwic(codings_of(), lemmas=["tax"]).column("keyword")[0] == "taxed"


def test_a_word_that_is_no_rule_is_told() -> None:
    with pytest.raises(UsageError, match="fits every word"):
        thematic.kwic(codings_of(), words=["*"])
    with pytest.raises(ValueError, match="either codes or words"):
        thematic.kwic(codings_of(), words=["tax"], codes=["road"])


SORTS: list[tuple[Sequence[str], list[str]]] = [
    (["place"], ["They taxed the", "the tax office", "heavy tax. A", "light\ntax, twice."]),
    (["right"], ["heavy tax. A", "the tax office", "They taxed the", "light\ntax, twice."]),
    (["left"], ["heavy tax. A", "light\ntax, twice.", "the tax office", "They taxed the"]),
    (
        ["keyword", "right"],
        ["heavy tax. A", "the tax office", "light\ntax, twice.", "They taxed the"],
    ),
]


@pytest.mark.parametrize(("sort", "expected"), SORTS, ids=lambda value: "+".join(value))
def test_lines_are_sorted_by_words_without_signs(sort: list[str], expected: list[str]) -> None:
    found = lines(thematic.kwic(codings_of(), words=["tax*"], sort=sort, context=1))
    assert ["".join(line) for line in found] == expected


def test_people_are_heard_where_their_decisions_count(run: Run, study: Path) -> None:
    (study / "mine.csv").write_text(
        "transcript,quote,code,coder\nE1,They taxed the road.,alliance,AK\n"
    )
    assert run("kwic", "alliance", "--basis", "decided").code == 2  # nobody decided yet
    assert run("import", "mine.csv").code == 0
    rows = json.loads(run("kwic", "alliance", "--basis", "decided", "-f", "json").out)["rows"]
    assert [(row["keyword"], row["coder"]) for row in rows] == [("They taxed the road.", "AK")]
    standing = json.loads(run("kwic", "alliance", "--basis", "standing", "-f", "json").out)["rows"]
    suggested = json.loads(run("kwic", "alliance", "-f", "json").out)["rows"]
    assert len(standing) == len(suggested) + 1


def test_keywords_begin_in_one_column(run: Run, study: Path) -> None:
    out = run("kwic", "--word", "haven", "--word", "shelter*").out.splitlines()
    found = [line for line in out if line.startswith(("E", "P"))]
    words = ["haven", "haven", "haven", "shelter", "haven"]
    columns = {line.index(f"  {word}") for line, word in zip(found, words, strict=True)}
    assert len(columns) == 1
    assert max(map(len, out)) <= 80
    assert found[0].startswith("E1, turn 2")


def test_several_codes_stand_under_their_names(run: Run, study: Path) -> None:
    out = run("kwic", "finance", "safe-haven").out
    assert "finance (6 mentions)" in out
    assert "alliance/safe-haven (4 mentions)" in out
    assert "Found: 8 in 2 of 3 transcripts of kind interview; 2 in 1 of 1" in " ".join(out.split())
    assert "## finance" in run("kwic", "finance", "safe-haven", "-f", "md").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to look for"),
        (["talks"], "nothing to look for"),
        (["nosuchcode"], "no code 'nosuchcode'"),
        (["--word", ""], "an empty phrase"),
        (["--word", "<nobody>"], "no list called 'nobody'"),
        (["finance", "--transcript", "E9"], "no transcript 'E9'"),
    ],
    ids=["nothing", "only-paths", "no-code", "empty", "no-list", "no-transcript"],
)
def test_mistakes_are_told(run: Run, study: Path, arguments: list[str], said: str) -> None:
    result = run("kwic", *arguments)
    assert said in result.err
    assert result.code == 2
    assert result.out == ""


def test_words_need_no_codebook(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "a.txt").write_text(TALK)
    monkeypatch.chdir(tmp_path)
    result = run("kwic", "--word", "road", "a.txt")
    assert result.code == 0, result.err
    assert "road, then the tax office" in " ".join(result.out.split())


def test_words_that_may_not_be_printed_are_counted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_consent_study(tmp_path / "study"))
    rows = json.loads(run("kwic", "--word", "help*", "-f", "json").out)["rows"]
    of_e5 = {row["keyword"] for row in rows if row["transcript"] == "E5"}
    assert (
        of_e5
        == {
            "[words withheld: wording under discussion]",
            "[words withheld: withdrawn by the person quoted]",
            "helped",
        }
        or len(of_e5) == 3
    )
    # A keyword that may stand, with words beside it that may not.
    free = next(r for r in rows if r["transcript"] == "E5" and r["keyword"] == "helped")
    assert "[words withheld" in free["right"]
    assert not {r["keyword"] for r in rows if r["transcript"] == "E2"} & {"help", "helped"}


@given(st.text(), st.integers(min_value=1, max_value=30))
def test_a_clipped_text_fits(text: str, room: int) -> None:
    assert cell_len(clipped(text, room)) <= room
