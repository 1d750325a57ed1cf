"""Web pages and oTranscribe's files: what is text, in which encoding, what is left out."""

import json
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.model.transcript import Transcript
from thematic.readers import find_transcripts, read_bytes


def read(html: str | bytes, suffix: str = ".html") -> tuple[Transcript, list[str]]:
    data = html.encode() if isinstance(html, str) else html
    transcript, problems = read_bytes(data, id="x", suffix=suffix)
    assert transcript is not None, problems
    return transcript, [problem.message for problem in problems]


def said(transcript: Transcript) -> list[tuple[str, float | None, str]]:
    return [
        (turn.speaker, turn.time, transcript.text[turn.span.start : turn.span.end])
        for turn in transcript.turns
    ]


TEXTS = {
    "entities": ("<p>a&nbsp;&amp;&lt;b&gt;&eacute;&#8217;&#146;&#x1F600;</p>", "a\u00a0&<b>é’’😀"),
    "white-space": ("<p>  a\n  b <i> c</i>\n d</p>\n\n<div>x<div>y</div>z</div>", "a b c d\n\nx\n\ny\n\nz"),
    "lines": ("<p>a<br>b<br/>\n c</p>", "a\nb\nc"),
    "unclosed": ("<p>a<p>b<ul><li>c<li>d</ul>e", "a\n\nb\n\nc\n\nd\n\ne"),
    "as-it-stands": ("<pre>a\n  b\n</pre>", "a\n  b"),
    "skipped": (
        "<html><head><title>t</title><style>p{}</style><script>'<p>'</script></head><body>"
        "<nav>n</nav><p>a<script>s</script><!-- c --><noscript>n</noscript></p><svg><text>t</text>"
        "</svg><select><option>o</select><template>t</template><footer>f</footer></body></html>",
        "a",
    ),
    "footer-of-a-section": ("<article><p>a</p><footer>b</footer></article>", "a\n\nb"),
    "no-tags": ("a &amp; b", "a & b"),
    "word-comments": ("<p>a<![if !supportFootnotes]>b<![endif]><!--[if gte mso 9]>c<![endif]--></p>", "ab"),
    "office-header": ("<div title='header'><p>h</p></div><p>a</p>", "a"),
    "terms": ("<dl><dt>Tax<dd>A levy.<dd>Or not.</dl>", "Tax\tA levy.\nOr not."),
}  # fmt: skip


