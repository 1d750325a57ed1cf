"""DOCX: what is text, what is a label, what is refused."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

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


def read_with_notes(document: Any) -> tuple[Transcript, list[str]]:
    transcript, problems = read_bytes(saved(document), id="x", suffix=".docx")
    assert transcript is not None, problems
    assert all(problem.severity != "error" for problem in problems)
    return transcript, [problem.message for problem in problems]


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
    "content-control": (f"<w:sdt><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>", "a"),
    "soft-break": ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a\nb\tc"),
    "field": (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('7')}", "7"),
    "hyphens": ("<w:r><w:t>al</w:t><w:noBreakHyphen/><w:t>Qaeda</w:t></w:r>", "al-Qaeda"),
    "sign": ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "\u263a"),
    "greek": ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "\u03b1"),
    "unknown-sign": (f'{run("a")}<w:r><w:sym w:font="Webdings" w:char="zz"/></w:r>', "a\ufffd"),
    "ruby": (
        "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        "漢",
    ),
    "prompt": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click')}"
        f"</w:sdtContent></w:sdt>{run('a')}",
        "a",
    ),
    "break-at-the-begin": ("<w:r><w:br/><w:t>Anna Lee</w:t></w:r>", "Anna Lee"),
}
LEFT_OUT = {
    "deleted": (
        f"{run('a')}<w:del w:id='1'><w:r><w:delText> b</w:delText></w:r></w:del>",
        "1 deleted passage",
    ),
    "moved-away": (f"{run('a')}<w:moveFrom w:id='1'>{run(' b')}</w:moveFrom>", "1 deleted passage"),
    "hidden": (f"{run('a')}<w:r><w:rPr><w:vanish/></w:rPr><w:t> b</w:t></w:r>", "1 hidden passage"),
    "footnote": (f"{run('a')}<w:r><w:footnoteReference w:id='2'/></w:r>", "1 footnote"),
    "endnote": (f"{run('a')}<w:r><w:endnoteReference w:id='2'/></w:r>", "1 footnote"),
    "comment": (f"{run('a')}<w:r><w:commentReference w:id='2'/></w:r>", "1 comment"),
    "other-file": (f"{run('a')}<w:altChunk/>", "1 part inserted from another file"),
}


@pytest.mark.parametrize(("xml", "told"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_is_told(xml: str, told: str) -> None:
    document = docx.Document()
    add_xml(document, xml)
    transcript, messages = read_with_notes(document)
    assert transcript.text == "a"
    assert messages == [f"left out: {told}"]


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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STRICT = W.replace(
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def built(
    body: str,
    parts: dict[str, str] | None = None,
    *,
    main: str = "word/document.xml",
    related: str = "",
    namespaces: str = W,
    prolog: str = "",
) -> bytes:
    """A Word file as other programs build it; `related` are the parts of its main part."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    if namespaces == STRICT:
        kind = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    folder, _, name = main.rpartition("/")
    links = "".join(
        f'<Relationship Id="r{part}" Type="{kind}/{part}" Target="{part}.xml"/>'
        for part in related.split()
    )
    written = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
        f'Type="{kind}/officeDocument" Target="{main}"/></Relationships>',
        main: f"{prolog}<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in written.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def par(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + par("a") + "</w:tc></w:tr></w:tbl>" * depth


def billion_laughs() -> bytes:
    rows = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    return built(par("&l12;"), prolog=f'<!DOCTYPE x [<!ENTITY l0 "lol">{rows}]>')


NUMBERING = (
    f"<w:numbering {W}>"
    + "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for n, (form, text) in enumerate(
            [("decimal", "Q%1:"), ("none", "I:"), ("decimal", "%1."), ("bullet", "o")]
        )
    )
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(4))
    + "</w:numbering>"
)


