"""Old formats through LibreOffice, and what happens without it, with a hung or a failing one."""

import io
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from thematic.commands.programs import OFFICE as LIBREOFFICE
from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers import ReadOptions, read_bytes
from thematic.readers.limits import Limits

OFFICE = LIBREOFFICE.find()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="the program is a script")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600 + "WordDocument".encode("utf-16-le")


def read(
    data: bytes, office: Path | None, suffix: str = ".doc", seconds: int = 60
) -> tuple[Transcript | None, list[Problem]]:
    options = ReadOptions(office=office, limits=Limits(seconds=seconds))
    return read_bytes(data, id="x", suffix=suffix, options=options)


def program(folder: Path, body: str) -> Path:
    """A program that stands for LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\nimport sys, time, subprocess, pathlib\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def word_file() -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    for name, words in (("Anna:", " One."), ("Zed:", " Two – “three”.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(words)
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def doc_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An old Word file, made by LibreOffice."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "a.docx").write_bytes(word_file())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "a.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "a.doc").read_bytes()


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".docx", ".txt"])
def test_an_old_word_file(doc_file: bytes, suffix: str) -> None:
    transcript, problems = read(doc_file, OFFICE, suffix)
    assert transcript is not None, problems
    assert transcript.format == "doc"
    assert transcript.text == "Anna: One.\n\nZed: Two – “three”."
    assert [turn.speaker for turn in transcript.turns] == ["Anna", "Zed"]
    assert len(problems) == (suffix != ".doc")


@needs_office
def test_a_damaged_old_file_is_refused(doc_file: bytes) -> None:
    transcript, problems = read(doc_file[:1500], OFFICE)
    assert transcript is None
    assert problems[0].hint


def test_without_libreoffice_the_hint_says_what_to_do() -> None:
    transcript, problems = read(OLD, None)
    assert transcript is None
    assert ["LibreOffice" in problem.message for problem in problems] == [True]
    assert "save it as .docx" in problems[0].hint


@needs_a_shell
def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(3); pathlib.Path({str(alive)!r}).touch()"
    office = program(
        tmp_path, f"subprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(100)"
    )
    start = time.monotonic()
    transcript, problems = read(OLD, office, seconds=1)
    assert time.monotonic() - start < 30
    assert transcript is None
    assert "more than 1 seconds" in problems[0].message
    assert "--limit seconds=4" in problems[0].hint
    time.sleep(4)
    assert not alive.exists()


PROGRAMS = {
    "fails": ("sys.exit(1)", "cannot read this file"),
    "writes-nothing": ("pass", "cannot read this file"),
    "writes-rubbish": (
        "at = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nat.mkdir()\n"
        "(at / 'source.docx').write_bytes(b'hello')",
        "damaged",
    ),
}


@needs_a_shell
@pytest.mark.parametrize(("body", "message"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_a_program_that_fails(tmp_path: Path, body: str, message: str) -> None:
    transcript, problems = read(OLD, program(tmp_path, body))
    assert transcript is None
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].hint


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    transcript, problems = read(OLD, tmp_path / "nowhere")
    assert transcript is None
    assert "cannot be started" in problems[0].message


@needs_a_shell
def test_its_folder_is_its_own_and_is_removed(tmp_path: Path) -> None:
    told = tmp_path / "told"
    office = program(
        tmp_path,
        "import os\n"
        "profile = next(one for one in sys.argv if one.startswith('-env:UserInstallation=file://'))\n"
        "settings = pathlib.Path(profile.partition('file://')[2], 'user', 'registrymodifications.xcu')\n"
        f"pathlib.Path({str(told)!r}).write_text(os.getcwd() + '\\n' + settings.read_text())",
    )
    read(OLD, office)
    folder, _, settings = told.read_text().partition("\n")
    assert not Path(folder).exists()
    assert 'name="DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert 'name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in settings


@needs_a_shell
def test_the_command_finds_the_program_on_the_search_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert LIBREOFFICE.find() is None or shutil.which("soffice") is None
    office = program(tmp_path, "pass")
    assert LIBREOFFICE.find() == office
