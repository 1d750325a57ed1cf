"""How the process of a command ends: soon, but with all that is to be done at its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from thematic.errors import ExitCode

HELD = (
    "import atexit, os, sys\n"
    "class Held:\n"
    "    def __del__(self):\n"
    "        os.write(1, b'taken apart')\n"
    "held = Held()\n"
    "{before}\n"
    "from thematic.__main__ import main, program\n"
    "sys.argv[1:] = {arguments}\n"
    "{run}\n"
)


PRINTED_LATER = "import typer\ntyper.echo = lambda _: atexit.register(sys.stdout.write, 'done')"


def ended(
    *arguments: str,
    before: str = "",
    run: str = "program()",
    into: IO[str] | int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    script = HELD.format(before=before, arguments=list(arguments), run=run)
    held_back = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [sys.executable, "-c", script],
        stdout=into,
        stderr=subprocess.PIPE,
        env=held_back,
        text=True,
        check=False,
    )


def test_nothing_is_taken_apart_first() -> None:
    done = ended("--version")
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "thematic", "")
    assert "taken apart" not in done.stdout


def test_what_others_asked_for_is_done() -> None:
    assert ended("--version", before=PRINTED_LATER).stdout == "done"


def test_what_others_asked_for_before_is_done_too() -> None:
    before = "atexit.register(os.write, 1, b'watched')"
    assert "watched" in ended("--version", before=before).stdout


def test_who_runs_the_command_line_in_a_program_of_their_own_goes_on() -> None:
    done = ended("--version", run="try:\n    main()\nexcept SystemExit:\n    sys.exit(7)")
    assert done.returncode == 7


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["no-such-command"], 2),
        (["freq", "no-such-file", "-c", "no-such-codebook"], 4),
    ],
    ids=["right", "misused", "refused"],
)
def test_the_exit_code_is_the_command_s(arguments: list[str], code: int) -> None:
    done = ended(*arguments)
    assert done.returncode == code, done.stderr
    assert "taken apart" not in done.stdout
    assert done.stdout or done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_what_cannot_be_written_at_the_end_is_told() -> None:
    with open("/dev/full", "w") as full:
        done = ended("--version", before=PRINTED_LATER, into=full)
    assert done.returncode == 120  # as Python has it
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(
    "unbuffered", ["", "import sys\nsys.stdout.reconfigure(write_through=True)"]
)
def test_a_full_disk_is_told_once(unbuffered: str) -> None:
    with open("/dev/full", "w") as full:
        done = ended("--help", before=unbuffered, into=full)
    assert done.returncode == ExitCode.OUTPUT
    first, second = done.stderr.splitlines()
    assert first == "error: cannot write to standard output: No space left on device"
    assert second == "  make room for it"
