"""The fast engine gives what the reference gives: the same mentions, units and words."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.coding.characters import word_pattern
from thematic.coding.compile import compile_codebook
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast import automaton
from thematic.coding.fast.engine import FastEngine
from thematic.coding.fast.sheets import Sheet, Sheets
from thematic.coding.reference.engine import ReferenceEngine
from thematic.coding.spans import SortedSpans
from thematic.coding.talk import level_words
from thematic.coding.text import folded_text, reading_text
from thematic.coding.words import TurnWords
from thematic.errors import Severity
from thematic.model.codebook import Unit
from thematic.model.transcript import Transcript
from thematic.readers import read_codebook, read_text

SHARED = Path(__file__).parents[2] / "shared" / "data"

PIECES = [
    *("Taliban", "taliban's", "al-", "al", "Qaeda", "QAEDA", "safe", "haven", "havens", "not"),
    *("no", "never", "cannot", "without", "don’t", "won't", "do", "d-don't", "but", "host", "a`b"),
    *("Straße", "strasse", "İs", "is", "IS", "ﬁrst", "first", "Kabul", "K2", "ΟΔΟΣ", "οδος"),
    *("e\u0301", "é", "n\u0303", "\u00ad", "\u200b", "\u202e", "\u2067", "\ufe0f", "\U0001f600"),
    *("—", "–", "-", "--", "- ", "\u2010", "\u2011", "_", "/", "9/11", "U.S.", "AT&T", "10km"),
    *(" ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2003", "\u2028", "\r\n", "\x0b", "\x00"),
    *(". ", "? ", "! ", "… ", "; ", ": ", ", ", "“", "”", "’", "‘", "'", '"', "(", ")", "[", "]"),
    *("[laughter]", "(inaudible 00:12)", "[the Taliban]", "(...)", "[00:01:02] ", "(00:03) "),
    *("@x.org", "me@taliban.com", "www.taliban.com", "https://x.org/taliban", "\ufdd0", "한", "𝐚"),
    *("\nP1: ", "\nI: ", "\n\nP1: ", "\n\nI: ", "\nANNA: ", "No.", "Mr.", "e.g.", "J.", "I"),
]
TEXTS = st.lists(st.sampled_from([*PIECES, " ", " ", " "]), min_size=1, max_size=60).map("".join)
BOOK = """
scope: {scope}
accents: {accents}
nested: {nested}
lists: {{groups: [Taliban, al Qaeda, IS]}}
marks: {{reported: [P1, first], hedged: ["n?"]}}
unless: [safe haven]
themes:
  phrases: [taliban, al qaeda, strasse, "is", "9/11", U.S., kabul, first, οδοσ, "e\u0301", "k2"]
  globs: ["h?ven*", "*ban", "tal*n", "* haven", "safe * ", "U.S.*", "*n't", "al-q*", "?s", "n*t"]
  cased: [{{phrase: IS, case: true}}, {{phrase: Taliban*, case: true}}, {{lemma: host, case: true}}]
  lemmas: [{{lemma: host}}, {{lemma: do not}}, {{lemma: safe haven, negation: withhold}}]
  regexes: [{{regex: "haven\\\\pL*"}}, {{regex: "^al"}}, {{regex: "al.?Q", whole_words: false}},
            {{regex: "(safe|no).{{1,9}}haven"}}, {{regex: "qaeda$", unless: [{{regex: "safe"}}]}}]
  near: [{{near: [safe, <groups>]}}, {{near: [not, haven*, al], within: 3, in_order: true}},
         {{near: [<groups>, Taliban], within: 4}}, {{near: [{{regex: "h.ven"}}, {{lemma: do}}]}}]
  boolean: [{{all: [safe, haven*]}}, {{any: [host, do], none: [never]}},
            {{all: [taliban], any: [al qaeda, kabul]}}]
  guarded: [{{phrase: Taliban, unless: [{{phrase: Kabul, within: 2}}]}},
            {{phrase: al, unless: [{{phrase: Qaeda, within: scope}}]}},
            {{phrase: haven, unless: [{{phrase: no, within: 0}}]}}]
  notes: ["[laughter]", laughter, "[", "("]
