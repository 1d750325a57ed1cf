"""`thematic codebook`: to print, with numbers, and to and fro between YAML and XLSX."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import BOOK, Run
from docx import Document

import thematic
from thematic.errors import ExitCode


def test_a_codebook_is_printed_as_markdown(run: Run, study: Path) -> None:
    result = run("codebook", "book.yaml")
    assert result.code == ExitCode.OK
    assert result.out.startswith("# Codebook small\n")
    assert "## alliance\n\n**Path.** alliance\n\n**Definition.** A group helps another.\n" in (
        result.out
    )
    assert "INVENTED" not in result.out
    assert "n suggested" not in result.out
    assert result.err == "without a definition 2: alliance/control, finance\n"


def test_the_study_names_the_codebook(run: Run, study: Path) -> None:
    assert run("codebook").out == run("codebook", "book.yaml").out


def test_numbers_state_unit_base_and_that_they_are_suggested(run: Run, study: Path) -> None:
    out = run("codebook", "book.yaml", ".").out
    assert "INVENTED TRANSCRIPTS" in out
    assert "- **n:** codings, unit sentence: " in out
    assert "- **Base:** 2 of 3 declared interviews, 1 publication; left out are" in out
    assert "- **Suggested:** by rules; nobody has decided on any." in out
    assert "| &nbsp;&nbsp;safe-haven | 2 rules | 3 (2/3) | 1 (1/1) |" in out
    assert "| &nbsp;&nbsp;control | people only | – | – |" in out
    assert "- 3 sentences in 2/3 interviews\n- 1 sentence in 1/1 publications\n" in out


def test_the_numbers_are_those_of_freq(run: Run, study: Path) -> None:
    rows = list(csv.DictReader(run("freq", "-f", "csv", "--unit", "turn").out.splitlines()))
    out = run("codebook", "book.yaml", ".", "--unit", "turn").out
    assert "unit turn" in out
    finance = [row for row in rows if row["code"] == "finance"]
    cells = [f"{row['units']} ({row['transcripts']}/{row['transcripts_N']})" for row in finance]
    assert f"| **finance** | 2 rules | {cells[0]} | {cells[1]} |" in out


def test_what_people_decided_stands_beside_what_is_suggested(run: Run, study: Path) -> None:
    Path("decisions.csv").write_text(
        "transcript,quote,code,decision,coder\n"
        "E1,They taxed the road.,finance,accept,Eva\n"
        "E1,They taxed the road.,alliance/control,add,Eva\n",
        encoding="utf-8",
    )
    assert run("decide", "decisions.csv").code == ExitCode.OK
    out = run("codebook", "book.yaml", ".").out
    assert "- **Decided:** sentences on which people say that the code holds" in out
    assert "| &nbsp;&nbsp;control | people only | – | 1 (1/3) | – | 0 (0/1) |" in out
    assert "**n decided.**\n\n- 1 sentence in 1/3 interviews\n" in out


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_nothing_is_quoted_from_transcripts(run: Run, study: Path, ending: str) -> None:
    file = Path(f"appendix.{ending}")
    result = run("codebook", "book.yaml", ".", "--to", file, "--with-rules")
    assert (result.code, result.out) == (ExitCode.OK, "")
    if ending == "docx":
        document: Any = Document(str(file))
        texts = [one.text for one in document.paragraphs]
        texts += [
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        ]
        text = "\n".join(texts)
    else:
        text = file.read_text(encoding="utf-8")
    assert "INVENTED" in text
    assert "Shelter on ground one holds." in text
    for said in ("ANNA", "BEN", "taxed the road", "sheltered nobody", "gave al-", "E1"):
        assert said not in text


def test_a_workbook_gives_the_same_codebook_again(run: Run, study: Path) -> None:
    result = run("codebook", "book.yaml", "--to", "book.xlsx")
    assert (result.code, result.err) == (ExitCode.OK, "written: book.xlsx\n")
    assert run("codebook", "book.xlsx", "--to", "again.yaml").code == ExitCode.OK
    first, second = thematic.load_codebook("book.xlsx"), thematic.load_codebook("again.yaml")
    assert first.hash == second.hash
    counts = [run("freq", "-c", name, "-f", "csv").out for name in ("book.yaml", "again.yaml")]
    hashes = thematic.load_codebook("book.yaml").hash[:8], second.hash[:8]
    assert counts[0].replace(*hashes) == counts[1]


def test_every_command_takes_a_workbook(run: Run, study: Path) -> None:
    run("codebook", "book.yaml", "--to", "talks/book.xlsx")
    Path("study.yaml").write_text("study: s\ncodebook: talks/book.xlsx\ntranscripts: talks\n")
    assert run("check").code == ExitCode.OK
    table = list(csv.DictReader(run("freq", "-f", "csv", "--themes").out.splitlines()))
    assert {row["transcripts_N"] for row in table if row["kind"] == "interview"} == {"2"}


def test_a_rule_is_cited_by_its_row(run: Run, study: Path) -> None:
    run("codebook", "book.yaml", "--to", "book.xlsx")
    book: Any = openpyxl.load_workbook("book.xlsx")
    book["rules"]["B2"], book["rules"]["C2"] = "regex", "("
    book["codes"].cell(3, 6).value = "No shelter at all."
    book.save("book.xlsx")
    faulty = run("freq", "-c", "book.xlsx")
    assert faulty.code == ExitCode.CODEBOOK
    assert "book.xlsx, sheet rules:2: error: bad regex '('" in faulty.err
    book["rules"]["C2"] = "haven"
    book.save("book.xlsx")
    checked = run("check", "-c", "book.xlsx")
    assert "book.xlsx, sheet codes\n  error: line 3: example of alliance/safe-haven" in checked.out


def test_comments_do_not_survive_and_that_is_said(run: Run, study: Path) -> None:
    Path("book.yaml").write_text(f"# why\n{BOOK}", encoding="utf-8")
    result = run("codebook", "book.yaml", "--to", "book.xlsx")
    assert result.err == "comments of the YAML are not in it: keep that file\nwritten: book.xlsx\n"
    assert run("codebook", "book.yaml", "--to", "b.xlsx", "--quiet").err == ""


def test_a_file_that_may_hold_work_is_kept(run: Run, study: Path) -> None:
    Path("book.xlsx").write_bytes(b"mine")
    result = run("codebook", "book.yaml", "--to", "book.xlsx")
    assert result.code == ExitCode.OUTPUT
    assert "--overwrite" in result.err
    assert Path("book.xlsx").read_bytes() == b"mine"
    assert run("codebook", "book.yaml", "--to", "book.xlsx", "--overwrite").code == ExitCode.OK
    assert openpyxl.load_workbook(BytesIO(Path("book.xlsx").read_bytes())).sheetnames == [
        *("codes", "rules", "lists", "marks", "settings", "about")
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["book.yaml", "--to", "x.odt"], ExitCode.USAGE, "one of .md", id="form"),
        pytest.param(["book.yaml", ".", "--to", "x.xlsx"], ExitCode.USAGE, "no numbers", id="n"),
        pytest.param(
            ["book.yaml", "--with-rules", "--to", "x.yaml"],
            ExitCode.USAGE,
            "always holds its rules",
            id="rules",
        ),
        pytest.param(["nobody.yaml"], ExitCode.CODEBOOK, "there is no codebook", id="missing"),
        pytest.param(["bad.yaml"], ExitCode.CODEBOOK, "bad.yaml:1: error", id="faulty"),
        pytest.param(
            ["book.yaml", "--to", "book.yaml", "--overwrite"],
            ExitCode.OUTPUT,
            "is the codebook itself",
            id="itself",
        ),
        pytest.param(
            ["book.yaml", "talks", "--to", "talks/P1.md"],
            ExitCode.OUTPUT,
            "is one of the files that were read",
            id="a-transcript",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(
    run: Run, study: Path, arguments: list[str], code: int, said: str
) -> None:
    Path("bad.yaml").write_text("themes: 1\n", encoding="utf-8")
    before = {file: file.read_bytes() for file in study.rglob("*.*") if file.is_file()}
    result = run("codebook", *arguments)
    assert result.code == code
    assert said in result.err
    assert {file: file.read_bytes() for file in study.rglob("*.*") if file.is_file()} == before


def test_a_notebook_prints_what_the_shell_prints(run: Run, study: Path) -> None:
    declared, transcripts = thematic.load_study(study)
    book = thematic.load_codebook("book.yaml")
    codings = thematic.code(transcripts, book, study=declared)
    assert thematic.print_codebook(book, "md", codings, declared) == (
        run("codebook", "book.yaml", ".").out
    )
    with pytest.raises(ValueError, match="xlsx is no form to print"):
        thematic.print_codebook(book, "xlsx")


def test_without_a_codebook_it_says_how(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("codebook")
    assert result.code == ExitCode.USAGE
    assert "thematic codebook BOOK.yaml" in result.err


def test_a_printed_codebook_is_no_transcript(run: Run, study: Path) -> None:
    before = run("freq", "-f", "csv").out
    for name in ("codebook.docx", "codebook.md", "codebook.xlsx", "appendix.html"):
        assert run("codebook", "book.yaml", "--to", f"talks/{name}").code == ExitCode.OK
    assert run("freq", "-f", "csv").out == before
