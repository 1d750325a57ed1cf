"""`thematic code -o FILE.parquet|.jsonl`: any number of files, in parts, whole or not there."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thematic
from thematic.analysis.sums import Sums
from thematic.backends.processes import Workers
from thematic.commands import streaming
from thematic.commands.streaming import in_order
from thematic.commands.tasks import Done, Task, cut
from thematic.errors import ExitCode
from thematic.model.codebook import Codebook, Unit
from thematic.readers import Source

pyarrow = pytest.importorskip("pyarrow")
Run = Any

BOOK = """
themes:
  help: [help*, {phrase: rent, unless: [car]}]
  money: {codes: {debt: [debt*]}}
"""
SAYING = ("She helped me.", "No help came. The rent is high.", "A car rent.", "My debts, my debts!")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Thirty interviews, in parts of a few hundred bytes each."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(30):
        said = "\n\n".join(f"I: Why?\n\nANNA: {SAYING[(number + n) % 4]}" for n in range(3))
        (folder / f"t{number:02}.txt").write_text(said + "\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    monkeypatch.setattr(streaming, "PART_SIZE", 300)
    monkeypatch.chdir(tmp_path)
    return folder


def rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    from pyarrow import parquet

    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def test_the_mentions_are_those_of_the_table(archive: Path, run: Run) -> None:
    assert run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--all").code == 0
    table = thematic.mentions(
        thematic.code(thematic.load_transcripts("archive"), thematic.load_codebook("book.yaml")),
        every=True,
    ).to_pandas()
    expected = table[["transcript", "turn", "start", "end", "code", "status", "guard", "negation"]]
    found = [{name: row[name] for name in expected.columns} for row in rows(Path("m.jsonl"))]
    assert found == expected.to_dict("records")
    assert {row["status"] for row in found} == {"suggested", "withheld"}
    assert not Path("m.jsonl.parts").exists()


def test_parquet_holds_what_json_lines_hold(archive: Path, run: Run) -> None:
    for name in ("m.jsonl", "m.parquet"):
        assert run("code", "archive", "-c", "book.yaml", "-o", name).code == 0
    assert rows(Path("m.parquet")) == rows(Path("m.jsonl"))


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl"])
def test_the_bytes_do_not_depend_on_the_processes(archive: Path, run: Run, suffix: str) -> None:
    made = []
    for jobs in (1, 2, 3):
        name = f"jobs{jobs}{suffix}"
        assert run("code", "archive", "-c", "book.yaml", "-o", name, "--jobs", str(jobs)).code == 0
        made.append(Path(name).read_bytes())
    assert made[0] == made[1] == made[2]


def test_the_sums_are_the_frequencies(archive: Path, run: Run) -> None:
    told = run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "-f", "json")
    sums = {row["code"]: row for row in json.loads(told.out)["rows"]}
    codings = thematic.code(
        thematic.load_transcripts("archive"), thematic.load_codebook("book.yaml")
    )
    for row in thematic.frequencies(codings).to_pandas().to_dict("records"):
        for name in ("transcripts", "transcripts_N", "units", "mentions", "withheld", "words_N"):
            assert sums[row["code"]][name] == row[name], (row["code"], name)


def test_a_stopped_run_goes_on_from_its_whole_parts(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--jobs", "1")
    assert run(*arguments).code == 0
    whole = Path("m.jsonl").read_bytes()
    Path("m.jsonl").unlink()
    done: list[str] = []
    real = streaming.do

    def stops(given: Any, task: Any) -> Any:
        if len(done) == 4:
            raise KeyboardInterrupt
        done.append(task.sources[0].id)
        return real(given, task)

    monkeypatch.setattr(streaming, "do", stops)
    assert run(*arguments).code == ExitCode.INTERRUPTED
    assert not Path("m.jsonl").exists()
    parts = sorted(Path("m.jsonl.parts").glob("*.jsonl"))
    assert len(parts) == 4
    written = [part.stat().st_mtime_ns for part in parts]
    kept: list[int] = []

    def goes_on(given: Any, task: Any) -> Any:
        result = real(given, task)
        kept.append((given.folder / result.part).stat().st_mtime_ns)
        return result

    monkeypatch.setattr(streaming, "do", goes_on)
    assert run(*arguments).code == 0
    assert Path("m.jsonl").read_bytes() == whole
    assert set(written) <= set(kept)


def test_a_file_that_changed_is_done_again(archive: Path, run: Run) -> None:
    sources = thematic.readers.find_transcripts([archive], None).sources
    before = list(cut(sources, 300, thematic.readers.ReadOptions(), []))
    changed = archive / "t00.txt"
    changed.write_text(changed.read_text(encoding="utf-8").upper(), encoding="utf-8")
    after = list(cut(sources, 300, thematic.readers.ReadOptions(), []))
    assert before[0] != after[0]
    assert before[-1] == after[-1]


def test_the_last_tasks_are_small_so_that_processes_end_together(archive: Path) -> None:
    sources = thematic.readers.find_transcripts([archive], None).sources
    tasks = list(cut(sources, 600, thematic.readers.ReadOptions(), []))
    assert [one for task in tasks for one in task.sources] == [*sources]
    sizes = [task.size for task in tasks]
    assert len(sizes) > 5
    assert min(sizes[:-4]) >= 600
    assert max(sizes[-3:]) < 300


def test_a_part_that_was_damaged_is_done_again(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("code", "archive", "-c", "book.yaml", "--jobs", "1", "-o", "m.jsonl")
    assert run(*arguments).code == 0
    whole = Path("m.jsonl").read_bytes()
    Path("m.jsonl").unlink()
    with monkeypatch.context() as stopped:
        stopped.setattr(streaming.parts, "remove", lambda _output: None)
        assert run(*arguments).code == 0
    damages = (lambda data: data[: len(data) // 2], lambda data: bytes(len(data)), lambda _: b"")
    written = sorted(Path("m.jsonl.parts").glob("*.jsonl"))
    for part, damage in zip(written, damages, strict=False):
        part.write_bytes(damage(part.read_bytes()))
    written[3].unlink()
    assert run(*arguments).code == 0
    assert Path("m.jsonl").read_bytes() == whole
    assert not Path("m.jsonl.parts").exists()


def test_what_somebody_has_in_the_folder_of_the_parts_stays(archive: Path, run: Run) -> None:
    arguments = ("code", "archive", "-c", "book.yaml", "-o", "m.jsonl")
    mine = Path("m.jsonl.parts", "mine.txt")
    mine.parent.mkdir()
    mine.write_text("precious", encoding="utf-8")
    assert run(*arguments).code == 0
    assert [one.name for one in mine.parent.iterdir()] == ["mine.txt"]
    mine.unlink()
    assert run(*arguments).code == 0
    assert not mine.parent.exists()


def test_an_older_result_is_not_called_missing(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(streaming, "do", full)
    arguments = ("code", "archive", "-c", "book.yaml", "--jobs", "1", "-o", "m.jsonl")
    assert "nothing stands under that name" in run(*arguments).err
    Path("m.jsonl").write_text("{}\n", encoding="utf-8")
    result = run(*arguments)
    assert result.code == ExitCode.OUTPUT
    assert "older" in result.err
    assert "nothing stands" not in result.err


def test_another_run_with_the_same_name_is_told_of(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended_meanwhile(*_all: Any) -> Any:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(streaming, "_run", ended_meanwhile)
    result = run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--jobs", "1")
    assert result.code == ExitCode.OUTPUT
    assert "another run" in result.err


def test_transcripts_in_which_nobody_answers_are_told_of(archive: Path, run: Run) -> None:
    (archive / "mute.txt").write_text("I: Who helped?\n\nI: And money?\n\nI: yes\n")
    (archive / "silent.txt").write_text("I: Who helped?\n\nR:\n\nI: And money?\n\nR:\n")
    told = [
        [
            line
            for line in run("code", "archive", "-c", "book.yaml", *out).err.splitlines()
            if ": only" in line
        ]
        for out in ((), ("-o", "m.jsonl"))
    ]
    assert told[0] == told[1] != []


def test_names_that_are_no_utf8_and_alike_get_ids_of_their_own(archive: Path, run: Run) -> None:
    names = [b"l\xe9.txt", b"l\xe8.txt", b"l\xef\xbf\xbd.txt"]
    try:
        for name in names:
            Path(os.fsdecode(os.path.join(os.fsencode(archive), name))).write_bytes(b"R: help\n")
    except OSError:
        pytest.skip("this disk has names in UTF-8 only")
    for suffix in (".jsonl", ".parquet"):
        assert run("code", "archive", "-c", "book.yaml", "-o", f"m{suffix}").code == 0
    ids = {row["transcript"] for row in rows(Path("m.jsonl"))}
    assert len([id for id in ids if "l\ufffd" in id]) == 3


FAULTS = {
    "too-many-jobs": (("--jobs", "9" * 20), ExitCode.USAGE, "range"),
    "standard-input": (("-",), ExitCode.USAGE, "save it as a file"),
    "a-folder": (("-o", "archive.jsonl"), ExitCode.OUTPUT, "is a folder"),
    "codings": (("--codings",), ExitCode.USAGE, "not codings"),
    "no-such-folder": (("-o", "nowhere/m.jsonl"), ExitCode.OUTPUT, "there is no folder"),
    "no-transcripts": (("--kind-of-nothing",), ExitCode.USAGE, "No such option"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults(archive: Path, run: Run, fault: str) -> None:
    more, code, said = FAULTS[fault]
    Path("archive.jsonl").mkdir()
    result = run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", *more)
    assert result.code == code
    assert said in result.err
    assert not Path("m.jsonl").exists()


def test_jobs_without_a_file_are_refused(archive: Path, run: Run) -> None:
    assert run("code", "archive", "-c", "book.yaml", "--jobs", "2").code == ExitCode.USAGE


def test_strict_writes_nothing(archive: Path, run: Run) -> None:
    (archive / "broken.docx").write_bytes(b"PK no document")
    result = run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--strict")
    assert result.code == ExitCode.TRANSCRIPTS
    assert not [*Path().glob("m.jsonl*")]
    assert run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl").code == ExitCode.PROBLEMS
    assert Path("m.jsonl").exists()


_KILLED = """
import sys
from thematic.commands import streaming
streaming.PART_SIZE = 300
from thematic.app import main
if __name__ == "__main__":
    main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
