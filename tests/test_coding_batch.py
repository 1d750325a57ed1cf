"""Many transcripts at once give what one at a time gives, to the last column."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from compiled_parts import without_compiled
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_coding_fast import BOOK, TEXTS, compiled
from test_coding_settling import BOOK as RANDOM_BOOK
from test_coding_settling import TURNS, transcript_of

from thematic.coding.batch import gathering
from thematic.coding.batch.alphabet import fold, kinds
from thematic.coding.batch.engine import BatchEngine
from thematic.coding.batch.lines import Collected
from thematic.coding.batch.page import Page
from thematic.coding.batch.uneven import evened, signs_of
from thematic.coding.batch.units import Borders
from thematic.coding.batch.writing import beyond_of
from thematic.coding.compile import compile_codebook
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.engine import FastEngine
from thematic.coding.language import abbreviations
from thematic.coding.notes import note_length, notes
from thematic.coding.reference.engine import ReferenceEngine
from thematic.coding.text import MappedText
from thematic.coding.units import unit_spans
from thematic.model.codebook import Unit
from thematic.model.coding import TranscriptCoding
from thematic.model.columns import STATUSES, MentionColumns
from thematic.model.transcript import Span, Transcript, Turn
from thematic.readers import read_codebook, read_text

EXCLUDED = ("interviewer",)
Row = tuple[Any, ...]


def rows_of(columns: MentionColumns, paths: Sequence[str]) -> list[Row]:
    """Each mention with all that the columns say of it."""
    said = columns.said
    return [
        (
            *(columns.transcripts[transcript], turn, start, end, paths[code], rule),
            *(STATUSES[status], said[guard], said[negation], said[marks], unit),
        )
        for transcript, turn, start, end, code, rule, status, guard, negation, marks, unit in zip(
            *(getattr(columns, name).tolist() for name in NAMES), strict=True
        )
    ]


NAMES = ("transcript", "turn", "start", "end", "code", "rule", "status")
NAMES += ("guard", "negation", "marks", "unit")  # type: ignore[assignment]


def expected(coding: TranscriptCoding, unit: Unit) -> list[Row]:
    whole = unit is Unit.TRANSCRIPT
    return [
        (
            *(coding.transcript.id, one.turn, one.span.start, one.span.end, one.code, one.rule),
            *(one.status, one.guard, one.negation, "; ".join(one.marks)),
            0 if whole else coding.unit_span_of(one, unit).start,
        )
        for one in coding.mentions
    ]


def check(
    book: CompiledCodebook, transcripts: Sequence[Transcript], unit: Unit, exclude: Sequence[str]
) -> list[Row]:
    """All three engines give the same, the first with its parts in C and without."""
    fast, reference = FastEngine(book, exclude), ReferenceEngine(book, exclude)
    columns = BatchEngine(fast, unit).code(transcripts)
    found = rows_of(columns, book.codebook.paths())
    with without_compiled():
        plain = BatchEngine(fast, unit).code(transcripts)
    assert (rows_of(plain, book.codebook.paths()), plain.words) == (found, columns.words)
    for engine in (fast, reference):
        codings = [engine.code(transcript) for transcript in transcripts]
        assert found == [row for coding in codings for row in expected(coding, unit)]
        assert columns.words == [coding.words for coding in codings]
    return found


ALL_PLAIN = """
scope: {scope}
accents: {accents}
nested: {nested}
marks: {{reported: [P1, first], hedged: ["n?"]}}
themes:
  phrases: [taliban, al qaeda, strasse, "is", "9/11", U.S., kabul, first, "e\u0301", "k2", "n't"]
  globs: ["h?ven*", "*ban", "*a*", "tal*n", "* haven", "safe * ", "*n't", "al-q*", "?s", "*e"]
  cased: [{{phrase: IS, case: true}}, {{phrase: Taliban*, case: true}}, {{lemma: host, case: true}}]
  lemmas: [{{lemma: host}}, {{lemma: do not}}, {{lemma: safe haven, negation: withhold}}]
  deep: {{codes: {{one: [al, al qaeda, haven, {{lemma: haven}}], two: [qaeda, "safe haven*"]}}}}
  notes: ["[laughter]", laughter, "[", "("]
