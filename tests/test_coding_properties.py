"""What must hold for any text: positions slice to the quoted words, maps stay in order."""

from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from conftest import code_text, words
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.coding.characters import REMOVED, is_letter
from thematic.coding.text import fold, folded_text, reading_text
from thematic.coding.units import sentences
from thematic.model.codebook import Unit
from thematic.model.coding import TranscriptCoding
from thematic.model.paragraphs import paragraphs
from thematic.model.transcript import Span

WORDS = ["Taliban", "taliban's", "al-", "al", "Qaeda", "QAEDA", "safe", "haven", "havens", "not"]
PIECES = [*WORDS, "Straße", "İs", "ﬁrst", "e\u0301", "\u00ad", "\u200b", "\u202e", "—", "–", "-"]
PIECES += ["\n", "\n\n", "\u00a0", "  ", ". ", "? ", "“", "”", "’", "[laughter]", "(inaudible)"]
PIECES += [
    "P1: ",
    "I: ",
    "[00:01:02] ",
    "@x.org",
    "www.taliban.com",
    "\U0001f600",
    "\x1b[31m",
    "한",
]
TEXTS = st.lists(st.sampled_from([*PIECES, " "]), min_size=1, max_size=40).map("".join)
BOOK = """
scope: turn
lists: {groups: [Taliban, al Qaeda]}
marks: {reported: [P1]}
themes:
  a: [taliban, al qaeda, {near: [safe, <groups>]}, "h?ven*", {regex: "haven\\\\pL*"}]
  b: [{all: [safe], any: [haven*]}, {lemma: haven}, {phrase: Taliban, case: true}]
unless: [safe haven]
nested: codebook
"""


def check(coding: TranscriptCoding) -> None:
    text = coding.transcript.text
    for mention in coding.mentions:
        said = words(coding, mention)
        assert said == said.strip()
        assert said
        turn = coding.transcript.turns[mention.turn - 1]
        assert turn.span.contains(mention.span)
        assert re.search("taliban|qaeda|haven|safe", fold(said))
        unit = coding.unit_of(mention, Unit.SENTENCE)
        assert unit.span.start <= mention.span.start < unit.span.end
    for unit in Unit:
        spans = [found.span for found in coding.units[unit]]
        assert spans == sorted(spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert all(text[s.start : s.end].strip() == text[s.start : s.end] for s in spans)
        total = sum(found.words for found in coding.units[unit])
        assert total == coding.words


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_positions_slice_to_the_words(text: str) -> None:
    if text.strip():
        try:
            coding = code_text(BOOK, text)
        except AssertionError as error:
            if "empty" in str(error):  # nothing but what reading removes
                return
            raise
        check(coding)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), TEXTS), st.booleans(), st.booleans())
def test_maps_are_in_order_and_inside(text: str, case: bool, accents: bool) -> None:
    reading = reading_text(text, Span(0, len(text)))
    folded = folded_text(reading, case=case, accents=accents)
    for mapped in (reading, folded):
        assert len(mapped.string) == len(mapped.starts) == len(mapped.ends)
        assert list(mapped.starts) == sorted(mapped.starts)
        pairs = zip(mapped.starts, mapped.ends, strict=True)
        assert all(0 <= start < end <= len(text) for start, end in pairs)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_reading_text_is_what_it_says(text: str) -> None:
    reading = reading_text(text, Span(0, len(text))).string
    plain = "".join(char for char in unicodedata.normalize("NFC", text) if char not in REMOVED)
    assert reading.split() == " ".join(
        plain.translate({0: "\ufffd", 0xFDD0: "\ufffd", 0xFDD1: "\ufffd"})
        .translate({ord(c): "'" for c in "‘’‚‛`´ʼʿʾ"} | {ord(c): '"' for c in "“”„‟"})
        .split()
    ).split(" ") or not reading.strip()  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"], id="marks"),
        pytest.param("He said “No.” Then left.", ["He said “No.”", "Then left."], id="quotes"),
        pytest.param("Gen. Miller met Mr. X. today", ["Gen. Miller met Mr. X. today"], id="short"),
        pytest.param("The U.S. Army came.", ["The U.S. Army came."], id="lone-capitals"),
        pytest.param("So did I. We left.", ["So did I.", "We left."], id="not-I"),
        pytest.param("He fought ISIS-K. Then", ["He fought ISIS-K.", "Then"], id="after-hyphen"),
        pytest.param("See No. 5 and No. Then", ["See No. 5 and No.", "Then"], id="No-before-digit"),
        pytest.param("I was ... um, there.", ["I was ... um, there."], id="dots-in-speech"),
        pytest.param("„Sie gingen.“ Dann", ["„Sie gingen.“", "Dann"], id="german-quotes"),
        pytest.param("ذهب.\u200f ثم جاء.", ["ذهب.", "ثم جاء."], id="direction-mark"),
        pytest.param("Plan b. Then", ["Plan b.", "Then"], id="small-letter"),
        pytest.param(
            "He fought ISIS\u2013K. Then", ["He fought ISIS\u2013K.", "Then"], id="en-dash"
        ),
        pytest.param("Wait… Who?", ["Wait…", "Who?"], id="ellipsis"),
        pytest.param("Version 2.5 is out.", ["Version 2.5 is out."], id="decimal"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    short = frozenset({"Gen.", "Mr.", "No."})
    spans = sentences(text, Span(0, len(text)), short)
    assert [text[span.start : span.end] for span in spans] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="blank-line"),
        pytest.param("the end of\n\na page", ["the end of\n\na page"], id="page-break"),
        pytest.param("One,\n \nand two", ["One,\n \nand two"], id="page-break-after-comma"),
        pytest.param("One.\n\nand two", ["One.", "and two"], id="full-stop-is-a-border"),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    spans = paragraphs(text, Span(0, len(text)))
    assert [text[span.start : span.end] for span in spans] == expected


def test_letters_are_the_token_patterns_letters() -> None:
    from thematic.coding.characters import token_pattern

    pattern = token_pattern()
    sample = [chr(code) for code in (*range(0x20, 0x3000), *range(0xA000, 0xD800, 7))]
    for char in sample:
        if not char.isspace():
            joined = pattern.fullmatch(f"a{char}") is not None
            assert joined is is_letter(char), hex(ord(char))
