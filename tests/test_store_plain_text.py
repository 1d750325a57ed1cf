"""The store as text: nothing is lost on the way, copies come together, faults are told by line."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people_samples import NOON, acts, at, coders, coding, decision, passage

from thematic.errors import Problem, Severity, UsageError
from thematic.model.people import Act, PersonCoding, Verdict
from thematic.review.standing import standing
from thematic.store.acts import canonical, kind_of, plain
from thematic.store.database import Store, open_store
from thematic.store.entries import Entry, utc
from thematic.store.plain_text import HEAD, export_text, ids_of, restore_text, text_of


def store_in(folder: Path, name: str = "study") -> Store:
    (folder / name).mkdir(parents=True, exist_ok=True)
    return open_store(folder / name)


def filled(folder: Path, name: str = "study") -> Store:
    store = store_in(folder, name)
    store.record([coding(), decision()], "AK", NOON, {"help": "aaaa"}, "sheet.xlsx")
    store.undo([1], "BT", at(1))
    return store


def restored(text: str, store: Store) -> Store:
    entries, problems = restore_text(text, ids_of(store.entries()))
    assert problems == []
    store.merge(entries)
    return store


def entry(act: Act, seconds: int = 0) -> Entry:
    return Entry(utc(at(seconds)), act.coder, kind_of(act), canonical(plain(act)))


def test_the_text_is_lines_that_people_can_read(tmp_path: Path) -> None:
    lines = export_text(filled(tmp_path)).split("\n")
    assert lines[0] == HEAD == '{"schema":"thematic.people/1"}'
    assert lines[1] == (
        '{"id":"25588b9ced709d2e","time":"2026-08-01T12:00:00Z","coder":"AK","kind":"coding",'
        '"definition":"aaaa","source":"sheet.xlsx","act":{"code":"help","coder":"AK",'
        '"passage":{"end":10,"quote":"They paid.","start":0,"transcript":"E01"}}}'
    )
    assert json.loads(lines[3])["undoes"] == "25588b9ced709d2e"
    assert lines[4:] == [""]


def test_invisible_characters_are_written_out_and_others_as_they_are(tmp_path: Path) -> None:
    note = "Привет \u202e\u2028\x85\x00\ufeff \U0001f600 \ud800"
    store = store_in(tmp_path)
    store.record([coding(note=note)], "AK", NOON, {})
    text = export_text(store)
    assert text.encode("utf-8").decode("utf-8").splitlines() == text.split("\n")[:-1]
    assert "Привет \\u202e\\u2028\\u0085\\u0000\\ufeff \U0001f600 \\ud800" in text
    again = restored(text, store_in(tmp_path, "other"))
    act = again.events()[0].act
    assert isinstance(act, PersonCoding)
    assert act.note == note


def test_a_store_comes_back_from_its_text(tmp_path: Path) -> None:
    store = filled(tmp_path)
    again = restored(export_text(store), store_in(tmp_path, "other"))
    assert again.events() == store.events()
    assert export_text(again) == export_text(store)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(coders, st.integers(0, 2), st.lists(acts, max_size=3)), max_size=5),
    st.lists(st.integers(1, 20), max_size=6),
)
def test_any_log_comes_back(batches: list[tuple[str, int, list[Act]]], undone: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, now = store_in(Path(folder)), 0
        for coder, wait, batch in batches:
            now += wait
            store.record(batch, coder, at(now), {}, "s")
        for number in undone:
            try:
                store.undo([number], "AK", at(now))
            except UsageError:
                continue  # there is no such event, or it is undone
        text = export_text(store)
        again = restored(text, store_in(Path(folder), "other"))
        assert export_text(again) == text
        assert {one.id for one in again.entries()} == {one.id for one in store.entries()}
        held = [event.act for event in standing(store.events())]
        assert sorted(map(repr, held)) == sorted(
            repr(event.act) for event in standing(again.events())
        )


@settings(deadline=None)
@given(st.lists(st.tuples(acts, st.integers(0, 10**6))), st.randoms(use_true_random=False))
def test_lines_may_stand_in_any_order_and_twice(
    done: list[tuple[Act, int]], mixed: random.Random
) -> None:
    """As they do after a merge in git that keeps the lines of both sides."""
    entries = {one.id: one for one in (entry(act, seconds) for act, seconds in done)}
    text = text_of(entries.values())
    lines = [line for line in text.split("\n") if line] * 2
    mixed.shuffle(lines)
    found, problems = restore_text("\r\n".join(lines))
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]
    assert {one.id for one in found} == set(entries)
    assert len(found) == len(entries)
    seconds_differ = len({(one.time, one.coder) for one in found}) == len(found)
    assert text_of(found) == text or not seconds_differ


def test_restoring_twice_changes_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = store.events()
    text = export_text(store)
    assert restored(text, restored(text, store)).events() == before


def test_two_peoples_texts_make_one_log(tmp_path: Path) -> None:
    """Both began from one text, both went on; whoever takes in the other's has the same."""
    common = export_text(filled(tmp_path, "common"))
    anna, ben = (restored(common, store_in(tmp_path, name)) for name in ("anna", "ben"))
    anna.record([decision(Verdict.REJECT, code="x")], "AK", at(60), {})
    ben.record([coding("x", "BT"), coding("y", "BT")], "BT", at(30), {})
    ben.undo([2], "BT", at(61))
    texts = export_text(anna), export_text(ben)
    restored(texts[1], anna)
    restored(texts[0], ben)
    assert export_text(anna) == export_text(ben)
    assert len(anna.events()) == len(ben.events()) == 7
    assert [event.number for event in anna.events()] == list(range(1, 8))
    assert {event.act for event in standing(anna.events())} == {
        event.act for event in standing(ben.events())
    }
    both = restored("".join(texts), store_in(tmp_path, "both"))
    assert export_text(both) == export_text(anna)