"""
NOT_ALL_PLAIN = """
scope: {scope}
accents: {accents}
nested: {nested}
lists: {{groups: [Taliban, al Qaeda, IS]}}
marks: {{hedged: ["n?"]}}
unless: [safe haven]
themes:
  phrases: [taliban, al qaeda, strasse, "is", "9/11", U.S., kabul, {{phrase: do, unless: [no]}}]
  near: [{{near: [safe, <groups>]}}, {{near: [not, haven*, al], within: 3, in_order: true}}]
  boolean: [{{all: [safe, haven*]}}, {{any: [host, do], none: [never]}}, host]
  guarded: [{{phrase: Taliban, unless: [{{phrase: Kabul, within: 2}}]}},
            {{phrase: al, unless: [{{phrase: Qaeda, within: scope}}]}},
            {{phrase: haven, unless: [{{phrase: no, within: 0}}]}}]
"""
YAMLS = {"plain": ALL_PLAIN, "others": NOT_ALL_PLAIN, "all": BOOK}
BOOKS = {
    f"{name}-{scope}-{nested}": compiled(yaml.format(scope=scope, accents=accents, nested=nested))
    for name, yaml in YAMLS.items()
    for scope in Unit
    for accents, nested in (("keep", "code"), ("ignore", "codebook"))
}


@pytest.mark.parametrize("name", BOOKS)
@settings(deadline=None, max_examples=60)
@example(["\xad al-", "al qaeda \xad"], Unit.SENTENCE).via("a turn's first blank is none")
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), unit=st.sampled_from(Unit))
def test_at_once_as_one_at_a_time(name: str, texts: list[str], unit: Unit) -> None:
    read = [read_text(text, id=f"t{number}")[0] for number, text in enumerate(texts)]
    check(BOOKS[name], [one for one in read if one is not None], unit, EXCLUDED)


def random_book(book: dict[str, Any]) -> CompiledCodebook | None:
    codebook, _ = read_codebook(json.dumps(book), "book")
    return None if codebook is None else compile_codebook(codebook)[0]


@settings(deadline=None, max_examples=300)
@example(
    {"themes": {"z": {"rules": [{"regex": "[^ ] d"}]}}}, [[("P", "not -- d ")]], Unit.SENTENCE
).via("a dash that a mention begins within")
@example(
    {"themes": {"z": {"rules": [{"phrase": "a b"}, {"regex": "[ab] [bc]"}]}}},
    [[("P", "a-b \n\nb ")]],
    Unit.SENTENCE,
).via("of two that overlap, that of more blanks is longer")
@example(
    {"themes": {"z": {"rules": [{"near": ["a", "b"]}, {"phrase": "b c"}, {"phrase": "b d"}]}}},
    [[("P", "a b  \nc d"), ("P", "d a-b  c a")], [("P", "a b  c")]],
    Unit.SENTENCE,
).via("the same beside a rule of two words")
@given(RANDOM_BOOK, st.lists(TURNS, min_size=1, max_size=3), st.sampled_from(Unit))
def test_small_codebooks_settle_alike(
    book: dict[str, Any], said: list[list[tuple[str, str]]], unit: Unit
) -> None:
    ready = random_book(book)
    if ready is not None:
        transcripts = [transcript_of(turns) for turns in said]
        check(ready, transcripts, unit, ready.codebook.exclude)


def test_a_match_behind_the_last_word_has_words_before_it_only() -> None:
    """A regex may match a note, which holds no words; a guard is looked for round it."""
    ready = random_book(
        {
            "themes": {"z": {"rules": [{"regex": "[^ ]+"}]}},
            "nested": "codebook",
            "unless": [{"phrase": "a", "within": 0}],
        }
    )
    assert ready is not None
    check(ready, [transcript_of([("P", "a [laughter] ")])], Unit.SENTENCE, ("I",))


@pytest.mark.parametrize(
    ("said", "rule", "guard"),
    [
        ("[laughter]", {"phrase": "[laughter]"}, {"phrase": "[laughter]"}),
        ("\U0001f600 \U0001f600", {"regex": "\U0001f600"}, {"phrase": "\U0001f600 \U0001f600"}),
        ("(", {"regex": "\\W+"}, {"regex": "(?s).+"}),
        ("-- -", {"regex": "--"}, {"regex": "-"}),
    ],
    ids=["a note", "pictures", "a bracket", "dashes"],
)
@pytest.mark.parametrize("unit", Unit)
def test_a_guard_holds_where_there_are_no_words(
    said: str, rule: dict[str, str], guard: dict[str, str], unit: Unit
) -> None:
    rules = [rule | {"unless": [guard | {"within": 0}]}]
    ready = random_book({"scope": unit.value, "themes": {"z": {"rules": rules}}})
    assert ready is not None
    found = check(ready, [transcript_of([("P", said), ("P", "so")])], unit, ())
    assert {row[6].value for row in found} == {"withheld"}


LATE = "P: no" + "\u201d " * 4 + ", a b"
CASES = {
    "a-no-at-the-end-of-a-turn": ("no\n\n, a b. no, a b"),
    "closing-quotes-before-a-comma": LATE,
    "a-dash-of-three": "no---a, not -- a, not - a",
    "stops-within-notes": "not (...) a, not [laughter. pause] a. not [a. b] a",
    "an-address": "not me@a.org a, www.a.b a; not a",
    "a-wide-joint": "not a-\nb a- b a - b a-b",
    "blank-lines": "not a\n\n \nb a,\n\n\nb. A\n\nB",
    "two-rules-for-one-match": "a a b a b a",
    "apostrophes": "y'all'dn't a don\u2019t, d-don't a; n't've a isn't",
    "accents": "not \u00e9t\u00e9 a \u2014 a. \u00c9 a?",
    "just-within-reach": "not x x x x a. Not x x x x x a",
    "without-after-cannot": "cannot go without a. He cannot. Without a b",
    "addresses": "not me@a.org. a a@b.c-- a (www.b.a), no https://a.b/a a. x@a.b",
    "a-mark-behind-a-dash": "e\u0301n\u2019t --\u0301b a. \u0301a b",
    "withheld": "not do a. Do a, did not a do",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("unit", Unit)
def test_at_once_as_one_at_a_time_on(case: str, unit: Unit) -> None:
    book = compiled(
        "themes: {y: [a, a b, {lemma: do}, 't', 'n*', {phrase: b, unless: [a]}], z: ['*a', b],"
        " w: [{lemma: do, negation: withhold}]}"
    )
    text = CASES[case]
    turn = Turn(1, Span(0, len(text)), speaker="P")
    found = check(book, [Transcript("t", text, (turn,))], unit, ())
    assert bool(found) is bool(text)


UNEVEN = compiled(
    "themes: {y: [strasse, ss, '*se', 'se*', e\u0301, 'x\u0301', eta, '*a*', {phrase: Stra\u00dfe,"
    " case: true}, {lemma: do}], z: [{phrase: na\u00efve, unless: [not]}, office, '?s']}"
)
PARTS = st.sampled_from(
    [
        *"Stra\u00dfe|stras\u00adse|\u00df|\u00dfe|s\u00dfe|e\u0301|\u00e9|E\u0301ta|x\u0301|a\u00ad|na\u0131\u0308ve".split(
            "|"
        ),
        *"nai\u0308ve|na\u00efve|of\ufb01ce|o\ufb03ce|\u0130a|\u1100\u1161|d\u200do|do not|D\u00adr|i.e\u00ad.g|.".split(
            "|"
        ),
        *" |, |. |-|- |\n|\n\n|\u2019s |n\u2019t |(|) |\u200b|\u0301|No |a|S|\u201c|\ufe0f|\u2764".split(
            "|"
        ),
    ]
)


@settings(deadline=None, max_examples=400)
@given(
    st.lists(st.lists(PARTS, min_size=1).map("".join), min_size=1, max_size=4),
    st.sampled_from(Unit),
)
def test_letters_in_parts_and_removed_marks(turns: list[str], unit: Unit) -> None:
    transcripts = [transcript_of([("P", words), ("Q", words[::-1])]) for words in turns]
    check(UNEVEN, transcripts, unit, ())


@pytest.mark.parametrize(
    ("words", "evened_words", "edits"),
    [
        ("a\u00ad\u200bb c\u00add", "ab cd", [(1, 2, False), (4, 1, False)]),
        ("cafe\u0301 x", "caf\u00e9 x", [(4, 1, True)]),
        ("na\u0308\u0301.", None, None),
        ("a\u00ad", None, None),
        ("D\u00adr. X", None, None),
        ("e\u0301\n\nx", None, None),
        ("x\u0301 e\u0301", None, None),
        (
            "a\u00adbe\u0301 c\u00ade\u0301 d",
            "ab\u00e9 c\u00e9 d",
            [(1, 1, False), (3, 1, True), (5, 1, False), (6, 1, True)],
        ),
        ("a b", None, None),
    ],
    ids=[
        *("marks within words", "a letter in two parts", "before a full stop", "at the end"),
        *(
            "in an abbreviation",
            "before a blank line",
            "not one character",
            "both",
            "nothing to do",
        ),
    ],
)
def test_a_turn_is_evened_where_that_is_sure(
    words: str, evened_words: str | None, edits: list[tuple[int, int, bool]] | None
) -> None:
    assert evened(words, signs_of(words)) == (
        None if evened_words is None else (evened_words, edits)
    )


def test_no_transcript_has_no_mention() -> None:
    assert check(BOOKS["plain-turn-code"], [], Unit.TURN, ()) == []


def test_many_pages_are_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"P1: Taliban {n}. No al-Qaeda\u2019s haven.\n\nP2: Not a haven" for n in range(20)]
    read = [read_text(text, id=f"t{n:02}")[0] for n, text in enumerate(texts)]
    transcripts = [one for one in read if one is not None]
    book = BOOKS["plain-sentence-code"]
    one_page = check(book, transcripts, Unit.TURN, ())
    monkeypatch.setattr(gathering, "PAGE_SIZE", 50)
    assert check(book, transcripts, Unit.TURN, ()) == one_page


SIGNS = st.sampled_from(
    [*"aB1.?! \n\t-,'\"\u201d)", "\n\n", "Mr.", "No. ", "e.g.", "\u2026", "\u00e9"]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(SIGNS).map("".join), min_size=1, max_size=3), st.sampled_from(Unit))
def test_units_begin_where_they_do(turns: list[str], unit: Unit) -> None:
    short = abbreviations("en")
    collected, wanted = Collected(), []
    for words in turns:
        turn = Turn(1, Span(0, len(words)))
        collected.add_words(0, 1, 0, words)
        each = Unit.TURN if unit is Unit.TRANSCRIPT else unit
        spans = unit_spans(Transcript("t", words, (turn,)), [turn], each, short)
        wanted.append([span.start for span, _ in spans])
    beyond_of(collected.lines())
    page = Page(collected.lines())
    places = Borders(short).starts(page, unit).places
    of = page.turns_of(places)
    raw = page.raw(places, of)
    assert [raw[of == number].tolist() for number in range(len(turns))] == wanted


def test_tables_tell_what_the_text_function_does() -> None:
    """Folding keeps letters letters, for every character that folds to one."""
    single = [char for char in map(chr, range(0x250)) if len(char.casefold()) == 1]
    codes = np.array([ord(char) for char in single], np.dtype("<u4"))
    folded = np.array([fold(char) for char in single], np.dtype("<u4"))
    assert ((kinds(codes) & 1) == (kinds(folded) & 1)).all()


NOTES = st.lists(
    st.sampled_from(
        [*"[[[((( ])?.\u2026x", "laughter", "ph", "s", "00:12", "\n", "clears throat", "\u017figh"]
    ),
    max_size=8,
).map("".join)


@given(NOTES)
def test_notes_at_brackets_are_the_notes(text: str) -> None:
    at = 0
    found = []
    while at < len(text):
        closed = [place for sign in "])" if (place := text.find(sign, at)) >= 0]
        size = note_length(text[at : min(closed) + 2]) if closed and text[at] in "[(" else 0
        end = size and at + size
        found += [(at, end)] if end else []
        at = end or at + 1
    reading = MappedText(text, range(len(text)), range(1, len(text) + 1))
    assert found == [(span.start, span.end) for span in notes(reading)]
