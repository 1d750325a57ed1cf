"""An existing Dask cluster gives the bytes that one computer gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from thematic.commands import streaming
from thematic.errors import ExitCode

distributed = pytest.importorskip("distributed")
pytest.importorskip("pyarrow")

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, at its end
Run = Any


@pytest.fixture
def address() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, address: str
) -> None:
    for number in range(12):
        words = f"ANNA: She helped me {number} times. No help came.\n\nI: Why?\n"
        (tmp_path / f"t{number:02}.txt").write_text(words, encoding="utf-8")
    (tmp_path / "book.yaml").write_text("help: [help*]\n", encoding="utf-8")
    monkeypatch.setattr(streaming, "PART_SIZE", 100)
    monkeypatch.chdir(tmp_path)
    arguments = ("code", "t*.txt", "-c", "book.yaml")
    assert run(*arguments, "-o", "here.jsonl", "--jobs", "1").code == 0
    told = run(*arguments, "-o", "there.jsonl", "--scheduler", address)
    assert told.code == 0, told.err
    assert "is sent to the hosts of" in told.err
    assert Path("there.jsonl").read_bytes() == Path("here.jsonl").read_bytes()


def test_a_scheduler_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (tmp_path / "t.txt").write_text("ANNA: She helped me.\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text("help: [help*]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        told = run(
            "code", "t.txt", "-c", "book.yaml", "-o", "m.jsonl", "--scheduler", "tcp://127.0.0.1:9"
        )
    assert told.code == ExitCode.OUTPUT
    assert not Path("m.jsonl").exists()
