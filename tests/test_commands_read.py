"""`thematic read`: reading copies in Word and HTML."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx import Document

from thematic.errors import ExitCode


def copy(path: str) -> Any:
    return Document(path)


def words(document: Any) -> list[str]:
    return [
        "".join(run.text for run in one.runs if run.style.name != "thematic-label")
        for one in document.paragraphs
        if one.runs and one.runs[0].style.name != "thematic-label"
    ]


def labels(document: Any) -> list[str]:
    return [
        one.text
        for one in document.paragraphs
        if one.runs and one.runs[0].style.name == "thematic-label"
    ]


def test_a_word_copy_has_all_words_and_labels_apart(run: Run, study: Path) -> None:
    result = run("read", "talks/E1.txt", "-o", "E1.docx")
    assert (result.code, result.out) == (ExitCode.OK, "")
    document = copy("E1.docx")
    assert words(document) == [
        "Did the Taliban offer a safe haven?",
        "They gave al-",
        "Qaeda a safe haven. There is no safe haven now, they say.",
        "And money?",
        "They taxed the road. A tax haven it was not.",
    ]
    assert labels(document)[0] == "E1"
    assert labels(document)[1].startswith("INVENTED TRANSCRIPTS")
    assert labels(document)[2:4] == ["1 · INTERVIEWER (interviewer)", "2 · ANNA (respondent)"]
    assert document.core_properties.identifier.startswith("thematic ")
    assert document.core_properties.identifier.endswith(" E1")
    section = document.sections[0]
    assert section.right_margin.cm > 6
    assert b'w:lnNumType w:countBy="1" w:restart="continuous"' in zipfile.ZipFile("E1.docx").read(
        "word/document.xml"
    )
    assert not list(document.comments)


def test_a_copy_is_the_same_each_time(run: Run, study: Path) -> None:
    for name in ("one.docx", "two.docx"):
        assert run("read", "talks/E1.txt", "--coded", "-o", name).code == ExitCode.OK
    assert Path("one.docx").read_bytes() == Path("two.docx").read_bytes()


def test_suggested_codes_are_called_so(run: Run, study: Path) -> None:
    run("read", "talks/E1.txt", "--coded", "-o", "E1.docx")
    document = copy("E1.docx")
    said = [comment.text for comment in document.comments]
    assert set(said) == {"suggested: alliance/safe-haven", "suggested: finance"}
    body = zipfile.ZipFile("E1.docx").read("word/document.xml").decode()
    first = re.search(r'commentRangeStart w:id="0"/>(.*?)<w:commentRangeEnd w:id="0"', body)
    assert first is not None
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)", first[1])) == "safe haven"
    assert {one.author for one in document.comments} == {"thematic (suggested by rules)"}
    run("read", "talks/E1.txt", "--coded", "-o", "E1.html")
    page = Path("E1.html").read_text(encoding="utf-8")
    assert 'title="suggested: finance">taxed</mark>' in page
    assert "nobody has decided" in page


def test_a_folder_of_copies(run: Run, study: Path) -> None:
    assert run("read", "-o", "copies").code == ExitCode.OK
    assert sorted(one.name for one in Path("copies").iterdir()) == ["E1.docx", "E2.docx", "P1.docx"]
    assert run("read", "-o", "pages", "--to", "html").code == ExitCode.OK
    assert (Path("pages") / "P1.html").is_file()


def test_html_shows_lines_as_quotes_cite_them(run: Run, study: Path) -> None:
    run("read", "talks/E1.txt", "-o", "E1.html")
    page = Path("E1.html").read_text(encoding="utf-8")
    lines = re.findall(r'<span class="line">(\d+)</span>\n<p>([^<]*)</p>', page)
    assert lines[2] == ("4", "Qaeda a safe haven. There is no safe haven now, they say.")
    assert "INVENTED TRANSCRIPTS" in page
    assert "suggested" not in page


HOSTILE = (
    "ANNA: <script>alert(1)</script> & \x1b[31m \x07 \u202e \ufffe {{ 7*7 }} =cmd()\n\nQ: So?\n"
)


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_hostile_words_are_shown_and_do_nothing(run: Run, study: Path, suffix: str) -> None:
    Path("talks/X.txt").write_text(HOSTILE, encoding="utf-8")
    assert run("read", "talks/X.txt", "-o", f"X.{suffix}").code == ExitCode.OK
    if suffix == "html":
        page = Path("X.html").read_text(encoding="utf-8")
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert "{{ 7*7 }}" in page
        assert "\x1b" not in page
    else:
        (shown, _) = words(copy("X.docx"))
        assert "<script>alert(1)</script>" in shown
        assert "\u241b[31m" in shown


def test_stamps_inside_a_turn_are_left_out(run: Run, study: Path) -> None:
    Path("talks/S.txt").write_text(
        "[00:00:01] Q: So?\n\n[00:00:09] ANNA: I saw [00:00:12] it all.\n\nQ: And?\n",
        encoding="utf-8",
    )
    run("read", "talks/S.txt", "-o", "S.docx")
    assert "2 · ANNA (respondent) · 00:00:09" in labels(copy("S.docx"))
    assert [" ".join(line.split()) for line in words(copy("S.docx"))][1] == "I saw it all."


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["-o", "all.docx"], ExitCode.USAGE, "name a folder", id="one-file-for-many"),
        pytest.param(["talks/E1.txt", "-o", "x.odt"], ExitCode.USAGE, "--to", id="other-format"),
        pytest.param(
            ["talks/E1.txt", "-o", "talks/E1.txt", "--to", "docx", "--overwrite"],
            ExitCode.OUTPUT,
            "one of the files that were read",
            id="over-the-transcript",
        ),
        pytest.param(["talks/E1.txt", "-o", "old.docx"], ExitCode.OUTPUT, "comments", id="there"),
        pytest.param(["talks/E1.txt"], ExitCode.USAGE, "--output", id="no-output"),
    ],
)
def test_what_is_refused(run: Run, study: Path, arguments: list[str], code: int, told: str) -> None:
    Path("old.docx").write_bytes(b"mine")
    before = Path("talks/E1.txt").read_bytes()
    result = run("read", *arguments)
    assert result.code == code
    assert told in result.err
    assert Path("old.docx").read_bytes() == b"mine"
    assert Path("talks/E1.txt").read_bytes() == before
