"""`thematic batch`: many studies in one run, whatever is wrong with some of them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
from pathlib import Path

import pytest
from conftest import Result, Run

import thematic
from thematic.commands import batch_tasks, batching
from thematic.errors import ExitCode, Severity
from thematic.readers.studies import read_studies

TALK = "INTERVIEWER: Who helped?\n\n{name}: My {word} helped me. I paid the rent.\n"


def make(folder: Path, *names: str, book: str = "help: [help*]\nmoney: [rent]\n") -> Path:
    """A study with one transcript a name."""
    folder.mkdir(parents=True)
    (folder / "book.yaml").write_text(book, encoding="utf-8")
    text = f"study: {folder.name[:3]}\ncodebook: book.yaml\nexpected: {len(names)}\n"
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    for name in names:
        talk = TALK.format(name=name, word="sister")
        (folder / f"{name}.txt").write_text(talk, encoding="utf-8")
    return folder


@pytest.fixture
def studies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good study, a broken one and a hostile name; also the current folder."""
    make(tmp_path / "studies" / "anna", "A", "B")
    make(tmp_path / "studies" / "broken", "A", book="help: [help*\n")
    make(tmp_path / "studies" / "=x [b] é", "A")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "studies"


def rows(result: Result) -> dict[str, dict[str, str]]:
    return {row["study"]: row for row in csv.DictReader(io.StringIO(result.out))}


