"""The report as Word, Excel, LaTeX and PDF: the same numbers, and text stays text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from consent_study import CANARIES, make_consent_study
from docx import Document
from openpyxl import load_workbook

from thematic.commands.programs import BROWSER, Program
from thematic.report.latex import latex
from thematic.shipped import study_path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = ["report.html", "report.docx", "report.xlsx", "report.tex", "report.md", "report.json"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample study, with its transcripts."""
    from thematic.app import main

    out = tmp_path_factory.mktemp("report") / "out"
    study = study_path("jihad-networks")
    with pytest.raises(SystemExit) as stop:
        main(["report", str(study), "-q", "-o", str(out), "--with-transcripts"])
    assert not stop.value.code
    return out


@pytest.mark.parametrize("name", FORMS)
def test_the_ending_says_what_is_written(run: Run, study: Path, name: str) -> None:
    result = run("report", "-o", name)
    assert (result.code, result.err) == (0, f"written: {name}\n")
    run("report", "-q", "-o", "out")
    if name != "report.json":
        assert (study / name).read_bytes() == (study / "out" / name).read_bytes()
    else:
        assert set(json.loads((study / name).read_text())) == {"schema", "frequencies", "quotes"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x.csv"], "a report is no .csv file"),
        (["-o", "x.doc"], "a report is no .doc file"),
        (["-o", "x.xlsx", "--with-transcripts"], "holds no transcripts"),
        (["--with-transcripts"], "name a folder or file with -o"),
        (["-o", "x.html", "--pdf"], "--pdf adds a file to a folder"),
        (["-o", "x.docx", "--stamp"], "only a folder tells when it was made"),
    ],
)
def test_what_does_not_go_together(
    run: Run, study: Path, arguments: list[str], message: str
) -> None:
    result = run("report", *arguments)
    assert result.code == 2
    assert message in result.err
    assert not list(study.glob("x.*"))


def test_transcripts_do_not_become_the_report(run: Run, study: Path) -> None:
    (study / "talks" / "E3.html").write_text("<p>ANNA: They tax.</p>")
    result = run("report", "-o", "talks/E3.html")
    assert result.code == 6
    assert "one of the files that were read" in result.err


def test_a_workbook_has_a_sheet_for_each_table(sample: Path) -> None:
    book = load_workbook(sample / "report.xlsx")
    csvs = sorted(path.stem for path in sample.glob("*.csv"))
    assert book.sheetnames[0] == "notes"
    assert sorted(set(book.sheetnames) - {"notes", "method"}) == csvs
    for name in csvs:
        rows = json.loads((sample / f"{name}.json").read_text(encoding="utf-8"))["rows"]
        sheet = book[name]
        heads, *found = sheet.iter_rows(values_only=True)
        assert list(heads) == list(rows[0])
        assert len(found) == len(rows)
        for record, row in zip(rows, found, strict=True):
            for value, cell in zip(record.values(), row, strict=True):
                if isinstance(value, (int, float)):  # also truth
                    assert type(cell) in (type(value), int)
                    assert cell == pytest.approx(value, abs=1e-6)
                elif not value:
                    assert cell in (None, "")
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_shares_are_percentages(sample: Path) -> None:
    sheet = load_workbook(sample / "report.xlsx")["frequencies"]
    heads = [cell.value for cell in sheet[1]]
    cell = sheet.cell(row=2, column=heads.index("transcripts_share") + 1)
    assert (cell.value, cell.number_format) == (0.75, "0%")


FORMULAS = "=cmd|'/c calc'!A0 taxes us. +1 taxes. @SUM(tax) _x0041_ tax\x07"


