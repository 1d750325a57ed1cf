"""Under which definition something was decided, and what to look at again."""

from __future__ import annotations

import pytest
from people_samples import coding, decision, event

from thematic.errors import Severity
from thematic.model.codebook import Codebook
from thematic.model.people import About, Act, Event, Memo, Verdict
from thematic.readers.codebook import read_codebook
from thematic.review.definitions import (
    Why,
    definition_hash,
    definition_hashes,
    definition_of,
    outdated,
)

BOOK = """\
help:
  brief: Help.
  definition: Somebody helps.
  when_to_use: When it is said.
  when_not_to_use: When it is hoped.
  examples: [She helped.]
  counter_examples: [Help yourself.]
  rules: [help*]
  codes:
    money: {definition: Help with money., rules: [money]}
other: {definition: Else., rules: manual}
"""


def book(yaml: str = BOOK) -> Codebook:
    codebook, problems = read_codebook(yaml, "book")
    assert codebook is not None
    assert not [problem for problem in problems if problem.severity is Severity.ERROR], problems
    return codebook


def hash_of(yaml: str, code: str = "help") -> str:
    return definition_hashes(book(yaml))[code]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("help:\n", "aid:\n", id="name"),
        pytest.param("Help.\n", "Aid.\n", id="brief"),
        pytest.param("Somebody", "Anybody", id="definition"),
        pytest.param("it is said", "it is shown", id="when-to-use"),
        pytest.param("it is hoped", "it is wished", id="when-not-to-use"),
        pytest.param("[She helped.]", "[She helped., He too.]", id="examples"),
        pytest.param("[Help yourself.]", "[Help.]", id="counter-examples"),
    ],
)
def test_what_a_person_reads_is_in_the_hash(old: str, new: str) -> None:
    changed = BOOK.replace(old, new, 1)
    assert hash_of(changed, "aid" if old == "help:\n" else "help") != hash_of(BOOK)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("[help*]", "[help*, aid*]", id="rules"),
        pytest.param("  brief:", "  color: '#1b7f5c'\n  brief:", id="colour"),
        pytest.param("Somebody helps.", "Somebody\n    helps.", id="wrapped-anew"),
        pytest.param("with money.", "by money.", id="a-code-below"),
        pytest.param("Else.", "More.", id="another-code"),
        pytest.param("[She helped.]", "[{text: She helped., expect: missed}]", id="known-miss"),
    ],
)
def test_what_does_not_change_the_meaning_is_not(old: str, new: str) -> None:
    assert old in BOOK
    assert hash_of(BOOK.replace(old, new, 1)) == hash_of(BOOK)


def test_fields_do_not_run_together() -> None:
    one = "c: {definition: a b, when_to_use: c, rules: manual}"
    other = "c: {definition: a, when_to_use: b c, rules: manual}"
    assert hash_of(one, "c") != hash_of(other, "c")


def test_the_hash_is_the_same_in_every_version() -> None:
    """Hashes are stored; a change of this one marks every decision ever made."""
    assert definition_hash(next(book().codes())) == "af5d3c83fc2d725a"


def recorded(number: int, act: Act, hashes: dict[str, str]) -> Event:
    from dataclasses import replace

    return replace(event(number, act), definition=definition_of(act, hashes))


def test_what_was_done_under_another_definition_is_listed() -> None:
    then = definition_hashes(book(BOOK.replace("Somebody", "Anybody").replace("other", "gone")))
    log = [
        recorded(1, coding("help"), then),
        recorded(2, coding("help/money"), then),
        recorded(3, coding("gone"), then),
        recorded(4, decision(code="help"), then),
        recorded(5, coding("other"), {}),
        recorded(6, Memo("remark", "AK", About.CODE, "help"), then),
    ]
    found = outdated(log, book())
    assert [(one.event.number, one.why) for one in found] == [
        (1, Why.CHANGED),
        (3, Why.GONE),
        (4, Why.CHANGED),
        (5, Why.UNKNOWN),
    ]
    assert found[0].now == definition_hashes(book())["help"]
    assert found[1].now == ""


def test_a_recode_rests_on_both_codes() -> None:
    then = definition_hashes(book(BOOK.replace("Else.", "Another.")))
    act = decision(Verdict.RECODE, code="help", into="other")
    assert definition_of(act, then) == f"{then['help']}>{then['other']}"
    assert [one.why for one in outdated([recorded(1, act, then)], book())] == [Why.CHANGED]
    now = definition_hashes(book())
    assert outdated([recorded(1, act, now)], book()) == []


def test_deciding_anew_or_undoing_takes_it_off_the_list() -> None:
    then = definition_hashes(book(BOOK.replace("Somebody", "Anybody")))
    now = definition_hashes(book())
    old = recorded(1, decision(), then)
    assert len(outdated([old], book())) == 1
    assert outdated([old, recorded(2, decision(Verdict.REJECT), now)], book()) == []
    assert outdated([old, event(2, None, undoes=1)], book()) == []


def test_a_definition_that_came_back_is_not_listed() -> None:
    then = definition_hashes(book())
    assert outdated([recorded(1, decision(), then)], book(BOOK + "new: [x]\n")) == []