@pytest.mark.parametrize(("html", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_text(html: str, text: str) -> None:
    transcript, messages = read(html)
    assert (transcript.text, messages) == (text, [])


LEFT_OUT = {
    "deleted": ("<del>gone</del>", "1 deleted passage"),
    "hidden": ("<span style='display: none'>gone</span>", "1 hidden passage"),
    "footnote-of-pandoc": ("<a href='#n' role='doc-noteref'><sup>1</sup></a>", "1 footnote"),
    "footnote-of-libreoffice": ("<a class='sdfootnoteanc'>1</a>", "1 footnote"),
}


@pytest.mark.parametrize(("inner", "told"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_is_told(inner: str, told: str) -> None:
    transcript, messages = read(f"<p>a{inner}b</p><div id='sdfootnote1'><p>note</p></div>")
    assert (transcript.text, messages) == ("ab", [f"left out: {told}"])


BOLD = {
    "element": ("<strong>{}</strong>", ""),
    "style": ("<span style='font-weight:700'>{}</span>", ""),
    "class": ("<span class='c2 c1'>{}</span>", ".c1{color:red;font-weight:700}"),
    "light-within": ("<b><span style='font-weight:normal'></span>{}</b>", ""),
}


@pytest.mark.parametrize(("label", "sheet"), BOLD.values(), ids=BOLD.keys())
def test_bold_labels(label: str, sheet: str) -> None:
    lines = "".join(f"<p>{label.format(name)} So.</p>" for name in ("Anna:", "Zed:"))
    transcript, _ = read(f"<head><style>{sheet}</style></head>{lines}")
    assert said(transcript) == [("Anna", None, "So."), ("Zed", None, "So.")]


def test_a_label_that_is_not_bold_and_stands_once_is_none() -> None:
    assert not read("<p><i>Anna:</i> So it was.</p><p>It was.</p>")[0].has_speakers


def test_terms_and_rows_that_reach_down() -> None:
    page = (
        "<dl><dt>Anna</dt><dd>One.</dd><dt>Ben</dt><dd>Two.</dd><dt>Anna</dt><dd>Three.</dd></dl>"
        "<table><tr><td rowspan=2>Cleo<td>Four.<tr><td>Five.<tr><td>Dan<td>Six."
        "<tr><td>Cleo<td>Seven.</table>"
    )
    assert said(read(page)[0]) == [
        *[("Anna", None, "One."), ("Ben", None, "Two."), ("Anna", None, "Three.")],
        *[("Cleo", None, "Four.\n\nFive."), ("Dan", None, "Six."), ("Cleo", None, "Seven.")],
    ]


ENCODINGS = {
    "utf-8": ("<p>é", "utf-8", []),
    "utf-8-that-says-latin": ("<meta charset=iso-8859-1><p>é’", "utf-8", []),
    "utf-16-with-mark": ("<p>é", "utf-16", []),
    "cyrillic": ("<meta charset='windows-1251'><p>Привет", "cp1251", []),
    "as-http-says-it": (
        "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'><p>é’", "cp1252", []
    ),
    "as-xml-says-it": ('<?xml version="1.0" encoding="windows-1252"?><p>é', "cp1252", []),
    "chinese": ("<meta charset=gb2312><p>你好", "gb18030", []),
    "unknown-name": ("<meta charset=klingon><p>né mé", "cp1252", ["read as CP1252 (Windows), for it is not UTF-8"]),
    "no-text-encoding": ("<meta charset=rot13><p>a", "ascii", []),
}  # fmt: skip


@pytest.mark.parametrize(("page", "codec", "told"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_encodings(page: str, codec: str, told: list[str]) -> None:
    transcript, messages = read(page.encode(codec), ".htm")
    assert (transcript.text, messages) == (page.rpartition(">")[2], told)


REFUSED = {
    "nested": ("<div>" * 10_000 + "a", "10,002 deep, at most 200"),
    "nested-tables": ("<table><tr><td>" * 10_000 + "a", "30,002 deep, at most 200"),
    "no-text": ("<p> <!-- a --></p>", "no text"),
    "long-line": ("<p>" + "a" * 10_000_001, "a line of 10,000,001 characters"),
    "binary": ("<p>a\0\1\2", "binary"),
}


@pytest.mark.parametrize(("page", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(page: str, message: str) -> None:
    transcript, problems = read_bytes(page.encode(), id="x", suffix=".html")
    assert transcript is None
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].hint


@pytest.mark.usefixtures("study")
def test_a_report_of_our_own_is_no_transcript(run: Run) -> None:
    assert run("report", "-o", "out").code == 0
    page = Path("out/report.html").read_text(encoding="utf-8")
    Path("talks/mine.html").write_text(page, encoding="utf-8")
    found = find_transcripts(["talks"])
    assert [source.id for source in found.sources] == ["E1", "E2", "P1"]
    assert [note.message for note in found.skipped] == ["not read: a result of thematic"]
    transcript, problems = read_bytes(page.encode(), id="x", suffix=".html")
    assert transcript is None
    assert "a report that thematic wrote" in problems[0].message


def stamp(seconds: float | str, shown: str) -> str:
    return (
        f'<span class="timestamp" contenteditable="false" data-timestamp="{seconds}">{shown}</span>'
    )


def otr(text: object, **more: object) -> bytes:
    return json.dumps({"text": text, "media": "a.mp3", "media-time": 1.5, **more}).encode()


def test_otranscribe() -> None:
    text = (
        f"<p>{stamp(8.1, '0:08')}&nbsp;<b>INTERVIEWER</b>: Hello. {stamp(12, '0:12')} There.<br></p>"
        f"<p>{stamp(3675.25, '1:01:15')} ANNA: Hi.<br></p><p>{stamp('x', '1:02:00')} ANNA: Yes.</p>"
    )
    transcript, messages = read(otr(text), ".otr")
    assert messages == []
    assert transcript.format == "otr"
    assert said(transcript) == [
        ("INTERVIEWER", 8.1, "Hello. [0:12] There."),
        ("ANNA", 3675.25, "Hi."),
        ("ANNA", 3720.0, "Yes."),
    ]
    assert len(transcript.turns[0].gaps) == 1


OTR_REFUSED = {
    "no-json": (b'{"text": "a', "no valid JSON"),
    "no-text": (b'{"media": "a"}', "no text"),
    "text-is-no-text": (otr([1]), "no text"),
    "only-tags": (otr("<p></p>"), "no text"),
    "a-list": (b"[1]", "no text"),
    "deep": (b"[" * 100_000, "JSON"),
}


@pytest.mark.parametrize(("data", "message"), OTR_REFUSED.values(), ids=OTR_REFUSED.keys())
def test_otranscribe_refused(data: bytes, message: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".otr")
    assert transcript is None
    assert message in problems[0].message
    assert problems[0].hint


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br>", "<table>", "</table>", "<tr>", "<td rowspan=3>"),
        *("</td>", "<dl>", "<dt>", "<dd>", "</dl>", "<pre>", "</pre>", "<script>", "</script>"),
        *("<h1>", "</h1>", "<style>.a{font-weight:bold}", "</style>", "<i class=a>", "<!--", "-->"),
        *("&amp;", "&#0;", "&#xD800;", "<", ">", "I: ", "word ", "0:14", "\n", "<svg>", "</td></tr>"),
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([".html", ".otr"]))
def test_any_page_is_read_or_refused(page: str, suffix: str) -> None:
    data = otr(page) if suffix == ".otr" else page.encode()
    transcript, problems = read_bytes(data, id="x", suffix=suffix)
    assert transcript is not None or problems
    for turn in transcript.turns if transcript else ():
        assert turn.span.end <= len(transcript.text if transcript else "")


@pytest.mark.parametrize(
    "piece", ["<p>", "<td>", "<dt>", "<", "&", "a<br>", "<!--", "<b>a</b>", "\n"]
)
def test_long_runs_are_read_in_time(piece: str) -> None:
    read_bytes(("<p>" + piece * 50_000 + "b").encode(), id="x", suffix=".html")
