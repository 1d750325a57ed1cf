"""Disagreements settled: the list goes out, comes back filled in, and nothing is overwritten."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from coder_samples import fill, make_study, sloppy, truth

from thematic.errors import ExitCode
from thematic.model.people import Decision, Verdict
from thematic.review.standing import standing
from thematic.store.database import open_store

AK, BL = (f"sample-1-{coder}.sheet.xlsx" for coder in ("AK", "BL"))
Rows = list[dict[str, str]]


@pytest.fixture
def scored(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study in which two coders judged the same 30 units, recorded."""
    monkeypatch.chdir(make_study(tmp_path, interviews=4))
    assert run("sample", "--coder", "AK", "--coder", "BL", "--size", "30").code == 0
    fill(tmp_path / AK, truth)
    fill(tmp_path / BL, sloppy)
    assert run("score", AK, BL).code == 0
    return tmp_path


def listed(run: Any, file: Path) -> Rows:
    """The list of disagreements, written as CSV and read back."""
    assert run("agree", "--disagreements", "-o", str(file)).code == 0
    with file.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def write(file: Path, rows: Rows) -> str:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(file)


def result(out: str) -> Rows:
    found: Rows = json.loads(out)["rows"]
    return found


def settled(folder: Path, coder: str = "AK+BL") -> list[Decision]:
    acts = [event.act for event in standing(open_store(folder).events())]
    return [act for act in acts if isinstance(act, Decision) and act.coder == coder]


def figures(run: Any) -> dict[tuple[Any, ...], Any]:
    return {
        (row["code"], row["pooled"], row["coefficient"]): (row["value"], row["units"])
        for row in result(run("agree", "-f", "json").out)
    }


def test_a_list_comes_back_and_is_recorded_once(scored: Path, run: Any) -> None:
    rows = listed(run, scored / "list.csv")
    assert len(rows) > 3
    for row in rows:
        row["decision"], row["note"] = "no", "an idiom"
    file = write(scored / "list.csv", rows)
    got = run("adjudicate", file, "-f", "json")
    assert got.code == ExitCode.OK, got.err
    assert f"recorded: {len(rows)} reject" in got.err
    assert {row["status"] for row in result(got.out)} == {"new"}
    acts = settled(scored)
    assert len(acts) == len(rows)
    assert {(act.verdict, act.note) for act in acts} == {(Verdict.REJECT, "an idiom")}
    for act in acts:
        text = (scored / "t" / f"{act.passage.transcript}.txt").read_text(encoding="utf-8")
        assert text[act.passage.span.start : act.passage.span.end] == act.passage.quote
    again = run("adjudicate", file, "-f", "json")
    assert {row["status"] for row in result(again.out)} == {"known"}
    assert len(settled(scored)) == len(rows)


def test_agreement_stays_that_of_the_coders_alone(scored: Path, run: Any) -> None:
    before = figures(run)
    rows = listed(run, scored / "list.csv")
    for row in rows:
        row["decision"] = "AK"
    run("adjudicate", write(scored / "list.csv", rows))
    assert len(settled(scored)) == len(rows)
    assert figures(run) == before
    # Whoever changes an answer after the talk does not change the figures either.
    text = "transcript,start,end,code,decision,coder\n"
    for row in rows:
        text += f"{row['transcript']},{row['start']},{row['end']},{row['code']},"
        text += "accept,BL\n" if row["says AK"] == "yes" else "reject,BL\n"
    (scored / "late.csv").write_text(text, encoding="utf-8")
    assert run("decide", "late.csv").code == ExitCode.OK
    assert figures(run) == before


def test_what_is_undone_before_any_talk_changes_the_figures(scored: Path, run: Any) -> None:
    before = figures(run)
    run("log", "--undo", "1")
    assert figures(run) != before


def test_what_each_said_stays_in_the_log(scored: Path, run: Any) -> None:
    alone = open_store(scored).events()
    rows = listed(run, scored / "list.csv")
    for row in rows:
        row["decision"] = "yes"
    run("adjudicate", write(scored / "list.csv", rows))
    events = open_store(scored).events()
    assert events[: len(alone)] == alone
    log = result(run("log", "-f", "json").out)
    assert [row["status"] for row in log[: len(alone)]] == ["stands"] * len(alone)
    assert {row["coder"] for row in log[len(alone) :]} == {"AK+BL"}
    assert run("log", "--undo", "last", "--coder", "AK+BL").code == ExitCode.OK
    assert len(settled(scored)) == len(rows) - 1


