"""`thematic diff`: what changed in a codebook, and what follows from it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Result, Run
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.analysis.codebook_pairs import paired
from thematic.analysis.consequences import codings_by_rules, consequences
from thematic.library import code
from thematic.model.codebook import Codebook, Unit
from thematic.readers import read_text
from thematic.readers.codebook import read_codebook

OLD = """\
codebook: small
lists: {groups: [Taliban, ISKP]}
themes:
  alliance:
    definition: A group helps another.
    codes:
      safe-haven:
        definition: Shelter on ground one holds.
        rules: [safe haven*, shelter*, hid]
      oath: {definition: A pledge of loyalty., rules: [swore, pledge*]}
  finance: {definition: Money., rules: [{lemma: tax}, money, {near: [<groups>, paid], within: 5}]}
"""
NEW = """\
codebook: small
lists: {groups: [Taliban, ISKP, TTP]}
themes:
  alliance:
    definition: A group helps another.
    codes:
      sanctuary:
        definition: Shelter on ground one holds.
        rules: [safe haven*, shelter*]
        unless: [tax haven]
      oath: {definition: A pledge of loyalty., rules: [swore, pledge*, vow*]}
  finance: {definition: Money., rules: [{lemma: tax}, {near: [<groups>, paid], within: 5}]}
  secrecy: {rules: [hid]}
  trade: {rules: [money]}
"""
TALK = """\
I: And?

ANNA: They gave a safe haven. They hid him. A tax haven shelter it was. He vowed it.

I: Money?

