"""Suggested and decided side by side: the rows, the quotes and the counts after people judged."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import Workbook

TEXT = """\
INTERVIEWER: What did they do?

ANNA: They tax the road. They host us. They paid twice. They tax and they host. They take toll.

INTERVIEWER: They host whom?

ANNA: My cousins came along. They host nobody.
"""
BOOK = """\
codebook: small
themes:
  finance: {definition: Money., codes: {tax: {definition: Taxes., rules: [tax]}, toll: [toll]}}
  alliance: {definition: Help., rules: [host]}
  kinship: {definition: Family., rules: manual}
"""
DECISIONS = """\
transcript,quote,code,decision,into,onto_quote,coder,note
E01,They tax the road.,finance/tax,accept,,,AK,
E01,They host us.,alliance,reject,,,AK,
E01,They take toll.,finance/toll,recode,alliance,,AK,
E01,They paid twice.,finance/tax,add,,,BL,
E01,They tax and they host.,alliance,accept,,,AK,
E01,They tax and they host.,alliance,reject,,,BL,
E01,They host nobody.,alliance,extend,,My cousins came along. They host nobody.,AK,
"""
CODED = "transcript,quote,code,coder\nE01,cousins,kinship,CM\n"


@pytest.fixture
def study(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study in which people judged some of what the rules suggest."""
    (tmp_path / "talks").mkdir()
    (tmp_path / "study.yaml").write_text("study: s\ncodebook: book.yaml\ntranscripts: talks\n")
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "talks" / "E01.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judge(run: Run, study: Path) -> None:
    (study / "decisions.csv").write_text(DECISIONS)
    (study / "coded.csv").write_text(CODED)
    assert run("decide", "decisions.csv").code == 0
    assert run("import", "coded.csv").code == 0


def rows(run: Run, *arguments: object) -> list[dict[str, str]]:
    result = run(*arguments, "-f", "csv", "--quiet")
    assert result.code == 0, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


CODINGS = [  # words, code, suggested, decided, status, coder, into
    ("They tax the road.", "finance/tax", "true", "true", "accepted", "AK", ""),
    ("They host us.", "alliance", "true", "false", "rejected", "AK", ""),
    ("They paid twice.", "finance/tax", "false", "true", "added", "BL", ""),
    ("They tax and they host.", "finance/tax", "true", "", "suggested", "rules", ""),
    ("They tax and they host.", "alliance", "true", "", "disputed", "AK; BL", ""),
    ("They take toll.", "finance/toll", "true", "false", "recoded", "AK", "alliance"),
    ("They take toll.", "alliance", "false", "true", "added", "AK", ""),
    ("My cousins came along.", "alliance", "false", "true", "extended", "AK", ""),
    ("My cousins came along.", "kinship", "false", "true", "added", "CM", ""),
    ("They host nobody.", "alliance", "true", "true", "extended", "AK", ""),
]


def test_every_coding_says_where_it_stands_and_by_whose_word(run: Run, study: Path) -> None:
    judge(run, study)
    found = rows(run, "code", "--codings")
    names = ("text", "code", "suggested", "decided", "status", "coder", "into")
    assert [tuple(row[name] for name in names) for row in found] == CODINGS


def test_mentions_say_it_of_their_unit(run: Run, study: Path) -> None:
    judge(run, study)
    found = [(row["code"], row["status"], row["coder"]) for row in rows(run, "code")]
    wanted = [(code, status, coder) for _, code, by_rules, _, status, coder, _ in CODINGS
              if by_rules == "true"]  # fmt: skip
    assert found == wanted


def test_without_people_all_is_suggested_and_the_tables_say_so(run: Run, study: Path) -> None:
    for arguments in (("code",), ("code", "--codings"), ("quotes",)):
        assert {row["status"] for row in rows(run, *arguments)} == {"suggested"}
        assert {row["coder"] for row in rows(run, *arguments)} == {"rules"}
        shown = " ".join(run(*arguments, "--quiet").out.split())
        assert "All suggested by rules; nobody has decided on them." in shown
    shown = " ".join(run("freq", "--quiet").out.split())
    assert "All suggested by rules." in shown


def test_counts_are_those_of_the_codings(run: Run, study: Path) -> None:
    judge(run, study)
    codings = rows(run, "code", "--codings")
    for row in rows(run, "freq"):
        below = [one for one in codings if f"{one['code']}/".startswith(f"{row['code']}/")]
        for column, name in (("suggested", "units"), ("decided", "decided_units")):
            units = {one["unit_start"] for one in below if one[column] == "true"}
            assert (row["code"], len(units)) == (row["code"], int(row[name]))
    names = ("checked", "right", "disputed")
    counts = {row["code"]: tuple(row[name] for name in names) for row in rows(run, "freq")}
    assert counts["alliance"] == ("3", "1", "1")  # They host us, tax and host, host nobody
    assert counts["finance"] == ("2", "1", "0")
    assert counts["kinship"] == ("0", "0", "0")


def test_disputed_ones_are_said_wherever_accuracy_is(run: Run, study: Path) -> None:
    judge(run, study)
    run("report", "-o", "out", "--quiet")
    found = [run(*one, "--quiet").out for one in (("freq",), ("freq", "-f", "md"), ("report",))]
    found += [(study / "out" / name).read_text() for name in ("report.md", "report.html")]
    for shown in found:
        said = " ".join(shown.split())
        assert "disputed and not counted as right: alliance 1 of 3 checked." in said
    printed = run("codebook", "book.yaml", "talks", "--quiet").out
    assert "suggested sentences on which people differ and nobody settled it" in printed
    assert "1 of 3 sentences checked in interviews" in printed


