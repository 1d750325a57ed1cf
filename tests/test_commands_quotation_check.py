"""`thematic quotes --check`: a manuscript's quotations against the transcripts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from docx import Document

E01 = """\
INTERVIEWER: What did you see in the valley that winter?

ANNA: They were given houses in Kunar, on the condition
that they stayed quiet. [laughs] The al-Qaeda people paid no rent, as far as I know.

INTERVIEWER: Who told you that?

ANNA: My cousin told me. He drove the trucks up the valley road every week.
"""
E02 = "BEN: There is no safe haven any more, that is what they tell every visitor.\n"
E03 = "CLARA: I would rather that nobody prints what I say about the mines.\n"
HEAD = "place,quotation"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three interviews, one of them with somebody who may not be quoted."""
    folder = tmp_path / "talks"
    folder.mkdir()
    for name, text in (("E01", E01), ("E02", E02), ("E03", E03)):
        (folder / f"{name}.txt").write_text(text)
    (tmp_path / "study.yaml").write_text("study: s\ntranscripts: talks\n")
    (tmp_path / "attributes.csv").write_text("transcript,consent\nE03,no quotation\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(run: Run, file: str, text: str, *more: str, code: int = 0) -> list[dict[str, str]]:
    Path(file).write_text(text)
    result = run("quotes", "--check", file, "-f", "csv", "-q", *more)
    assert result.code == code, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


@pytest.mark.parametrize(
    ("quotation", "status", "transcript"),
    [
        ("“They were given houses in Kunar, on the condition”", "exact", "E01"),
        (
            "“they were given houses in Kunar, on the condition that they stayed quiet”",
            "exact",
            "E01",
        ),
        ('"They were given houses in Kunar."', "exact", "E01"),
        ("‘My cousin told me. He drove the trucks’", "exact", "E01"),
        ("„There is no safe haven any more“", "exact", "E02"),
        ("« There is no safe haven any more »", "exact", "E02"),
        ("“The al‑Qaeda people paid no rent”", "exact", "E01"),
        ("“They were given houses … that they stayed quiet”", "elided", "E01"),
        ("“They were given houses [...] they stayed quiet”", "elided", "E01"),
        ("“They were given houses. . . that they stayed quiet”", "elided", "E01"),
        ("“My cousin told me … every week”", "elided", "E01"),
        ("“They [the guests] were given houses in Kunar”", "bracketed", "E01"),
        ("“[The guests] were given houses in Kunar”", "bracketed", "E01"),
        ("“They were given houses in Kunar [in the valley]”", "bracketed", "E01"),
        ("“[…] were given houses in Kunar […]”", "exact", "E01"),
        ("“[t]hey were given houses in Kunar”", "exact", "E01"),
        ("“My cousin told me. [The driver] drove the trucks”", "bracketed", "E01"),
        ("“My cousin t[ells] me. He drove”", "bracketed", "E01"),
        ("“They [the guests] were given houses … stayed quiet”", "elided and bracketed", "E01"),
        ("“They were given a house in Kunar, on the condition”", "altered", "E01"),
        ("“They were given houses, in Kunar on the condition”", "altered", "E01"),
        ("“There is a safe haven any more, that is what they tell”", "altered", "E02"),
        ("“The mountains were full of snow and silver”", "not found", ""),
        ("“stayed quiet. The al-Qaeda people paid no rent”", "exact", "E01"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_status(run: Run, study: Path, quotation: str, status: str, transcript: str) -> None:
    fine = status not in ("altered", "not found")
    found = rows(run, "m.md", f"As she said, {quotation}, and so on.", code=0 if fine else 1)
    assert [(one["status"], one["transcript"]) for one in found] == [(status, transcript)]


def test_the_difference_is_named(run: Run, study: Path) -> None:
    text = "“They were given a house in Kunar, on the condition that they stayed calm”"
    (row,) = rows(run, "m.txt", text, code=1)
    assert row["difference"] == "said “houses”, quoted “a house”; said “quiet”, quoted “calm”"
    assert "turn 2" in row["citation"]


def test_words_left_out_over_the_border_of_a_turn(run: Run, study: Path) -> None:
    (row,) = rows(run, "m.txt", "“They were given houses … My cousin told me”", code=1)
    assert (row["status"], row["remark"]) == ("elided", "joins words of several turns")


def test_a_wrong_source_is_named(run: Run, study: Path) -> None:
    text = "“There is no safe haven any more” (E01). “They were given houses in Kunar” (E01)."
    wrong, right = rows(run, "m.txt", text, code=1)
    assert wrong["transcript"] == "E02"
    assert wrong["remark"] == "named beside it: E01"
    assert right["remark"] == ""


def test_consent_is_looked_at_and_no_word_is_shown(run: Run, study: Path) -> None:
    text = "“nobody prints what I say about the mines” and “nobody printed what I say of the mines”"
    exact, altered = rows(run, "m.txt", text, code=1)
    assert exact["remark"] == altered["remark"] == "may not be quoted: no consent to quotation"
    assert "prints" not in altered["difference"]
    assert "[words withheld]" in altered["difference"]


def test_words_of_an_interviewer(run: Run, study: Path) -> None:
    (row,) = rows(run, "m.txt", "“What did you see in the valley”")
    assert row["remark"] == "words of an interviewer"


def test_short_terms_are_no_quotations(run: Run, study: Path) -> None:
    assert rows(run, "m.txt", "The “safe haven” was “a condition of peace”.") == []
    assert len(rows(run, "m.txt", "The “safe haven”.", "--longer-than", "1", code=0)) == 1


def test_lines_are_counted(run: Run, study: Path) -> None:
    text = "One.\n\nTwo,\nthree: “My cousin told me. He drove the trucks”.\n"
    (row,) = rows(run, "m.txt", text)
    assert row["place"] == "4"


def test_markdown_block_quotation(run: Run, study: Path) -> None:
    text = "She said:\n\n> They were *given houses* in Kunar, on the\n> condition (E01, turn 2)\n"
    (row,) = rows(run, "m.md", text)
    assert (row["status"], row["cited"], row["place"]) == ("exact", "E01", "3")


def test_block_with_marks_of_its_own(run: Run, study: Path) -> None:
    text = "> Denied: “There is no safe haven any more, that is what they tell” (E02, turn 1)\n"
    (row,) = rows(run, "m.md", text)
    assert (row["status"], row["cited"]) == ("exact", "E02")


def test_latex(run: Run, study: Path) -> None:
    text = (
        "\\documentclass{article}\n\\begin{document}\n"
        "% ``a comment that quotes nothing at all''\n"
        "``They were given \\emph{houses} \\ldots{} that they stayed quiet'' \\cite{x}\n\n"
        "\\enquote{My cousin told me. He drove the trucks}\n"
        "\\begin{quote}\nThere is no safe haven any more. (E02)\n\\end{quote}\n"
        "\\end{document}\n“after the end nothing is printed”\n"
    )
    found = rows(run, "m.tex", text)
    assert [(one["status"], one["place"]) for one in found] == [
        ("elided", "3"),
        ("exact", "6"),
        ("exact", "8"),
    ]


@pytest.mark.parametrize(
    "style", ["Quote", "Intense Quote", ""], ids=["Quote", "intense", "set in"]
)
def test_word_block_quotation(run: Run, study: Path, style: str) -> None:
    document = Document()
    document.add_paragraph("They were given houses in Kunar, she said, and “My cousin told me. He”")
    block = document.add_paragraph("There is no safe haven any more. (E02)", style=style or None)
    if not style:
        block.paragraph_format.left_indent = 457200
    document.save("m.docx")
    result = run("quotes", "--check", "m.docx", "-f", "csv", "-q")
    found = list(csv.DictReader(io.StringIO(result.out)))
    assert [(one["place"], one["status"]) for one in found] == [("1", "exact"), ("2", "exact")]
    assert result.code == 0


def test_the_table_for_people(run: Run, study: Path) -> None:
    Path("m.txt").write_text(
        "“[red]They were given houses[/red] in Kunar” \x1b[31m“My cousin told us. He”"
    )
    result = run("quotes", "--check", "m.txt")
    assert result.code == 1
    assert "* altered" in result.out
    assert "\x1b" not in result.out
    assert "2 quotations of more than 4 words" in " ".join(result.out.split())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("m.pages", b"x", "is of a kind that is not read"),
        ("gone.md", None, "cannot be read"),
        ("m.docx", b"no zip", "m.docx"),
        ("empty.md", b"", "the file is empty"),
    ],
    ids=["kind", "gone", "damaged", "empty"],
)
def test_faults(run: Run, study: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    result = run("quotes", "--check", name)
    assert result.code == 2
    assert told in result.err
    assert result.out == ""


def test_marks_within_change_their_kind(run: Run, study: Path) -> None:
    Path("talks/E02.txt").write_text("BEN: They said 'it is the people's road' and left us.\n")
    text = (
        "‘They said “it is the people’s road” and left’; “They said ‘it is the people’s road’ and”"
    )
    assert [one["status"] for one in rows(run, "m.txt", text)] == ["exact", "exact"]
    (row,) = rows(run, "m.txt", "“They said it, is the people's road and left”", code=1)
    assert row["status"] == "altered"


def test_marks_within_in_latex(run: Run, study: Path) -> None:
    Path("talks/E02.txt").write_text("BEN: They said 'it is our road' and left us.\n")
    (row,) = rows(run, "m.tex", "``They said `it is our road' and left''")
    assert row["status"] == "exact"


WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
IN_NOTES = "As one said, “they were given houses in Kunar, on the condition”."


def with_word_notes(path: Path) -> None:
    """A Word file with a footnote and an endnote, as Word writes them."""
    document = Document()
    document.add_paragraph("“There is no safe haven any more, that is what they tell” us.")
    document.save(path)
    parts = {}
    with zipfile.ZipFile(path) as old:
        for name in old.namelist():
            parts[name] = old.read(name)
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATION}/{kind}s" Target="{kind}s.xml"/>'
        for kind in ("footnote", "endnote")
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    for kind in ("footnote", "endnote"):
        parts[f"word/{kind}s.xml"] = (
            f'<w:{kind}s xmlns:w="{WORDS}"><w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
            f'<w:{kind} w:id="1"><w:p><w:r><w:t>{IN_NOTES}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
        ).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


ODT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:p>“There is no safe haven any more, that is what they tell” us.{}</text:p>
</office:text></office:body></office:document-content>"""
NOTE = """<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>{}</text:p></text:note-body></text:note>"""


def with_odt_notes(path: Path) -> None:
    notes = "".join(NOTE.format(kind, IN_NOTES) for kind in ("footnote", "endnote"))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", ODT.format(notes))


@pytest.mark.parametrize("write", [with_word_notes, with_odt_notes], ids=["docx", "odt"])
def test_footnotes_and_endnotes(
    run: Run, study: Path, write: Callable[[Path], None], request: pytest.FixtureRequest
) -> None:
    file = f"paper.{request.node.callspec.id}"
    write(study / file)
    result = run("quotes", "--check", file, "-f", "csv")
    assert result.code == 0, result.err
    assert "left out" not in result.err
    found = list(csv.DictReader(io.StringIO(result.out)))
    assert [(one["note"], one["place"], one["status"]) for one in found] == [
        ("", "1", "exact"),
        ("footnote", "1", "exact"),
        ("endnote", "1", "exact"),
    ]
    assert "footnote 1" in run("quotes", "--check", file).out


@pytest.mark.parametrize("anew", ["“", ""], ids=["set anew", "not set anew"])
def test_over_two_paragraphs(run: Run, study: Path, anew: str) -> None:
    text = (
        f"“My cousin told me. He drove the trucks.\n\n{anew}There is no safe haven any more.” So."
    )
    found = rows(run, "paper.md", text)
    assert [(one["place"], one["status"]) for one in found] == [("1", "exact"), ("3", "exact")]


def test_a_mark_that_is_never_closed(run: Run, study: Path) -> None:
    text = "“My cousin told me. He drove the trucks.\n\nThey say “There is no safe haven any more”."
    found = rows(run, "paper.md", text)
    assert [one["quotation"] for one in found] == [
        "My cousin told me. He drove the trucks.",
        "There is no safe haven any more",
    ]


def test_the_time_stands_in_its_column(run: Run, study: Path) -> None:
    (study / "talks" / "E04.txt").write_text(
        "[00:01:05] DORA: We left in the spring of that year.\n"
    )
    (found,) = rows(run, "paper.md", "“We left in the spring of that year.”")
    assert (found["transcript"], found["turn"], found["time"]) == ("E04", "1", "65")


def test_marks_of_babel(run: Run, study: Path) -> None:
    (found,) = rows(run, "paper.tex", 'Er sagt: "`My cousin told me. He drove the trucks"\'.')
    assert (found["quotation"], found["status"]) == (
        "My cousin told me. He drove the trucks", "exact",
    )  # fmt: skip