def test_each_way_to_write_an_outcome(scored: Path, run: Any) -> None:
    rows = listed(run, scored / "list.csv")[:6]
    written = ["yes", "Accept", "x", "No", "BL", "recode"]
    for row, word in zip(rows, written, strict=True):
        row["decision"] = word
        row["into"] = "help" if word == "recode" and row["code"] != "help" else ""
        row["into"] = row["into"] or ("money/tax" if word == "recode" else "")
    assert run("adjudicate", write(scored / "list.csv", rows)).code == ExitCode.OK
    by_place = {(a.passage.transcript, a.passage.span.start, a.code): a for a in settled(scored)}
    got = [by_place[r["transcript"], int(r["start"]), r["code"]].verdict.value for r in rows]
    right = "accept" if rows[4]["says BL"] == "yes" else "reject"
    assert got == ["accept", "accept", "accept", "reject", right, "recode"]


def test_into_ignores_case(scored: Path, run: Any) -> None:
    rows = listed(run, scored / "list.csv")[:1]
    other = "help" if rows[0]["code"] != "help" else "money/tax"
    rows[0] |= {"decision": "Recode", "into": other.upper()}
    got = run("adjudicate", write(scored / "list.csv", rows))
    assert got.code == ExitCode.OK, got.err
    assert [act.into for act in settled(scored)] == [other]


def test_unfilled_rows_are_told_and_the_rest_recorded(scored: Path, run: Any) -> None:
    rows = listed(run, scored / "list.csv")
    rows[0]["decision"] = "yes"
    got = run("adjudicate", write(scored / "list.csv", rows), "-f", "json")
    assert got.code == ExitCode.OK
    assert f"{len(rows) - 1} without an outcome: line 3-{len(rows) + 1}" in got.err
    status = [row["status"] for row in result(got.out)]
    assert status == ["new", *["unfilled"] * (len(rows) - 1)]


def test_a_disagreement_that_is_no_more_is_not_recorded(scored: Path, run: Any) -> None:
    rows = listed(run, scored / "list.csv")
    row = rows[0]
    (scored / "own.csv").write_text(
        "transcript,start,end,code,decision,coder\n"
        f"{row['transcript']},{row['start']},{row['end']},{row['code']},"
        f"{'accept' if row['says AK'] == 'yes' else 'reject'},BL\n",
        encoding="utf-8",
    )
    run("decide", "own.csv")
    for row in rows:
        row["decision"] = "no"
    got = run("adjudicate", write(scored / "list.csv", rows), "-f", "json")
    first = result(got.out)[0]
    answer = rows[0]["says AK"]
    assert (first["status"], first["why"]) == ("gone", f"now AK: {answer}; BL: {answer}")
    assert "1 on which the coders no longer differ" in got.err
    assert len(settled(scored)) == len(rows) - 1


