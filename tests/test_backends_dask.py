"""An existing Dask cluster gives the bytes that one computer gives, also when it loses workers."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from thematic.commands import streaming
from thematic.errors import ExitCode

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, at its end
Run = Any
CLUSTERS = {
    "processes": {"n_workers": 2, "threads_per_worker": 1, "processes": True},
    "threads": {"n_workers": 1, "threads_per_worker": 4, "processes": False},
    "both": {"n_workers": 2, "threads_per_worker": 2, "processes": True},
}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve interviews and a file of turns, in parts of some hundred bytes."""
    for number in range(12):
        words = f"ANNA: She helped me {number} times. No help came.\n\nI: Why?\n" * (number + 1)
        (tmp_path / f"t{number:02}.txt").write_text(words, encoding="utf-8")
    rows = [{"transcript_id": n // 5, "speaker": "A", "text": f"Help {n}."} for n in range(60)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "turns.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "book.yaml").write_text("help: [help*]\n", encoding="utf-8")
    monkeypatch.setattr(streaming, "PART_SIZE", 200)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def here(archive: None, run: Run) -> bytes:
    """What one process writes."""
    assert run(*ARGUMENTS, "-o", "here.jsonl", "--jobs", "1").code == 0
    return Path("here.jsonl").read_bytes()


ARGUMENTS = ("code", "t*.txt", "turns.jsonl", "-c", "book.yaml")


@pytest.mark.parametrize("kind", CLUSTERS)
def test_a_cluster_gives_the_same_bytes(here: bytes, run: Run, kind: str) -> None:
    with distributed.LocalCluster(dashboard_address=None, **CLUSTERS[kind]) as cluster:
        address = cluster.scheduler_address
        with distributed.Client(cluster):
            told = run(*ARGUMENTS, "-o", "there.jsonl", "--scheduler", address)
    assert told.code == 0, told.err
    assert f"the text of all transcripts is sent to the hosts of {address}" in told.err
    assert Path("there.jsonl").read_bytes() == here


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unheard://of", "tcp://"])
def test_a_scheduler_that_does_not_answer_is_named(run: Run, address: str) -> None:
    with dask.config.set({"distributed.comm.timeouts.connect": "300ms"}):
        told = run(*ARGUMENTS, "-o", "there.jsonl", "--scheduler", address)
    assert told.code == ExitCode.OUTPUT
    assert f"no Dask scheduler answers at {address}" in " ".join(told.err.split())
    assert not Path("there.jsonl").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
def test_a_worker_that_is_killed_changes_nothing(here: bytes, run: Run) -> None:
    """Both workers are killed, one after the other, while they have work."""
    killed: list[int] = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        done = threading.Event()
        killer = threading.Thread(target=_kill, args=(cluster, killed, done))
        killer.start()
        try:
            told = run(*ARGUMENTS, "-o", "there.jsonl", "--scheduler", cluster.scheduler_address)
        finally:
            done.set()
            killer.join()
    assert told.code == 0, told.err
    assert killed
    assert Path("there.jsonl").read_bytes() == here


def _kill(cluster: Any, killed: list[int], done: threading.Event) -> None:
    """Kill each worker once, as soon as some parts are written."""
    folder = Path("there.jsonl.parts")
    pids = [worker.pid for worker in cluster.workers.values()]
    while pids and not done.is_set():
        if len(list(folder.glob("*.json"))) > 2 * (1 + len(killed)):
            killed.append(pids.pop())
            with suppress(ProcessLookupError):
                os.kill(killed[-1], signal.SIGKILL)
        time.sleep(0.005)


def test_a_scheduler_that_is_not_there(archive: None, run: Run) -> None:
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        told = run(*ARGUMENTS, "-o", "m.jsonl", "--scheduler", "tcp://127.0.0.1:9")
    assert told.code == ExitCode.OUTPUT
    assert not Path("m.jsonl").exists()
