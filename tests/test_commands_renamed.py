"""A transcript that got another name or is gone: judgements on it are told of, and moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from thematic.errors import ExitCode
from thematic.store.database import open_store

TEXT = """\
I: How was it?

R: She helped me a lot in those days. The tax on bread was very high for all of us.

I: And then?

R: Nobody ever gave us a loan again. The old debt grew and grew until we left.
"""
OTHER = "I: How was it?\n\nR: It rained all summer long, and then it snowed.\n"
BOOK = """\
codebook: small
themes:
  help: {definition: Someone helps., rules: [help*]}
  money: {definition: About money., rules: manual}
"""
TAX = "The tax on bread was very high for all of us."
LOAN = "Nobody ever gave us a loan again."
CODED = f"transcript,quote,code,coder\nE01,{TAX},money,AK\nE01,{LOAN},money,AK\n"
DECIDED = f"transcript,quote,code,decision,coder\nE01,{LOAN},money,add,AK\n"
DECIDED += f"E01,{LOAN},money,add,BL\nE01,{TAX},money,add,AK\nE01,{TAX},money,reject,BL\n"


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def study(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with two codings in E01."""
    (tmp_path / "t").mkdir()
    head = "study: small\ncodebook: book.yaml\ntranscripts: [t]\n"
    (tmp_path / "study.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "t" / "E01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "t" / "E02.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "c.csv").write_text(CODED, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("import", "c.csv").code == ExitCode.OK
    return tmp_path


def rename(study: Path, new: str = "E01_Anna") -> None:
    (study / "t" / "E01.txt").rename(study / "t" / f"{new}.txt")


def rows(run: Run, *options: str) -> list[dict[str, Any]]:
    got = run(*options, "-f", "json", "-q")
    assert got.code == ExitCode.OK, got.err
    return list(json.loads(got.out)["rows"])


def decided(run: Run) -> list[str]:
    """Where people's codings are counted."""
    return [row["transcript"] for row in rows(run, "code", "--codings") if row["coder"] == "AK"]


@pytest.mark.parametrize("command", [("report",), ("freq",), ("code",), ("quotes",)])
def test_a_renamed_transcript_is_told_with_its_new_name(
    study: Path, run: Run, command: tuple[str, ...]
) -> None:
    assert "not there" not in run(*command).err
    rename(study)
    got = said(run(*command).err)
    assert "2 judgements are on transcript E01, which is not there" in got
    assert "(renamed? E01_Anna has the same words)" in got
    assert "thematic reanchor --rename E01=E01_Anna" in got


def test_a_removed_transcript_is_told_without_a_guess(study: Path, run: Run) -> None:
    (study / "t" / "E01.txt").unlink()
    got = said(run("freq").err)
    assert "2 judgements are on transcript E01, which is not there" in got
    assert "renamed? " not in got


def test_one_file_of_the_study_alone_is_no_reason_to_warn(study: Path, run: Run) -> None:
    assert "not there" not in run("freq", "t/E02.txt").err


def test_judgements_move_to_the_new_name(study: Path, run: Run) -> None:
    assert decided(run) == ["E01", "E01"]
    rename(study)
    assert decided(run) == []
    before = open_store(study).events()
    found = rows(run, "reanchor", "--rename", "E01=E01_Anna")
    assert [(row["found"], row["new_transcript"], row["text"]) for row in found] == [
        ("renamed", "E01_Anna", TAX),
        ("renamed", "E01_Anna", LOAN),
    ]
    events = open_store(study).events()
    assert events[: len(before)] == before, "nothing recorded changes"
    moved = [event.moved for event in events[len(before) :]]
    assert [(one.was.transcript, one.now.transcript, one.how) for one in moved if one] == [
        ("E01", "E01_Anna", "renamed")
    ] * 2
    assert decided(run) == ["E01_Anna", "E01_Anna"]
    assert "not there" not in run("freq").err
    notes = [row["note"] for row in rows(run, "log") if row["kind"] == "move"]
    assert notes == ["renamed: E01_Anna"] * 2
    assert rows(run, "reanchor") == []


def test_a_renamed_transcript_may_be_corrected_as_well(study: Path, run: Run) -> None:
    rename(study)
    text = TEXT.replace("I: How was it?", "I: Well then, how was it?").replace("ever gave", "gave")
    (study / "t" / "E01_Anna.txt").write_text(text, encoding="utf-8")
    found = rows(run, "reanchor", "--rename", "E01=E01_Anna")
    assert [row["new_text"] for row in found] == [TAX, "Nobody gave us a loan again."]
    text = text.replace("I: Well then, how", "I: How")
    (study / "t" / "E01_Anna.txt").write_text(text, encoding="utf-8")
    assert decided(run) == ["E01_Anna", "E01_Anna"], "it is followed from there on"


def test_a_name_may_be_given_back(study: Path, run: Run) -> None:
    rename(study)
    rows(run, "reanchor", "--rename", "E01=E01_Anna")
    (study / "t" / "E01_Anna.txt").rename(study / "t" / "E01.txt")
    assert decided(run) == []
    rows(run, "reanchor", "--rename", "E01_Anna=E01")
    assert decided(run) == ["E01", "E01"]


def test_what_was_moved_is_told_no_more_and_checking_records_nothing(study: Path, run: Run) -> None:
    rename(study)
    got = run("reanchor", "--check", "--rename", "E01=E01_Anna")
    assert "would be recorded: 2 new places" in got.err
    assert "E01_Anna" in got.out
    assert not any(event.moved for event in open_store(study).events())
    assert "which is not there" not in said(run("reanchor", "--rename", "E01=E01_Anna").err)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param("E01", "not understood", id="no-sign"),
        pytest.param("E02=E01_Anna", "E02 is there", id="there"),
        pytest.param("E09=E01_Anna", "nobody judged anything", id="unjudged"),
        pytest.param("E01=E07", "there is no transcript 'E07'", id="no-new"),
    ],
)
def test_renames_that_cannot_be(study: Path, run: Run, given: str, why: str) -> None:
    rename(study)
    got = run("reanchor", "--rename", given)
    assert got.code == ExitCode.USAGE
    assert why in said(got.err)
    assert not any(event.moved for event in open_store(study).events())


