"""ODT and flat ODT: what is text, what is a label, what is left out."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import read_bytes

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{short}="{OASIS}:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
STYLES = """
<style:style style:name="B" style:family="text">
  <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="N" style:family="text">
  <style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:name="H" style:family="text">
  <style:text-properties text:display="none"/></style:style>
<style:style style:name="PB" style:family="paragraph" style:parent-style-name="PP"/>
<style:style style:name="PP" style:family="paragraph">
  <style:text-properties fo:font-weight="700"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1"/>
<text:list-style style:name="L">
  <text:list-level-style-number text:level="1" style:num-prefix="Q" style:num-suffix=":"
    style:num-format="1"/></text:list-style>
<text:list-style style:name="M">
  <text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>
</text:list-style>
"""


def flat(body: str, prolog: str = "") -> bytes:
    return (
        f'{prolog}<office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.'
        f'text"><office:automatic-styles>{STYLES}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def packed(body: str, prolog: str = "", manifest: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", flat(body, prolog))
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def read(data: bytes, suffix: str = ".odt") -> tuple[Transcript, list[str]]:
    transcript, problems = read_bytes(data, id="x", suffix=suffix)
    assert transcript is not None, problems
    return transcript, [problem.message for problem in problems]


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(t.speaker, transcript.text[t.span.start : t.span.end]) for t in transcript.turns]


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"
TEXTS = {
    "blanks": (
        "<text:p> a\n  b<text:s text:c='3'/>c<text:s/>d<text:tab/>e </text:p>",
        "a b   c d\te",
    ),
    "breaks": ("<text:p>a<text:line-break/> b</text:p><text:h>c</text:h>", "a\nb\n\nc"),
    "between-paragraphs": ("\n <text:p>a</text:p>\n words \n<text:p>b</text:p>", "a\n\nb"),
    "link": ("<text:p>a <text:a>b</text:a> <text:span>c</text:span></text:p>", "a b c"),
    "list": (
        "<text:list text:style-name='M'><text:list-item><text:p>a</text:p><text:list>"
        "<text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>",
        "a\n\nb",
    ),
    "labels-of-a-list": (
        "<text:list text:style-name='L'><text:list-item><text:p>a</text:p><text:p>b</text:p>"
        "</text:list-item><text:list-item><text:p>c</text:p></text:list-item></text:list>",
        "Q1:\ta\n\nb\n\nQ2:\tc",
    ),
    "box": (
        "<text:p>a<draw:frame><svg:title>no</svg:title><draw:text-box><text:p>boxed</text:p>"
        "</draw:text-box></draw:frame>b</text:p>",
        "ab\n\nboxed",
    ),
    "ruby": (
        "<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
        "</text:ruby></text:p>",
        "漢",
    ),
    "many-blanks": ("<text:p>a<text:s text:c='999999999'/>b</text:p>", "a b"),
}


@pytest.mark.parametrize(("body", "text"), TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize(("make", "suffix"), [(packed, ".odt"), (flat, ".fodt")])
def test_text(make: Callable[[str], bytes], suffix: str, body: str, text: str) -> None:
    transcript, messages = read(make(body), suffix)
    assert (transcript.text, transcript.format, messages) == (text, "odt", [])


LEFT_OUT = {
    "note": (
        "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>",
        "1 footnote",
    ),
    "comment": ("<office:annotation><text:p>n</text:p></office:annotation>", "1 comment"),
    "hidden-words": ("<text:span text:style-name='H'>n</text:span>", "1 hidden passage"),
    "hidden-field": ("<text:hidden-text>n</text:hidden-text>", "1 hidden passage"),
}


@pytest.mark.parametrize(("inner", "told"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_is_told(inner: str, told: str) -> None:
    transcript, messages = read(packed(f"<text:p>a{inner}b</text:p>"))
    assert (transcript.text, messages) == ("ab", [f"left out: {told}"])


@pytest.mark.parametrize("inline", [False, True], ids=["kept-apart", "left-in-place"])
def test_deleted_words(inline: bool) -> None:
    apart = "" if inline else "<text:p>gone</text:p>"
    there = "<text:change-start text:change-id='c'/>gone<text:change-end text:change-id='c'/>"
    body = (
        "<text:tracked-changes><text:changed-region text:id='c'><text:deletion>"
        f"{apart}</text:deletion></text:changed-region></text:tracked-changes>"
        f"<text:p>a {there if inline else ''}b</text:p>"
    )
    transcript, messages = read(packed(body))
    assert (transcript.text, messages) == ("a b", ["left out: 1 deleted passage"])


def test_bold_labels_by_styles_of_words_and_paragraphs() -> None:
    body = (
        "<text:p text:style-name='P1'>A heading that is long enough to be read as speech.</text:p>"
        "<text:p><text:span text:style-name='B'>Anna:</text:span> One.</text:p>"
        "<text:p text:style-name='PB'>Zed:<text:span text:style-name='N'> Two.</text:span></text:p>"
    )
    assert said(read(packed(body))[0]) == [("Anna", "One."), ("Zed", "Two.")]


def test_a_table_of_turns_with_merged_cells() -> None:
    rows = [
        cell("0:05") + cell("Anna", "table:number-rows-spanned='2'") + cell("One."),
        cell("0:07") + COVERED + cell("Two."),
        cell("Part two", "table:number-columns-spanned='3'") + COVERED + COVERED,
        cell("0:09") + cell("Ben") + cell("Three."),
        cell("0:11") + cell("Anna") + cell("Four."),
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    transcript, _ = read(packed(f"<table:table>\n{body}</table:table>"))
    assert [(turn.speaker, turn.time) for turn in transcript.turns] == [
        ("Anna", 5.0),
        ("Ben", 9.0),
        ("Anna", 11.0),
    ]


SHEET = flat("").replace(b"office:text", b"office:spreadsheet")
REFUSED = {
    "password": (packed("", manifest="<a><manifest:encryption-data/></a>"), "password"),
    "doctype": (packed("<text:p>&e;</text:p>", '<!DOCTYPE x [<!ENTITY e "b">]>'), "DOCTYPE"),
    "no-xml": (packed("<text:p>", ""), "damaged, in its part content.xml"),
    "nested": (packed("<text:p>" + "<text:span>" * 10_000), "257 deep"),
    "nested-at-the-limit": (
        packed("<text:p>" + "<text:span>" * 200 + "</text:span>" * 200 + "</text:p>"),
        "204 deep, at most 200",
    ),
    "no-text": (packed(""), "no text"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(data: bytes, message: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".odt")
    assert transcript is None
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].hint


def test_a_spreadsheet_is_no_text() -> None:
    transcript, problems = read_bytes(SHEET, id="x", suffix=".fodt")
    assert transcript is None
    assert "spreadsheet" in problems[0].hint


PIECES = st.sampled_from(
    [
        *(
            "<text:p>",
            "</text:p>",
            "<text:span text:style-name='B'>",
            "</text:span>",
            "I: ",
            "word ",
        ),
        *("<text:s text:c='2'/>", "<text:tab/>", "<text:list text:style-name='L'>", "</text:list>"),
        *("<text:list-item>", "</text:list-item>", "<table:table>", "</table:table>"),
        *("<table:table-row>", "</table:table-row>", "<table:table-cell>", "</table:table-cell>"),
        *("<draw:text-box>", "</draw:text-box>", COVERED, "<text:note>", "</text:note>", "&"),
        *("<text:change-end text:change-id=''/>", "<text:deletion/>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_body_is_read_or_refused(body: str) -> None:
    check(flat(body), ".fodt")


def balanced(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(
        "text:p text:span text:list text:list-item table:table table:table-row table:table-cell "
        "draw:text-box text:h text:change-start".split()
    )
    return st.tuples(names, st.lists(inner, max_size=4).map("".join)).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    )


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.sampled_from(["I: ", "word ", "<text:tab/>", "\n"]), balanced))
def test_elements_in_any_order_are_read(body: str) -> None:
    check(flat(body), ".fodt")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(packed("<text:p>I: One.</text:p><text:p>R: Two.</text:p>"))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(whole[: data.draw(st.integers(0, len(whole)))]), ".odt")


def check(data: bytes, suffix: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=suffix)
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert turn.span.end <= len(transcript.text if transcript else "")
