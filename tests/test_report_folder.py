"""A result folder is whole at every moment, and what was there before is not lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from thematic.errors import OutputRefused
from thematic.report import swapping
from thematic.report.folder import write_folder, write_new_folder

SCRIPT = Path(__file__).with_name("folder_killing.py")
KILLS = 200
OURS = '{"schema": "thematic.manifest/3", "files": {"a.csv": "", "b.csv": ""}}'


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("way", ["whole", "aside", "among"])
def test_kills_leave_no_half_written_folder(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "results [of] *mine*"
    command = [sys.executable, str(SCRIPT), str(folder), str(KILLS), str(os.getpid()), way]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, f"{command}: {done.stderr}"
    found = json.loads(done.stdout)
    assert found["generations"] > KILLS // 10  # it wrote between the kills
    assert len(found["left"]) <= 2  # of the last kill; what earlier ones left was swept


def test_what_was_set_aside_goes_when_its_place_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be exchanged, a kill may leave the old one beside the new one."""
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    aside = tmp_path / f".thematic-out.{gone.pid}.old"
    aside.mkdir()
    (aside / "a.csv").write_text("old")
    monkeypatch.setattr(swapping, "exchange", lambda _one, _other: False)
    with swapping.new_folder(tmp_path / "out") as waiting:
        (waiting / "a.csv").write_text("new")
        assert aside.exists()  # nothing has its place yet
    with swapping.new_folder(tmp_path / "out"):
        assert not aside.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


FILES = SCRIPT.with_name("file_killing.py")


def kill_files(folder: Path, how: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    command = [sys.executable, str(FILES), str(folder), str(KILLS), str(os.getpid()), how]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_kills_leave_no_half_written_files(tmp_path: Path) -> None:
    """Of report, code and pseudonymise, with its key."""
    done = kill_files(tmp_path / "out [of] *mine*", "whole")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["written"] > KILLS // 10
    left = [one for one in (tmp_path / "out [of] *mine*").glob(".*") if one.is_file()]
    assert len(left) <= 3  # of the last kill


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_kills_find_files_that_are_written_in_place(tmp_path: Path) -> None:
    """The checks can fail."""
    done = kill_files(tmp_path / "out", "careless")
    assert done.returncode != 0
    assert "by itself" not in done.stderr


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("can", [True, False], ids=["in-one-step", "set-aside"])
def test_old_results_are_replaced_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    if not can:
        monkeypatch.setattr(swapping, "exchange", lambda one, other: False)
    folder = tmp_path / "out"
    write_folder(folder, {"a.csv": "1", "b.csv": "1", "manifest.json": OURS})
    folder.chmod(0o750)
    new = {"a.csv": "2", "charts/c.svg": "2", "manifest.json": OURS}
    write_folder(folder, new)
    assert held(folder) == new
    assert folder.stat().st_mode & 0o777 == 0o750
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a.csv": "1", "b.csv": "1", "manifest.json": OURS})
    (tmp_path / "notes.txt").write_text("mine")
    write_folder(tmp_path, {"a.csv": "2", "manifest.json": OURS})
    assert held(tmp_path) == {"a.csv": "2", "manifest.json": OURS, "notes.txt": "mine"}


def test_a_manifest_of_something_else_makes_no_folder_ours(tmp_path: Path) -> None:
    app = '{"name": "a web app", "files": {"a.csv": ""}}'
    (tmp_path / "manifest.json").write_text(app)
    with pytest.raises(OutputRefused, match="did not write"):
        write_folder(tmp_path, {"a.csv": "2", "manifest.json": OURS})
    assert held(tmp_path) == {"manifest.json": app}


def test_a_link_to_a_folder_stays_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "there")
    write_folder(tmp_path / "out", {"a.csv": "1", "manifest.json": OURS})
    assert (tmp_path / "out").is_symlink()
    assert set(held(tmp_path / "there")) == {"a.csv", "manifest.json"}


def test_the_current_folder_is_not_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(Path(), {"a.csv": "1", "b.csv": "1", "manifest.json": OURS})
    node = tmp_path.stat().st_ino
    write_folder(Path(), {"a.csv": "2", "manifest.json": OURS})
    assert tmp_path.stat().st_ino == node
    assert set(held(tmp_path)) == {"a.csv", "manifest.json"}


@pytest.mark.parametrize("write", [write_folder, write_new_folder])
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: object
) -> None:
    folder = tmp_path / "out"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("thematic.report.folder.os.replace", full)
    with pytest.raises(OutputRefused, match="No space left"):
        write(folder, {"a.csv": "1", "manifest.json": OURS})  # type: ignore[operator]
    assert list(tmp_path.rglob("*")) == []


def test_what_a_killed_process_set_aside_is_taken_back(tmp_path: Path) -> None:
    (tmp_path / ".thematic-out.1.old").mkdir()
    (tmp_path / ".thematic-out.1.old" / "manifest.json").write_text(OURS)
    swapping.restore(tmp_path / "out")
    assert held(tmp_path / "out") == {"manifest.json": OURS}
