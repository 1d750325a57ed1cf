"""Files made to do harm: each ends in a clear message, in bounded time and memory."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

import pytest
from samples import SAMPLES
from test_readers_formats import check, no_longer_than

from thematic.errors import Severity
from thematic.readers import READERS, read_bytes

_LAUGHS = "".join(
    f'<!ENTITY l{n} "{"".join(f"&l{n - 1};" * 10)}">' if n else '<!ENTITY l0 "lol">'
    for n in range(10)
)
_SECRET = '<!ENTITY l9 SYSTEM "file:///etc/passwd">'
_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/worksheets/sheet1.xml", ".odt": "content.xml"}
DEEP = 10_000


def with_part(suffix: str, change: Callable[[str], str]) -> bytes:
    """The sample with the part that holds its words changed."""
    data = SAMPLES[suffix]()
    if suffix not in _PARTS:
        return change(data.decode()).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as archive:
        for name in whole.namelist():
            part = whole.read(name)
            if name == _PARTS[suffix]:
                part = change(part.decode()).encode()
            archive.writestr(name, part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def entity(declared: str) -> Callable[[str], str]:
    """Declares entities above the root, and uses the last in the words."""

    def change(xml: str) -> str:
        head, sign, body = xml.partition("?>")
        if not sign:
            head, sign, body = '<?xml version="1.0"', "?>", xml
        body = body.replace("<!DOCTYPE html>", "")
        return f"{head}?><!DOCTYPE x [{declared}]>{body.replace('Mostly', '&l9;', 1)}"

    return change


XML = [suffix for suffix in (".docx", ".odt", ".xlsx", ".eaf", ".html") if suffix in READERS]


@pytest.mark.parametrize("suffix", XML)
@pytest.mark.parametrize("declared", [_LAUGHS, _SECRET], ids=["billion laughs", "a file's words"])
def test_entities_are_not_followed(suffix: str, declared: str) -> None:
    with no_longer_than(20):
        transcript, problems = read_bytes(
            with_part(suffix, entity(declared)), id="x", suffix=suffix
        )
    if transcript is None:
        assert problems
        assert problems[0].hint
    else:
        assert len(transcript.text) < 10_000
        assert "root:" not in transcript.text
        assert "lollol" not in transcript.text


_NESTED: Mapping[str, Callable[[str], str]] = {
    ".docx": lambda xml: xml.replace(
        "<w:body>",
        "<w:body>" + "<w:tbl><w:tr><w:tc>" * DEEP + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * DEEP,
    ),
    ".odt": lambda xml: xml.replace(
        "<office:text>",
        "<office:text>"
        + "<table:table><table:table-row><table:table-cell>" * DEEP
        + "</table:table-cell></table:table-row></table:table>" * DEEP,
    ),
    ".html": lambda page: page.replace(
        "<body>", "<body>" + "<table><tr><td>" * DEEP + "x" + "</td></tr></table>" * DEEP
    ),
    ".rtf": lambda rtf: rtf.replace("\\pard", "{" * DEEP + "}" * DEEP + "\\pard", 1),
    ".json": lambda _: "[" * DEEP * 10 + "]" * DEEP * 10,
    ".otr": lambda _: json.dumps({"text": "<div>" * DEEP + "a" + "</div>" * DEEP}),
    ".eaf": lambda xml: xml.replace("<TIER ", "<X>" * DEEP + "</X>" * DEEP + "<TIER ", 1),
}


@pytest.mark.parametrize("suffix", [one for one in _NESTED if one in READERS])
def test_ten_thousand_nested_parts(suffix: str) -> None:
    data = with_part(suffix, _NESTED[suffix])
    with no_longer_than(20):
        transcript, problems = read_bytes(data, id="x", suffix=suffix)
    if transcript is None:
        assert [p.severity for p in problems] == [Severity.ERROR]
        assert problems[0].hint
    else:  # where the program behind it copes, the words must all be there
        check(transcript)
        assert suffix == ".otr" or "Mostly" in transcript.text


@pytest.mark.parametrize("suffix", [one for one in _PARTS if one in READERS])
def test_a_bomb_in_a_container(suffix: str) -> None:
    bomb = with_part(suffix, lambda xml: xml.replace("Mostly", "0" * 30_000_000))
    if suffix == ".xlsx":
        bomb = with_part(suffix, lambda xml: xml + " " * 30_000_000)
    assert len(bomb) < 200_000
    with no_longer_than(20):
        transcript, problems = read_bytes(bomb, id="x", suffix=suffix)
    assert transcript is None
    assert "--limit ratio=" in problems[0].hint


@pytest.mark.parametrize("suffix", [one for one in _PARTS if one in READERS])
def test_a_part_whose_name_leads_out(suffix: str) -> None:
    data = io.BytesIO(SAMPLES[suffix]())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    transcript, problems = read_bytes(data.getvalue(), id="x", suffix=suffix)
    assert transcript is not None or problems[0].hint


LONG = "word " * 2_400_000  # one line of 12 million characters


@pytest.mark.parametrize(
    "suffix", [".txt", ".md", ".vtt", ".srt", ".csv", ".tsv", ".json", ".rtf", ".html", ".eaf"]
)
def test_a_line_without_end(suffix: str) -> None:
    data = with_part(suffix, lambda text: text.replace("Mostly", LONG))
    with no_longer_than(60):
        transcript, problems = read_bytes(data, id="x", suffix=suffix)
    assert transcript is None
    assert problems[0].hint
    assert any("--limit" in problem.hint for problem in problems)


MANY = 60_000
_MANY: Mapping[str, Callable[[], str]] = {
    "colons": lambda: "a: b: c: " * MANY,
    "labels": lambda: "".join(f"Name{n}: word\n" for n in range(MANY)),
    "brackets": lambda: "[" * MANY + "]" * MANY,
    "open brackets": lambda: "(a: " * MANY,
    "stamps": lambda: "[00:00:01] " * MANY,
    "blank lines": lambda: "a\n" + "\n" * MANY * 4 + "b",
    "blanks": lambda: "a" + " " * MANY * 4 + "b:",
    "stars": lambda: "**" * MANY + "a" + "**" * MANY,
    "lone names": lambda: "Anna\n" * MANY,
    "numbers": lambda: "".join(f"{n} word\n" for n in range(MANY)),
}


@pytest.mark.parametrize("make", _MANY.values(), ids=_MANY)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".vtt", ".html"])
def test_no_text_takes_for_ever(suffix: str, make: Callable[[], str]) -> None:
    head = {".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n"}.get(suffix, "")
    with no_longer_than(40):
        transcript, problems = read_bytes((head + make()).encode(), id="x", suffix=suffix)
    assert transcript is not None or problems