def test_why_the_words_of_an_absent_transcript_are_withheld(study: Path, run: Run) -> None:
    (study / "t" / "E01.txt").unlink()
    for row in rows(run, "reanchor"):
        assert row["text"].startswith("[words withheld: the transcript is not there")


def test_consent_holds_under_the_new_name(study: Path, run: Run) -> None:
    rename(study)
    (study / "attributes.csv").write_text("id,consent\nE01_Anna,no quotation\n", encoding="utf-8")
    for row in rows(run, "reanchor", "--rename", "E01=E01_Anna"):
        assert row["text"] == row["new_text"] == "[words withheld: no consent to quotation]"


def test_withdrawn_words_of_a_renamed_transcript_are_an_error(study: Path, run: Run) -> None:
    from datetime import UTC, datetime

    from thematic.model.people import Reply, Wish
    from thematic.model.transcript import Span
    from thematic.review.anchoring import passage_at

    span = Span(TEXT.index(LOAN), TEXT.index(LOAN) + len(LOAN))
    reply = Reply(passage_at("E01", TEXT, span), Wish.WITHDRAW, "AK")
    open_store(study).record([reply], "AK", datetime(2026, 8, 1, tzinfo=UTC), {})
    rename(study)
    got = run("quotes")
    assert got.code == ExitCode.PROBLEMS
    assert "withdrawn or are to change" in said(got.err)
    shown = run("reanchor", "--rename", "E01=E01_Anna", "-f", "json")
    assert LOAN not in shown.out
    assert "withdrawn by the person quoted" in shown.out
    assert LOAN not in run("quotes", "money").out


@pytest.mark.parametrize(
    ("change", "left"),
    [pytest.param("lost", 1, id="lost"), pytest.param("absent", 2, id="absent")],
)
def test_agreement_keeps_what_was_judged_and_says_so(
    study: Path, run: Run, change: str, left: int
) -> None:
    (study / "d.csv").write_text(DECIDED, encoding="utf-8")
    assert run("decide", "d.csv").code == ExitCode.OK
    whole = json.loads(run("agree", "-f", "json").out)
    assert "no longer in the transcripts" not in str(whole["notes"])
    path = study / "t" / "E01.txt"
    if change == "lost":
        path.write_text(TEXT.replace(LOAN, "Zwölf Boxkämpfer jagen Viktor."), encoding="utf-8")
    else:
        path.unlink()
    now = json.loads(run("agree", "-f", "json").out)
    assert [row["units"] for row in now["rows"]] == [row["units"] for row in whole["rows"]]
    units = "1 unit is" if left == 1 else f"{left} units are"
    note = f"{units} no longer in the transcripts; what was judged then is included."
    assert note in now["notes"]
    assert note in said(run("agree").out)
    assert note in said(run("agree", "--paragraph").out)


def test_agreement_by_interview_is_in_order_of_ids(study: Path, run: Run) -> None:
    lines = ["transcript,quote,code,decision,coder"]
    for id in ("b", "E10", "E02", "a"):
        (study / "t" / f"{id}.txt").write_text(TEXT, encoding="utf-8")
        lines += [f"{id},{LOAN},money,add,{coder}" for coder in ("AK", "BL")]
    (study / "d.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("decide", "d.csv").code == ExitCode.OK
    ids = [row["transcript"] for row in rows(run, "agree", "--by", "transcript")]
    assert list(dict.fromkeys(ids)) == ["E02", "E10", "a", "b"]
