"""PDF: scanned, locked, damaged and hostile files end in a clear message, and lose no words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import PICTURE, At, Page, joined, lines, pdf, stream
from test_readers_formats import EDITS, check, edited, no_longer_than

from thematic.errors import Problem, Severity
from thematic.readers import Limits, ReadOptions, read_bytes

SPEECH = lines(
    "Interviewer: How did it begin?", "", "Anna: We stood at the gate.", "", "Interviewer: Oh."
)
SCANNED = Page(raw=PICTURE)
OCR = "make a PDF with text of it: a scanner's text recognition (OCR), or the tool ocrmypdf"


def problem_of(data: bytes, limits: Limits | None = None) -> Problem:
    """The one problem for which a file is refused."""
    options = ReadOptions(limits=limits or Limits())
    with no_longer_than(60):
        transcript, problems = read_bytes(data, id="x", suffix=".pdf", options=options)
    assert transcript is None
    assert len(problems) == 1
    return problems[0]


def locked(version: bytes = b"/V 1 /R 2 /Length 40") -> bytes:
    """A file whose password is not the empty one."""
    key = b"<%s>" % (b"41" * 32)
    guard = b"/Encrypt << /Filter /Standard %s /O %s /U %s /P -4 >> /ID [<41><41>]"
    return pdf(SPEECH, trailer=guard % (version, key, key))


DAMAGED = "the PDF is damaged, or no PDF: it cannot be opened"
REFUSED = {
    "password": (locked(), "the PDF is protected by a password"),
    "unknown-lock": (locked(b"/V 9 /R 9"), "the PDF is protected by a password"),
    "no-pdf": (b"<html><p>Not found</p></html>", DAMAGED),
    "cut-off": (pdf(SPEECH)[:40], DAMAGED),
    "no-page-tree": (joined([b"<< /Type /Catalog >>"]), DAMAGED),
    "scanned": (pdf(SCANNED, SCANNED), "the PDF is scanned: its pages are pictures, without text"),
    "scanned-with-a-stamp": (
        pdf(*(Page([At(60, 20, "Scanned with an app")], raw=PICTURE) for _ in range(3))),
        "the PDF is scanned: its pages are pictures, without text",
    ),
    "one-scan-with-a-stamp": (
        pdf(Page([At(60, 20, "Scanned with an app")], raw=PICTURE)),
        "the PDF is scanned: its pages are pictures, without text",
    ),
    "letters-drawn": (
        pdf(Page(raw=b"0 0 m 5 5 l S " * 99)),
        "the PDF is scanned: its pages are pictures, without text",
    ),
    "blank": (pdf(Page()), "the PDF holds no text"),
    "all-beyond-the-edge": (
        pdf([At(60, -90, "Nobody sees this")]),
        "the PDF holds no text on its pages, only beyond their edges",
    ),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    problem = problem_of(data)
    assert problem.message == message
    assert problem.severity is Severity.ERROR
    assert problem.hint


def test_a_scan_is_told_how_it_becomes_text() -> None:
    assert problem_of(pdf(SCANNED)).hint == OCR


def told(data: bytes) -> list[tuple[Severity, str]]:
    transcript, problems = read_bytes(data, id="x", suffix=".pdf")
    assert transcript is not None, problems
    assert transcript.text.startswith("Interviewer: How did it begin?")
    return [(problem.severity, problem.message) for problem in problems]


PICTURES = "pictures without text; what they show is not read"
PARTLY = {
    "one-page": ((SPEECH, SCANNED), f"page 2: {PICTURES}"),
    "several": ((SPEECH, SCANNED, SCANNED, SPEECH, SCANNED), f"pages 2-3, 5: {PICTURES}"),
}


@pytest.mark.parametrize(("pages", "message"), PARTLY.values(), ids=PARTLY.keys())
def test_scanned_pages_between_others_are_warned_of(pages: tuple[Page, ...], message: str) -> None:
    assert told(pdf(*pages)) == [(Severity.WARNING, message)]


def test_a_picture_behind_or_above_the_words_is_no_scan() -> None:
    small = b"q 60 0 0 40 72 790 cm /I Do Q"
    assert told(pdf(Page(SPEECH, raw=PICTURE), Page(lines("Anna: Bye."), raw=PICTURE))) == []
    assert told(pdf(Page(SPEECH, raw=small), Page(lines("Anna: Bye."), raw=small))) == []


def test_a_damaged_page_is_warned_of() -> None:
    data = pdf(SPEECH, SPEECH, SPEECH)
    damaged = data.replace(b"/Kids [7 0 R 9 0 R 11 0 R]", b"/Kids [7 0 R 90 0 R 1 0 R]")
    assert (Severity.WARNING, "pages 2-3: damaged, not read") in told(damaged)


def test_a_font_without_letters_is_warned_of() -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< "
        b"/Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    raw = b"BT /L 12 Tf 72 300 Td <%s> Tj ET" % b"".join(b"%04x" % n for n in range(300, 340))
    ligatures = re.compile(rb"(?s)(?<=\n5 0 obj\n).*?(?=\nendobj)")
    data = ligatures.sub(lambda _: font, pdf(Page(SPEECH, raw=raw)))
    severity, message = told(data)[0]
    assert severity is Severity.WARNING
    assert message == "page 1: a font does not tell its letters; words may be missing"


def bomb(megabytes: int) -> bytes:
    content = stream(b"BT /F 9 Tf (a) Tj ET\n" * (megabytes * 50_000), packed=True)
    return joined(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
            b">> >> >> >>",
            content,
        ]
    )


def laughs(depth: int) -> bytes:
    """Forms that each draw the next ten times."""
    kind = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do " * 10, kind % (5 + n)) for n in range(depth)]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    return joined(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            stream(b"/X Do"),
            *forms[1:],
            stream(b"0 0 m 5 5 l S"),
        ]
    )


NEEDS_MEMORY = {"bomb": bomb(80), "laughs": laughs(12)}


@pytest.mark.parametrize("data", NEEDS_MEMORY.values(), ids=NEEDS_MEMORY.keys())
def test_what_unpacks_to_far_more_ends_in_a_limit(data: bytes) -> None:
    assert len(data) < 300_000
    limits = Limits(unpacked=16 * 1024 * 1024, seconds=30)
    problem = problem_of(data, limits)
    assert re.match(
        r"not read: (the PDF is damaged, or needs more than|it takes more)", problem.message
    )
    assert "--limit " in problem.hint


LIMITS = {
    "pages": (
        Limits(pages=2),
        "not read: it has 3 pages, at most 2 are allowed",
        "--limit pages=3",
    ),
    "text": (Limits(text=150), "not read: it has 360 characters of text", "--limit text=360"),
    "seconds": (Limits(seconds=0), "not read: it takes more than 0 seconds", "--limit seconds="),
}


@pytest.mark.parametrize(("limits", "message", "option"), LIMITS.values(), ids=LIMITS.keys())
def test_a_limit_names_itself_and_its_option(limits: Limits, message: str, option: str) -> None:
    problem = problem_of(pdf(SPEECH, SPEECH, SPEECH), limits)
    assert problem.message.startswith(message)
    assert option in problem.hint


def nested_pages(depth: int) -> bytes:
    trees = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (3 + n) for n in range(depth)]
    return joined([b"<< /Type /Catalog /Pages 2 0 R >>", *trees, b"<< /Type /Page >>"])


HOSTILE = {
    "page-tree-in-itself": joined(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 >>",
        ]
    ),
    "deep-page-tree": nested_pages(20_000),
    "nested-arrays": pdf(SPEECH).replace(b"/Catalog", b"/Catalog /X " + b"[" * 100_000),
    "many-states": pdf(Page(SPEECH, raw=b"q " * 500_000)),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_structures_are_read_or_refused_in_time(data: bytes) -> None:
    with no_longer_than(60):
        transcript, problems = read_bytes(data, id="x", suffix=".pdf")
    assert transcript is not None or problems[0].hint


def test_a_page_that_says_it_has_billions_is_read() -> None:
    assert told(pdf(SPEECH).replace(b"/Count 1", b"/Count 2000000000")) == []


SAMPLE = pdf(SPEECH, lines("Anna: Then it rained."))


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.builds(edited, st.just(SAMPLE[5:]), EDITS)))
def test_any_bytes_behind_the_mark_end_well(data: bytes) -> None:
    with no_longer_than(60):
        transcript, problems = read_bytes(b"%PDF-" + data, id="x", suffix=".pdf")
    if transcript is None:
        assert problems
        assert all(problem.message and problem.hint for problem in problems)
    else:
        check(transcript)


# Columns and lines far enough apart that no word covers another.
PLACES = st.tuples(st.integers(0, 12), st.integers(1, 26), st.sampled_from([8, 12, 20]))
PAGE = st.lists(PLACES, min_size=1, max_size=25, unique_by=lambda place: place[:2])


@settings(max_examples=30, deadline=None)
@given(st.lists(PAGE, min_size=1, max_size=3))
def test_no_words_are_lost_wherever_they_stand(pages: list[list[tuple[int, int, int]]]) -> None:
    """Each word stands once, so that none is furniture; letters only, for numbers may be."""
    words, written = [], []
    for places in pages:
        page = []
        for column, line, size in places:
            words.append("".join(chr(97 + int(sign)) for sign in f"{len(words):03d}"))
            page.append(At(20 + column * 44, line * 30, words[-1], size=size))
        written.append(page)
    with no_longer_than(60):
        transcript, problems = read_bytes(pdf(*written), id="x", suffix=".pdf")
    assert transcript is not None, problems
    check(transcript)
    assert sorted(re.findall("[a-z]{3}", transcript.text)) == sorted(words)
