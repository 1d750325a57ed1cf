"""Kill -9 at any moment, from two processes: nothing that was recorded is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("store_killing.py")
KILLS = 200
# Without waiting for the disk, and with pages written long before the end of a transaction,
# most kills fall into the middle of writing.
STRAINED = ("PRAGMA synchronous = OFF", "PRAGMA cache_size = 2")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def kill(folder: Path, kills: int, *settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script, which compares the store with the writers' notes after each kill."""
    seed = str(os.getpid())  # another one each time; in the command where a test fails
    command = [sys.executable, str(SCRIPT), str(folder), str(kills), seed, *settings]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=540)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, f"{done.args}: {done.stderr}"
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nothing_recorded_is_lost_by_kill_9(tmp_path: Path) -> None:
    found = told(kill(tmp_path, KILLS))
    assert found["kills"] >= KILLS
    assert min(found["lives"].values()) > KILLS // 4  # both were killed, and went on
    assert found["events"] > KILLS  # and recorded in between


def test_kills_in_the_middle_of_writing(tmp_path: Path) -> None:
    found = told(kill(tmp_path, KILLS // 2, *STRAINED))
    assert found["journals"] > 0  # left behind by a writer, and rolled back by the next reader


def test_a_store_that_loses_something_would_be_seen(tmp_path: Path) -> None:
    done = kill(tmp_path, KILLS, *STRAINED, "PRAGMA journal_mode = OFF")
    assert done.returncode != 0


def test_a_writer_needs_nothing_heavy() -> None:
    """Recording loads neither tables nor language data, so that it is quick to begin."""
    code = (
        "import sys\nimport thematic.store.plain_text\n"
        "heavy = {'pandas', 'spacy', 'numpy', 'yaml', 'rich', 'typer'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
