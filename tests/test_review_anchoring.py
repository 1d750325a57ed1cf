"""A passage is found again where its words stand now, or is said to be lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from people_samples import at

from thematic.model.people import (
    CONTEXT,
    About,
    Act,
    Decision,
    Event,
    Memo,
    Passage,
    PersonCoding,
    Verdict,
)
from thematic.model.transcript import Span
from thematic.review.anchoring import CLOSE, Anchored, How, anchored, passage_at
from thematic.review.folding import folded
from thematic.review.likeness import Likely, likely_places
from thematic.review.moving import move, moved_events

TALK = (
    "INTERVIEWER: Did they pay?\n\nANNA: Yes. I think they paid the Talban a lot of “money” in "
    "those days.\n\nINTERVIEWER: And later?\n\nANNA: Yes. They did not pay.\n\nINTERVIEWER: And "
    "you?\n\nANNA: Yes. Nobody asked me, I paid as well.\n"
)
PAID = "I think they paid the Talban a lot of “money” in those days."


def marked(words: str, text: str = TALK, nth: int = 1) -> Passage:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return passage_at("E01", text, Span(start, start + len(words)))


def found(passage: Passage, text: str) -> tuple[str, How]:
    span, how = anchored(passage, text)
    return ("" if span is None else text[span.start : span.end]), how


def test_a_passage_keeps_its_words_and_what_stands_round_it() -> None:
    passage = marked("And later?")
    assert TALK[passage.span.start : passage.span.end] == passage.quote == "And later?"
    assert len(passage.before) == len(passage.after) == CONTEXT
    assert passage.before + passage.quote + passage.after in TALK
    assert marked("INTERVIEWER: Did").before == ""


@pytest.mark.parametrize(
    ("words", "new", "expected", "how"),
    [
        pytest.param(PAID, TALK, PAID, How.SAME, id="unchanged"),
        pytest.param(PAID, "A head.\n\n" + TALK, PAID, How.MOVED, id="a-head-is-put-before"),
        pytest.param(PAID, TALK.replace("Did they pay?", "?"), PAID, How.MOVED, id="cut-before"),
        pytest.param(
            PAID, "x" * 40 + PAID + "y" * 40, PAID, How.UNSURE, id="nothing-else-is-left"
        ),
        pytest.param(
            PAID,
            TALK.replace(" ", "\n"),
            PAID.replace(" ", "\n"),
            How.RESPACED,
            id="wrapped-anew",
        ),
        pytest.param(
            PAID,
            TALK.replace("“", '"').replace("”", '"'),
            PAID.replace("“", '"').replace("”", '"'),
            How.RESPACED,
            id="straight-quotes",
        ),
        pytest.param(
            PAID,
            TALK.replace("Talban", "Tal\u00adban"),
            PAID.replace("Talban", "Tal\u00adban"),
            How.RESPACED,
            id="soft-hyphen",
        ),
        pytest.param(
            PAID,
            TALK.replace("Talban", "Taliban"),
            PAID.replace("Talban", "Taliban"),
            How.CHANGED,
            id="a-slip-corrected",
        ),
        pytest.param(
            PAID,
            TALK.replace("I think they paid the Talban", "They paid [name]"),
            "They paid [name] a lot of “money” in those days.",
            How.CHANGED,
            id="shortened-and-without-the-name",
        ),
        pytest.param("Talban", TALK.replace("Talban", "Taliban"), "Taliban", How.CHANGED, id="a-word"),
        pytest.param(
            "Talban", "Our Taliban and others came from far away.", "", How.LOST, id="a-word-alone"
        ),
        pytest.param(PAID, TALK.replace(PAID, ""), "", How.LOST, id="cut-out"),
        pytest.param(
            PAID, TALK.replace(PAID, "We were far away, and saw nothing then."), "", How.LOST,
            id="other-words",
        ),
        pytest.param(PAID, "", "", How.LOST, id="an-empty-text"),
    ],
)  # fmt: skip
def test_where_a_passage_is_found(words: str, new: str, expected: str, how: How) -> None:
    assert found(marked(words), new) == (expected, how)


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda text: text, id="none"),
        pytest.param(lambda text: "ANNA: Yes. Good day.\n\n" + text, id="one-more-before"),
        pytest.param(lambda text: text.replace("And later", "And much later"), id="near"),
        pytest.param(lambda text: text.replace("INTERVIEWER: Did they pay?\n\n", ""), id="cut"),
        pytest.param(lambda text: text.replace("INTERVIEWER", "I"), id="labels-renamed"),
        pytest.param(lambda text: text.replace("\n\n", "\n"), id="empty-lines-gone"),
    ],
)
def test_words_that_stand_often_go_to_the_right_place(nth: int, edit) -> None:  # type: ignore[no-untyped-def]
    nexts = ["I think", "They did", "Nobody"]
    new = edit(TALK)
    span, how = anchored(marked("Yes.", nth=nth), new)
    assert span is not None
    assert new[span.start :].startswith(f"Yes. {nexts[nth - 1]}")
    assert how in (How.SAME, How.MOVED)


def test_of_equal_places_the_nearest_is_taken_and_said_to_be_unsure() -> None:
    text = "Yes.\n" * 60
    passage = passage_at("E01", text, Span(150, 154))
    assert anchored(passage, text) == Anchored(Span(150, 154), How.SAME)
    assert anchored(passage, "\n\n" + text) == Anchored(Span(152, 156), How.UNSURE)


def test_words_without_context_are_taken_where_they_are_nearest() -> None:
    bare = Passage("E01", Span(60, 64), "Yes.")
    span, how = anchored(bare, TALK)
    assert span is not None
    starts = [n for n in range(len(TALK)) if TALK.startswith("Yes.", n)]
    assert span.start == min(starts, key=lambda start: abs(start - 60))
    assert how is How.UNSURE


def test_an_empty_passage_stays_while_the_text_reaches_it() -> None:
    empty = passage_at("E01", "ab", Span(2, 2))
    assert anchored(empty, "ab") == Anchored(Span(2, 2), How.SAME)
    assert anchored(empty, "a") == Anchored(None, How.LOST)


@settings(deadline=None)
@given(st.text(), st.data())
def test_an_unchanged_text_gives_the_identical_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = passage_at("E01", text, Span(start, end))
    assert anchored(passage, text) == Anchored(passage.span, How.SAME)


few = st.text(st.sampled_from("ab \n“"))  # so that words stand more than once


@settings(deadline=None)
@given(few, st.text(st.sampled_from("ab \n“"), min_size=1), few, few, few)
def test_edits_outside_leave_the_words(a: str, words: str, b: str, x: str, y: str) -> None:
    passage = passage_at("E01", a + words + b, Span(len(a), len(a) + len(words)))
    new = x + words + y
    span, how = anchored(passage, new)
    assert span is not None
    assert new[span.start : span.end] == words
    assert how in (How.SAME, How.MOVED, How.UNSURE)


@settings(deadline=None)
@given(st.integers(0, 11), st.integers(0, 12), st.text(min_size=1, max_size=60))
@example(0, 1, "00000000")
def test_an_edit_elsewhere_leads_to_the_same_of_many(which: int, where: int, put_in: str) -> None:
    """Twelve answers of the same words, each after a question of its own."""
    answer = "ANNA: I do not know."
    parts = [f"Q{n}: What about the {n * 7919:06}th house?\n{answer}\n\n" for n in range(12)]
    text = "".join(parts)
    start = sum(map(len, parts[:which])) + parts[which].index(answer)
    passage = passage_at("E01", text, Span(start, start + len(answer)))
    new = "".join([*parts[:where], put_in, *parts[where:]])
    moved = start + (len(put_in) if where <= which else 0)
    assert anchored(passage, new).span == Span(moved, moved + len(answer))


spaces = st.text(st.sampled_from(" \n\t\u00a0"), min_size=1, max_size=3)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text("abcé'\"-", min_size=1), spaces, spaces), min_size=1), few)
def test_words_wrapped_anew_are_found(parts: list[tuple[str, str, str]], head: str) -> None:
    words = "".join(word + space for word, space, _ in parts).strip()
    wrapped = "".join(word + space for word, _, space in parts).strip()
    passage = passage_at("E01", words, Span(0, len(words)))
    new = f"{head}|{wrapped}|"
    span, _ = anchored(passage, new)
    assert span is not None
    assert folded(new[span.start : span.end]).text == folded(words).text


@settings(deadline=None)
@given(st.text())
def test_a_folded_text_knows_its_way_back(text: str) -> None:
    plain = folded(text)
    assert len(plain.text) == len(plain.positions)
    assert list(plain.positions) == sorted(plain.positions)
    for place in range(len(plain.text)):
        raw = plain.raw(Span(place, place + 1))
        assert plain.text[place] in folded(text[raw.start : raw.end]).text
    assert not any(character.isspace() for character in plain.text)


def distance(one: str, other: str) -> int:
    """Edit distance by the table, slow and plain."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


