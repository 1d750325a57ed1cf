"""Sheets as Word files: filled in by hand, saved by LibreOffice, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coder_samples import BOOK, fill, make_study, sloppy, truth
from docx import Document
from word_comments import needs_office, saved_by_office

from thematic.errors import ExitCode
from thematic.readers.sheets import answer_in, read_filled_sheet
from thematic.store.database import open_store

AK, BL = (f"sample-1-{coder}.sheet.docx" for coder in ("AK", "BL"))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_study(tmp_path, interviews=4))
    return tmp_path


@pytest.fixture
def drawn(study: Path, run: Any) -> Path:
    assert run("sample", "--coder", "AK", "--coder", "BL", "--size", "24", "-f", "docx").code == 0
    return study


def cells(path: Path) -> list[list[Any]]:
    """The cells of the sheet's table."""
    table = Document(str(path)).tables[0]
    return [row.cells for row in table.rows]


def words_of(cell: Any) -> str:
    """The words that are judged: the ones in bold."""
    return "".join(run.text for p in cell.paragraphs for run in p.runs if run.bold)


def fill_in(path: Path, judge: Any, yes: str = "yes", no: str = "no") -> Path:
    """Fill a sheet in as a person does in Word."""
    document = Document(str(path))
    rows = [row.cells for row in document.tables[0].rows]
    heads = [cell.text for cell in rows[0]]
    for row in rows[1:]:
        number = int(row[0].text.rpartition("-")[2])
        for head, cell in zip(heads, row, strict=True):
            if head.endswith("?"):
                answer = judge(head[:-1], words_of(row[2]), number).lower()
                cell.paragraphs[0].add_run({"yes": yes, "no": no, "": ""}[answer])
    document.save(str(path))
    return path


def scores(run: Any, *arguments: str) -> list[dict[str, Any]]:
    got = run("score", *arguments, "--no-record", "-f", "json")
    assert got.code == ExitCode.OK, got.err
    found: list[dict[str, Any]] = json.loads(got.out)["rows"]
    return found


def test_one_row_a_unit(drawn: Path) -> None:
    rows = cells(drawn / AK)
    assert [cell.text for cell in rows[0]] == [
        *("row", "coder", "words", "help?", "money?", "missing code", "note")
    ]
    assert len(rows) == 25
    assert {row[1].text for row in rows[1:]} == {"AK"}
    assert all(cell.text == "" for row in rows[1:] for cell in row[3:])
    other = cells(drawn / BL)
    assert [row[0].text for row in rows] != [row[0].text for row in other]
    assert {row[0].text for row in rows} == {row[0].text for row in other}


def test_a_word_sheet_gives_what_an_excel_sheet_gives(study: Path, run: Any) -> None:
    run("sample", "--coder", "AK", "--coder", "BL", "--size", "24", "--seed", "7", "-f", "docx")
    for name, judge in ((AK, truth), (BL, sloppy)):
        fill_in(study / name, judge)
    of_word = scores(run, AK, BL)
    agreed = run("agree", AK, BL, "-f", "json").out
    for file in (AK, BL):
        (study / file).unlink()
    (study / "samples" / "sample-1.sample.json").unlink()
    run("sample", "--coder", "AK", "--coder", "BL", "--size", "24", "--seed", "7")
    excel = [file.replace("docx", "xlsx") for file in (AK, BL)]
    for name, judge in zip(excel, (truth, sloppy), strict=True):
        fill(study / name, judge)
    assert scores(run, *excel) == of_word
    assert run("agree", *excel, "-f", "json").out == agreed


def test_answers_are_recorded(drawn: Path, run: Any) -> None:
    fill_in(drawn / AK, truth)
    assert "48 decisions recorded" in run("score", AK).err
    assert {event.source for event in open_store(drawn).events()} == {AK}


WAYS = {
    "x": ("x", "no"),
    "X": ("X", "No."),
    "one": ("1", "0"),
    "ja": ("Ja", "nein"),
    "tick": ("✓", "non"),
    "emoji": ("✔\ufe0f", "n"),
    "box": ("☒", "false"),
    "blanks": ("  yes \n", " NO "),
}


@pytest.mark.parametrize(("yes", "no"), WAYS.values(), ids=WAYS.keys())
def test_ways_to_answer(drawn: Path, yes: str, no: str) -> None:
    fill_in(drawn / AK, truth, yes, no)
    sheet, problems = read_filled_sheet(drawn / AK)
    assert sheet is not None
    assert problems == []
    rows = {row[0].text: words_of(row[2]) for row in cells(drawn / AK)[1:]}
    assert len(sheet.rows) == 24
    for row in sheet.rows:
        expected = {code: truth(code, rows[row.row], 0) == "yes" for code in ("help", "money")}
        assert dict(row.answers) == expected


@pytest.mark.parametrize("cell", ["perhaps", "?", "yes and no", "✗"])
def test_what_is_no_answer(cell: str) -> None:
    assert answer_in(cell) is None


def test_empty_cells_are_not_judged_unless_it_is_said(drawn: Path, run: Any) -> None:
    fill_in(drawn / AK, truth, "x", "")
    got = run("score", AK, "--no-record", "-f", "json")
    told = " ".join(got.err.split())
    assert "only yes, and" in told
    assert "if they mean no: --empty-is-no" in told
    by_code = {row["code"]: row for row in json.loads(got.out)["rows"]}
    assert by_code["help"]["not_judged"] > 0
    said = {row["code"]: row for row in scores(run, AK, "--empty-is-no")}
    assert said["help"]["not_judged"] == 0
    fill_in(drawn / BL, truth)
    assert scores(run, BL)[0]["f1"] == said["help"]["f1"]
    assert "only yes" not in run("score", BL, "--no-record").err


