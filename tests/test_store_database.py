"""The study's store: what is recorded stays, wholly or not at all, whatever happens to the file."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people_samples import NOON, acts, at, coding, decision

from thematic.errors import ThematicError, UsageError
from thematic.model.people import About, Act, Event, Memo, Verdict
from thematic.review.standing import standing
from thematic.store import opening, schema
from thematic.store.database import STORE_FILE, Store, open_store
from thematic.store.store_errors import StoreRefused, StoreUnusable


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def recorded(store: Store, *done: Act, seconds: int = 0) -> list[Event]:
    return store.record(done, "AK", at(seconds), {"help": "aaaa"}, "sheet.xlsx")


def raw(store: Store) -> closing[sqlite3.Connection]:
    """The file as another program opens it."""
    return closing(sqlite3.connect(store.path, isolation_level=None))


def test_what_is_recorded_comes_back(store: Store) -> None:
    memo = Memo("look\nagain “there”", "BT", About.CODE, "help")
    events = recorded(store, coding(), decision(code="other"), memo)
    assert store.events() == events
    assert [event.number for event in events] == [1, 2, 3]
    assert [event.act for event in events] == [coding(), decision(code="other"), memo]
    assert {event.time for event in events} == {"2026-08-01T12:00:00Z"}
    assert {event.coder for event in events} == {"AK"}
    assert [event.definition for event in events] == ["aaaa", "", "aaaa"]
    assert {event.source for event in events} == {"sheet.xlsx"}
    assert store.events(since=2) == events[2:]
    assert store.events(since=10**30) == []


def test_each_act_is_by_its_own_coder_where_no_other_records(store: Store) -> None:
    events = store.record([coding(), coding(coder="BT")], "", NOON, {})
    assert [event.coder for event in events] == ["AK", "BT"]


def test_a_time_is_kept_in_utc(store: Store) -> None:
    kabul = datetime(2026, 8, 1, 12, 0, tzinfo=timezone(timedelta(hours=4, minutes=30)))
    assert store.record([coding()], "AK", kabul, {})[0].time == "2026-08-01T07:30:00Z"
    with pytest.raises(ValueError, match="zone"):
        store.record([coding()], "AK", datetime(2026, 8, 1), {})


def test_the_file_is_made_when_something_is_recorded(store: Store, tmp_path: Path) -> None:
    assert store.events() == []
    assert store.record([], "AK", NOON, {}) == []
    with pytest.raises(UsageError, match="no event 1"):
        store.undo([1], "", NOON)
    with pytest.raises(UsageError, match="nothing of 'AK'"):
        store.undo_last("AK", NOON)
    assert list(tmp_path.iterdir()) == []
    recorded(store, coding())
    assert [path.name for path in tmp_path.iterdir()] == [STORE_FILE]  # and no journal


def test_all_or_none(store: Store) -> None:
    recorded(store, coding())
    with pytest.raises(ValueError, match="no code"):
        recorded(store, coding("other"), coding(""))
    assert len(store.events()) == 1


@pytest.mark.parametrize("name", ["", "  ", "A\nK", "A\x1bK", "x" * 101, "\udcff"])
def test_a_coder_has_a_name(store: Store, name: str) -> None:
    with pytest.raises(UsageError, match="no name of a coder"):
        store.record([replace(coding(), coder=name)], name, NOON, {})


# --- undoing ---


def test_undoing_is_recorded_and_can_be_undone(store: Store) -> None:
    recorded(store, coding())
    undone = store.undo([1], "BT", at(1))
    assert [(event.number, event.undoes, event.coder) for event in undone] == [(2, 1, "BT")]
    assert standing(store.events()) == []
    assert store.undo([2], "", at(2))[0].coder == "BT"
    assert [event.number for event in standing(store.events())] == [1]
    assert len(store.events()) == 3


def test_several_are_undone_or_none(store: Store) -> None:
    recorded(store, coding(), coding("b"), coding("c"))
    store.undo([2], "", NOON)
    with pytest.raises(UsageError, match="event 2 is undone already, by event 4") as error:
        store.undo([1, 2], "", NOON)
    assert "undo event 4" in error.value.hint
    with pytest.raises(UsageError, match="no event 9"):
        store.undo([1, 9], "", NOON)
    assert len(store.events()) == 4
    assert [event.undoes for event in store.undo([3, 1, 3], "", NOON)] == [3, 1]


def test_the_last_of_a_coder_goes_back_step_by_step(store: Store) -> None:
    recorded(store, coding(), coding("b"))
    store.record([coding("c", "BT")], "BT", at(1), {})
    assert [store.undo_last("AK", at(2))[0].undoes for _ in range(2)] == [2, 1]
    with pytest.raises(UsageError, match="nothing of 'AK'"):
        store.undo_last("AK", at(3))
    assert [event.coder for event in standing(store.events())] == ["BT"]


def test_the_same_within_one_second_is_recorded_each_time(store: Store) -> None:
    """Done, undone, done: the second doing is an event of its own."""
    recorded(store, coding())
    store.undo([1], "", NOON)
    recorded(store, coding())
    store.undo([2], "", NOON)
    store.undo([1], "", NOON)
    assert [event.undoes for event in store.events()] == [0, 1, 0, 2, 1]
    assert [event.number for event in standing(store.events())] == [3]
    assert len({entry.id for entry in store.entries()}) == 5


def test_a_clock_that_was_set_back_changes_no_order(store: Store) -> None:
    recorded(store, decision(), seconds=100)
    later = recorded(store, decision(Verdict.REJECT), seconds=5)
    assert later[0].time == "2026-08-01T12:01:40Z"
    other = store.record([decision(coder="BT")], "BT", at(5), {})
    assert other[0].time == "2026-08-01T12:00:05Z"
    assert [event.number for event in standing(store.events())] == [3, 2]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(acts, max_size=4), max_size=4))
def test_any_act_is_kept_as_it_is(batches: list[list[Act]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        for seconds, batch in enumerate(batches):
            store.record(batch, "AK", at(seconds), {})
        events = store.events()
    assert [event.act for event in events] == [act for batch in batches for act in batch]
    assert [event.number for event in events] == list(range(1, len(events) + 1))


# --- the table ---


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET coder = 'X'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE number = 1",
        "INSERT OR REPLACE INTO events SELECT 3, id, time, 'X', kind, act, undoes, definition,"
        " source, again FROM events WHERE number = 1",
        "INSERT INTO events SELECT 7, 'new', time, coder, kind, act, undoes, definition, source,"
        " again FROM events WHERE number = 1",
        "INSERT INTO events SELECT 3, 'new', time, coder, kind, act, 3, definition, source,"
        " again FROM events WHERE number = 1",
        "INSERT INTO events SELECT 3, 'new', time, '', kind, act, undoes, definition, source,"
        " again FROM events WHERE number = 1",
    ],
)
def test_the_table_itself_refuses_changes(store: Store, statement: str) -> None:
    events = recorded(store, coding(), coding("b"))
    with raw(store) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)
    assert store.events() == events


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET act = replace(act, 'help', 'harm') WHERE number = 1",
        "UPDATE events SET coder = 'BT' WHERE number = 1",
        "UPDATE events SET undoes = NULL WHERE number = 3",
        "UPDATE events SET act = '{' WHERE number = 1",
        "UPDATE events SET act = x'ff00' WHERE number = 1",
        "UPDATE events SET kind = 'whatever' WHERE number = 1",
        "DELETE FROM events WHERE number = 2",
    ],
)
def test_what_was_changed_behind_our_back_is_told(store: Store, change: str) -> None:
    recorded(store, coding(), coding("b"))
    store.undo([1], "", NOON)
    with raw(store) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        made = dict(triggers.fetchall())
        for name in made:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(change)
        for sql in made.values():
            db.execute(sql)
    with pytest.raises(StoreUnusable, match="is damaged: event") as error:
        store.events()
    assert "--restore" in error.value.hint


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER events_stay",
        "ALTER TABLE events RENAME COLUMN source TO origin",
        "PRAGMA user_version = 0",
    ],
)
def test_other_tables_are_no_store(store: Store, change: str) -> None:
    recorded(store, coding())
    with raw(store) as db:
        db.execute(change)
    with pytest.raises(StoreUnusable, match="its tables are not those of a store"):
        store.events()


def test_a_table_that_somebody_added_does_no_harm(store: Store) -> None:
    events = recorded(store, coding())
    with raw(store) as db:
        db.execute("CREATE TABLE mine (x)")
    assert store.events() == events


def test_the_settings_are_those_of_a_single_file(store: Store) -> None:
    recorded(store, coding())
    with closing(opening.connection(store.path, 1)) as db:
        read = {name: schema.number_of(db, name) for name in ("synchronous", "foreign_keys")}
        assert read == {"synchronous": 3, "foreign_keys": 1}
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert schema.number_of(db, "application_id") == schema.APPLICATION


def test_a_viewer_that_sets_a_write_ahead_log_is_set_back(store: Store, tmp_path: Path) -> None:
    events = recorded(store, coding())
    with raw(store) as db:
        db.execute("PRAGMA journal_mode = WAL")
    assert store.events() == events
    recorded(store, coding("b"))
    assert [path.name for path in tmp_path.iterdir()] == [STORE_FILE]


# --- versions ---

# A store as the first version made it. This text never changes.
FIRST = (
    """
    CREATE TABLE events (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        time TEXT NOT NULL,
        coder TEXT NOT NULL CHECK (coder <> ''),
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        undoes INTEGER REFERENCES events (number) CHECK (undoes < number),
        definition TEXT NOT NULL,
        source TEXT NOT NULL,
        again INTEGER NOT NULL
    )
    """,
    """
    CREATE TRIGGER events_follow BEFORE INSERT ON events
    WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM events)
        OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'events are numbered one by one, each is there once'); END
    """,
    """
    CREATE TRIGGER events_stay BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'an event never changes'); END
    """,
    """
    CREATE TRIGGER events_remain BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END
    """,
)
FIRST_EVENTS = """
INSERT INTO events VALUES (1, '25588b9ced709d2e', '2026-08-01T12:00:00Z', 'AK', 'coding',
    '{"code":"help","coder":"AK","passage":{"end":10,"quote":"They paid.","start":0,"transcript":"E01"}}',
    NULL, 'aaaa', 'sheet.xlsx', 0);