def listed(text: str, number: int) -> str:
    return par(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


STYLES = (
    f"<w:styles {W}><w:style w:styleId='A'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:styleId='B'><w:name w:val='Said by'/><w:basedOn w:val='A'/></w:style>"
    "<w:style w:styleId='C'><w:name w:val='C'/><w:basedOn w:val='C'/></w:style></w:styles>"
)


def styled(name: str, words: str) -> str:
    bold = f"<w:r><w:rPr><w:rStyle w:val='B'/></w:rPr><w:t>{name}:</w:t></w:r>"
    return f"<w:p>{bold}{run(f' {words}')}</w:p>"


BOX = f"<w:r><w:drawing><w:txbxContent>{par('Boxed.')}</w:txbxContent></w:drawing></w:r>"
BOTH = (
    f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice>"
    f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>{run('Around.')}</w:p>"
)
GONE = "<w:rPr><w:del w:id='1'/></w:rPr>"
BUILT: dict[str, tuple[bytes, str]] = {
    "labels-of-lists": (
        built(
            listed("One.", 0)
            + listed("Two.", 0)
            + listed("Hm.", 1)
            + listed("Three.", 2)
            + listed("Dot.", 3)
            + listed("", 1),
            {"word/numbering.xml": NUMBERING},
            related="numbering",
        ),
        "Q1:\tOne.\n\nQ2:\tTwo.\n\nI:\tHm.\n\nThree.\n\nDot.",
    ),
    "strict": (built(par("I: a"), namespaces=STRICT), "I: a"),
    "another-name": (built(par("I: a"), main="word/document2.xml"), "I: a"),
    "missing-parts": (built(par("I: a"), related="styles numbering NULL"), "I: a"),
    "box-told-twice": (built(BOTH), "Around.\n\nBoxed."),
    "deleted-end": (built(par("One ", GONE) + par("two.") + par("Three.")), "One two.\n\nThree."),
    "deleted-row": (
        built(
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{par('a')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{par('b')}</w:tc></w:tr></w:tbl>"
        ),
        "b",
    ),
    "sixty-nested-tables": (built(nested_tables(60)), "a"),
}


@pytest.mark.parametrize(("data", "text"), BUILT.values(), ids=BUILT.keys())
def test_files_of_other_programs(data: bytes, text: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".docx")
    assert transcript is not None, problems
    assert transcript.text == text


def test_a_style_makes_a_label_bold() -> None:
    body = styled("Anna", "One.") + styled("Zed", "Two.")
    data = built(body, {"word/styles.xml": STYLES}, related="styles")
    transcript, _ = read_bytes(data, id="x", suffix=".docx")
    assert transcript is not None
    assert said(transcript) == [("Anna", "One."), ("Zed", "Two.")]


SPOKEN: dict[str, tuple[list[str], list[tuple[str, float | None, str]]]] = {
    "teams-one-paragraph": (
        ["\nAnna Lee   0:03\nHello.", "\nBen O'Neil (Guest)   1:02:11\nHi."],
        [("Anna Lee", 3.0, "Hello."), ("Ben O'Neil (Guest)", 3731.0, "Hi.")],
    ),
    "teams-of-2021": (
        ["0:0:2.0 --> 0:0:9.500\nAnna Lee\nHello.", "0:1:12.3 --> 0:1:15.0\nBen\nHi."],
        [("Anna Lee", 2.0, "Hello."), ("Ben", 72.3, "Hi.")],
    ),
    "otter": (
        ["Jane Doe  00:00", "Hello.", "Speaker 2  00:12", "Hi."],
        [("Jane Doe", 0.0, "Hello."), ("Speaker 2", 12.0, "Hi.")],
    ),
    "trint": (
        ["[00:00:03] Speaker 1: Hello.", "[00:00:12] Speaker 2: Hi."],
        [("Speaker 1", 3.0, "Hello."), ("Speaker 2", 12.0, "Hi.")],
    ),
    "rev": (
        ["Interviewer (00:03):\nHello.", "Speaker 2 (00:12):\nHi."],
        [("Interviewer", 3.0, "Hello."), ("Speaker 2", 12.0, "Hi.")],
    ),
}


@pytest.mark.parametrize(("paragraphs", "turns"), SPOKEN.values(), ids=SPOKEN.keys())
def test_programs_that_write_word_files(
    paragraphs: list[str], turns: list[tuple[str, float | None, str]]
) -> None:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    transcript = read(document)
    found = zip(said(transcript), transcript.turns, strict=True)
    assert [(name, turn.time, words) for (name, words), turn in found] == turns


def test_merged_cells() -> None:
    document = docx.Document()
    rows = [
        *(["Time", "Speaker", "Words"], ["0:05", "Anna", "One."], ["0:09", "", "More."]),
        *(["The war", "", ""], ["0:12", "Ben", "Two."]),
    ]
    table(document, rows)
    made = document.tables[0]
    made.cell(1, 1).merge(made.cell(2, 1))
    made.cell(3, 0).merge(made.cell(3, 2))
    transcript = read(document)
    assert [turn.speaker for turn in transcript.turns] == ["Anna", "Ben"]
    first = transcript.turns[0]
    gaps = [transcript.text[gap.start : gap.end] for gap in first.gaps]
    assert (said(transcript)[0][1].split(), gaps) == (["One.", "0:09", "More."], ["0:09"])


PIECES = st.sampled_from(
    [
        *("<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "I: ", "word ", "<w:br/>"),
        *("<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:txbxContent>"),
        *("</w:txbxContent>", "<w:del>", "</w:del>", "<w:rPr><w:b/></w:rPr>", "<w:sym/>", "&"),
        *("<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>", "<w:sdt>", "</w:sdt>"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_body_is_read_or_refused(body: str) -> None:
    check(built(body))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(built(par("I: One.") + par("R: Two.") + nested_tables(2)))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def check(data: bytes) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".docx")
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert turn.span.end <= len(transcript.text if transcript else "")


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
    "nested-tables": (lambda: built(nested_tables(10_000)), "257 deep, at most 200"),
    "laughs": (billion_laughs, "DOCTYPE"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
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
