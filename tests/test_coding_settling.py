"""Two hands wrote from the same page what happens after matching: they must agree.

The reference settles by plain loops and brute force, the fast engine by searching. Both get
the same matches of small random codebooks in texts of few words, where everything collides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.coding.compile import compile_codebook
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.settle import settle as settle_fast
from thematic.coding.fast.stretch import Stretch
from thematic.coding.language import abbreviations
from thematic.coding.reference.matching import ReferenceMatcher, TurnMatches
from thematic.coding.reference.settle import settle
from thematic.coding.spans import SortedSpans
from thematic.coding.units import unit_spans
from thematic.coding.words import TurnWords
from thematic.errors import Severity
from thematic.model.codebook import Unit
from thematic.model.coding import Mention
from thematic.model.transcript import Span, Transcript, Turn
from thematic.readers.codebook import read_codebook

# Codebooks of few words, so that items meet, overlap and stand for the same words.
PHRASE = st.sampled_from(
    "a|b|c|d|a b|b c|a b c|c d a|b*|a * c|b-c|<ab>|<ab> c|b. c|not a|don't|no"
    "|[laughter]|[laughter] a|&|a & b".split("|")
)
REGEX = st.sampled_from(["a( b)?", "[ab] [bc]", "[^ ] d", "b.{1,4}c", "[^ ]+"])
ITEM = PHRASE | REGEX.map(lambda pattern: {"regex": pattern})
ITEMS = st.lists(ITEM, min_size=1, max_size=2)
NEAR = st.fixed_dictionaries(
    {
        "near": st.lists(ITEM, min_size=2, max_size=3),
        "within": st.sampled_from([1, 2, 3, 5, 8]),
        "in_order": st.booleans(),
    }
)
NONE: dict[str, Any] = {"none": ITEMS}
BOOLEAN = st.fixed_dictionaries({"all": ITEMS}, optional={"any": ITEMS, **NONE})
BOOLEAN |= st.fixed_dictionaries({"any": ITEMS}, optional=NONE)
TOKENS = st.just({"tokens": [{"LOWER": "b"}, {"IS_ALPHA": True, "OP": "?"}]})
REACH = st.fixed_dictionaries({"within": st.sampled_from([0, 1, 2, 4, "scope"])})
GUARD = PHRASE | st.builds(lambda phrase, reach: {"phrase": phrase} | reach, PHRASE, REACH)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "unless": st.lists(GUARD, min_size=1, max_size=2),
        "negation": st.sampled_from(["mark", "withhold", "ignore"]),
    },
)
ONE = ITEM.map(lambda item: item if isinstance(item, dict) else {"phrase": item})
RULE = st.builds(lambda rule, options: rule | options, ONE | NEAR | BOOLEAN | TOKENS, OPTIONS)
CODE = st.lists(RULE, min_size=1, max_size=3).map(lambda rules: {"rules": rules})
BOOK = st.fixed_dictionaries(
    {
        "lists": st.just({"ab": ["a", "b", "a b"]}),
        "scope": st.sampled_from([unit.value for unit in Unit]),
        "themes": st.dictionaries(st.sampled_from("zyx"), CODE, min_size=1, max_size=3),
        "speakers": st.just({"exclude": ["I"]}),
    },
    optional={
        "nested": st.just("codebook"),
        "marks": st.just({"hedged": ["d", "b c"], "told": ["no", "a b"]}),
        "negation_cues": st.sampled_from([["no", "d"], ["not", "c not", "not a", "b*"]]),
        "unless": st.lists(GUARD, max_size=1),
    },
)

# Turns as (speaker, pieces); joined as they stand, so pieces bring their own blanks.
PIECE = st.sampled_from(
    "a |b |c |d |a |b |c |x |a-b |b-c |A |B |a\n|not |no |No, |“no”, |no , |no [laughter], "
    "|no doubt |not only |never |cannot |can’t |don't |d-don't |not-a |without |but |except "
    "|but-a |_but_ |b\u00adut |. |. A |B. C|...|; |? |— |-- |, |& |\n\n|\n\nB "
    "|[laughter] |(inaudible) |[00:01:02] |www.a.b ".split("|")
)
TURN = st.tuples(st.sampled_from("PQI"), st.lists(PIECE, min_size=1, max_size=14).map("".join))
TURNS = st.lists(TURN, min_size=1, max_size=3)
STAMP = "[00:01:02]"  # within a turn; what stands before its words is no part of it


def compiled(book: dict[str, Any]) -> CompiledCodebook:
    codebook, problems = read_codebook(json.dumps(book), "book")
    assert codebook is not None, problems
    ready, faults = compile_codebook(codebook)
    assert not [p for p in (*problems, *faults) if p.severity is Severity.ERROR]
    return ready


def transcript_of(said: Sequence[tuple[str, str]]) -> Transcript:
    """A transcript of turns as a reader gives them: labels and stamps are no words."""
    text, turns = "", []
    for speaker, pieces in said:
        words = pieces.strip()
        while words.startswith(STAMP):
            words = words.removeprefix(STAMP).strip()
        text += f"{speaker}: "
        span = Span(len(text), len(text) + len(words))
        gaps = tuple(_stamps(words, len(text)))
        turns.append(Turn(len(turns) + 1, span, speaker=speaker, gaps=gaps))
        text += f"{words}\n\n"
    return Transcript("t", text, tuple(turns))


def _stamps(words: str, offset: int) -> Iterator[Span]:
    at = words.find(STAMP)
    while at >= 0:
        yield Span(offset + at, offset + at + len(STAMP))
        at = words.find(STAMP, at + 1)


Ground = tuple[list[TurnMatches], list[Span]]


def grounds(transcript: Transcript, book: CompiledCodebook) -> Iterator[Ground]:
    """Matches and scopes that are settled together: of one turn, or of all of them."""
    codebook = book.codebook
    turns = [turn for turn in transcript.turns if turn.speaker not in codebook.exclude]
    scopes = unit_spans(transcript, turns, codebook.scope, abbreviations("en"))
    matcher = ReferenceMatcher(book)
    matched = []
    for turn in turns:
        inside = [span for span, number in scopes if number == turn.number] or [turn.span]
        if turn.span:
            words = TurnWords(transcript, turn, "en")
            matched.append(matcher.match(turn, words, inside))
    if codebook.scope is Unit.TRANSCRIPT:
        yield matched, [span for span, _ in scopes]
        return
    for one in matched:
        yield [one], [span for span, number in scopes if number == one.turn.number]


def settled(book: dict[str, Any], said: Sequence[tuple[str, str]]) -> list[Mention]:
    """What the reference settles; the fast engine must settle the same, to the last field."""
    ready, transcript = compiled(book), transcript_of(said)
    mentions: list[Mention] = []
    for matches, scopes in grounds(transcript, ready):
        plain = in_order(settle(transcript.text, matches, scopes, ready))
        stretch = Stretch(transcript.text, matches, SortedSpans(scopes))
        assert in_order(settle_fast(stretch, ready)) == plain
        mentions += plain
    return mentions


def in_order(mentions: Sequence[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: (mention.span, mention.code, mention.rule))


@settings(max_examples=400, deadline=None)
@given(BOOK, TURNS)
def test_both_settle_alike(book: dict[str, Any], said: Sequence[tuple[str, str]]) -> None:
    settled(book, said)


def rules(*listed: Any, **top: Any) -> dict[str, Any]:
    """A codebook of one code."""
    return {"lists": {"ab": ["a", "a b"]}, "themes": {"code": {"rules": list(listed)}}} | top


@pytest.mark.parametrize(
    ("book", "said", "guard"),
    [
        pytest.param(rules("a", unless=["[laughter]"]), "a [laughter]", "[laughter]", id="note-last"),
        pytest.param(rules("a", unless=["[laughter]"]), "[laughter] a", "[laughter]", id="note-first"),
        pytest.param(rules("a", unless=["&"]), "a c & c", "", id="sign-two-words-away"),
        pytest.param(rules("a", unless=["&"]), "& a", "&", id="sign-first"),
        pytest.param(rules("b", unless=["<ab>"]), "a b", "a b", id="longest-of-the-first"),
        pytest.param(
            rules("c", unless=[{"phrase": "<ab>", "within": "scope"}]),
            "c x a b",
            "a b",
            id="longest-of-the-first-in-a-scope",
        ),
        pytest.param(rules({"any": ["c"], "none": ["d"]}, unless=["a"]), "a c d", "d", id="none-first"),
        pytest.param(
            rules("a", unless=[{"phrase": "b", "within": 2}]), "a-x x b", "b", id="words-not-parts"
        ),
    ],
)  # fmt: skip
def test_guard_recorded(book: dict[str, Any], said: str, guard: str) -> None:
    (mention,) = settled(book, [("P", said)])
    where = mention.guard_span
    assert (transcript_of([("P", said)]).text[where.start : where.end] if where else "") == guard


@pytest.mark.parametrize(
    ("book", "said", "cue"),
    [
        pytest.param(rules("a"), "not _but_ a", "", id="but-between-signs"),
        pytest.param(rules("a"), "not b\u00adut a", "", id="but-with-a-soft-hyphen"),
        pytest.param(rules("a"), "not butter a", "not", id="but-within-a-word"),
        pytest.param(rules("a"), "no\u200b, a", "", id="no-before-a-hidden-sign-and-a-comma"),
        pytest.param(rules("a"), "\u201eno\u201c, a", "", id="no-in-german-quotes"),
        pytest.param(rules("a", negation_cues=["no"]), "no, a", "no", id="own-cue-before-a-comma"),
        pytest.param(rules("a"), "cannot a, cannot go without x", "cannot", id="nearest-cannot"),
        pytest.param(rules("a"), "cannot go without x or without a", "", id="two-without"),
        pytest.param(rules("a"), "cannot go; without a", "without", id="parted-without"),
        pytest.param(rules("a", negation_cues=["not", "not a"]), "not a", "not", id="cue-in-a-cue"),
        pytest.param(
            rules("c", negation_cues=["not a", "a not"]), "not a not c", "a not", id="cues-overlap"
        ),
        pytest.param(
            rules("c", negation_cues=["not", "a not"]), "a not c", "a not", id="cues-end-together"
        ),
    ],
)
def test_cue_recorded(book: dict[str, Any], said: str, cue: str) -> None:
    (mention,) = settled(book, [("P", said)])
    assert mention.negation == cue


def test_the_longest_of_other_codes_is_recorded() -> None:
    themes = {"z": ["b"], "y": ["a b", "x"], "x": ["b c"], "w": ["a b c"]}
    mentions = settled({"nested": "codebook", "themes": themes}, [("P", "a b c")])
    whole = next(mention.span for mention in mentions if mention.code == "w")
    assert {m.swallowed_by for m in mentions if m.code != "w"} == {whole}


def test_words_of_every_turn_count_between_a_mention_and_a_guard() -> None:
    book = rules("a", scope="transcript", unless=[{"phrase": "b", "within": 4}])
    near, far = [("P", "a"), ("Q", "x x x"), ("P", "b")], [("P", "a"), ("Q", "x x x x"), ("P", "b")]
    assert [bool(mention.guard) for mention in settled(book, near) + settled(book, far)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("items", [["<end>", "b"], ["b", "<end>"]], ids=["list", "word"])
def test_of_several_sets_in_one_stretch_the_first_is_shown(items: list[str]) -> None:
    book = rules({"near": items, "within": 8}, lists={"end": ["b", "a b"]})
    (mention,) = settled(book, [("P", "b x a b")])
    text = transcript_of([("P", "b x a b")]).text
    assert [text[part.start : part.end] for part in mention.parts] == ["b", "a b"]
