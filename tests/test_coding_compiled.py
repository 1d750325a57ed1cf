"""The parts of the batch engine in C do what the arrays do; refused is what would read beyond."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from compiled_parts import without_compiled
from hypothesis import given, settings
from hypothesis import strategies as st

from thematic.coding.batch.alphabet import fold, in_ascii, kind, kinds
from thematic.coding.batch.folding import folded
from thematic.coding.batch.lines import Collected
from thematic.coding.batch.matcher import LONGEST, rows_of
from thematic.coding.batch.uneven import Beyond, signs_of
from thematic.coding.batch.writing import beyond_of, written
from thematic.coding.fast.literals import Form, Literal

matcher = pytest.importorskip("thematic.coding.batch._matcher", reason="built without a compiler")
writing = pytest.importorskip("thematic.coding.batch._writing", reason="built without a compiler")

SIGNS = st.sampled_from([*"abABn't--09.,:;!?[]()@", " ", "  ", "\n", "\n\n", "\t", "\x1c", "al-\n"])
SAID = st.lists(SIGNS, min_size=1, max_size=30).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.lists(SAID, min_size=1, max_size=4), st.text("é’\u200bab \U0001f600", max_size=5))
def test_a_page_is_written_alike(turns: list[str], beside: str) -> None:
    alike(turns, beside, level=True)


WIDE = st.sampled_from(
    [*"aßB’'İﬃ\u00ad-\u2010\u2014…é漢\U0001f600.", " ", "\xa0", "\u2003 ", "\n", "- "]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(WIDE, min_size=1, max_size=20).map("".join), min_size=1, max_size=4))
def test_a_page_beyond_ascii_is_written_alike(turns: list[str]) -> None:
    alike(turns, "\x00", level=False)


# Runs that end just before, at and behind the borders of what is read in one step.
RUNS = st.builds(
    lambda run, size: (run * size)[:size],
    st.sampled_from(["a", "aB9 ", "é", "and é漢", "-", " "]),
    st.sampled_from([0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 62, 63, 64, 65, 126, 127, 128, 129]),
)


@pytest.mark.parametrize("level", [True, False], ids=["of ASCII", "beyond"])
@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.lists(RUNS | SIGNS | WIDE, min_size=1, max_size=6).map("".join), max_size=3),
    st.text("é’\x00\U0001f600", max_size=2),
)
def test_long_runs_are_written_alike(level: bool, turns: list[str], beside: str) -> None:
    said = ["".join(filter(str.isascii, turn)) if level else turn for turn in turns]
    alike([turn or "a" for turn in [*said, "b"]], beside, level=level)


def test_tables_that_know_other_letters_are_asked() -> None:
    said = "Buzz it"
    for char in " bBuzit":
        own = [bytes(table) for table in (in_ascii(kind), in_ascii(fold))]
        for n, told in enumerate((64, ord("?"))):
            other = own[:]
            other[n] = own[n][: ord(char)] + bytes([told]) + own[n][ord(char) + 1 :]
            found = writing.written([said], column(0), column(0), column(7), *other)
            _, kinds, text, size, folded_size, *_ = found
            assert kinds[:size] == b"\0" + said.encode().translate(other[0]) + b"\0"
            assert text[:folded_size] == b"\0" + said.encode().translate(other[1]) + b"\0"


def alike(turns: list[str], beside: str, *, level: bool) -> None:
    text = beside.join(turns)
    starts = [*accumulate((len(turn) + len(beside) for turn in turns[:-1]), initial=0)]
    ends = [start + len(turn) for start, turn in zip(starts, turns, strict=True)]
    collected = Collected(level=level)
    collected.add(0, text, range(len(turns)), starts, ends)
    beyond_of(collected.lines())
    compiled = written(collected.lines())
    with without_compiled():
        arrays = written(collected.lines())
    for field in fields(arrays):
        one, other = (getattr(page, field.name) for page in (compiled, arrays))
        if field.name == "folded":
            assert one.edited.tolist() == other.edited.tolist()
            assert one.sizes.tolist() == other.sizes.tolist()
            one, other = one.characters, other.characters
        assert one.tolist() == other.tolist(), field.name


@settings(deadline=None, max_examples=300)
@given(st.text("aß- İﬃ.", min_size=1, max_size=12))
def test_folded_places_lead_back(text: str) -> None:
    codes = np.array([0, *map(ord, " ".join(text.split()) or "a"), 0], np.dtype("<u4"))
    found = folded(codes, kinds(codes), case=False)
    places = np.arange(len(found.characters))
    origins = found.places(places).tolist()
    said = [[*chr(code).casefold()] for code in codes.tolist()]
    for place in set(origins):
        here = [
            chr(c)
            for c, one in zip(found.characters.tolist(), origins, strict=True)
            if one == place
        ]
        assert here in (said[place], [" "])
    assert sorted(set(range(len(codes))) - set(origins)) == found.edited[found.sizes == 0].tolist()
    assert origins == sorted(origins)
    assert found.split(places)[1:].tolist() == [a == b for a, b in pairwise(origins)]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text("ab\x00\x7f\x80é’e\u0301\u200b\U0001f600", min_size=1), min_size=1))
def test_what_characters_do_is_told_alike(turns: list[str]) -> None:
    borders = [*accumulate(map(len, turns), initial=0)]
    collected = Collected()
    collected.add(0, "".join(turns), range(len(turns)), borders[:-1], borders[1:])
    told = beyond_of(collected.lines()).tolist()
    with without_compiled():
        assert told == beyond_of(collected.lines()).tolist()
    assert [one is Beyond.LEVEL for one in map(signs_of, turns)] == [one == 0 for one in told]


def test_no_page_is_written_of_characters_that_nothing_is_known_of() -> None:
    collected = Collected()
    collected.add(0, "a\u16a0", [1], [0], [2])  # a rune that no other test has
    with pytest.raises(ValueError, match="does not tell"):
        written(collected.lines())
    beyond_of(collected.lines())
    assert written(collected.lines()).characters.tolist() == [0, ord("a"), 0x16A0, 0]


def literal(text: str, *, before: bool = False, after: bool = False) -> Literal:
    begins, ends = (char.isalnum() for char in (text[0], text[-1]))
    return Literal(text, begins, ends, (Form((0,), before, after),), ())


def standing(rows: Any, literals: Sequence[Literal], text: str) -> set[tuple[int, int, int]]:
    """Those occurrences that word borders allow; letters beyond ASCII are not looked at."""

    def is_letter(place: int) -> bool:
        char = text[place : place + 1] if place >= 0 else ""
        return char.isascii() and char.isalnum()

    found = set()
    for number, start, end in rows.tolist():
        one = literals[number]
        inside = one.begins_with_letter and is_letter(start - 1) and not one.forms[0].before
        goes_on = one.ends_with_letter and is_letter(end) and not one.forms[0].after
        if not (inside or goes_on):
            found.add((number, start, end))
    return found


def coded(text: str) -> Any:
    form = (np.uint8, "ascii") if text.isascii() else (np.uint32, "utf-32-le")
    return np.frombuffer(text.encode(form[1]), form[0])


WORDS = st.text("ab-@éè .", min_size=1, max_size=5).filter(lambda word: word == word.strip())


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(WORDS, st.booleans(), st.booleans()), max_size=8, unique_by=lambda w: w[0]),
    st.text("ab-@é .\x00", max_size=40) | st.text("ab-@éèñ🙂 .\x00", max_size=40),
)
def test_occurrences_are_found_alike(chosen: list[tuple[str, bool, bool]], text: str) -> None:
    literals = [literal(word, before=before, after=after) for word, before, after in chosen]
    found = standing(rows_of(literals)(coded(text)), literals, text)
    with without_compiled():
        wanted = standing(rows_of(literals)(coded(text)), literals, text)
    assert found == wanted


LONG = st.lists(
    st.builds(str.__mul__, st.text("ab- ", min_size=1, max_size=3), st.integers(1, 43))
    | st.sampled_from(["ab", " ab", "house", " houses", "-al", "é", "\x00", "ba "]),
    max_size=9,
).map("".join)
PARTS_OF = st.text("ab -", min_size=1, max_size=3) | st.sampled_from(
    ["house", "houses", "hous", "household", "housing", "al", "abababab", "ababababa", "éa", "b é"]
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(PARTS_OF.filter(lambda word: word == word.strip()), st.booleans(), st.booleans()),
        max_size=12,
        unique_by=lambda w: w[0],
    ),
    st.lists(st.sampled_from([*"cdefgh@"]), max_size=6, unique=True),
    LONG,
)
def test_occurrences_in_long_texts_are_found_alike(
    chosen: list[tuple[str, bool, bool]], beside: list[str], text: str
) -> None:
    """Of literals that begin anywhere, with few characters or with many."""
    literals = [literal(word, before=before, after=after) for word, before, after in chosen]
    literals += [literal(char, before=True) for char in beside]
    found = standing(rows_of(literals)(coded(text)), literals, text)
    with without_compiled():
        wanted = standing(rows_of(literals)(coded(text)), literals, text)
    assert found == wanted


@pytest.mark.parametrize("beyond", ["", "é"], ids=["of ASCII", "beyond"])
def test_literals_are_found_wherever_they_stand(beyond: str) -> None:
    literals = [literal("ab"), literal("a"), literal("ringing"), literal("ing", before=True)]
    for size in range(140):
        text = beyond + " " * size + "ringing a ab"
        at = len(text) - len("ringing a ab")
        found = standing(rows_of(literals)(coded(text)), literals, text)
        assert found == {
            (2, at, at + 7),
            (3, at + 4, at + 7),
            (1, at + 8, at + 9),
            (0, at + 10, at + 12),
        }


def test_every_literal_below_another_is_found() -> None:
    words = ["a", "ab", "abc", "abcdefgh", "abcdefghi", "b" * LONGEST, "c" * (LONGEST + 1)]
    for some in (words[:-1], words):
        text = " ".join(some)
        literals = [literal(word, before=True, after=True) for word in some]
        rows = rows_of(literals)(coded(text)).tolist()
        found = {(number, text[start:end]) for number, start, end in rows}
        assert {number for number, _ in found} == set(range(len(some)))
        assert all(said == some[number] for number, said in found)


def column(*numbers: int) -> bytes:
    return np.array(numbers, np.int64).tobytes()


TABLES = (bytes(256), bytes(256))
DOES = bytes(0x110000)


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (lambda: matcher.matcher(b"a\0\0\0" * 2, column(1, 3), b"\0\0"), ValueError),
        (lambda: matcher.matcher(b"a\0\0\0" * 2, column(0, 2), b"\0\0"), ValueError),
        (lambda: matcher.matcher(b"a\0\0\0" * 2, column(2), b"\0\0"), ValueError),
        (lambda: matcher.occurrences(None, b"ab", False), ValueError),
        (lambda: writing.beyond(["ab"], column(0), column(0), column(3), DOES), ValueError),
        (lambda: writing.beyond(["ab"], column(0), column(0, 1), column(1), DOES), ValueError),
        (lambda: writing.beyond([b"ab"], column(0), column(0), column(1), DOES), TypeError),
        (
            lambda: writing.written(["ab"], column(0), column(-1), column(1), *TABLES),
            ValueError,
        ),
        (lambda: writing.beyond(["ab"], column(0), column(0), column(1), b"\0"), ValueError),
        (
            lambda: writing.written(["ab"], column(0), column(0), column(1), DOES, *TABLES[1:]),
            ValueError,
        ),
        (lambda: writing.written(["ab"], column(1), column(0), column(1), *TABLES), IndexError),
        (lambda: writing.written([b"ab"], column(0), column(0), column(1), *TABLES), TypeError),
        (
            lambda: writing.written(["ab"], column(0), column(0), column(1), b"", *TABLES[1:]),
            ValueError,
        ),
        (lambda: writing.written(None, column(0), column(0), column(1), *TABLES), ValueError),
    ],
    ids=[
        "literal beyond the end",
        "empty literal",
        "columns of other lengths",
        "no matcher",
        "turn beyond the end",
        "turns without end",
        "no text",
        "turn before the beginning",
        "table of some characters",
        "tables of two widths",
        "no such text",
        "bytes as text",
        "short table",
        "no texts",
    ],
)
def test_what_would_read_beyond_is_refused(
    refused: Callable[[], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        refused()
