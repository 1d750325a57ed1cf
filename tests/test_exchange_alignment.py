"""Laying a document beside a transcript: every passage on its words, however common these are."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thematic.exchange.alignment import Alignment, Likeness, occurrences
from thematic.model.transcript import Span
from thematic.review.anchoring import How

WORDS = "yes no the men paid at bridge we they went and I never saw gold in valley".split()


def talk(seed: int, length: int) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(WORDS) for _ in range(length)]


@pytest.mark.parametrize("seed", range(5))
def test_every_word_is_found_however_the_text_is_wrapped(seed: int) -> None:
    words = talk(seed, 400)
    chance = random.Random(seed)
    transcript = " ".join(words)
    document = "Title and banner\n" + "".join(
        word + chance.choice([" ", "\n", "  ", "\n\n"]) for word in words
    )
    alignment = Alignment(document, transcript)
    there, here = 0, len("Title and banner\n")
    for word in words:
        here, there = document.index(word, here), transcript.index(word, there)
        found = alignment.place(Span(here, here + len(word)))
        assert found.span == Span(there, there + len(word))
        assert found.how is How.SAME
        here, there = here + len(word), there + len(word)


def test_paragraphs_that_were_moved_are_found() -> None:
    one, two = " ".join(talk(1, 60)), " ".join(talk(2, 60))
    alignment = Alignment(f"{two}\n{one}", f"{one}\n{two}")
    found = alignment.place(Span(0, len(two)))
    assert found.span == Span(len(one) + 1, len(one) + 1 + len(two))


def test_words_put_in_widen_a_passage() -> None:
    words = " ".join(talk(3, 80))
    cut = words.index(" ", 200)
    document = f"{words[:cut]} [laughs]{words[cut:]}"
    start = words.index(" ", 100) + 1
    end = words.index(" ", 300)
    found = Alignment(document, words).place(Span(start, end + len(" [laughs]")))
    assert found == (Span(start, end), How.CHANGED)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_text_raises(document: str, words: str, one: int, two: int) -> None:
    start, end = sorted(min(place, len(document)) for place in (one, two))
    span, _ = Alignment(document, words).place(Span(start, end))
    assert span is None or span.end <= len(words)


def test_a_long_document_takes_seconds() -> None:
    transcript = " ".join(talk(4, 60_000))
    begin = time.monotonic()
    alignment = Alignment(transcript, transcript)
    assert alignment.place(Span(1000, 1010)).span == Span(1000, 1010)
    assert Likeness(transcript).to(transcript) == 1.0
    assert time.monotonic() - begin < 20


def test_likeness_and_occurrences() -> None:
    one, two = " ".join(talk(5, 100)), " ".join(talk(6, 100))
    assert Likeness(one).to(two) < 0.1
    assert 0.4 < Likeness(one[: len(one) // 2]).to(one) < 0.6
    assert occurrences("the  men", "the men and the\nmen") == 2
    assert occurrences(" ", "the men") == 0