"""
TOKENS = """
scope: {scope}
themes:
  a: [{{tokens: [{{LOWER: al}}, {{OP: "?"}}, {{LOWER: {{IN: [qaeda, haven]}}}}]}}]
  b: [{{tokens: [{{ORTH: Taliban}}]}}, taliban, {{tokens: [{{IS_DIGIT: true}}]}}]
"""
SCOPES = ("sentence", "paragraph", "turn", "transcript")


def compiled(yaml: str) -> CompiledCodebook:
    codebook, problems = read_codebook(yaml, "book")
    assert codebook is not None, problems
    book, faults = compile_codebook(codebook)
    assert not [p for p in (*problems, *faults) if p.severity is Severity.ERROR], problems + faults
    return book


def variants() -> dict[str, str]:
    made = {
        f"{scope}-{accents}-{nested}": BOOK.format(scope=scope, accents=accents, nested=nested)
        for scope in SCOPES
        for accents, nested in (("keep", "code"), ("ignore", "codebook"))
    }
    return made | {f"tokens-{scope}": TOKENS.format(scope=scope) for scope in SCOPES}


BOOKS = {name: compiled(yaml) for name, yaml in variants().items()}
ENGINES = {
    name: (FastEngine(book, ("interviewer",)), ReferenceEngine(book, ("interviewer",)))
    for name, book in BOOKS.items()
}


def same(transcript: Transcript, fast: FastEngine, reference: ReferenceEngine) -> None:
    one, other = fast.code(transcript), reference.code(transcript)
    assert one.mentions == other.mentions
    assert one.counted_turns == other.counted_turns


def read(text: str) -> Transcript | None:
    return read_text(text, id="t")[0]


@pytest.mark.parametrize("name", ENGINES)
@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_the_engines_agree(name: str, text: str) -> None:
    transcript = read(text)
    if transcript is not None:
        same(transcript, *ENGINES[name])


CASES = {
    "words-of-turns-without-matches": (
        "scope: transcript\nthemes: {z: [{phrase: a, unless: [{phrase: b, within: 4}]}]}",
        "P1: x a\n\nP1: x x x x x x\n\nP1: b x a",
    ),
    "a-turn-that-begins-with-a-stamp": (
        "themes: {z: [{regex: '[^ ]+'}]}",
        "P1: [00:01:02] not a",
    ),
    "none-in-another-turn": (
        "scope: transcript\nthemes: {z: [{all: [a], none: [b]}]}",
        "P1: x a\n\nP1: x x\n\nP1: b x",
    ),
    "sets-that-fill-one-stretch": (
        "lists: {end: [b, a b]}\nthemes: {z: [{near: [b, <end>]}]}",
        "P1: b x a b",
    ),
    "one-rule-twice": ("themes: {z: [a, a]}", "P1: a a a"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_engines_agree_on(case: str) -> None:
    yaml, text = CASES[case]
    book, transcript = compiled(yaml), read(text)
    assert transcript is not None
    same(transcript, FastEngine(book), ReferenceEngine(book))
    assert ReferenceEngine(book).code(transcript).mentions


@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_without_the_automaton_the_matches_are_the_same(text: str) -> None:
    literals = ["al", "al qaeda", "alq", "haven", "ave", "e", "n't", "taliban", "ban"]
    found = sorted(automaton.occurrences(literals)(text.casefold()))
    assert found == sorted(automaton._by_expression(literals)(text.casefold()))


@pytest.mark.parametrize("there", [True, False], ids=["automaton", "expression"])
@settings(deadline=None, max_examples=100)
@given(text=TEXTS)
def test_the_matches_in_bytes_are_those_in_the_text(there: bool, text: str) -> None:
    literals = ["al", "haven", "e", "n't", "\u00e9", "\u03bf\u03b4", "\U0001f600", "t\u00e9"]
    with pytest.MonkeyPatch.context() as patch:
        if not there:
            patch.setitem(sys.modules, "ahocorasick_rs", None)
        found = automaton.occurrences_in_bytes(literals)(text.encode("utf-8", "surrogatepass"))
    sizes = [0]
    for char in text:
        sizes.append(sizes[-1] + len(char.encode("utf-8", "surrogatepass")))
    expected = automaton.occurrences(literals)(text)
    assert sorted(found) == sorted((n, sizes[start], sizes[end]) for n, start, end in expected)


@settings(deadline=None, max_examples=200)
@given(text=TEXTS, accents=st.booleans())
def test_sheets_are_the_texts_of_the_text_function(text: str, accents: bool) -> None:
    transcript = read(text)
    if transcript is None:
        return
    turns = [turn for turn in transcript.turns if turn.span]
    sheets = Sheets(transcript, turns, accents)
    kinds = ((sheets.folded, False), (sheets.cased, True))
    for turn in turns:
        if turn.number in sheets.odd:
            continue
        reading = reading_text(transcript.text, turn.span, turn.gaps)
        assert said(sheets.reading[0], turn.span.start, turn.span.end) == plainly(reading.string)
        for found, case in kinds:
            expected = folded_text(reading, case=case).string
            assert said(found[0], turn.span.start, turn.span.end) == plainly(expected)
            check_positions(found[0], transcript.text)


def said(sheet: object, start: int, end: int) -> str:
    assert isinstance(sheet, Sheet)
    return plainly(sheet.string[sheet.place(start) : sheet.place(end)])


def plainly(string: str) -> str:
    """Without blanks at the ends; a stamp is one barrier in one text and many in the other."""
    return re.sub("\x00+", "\x00", string).strip()


def check_positions(sheet: object, text: str) -> None:
    """Each letter leads back to the raw letter it stands for."""
    assert isinstance(sheet, Sheet)
    for place, char in enumerate(sheet.string):
        if char.isalnum():
            start, end = sheet.raw(place, place + 1)
            assert text[start:end].casefold() == char.casefold()
            assert sheet.place(start) == place


@given(text=st.text(st.sampled_from("ab0'-_. \n\"é"), max_size=30).filter(str.isascii))
def test_words_counted_quickly_are_the_words(text: str) -> None:
    assert level_words(text) == len(word_pattern().findall(text))


@pytest.mark.parametrize("name", ["sentence-keep-code", "transcript-keep-code", "tokens-turn"])
@pytest.mark.parametrize("folder", ["whitehouse", "congress", "podcast", "zoom", "qdb"])
def test_the_engines_agree_on_real_talk(name: str, folder: str) -> None:
    if not (SHARED / folder).is_dir():
        pytest.skip("the shared data are not here")
    from thematic.readers import ReadOptions, find_transcripts, read_source

    for source in find_transcripts([SHARED / folder], None).sources[:2]:
        for transcript in read_source(source, ReadOptions())[0]:
            same(shortened(transcript), *ENGINES[name])


def shortened(transcript: Transcript) -> Transcript:
    """The first turns of a transcript: the reference is slow."""
    from dataclasses import replace

    turns = [turn for turn in transcript.turns if turn.span.end < 40_000]
    return replace(transcript, turns=tuple(turns))


@pytest.mark.parametrize("unit", list(Unit))
def test_units_are_the_same_one_turn_at_a_time(unit: Unit) -> None:
    fast, _ = ENGINES["turn-keep-code"]
    transcript = read("P1: A haven here. And there.\n\nStill P1? Yes.\n\nI: So?\n\nP1: The haven.")
    assert transcript is not None
    coding = fast.code(transcript)
    for mention in coding.mentions:
        one = coding.unit_of(mention, unit)
        assert one in coding.units[unit]
        assert one.span.start <= mention.span.start < one.span.end


@settings(deadline=None, max_examples=200)
@given(text=TEXTS)
def test_words_of_turns_and_units_are_those_of_the_reading_text(text: str) -> None:
    transcript = read(text)
    if transcript is None:
        return
    talk = FastEngine(BOOKS["turn-keep-code"], ()).code(transcript).talk
    for turn in transcript.turns:
        words = TurnWords(transcript, turn, "en").words if turn.span else SortedSpans(())
        assert talk.turn_words[turn.number] == len(words)
    assert talk.words == sum(talk.turn_words.values())
    for turn in transcript.turns:
        words = TurnWords(transcript, turn, "en").words if turn.span else SortedSpans(())
        for unit in (Unit.SENTENCE, Unit.PARAGRAPH, Unit.TURN):
            for one in talk.units_in_turn(unit, turn.number):
                begun = [w for w in words.spans if one.span.start <= w.start < one.span.end]
                assert one.words == len(begun)