ANNA: Money came. The TTP paid. They taxed the road. He swore.
"""


@pytest.fixture
def books(study: Path) -> Path:
    (study / "old.yaml").write_text(OLD, encoding="utf-8")
    (study / "new.yaml").write_text(NEW, encoding="utf-8")
    (study / "talks" / "E1.txt").write_text(TALK, encoding="utf-8")
    (study / "talks" / "E2.txt").unlink()
    (study / "talks" / "P1.md").unlink()
    return study


def rows(result: Result) -> list[dict[str, str]]:
    assert result.code in (0, 8), result.err
    return list(csv.DictReader(io.StringIO(result.out)))


def test_changes_of_the_codebook(run: Run, books: Path) -> None:
    found = rows(run("diff", "old.yaml", "new.yaml", "--section", "changes", "-f", "csv"))
    told = [(r["change"], r["what"], r["code"], r["new_code"]) for r in found]
    haven = ("alliance/safe-haven", "alliance/sanctuary")
    assert told == [
        ("changed", "list groups", "", ""),
        ("renamed", "code", *haven),
        ("changed", "unless", *haven),
        ("removed", "rule", haven[0], ""),
        ("added", "rule", "", "alliance/oath"),
        ("removed", "rule", "finance", ""),
        ("added", "code", "", "secrecy"),
        ("added", "rule", "", "secrecy"),
        ("added", "code", "", "trade"),
        ("added", "rule", "", "trade"),
    ]
    assert found[0]["difference"] == "{+TTP+}"
    assert found[2]["difference"] == "{+tax haven (within 1)+} (2 rules)"


def test_codings_that_appear_vanish_and_move(run: Run, books: Path) -> None:
    found = rows(run("diff", "old.yaml", "new.yaml", "--section", "codings", "-f", "csv"))
    told = [(r["change"], r["code"], r["new_code"], r["text"], r["why"]) for r in found]
    haven = "alliance/safe-haven"
    moved = "the same words are suggested for another code"
    assert told == [
        ("moves", haven, "secrecy", "They hid him.", moved),
        ("vanishes", haven, "", "A tax haven shelter it was.", "now withheld by 'tax haven'"),
        ("appears", "", "alliance/oath", "He vowed it.", "its rule is new"),
        ("moves", "finance", "trade", "Money came.", moved),
        ("appears", "", "finance", "The TTP paid.", "a list, a setting or the text changed"),
    ]


def test_cells_and_rules(run: Run, books: Path) -> None:
    cells = rows(run("diff", "old.yaml", "new.yaml", "--section", "cells", "-f", "csv"))
    units = {(r["code"] or r["new_code"]): (r["old"], r["new"], r["difference"])
             for r in cells if r["measure"] == "units" and r["kind"] == "interview"}  # fmt: skip
    assert units == {
        "alliance": ("4", "3", "-1"),
        "alliance/safe-haven": ("3", "1", "-2"),
        "alliance/oath": ("1", "2", "1"),
        "secrecy": ("0", "1", "1"),
        "trade": ("0", "1", "1"),
    }
    oath = next(r for r in cells if r["code"] == "alliance/oath" and r["measure"] == "units")
    assert oath["rules"] == "vow* (line 11): 0 → 1"
    found = rows(run("diff", "old.yaml", "new.yaml", "--section", "rules", "-f", "csv"))
    assert [(r["rule"] or r["new_rule"], r["difference"]) for r in found] == [
        ("shelter*", "-1"), ("hid", "-1"), ("money", "-1"),
        ("near: [<groups>, paid] within 5", "1"), ("vow*", "1"), ("hid", "1"), ("money", "1"),
    ]  # fmt: skip


def test_without_transcripts_only_the_codebooks(
    run: Run, books: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("nowhere"))
    result = run("diff", books / "old.yaml", books / "new.yaml")
    assert result.code == 0
    assert "sanctuary" in result.out
    assert "Codings that" not in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_exit_code_is_asked_for(run: Run, books: Path) -> None:
    assert run("diff", "old.yaml", "old.yaml", "--exit-code").code == 0
    assert run("diff", "old.yaml", "new.yaml").code == 0
    assert run("diff", "old.yaml", "new.yaml", "--exit-code").code == 8


def test_two_result_folders(run: Run, books: Path) -> None:
    assert run("report", "-q", "-c", "old.yaml", "-o", "one").code == 0
    assert run("report", "-q", "-c", "new.yaml", "-o", "two").code == 0
    found = rows(run("diff", "one", "two", "-f", "csv"))
    assert {"codebook changed", "cell differs"} <= {row["finding"] for row in found}
    assert not [row for row in found if row["finding"] == "transcript changed"]
    assert rows(run("diff", "one", "one", "-f", "csv")) == []
    assert run("diff", "one", "old.yaml").code == 2
    assert run("diff", "one", "talks").code == 8  # no manifest


def test_earlier_versions_of_transcripts(run: Run, books: Path) -> None:
    """A sentence put in before all others changes no coding; one that is altered does."""
    (books / "before").mkdir()
    (books / "before" / "E1.txt").write_text(TALK, encoding="utf-8")
    new = TALK.replace("ANNA: They gave", "ANNA: Well, long ago. They gave").replace(
        "He swore.", "Yes."
    )
    (books / "talks" / "E1.txt").write_text(new, encoding="utf-8")
    found = rows(run("diff", "old.yaml", "old.yaml", "--before", "before", "-f", "csv"))
    codings = [(r["change"], r["code"]) for r in found if r["section"] == "coding-changes"]
    assert codings == [("vanishes", "alliance/oath")]
    moved = [r for r in found if r["section"] == "moved"]
    assert {r["found"] for r in moved} <= {"moved", "lost", "changed"}
    assert "moved" in {r["found"] for r in moved}


WORDS = ["haven", "tax", "oath", "camp", "road", "no"]
RULES = st.lists(st.sampled_from([*WORDS, "tax haven", "camp*", "near"]), max_size=4, unique=True)
CODES = st.dictionaries(st.sampled_from(["a", "b", "c", "a2"]), RULES, min_size=1, max_size=3)
BOOKS = st.dictionaries(st.sampled_from(["t", "u", "v"]), CODES, min_size=1, max_size=3)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=6)


def book_of(themes: dict[str, dict[str, list[str]]], guard: bool) -> Codebook:
    def rule(name: str) -> str:
        return "{near: [tax, road], within: 3}" if name == "near" else name

    lines = ["codebook: b"]
    lines += ["unless: [no]"] if guard else []
    lines.append("themes:")
    for theme, codes in themes.items():
        lines += [f"  {theme}:", "    definition: x", "    codes:"]
        for name, rules in codes.items():
            lines.append(f"      {name}: {{rules: [{', '.join(map(rule, rules))}], definition: y}}")
    book, problems = read_codebook("\n".join(lines) + "\n", "b")
    assert book is not None, problems
    return book


@settings(max_examples=60, deadline=None)
@given(BOOKS, BOOKS, st.booleans(), st.booleans(), TEXTS)
def test_the_differences_applied_to_the_old_codings_give_the_new(
    one: dict[str, dict[str, list[str]]],
    other: dict[str, dict[str, list[str]]],
    guard_one: bool,
    guard_other: bool,
    words: list[list[str]],
) -> None:
    sentences = " ".join(f"{' '.join(each).capitalize()}." for each in words)
    transcript, _ = read_text(f"A: {sentences}\n", id="E1")
    assert transcript is not None
    old, new = book_of(one, guard_one), book_of(other, guard_other)
    before, after = (code([transcript], book) for book in (old, new))
    pairs = paired(old, new)
    assert len(set(pairs.codes.values())) == len(pairs.codes)  # no two codes become one
    found = consequences(before, after, pairs, Unit.SENTENCE)
    was = codings_by_rules(before, Unit.SENTENCE)
    now = codings_by_rules(after, Unit.SENTENCE)
    assert found.applied(was) == now
    assert {one.gone for one in found.differences if one.gone} <= was
    assert found.same + found.renamed + sum(bool(one.new) for one in found.differences) == len(now)


def test_a_book_compared_with_itself_has_no_difference() -> None:
    book = book_of({"t": {"a": ["tax", "near"], "b": []}}, guard=True)
    assert paired(book, book).codes == {path: path for path in book.paths()}


def test_a_renamed_code_in_two_result_folders(run: Run, books: Path) -> None:
    text = (books / "old.yaml").read_text(encoding="utf-8")
    (books / "renamed.yaml").write_text(text.replace("oath:", "allegiance:"), encoding="utf-8")
    assert run("report", "-q", "-c", "old.yaml", "-o", "one").code == 0
    assert run("report", "-q", "-c", "renamed.yaml", "-o", "two").code == 0
    found = rows(run("diff", "one", "two", "-f", "csv"))
    codes = [row for row in found if row["finding"] == "codebook changed"]
    assert [(row["was"], row["now"], row["why"]) for row in codes] == [
        ("alliance/oath", "alliance/allegiance", "code renamed")
    ]