def test_answers_that_are_not_recorded_do_not_stop_it(
    tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make_study(tmp_path, interviews=4))
    run("sample", "--coder", "AK", "--coder", "BL", "--size", "30")
    fill(tmp_path / AK, truth)
    fill(tmp_path / BL, sloppy)
    assert run("agree", AK, BL, "--disagreements", "-o", "list.csv").code == ExitCode.OK
    with (tmp_path / "list.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["decision"] = "yes"
    got = run("adjudicate", write(tmp_path / "list.csv", rows), "-f", "json")
    assert {(row["status"], row["why"]) for row in result(got.out)} == {
        ("new", "answers of the coders are not recorded in the study")
    }
    assert len(settled(tmp_path)) == len(rows)


def bad(row: dict[str, str], **cells: str) -> dict[str, str]:
    return row | {"decision": "yes"} | cells


FAULTS = {
    "word": ({"decision": "mayby"}, "there is no outcome 'mayby'"),
    "extend": ({"decision": "extend"}, "an extend is for: thematic decide"),
    "one-person": ({"coder": "AK"}, "whose own answer would be overwritten"),
    "into": ({"decision": "recode"}, "no code in the column 'into'"),
    "code": ({"code": "hlp"}, "the codebook has no code 'hlp'"),
    "transcript": ({"transcript": "E99"}, "there is no transcript 'E99'"),
    "words": ({"text": "We flew home."}, "other words stand at"),
    "silent": ({"decision": "bl", "says BL": ""}, "BL did not judge this unit"),
}


@pytest.mark.parametrize(("cells", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_row_stops_all(scored: Path, run: Any, cells: dict[str, str], told: str) -> None:
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    rows[1] |= cells
    got = run("adjudicate", write(scored / "list.csv", rows))
    assert got.code == ExitCode.TRANSCRIPTS
    assert told in " ".join(got.err.split())
    assert "list.csv:3: error" in got.err
    assert settled(scored) == [], "all rows or none"


def test_rows_that_contradict_each_other_stop_all(scored: Path, run: Any) -> None:
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    rows.append(rows[0] | {"decision": "no"})
    got = run("adjudicate", write(scored / "list.csv", rows))
    assert got.code == ExitCode.TRANSCRIPTS
    told = " ".join(got.err.split())
    assert f"list.csv:{len(rows) + 1}: error" in told
    assert "is to be reject here, and accept in row 2, on the same words" in told
    assert settled(scored) == []


def test_what_others_settled_is_not_overwritten(scored: Path, run: Any) -> None:
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    run("adjudicate", write(scored / "list.csv", rows))
    rows = [row | {"decision": "no", "coder": "consensus"} for row in rows]
    got = run("adjudicate", write(scored / "other.csv", rows))
    assert got.code == ExitCode.TRANSCRIPTS
    assert "AK+BL settled" in " ".join(got.err.split())
    assert settled(scored, "consensus") == []
    rows = [row | {"coder": ""} for row in rows]
    got = run("adjudicate", write(scored / "other.csv", rows), "-f", "json")
    assert all("takes the place of event" in row["why"] for row in result(got.out))
    assert {act.verdict for act in settled(scored)} == {Verdict.REJECT}


def test_a_list_in_excel_is_filled_in_and_comes_back(scored: Path, run: Any) -> None:
    import openpyxl

    got = run("adjudicate", "--out", "open.xlsx")
    assert (got.code, got.out) == (ExitCode.OK, "")
    assert "open, 0 settled" in got.err
    book = openpyxl.load_workbook(scored / "open.xlsx")
    sheet = book["disagreements"]
    heads = [cell.value for cell in sheet[1]]
    assert {"says AK", "says BL", "text", "decision", "note"} <= set(heads)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for row in sheet.iter_rows(min_row=2):
        row[heads.index("decision")].value = "no"
    number = sheet.max_row - 1
    book.save(scored / "open.xlsx")
    assert run("adjudicate", "open.xlsx").code == ExitCode.OK
    assert len(settled(scored)) == number
    got = run("adjudicate", "-f", "json")
    assert result(got.out) == []
    assert f"0 open, {number} settled" in got.err


def test_a_filled_sheet_is_never_replaced(scored: Path, run: Any) -> None:
    run("adjudicate", "--out", "open.xlsx")
    assert run("adjudicate", "--out", "open.xlsx").code == ExitCode.OUTPUT
    assert run("agree", "--disagreements", "-o", "open.xlsx").code == ExitCode.OUTPUT
    rows = listed(run, scored / "list.csv")
    file = write(scored / "list.csv", [bad(row) for row in rows])
    assert run("adjudicate", file, "-o", file).code == ExitCode.OUTPUT


def test_checking_records_nothing(scored: Path, run: Any) -> None:
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    got = run("adjudicate", write(scored / "list.csv", rows), "--check")
    assert got.code == ExitCode.OK
    assert "would be recorded" in got.err
    assert settled(scored) == []


def test_a_list_written_before_a_correction_still_fits(scored: Path, run: Any) -> None:
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    for file in (scored / "t").iterdir():
        file.write_text("I: Hello.\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    got = run("adjudicate", write(scored / "list.csv", rows), "-f", "json")
    assert got.code == ExitCode.OK, got.err
    assert {row["status"] for row in result(got.out)} == {"new"}
    assert {row["start"] for row in result(got.out)} != {int(row["start"]) for row in rows}


def test_words_that_were_altered_since_are_found(scored: Path, run: Any) -> None:
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    rows = [row for row in rows if len(row["text"]) > 20][:1]
    old = rows[0]["text"]
    new = f"{old[:-1]}!"
    file = scored / "t" / f"{rows[0]['transcript']}.txt"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    got = run("adjudicate", write(scored / "list.csv", rows), "-f", "json")
    assert got.code == ExitCode.OK, got.err
    assert {row["text"] for row in result(got.out)} == {new}
    assert {(row["status"], row["why"]) for row in result(got.out)} == {("new", None)}


def test_withheld_words_stay_withheld_and_come_back(scored: Path, run: Any) -> None:
    with (scored / "study.yaml").open("a", encoding="utf-8") as study:
        study.write("consent: no quotation\nstatus: invented\n")
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    assert "helped" not in (scored / "list.csv").read_text(encoding="utf-8")
    got = run("adjudicate", write(scored / "list.csv", rows))
    assert got.code == ExitCode.OK, got.err
    assert "helped" not in got.out
    assert "invented" in got.out.casefold()
    assert len(settled(scored)) == len(rows)


def test_settled_disputes_count_in_the_tables(scored: Path, run: Any) -> None:
    def decided() -> int:
        rows = result(run("freq", "-f", "json").out)
        return sum(int(row["decided_units"] or 0) for row in rows)

    before = decided()
    rows = [bad(row) for row in listed(run, scored / "list.csv")]
    run("adjudicate", write(scored / "list.csv", rows))
    assert decided() > before
