"""What a user sees when something is wrong: all of it at once, in clear words, no traceback."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from conftest import Run

GOOD = b"I: What of it?\nR: The Taliban came.\n"


def bomb() -> bytes:
    from io import BytesIO

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return buffer.getvalue()


BROKEN = {
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": bytes(range(256)) * 20,
    "broken.docx": b"PK\x03\x04 cut off",
    "notword.docx": b"hello",
    "bomb.docx": bomb(),
    "cut.json": b'{"segments": [',
    "other.json": b'{"foo": 1}',
    "columns.csv": b"a,b\n1,2\n",
    "times.vtt": b"WEBVTT\n\n00:00:99.000 --> foo\nHello\n",
    "cues.srt": b"1\nhello\n",
    "front.md": b"---\nkind: [open\n---\n\nThe Taliban came.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    talks = tmp_path / "talks"
    (talks / "x.txt").mkdir(parents=True)
    for name, data in {"good.txt": GOOD, "\U0001f600 é.txt": GOOD, **BROKEN}.items():
        (talks / name).write_bytes(data)
    (tmp_path / "book.yaml").write_text("taliban: [taliban]")
    monkeypatch.chdir(tmp_path)
    return talks


def test_all_faults_are_listed_and_good_files_coded(run: Run, folder: Path) -> None:
    result = run("code", "talks", "-c", "book.yaml", "-f", "csv")
    assert result.code == 1
    for name in BROKEN:
        assert name in result.err
    coded = [line.split(",")[0] for line in result.out.splitlines()[1:]]
    assert coded == ["front", "good", "\U0001f600 é"]
    assert "Traceback" not in result.err


def test_strict_stops_before_counting(run: Run, folder: Path) -> None:
    result = run("code", "talks", "-c", "book.yaml", "-f", "csv", "--strict")
    assert (result.code, result.out) == (5, "")
    assert all(name in result.err for name in BROKEN)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["talks/good.txt"], 4, "no codebook was named", id="no-codebook"),
        pytest.param(["talks/good.txt", "-c", "bok.yaml"], 4, "no codebook", id="no-such-codebook"),
        pytest.param(["nowhere", "-c", "book.yaml"], 3, "no such file or folder", id="no-such-file"),
        pytest.param(["talks/empty.txt", "-c", "book.yaml"], 5, "empty", id="empty-file"),
        pytest.param(["talks/x.txt", "-c", "book.yaml"], 3, "no transcripts", id="folder-named-txt"),
        pytest.param(["-c", "book.yaml"], 3, "thematic init", id="nothing-named"),
        pytest.param(["talks/good.txt", "-c", "faults.yaml"], 4, "faults.yaml:2", id="bad-codebook"),
        pytest.param(["talks/good.txt", "-c", "talks"], 4, "folder", id="codebook-is-a-folder"),
        pytest.param(
            ["talks/good.txt", "-c", "book.yaml", "--column", "x=y"], 2, "--column", id="bad-column"
        ),
        pytest.param(
            ["talks/good.txt", "-c", "tokens.yaml", "--model", "no_such_model"],
            7,
            "not installed",
            id="no-such-model",
        ),
    ],
)  # fmt: skip
def test_exit_codes(run: Run, folder: Path, arguments: list[str], code: int, said: str) -> None:
    Path("faults.yaml").write_text("themes:\n  a: {ruls: [x]}\n  b: {rules: [{regex: '('}]}\n")
    Path("tokens.yaml").write_text("themes: {a: {rules: [{tokens: [{LEMMA: go}]}]}}")
    result = run("report", *arguments)
    assert result.code == code, result.err
    assert said in result.err
    assert "Traceback" not in result.err
    assert result.out == ""


def test_codebook_faults_are_listed_together_with_lines(run: Run, folder: Path) -> None:
    path = Path(__file__).parent / "data" / "codebook-12-faults.yaml"
    result = run("check", "talks/good.txt", "-c", path, "-f", "csv")
    assert result.code == 1
    errors = [line for line in result.out.splitlines() if line.startswith("error")]
    assert len(errors) >= 12
    assert "Traceback" not in result.err


def test_a_folder_that_cannot_be_written(run: Run, folder: Path) -> None:
    Path("file").write_text("")
    result = run("report", "talks/good.txt", "-c", "book.yaml", "-o", "file/out")
    assert result.code == 6
    assert "cannot write" in result.err


def test_standard_input(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in").write_bytes(GOOD)
    with (tmp_path / "in").open() as given:
        monkeypatch.setattr("sys.stdin", given)
        result = run("code", "-", "-c", "book.yaml", "-f", "csv")
    assert result.out.splitlines()[1].startswith("stdin,interview,stdin,2,R,respondent")


def test_patterns_and_json_codebooks(run: Run, folder: Path) -> None:
    Path("book.json").write_text('{"taliban": ["taliban"]}')
    result = run("code", "talks/g*.txt", "-c", "book.json", "-f", "csv")
    assert (result.code, len(result.out.splitlines())) == (0, 2)


@pytest.mark.skipif(os.name == "nt", reason="rights work otherwise there")
def test_no_half_written_folder(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(Path().iterdir())
    monkeypatch.setattr("os.replace", full)
    result = run("report", "talks/good.txt", "-c", "book.yaml", "-o", "out")
    assert result.code == 6
    assert "No space left" in result.err
    assert sorted(Path().iterdir()) == before


def test_a_fault_of_our_own_is_one_line(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr("thematic.commands.report.results", broken)
    result = run("report", "talks/good.txt", "-c", "book.yaml")
    assert result.code == 70
    assert "a fault in thematic: RuntimeError: oops" in result.err
    assert "Traceback" not in result.err
