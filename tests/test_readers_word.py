"""DOCX: what is text, what is a label, what is refused."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from thematic.model.transcript import Transcript
from thematic.readers import read_bytes


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Any) -> Transcript:
    transcript, problems = read_bytes(saved(document), id="x", suffix=".docx")
    assert transcript is not None, problems
    assert problems == []
    return transcript


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


def add_xml(document: Any, inner: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


PARAGRAPHS = {
    "hyperlink": (f"{run('see ')}<w:hyperlink>{run('there')}</w:hyperlink>", "see there"),
    "inserted": (f"{run('a ')}<w:ins w:id='1' w:author='x'>{run('b')}</w:ins>", "a b"),
    "deleted": (f"{run('a')}<w:del w:id='1'><w:r><w:delText> b</w:delText></w:r></w:del>", "a"),
    "content-control": (f"<w:sdt><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>", "a"),
    "soft-break": ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a\nb\tc"),
    "field": (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('7')}", "7"),
}


@pytest.mark.parametrize(("xml", "text"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_paragraphs(xml: str, text: str) -> None:
    document = docx.Document()
    add_xml(document, xml)
    assert read(document).text == text


def test_bold_labels_titles_and_paragraphs() -> None:
    document = docx.Document()
    document.add_heading("An interview about many things.", 0)
    document.add_paragraph("It was a long day for everybody.", style="Subtitle")
    for label, words in (("Moderator:", " Hello."), ("Zed:", " Hi.\nYou.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(words)
    document.add_paragraph("More.")
    transcript = read(document)
    assert said(transcript) == [("Moderator", "Hello."), ("Zed", "Hi.\nYou.\n\nMore.")]
    assert transcript.text.startswith("An interview about many things.\n\nIt was")


def test_teams_style() -> None:
    document = docx.Document()
    for text in ("Anna Lee   0:14", "Hello.", "Ben   0:20", "Hi."):
        document.add_paragraph(text)
    transcript = read(document)
    assert said(transcript) == [("Anna Lee", "Hello."), ("Ben", "Hi.")]
    assert [turn.time for turn in transcript.turns] == [14.0, 20.0]


def table(document: Any, rows: list[list[str]]) -> None:
    made = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


TABLES: dict[str, tuple[list[list[str]], list[tuple[str, str]]]] = {
    "two-columns": (
        [["Anna", "One."], ["Ben:", "Two."], ["Anna", "Three."]],
        [("Anna", "One."), ("Ben", "Two."), ("Anna", "Three.")],
    ),
    "three-columns": (
        [["Time", "Speaker", "Text"], ["0:05", "Anna", "One."], ["0:09", "Ben", "Two."]],
        [("Anna", "One."), ("Ben", "Two.")],
    ),
    "no-speakers": (
        [["Many things were said.", "And many not."], ["So it was.", "It was so."]],
        [("", "Many things were said.\tAnd many not."), ("", "So it was.\tIt was so.")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES.keys())
def test_tables(rows: list[list[str]], expected: list[tuple[str, str]]) -> None:
    document = docx.Document()
    table(document, rows)
    assert said(read(document)) == expected


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 40_000_000)
    return buffer.getvalue()


def many_members() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    return buffer.getvalue()


def other_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "hello")
    return buffer.getvalue()


def with_doctype(part: str) -> bytes:
    document = docx.Document()
    document.add_paragraph("Donors paid.")
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(document))) as source,
        zipfile.ZipFile(buffer, "w") as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                first, _, rest = content.partition(b"?>")
                content = first + b'?><!DOCTYPE w [<!ENTITY e "entity">]>' + rest
                content = content.replace(b"Donors paid.", b"Donors &e; paid.")
            archive.writestr(name, content)
    return buffer.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, "times its size, at most 250"),
    "members": (many_members, "10,001 parts, at most 10,000"),
    "no-zip": (lambda: b"hello", "damaged"),
    "cut-off": (lambda: saved(docx.Document())[:2000], "damaged"),
    "other-zip": (other_zip, "no Word file"),
    "doctype": (lambda: with_doctype("word/document.xml"), "DOCTYPE"),
    "doctype-of-the-styles": (lambda: with_doctype("word/styles.xml"), "DOCTYPE"),
    "old-word": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600, "password"),
    "no-text": (lambda: saved(docx.Document()), "no text"),
    "empty": (lambda: b"", "empty"),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(make: Callable[[], bytes], message: str) -> None:
    transcript, problems = read_bytes(make(), id="x", suffix=".docx")
    assert transcript is None
    assert len(problems) == 1
    assert message in problems[0].message
    assert problems[0].hint