def held(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_broken_study_stops_no_other_and_gives_the_worst_code(run: Run, studies: Path) -> None:
    result = run("batch", "studies", "-q", "-f", "csv", "--raw")
    assert result.code == 4
    found = rows(result)
    assert {name: row["exit_code"] for name, row in found.items()} == {
        "anna": "0", "broken": "4", "=x [b] é": "0",
    }  # fmt: skip
    assert (found["anna"]["read"], found["anna"]["expected"], found["anna"]["persons"]) == (
        "2", "2", "2",
    )  # fmt: skip
    assert "fault" in found["broken"]["fault"]
    assert "broken" in result.err
    assert (studies / "results" / "=x [b] é" / "report.html").is_file()
    assert not (studies / "results" / "broken").exists()


def test_any_number_of_processes_gives_the_same_bytes(run: Run, studies: Path) -> None:
    one = run("batch", "studies", "-o", "one", "--jobs", "1", "-f", "json")
    two = run("batch", "studies", "-o", "two", "--jobs", "2", "-f", "json")
    assert one == two
    assert held(Path("one")) == held(Path("two"))
    assert json.loads(one.out)["schema"] == "thematic.batch/1"


def test_a_second_run_changes_nothing_and_is_verified(run: Run, studies: Path) -> None:
    first = run("batch", "studies", "-q", "-f", "csv")
    before = held(studies / "results")
    again = run("batch", "studies", "-q", "-f", "csv")
    assert rows(first)["anna"]["change"] == "first"
    assert rows(again)["anna"]["change"] == "unchanged"
    assert held(studies / "results") == before
    assert run("verify", "studies/results/anna", "studies/anna").code == 0


def test_a_drop_by_half_is_an_alarm(run: Run, studies: Path) -> None:
    run("batch", "studies", "-q")
    (studies / "anna" / "B.txt").unlink()
    found = rows(run("batch", "studies", "-q", "-f", "csv"))["anna"]
    assert (found["exit_code"], found["change"]) == ("1", "changed")
    assert "transcripts 2 → 1" in found["alarm"]
    make(studies / "new", "A")
    drawn = run("batch", "studies", "-q").out
    assert "ALARM" not in drawn


def test_an_alarm_has_a_line_of_its_own(run: Run, studies: Path) -> None:
    run("batch", "studies", "-q")
    (studies / "anna" / "B.txt").unlink()
    lines = run("batch", "studies", "-q").out.splitlines()
    assert any(line.startswith("ALARM anna: interviews fell by half or more") for line in lines)


def test_results_of_somebody_else_are_left_alone(run: Run, studies: Path) -> None:
    place = studies / "results" / "anna"
    place.mkdir(parents=True)
    (place / "report.html").write_text("mine", encoding="utf-8")
    found = rows(run("batch", "studies", "-q", "-f", "csv"))
    assert (found["anna"]["exit_code"], found["=x [b] é".replace("=", "'=")]["exit_code"]) == (
        "6", "0",
    )  # fmt: skip
    assert (place / "report.html").read_text(encoding="utf-8") == "mine"


def test_a_list_names_folders_codebooks_and_outputs(run: Run, studies: Path) -> None:
    (studies / "other.yaml").write_text("sister: [sister]\n", encoding="utf-8")
    (studies / "studies.yaml").write_text(
        "- anna\n- folder: anna\n  name: ../Anna again\n  codebook: other.yaml\n"
        "- folder: anna\n  name: report.html\n  output: elsewhere\n- folder: gone\n",
        encoding="utf-8",
    )
    result = run("batch", "studies/studies.yaml", "-q", "-f", "csv")
    assert [row["exit_code"] for row in rows(result).values()] == ["0", "0", "0", "3"]
    assert result.code == 3
    assert rows(result)["../Anna again"]["theme_codings"] == "2"
    assert (studies / "elsewhere" / "brief.docx").is_file()
    assert not (studies / "Anna again").exists()


FAULTS = """\
- folder: a
  codebok: x.yaml
- name: no folder
- folder: a
- folder: b
  output: r
- folder: c
  output: r
- [x]
"""


def test_a_list_s_codebook_is_not_looked_for_where_one_stands(run: Run, studies: Path) -> None:
    Path("other.yaml").write_text("another: [the]\n", encoding="utf-8")
    listed = studies / "list.yaml"
    listed.write_text("- {folder: anna, codebook: other.yaml}\n", encoding="utf-8")
    assert run("batch", listed).code == ExitCode.CODEBOOK
    Path("other.yaml").rename(studies / "other.yaml")
    assert run("batch", listed).code == 0


def test_faults_of_a_list_are_told_all_at_once_with_lines() -> None:
    _, problems = read_studies(FAULTS)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert [problem.line for problem in errors] == [2, 3, 4, 7, 9]
    assert all(problem.hint for problem in errors)


@pytest.mark.parametrize("text", ["", "[]", "studies: x", "just words", "- ", "{", "- - -"])
def test_a_list_that_is_none_ends_in_a_message(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    result = run("batch", tmp_path / "s.yaml")
    assert result.code in (3, 4)
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("place", "code"), [("studies/anna", 2), ("nowhere", 3), (".", 3)], ids=str
)
def test_a_folder_without_studies_ends_in_a_message(
    run: Run, studies: Path, place: str, code: int
) -> None:
    assert run("batch", place).code == code


def _dies(_given: None, task: batch_tasks.Task) -> batch_tasks.Outcome:
    """What a worker does whose system ends it at one of the studies."""
    if task.name == "broken":
        os.kill(os.getpid(), signal.SIGKILL)
    return batch_tasks.Outcome(task.number, 0)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_killed_worker_is_told_and_stops_no_other(
    studies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "do", _dies)
    said: list[str] = []
    found = batching.run_batch(
        batching.tasks_of(studies), jobs=2, killed=lambda: said.append("killed")
    )
    codes = {t.name: o.exit_code for t, o in zip(found.tasks, found.outcomes, strict=True)}
    assert codes == {"=x [b] é": 0, "anna": 0, "broken": 6}
    assert said
    assert "killed" in found.outcomes[-1].fault


def test_a_fault_of_ours_is_told_as_such(studies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_task: batch_tasks.Task) -> batch_tasks.Outcome:
        raise RuntimeError("ours")

    monkeypatch.setattr(batch_tasks, "_reported", broken)
    assert batching.run_batch(batching.tasks_of(studies)).exit_code == 70


def test_the_library_gives_the_same_table(run: Run, studies: Path) -> None:
    table = thematic.batch_studies("studies", "mine")
    assert (
        run("batch", "studies", "-q", "-o", "yours", "-f", "csv", "--raw").out.count("\n")
        == len(table) + 1
    )
    assert held(Path("mine")) == held(Path("yours"))
