"""`thematic log`: the list, undoing, what to look at again, and the log as text."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ANNA, BEN, Run
from people_samples import NOON, at

from thematic.model.people import (
    About,
    Decision,
    Memo,
    Passage,
    PersonCoding,
    Verdict,
)
from thematic.model.transcript import Span
from thematic.readers.codebook import read_codebook_file
from thematic.review.anchoring import passage_at
from thematic.review.definitions import definition_hashes
from thematic.store.database import STORE_FILE, open_store

DENIAL = "There is no safe haven now, they say."
TAXES = "They taxed the road."
SHELTER = "The Taliban sheltered nobody."
HAVEN = "alliance/safe-haven"


def passage(id: str, text: str, words: str) -> Passage:
    start = text.index(words)
    return passage_at(id, text, Span(start, start + len(words)))


@pytest.fixture
def done(study: Path) -> Path:
    """The small study, in which two people have coded and decided."""
    codebook, _ = read_codebook_file(study / "book.yaml")
    assert codebook is not None
    hashes = definition_hashes(codebook)
    (study / "attributes.csv").write_text("id,consent\nE2,no quotation\n", encoding="utf-8")
    store = open_store(study)
    shelter = passage("E2", BEN, SHELTER)
    anna = [
        PersonCoding(passage("E1", ANNA, DENIAL), HAVEN, "AK", "=1+1"),
        Decision(passage("E1", ANNA, TAXES), "finance", Verdict.RECODE, "AK", "alliance/control"),
        Decision(shelter, HAVEN, Verdict.REJECT, "AK"),
        Memo("A place\nor a promise?", "AK", About.CODE, HAVEN),
    ]
    store.record(anna, "AK", NOON, hashes, "sample-AK.xlsx")
    ben = Decision(
        passage("E1", ANNA, "They gave al-\nQaeda a safe haven."),
        HAVEN,
        Verdict.EXTEND,
        "BT",
        onto=passage("E1", ANNA, "a safe haven. There"),
    )
    store.record([ben], "BT", at(60), hashes)
    store.undo([2], "BT", at(90))
    store.record([Decision(shelter, HAVEN, Verdict.ACCEPT, "AK")], "AK", at(100), hashes)
    return study


def rows(run: Run, *arguments: object) -> list[dict[str, Any]]:
    result = run("log", *arguments, "-f", "json")
    assert (result.code, result.err) == (0, ""), result.err
    found: list[dict[str, Any]] = json.loads(result.out)["rows"]
    return found


def numbers(run: Run, *arguments: object) -> list[int]:
    return [row["number"] for row in rows(run, *arguments)]


def test_the_log_says_who_did_what_and_whether_it_holds(run: Run, done: Path) -> None:
    found = rows(run)
    names = ("number", "coder", "kind", "verdict", "code", "status", "by")
    assert [tuple(row[name] for name in names) for row in found] == [
        (1, "AK", "coding", None, HAVEN, "stands", None),
        (2, "AK", "decision", "recode", "finance", "undone", 6),
        (3, "AK", "decision", "reject", HAVEN, "replaced", 7),
        (4, "AK", "memo", None, HAVEN, "stands", None),
        (5, "BT", "decision", "extend", HAVEN, "stands", None),
        (6, "BT", "undo", None, None, "stands", None),
        (7, "AK", "decision", "accept", HAVEN, "stands", None),
    ]
    assert ANNA[found[0]["start"] : found[0]["end"]] == found[0]["text"] == DENIAL
    assert found[1]["into"] == "alliance/control"
    assert ANNA[found[4]["onto_start"] : found[4]["onto_end"]] == "a safe haven. There"
    assert found[5]["undoes"] == 2
    assert found[3]["note"] == "A place\nor a promise?"
    assert [row["source"] for row in found] == ["sample-AK.xlsx"] * 4 + [None] * 3
    assert found[6]["time"] == "2026-08-01T12:01:40Z"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--coder", "BT"], [5, 6]),
        (["--code", "finance"], [2]),
        (["--code", "alliance"], [1, 2, 3, 4, 5, 7]),
        (["--code", "alliance/control"], [2]),
        (["--since", "5"], [6, 7]),
        (["--since", "2026-08-01"], [1, 2, 3, 4, 5, 6, 7]),
        (["--since", "2026-08-01T12:01"], [5, 6, 7]),
        (["--since", "2026-08-01T12:01:30Z"], [6, 7]),
        (["--since", "2026-08-02"], []),
        (["--coder", "AK", "--code", HAVEN, "--since", "3"], [4, 7]),
    ],
)
def test_the_log_can_be_narrowed(
    run: Run, done: Path, arguments: list[str], expected: list[int]
) -> None:
    assert numbers(run, *arguments) == expected


@pytest.mark.parametrize("to", ["table", "csv", "json", "md"])
@pytest.mark.parametrize("more", [[], ["--recheck"]])
def test_words_without_consent_are_withheld(run: Run, done: Path, to: str, more: list[str]) -> None:
    book = (done / "book.yaml").read_text(encoding="utf-8")
    (done / "book.yaml").write_text(book.replace("Shelter on", "Shelter upon"), encoding="utf-8")
    result = run("log", *more, "-f", to)
    said = " ".join(result.out.split())
    assert "sheltered" not in said
    assert "withheld" in said
    assert "There is no" in said


def test_words_of_a_transcript_that_is_gone_are_withheld(run: Run, done: Path) -> None:
    """For nobody knows then what its person allowed."""
    (done / "talks" / "E1.txt").unlink()
    assert {row["text"] for row in rows(run) if row["text"]} == {
        "[words withheld: no consent to quotation]",
        "[words withheld: the transcript is not there, so its consent is not known]",
    }
    shutil.rmtree(done / "talks")
    assert len(rows(run)) == 7


def test_cells_that_look_like_formulas_are_guarded(run: Run, done: Path) -> None:
    table = list(csv.DictReader(io.StringIO(run("log", "-f", "csv").out)))
    assert table[0]["note"] == "'=1+1"
    raw = list(csv.DictReader(io.StringIO(run("log", "-f", "csv", "--raw").out)))
    assert raw[0]["note"] == "=1+1"


def test_the_drawn_log(run: Run, done: Path) -> None:
    lines = run("log", "--since", "5").out.splitlines()
    assert lines[0] == "What people did"
    assert lines[1].split() == ["No.", "Time", "(UTC)", "Coder", "What", "Code", "Where", "Words"]
    assert lines[2].split()[:6] == ["6", "2026-08-01", "12:01", "BT", "undoes", "2"]
    assert max(map(len, lines)) <= 80
    assert run("log", "--since", "99").out == "Nothing to list.\n"


def test_times_and_heads_stay_whole_in_80_columns(run: Run, done: Path) -> None:
    name = "Wilhelmina Featherstonehaugh-Cholmondeley"
    store = open_store(done)
    act = Decision(passage("E1", ANNA, TAXES), HAVEN, Verdict.ACCEPT, name, note="why " * 30)
    store.record([act], name, at(200), {})
    lines = run("log").out.splitlines()
    assert lines[1].split() == ["No.", "Time", "(UTC)", "Coder", "What", "Code", "Where", "Words"]
    assert max(map(len, lines)) <= 80
    times = re.compile(r"^\d+ +2026-08-01 12:\d\d ")
    assert sum(bool(times.match(line)) for line in lines) == len(rows(run))


def test_undoing_and_bringing_back(run: Run, done: Path) -> None:
    result = run("log", "--undo", "1")
    assert result.code == 0
    assert "event 1 is undone, by event 8" in result.err
    assert rows(run)[0]["status"] == "undone"
    assert rows(run)[7]["coder"] == "AK"  # of whom the event is, where nobody is named
    assert run("log", "--undo", "8", "--coder", "BT", "--quiet").err == ""
    assert rows(run)[0]["status"] == "stands"
    assert rows(run)[8]["coder"] == "BT"
    assert "event 2 is undone already" in run("log", "--undo", "2").err
    assert run("log", "--undo", "3-5", "--undo", "1").code == 0
    assert [row["status"] for row in rows(run)[:5]] == ["undone"] * 5
    assert run("log", "--undo", "last", "--coder", "AK").code == 0
    assert rows(run)[-1]["undoes"] == 7


def test_what_was_done_under_an_older_definition(run: Run, done: Path) -> None:
    assert rows(run, "--recheck") == []
    book = done / "book.yaml"
    text = book.read_text(encoding="utf-8")
    book.write_text(
        text.replace("Shelter on", "Shelter upon").replace("      control:", "      grip:"),
        encoding="utf-8",
    )
    run("log", "--undo", "6")  # the recode to alliance/control holds again
    found = rows(run, "--recheck")
    assert [(row["number"], row["why"]) for row in found] == [
        (1, "the definition has changed"),
        (2, "the codebook has no such code"),
        (5, "the definition has changed"),
        (7, "the definition has changed"),
    ]
    assert found[0]["definition"] != found[0]["definition_now"]
    assert numbers(run, "--recheck", "--coder", "BT") == [5]
    other = done / "other.yaml"
    other.write_text(text, encoding="utf-8")
    assert numbers(run, "--recheck", "-c", "other.yaml") == []


def test_the_log_as_text_and_back(run: Run, done: Path) -> None:
    before = rows(run)
    assert run("log", "--export", "people.jsonl").code == 0
    text = (done / "people.jsonl").read_text(encoding="utf-8")
    assert run("log", "--export", "-").out == text
    (done / STORE_FILE).rename(done / "old.sqlite")
    restored = run("log", "--restore", "people.jsonl")
    assert "restored 7 events; 0 were there already" in restored.err
    assert rows(run) == before
    assert "restored 0 events; 7 were there already" in run("log", "--restore", "people.jsonl").err
    assert run("log", "--export", "people.jsonl").code == 0
    assert (done / "people.jsonl").read_text(encoding="utf-8") == text


def test_an_export_never_takes_the_place_of_anything_else(run: Run, done: Path) -> None:
    run("log", "--export", "people.jsonl")
    text = (done / "people.jsonl").read_text(encoding="utf-8")
    (done / STORE_FILE).unlink()
    refused = run("log", "--export", "people.jsonl")
    assert refused.code == 6
    assert "holds 7 events that the study does not" in refused.err
    assert "--restore people.jsonl" in refused.err
    assert (done / "people.jsonl").read_text(encoding="utf-8") == text
    talk = done / "talks" / "E1.txt"
    assert run("log", "--export", talk).code != 0
    assert talk.read_text(encoding="utf-8") == ANNA


def test_nothing_is_restored_of_a_faulty_text(run: Run, done: Path) -> None:
    run("log", "--export", "people.jsonl")
    lines = (done / "people.jsonl").read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("finance", "finances")
    lines[4] = "<<<<<<< HEAD"
    (done / "people.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (done / STORE_FILE).unlink()
    result = run("log", "--restore", "people.jsonl")
    assert result.code == 4
    assert "people.jsonl:3: error: the line was changed" in result.err
    assert "people.jsonl:5: error: git left a conflict" in result.err
    assert "nothing was changed" in result.err
    assert not (done / STORE_FILE).exists()


def test_copies_of_a_sync_program_are_told_and_taken_in(run: Run, done: Path) -> None:
    copy = done / "people (AK's conflicted copy 2026-08-01).sqlite"
    shutil.copy(done / STORE_FILE, copy)
    assert run("log").err == ""  # it holds nothing else
    open_store(done).record([Memo("here", "AK")], "AK", at(200), {})
    from thematic.store.database import Store

    Store(copy).record([Memo("there", "BT")], "BT", at(150), {})
    warned = run("log")
    assert "a copy of people.sqlite with 1 event that it does not hold" in warned.err
    assert warned.code == 0
    assert "restored 1 event; 7 were there already" in run("log", "--restore", copy).err
    assert [row["note"] for row in rows(run)[7:]] == ["here", "there"]
    assert run("log").err == ""


def test_the_study_is_found_from_a_folder_within(
    run: Run, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(done / "talks")
    assert len(rows(run)) == 7
    monkeypatch.chdir(done.parent)
    assert len(rows(run, done)) == 7


def test_a_study_in_which_nobody_did_anything(run: Run, study: Path) -> None:
    result = run("log")
    assert (result.code, result.out, result.err) == (0, "Nothing to list.\n", "")
    assert run("log", "-f", "csv", "--coder", "AK").out.count("\n") == 1
    assert not (study / STORE_FILE).exists()
    assert run("log", "--export", "people.jsonl").code == 0
    assert run("log", "--restore", "people.jsonl").code == 0
    assert not (study / STORE_FILE).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--coder", "AX"], 2, "no coder 'AX'"),
        (["--code", "allianc"], 2, "did you mean 'alliance'"),
        (["--since", "yesterday"], 2, "--since 'yesterday' is not understood"),
        (["--since", "2026-13-01"], 2, "is not understood"),
        (["--undo", "x"], 2, "--undo 'x' is not understood"),
        (["--undo", "9-3"], 2, "is not understood"),
        (["--undo", "1-99999999"], 2, "is not understood"),
        (["--undo", "12"], 2, "the last one is 7"),
        (["--undo", "last"], 2, "--coder"),
        (["--undo", "last", "--coder", "X"], 2, "nothing of 'X'"),
        (["--undo", "1", "--recheck"], 2, "one at a time"),
        (["--restore", "nowhere.jsonl"], 2, "no file 'nowhere.jsonl'"),
        (["--restore", "talks/E1.txt"], 4, "faults; nothing was changed"),
        (["--export", "talks"], 6, "is a folder"),
        (["--export", "no/such/folder.jsonl"], 6, "cannot write"),
        (["-f", "csv", "-o", "people.sqlite"], 6, "holds what people did"),
        (["-o", "log.txt"], 2, "add -f csv"),
        (["--recheck", "-c", "nope.yaml"], 4, "no codebook 'nope.yaml'"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, done: Path, arguments: list[str], code: int, said: str
) -> None:
    before = (done / STORE_FILE).read_bytes()
    result = run("log", *arguments)
    assert result.code == code, result.err
    assert said in result.err
    assert "Traceback" not in result.err
    assert (done / STORE_FILE).read_bytes() == before


def test_a_folder_that_is_no_study(run: Run, done: Path) -> None:
    result = run("log", done.parent)
    assert result.code == 2
    assert "there is no study.yaml" in result.err


def test_a_damaged_store_ends_the_command_with_the_way_out(run: Run, done: Path) -> None:
    run("log", "--export", "people.jsonl")
    data = (done / STORE_FILE).read_bytes()
    (done / STORE_FILE).write_bytes(data[: len(data) // 2])
    for arguments in (["log"], ["log", "--undo", "1"], ["log", "--restore", "people.jsonl"]):
        result = run(*arguments)
        assert result.code == 4
        assert "is damaged" in result.err
        assert "thematic log --restore people.jsonl" in result.err
    (done / STORE_FILE).rename(done / "damaged.sqlite")
    assert run("log", "--restore", "people.jsonl").code == 0
    assert len(rows(run)) == 7


def test_the_store_is_no_transcript(run: Run, done: Path) -> None:
    (done / "study.yaml").write_text("codebook: book.yaml\n", encoding="utf-8")
    (done / "attributes.csv").unlink()
    result = run("speakers", "-f", "csv")
    assert result.code == 0
    assert STORE_FILE not in result.out
