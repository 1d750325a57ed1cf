"""What holds now: undoing, undoing an undoing, deciding anew."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people_samples import coding, decision, event, passage

from thematic.model.people import About, Event, Memo, Verdict
from thematic.review.standing import Fate, Outcome, outcomes_of, standing, undone_by

ACCEPT, REJECT = decision(), decision(Verdict.REJECT)


def undo(number: int, what: int) -> Event:
    return event(number, None, undoes=what)


@pytest.mark.parametrize(
    ("events", "numbers"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([event(1, ACCEPT), event(2, coding())], [1, 2], id="each-stands"),
        pytest.param([event(1, ACCEPT), undo(2, 1)], [], id="undone"),
        pytest.param([event(1, ACCEPT), undo(2, 1), undo(3, 2)], [1], id="restored"),
        pytest.param(
            [event(1, ACCEPT), undo(2, 1), undo(3, 2), undo(4, 3)], [], id="undone-once-more"
        ),
        pytest.param(
            [event(1, ACCEPT), undo(2, 1), undo(3, 2), undo(4, 1)], [], id="restored-then-undone"
        ),
        pytest.param([event(1, ACCEPT), event(2, REJECT)], [2], id="the-later-decision"),
        pytest.param(
            [event(1, ACCEPT), event(2, REJECT), undo(3, 2)], [1], id="the-earlier-comes-back"
        ),
        pytest.param(
            [event(1, ACCEPT), event(2, decision(Verdict.REJECT, coder="BT"))],
            [1, 2],
            id="two-coders-may-differ",
        ),
        pytest.param(
            [event(1, ACCEPT), event(2, decision(code="other"))], [1, 2], id="another-code"
        ),
        pytest.param(
            [event(1, ACCEPT), event(2, decision(start=40))], [1, 2], id="another-passage"
        ),
        pytest.param([event(1, coding()), event(2, coding())], [2], id="a-coding-twice-is-one"),
        pytest.param([event(1, coding()), event(2, ACCEPT)], [1, 2], id="coding-and-decision"),
        pytest.param([event(1, REJECT, seconds=90), event(2, ACCEPT, seconds=10)], [1], id="time"),
        pytest.param([event(1, REJECT, 10), event(2, ACCEPT, 10)], [2], id="number-where-equal"),
        pytest.param(
            [event(1, Memo("a", "AK")), event(2, Memo("b", "AK")), event(3, Memo("a", "AK"))],
            [2, 3],
            id="remarks-stand-side-by-side",
        ),
        pytest.param(
            [event(1, Memo("a", "AK", About.PASSAGE, "", passage())), undo(2, 1)], [], id="memo"
        ),
    ],
)
def test_standing(events: list[Event], numbers: list[int]) -> None:
    assert [held.number for held in standing(events)] == numbers


def test_outcomes_name_what_did_it() -> None:
    log = [event(1, ACCEPT), event(2, REJECT), event(3, coding()), undo(4, 3)]
    assert outcomes_of(log) == {
        1: Outcome(Fate.REPLACED, 2),
        2: Outcome(Fate.STANDS),
        3: Outcome(Fate.UNDONE, 4),
        4: Outcome(Fate.STANDS),
    }


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(undone: list[int], mixed: random.Random) -> None:
    log = [
        event(number, None, undoes=what % number) if what % number else event(number, ACCEPT)
        for number, what in enumerate(undone, start=1)
    ]
    shuffled = list(log)
    mixed.shuffle(shuffled)
    assert outcomes_of(shuffled) == outcomes_of(log)
    assert standing(shuffled) == standing(log)
    gone = undone_by(log)
    for one in log:  # an event is gone exactly if an event that is not gone undoes it
        assert (one.number in gone) == any(
            other.undoes == one.number and other.number not in gone for other in log
        )


def test_the_earlier_of_two_moves_with_its_words() -> None:
    later = replace(REJECT, passage=passage("They paid!", 0))
    assert len(standing([event(1, ACCEPT), event(2, later)])) == 2