short = st.text("abc", max_size=14)


@settings(deadline=None)
@given(st.text("abc", min_size=2, max_size=7), short, st.integers(0, 3))
def test_likely_places_are_those_of_the_table(sought: str, text: str, most: int) -> None:
    most = min(most, len(sought) - 1)
    fewest = {
        end: min(distance(sought, text[start:end]) for start in range(end + 1))
        for end in range(1, len(text) + 1)
    }
    near = {end for end, changes in fewest.items() if changes <= most}
    places = likely_places(sought, text, most)
    for place in places:
        assert distance(sought, text[place.start : place.end]) == place.changes
        assert place.changes == fewest[place.end]
    runs = [end for end in near if end - 1 not in near]
    assert len(places) == len(runs)
    for first in runs:  # each unbroken run gives its best
        run = [first]
        while run[-1] + 1 in near:
            run.append(run[-1] + 1)
        best = [place for place in places if place.end in run]
        assert [place.changes for place in best] == [min(fewest[end] for end in run)]


def test_of_equally_good_edges_the_context_decides() -> None:
    assert likely_places("xyz abc", "qqq abc", 3) == [Likely(0, 7, 3)]
    assert likely_places("xyz abc", "qqq abc", 3, before="qqq") == [Likely(3, 7, 3)]
    assert likely_places("abc xyz", "abc qqq", 3) == [Likely(0, 7, 3)]
    assert likely_places("abc xyz", "abc qqq", 3, after="qqq") == [Likely(0, 4, 3)]