def test_a_study_in_which_all_is_disputed_was_checked(run: Run, study: Path) -> None:
    lines = DECISIONS.splitlines()
    (study / "decisions.csv").write_text("\n".join([lines[0], *lines[5:7]]) + "\n")
    assert run("decide", "decisions.csv").code == 0
    shown = " ".join(run("report", "--quiet").out.split())
    assert "NOT CHECKED" not in shown
    assert "of which 1 checked by 2 people (AK, BL): 0 right, 1 disputed." in shown
    assert "Judgements: 1 disputed and not decided, none settled together." in shown


def test_quotes_say_whose_they_are_and_disputed_ones_come_last(run: Run, study: Path) -> None:
    judge(run, study)
    found = rows(run, "quotes", "alliance", "kinship", "-n", "9")
    assert [(row["text"], row["status"], row["coder"]) for row in found] == [
        ("They take toll.", "added", "AK"),
        ("My cousins came along.", "extended", "AK"),
        ("They host nobody.", "extended", "AK"),
        ("They tax and they host.", "disputed", "AK; BL"),
        ("My cousins came along.", "added", "CM"),
    ]
    shown = " ".join(run("quotes", "alliance", "kinship", "-n", "9", "--quiet").out.split())
    for standing in ("[added: AK]", "[extended: AK]", "[disputed: AK; BL]", "[added: CM]"):
        assert standing in shown
    assert "Left out, for people say that the code does not hold: 1." in shown
    assert "kinship: 1/1 interviews, 1 sentence, coded by people; 1 shown" in shown
    assert "Without this code" not in shown
    markdown = run("quotes", "kinship", "-f", "md", "--quiet").out
    assert "*added: CM*" in markdown


def test_the_other_units_can_be_listed_too(run: Run, study: Path) -> None:
    judge(run, study)
    for unit in ("turn", "transcript"):
        found = rows(run, "code", "--codings", "--unit", unit)
        assert {row["code"]: row["status"] for row in found}["kinship"] == "added"


def test_tables_by_group_show_both_counts(run: Run, study: Path) -> None:
    assert "suggested by rules" in run("freq", "--by", "transcript", "--quiet").out
    judge(run, study)
    shown = run("freq", "--by", "transcript", "--themes", "--quiet").out
    assert "suggested by rules | decided by people" in shown
    assert "3 | 2" in shown  # finance
    assert "3 | 3" in shown  # alliance


def test_passages_in_a_turn_that_does_not_count_are_in_no_count(run: Run, study: Path) -> None:
    (study / "coded.csv").write_text("transcript,quote,code,coder\nE01,whom,kinship,CM\n")
    run("import", "coded.csv")
    for unit in ("sentence", "transcript"):
        row = next(r for r in rows(run, "freq", "--unit", unit) if r["code"] == "kinship")
        assert row["decided_units"] == "0"


def test_codings_taken_in_again_are_those_that_hold(run: Run, study: Path) -> None:
    judge(run, study)
    run("code", "--codings", "-f", "csv", "-o", "codings.csv", "--quiet")
    (study / "people.sqlite").unlink()
    result = run("import", "codings.csv")
    assert "4 rows are not decided or do not hold" in result.err
    assert "6 recorded" in result.err


def test_lists_in_the_transcripts_folder_are_no_transcripts(run: Run, study: Path) -> None:
    judge(run, study)
    wanted = run("freq", "-f", "csv", "--quiet").out
    lists = {
        "talk.csv": "row,transcript,turn,start,end,code,says AK,says BL,notes,text,decision\n"
        "1,E01,2,1,9,alliance,yes,no,,They host us.,\n",
        "own.tsv": "transcript\tquote\tcode\tcoder\nE01\tcousins\tkinship\tCM\n",
        "codings.json": run("code", "-f", "json", "--quiet").out,
    }
    for name, text in lists.items():
        (study / "talks" / name).write_text(text)
    book = Workbook()
    book.active.append(["transcript", "quote", "code", "coder"])
    book.active.append(["E01", "They host us.", "alliance", "CM"])
    book.save(study / "talks" / "list.xlsx")
    result = run("freq", "-f", "csv")
    assert result.out == wanted
    assert "not read" in result.err


def test_what_was_undone_does_not_come_back_with_its_file(run: Run, study: Path) -> None:
    (study / "coded.csv").write_text(CODED)
    run("import", "coded.csv")
    undone = run("log", "--undo", "1", "--coder", "CM")
    assert "event 1 is undone" in undone.err
    again = run("import", "coded.csv")
    assert again.code == 0
    assert "0 recorded; 0 stood there already" in again.err
    assert "1 undone or replaced since, and not recorded again" in again.err
    (row,) = rows(run, "import", "coded.csv")
    assert row["status"] == "undone"
    assert row["why"] == ("event 1 was undone by event 2; to bring it back: thematic log --undo 2")
    run("log", "--undo", "2", "--coder", "CM")
    assert "1 stood there already" in run("import", "coded.csv").err


def test_the_same_from_another_file_is_new(run: Run, study: Path) -> None:
    (study / "coded.csv").write_text(CODED)
    run("import", "coded.csv")
    run("log", "--undo", "1", "--coder", "CM")
    (study / "other.csv").write_text(CODED)
    assert "1 recorded" in run("import", "other.csv").err


def test_an_older_note_does_not_replace_a_newer_one(run: Run, study: Path) -> None:
    head, row = CODED.splitlines()
    for name, note in (("old.csv", "first"), ("new.csv", "second")):
        (study / name).write_text(f"{head},note\n{row},{note}\n")
        assert "1 recorded" in run("import", name).err
    assert "1 undone or replaced since" in run("import", "old.csv").err