def test_no_cell_is_a_formula(run: Run, tmp_path: Path) -> None:
    (tmp_path / "=1+1.txt").write_text(f"=EVE: {FORMULAS}\n\nB: =2 tax.\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text('"=tax": [tax, taxes]\n', encoding="utf-8")
    given = [tmp_path / "=1+1.txt", "-c", tmp_path / "book.yaml"]
    result = run("report", *given, "-q", "-o", tmp_path / "out")
    assert result.code == 0, result.err
    book = load_workbook(tmp_path / "out" / "report.xlsx")
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in texts if cell.data_type == "f"]
    formulas = [cell for cell in texts if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(formulas) > 10
    assert all(cell.quotePrefix for cell in formulas if cell.data_type == "s")
    assert any("_x0041_ tax␇" in str(cell.value) for cell in texts)


def test_comments_sit_on_the_coded_words(sample: Path) -> None:
    """Each comment covers exactly the words of its coding, as codings.csv has them."""
    found = commented(sample / "report.docx")
    rows = json.loads((sample / "codings.json").read_text(encoding="utf-8"))["rows"]
    wanted: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        if not row["text"].startswith("[words withheld"):
            wanted.setdefault((row["transcript"], row["unit_start"]), []).append(row["code"])
    texts = {(row["transcript"], row["unit_start"]): row["text"] for row in rows}
    expected = [(texts[place], codes) for place, codes in wanted.items()]
    plain = [(" ".join(words.split()), codes) for words, codes in found]
    assert [words for words, _ in plain] == [" ".join(words.split()) for words, _ in expected]
    for (_, said), (_, codes) in zip(plain, expected, strict=True):
        assert sorted(said) == sorted(f"{code} (suggested)" for code in codes)


def commented(path: Path) -> list[tuple[str, list[str]]]:
    """The words under each comment of a Word file, and the codes in it."""
    document = Document(str(path))
    said = {one.comment_id: one.text.split("; ") for one in document.comments}
    under: dict[int, str] = {}
    open_ones: set[int] = set()
    for element in document.element.body.iter():
        if element.tag == f"{W}commentRangeStart":
            open_ones.add(int(element.get(f"{W}id")))
        elif element.tag == f"{W}commentRangeEnd":
            open_ones.discard(int(element.get(f"{W}id")))
        text = element.text if element.tag == f"{W}t" else "\n" * (element.tag == f"{W}br")
        for one in open_ones:
            under[one] = under.get(one, "") + (text or "")
    return [(under[one], said[one]) for one in said]


def test_word_has_headings_tables_quotes_and_an_appendix(sample: Path) -> None:
    document = Document(str(sample / "report.docx"))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads[:3] == [
        "Summary",
        "Tables",
        "Table 1. Interviews and publications that speak of each theme",
    ]
    assert {"Quotes", "alliance", "Method note", "Transcripts", "E01"} <= set(heads)
    *_, last = document.tables
    appendix = [[cell.text for cell in row.cells] for row in last.rows]
    assert appendix[0][:3] == ["Theme", "Code", "Definition"]
    haven = next(row for row in appendix if row[1] == "safe-haven")
    assert haven[0] == "alliance"
    assert haven[3] == "7/19"
    assert re.search(r"^“.+” \([EP]\d\d, ", haven[-1])
    assert len([p for p in document.paragraphs if p.style.name == "Quote"]) > 10
    assert document.tables[0].rows[0]._tr.trPr.find(f"{W}tblHeader") is not None


def test_columns_of_word_tables_hold_the_words_of_their_heads(sample: Path) -> None:
    """By a letter of 1.6 mm, which is wide for 7 points; the page is 16 cm between its margins."""
    table = Document(str(sample / "report.docx")).tables[0]
    widths = [column.width.cm for column in table.columns]
    assert sum(widths) == pytest.approx(16, abs=0.1)
    for width, cell in zip(widths, table.rows[0].cells, strict=True):
        assert width > 0.16 * max(map(len, cell.text.split()))


def test_transcripts_stand_in_word_only_where_asked(run: Run, study: Path) -> None:
    run("report", "-q", "-o", "few.docx")
    run("report", "-q", "-o", "whole.docx", "--with-transcripts")
    texts = {
        name: "\n".join(p.text for p in Document(str(study / name)).paragraphs)
        for name in ("few.docx", "whole.docx")
    }
    assert "I saw it." not in texts["few.docx"]
    assert "WHOLE TRANSCRIPTS" in texts["whole.docx"]
    assert "I saw it." in texts["whole.docx"]


def test_word_honours_consent(run: Run, tmp_path: Path) -> None:
    folder = make_consent_study(tmp_path / "study")
    run("report", folder, "-q", "-o", tmp_path / "r.docx", "--with-transcripts")
    with zipfile.ZipFile(tmp_path / "r.docx") as parts:
        text = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert not [word for word in CANARIES if word.casefold() in text.casefold()]
    assert "withdrawn by the person quoted" in text
    assert "Withheld: consent is no quotation." in text


@pytest.mark.parametrize("name", ["report.docx", "report.xlsx"])
def test_office_files_are_whole_xml(run: Run, tmp_path: Path, name: str) -> None:
    """Whatever stands in transcripts, labels, codes and file names."""
    hostile = "</w:t><x/> & ]]> tax \x07\x1b[31m \ufffe\u202e {{7*7}} tax."
    (tmp_path / "a&<b>.txt").write_text(f"<E>&: {hostile}\n\nB: Yes.\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text("'<tax>&amp;': [tax]\n", encoding="utf-8")
    whole = ["--with-transcripts"] if name.endswith("docx") else []
    result = run("report", tmp_path / "a&<b>.txt", "-c", tmp_path / "book.yaml", "-q",
                 "-o", tmp_path / name, *whole)  # fmt: skip
    assert result.code == 0, result.err
    from lxml import etree

    with zipfile.ZipFile(tmp_path / name) as parts:
        for part in parts.namelist():
            if part.endswith((".xml", ".rels")):
                etree.parse(io.BytesIO(parts.read(part)))
    if name.endswith("docx"):
        text = "\n".join(p.text for p in Document(str(tmp_path / name)).paragraphs)
        assert "</w:t><x/> & ]]> tax" in text
        assert "␛[31m" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"50% of $x_1 & #2 {y}", r"50\% of \$x\_1 \& \#2 \{y\}"),
        (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}"),
        ("a -- b --- c '' d", "a -{}- b -{}-{}- c '{}' d"),
        ("[x] *y* ~ ^ < > | \"`", r"{[}x{]} {*}y{*} \textasciitilde{} \textasciicircum{} "
         r"\textless{} \textgreater{} \textbar{} \textquotedbl{}\textasciigrave{}"),
        ("two\n\nlines % not a comment", r"two lines \% not a comment"),
    ],
)  # fmt: skip
def test_latex_sets_the_very_characters(text: str, written: str) -> None:
    assert latex(text) == written