def test_looking_through_a_long_text_ends_in_bounded_time() -> None:
    text = "".join(f"{n * n:x} " for n in range(25_000))
    start = time.process_time()
    for words in (text[60_000:60_300], text[60_000:70_000]):
        passage = marked(words, text)
        assert anchored(passage, text.replace(words, "")).how is How.LOST
    assert time.process_time() - start < 15


# --- acts ---


def acts() -> list[Act]:
    return [
        PersonCoding(marked(PAID), "finance", "AK"),
        Decision(marked("Yes.", nth=2), "finance", Verdict.EXTEND, "AK", onto=marked("They did not")),
        Memo("look again", "AK", About.PASSAGE, "", marked("And you?")),
        Memo("of the study", "AK"),
        PersonCoding(Passage("E99", Span(0, 3), "No."), "finance", "BT"),
    ]  # fmt: skip


def test_acts_move_with_their_words() -> None:
    new = "A head.\n\n" + TALK.replace("And you?", "").replace("Talban", "Taliban")
    given_acts = acts()
    report = move(given_acts, {"E01": new})
    assert [(one.act, one.how) for one in report.moves] == [
        (0, How.CHANGED),
        (1, How.MOVED),
        (1, How.MOVED),
        (2, How.LOST),
        (4, How.ABSENT),
    ]
    coding, extended, memo, study, absent = report.acts
    assert isinstance(coding, PersonCoding)
    assert isinstance(extended, Decision)
    assert extended.onto is not None
    for passage in (coding.passage, extended.passage, extended.onto):
        assert new[passage.span.start : passage.span.end] == passage.quote
    assert coding.passage.quote == PAID.replace("Talban", "Taliban")
    assert coding.passage.before == new[coding.passage.span.start - CONTEXT :][:CONTEXT]
    assert [memo, study, absent] == given_acts[2:]  # nothing is dropped
    lost = report.that(How.LOST, How.ABSENT)
    assert [(one.was.quote, one.now) for one in lost] == [("And you?", None), ("No.", None)]


def test_nothing_moves_in_an_unchanged_text() -> None:
    report = move(acts(), {"E01": TALK, "E99": "No."})
    assert list(report.acts) == acts()
    assert {one.how for one in report.moves} == {How.SAME}


def test_the_log_moves_as_a_whole() -> None:
    moment = at(0).isoformat()
    log = [
        Event(1, moment, "AK", acts()[3]),
        Event(2, moment, "AK", None, undoes=1),
        Event(3, moment, "AK", acts()[0], definition="d", source="s"),
    ]
    moved, report = moved_events(log, {"E01": "\n" + TALK})
    assert moved[:2] == log[:2]
    assert isinstance(moved[2].act, PersonCoding)
    assert moved[2].act.passage.span.start == acts()[0].passage.span.start + 1  # type: ignore[union-attr]
    assert (moved[2].number, moved[2].definition, moved[2].source) == (3, "d", "s")
    assert [one.act for one in report.moves] == [2]


def test_the_threshold_is_the_one_that_is_stated() -> None:
    words = "0123456789" * 4
    passage = Passage("E01", Span(0, 40), words)
    kept = int(len(words) * CLOSE)
    assert anchored(passage, words[:kept] + "x" * (40 - kept)).how is How.CHANGED
    assert anchored(passage, words[: kept - 1] + "x" * (41 - kept)).how is How.LOST