def test_of_one_persons_two_machines_the_later_decision_holds(tmp_path: Path) -> None:
    desk, lap = store_in(tmp_path, "desk"), store_in(tmp_path, "lap")
    desk.record([decision(Verdict.REJECT)], "AK", at(100), {})
    lap.record([decision(Verdict.ACCEPT)], "AK", at(50), {})
    restored(export_text(lap), desk)
    assert [event.act for event in standing(desk.events())] == [decision(Verdict.REJECT)]


def test_an_undoing_may_stand_before_what_it_undoes(tmp_path: Path) -> None:
    text = export_text(filled(tmp_path))
    head, *lines = text.rstrip("\n").split("\n")
    again = restored("\n".join([head, *reversed(lines)]), store_in(tmp_path, "other"))
    assert [event.undoes for event in again.events() if event.undoes]
    assert export_text(again) == text


def test_an_undoing_of_what_is_in_the_store_is_taken_in(tmp_path: Path) -> None:
    store = filled(tmp_path)
    last = export_text(store).rstrip("\n").rpartition("\n")[2]
    other = store_in(tmp_path, "other")
    assert [problem.line for problem in restore_text(last)[1]] == [1]
    other.record([coding(), decision()], "AK", NOON, {"help": "aaaa"}, "sheet.xlsx")
    restored(last, other)
    assert other.events() == store.events()


