"""A corrected transcript moves its codings, says so, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thematic.analysis.moved import difference
from thematic.commands.independent import study_answers
from thematic.commands.request import Request
from thematic.errors import ExitCode
from thematic.store.database import open_store

TEXT = """\
I: How was it?

R: She helped me a lot in those days. The tax on bread was very high for all of us. Yes.

I: And then?

R: Nobody ever gave us a loan again. The old debt grew and grew until we left. Yes. It was so.
"""
BOOK = """\
codebook: small
version: "1"
themes:
  help: {definition: Someone helps., rules: [help*]}
  money: {definition: About money., rules: manual}
"""
HELPED = "She helped me a lot in those days."
TAX = "The tax on bread was very high for all of us."
LOAN = "Nobody ever gave us a loan again."
DEBT = "The old debt grew and grew until we left."


@pytest.fixture
def study(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with four codings by two coders in E01."""
    (tmp_path / "t").mkdir()
    head = "study: small\ncodebook: book.yaml\ntranscripts: [t]\n"
    (tmp_path / "study.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    for id in ("E01", "E02"):
        (tmp_path / "t" / f"{id}.txt").write_text(TEXT, encoding="utf-8")
    lines = ["transcript,quote,code,coder"]
    lines += [f"E01,{HELPED},help,AK", f"E01,{TAX},money,AK", f"E01,{LOAN},money,BL"]
    lines += [f"E01,{DEBT},money,AK", f"E01,{DEBT},money,BL"]
    (tmp_path / "c.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("import", "c.csv").code == ExitCode.OK
    return tmp_path


def correct(study: Path, *pairs: tuple[str, str], text: str = TEXT) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (study / "t" / "E01.txt").write_text(text, encoding="utf-8")
    return text


def reanchored(run: Any, *options: str) -> dict[str, dict[str, Any]]:
    """The rows by the words as they were."""
    got = run("reanchor", *options, "-f", "json")
    assert got.code == ExitCode.OK, got.err
    return {row["text"]: row for row in json.loads(got.out)["rows"]}


def moves(study: Path) -> list[Any]:
    return [event for event in open_store(study).events() if event.moved]


def test_nothing_moved(study: Path, run: Any) -> None:
    got = run("reanchor")
    assert (got.code, got.out.strip()) == (ExitCode.OK, "Nothing to list.")
    assert "every passage stands where it stood" in got.err
    assert moves(study) == []


def test_the_same_words_elsewhere(study: Path, run: Any) -> None:
    new = correct(study, ("I: How was it?", "I: Well then, how was it for you?"))
    found = reanchored(run)
    assert set(found) == {HELPED, TAX, LOAN, DEBT}
    for words, row in found.items():
        assert row["found"] == "moved"
        assert (row["start"], row["new_start"]) == (TEXT.index(words), new.index(words))
        assert new[row["new_start"] : row["new_end"]] == words
        assert (row["new_text"], row["difference"], row["recorded"]) == (words, None, True)
    assert (found[DEBT]["coders"], found[DEBT]["events"]) == ("AK; BL", "4-5")
    assert found[DEBT]["turn"] == 4


def test_altered_words_show_the_difference(study: Path, run: Any) -> None:
    new = correct(study, ("The tax on bread was", "The taxes on corn were"))
    row = reanchored(run)[TAX]
    assert row["found"] == "changed"
    expected = "The [-tax-] {+taxes+} on [-bread was-] {+corn were+} very high for all of us."
    assert row["difference"] == expected
    assert new[row["new_start"] : row["new_end"]] == row["new_text"]
    assert row["new_text"].startswith("The taxes on corn")


def test_other_blanks_are_no_other_words(study: Path, run: Any) -> None:
    correct(study, (DEBT, DEBT.replace("grew and grew", "grew\nand  grew")))
    row = reanchored(run)[DEBT]
    assert row["found"] == "respaced"


def test_words_that_are_gone_are_kept_and_in_no_count(study: Path, run: Any) -> None:
    correct(study, (LOAN, "Zwölf Boxkämpfer jagen Viktor."))
    row = reanchored(run)[LOAN]
    assert (row["found"], row["new_start"], row["recorded"]) == ("lost", None, False)
    assert "in no count" in run("reanchor").out
    log = json.loads(run("log", "-f", "json").out)["rows"]
    assert [r["status"] for r in log if r["text"] == LOAN] == ["stands"]
    assert "no longer there" in " ".join(run("freq").err.split())
    correct(study)
    assert set(reanchored(run)) == {DEBT}, "which had moved and stands at its old place again"
    assert "loan" in str(run("log", "-f", "json").out)


def test_several_places_are_ambiguous_and_not_recorded_unasked(study: Path, run: Any) -> None:
    (study / "yes.csv").write_text(
        f"transcript,start,end,code,coder\nE01,{TEXT.index('Yes.')},{TEXT.index('Yes.') + 4},"
        "money,AK\n",
        encoding="utf-8",
    )
    run("import", "yes.csv")
    correct(study, text="I: Now?\n\nR: Yes.\n\nI: So?\n\nR: Yes.\n")
    row = reanchored(run)["Yes."]
    assert (row["found"], row["recorded"]) == ("unsure", False)
    assert moves(study) == []
    assert reanchored(run, "--unsure")["Yes."]["recorded"] is True
    assert len(moves(study)) == 1
    assert "Yes." not in reanchored(run)


def test_a_transcript_that_is_not_there(study: Path, run: Any) -> None:
    (study / "t" / "E01.txt").unlink()
    found = reanchored(run)
    assert {row["found"] for row in found.values()} == {"absent"}
    assert moves(study) == []


def test_a_move_is_an_event_that_can_be_undone(study: Path, run: Any) -> None:
    before = open_store(study).events()
    correct(study, ("I: How was it?", "I: Well then, how was it for you?"))
    first = reanchored(run)
    after = open_store(study).events()
    assert after[: len(before)] == before, "nothing recorded changes"
    assert len(moves(study)) == len(first) == 4
    log = json.loads(run("log", "-f", "json").out)["rows"]
    moved = [row for row in log if row["kind"] == "move"]
    assert len(moved) == 4
    assert {row["coder"] for row in moved} == {"thematic"}
    assert (moved[0]["start"], moved[0]["onto_start"]) == (
        first[moved[0]["text"]]["start"],
        first[moved[0]["text"]]["new_start"],
    )
    assert "move" in run("log").out
    assert reanchored(run) == {}, "what is recorded is not told again"
    number = moved[0]["number"]
    assert run("log", "--undo", str(number)).code == ExitCode.OK
    assert set(reanchored(run, "--check")) == {moved[0]["text"]}


def test_checking_records_nothing(study: Path, run: Any) -> None:
    correct(study, ("I: How was it?", "I: Well?"))
    got = run("reanchor", "--check")
    assert "would be recorded: 4 new places" in got.err
    assert moves(study) == []


def test_moves_are_exported_and_restored(study: Path, run: Any) -> None:
    correct(study, ("I: How was it?", "I: Well?"))
    run("reanchor", "--coder", "AK")
    assert run("log", "--export", "people.jsonl").code == ExitCode.OK
    events = open_store(study).events()
    (study / "people.sqlite").unlink()
    assert run("log", "--restore", "people.jsonl").code == ExitCode.OK
    assert {event.moved for event in open_store(study).events()} == {e.moved for e in events}
    assert {event.coder for event in moves(study)} == {"AK"}
    assert reanchored(run) == {}


def test_many_small_corrections_are_followed_where_one_large_one_is_not(
    study: Path, run: Any
) -> None:
    steps = [
        "Nobody ever gave us a credit again.",
        "Nobody ever lent us a credit again.",
        "Nobody ever lent them a credit again.",
        "No bank ever lent them a credit again.",
        "No bank ever lent them a credit since.",
    ]
    text = TEXT
    for old, new in zip([LOAN, *steps], steps, strict=False):
        text = correct(study, (old, new), text=text)
        row = reanchored(run)[old]
        assert (row["found"], row["new_text"]) == ("changed", new)
    (event,) = [e for e in open_store(study).events() if e.act and e.act.passage.quote == LOAN]
    assert event.act.passage.span.start == TEXT.index(LOAN), "what was recorded stays"
    correct(study)
    row = reanchored(run)[steps[-1]]
    assert (row["found"], row["new_text"]) == ("changed", LOAN), "its first words are known still"
    assert reanchored(run) == {}
    answers = study_answers(Request(paths=[study]))
    assert next(c.passage.quote for c in answers.codings() if c.coder == "BL") == LOAN


def test_a_transcript_that_is_put_back_has_its_codings_back(study: Path, run: Any) -> None:
    correct(study, (TAX, "The taxes on corn were very high for all of us."))
    reanchored(run)
    correct(study)
    counted = run("agree", "--spans", "-f", "json")
    reanchored(run)
    assert reanchored(run) == {}
    assert run("agree", "--spans", "-f", "json").out == counted.out


def test_counts_follow_without_the_command(study: Path, run: Any) -> None:
    before = json.loads(run("agree", "--spans", "-f", "json").out)["rows"]
    correct(study, ("I: How was it?", "I: Was"))
    after = json.loads(run("agree", "--spans", "-f", "json").out)["rows"]
    assert [row["segments"] for row in after] == [row["segments"] for row in before]


def test_withheld_words_are_not_shown(study: Path, run: Any) -> None:
    with (study / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("consent: no quotation\nstatus: invented\n")
    correct(study, ("The tax on bread was", "The taxes on corn were"), ("How", "And how"))
    for options in (["-f", "json"], ["-f", "csv"], [], ["-f", "md"]):
        out = run("reanchor", "--check", *options).out
        assert "corn" not in out
        assert "bread" not in out
        assert "[words withheld" in out or "\\[words withheld" in out
        assert "invented" in out.casefold() or "csv" in options


def test_without_a_study_it_says_so(tmp_path: Path, run: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("reanchor").code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param("a b c", "a b c", "a b c", id="same"),
        pytest.param("a b c", "a c", "a [-b-] c", id="gone"),
        pytest.param("a c", "a b c", "a {+b+} c", id="came"),
        pytest.param("a b", "c d", "[-a b-] {+c d+}", id="all"),
    ],
)
def test_differences(old: str, new: str, shown: str) -> None:
    assert difference(old, new) == shown