INSERT INTO events VALUES (2, '29cbb79c8cab7607', '2026-08-01T12:00:01Z', 'BT', 'undo', '', 1, '', '', 0);
PRAGMA application_id = 0x54484D43;
PRAGMA user_version = 1;
"""


@pytest.fixture
def first(tmp_path: Path) -> Store:
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as db:
        for statement in FIRST:
            db.execute(statement)
        db.executescript(FIRST_EVENTS)
    return Store(tmp_path / STORE_FILE)


def form(store: Store) -> int:
    with raw(store) as db:
        return schema.form_of(db)


def test_a_store_of_the_first_version_is_read_and_written(first: Store) -> None:
    events = first.events()
    assert [event.act for event in events] == [coding(), None]
    assert [(event.coder, event.undoes, event.definition) for event in events] == [
        ("AK", 0, "aaaa"),
        ("BT", 1, ""),
    ]
    recorded(first, coding("b"), seconds=9)
    assert len(first.events()) == 3
    assert form(first) == schema.newest()


STEP = (
    "ALTER TABLE events ADD COLUMN place TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX by_coder ON events (coder)",
)


def test_an_older_store_is_brought_up_in_one_step(
    first: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = first.events()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, STEP))
    assert first.events() == events
    assert form(first) == schema.newest()
    with raw(first) as db:
        assert db.execute("SELECT place FROM events").fetchall() == [("",), ("",)]


def test_a_step_that_fails_leaves_the_store_as_it_was(
    first: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    events, before = first.events(), first.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, (*STEP, "CREATE NONSENSE")))
        with pytest.raises(ThematicError):
            first.events()
    assert first.path.read_bytes() == before
    assert first.events() == events


def test_a_newer_store_is_refused(store: Store) -> None:
    recorded(store, coding())
    with raw(store) as db:
        db.execute(f"PRAGMA user_version = {schema.newest() + 1}")
    before = store.path.read_bytes()
    for use in (store.check, store.events, lambda: recorded(store, coding("b"))):
        with pytest.raises(StoreUnusable, match="newer thematic") as error:
            use()
        assert "update" in error.value.hint
    assert store.path.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE_FILE)) as db:
        db.executescript("CREATE TABLE events (number, id); PRAGMA user_version = 1;")
    before = (tmp_path / STORE_FILE).read_bytes()
    with pytest.raises(StoreUnusable, match="another program"):
        open_store(tmp_path)
    assert (tmp_path / STORE_FILE).read_bytes() == before


# --- damage and refusal ---


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def holed(data: bytes) -> bytes:
    """Zeros in the place of all pages but the first."""
    return data[:4096] + bytes(len(data) - 4096)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": cut,
    "cut-within-a-page": lambda data: data[: len(data) // 2 + 100],
    "zeros": lambda data: bytes(len(data)),
    "a-hole": holed,
    "empty": lambda data: b"",
    "text": lambda data: b"This is no database, it is a letter. " * 100,
    "short": lambda data: data[:100],
    "lost-head": lambda data: bytes(100) + data[100:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_told_and_left_as_it_is(
    store: Store, damage: Callable[[bytes], bytes]
) -> None:
    recorded(store, *(coding(start=n, note="x" * 300) for n in range(60)))
    damaged = damage(store.path.read_bytes())
    store.path.write_bytes(damaged)
    uses = (
        lambda: open_store(store.path.parent),
        store.events,
        lambda: recorded(store, coding("b")),
        lambda: store.undo([1], "", NOON),
        lambda: store.merge([]) or store.entries(),
    )
    for use in uses:
        with pytest.raises(StoreUnusable) as error:
            use()
        assert "damaged" in error.value.message
        assert "--restore" in error.value.hint
    assert store.path.read_bytes() == damaged


@pytest.mark.parametrize(
    "place", [*range(0, 100, 7), *range(2900, 4096, 23), *range(4096, 8192, 401)]
)
def test_a_flipped_byte_is_told_or_does_no_harm(store: Store, place: int) -> None:
    events = recorded(store, *(coding(start=n, note="x" * 100) for n in range(12)))
    data = bytearray(store.path.read_bytes())
    data[place] ^= 0x55
    store.path.write_bytes(data)
    try:
        found = store.events()
    except StoreUnusable:
        return
    assert found == events


def test_a_full_drive_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = recorded(store, coding())
    full = (*opening._SETTINGS, "PRAGMA max_page_count = 12")
    monkeypatch.setattr(opening, "_SETTINGS", full)
    with pytest.raises(StoreRefused, match="no room") as error:
        recorded(store, *(coding(start=n, note="x" * 1000) for n in range(200)))
    assert "nothing was recorded" in error.value.hint
    assert store.events() == events
    recorded(store, coding("b"))
    assert len(store.events()) == 2


def test_a_store_that_may_not_be_written_is_still_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = recorded(store, coding())
    monkeypatch.setattr(opening, "_SETTINGS", (*opening._SETTINGS, "PRAGMA query_only = ON"))
    with pytest.raises(StoreRefused, match="cannot be opened or written"):
        recorded(store, coding("b"))
    assert store.events() == events


@pytest.mark.parametrize("there", [True, False], ids=["a-file", "nothing"])
def test_a_folder_that_is_none(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "study").write_text("a file")
    with pytest.raises(StoreRefused, match="cannot be opened"):
        recorded(open_store(tmp_path / "study"), coding())


def test_a_store_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).mkdir()
    with pytest.raises(StoreRefused, match="cannot be opened"):
        open_store(tmp_path)


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_a_store_that_stays_locked(store: Store, lock: str) -> None:
    events = recorded(store, coding())
    hasty = Store(store.path, patience=0.05)
    with raw(store) as db:
        db.execute(lock)
        with pytest.raises(StoreRefused, match="in use by another program") as error:
            recorded(hasty, coding("b"))
        assert "nothing was recorded" in error.value.hint
    assert store.events() == events


def test_reading_does_not_wait_for_a_writer_that_has_only_begun(store: Store) -> None:
    events = recorded(store, coding())
    with raw(store) as db:
        db.execute("BEGIN IMMEDIATE")
        assert Store(store.path, patience=0.05).events() == events


def test_a_drive_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(opening.os, "link", no_links)
    store = open_store(tmp_path)
    recorded(store, coding())
    assert len(store.events()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [STORE_FILE]
