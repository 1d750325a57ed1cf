"""What carries no code, by the library: standing codes, likeness of words, cuts, brief answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thematic
from thematic.analysis.uncoded.affirmations import says
from thematic.analysis.uncoded.extracts import around, closing, opening
from thematic.analysis.uncoded.gaps import TurnText
from thematic.analysis.uncoded.likeness import Likeness, Lookalikes, one_slip, stemmer
from thematic.model.coding import Codings
from thematic.model.judged import Judged, Judgements
from thematic.model.judged import Standing as How
from thematic.model.study import Restriction, Study
from thematic.model.transcript import Span


def coded(book: str, **texts: str) -> Codings:
    """Texts by their IDs, coded by a codebook in YAML."""
    codebook, problems = thematic.read_codebook(book, "book")
    assert codebook is not None, problems
    transcripts = []
    for id, text in texts.items():
        transcript, faults = thematic.read_text(text, id=id)
        assert transcript is not None, faults
        transcripts.append(transcript)
    return thematic.code(transcripts, codebook)


def column(table: thematic.ResultTable, name: str) -> list[object]:
    return list(table.frame[name])


TEXT = (
    "INTERVIEWER: And?\n\nANNA: She helped us.\n\nINTERVIEWER: And then?\n\nANNA: Nothing else.\n"
)


def judged(codings: Codings, words: str, code: str, *, holds: bool) -> Codings:
    """The codings with one judgement of a person on some words."""
    text = codings.transcripts[0].transcript.text
    start = text.index(words)
    how = How.ADDED if holds else How.REJECTED
    one = Judged(Span(start, start + len(words)), code, holds, ("AK",), how)
    return replace(codings, judgements=Judgements({"a": (one,)}))


def test_a_suggestion_stands_until_people_refuse_it() -> None:
    codings = coded("help: [help*]", a=TEXT)
    assert column(thematic.uncoded(codings).answers, "opening") == ["Nothing else."]
    refused = judged(codings, "She helped us.", "help", holds=False)
    found = thematic.uncoded(refused)
    assert column(found.answers, "opening") == ["She helped us.", "Nothing else."]
    assert column(found.answers, "refused") == ["help", ""]
    assert column(found.cases, "who") == ["a"]


def test_what_people_code_is_no_longer_uncoded() -> None:
    codings = judged(coded("help: [help*]", a=TEXT), "Nothing else.", "help", holds=True)
    assert len(thematic.uncoded(codings).answers) == 0


def test_a_disputed_suggestion_still_stands() -> None:
    codings = coded("help: [help*]", a=TEXT)
    span = Span(TEXT.index("She"), TEXT.index("She") + 10)
    dispute = Judged(span, "help", False, ("AK", "BL"), How.DISPUTED)
    disputed = replace(codings, judgements=Judgements(disputes={"a": (dispute,)}))
    assert column(thematic.uncoded(disputed).answers, "opening") == ["Nothing else."]


def test_codes_of_people_count_for_themes() -> None:
    codings = coded("help: [help*]\nloss: {rules: manual}", a=TEXT)
    themes = thematic.uncoded(judged(codings, "Nothing else.", "loss", holds=True)).themes
    assert column(themes, "without") == [0, 0]


def test_kinds_are_not_pooled() -> None:
    codebook, _ = thematic.read_codebook("help: [help*]\nloss: [lost]", "book")
    interview, _ = thematic.read_text(TEXT, id="a")
    assert codebook is not None
    assert interview is not None
    paper = replace(interview, id="p", attributes={"kind": "publication"})
    found = thematic.uncoded(thematic.code([paper, interview], codebook), longest=1)
    assert column(found.answers, "kind") == ["interview", "publication"]
    assert column(found.themes, "kind") == ["interview"] * 2 + ["publication"] * 2
    assert column(found.themes, "N") == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param("hawala", "hawalla", True, id="too-many"),
        pytest.param("hawalla", "hawala", True, id="too-few"),
        pytest.param("taliban", "taleban", True, id="other"),
        pytest.param("kandahar", "kadnahar", True, id="swapped"),
        pytest.param("hawala", "hawalas", True, id="one-more-at-the-end"),
        pytest.param("hawala", "hawala", False, id="the-same"),
        pytest.param("hawala", "kawala", False, id="first-letter"),
        pytest.param("hawala", "hawelle", False, id="two-letters"),
        pytest.param("abcdef", "acbdfe", False, id="two-swaps"),
    ],
)
def test_one_slip(one: str, other: str, wanted: bool) -> None:
    assert one_slip(one, other) is wanted


_WORD = st.text("abn", min_size=6, max_size=8)


@given(st.lists(_WORD, max_size=12), _WORD)
def test_looking_up_finds_what_comparing_finds(words: list[str], word: str) -> None:
    found = Lookalikes(words, lambda one: (one,), None).like(word)
    assert {one for one, how in found.items() if how is Likeness.SLIP} == {
        one for one in words if one_slip(one, word)
    }


FORMS = {"swear": ("swear", "swore", "sworn"), "table": ("table", "tables")}


@pytest.mark.parametrize(
    ("word", "like"),
    [
        pytest.param("swore", {"swear": "inflection"}, id="another-form"),
        pytest.param("corrupt", {"corruption": "stem"}, id="same-stem"),
        pytest.param("corruption", {"corruption": "same"}, id="itself"),
        pytest.param("hawalla", {"hawala*": "spelling"}, id="slip-in-a-head"),
        pytest.param("hawaladars", {"hawala*": "same"}, id="begins-like-a-head"),
        pytest.param("hawaldars", {"hawala*": "spelling"}, id="a-letter-of-the-head-missing"),
        pytest.param("stable", {}, id="first-letter-differs"),
        pytest.param("tables", {}, id="an-ordinary-word-is-no-slip"),
        pytest.param("tablits", {"tablets": "spelling"}, id="a-word-of-no-language-is"),
        pytest.param("gold", {}, id="short-words-are-not-compared"),
        pytest.param("100001", {}, id="numbers-are-no-slips"),
    ],
)
def test_lookalikes(word: str, like: dict[str, str]) -> None:
    words = ["swear", "corruption", "hawala*", "tablets", "goal", "100000"]
    lookalikes = Lookalikes(words, lambda one: FORMS.get(one, (one,)), stemmer("en"))
    found = {one: how.value for one, how in lookalikes.like(word).items()}
    assert found == like


def test_languages_without_a_stemmer_are_compared_by_letters_only() -> None:
    assert stemmer("xx") is None
    assert stemmer("de-AT") is not None


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        pytest.param("Yes.", "yes", id="yes"),
        pytest.param("Absolutely!", "yes", id="absolutely"),
        pytest.param("Mm-hm.", "yes", id="mm-hm"),
        pytest.param("Well, of course.", "yes", id="after-an-opener"),
        pytest.param("That’s right", "yes", id="curly-apostrophe"),
        pytest.param("No, never", "no", id="no"),
        pytest.param("Absolutely not.", "no", id="a-no-that-begins-like-a-yes"),
        pytest.param("Ja, genau.", "yes", id="german"),
        pytest.param("In Kunar.", "other", id="an-answer"),
        pytest.param("Yesterday", "other", id="only-begins-like-a-yes"),
        pytest.param("Well.", "other", id="an-opener-alone"),
    ],
)
def test_what_a_brief_answer_says(answer: str, wanted: str) -> None:
    assert says(answer) == wanted


def test_a_long_answer_is_no_affirmation() -> None:
    book = "help: [help*]"
    asks = "INTERVIEWER: Who helped?\n\nANNA: {}\n"
    brief = coded(book, a=asks.format("Yes, that one did, truly."))
    long = coded(book, a=asks.format("Yes, that one did, truly, and more."))
    for codings, rows in ((brief, 1), (long, 0)):
        affirmed = thematic.uncoded(codings).affirmations
        assert affirmed is not None
        assert len(affirmed) == rows


def test_an_answer_that_takes_the_theme_up_is_no_affirmation() -> None:
    text = "INTERVIEWER: Who helped?\n\nANNA: She helped.\n"
    found = thematic.uncoded(coded("help: [help*]", a=text)).affirmations
    assert found is not None
    assert len(found) == 0


LONG = "one two three four five six seven eight nine ten " * 8


def test_cuts_are_exact_slices() -> None:
    source = coded("help: [help*]", a=LONG).transcripts[0]
    text, study = source.transcript.text, Study()
    whole = Span(0, len(text.rstrip()))
    first = opening(source, whole, study)
    assert first == text[: len(first) - 4] + " […]"
    assert len(first.split()) == 31
    last = closing(source, whole, study)
    assert last == "[…] " + text[whole.end - len(last) + 4 : whole.end]
    middle = Span(text.index("five", 150), text.index("five", 150) + 4)
    beside = around(source, middle, whole, study)
    assert beside.startswith("[…] ")
    assert beside.removeprefix("[…] ").removesuffix(" […]") in text
    assert opening(source, Span(0, 7), study) == "one two"


def test_words_withdrawn_are_not_in_an_opening() -> None:
    codings = coded("help: [help*]", a=TEXT)
    start = TEXT.index("Nothing")
    study = Study(restrictions={"a": (Restriction(Span(start, start + 7)),)})
    assert column(thematic.uncoded(codings, study).answers, "opening") == [
        "[words withheld: withdrawn by the person quoted]"
    ]


def test_distance_counts_words_as_near_rules_do() -> None:
    words = [Span(0, 3), Span(4, 9), Span(10, 12)]
    text = TurnText(words, ())
    assert text.distance(Span(0, 3), Span(4, 9)) == 1
    assert text.distance(Span(10, 12), Span(0, 3)) == 2
    assert text.distance(Span(0, 2), Span(2, 3)) == 0


@pytest.mark.parametrize(
    ("book", "said", "missing"),
    [
        pytest.param(
            "t: [{near: [tax, road], within: 2}]",
            "A tax on every road.",
            ["3 words apart; the rule allows 2"],
            id="one-word-too-far",
        ),
        pytest.param(
            "t: [{near: [tax, road], within: 2}]",
            "A tax on a b c d road.",
            [],
            id="more-than-twice-as-far",
        ),
        pytest.param(
            "t: [{near: [tax, road], within: 4, in_order: true}]",
            "On the road a tax.",
            ["parts in another order than written"],
            id="other-order",
        ),
        pytest.param(
            "t: [{near: [tax, road], within: 4}]", "On the road a tax.", [], id="a-mention"
        ),
        pytest.param(
            "t: [{all: [tax, road, guard]}]",
            "A guard takes a tax.",
            ["not there: road; 2 of 3 parts are"],
            id="all-but-one",
        ),
        pytest.param("t: [{all: [tax, road, guard]}]", "A guard.", [], id="all-but-two"),
        pytest.param(
            "t: [{all: [tax], any: [road, bridge]}]",
            "Any tax.",
            ["not there: any of road, bridge; 1 of 2 parts are"],
            id="none-of-any",
        ),
        pytest.param(
            "t: [{all: [tax, road], none: [free]}]", "A free tax.", [], id="barred-anyway"
        ),
        pytest.param(
            "t: {rules: [tax], negation: withhold}",
            "There is no tax.",
            ["kept out: it is negated"],
            id="negated",
        ),
        pytest.param("t: [tax, taxes]", "Taxes.", [], id="known-by-another-phrase"),
        pytest.param("t: [mule train]", "Mule trains.", ["looked for: mule train"], id="phrase"),
        pytest.param("t: [mule train]", "Mules training.", [], id="two-words-differ"),
        pytest.param("t: [{regex: 'taxe[a-z]'}]", "A taxe.", [], id="patterns-are-not-compared"),
    ],
)
def test_near_misses_of_rules(book: str, said: str, missing: list[str]) -> None:
    found = thematic.uncoded(coded(book, a=f"ANNA: {said}\n")).near_misses
    assert column(found, "missing") == missing


def test_parts_in_two_turns_do_not_show_what_is_between() -> None:
    book = "codebook: b\nscope: transcript\nthemes: {t: {rules: [{all: [tax, guard, road]}]}}"
    text = "ANNA: A tax.\n\nINTERVIEWER: A secret of mine?\n\nANNA: A guard.\n"
    found = thematic.uncoded(coded(book, a=text)).near_misses
    assert column(found, "found") == ["tax"]
    assert column(found, "text") == ["A tax."]


def test_what_completes_a_rule_comes_first() -> None:
    text = "ANNA: A hawalla here. A hawalla there. The hawalla stood at the border.\n"
    found = thematic.uncoded(coded("t: [{all: [hawala, border]}]", a=text)).near_misses
    slips = found.frame[found.frame["miss"] == "spelling"]
    assert list(slips["complete"]) == [True, False]
    assert list(slips["times"]) == [1, 2]
    assert "border" in slips["text"].iloc[0]


def test_no_rules_at_all() -> None:
    found = thematic.uncoded(coded("t: {rules: manual}", a=TEXT))
    assert len(found.near_misses) == 0
    assert column(found.themes, "coded_by") == ["coded by people only"]
    assert column(found.cases, "who") == ["a"]


def test_a_language_without_blanks_is_not_compared_by_words() -> None:
    book = "codebook: b\nlanguage: ja\nthemes: {t: {rules: [銀行]}}"
    found = thematic.uncoded(coded(book, a="お金がない。"))
    assert any("without blanks" in note for note in found.near_misses.notes)


@pytest.mark.parametrize("scope", ["sentence", "paragraph", "turn", "transcript"])
@pytest.mark.parametrize("unit", ["sentence", "turn", "transcript"])
def test_every_scope_and_unit(scope: str, unit: str) -> None:
    book = f"codebook: b\nscope: {scope}\nunit: {unit}\nthemes: {{t: {{rules: "
    book += "[{near: [tax, road], within: 1}, {all: [tax, guard]}]}}"
    text = "ANNA: A tax on the road.\n\nINTERVIEWER: A guard?\n\nANNA: No.\n"
    found = thematic.uncoded(coded(book, a=text)).near_misses
    assert set(column(found, "miss")) <= {"distance", "part"}
    assert "part" in column(found, "miss")
