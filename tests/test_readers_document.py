"""What all documents share: paragraphs, labels in bold, tables of turns, wrong names."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.errors import Severity
from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, read_bytes
from thematic.readers.formats.documents.blocks import Block, DocumentBuilder, Paragraph
from thematic.readers.limits import Limits


def read(html: str, options: ReadOptions | None = None) -> Transcript:
    """A page stands for all documents: they share what is tested here."""
    transcript, problems = read_bytes(
        html.encode(), id="x", suffix=".html", options=options or ReadOptions()
    )
    assert transcript is not None, problems
    return transcript


def said(transcript: Transcript) -> list[tuple[str, float | None, str]]:
    return [
        (turn.speaker, turn.time, transcript.text[turn.span.start : turn.span.end])
        for turn in transcript.turns
    ]


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


TURNS: dict[str, tuple[str, list[tuple[str, float | None, str]]]] = {
    "bold-name-and-colon": (
        "<p><b>Anna:</b> One.</p><p><b>Ben</b>: Two.</p>",
        [("Anna", None, "One."), ("Ben", None, "Two.")],
    ),
    "bold-label-on-each-line": (
        "<p><b>Anna:</b> One.<br>More.<br><b>Zed:</b> Two.</p>",
        [("Anna", None, "One.\nMore."), ("Zed", None, "Two.")],
    ),
    "bold-name-and-time": (
        "<p><b>Anna Lee</b> 0:14<br>One.</p><p><b>Ben (guest)</b> 1:00:20<br>Two.</p>",
        [("Anna Lee", 14.0, "One."), ("Ben (guest)", 3620.0, "Two.")],
    ),
    "one-bold-time-is-none": (
        "<p><b>Monday</b> 10:30</p><p>The war went on and on.</p>",
        [("", None, "Monday 10:30"), ("", None, "The war went on and on.")],
    ),
    "bold-sentence": (
        "<p><b>What they said: nothing at all.</b></p><p>It was long ago.</p>",
        [("", None, "What they said: nothing at all."), ("", None, "It was long ago.")],
    ),
    "title-above": (
        "<h1>Talks about a war that went on for years.</h1><p>I: One.</p><p>R: Two.</p>",
        [("I", None, "One."), ("R", None, "Two.")],
    ),
    "words-before-time-and-speaker": (
        table("Timespan|Content|Speaker", "0:00,0 - 0:03,4|One.|Anna", "0:03,4 - 0:09|Two.|Ben"),
        [("Anna", 0.0, "One."), ("Ben", 3.4, "Two.")],
    ),
    "numbers-and-codes-beside": (
        table("1|0:05|Anna|One two.|war", "2|0:09|Ben|Two three.|tax", "3|0:12|Anna|Three.|"),
        [("Anna", 5.0, "One two."), ("Ben", 9.0, "Two three."), ("Anna", 12.0, "Three.")],
    ),
    "columns-in-german": (
        table("Sprecher|Aussage", "Anna|Eins.", "Ben|Zwei."),
        [("Anna", None, "Eins."), ("Ben", None, "Zwei.")],
    ),
    "answers-that-look-like-names": (
        table("Did they come?|Yes", "Did they go?|No", "Did they stay?|Yes"),
        [
            ("", None, f"Did they {what}\t{said}")
            for what, said in (("come?", "Yes"), ("go?", "No"), ("stay?", "Yes"))
        ],
    ),
    "a-title-across-the-row": (
        table("Anna|One.", "Ben|Two.", "Part two", "Anna|Three."),
        [("Anna", None, "One."), ("Ben", None, "Two."), ("Anna", None, "Three.")],
    ),
    "a-frame-of-one-cell": (
        "<table><tr><td><p><b>Anna:</b> One.</p><p><b>Ben:</b> Two.</p></td></tr></table>",
        [("Anna", None, "One."), ("Ben", None, "Two.")],
    ),
    "a-frame-round-a-table": (
        f"<table><tr><td>Menu</td><td>{table('Anna|One.', 'Ben|Two.', 'Anna|Three.')}</td></tr></table>",
        [("Anna", None, "One."), ("Ben", None, "Two."), ("Anna", None, "Three.")],
    ),
}


@pytest.mark.parametrize(("html", "turns"), TURNS.values(), ids=TURNS.keys())
def test_turns(html: str, turns: list[tuple[str, float | None, str]]) -> None:
    found = said(read(html))
    words = [(name, time, " ".join(text.split())) for name, time, text in found]
    assert words == [(name, time, " ".join(text.split())) for name, time, text in turns]


def test_a_speaker_goes_on_below_and_what_stands_beside_is_no_speech() -> None:
    rows = ("Time|Speaker|Words|Code", "0:05|Anna|One.|war", "0:07||More.|tax", "0:09|Ben|Two.|")
    transcript, problems = read_bytes(table(*rows).encode(), id="x", suffix=".html")
    assert transcript is not None
    first = transcript.turns[0]
    gaps = [transcript.text[gap.start : gap.end] for gap in first.gaps]
    assert transcript.text[first.span.start : first.span.end].split() == [
        "One.",
        "war",
        "0:07",
        "More.",
    ]
    assert gaps == ["war", "0:07"]
    assert ["2 cells beside the words" in problem.message for problem in problems] == [True]


def test_the_user_names_the_columns_of_a_table() -> None:
    html = table("A|B|C", "One.|Anna|x", "Two.|Ben|y")
    assert not read(html).has_speakers
    options = ReadOptions(text_columns=("a",), speaker_column="B")
    assert said(read(html, options)) == [("Anna", None, "One."), ("Ben", None, "Two.")]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a&#8232;b", "a\nb"),
        ("a&#x85;b&#x0;&#x1;", "a…b"),
        ("a&#xD83D;&#xDE00;", "a"),
        ("&nbsp; a &nbsp;", "a"),
    ],
    ids=["line-separator", "controls", "halves", "blanks-at-the-ends"],
)
def test_plain_text_has_no_control_characters(text: str, plain: str) -> None:
    assert read(f"<p>{text}</p>").text.rstrip("\ufffd") == plain


def word_file(text: str = "Interviewer: Hello.") -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


PROSE = b"Interviewer: Hello there, how are you?\nAnna: I am well, thank you.\n"
PAGE = b"<html><head><title>x</title></head><body><p>Interviewer: Hello.</p></body></html>"
ARCHIVE = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    b"Content-Type: text/html; charset=utf-8\n\n" + PAGE + b"\n--b--\n"
)
RENAMED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "docx-is-rtf": (lambda: rb"{\rtf1 Interviewer: Hello.\par}", ".docx", "rtf"),
    "docx-is-a-page": (lambda: PAGE, ".docx", "html"),
    "docx-is-text": (lambda: PROSE, ".docx", "txt"),
    "doc-is-rtf": (lambda: rb"{\rtf1 Interviewer: Hello.\par}", ".doc", "rtf"),
    "doc-is-docx": (word_file, ".doc", "docx"),
    "doc-is-a-page": (lambda: b"\xef\xbb\xbf \n<!-- x --><!DOCTYPE html>" + PAGE, ".doc", "html"),
    "doc-is-a-web-archive": (lambda: ARCHIVE, ".doc", "html"),
    "rtf-is-text": (lambda: PROSE, ".rtf", "txt"),
    "rtf-is-docx": (word_file, ".rtf", "docx"),
    "odt-is-docx": (word_file, ".odt", "docx"),
    "txt-is-rtf": (lambda: rb"{\rtf1 Interviewer: Hello.\par}", ".txt", "rtf"),
    "html-is-docx": (word_file, ".htm", "docx"),
}


@pytest.mark.parametrize(("make", "suffix", "kind"), RENAMED.values(), ids=RENAMED.keys())
def test_what_a_file_is_wins_over_its_name(
    make: Callable[[], bytes], suffix: str, kind: str
) -> None:
    transcript, problems = read_bytes(make(), id="x", suffix=suffix)
    assert transcript is not None, problems
    assert transcript.format == kind
    told = next(problem for problem in problems if "although its name ends in" in problem.message)
    assert told.severity is Severity.NOTE
    assert suffix in told.message
    assert told.hint


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".dotx", ".dotm"])
def test_kinds_of_word_files_are_not_told_as_renamed(suffix: str) -> None:
    assert read_bytes(word_file(), id="x", suffix=suffix)[1] == []


def test_a_page_under_the_name_of_text_stays_text() -> None:
    transcript, _ = read_bytes(PAGE, id="x", suffix=".txt")
    assert transcript is not None
    assert transcript.text == PAGE.decode()


FOUND_OUT = {
    "rtf": (lambda: rb"{\rtf1 Hello.\par}", "rtf"),
    "docx": (word_file, "docx"),
    "page": (lambda: PAGE, "html"),
    "web-archive": (lambda: ARCHIVE, "html"),
    "otranscribe": (lambda: b'{"text":"<p>Hello.</p>","media":"x.mp3","media-time":0.5}', "otr"),
    "whisper": (lambda: b'{"segments":[{"start":0,"end":1,"text":"Hello."}]}', "json"),
    "text": (lambda: b"<3 is a heart.", "txt"),
}


@pytest.mark.parametrize(("make", "kind"), FOUND_OUT.values(), ids=FOUND_OUT.keys())
def test_standard_input_is_found_out(make: Callable[[], bytes], kind: str) -> None:
    transcript, problems = read_bytes(make(), id="x", suffix="")
    assert transcript is not None, problems
    assert transcript.format == kind


REFUSED: dict[str, tuple[bytes, str]] = {
    "climbs-out": (zipped(**{"../../evil": b"x", "word/document.xml": b"x"}), "leads out"),
    "absolute": (zipped(**{"/etc/evil": b"x"}), "leads out"),
    "on-a-drive": (zipped(**{"C:\\evil": b"x"}), "leads out"),
    "no-xml": (zipped(**{"word/document.xml": b"hello"}), "damaged, in its part"),
    "no-text-part": (zipped(**{"a.txt": b"hello"}), "no Word file"),
    "other-xml": (zipped(**{"word/document.xml": b"<a><b/></a>"}), "no text"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_containers_that_are_refused(data: bytes, message: str) -> None:
    transcript, problems = read_bytes(data, id="x", suffix=".docx")
    assert transcript is None
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].hint


@pytest.mark.parametrize("name", ["members", "unpacked", "ratio"])
def test_a_limit_of_a_container_names_itself(name: str) -> None:
    data = zipped(**{"word/document.xml": b"\0" * 30_000_000, "b": b""})
    limits = Limits(**{name: 1})
    transcript, problems = read_bytes(
        data, id="x", suffix=".docx", options=ReadOptions(limits=limits)
    )
    assert transcript is None
    if name != "ratio":
        assert f"--limit {name}=" in problems[0].hint


STEPS = st.sampled_from(
    "paragraph title text bold end_paragraph table cell end_cell row end_table box end_box".split()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEPS, max_size=60))
def test_blocks_hold_all_words_in_whatever_order_things_begin_and_end(steps: list[str]) -> None:
    builder = DocumentBuilder()
    calls = {
        "paragraph": builder.begin_paragraph,
        "title": lambda: builder.begin_paragraph(is_title=True),
        "end_paragraph": builder.end_paragraph,
        "table": builder.begin_table,
        "cell": builder.begin_cell,
        "end_cell": builder.end_cell,
        "row": builder.end_row,
        "end_table": builder.end_table,
        "box": builder.begin_box,
        "end_box": builder.end_box,
    }
    words = 0
    for step in steps:
        if step in ("text", "bold"):
            words += 1
            builder.text(f"w{words} ", bold=step == "bold")
        else:
            calls[step]()
    found = " ".join(texts(builder.finish()))
    assert sorted(found.split()) == sorted(f"w{n}" for n in range(1, words + 1))


def texts(blocks: list[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            for row in block.rows:
                for cell in row:
                    found += texts(list(cell))
    return found