@needs_office
def test_a_sheet_saved_by_libreoffice(drawn: Path, run: Any) -> None:
    fill_in(drawn / AK, truth)
    before = scores(run, AK)
    (drawn / AK).write_bytes(saved_by_office(drawn / AK, drawn / "office").read_bytes())
    assert scores(run, AK) == before


def test_rows_may_be_moved_and_deleted_words_do_not_count(drawn: Path) -> None:
    from docx.oxml import OxmlElement

    fill_in(drawn / AK, truth)
    before, _ = read_filled_sheet(drawn / AK)
    document = Document(str(drawn / AK))
    table = document.tables[0]
    first, last = table.rows[1]._tr, table.rows[-1]._tr
    last.addnext(first)
    run = table.rows[5].cells[3].paragraphs[0].runs[-1]._r
    deleted = OxmlElement("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    table.rows[5].cells[3].paragraphs[0].add_run("yes")
    document.save(str(drawn / AK))
    after, problems = read_filled_sheet(drawn / AK)
    assert before is not None
    assert after is not None
    assert problems == []
    assert {row.row for row in after.rows} == {row.row for row in before.rows}
    assert after.rows[4].answers["help"] is True


def test_a_table_that_was_cut_in_two_is_one(drawn: Path) -> None:
    from copy import deepcopy

    fill_in(drawn / AK, truth)
    document = Document(str(drawn / AK))
    table = document.tables[0]._tbl
    second = deepcopy(table)
    table.addnext(second)
    second.addprevious(document.add_paragraph()._p)
    rows = list(table.tr_lst)
    for row in rows[10:]:
        table.remove(row)
    for row in list(second.tr_lst)[:10]:
        second.remove(row)
    document.save(str(drawn / AK))
    sheet, problems = read_filled_sheet(drawn / AK)
    assert sheet is not None
    assert (len(sheet.rows), problems) == (24, [])


def test_faults_are_told_with_the_row(drawn: Path, run: Any) -> None:
    document = Document(str(drawn / AK))
    table = document.tables[0]
    table.rows[1].cells[3].paragraphs[0].add_run("perhaps")
    table.rows[2].cells[0].paragraphs[0].add_run("9")
    table.rows[3].cells[3].merge(table.rows[3].cells[4])
    document.save(str(drawn / AK))
    got = run("score", AK)
    assert got.code == ExitCode.TRANSCRIPTS
    told = " ".join(got.err.split())
    assert f"{AK}:2: error: help: 'perhaps' is neither yes nor no" in told
    assert f"{AK}:3: error: sample-1 has no row" in told
    assert f"{AK}:4: error: the row has 6 cells, and the heads have 7" in told
    assert not open_store(drawn).is_there()


@pytest.mark.parametrize(
    "data", [b"", b"no zip", b"PK\x03\x04rubbish"], ids=["empty", "text", "zip"]
)
def test_a_broken_file_is_told(drawn: Path, run: Any, data: bytes) -> None:
    (drawn / AK).write_bytes(data)
    got = run("score", AK)
    assert got.code == ExitCode.TRANSCRIPTS
    assert AK in got.err


def test_another_word_file_is_told(drawn: Path, run: Any) -> None:
    document = Document()
    document.add_paragraph("A letter.")
    document.save(str(drawn / "letter.docx"))
    got = run("score", "letter.docx")
    assert got.code == ExitCode.TRANSCRIPTS
    assert "no table with the columns row and coder" in " ".join(got.err.split())


def test_the_ending_of_a_named_file_says_the_format(study: Path, run: Any) -> None:
    got = run("sample", "--coder", "AK", "--size", "24", "-o", "round/first.docx")
    assert got.code == ExitCode.OK, got.err
    assert (study / "round" / "first-AK.sheet.docx").is_file()
    assert run("sample", "--coder", "AK", "-o", "x.docx", "-f", "csv").code == ExitCode.USAGE


def test_too_many_codes_have_no_room(study: Path, run: Any) -> None:
    book = "codebook: many\nthemes:\n"
    book += "".join(f"  t{n}: {{definition: T., rules: [help*]}}\n" for n in range(11))
    (study / "book.yaml").write_text(book, encoding="utf-8")
    got = run("sample", "--coder", "AK", "-f", "docx", "--size", "40")
    assert got.code == ExitCode.USAGE
    assert "have no room side by side" in " ".join(got.err.split())


def test_equal_samples_give_equal_bytes(study: Path, run: Any) -> None:
    files = []
    for folder in ("one", "two"):
        run("sample", "--coder", "AK", "--size", "24", "-f", "docx", "-o", folder, "--name", "s")
        files.append((study / folder / "s-AK.sheet.docx").read_bytes())
        (study / "samples" / "s.sample.json").unlink()
    assert files[0] == files[1]


def test_a_sheet_is_no_transcript(drawn: Path, run: Any) -> None:
    file = drawn / "study.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[t]", "[.]"), encoding="utf-8")
    got = run("freq", "-f", "json")
    assert {row["transcripts_N"] for row in json.loads(got.out)["rows"]} == {4}


def test_an_invented_study_says_so_and_withheld_words_stay_away(study: Path, run: Any) -> None:
    with (study / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("status: invented\nattributes: attributes.csv\n")
    (study / "attributes.csv").write_text("id,consent\nE01,no quotation\n", encoding="utf-8")
    run("sample", "--coder", "AK", "--size", "24", "-f", "docx")
    said = "\n".join(p.text for p in Document(str(study / AK)).paragraphs)
    assert "invented" in said.casefold()
    assert "Someone helps." in said
    assert "help*" in BOOK
    assert "help*" not in said
    assert not any("E01" in row[2].text for row in cells(study / AK))