def test_what_undoes_nothing_is_refused_as_a_whole(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    entries, _ = restore_text(export_text(filled(tmp_path, "other")))
    with pytest.raises(UsageError, match="which is nowhere"):
        store.merge(entries[1:])
    assert store.events() == []


GOOD = text_of([entry(coding())]).split("\n")[1]
FIELDS = json.loads(GOOD)


def line(**changes: object) -> str:
    fields = {**FIELDS, **changes}
    return json.dumps({name: value for name, value in fields.items() if value is not None})


ACT = FIELDS["act"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(GOOD[:-9], "no JSON", id="cut-off"),
        pytest.param("[1]", "no event", id="a-list"),
        pytest.param("[" * 100_000, "no JSON", id="deep"),
        pytest.param("9" * 10_000, "no JSON", id="a-long-number"),
        pytest.param("<<<<<<< HEAD", "conflict", id="git-conflict"),
        pytest.param('{"schema":"thematic.people/2"}', "newer thematic", id="newer"),
        pytest.param('{"schema":"thematic.mentions/1"}', "not thematic.people", id="other-lines"),
        pytest.param(line(coder="BT"), "changed", id="changed-by-hand"),
        pytest.param(line(act={**ACT, "code": "harm"}), "changed", id="changed-within"),
        pytest.param(line(id=None, kind="deed"), "kind is 'deed'", id="no-such-kind"),
        pytest.param(line(id=None, kind=None), "kind is missing", id="no-kind"),
        pytest.param(line(id=None, time="2026-08-01"), "time is", id="no-time-of-day"),
        pytest.param(line(id=None, time="2026-02-30T12:00:00Z"), "time is", id="no-such-day"),
        pytest.param(line(id=None, coder=""), "no name of a coder", id="no-coder"),
        pytest.param(line(id=None, coder=" AK"), "blanks", id="blanks-round-the-coder"),
        pytest.param(line(id=None, extra=1), "not known: extra", id="a-field-too-many"),
        pytest.param(line(id=None, again="1"), "again", id="again-is-text"),
        pytest.param(line(id=None, act=None), "the coding is no object", id="no-act"),
        pytest.param(line(id=None, kind="undo", undoes="x"), "not known: act", id="undo-with-act"),
        pytest.param(line(id=None, act={**ACT, "extra": 1}), "not known: extra", id="act-too-much"),
        pytest.param(line(id=None, act={**ACT, "code": ""}), "no code", id="no-code"),
        pytest.param(line(id=None, act={**ACT, "passage": 3}), "no object", id="no-passage"),
        pytest.param(
            line(id=None, act={**ACT, "passage": {**ACT["passage"], "start": 99}}),
            "runs from 99 to 10",
            id="backward",
        ),
        pytest.param(
            line(id=None, act={**ACT, "passage": {**ACT["passage"], "end": True}}),
            "no end that is a whole number",
            id="truth-for-a-number",
        ),
        pytest.param(
            line(id=None, kind="decision", act={**ACT, "verdict": "maybe"}),
            "verdict is 'maybe', it should be one of accept",
            id="no-such-verdict",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(written: str, said: str) -> None:
    other = text_of([entry(coding("other"))])
    entries, problems = restore_text(f"\ufeff{other}\n{written}\n")
    assert [(problem.line, problem.severity) for problem in problems] == [(4, Severity.ERROR)]
    assert said in problems[0].message
    assert problems[0].hint
    assert len(entries) == 1


def test_all_faults_are_told_at_once() -> None:
    _, problems = restore_text("{\n\nx\n" + GOOD)
    assert [problem.line for problem in problems] == [1, 3]


def test_an_empty_text_is_told() -> None:
    nothing = Problem("", 0, "there is nothing in it", "", Severity.WARNING)
    assert restore_text(" \n") == ([], [nothing])
    assert restore_text(HEAD) == ([], [])


def test_a_line_without_an_id_is_an_event_of_its_own() -> None:
    entries, problems = restore_text(line(id=None, coder="BT"))
    assert problems == []
    assert [one.coder for one in entries] == ["BT"]
    assert entries[0].id != FIELDS["id"]


@settings(deadline=None)
@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    restore_text(text)


@settings(deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)), st.text(max_size=3))
def test_no_damage_goes_unseen(start: int, end: int, put_in: str) -> None:
    start, end = sorted((start, end))
    damaged = GOOD[:start] + put_in + GOOD[end:]
    entries, problems = restore_text(damaged)
    if problems or not damaged.strip():
        return
    # Only what says the same may pass: the very line, or one whose id was taken out whole.
    assert [one.id for one in entries] == [FIELDS["id"]] or '"id"' not in damaged


def test_a_deep_chain_of_undoings_is_restored() -> None:
    chain = [entry(PersonCoding(passage(), "help", "AK"))]
    for seconds in range(1, 3000):
        moment = utc(at(seconds))
        chain.append(Entry(moment, "AK", type(chain[0].kind).UNDO, undoes=chain[-1].id))
    lines = text_of(chain).rstrip("\n").split("\n")
    entries, problems = restore_text("\n".join(reversed(lines)))
    assert problems == []
    assert entries == chain
