"""Word files with comments, made for tests: on any words, re-wrapped, saved by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def document_of(paragraphs: list[str]) -> Any:
    """A plain document of one's own, one run a paragraph."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def words_paragraphs(document: Any) -> list[Any]:
    """The paragraphs of a reading copy that hold words, not labels."""
    return [
        paragraph
        for paragraph in document.paragraphs
        if paragraph.runs and all(run.style.name != "thematic-label" for run in paragraph.runs)
    ]


def split_run(run: Any, at: int) -> tuple[Any, Any]:
    """One run as two, cut after so many characters."""
    twin = deepcopy(run._r)
    run._r.addnext(twin)
    other = type(run)(twin, run._parent)
    other.text, run.text = run.text[at:], run.text[:at]
    return run, other


def comment_on(document: Any, paragraph: Any, words: str, text: str, author: str = "AK") -> None:
    """A comment on the first of these words in a paragraph; they must lie in one run."""
    run = next(run for run in paragraph.runs if words in run.text)
    _, run = split_run(run, run.text.index(words))
    run, _ = split_run(run, len(words))
    document.add_comment(run, text, author=author, initials=author[:2])


def comment_over(document: Any, first: Any, last: Any, text: str, author: str = "AK") -> None:
    """A comment from the first run of a paragraph to the last run of another."""
    runs = [first.runs[0], last.runs[-1]]
    document.add_comment(runs, text, author=author, initials=author[:2])


def save(document: Any, path: Path) -> Path:
    document.save(str(path))
    return path


def bytes_of(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def saved_by_office(path: Path, folder: Path) -> Path:
    """The file as LibreOffice saves it again."""
    assert OFFICE is not None
    folder.mkdir(exist_ok=True)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [OFFICE, home, "--headless", "--convert-to", "docx", "--outdir", str(folder), path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / path.name


def rewrapped(document: Any) -> Any:
    """The same with paragraphs of words split in two, and others joined to the one before."""
    paragraphs = words_paragraphs(document)
    for number, paragraph in enumerate(paragraphs):
        if number % 3 == 0:
            _split(paragraph)
    for before, after in zip(paragraphs[1::3], paragraphs[2::3], strict=False):
        if before._p.getnext() is after._p:
            _join(before, after)
    return document


def _split(paragraph: Any) -> None:
    """Cut a paragraph at about its middle element; what follows goes into one of its own.

    A comment that begins there goes with its words, as in a program that is typed into.
    """
    children = [child for child in paragraph._p if not child.tag.endswith("}pPr")]
    if len(children) < 2:
        return
    cut = len(children) // 2
    while cut and children[cut - 1].tag.endswith("}commentRangeStart"):
        cut -= 1
    twin = deepcopy(paragraph._p)
    for child in list(twin):
        if not child.tag.endswith("}pPr"):
            twin.remove(child)
    for child in children[cut:]:
        twin.append(child)
    paragraph._p.addnext(twin)


def _join(before: Any, after: Any) -> None:
    before.add_run(" ")
    for child in list(after._p):
        if not child.tag.endswith("}pPr"):
            before._p.append(child)
    after._p.getparent().remove(after._p)