def test_killed_workers_cost_nothing(archive: Path, run: Run) -> None:
    """Workers are killed at random moments; the run ends whole, or says that it did not."""
    assert run("code", "archive", "-c", "book.yaml", "-o", "whole.jsonl", "--jobs", "1").code == 0
    expected = Path("whole.jsonl").read_bytes()
    Path("start.py").write_text(_KILLED, encoding="utf-8")
    dice = random.Random(7)
    killed = 0
    for _ in range(20):
        if killed > 4:
            break
        arguments = ("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--jobs", "2")
        process = subprocess.Popen(
            [sys.executable, "start.py", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while process.poll() is None:
            time.sleep(dice.uniform(0.02, 0.5))
            for child in _workers(process.pid)[:1]:
                with_kill = os.kill
                try:
                    with_kill(child, signal.SIGKILL)
                    killed += 1
                except ProcessLookupError:
                    pass
            if killed % 7 == 6:
                time.sleep(3)
        said = process.communicate()[1]
        if process.returncode == 0:
            assert Path("m.jsonl").read_bytes() == expected
            Path("m.jsonl").unlink()
        else:
            assert process.returncode == ExitCode.OUTPUT, said
            assert "were killed" in said
            assert not Path("m.jsonl").exists()
    assert killed
    assert run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl").code == 0
    assert Path("m.jsonl").read_bytes() == expected


def _workers(pid: int) -> list[int]:
    """The processes that a process started, where the system tells (Linux)."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        children = [int(child) for child in listed.read_text().split()]
    except OSError:
        return []
    return [child for child in children if b"spawn_main" in _command(child)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@given(st.permutations(range(6)))
def test_parts_come_in_order_as_soon_as_they_can(finished: list[int]) -> None:
    tasks = [Task((Source(f"{number}.txt", f"t{number}"),), ((1, 1),)) for number in range(6)]
    made = [
        Done(task.place, str(n), Sums(Unit.TURN, Codebook("b", ())).to_data(), 1)
        for n, task in enumerate(tasks)
    ]
    given_out: list[str] = []
    for place, one in enumerate(in_order((made[number] for number in finished), tasks)):
        assert one is made[place]
        given_out.append(one.part)
    assert len(given_out) == 6


def none_is_left() -> bool:
    """Whether all processes that this one began have ended, or do so at once."""
    for child in multiprocessing.active_children():
        child.join(10)
        with suppress(ProcessLookupError):  # another thread saw its end, and this object did not
            os.kill(child.pid or 0, 0)
            return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="signal 0 is none there")
def test_processes_that_began_for_nothing_are_ended(archive: Path, run: Run) -> None:
    Path("book.yaml").write_text("themes: {", encoding="utf-8")
    result = run("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--jobs", "2")
    assert result.code == ExitCode.CODEBOOK
    assert none_is_left()


@pytest.mark.skipif(sys.platform == "win32", reason="signal 0 is none there")
def test_workers_do_what_is_found_out_after_they_began() -> None:
    with Workers(2) as workers:
        assert sorted(workers.run(pow, 2, [1, 2, 3, 4])) == [2, 4, 8, 16]
    assert none_is_left()


@pytest.mark.skipif(sys.platform == "win32", reason="signal 0 is none there")
def test_workers_end_with_the_last_result() -> None:
    with Workers(2) as workers:
        assert sorted(workers.run(pow, 2, [1, 2, 3, 4])) == [2, 4, 8, 16]
        assert none_is_left()


def _process(_given: None, _task: int) -> tuple[int, bool]:
    """Which process does a task, and whether it imported the program that began it."""
    time.sleep(0.05)
    return os.getpid(), hasattr(sys.modules["__main__"], "main")


def test_the_process_that_deals_tasks_out_does_some_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "main", None, raising=False)
    with Workers(1, partial(time.sleep, 0.01)) as workers:
        shared = list(workers.run(_process, None, range(20), here=True))
    assert len(shared) == 20
    assert len(set(shared)) == 2
    assert {imported for process, imported in shared if process != os.getpid()} == {False}


_KILLED_ONCE = """
import os, signal, sys, time
from pathlib import Path
from thematic.backends.processes import Workers

def work(first, task):
    time.sleep(0.02)
    if os.getpid() != first and task > 8 and not Path("killed").exists():
        Path("killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task

def share(others):
    with Workers(others) as workers:
        print(sorted(workers.run(work, os.getpid(), range(40), here=True)) == [*range(40)])

def hold():
    with Workers(1) as workers:
        running = workers.run(getpid, None, [None, None])
        print(next(running), flush=True)
        time.sleep(60)

def getpid(_given, _task):
    return os.getpid()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")
@pytest.mark.parametrize("others", [1, 3])
def test_a_process_is_killed_while_this_one_works(tmp_path: Path, others: int) -> None:
    (tmp_path / "killing.py").write_text(_KILLED_ONCE, encoding="utf-8")
    shared = [sys.executable, "-c", f"import killing; killing.share({others})"]
    done = subprocess.run(shared, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("True\n", "")
    assert (tmp_path / "killed").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signal 0 is none there")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    (tmp_path / "killing.py").write_text(_KILLED_ONCE, encoding="utf-8")
    holding = [sys.executable, "-c", "import killing; killing.hold()"]
    with subprocess.Popen(holding, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        other = int(process.stdout.readline())
        process.kill()
        assert process.stdout.read() == ""  # which comes when nobody holds the other end
    with suppress(ProcessLookupError):
        for _ in range(100):  # it may be gone a little later than what it held
            os.kill(other, 0)
            time.sleep(0.1)
        pytest.fail("it is still there")


def test_a_script_may_start_processes_without_a_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from thematic.backends.processes import Workers\n"
        "print('begun')\n"
        "with Workers(2) as workers:\n"
        "    print(sorted(workers.run(pow, 2, [1, 2, 3])))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["begun", "[2, 4, 8]"], done.stderr


def test_tasks_come_to_other_processes_as_they_are(archive: Path) -> None:
    sources = thematic.readers.find_transcripts([archive]).sources
    for plain in cut(sources, 300, thematic.readers.ReadOptions(), []):
        task = replace(plain, sources=(replace(plain.sources[0], members=("a", "b")),))
        told = pickle.loads(pickle.dumps(task))
        assert told == task
        assert [one.real for one in told.sources] == [one.real for one in task.sources]


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are other ones there")
@pytest.mark.parametrize("after", [0.0, 0.2, 0.4])
def test_an_interrupt_ends_processes_that_only_begin(archive: Path, run: Run, after: float) -> None:
    assert run("code", "archive", "-c", "book.yaml", "-o", "whole.jsonl", "--jobs", "1").code == 0
    arguments = ("code", "archive", "-c", "book.yaml", "-o", "m.jsonl", "--jobs", "2")
    process = subprocess.Popen(
        [sys.executable, "-m", "thematic", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not _workers(process.pid) and process.poll() is None:
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert "Traceback" not in said, said
    # It may come when the file stands already and only the table is to be printed.
    if process.returncode == 0 or Path("m.jsonl").exists():
        assert Path("m.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()


STUDY = """
codebook: book.yaml
transcripts: [archive]
attributes: people.csv
expected: {interview: 20}
speakers:
  exclude: [interviewer, Annna]
  interviewer: [Izzy]
  transcripts:
    t01: {interviewer: [ANNA, Bea]}
    t99: {interviewer: [ANNA]}
    s: {interviewer: [ANNA]}
"""
PEOPLE = """id,case,consent
t00,anna,named
t01,anna,no quotation
t02,bert,named
t03,bert,
t77,carl,no quotation
t04,t05,no quotation
s/2,dora,named
s/9,emil,named
"""


def doubts(run: Run, *arguments: str) -> list[str]:
    """What is told of all transcripts together."""
    told = run("code", *arguments).err.splitlines()
    return sorted(line for line in told if re.search(r"no |consent|expected", line))


def test_what_all_transcripts_together_tell_is_told(archive: Path, run: Run) -> None:
    Path("study.yaml").write_text(STUDY, encoding="utf-8")
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    turns = [{"transcript": n, "speaker": "ANNA", "text": "She helped me"} for n in "1122"]
    (archive / "s.jsonl").write_text("\n".join(map(json.dumps, turns)), encoding="utf-8")
    told = doubts(run)
    for said in (
        "t77",
        "s/9",
        "anna has one",
        "bert has",
        "Izzy",
        "Annna",
        "Bea",
        "t99",
        "20 are",
        "t05 has one",
        "'s'",
    ):
        assert [line for line in told if said in line], said
    assert not [line for line in told if "ID 's/2'" in line]
    for more in ((), ("--jobs", "2"), ()):  # the last time from parts that are there already
        assert doubts(run, "-o", "m.jsonl", *more) == told
        Path("m.jsonl").unlink()


def test_labels_that_nobody_has_are_told_where_files_are_named(archive: Path, run: Run) -> None:
    named = ("archive", "-c", "book.yaml", "--exclude", "ANA", "--interviewer", "ANNA")
    told = doubts(run, *named)
    assert [line for line in told if "'ANA'" in line and "ANNA" in line]
    assert doubts(run, *named, "-o", "m.jsonl") == told


def test_what_is_gleaned_survives_a_stop(archive: Path, run: Run, monkeypatch: Any) -> None:
    """A run that goes on from parts tells what one tells that does all."""
    named = ("archive", "-c", "book.yaml", "--exclude", "ANA", "-o", "m.jsonl")
    whole = doubts(run, *named)
    Path("m.jsonl").unlink()
    monkeypatch.setattr(streaming.parts, "remove", lambda _output: None)
    assert doubts(run, *named) == whole
    Path("m.jsonl").unlink()
    monkeypatch.undo()
    monkeypatch.chdir(archive.parent)
    monkeypatch.setattr(streaming, "PART_SIZE", 300)
    monkeypatch.setattr("thematic.commands.tasks.read_with_attributes", None)  # nothing is read
    assert doubts(run, *named) == whole
