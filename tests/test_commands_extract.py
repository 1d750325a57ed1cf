"""`thematic extract`: a person's quotes for approval, and what was replied."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Run
from docx import Document

WITHDRAWN = "[words withheld: withdrawn by the person quoted]"
DISCUSSED = "[words withheld: wording under discussion]"
GIVEN = "[not verbatim, wording given by the person quoted] "
BOOK = "help: [help*]\nmoney: [money, paid]\n"
ANNA = """\
Interviewer: Who helped you?

ANNA: My sister helped me. =1+1 she said. We paid nothing. Later Ben helped too.

Interviewer: And money?

ANNA: We had no money. The bank "helped" nobody.
"""
BEN = "Interviewer: And you?\n\nBEN: They helped me with money.\n"
FIRST = "My sister helped me."


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "talks").mkdir()
    files = {
        "study.yaml": "study: aid\ntitle: Who helps\nstatus: invented\ncodebook: book.yaml\n"
        "transcripts: talks\nshow_attributes: [job]\n",
        "book.yaml": BOOK,
        "attributes.csv": "id,case,consent,job\nE07,X7,role only,nurse\nE08,X8,named,\n"
        "E09,X9,no quotation,\n",
        "talks/E07.txt": ANNA,
        "talks/E08.txt": BEN,
        "talks/E09.txt": BEN.replace("BEN", "CARL"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def forms(path: Path) -> list[dict[str, str]]:
    """The forms of a Word file: right cells by the first word of the left ones."""
    return [
        {row.cells[0].text.split()[0].strip(":,"): row.cells[1].text for row in table.rows}
        for table in Document(str(path)).tables
    ]


Fill = Callable[[dict[str, str]], dict[str, str]]


def fill_word(path: Path, answers: Sequence[dict[str, str]]) -> Path:
    document = Document(str(path))
    for table, answer in zip(document.tables, answers, strict=False):
        for row in table.rows:
            name = row.cells[0].text.split()[0].strip(":,")
            if name in answer:
                row.cells[1].text = answer[name]
    document.save(str(path))
    return path


def fill_xlsx(path: Path, answers: Sequence[dict[str, str]]) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book["quotes"]
    heads = [cell.value for cell in sheet[1]]
    for row, answer in zip(sheet.iter_rows(min_row=2), answers, strict=False):
        for name, value in answer.items():
            row[heads.index(name.casefold())].value = value
    book.save(path)
    return path


def fill_csv(path: Path, answers: Sequence[dict[str, str]]) -> Path:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    for row, answer in zip(rows, answers, strict=False):
        row |= {name.casefold(): value for name, value in answer.items()}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")  # as Excel here saves it
        writer.writeheader()
        writer.writerows(rows)
    return path


FILLERS = {"docx": fill_word, "xlsx": fill_xlsx, "csv": fill_csv}


def extracted(run: Run, *more: object, to: str = "docx") -> Path:
    result = run("extract", "--case", "E07", "--every", "--to", to, "-o", "out", *more)
    assert result.code == 0, result.err
    return Path("out") / f"X7.extract.{to}"


def quoted(run: Run) -> dict[tuple[str, int], str]:
    rows: list[dict[str, Any]] = json.loads(run("quotes", "--all", "-f", "json").out)["rows"]
    return {(row["transcript"], row["unit_start"]): row["text"] for row in rows}


def test_a_person_gets_what_a_report_prints(run: Run, talks: Path) -> None:
    assert run("extract", "--case", "E07", "-o", "out").code == 0
    report = json.loads(run("report", "-f", "json").out)["quotes"]["rows"]
    own = {(row["text"], row["citation"]) for row in report if row["transcript"] == "E07"}
    assert {(one["Quote"], one["Printed"]) for one in forms(Path("out/X7.extract.docx"))} == own


def test_the_form_has_words_place_and_name_but_no_codes_unasked(run: Run, talks: Path) -> None:
    path = extracted(run)
    found = forms(path)
    text = "\n".join(one.text for one in Document(str(path)).paragraphs)
    assert [one["Quote"] for one in found] == [
        FIRST,
        "We paid nothing.",
        "Later Ben helped too.",
        "We had no money.",
        'The bank "helped" nobody.',
    ]
    assert found[0]["You"] == "Who helped you?"
    assert found[0]["Where"] == "turn 2"
    assert found[0]["Printed"] == "(E07, nurse, respondent, turn 2, line 3)"
    assert found[0]["Answer"] == found[0]["Wording"] == found[0]["Remarks"] == ""
    assert "Filed" not in found[0]
    assert "INVENTED" in text
    assert "Who helps" in text
    assert "by role only, without your name: as “respondent” and “nurse”" in text
    assert "ANNA" not in text
    coded = forms(
        extracted(run, "--with-codes", "-o", "out2").parent.parent / "out2/X7.extract.docx"
    )
    assert coded[0]["Filed"] == "help"


def test_equal_studies_give_equal_bytes(run: Run, talks: Path) -> None:
    for to in FILLERS:
        first = extracted(run, to=to).read_bytes()
        Path(f"out/X7.extract.{to}").unlink()
        assert extracted(run, to=to).read_bytes() == first


def test_a_letter_of_ones_own(run: Run, talks: Path) -> None:
    (talks / "letter.txt").write_text("Dear Anna,\nhello.\n\nYours, K.\n", encoding="utf-8")
    path = extracted(run, "--letter", "letter.txt")
    text = [one.text for one in Document(str(path)).paragraphs]
    assert "Dear Anna, hello." in text
    assert "Dear [name]," not in text


def test_everybody_who_may_be_quoted(run: Run, talks: Path) -> None:
    result = run("extract", "--all", "-o", "out", "--to", "csv")
    assert sorted(path.name for path in (talks / "out").iterdir()) == [
        "X7.extract.csv",
        "X8.extract.csv",
    ]
    assert "X8: quotes to approve 1" in result.err


@pytest.mark.parametrize("to", sorted(FILLERS))
def test_replies_come_back_and_hold_in_outputs(run: Run, talks: Path, to: str) -> None:
    path = extracted(run, to=to)
    FILLERS[to](
        path,
        [
            {"Answer": "Withdraw.", "Remarks": "too private"},
            {"Answer": "change", "Wording": "We paid little."},
            {"Answer": "approve"},
            {"Answer": "change"},
        ],
    )
    result = run("extract", "--replies", path, "--coder", "AK")
    assert result.code == 0, result.err
    assert "recorded: 1 withdraw, 2 change, 1 approve" in result.err
    assert "not answered, and so not approved: 1" in result.err
    words = [text for (id, _), text in sorted(quoted(run).items()) if id == "E07"]
    assert words == [
        WITHDRAWN,
        f"{GIVEN}We paid little.",
        "Later Ben helped too.",
        DISCUSSED,
        'The bank "helped" nobody.',
    ]
    md = run("quotes", "--all", "-f", "md").out
    assert "Withdrawn by the persons quoted, and not printed: 1." in md
    assert "asked for other words: 2." in md
    again = run("extract", "--replies", path, "--coder", "AK")
    assert "nothing new; 4 were there already" in again.err
    log = json.loads(run("log", "-f", "json").out)["rows"]
    assert [(row["kind"], row["verdict"], row["source"]) for row in log] == [
        ("reply", "withdraw", path.name),
        ("reply", "change", path.name),
        ("reply", "approve", path.name),
        ("reply", "change", path.name),
    ]


def test_larger_stretches_do_not_print_withdrawn_words(run: Run, talks: Path) -> None:
    run(
        "extract", "--replies", fill_word(extracted(run), [{"Answer": "withdraw"}]), "--coder", "AK"
    )
    for unit in ("sentence", "paragraph", "turn", "transcript"):
        for more in (["quotes", "--all", "--context", "2"], ["code"], ["explain"]):
            out = run(*more, "--unit", unit).out
            assert "sister" not in out, (unit, more)
    whole = json.loads(run("quotes", "money", "--all", "--context", "3", "-f", "json").out)
    assert whole["rows"][0]["before"] == WITHDRAWN


def test_undoing_a_reply_prints_the_words_again(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "withdraw"}])
    run("extract", "--replies", path, "--coder", "AK")
    run("log", "--undo", "1")
    assert FIRST in quoted(run).values()
    # What was undone is not brought back by reading the same file again.
    run("extract", "--replies", path, "--coder", "AK")
    assert FIRST in quoted(run).values()


def test_passages_with_a_reply_are_not_asked_again(run: Run, talks: Path) -> None:
    path = extracted(run)
    run("extract", "--replies", fill_word(path, [{"Answer": "approve"}]), "--coder", "AK")
    path.unlink()
    assert FIRST not in [one["Quote"] for one in forms(extracted(run))]
    path.unlink()
    assert FIRST in [one["Quote"] for one in forms(extracted(run, "--again"))]


def test_an_empty_form_records_nothing(run: Run, talks: Path) -> None:
    result = run("extract", "--replies", extracted(run), "--coder", "AK")
    assert result.code == 0
    assert "recorded: nothing new" in result.err
    assert "not approved: 5 (quote 1, quote 2" in result.err
    assert run("log").out == "Nothing to list.\n"


def test_words_altered_in_the_form_are_a_change(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "change", "Quote": "My aunt helped me."}])
    run("extract", "--replies", path, "--coder", "AK")
    assert f"{GIVEN}My aunt helped me." in quoted(run).values()


def test_words_without_an_answer_are_told(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Remarks": "hm"}, {"Quote": "We paid."}])
    err = run("extract", "--replies", path, "--coder", "AK").err
    assert "quote 1: there are words, but no answer" in err
    assert "quote 2: there are words, but no answer" in err


def test_quotation_marks_that_word_changes_alter_nothing(run: Run, talks: Path) -> None:
    answers = [
        {},
        {},
        {},
        {},
        {"Answer": "approve", "Quote": "The bank \u201chelped\u201d nobody."},
    ]
    result = run("extract", "--replies", fill_word(extracted(run), answers), "--coder", "AK")
    assert "recorded: 1 approve" in result.err


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"Answer": "yes please"}, "'yes please' is no answer"),
        ({"Answer": "aprove"}, "did you mean 'approve'?"),
        ({"Answer": "approve", "Wording": "other"}, "approve, but another wording is given"),
        (
            {"Answer": "approve", "Quote": "My aunt helped me."},
            "the words of the quote were altered",
        ),
        ({"Answer": "approve", "Reference": "E07"}, "its reference cannot be read"),
        ({"Answer": "approve", "Reference": "E77 0-4 00000000"}, "no transcript 'E77'"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_with_a_fault_only_withdrawals_are_recorded(
    run: Run, talks: Path, answer: dict[str, str], said: str
) -> None:
    answers = [answer, {"Answer": "withdraw"}, {"Answer": "approve"}]
    path = fill_word(extracted(run), answers)
    checked = run("extract", "--replies", path, "--coder", "AK", "--check")
    assert "1 withdrawal would be in force; 1 other row has a fault" in checked.err
    assert run("log").out == "Nothing to list.\n"
    for _ in range(2):  # again is no other
        result = run("extract", "--replies", path, "--coder", "AK")
        assert result.code == 5
        assert said in result.err
        assert "quote 1" in result.err
        assert "1 withdrawal is in force; 1 other row has a fault" in result.err
        (row,) = json.loads(run("log", "-f", "json").out)["rows"]
        assert row["verdict"] == "withdraw"
    assert "We paid nothing." not in run("quotes", "--all", "-f", "csv").out


def test_with_a_fault_and_no_withdrawal_nothing_is_in_force(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "perhaps"}, {"Answer": "approve"}])
    result = run("extract", "--replies", path, "--coder", "AK")
    assert "nothing is recorded, and nothing is in force" in " ".join(result.err.split())
    assert run("log").out == "Nothing to list.\n"


def test_a_withdrawal_beside_another_answer_is_in_force(run: Run, talks: Path) -> None:
    path = fill_csv(extracted(run, to="csv"), [{"Answer": "approve"}])
    lines = path.read_text(encoding="utf-8").splitlines()
    (talks / "x.csv").write_text(
        "\n".join([*lines, lines[1].replace("approve", "withdraw")]), encoding="utf-8"
    )
    result = run("extract", "--replies", "x.csv", "--coder", "AK")
    assert result.code == 5
    assert "1 withdrawal is in force" in result.err


@pytest.mark.parametrize("answer", ["ok", "OK.", "Yes", "yes!", "okay"])
def test_everyday_words_approve(run: Run, talks: Path, answer: str) -> None:
    path = fill_word(extracted(run), [{"Answer": answer}])
    result = run("extract", "--replies", path, "--coder", "AK")
    assert result.code == 0
    assert "recorded: 1 approve" in result.err


def test_check_records_nothing(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "withdraw"}])
    result = run("extract", "--replies", path, "--coder", "AK", "--check")
    assert "would be recorded: 1 withdraw" in result.err
    assert run("log").out == "Nothing to list.\n"


def test_replies_follow_a_corrected_transcript(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "withdraw"}, {"Answer": "change"}])
    corrected = f"Interviewer: Hello?\n\nANNA: Hello.\n\n{ANNA}"
    (talks / "talks" / "E07.txt").write_text(corrected, encoding="utf-8")
    assert (
        "recorded: 1 withdraw, 1 change" in run("extract", "--replies", path, "--coder", "AK").err
    )
    (talks / "talks" / "E07.txt").write_text(f"ANNA: Hm.\n\n{corrected}", encoding="utf-8")
    assert "sister" not in run("quotes", "--all").out


def test_where_withdrawn_words_are_lost_nothing_is_quoted(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "withdraw"}])
    run("extract", "--replies", path, "--coder", "AK")
    other = "Interviewer: So?\n\nANNA: Every bit of it is new here, and Olga helped.\n"
    (talks / "talks" / "E07.txt").write_text(other, encoding="utf-8")
    result = run("quotes", "--all")
    assert "Olga" not in result.out
    assert "nothing of it is quoted" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "whose quotes was not said"),
        (["--case", "E70"], 2, "there is no case 'E70'"),
        (["--case", "E09"], 2, "the consent is no quotation"),
        (["--replies", "book.yaml"], 2, "add --coder"),
        (["--replies", "nowhere.docx", "--coder", "AK"], 2, "cannot read"),
        (["--replies", "study.yaml", "--coder", "AK", "--case", "E07"], 2, "--replies goes alone"),
        (["--replies", "attributes.csv", "--coder", "AK"], 5, "no column is called 'reference'"),
        (["--case", "E07", "--letter", "nowhere.txt"], 2, "cannot read"),
        (["--case", "E07", "-o", "book.yaml"], 6, "is a file, not a folder"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, talks: Path, arguments: list[str], code: int, said: str
) -> None:
    result = run("extract", *arguments)
    assert result.code == code, result.err
    assert said in result.err
    assert not list(talks.glob("*.extract.*"))


def test_a_form_that_may_be_filled_in_is_never_replaced(run: Run, talks: Path) -> None:
    path = fill_word(extracted(run), [{"Answer": "approve"}])
    before = path.read_bytes()
    result = run("extract", "--case", "E07", "-o", "out")
    assert result.code == 6
    assert "is there already" in result.err
    assert path.read_bytes() == before


def test_forms_are_no_transcripts(run: Run, talks: Path) -> None:
    for to in FILLERS:
        run("extract", "--case", "X8", "--to", to)
        assert (talks / f"X8.extract.{to}").is_file()
    (talks / "study.yaml").write_text("codebook: book.yaml\n", encoding="utf-8")
    ids = {row["transcript"] for row in json.loads(run("code", "-f", "json").out)["rows"]}
    assert not any("extract" in id for id in ids)