def test_latex_tables(run: Run, study: Path, golden: Callable[[str, str], None]) -> None:
    run("report", "-q", "-o", "report.tex")
    golden((study / "report.tex").read_text(encoding="utf-8"), "report.tex")


def test_latex_balances(sample: Path) -> None:
    text = (sample / "report.tex").read_text(encoding="utf-8")
    assert text.count(r"\begin{") == text.count(r"\end{")
    bare = re.sub(r"\\[{}%]", "", text)
    assert bare.count("{") == bare.count("}")
    for table in re.findall(r"\\begin\{tabular\}\{([lr]*)\}(.*?)\\end\{tabular\}", text, re.DOTALL):
        columns, body = table
        rows = [line for line in body.splitlines() if line.endswith(r"\\")]
        assert rows
        assert all(len(re.findall(r"(?<!\\)&", row)) == len(columns) - 1 for row in rows)


def test_without_a_browser_no_pdf(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Program, "find", lambda _: None)
    for arguments in (["-o", "report.pdf"], ["-o", "out", "--pdf"]):
        result = run("report", *arguments)
        assert result.code == 2
        assert "no browser is installed that prints PDF" in result.err
        assert "Chromium, Chrome or Edge" in result.err
        assert not (study / arguments[1]).exists()


def test_a_browser_that_prints_nothing(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = study / "browser"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(Program, "find", lambda _: broken)
    result = run("report", "-o", "report.pdf")
    assert result.code == 6
    assert "browser printed no PDF" in result.err
    assert not (study / "report.pdf").exists()


@pytest.mark.skipif(BROWSER.find() is None, reason="no browser is installed")
def test_pdf_through_a_browser(run: Run, study: Path) -> None:
    from pypdfium2 import PdfDocument

    assert run("report", "-q", "-o", "out", "--pdf").code == 0
    data = (study / "out" / "report.pdf").read_bytes()
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(data))
    flat = " ".join(text.split())
    assert "Report: study small" in flat
    assert "They gave al- Qaeda a safe haven." in flat
    assert "Words as transcribed." in flat
    assert "Show all" not in flat
    assert b"D:20000101000000" in data
    manifest = json.loads((study / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert "report.pdf" not in manifest["files"]  # whose bytes are equal on every computer
    assert list(manifest["printed"]) == ["report.pdf"]
    fresh = run("verify", "out")
    assert (fresh.code, "browser printed" in " ".join(fresh.out.split())) == (0, True)
    (study / "out" / "report.pdf").write_bytes(data.replace(b"%PDF-1", b"%PDF-2"))
    assert run("verify", "out").code == 8
    assert run("report", "-q", "-o", "out").code == 0
    assert not (study / "out" / "report.pdf").exists()  # the folder is replaced as a whole
    assert "report.docx" in manifest["files"]


@pytest.mark.skipif(BROWSER.find() is None, reason="no browser is installed")
def test_transcripts_are_printed_where_asked(run: Run, study: Path) -> None:
    from pypdfium2 import PdfDocument

    for more, printed in (([], False), (["--with-transcripts"], True)):
        assert run("report", "-q", "-o", "report.pdf", *more).code == 0
        pages = PdfDocument((study / "report.pdf").read_bytes())
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
        assert ("I saw it." in text) is printed
        assert ("WHOLE TRANSCRIPTS" in text) is printed
