"""What is told of places on a page in C is what the arrays tell; refused is what lies beyond."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from compiled_parts import without_compiled
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thematic.coding.batch import parts, writing
from thematic.coding.batch.alphabet import LETTER
from thematic.coding.batch.cues import STOP_WORDS, Cues, Reach
from thematic.coding.batch.finding import Matches, PageFinder
from thematic.coding.batch.lines import Collected
from thematic.coding.batch.page import Page
from thematic.coding.batch.units import Borders
from thematic.coding.batch.words import PageWords
from thematic.coding.batch.writing import beyond_of
from thematic.coding.characters import ANY_LETTERS, ONE_LETTER, is_letter
from thematic.model.codebook import Unit

forming = pytest.importorskip("thematic.coding.batch._forming", reason="built without a compiler")
settling = pytest.importorskip("thematic.coding.batch._settling", reason="built without a compiler")

SAID = [*"abntNT'''---..?!:)\"([ ", "n't", "e.g. ", "Dr. ", "No. 1", ". A", ". a", ", ", "\n\n"]
SAID += ["but ", "[laughs]", "(a laugh)", "a@b.org ", "https://a.b ", "cannot ", "without "]
BEYOND = [*"é’“”ßﬃẗİ—…\u2010\u2011¿", ". É", ". é", " «"]


def _turns(pieces: list[str]) -> st.SearchStrategy[list[str]]:
    said = st.lists(st.sampled_from(pieces), min_size=1, max_size=25).map("".join)
    return st.lists(said, min_size=1, max_size=4)


TURNS = st.one_of(_turns(SAID), _turns([*SAID, *BEYOND]))


def page_of(turns: list[str]) -> Page:
    ends = [*accumulate(map(len, turns))]
    collected = Collected(level=all(map(str.isascii, turns)))
    collected.add(0, "".join(turns), range(len(turns)), [0, *ends[:-1]], ends)
    lines = collected.lines()
    if not lines.level:
        beyond_of(lines)  # the tables of characters tell of these from now on
    return Page(lines)


def alike(told: Callable[[], Any]) -> None:
    """Something is told as well without the parts in C."""
    compiled = told()
    with without_compiled():
        assert told() == compiled


def words_of(page: Page) -> PageWords:
    found = PageFinder({"@": (0,), "://": (0,)}, case=False).find(page, page.folded(case=False))
    return PageWords(page, np.unique(found[0].starts))


WHOLE = st.integers(-(2**63), 2**63 - 1)
NEAR = st.integers(-5, 50)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(*(st.lists(one, max_size=90).map(sorted) for one in (NEAR, WHOLE, NEAR | WHOLE))),
    st.lists(st.integers(-6, 51) | WHOLE),
)
@example([-(2**63), 2**63 - 1], [-(2**63), -1, 0, 2**63 - 1])
@example([7] * 40, [6, 7, 8])
@example([*range(0, 4000, 40)], [*range(4000)])
@example([*range(4000)], [3999, -1, 5])
def test_ranks(values: list[int], places: list[int]) -> None:
    columns = [np.array(one, np.int64) for one in (values, places)]
    alike(lambda: parts.ranks(*columns).tolist())


PHRASES = ["a", "ab", "a b", "n't", "'", "t", "ss", "but", "ffi", "-", "i\u0307", "a-b", "n*", "*t"]
PHRASES += ["*a*", "b *", "a?", "a*b", "* a", "?'"]


@settings(deadline=None, max_examples=300)
@given(TURNS, st.sets(st.sampled_from(PHRASES), min_size=1), st.booleans())
def test_matches(turns: list[str], phrases: set[str], case: bool) -> None:
    folded = [one.replace("*", ANY_LETTERS).replace("?", ONE_LETTER) for one in sorted(phrases)]
    items = {one: (2 * n, 2 * n + 1) for n, one in enumerate(folded)}

    def found() -> list[list[int]]:
        page, finder = page_of(turns), PageFinder(items, case=case)
        matches = finder.find(page, page.folded(case=case))
        columns = [np.stack((one.items, one.starts, one.ends)) for one in matches]
        return sorted(np.concatenate(columns, axis=1).T.tolist())

    alike(found)


@settings(deadline=None, max_examples=300)
@given(TURNS)
@example(["a b" * 40])  # more than is looked at together
@example(["a" * 62 + "'b c", "[laughs] b [inaudible words] (c"])
@example(["a" * 61 + "-" + "b", "a" * 62 + "-" + "b", "-a'-a"])
def test_words(turns: list[str]) -> None:
    def told() -> tuple[list[int], list[int]]:
        words = words_of(page_of(turns))
        return words.starts.tolist(), words.per_turn.tolist()

    alike(told)
    starts, counts = told()
    page = page_of(turns)
    held = [
        sum(a <= one < b for one in starts) for a, b in zip(page.starts, page.ends, strict=True)
    ]
    assert counts == held


@settings(deadline=None, max_examples=300)
@given(TURNS, st.sampled_from([Unit.SENTENCE, Unit.PARAGRAPH]))
def test_units(turns: list[str], unit: Unit) -> None:
    borders = Borders(frozenset({"e.g.", "Dr.", "é."}))
    alike(lambda: borders.starts(page_of(turns), unit).places.tolist())


BRACKETS = [*"[[((]]))", "laughs", "Laughter", "LA", "l", "é", " ", ".", "…", "?", "a", "\n"]


@settings(deadline=None, max_examples=500)
@given(_turns(BRACKETS))
@example(["(laughs)", "((laughs)) [laughs", "[laughs]"])
def test_notes(turns: list[str]) -> None:
    alike(lambda: [one.tolist() for one in words_of(page_of(turns)).notes])


@settings(deadline=None, max_examples=200)
@given(TURNS, st.sampled_from([1, 30, 200]))
@example(["a.b", "c d..e f"], 1)
def test_what_stands_between_blanks(turns: list[str], times: int) -> None:
    def told() -> list[list[int]]:
        page = page_of([turn * times for turn in turns])
        places = np.flatnonzero(page.kinds & np.uint8(LETTER) > 0)
        held = page.turns_of(places)
        return [one.tolist() for one in page.stretches(places, page.starts[held], page.ends[held])]

    alike(told)
    page = page_of([turn * times for turn in turns])
    spoken = [page.reading(begin, end) for begin, end in zip(*told(), strict=True)]
    words = [word for turn in turns for word in page_of([turn * times]).reading(1, -1).split(" ")]
    assert spoken == [word for word in words if any(map(is_letter, word))]


def _places(data: st.DataObject, size: int, count: int) -> list[int]:
    return data.draw(st.lists(st.integers(1, size - 2), min_size=count, max_size=count))


@settings(deadline=None, max_examples=300)
@given(TURNS, st.data())
def test_what_is_cut(turns: list[str], data: st.DataObject) -> None:
    page = page_of(turns)
    columns = [np.array(_places(data, len(page.kinds), 12), np.int64) for _ in range(2)]
    alike(lambda: words_of(page_of(turns)).cut(*columns).tolist())


@settings(deadline=None, max_examples=300)
@given(TURNS, st.data(), st.sampled_from([1, 2, 5, 2**62, 2**63 - 1]))
def test_how_far_cues_reach(turns: list[str], data: st.DataObject, most: int) -> None:
    size = len(page_of(turns).kinds)
    ends, places = (np.array(_places(data, size, 12), np.int64) for _ in range(2))

    def told() -> list[list[int]]:
        page = page_of(turns)
        finder = PageFinder(dict.fromkeys(STOP_WORDS, (0,)), case=False)
        stops: Matches = finder.find(page, page.folded(case=False))[0]
        reach = Reach(page, words_of(page), stops)
        cues = Cues(np.sort(ends) - 1, np.sort(ends))
        limits = reach.limits(ends, most)
        return [one.tolist() for one in (*limits, reach.nearest(cues, places))]

    alike(told)


PAGE = np.array([0, 97, 0], np.uint8), np.array([0, 1, 0], np.uint8)
NONE = np.zeros(0, np.int64)
TABLES = np.zeros(1 << 14, bool), np.zeros(1 << 21, bool)
LITERALS = [np.array([3], np.uint8), [0, 1], np.array([0], np.uint8), [0, 1], [7]]


def column(*numbers: int) -> Any:
    return np.array(numbers, np.int64)


def formed(*row: int, **changed: Any) -> Any:
    given = [column(*one) if isinstance(one, list) else one for one in LITERALS]
    for place, other in changed.items():
        given[int(place[1:])] = other
    return forming.matches(*given, column(*row), NONE, NONE, PAGE[1])


def limits(end: int, *silent: Any, most: int = 5) -> Any:
    return settling.limits(*PAGE, column(end), *(silent or [NONE] * 6), most)


def test_what_lies_on_a_page_is_taken() -> None:
    assert [np.frombuffer(one, np.int64).tolist() for one in formed(0, 1, 2)] == [[7], [1], [2]]
    assert [np.frombuffer(one, np.int64).tolist() for one in limits(1)] == [[2], [2]]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: formed(1, 1, 2),
        lambda: formed(-1, 1, 2),
        lambda: formed(0, 0, 1),
        lambda: formed(0, 1, 3),
        lambda: formed(0, 1, 1),
        lambda: formed(0, 1, 2, _1=column(0, 2)),
        lambda: formed(0, 1, 2, _1=column(0)),
        lambda: formed(0, 1, 2, _3=column(1, 1)),
        lambda: forming.in_contracted(*PAGE, column(0)),
        lambda: forming.in_contracted(*PAGE, column(3)),
        lambda: forming.in_contracted(PAGE[0], np.array([1, 1, 0], np.uint8), column(1)),
        lambda: forming.in_contracted(PAGE[0][:2].copy(), PAGE[1], column(1)),
        lambda: settling.ranks(b"1234567", column(1)),
        lambda: settling.sentences(*PAGE, column(3), *TABLES),
        lambda: settling.sentences(*PAGE, column(1), TABLES[0], TABLES[0]),
        lambda: limits(0),
        lambda: limits(3),
        lambda: limits(1, column(1), *[NONE] * 5),
        lambda: limits(1, most=0),
        lambda: settling.limits(*PAGE, column(1), *[NONE] * 6),
        lambda: settling.brackets(*PAGE, column(3), TABLES[0]),
        lambda: settling.brackets(*PAGE, column(-1), TABLES[0]),
        lambda: settling.brackets(*PAGE, column(1), TABLES[1]),
        lambda: settling.stretches(PAGE[1], column(1), column(2), column(3)),
        lambda: settling.stretches(PAGE[1], column(1), column(-1), column(3)),
        lambda: settling.stretches(PAGE[1], column(1), column(0), column(4)),
        lambda: settling.stretches(PAGE[1], column(1), column(0), column(1)),
        lambda: settling.stretches(PAGE[1], column(1), column(0), NONE),
    ],
)
def test_what_would_read_beyond_is_refused(refused: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"must|has|as many"):
        refused()


def test_too_few_arguments_are_refused() -> None:
    names = ("ranks", "sentences", "limits", "stretches", "brackets")
    for function in (getattr(settling, name) for name in names):
        with pytest.raises(TypeError, match="too few"):
            function(NONE)
    with pytest.raises(TypeError, match="too few"):
        writing.compiled.words()
    with pytest.raises(TypeError):
        settling.ranks(None, NONE)
