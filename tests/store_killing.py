"""Two processes record while a third kills them; run as a script by test_store_crash.py.

    python store_killing.py FOLDER KILLS SEED [PRAGMA ...]

Each writer notes in a file of its own what it has durably recorded. After every kill the
store is opened and compared with the notes. Prints one JSON object; a failed check ends the
run with a message on standard error. Settings of SQLite that are given hold for all.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from killed_writers import begin

from thematic.model.people import Passage, PersonCoding
from thematic.model.transcript import Span
from thematic.store import opening
from thematic.store.database import STORE_FILE, open_store

WRITERS = ("AK", "BT")


def write(folder: Path, coder: str, life: int) -> None:
    """Record batches of acts for ever; note each when it is recorded."""
    store = open_store(folder)
    notes = os.open(folder / f"{coder}.notes", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for turn in range(10**9):
        names = [f"{coder}-{life}-{turn}-{part}" for part in range(size_of(coder, life, turn))]
        passages = [Passage("E01", Span(0, 4), "They", "", "x" * 600) for _ in names]
        acts = [
            PersonCoding(passage, "help", coder, name)
            for passage, name in zip(passages, names, strict=True)
        ]
        events = store.record(acts, coder, datetime.now(UTC), {})
        said = [(event.number, name) for event, name in zip(events, names, strict=True)]
        os.write(notes, f"{json.dumps(said)}\n".encode())
        if turn % 7 == 3:
            store.undo_last(coder, datetime.now(UTC))


def noted(folder: Path) -> Iterator[tuple[int, str]]:
    """Number and name of every act that a writer says it has recorded."""
    for coder in WRITERS:
        notes = folder / f"{coder}.notes"
        for line in notes.read_text().splitlines() if notes.exists() else ():
            yield from json.loads(line)


def check(folder: Path) -> int:
    """See that the log is whole and holds what was noted; its length."""
    notes = list(noted(folder))  # first, for the other writer goes on
    events = open_store(folder).events()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    acts = [(event.number, event.act) for event in events]
    names = {number: act.note for number, act in acts if isinstance(act, PersonCoding)}
    assert len(set(names.values())) == len(names), "an act is there twice"
    for number, name in notes:
        assert names.get(number) == name, f"event {number}, {name}, is lost"
    batches: dict[str, list[int]] = {}
    for name in names.values():
        batch, _, part = name.rpartition("-")
        batches.setdefault(batch, []).append(int(part))
    for batch, parts in batches.items():
        coder, life, turn = batch.split("-")
        whole = list(range(size_of(coder, int(life), int(turn))))
        assert sorted(parts) == whole, f"of {batch} only a part is there"
    return len(events)


def size_of(coder: str, life: int, turn: int) -> int:
    """How many acts a writer records in one of its turns: mostly few, sometimes many."""
    mixed = random.Random(f"{coder}-{life}-{turn}")
    return mixed.choice((1, 1, 2, 3, 40))


def main(folder: Path, kills: int, seed: int) -> None:
    """Let both write, kill one or both at some moment, check, and let them go on."""
    mixed = random.Random(seed)
    lives = dict.fromkeys(WRITERS, 0)
    running: dict[str, int] = {}
    done = journals = events = 0
    try:
        while done < kills:
            for coder in WRITERS:
                if coder not in running:
                    lives[coder] += 1
                    running[coder] = begin(partial(write, folder, coder, lives[coder]))
            time.sleep(mixed.uniform(0, 0.05))
            for coder in mixed.choice((WRITERS[:1], WRITERS[1:], WRITERS, WRITERS)):
                os.kill(running[coder], signal.SIGKILL)
                _, status = os.waitpid(running.pop(coder), 0)
                assert os.WTERMSIG(status) == signal.SIGKILL, "a writer ended by itself"
                done += 1
            if not running:
                journals += (folder / f"{STORE_FILE}-journal").exists()
            events = check(folder)
    finally:
        for child in running.values():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    check(folder)
    print(json.dumps({"kills": done, "events": events, "journals": journals, "lives": lives}))


if __name__ == "__main__":
    opening._SETTINGS = (*opening._SETTINGS, *sys.argv[4:])
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
