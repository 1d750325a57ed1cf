"""Ctrl+C in the real process, at the moments at which Python would drop or double it."""

from __future__ import annotations

import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from thematic.errors import ExitCode

_BEGIN = """
import signal, time, weakref
from thematic import app

class Held:
    pass

def press(*_):
    signal.raise_signal(signal.SIGINT)
"""
_MOMENTS = {
    "at work": "press()",
    "while an object is cleared away": "held = Held(); ref = weakref.ref(held, press); del held",
    "in a finalizer": "Held.__del__ = press; Held()",
    "while it ends already": "\n    try:\n        press()\n    finally:\n        press()",
    "as another fault is told": "\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        press()",
}


presses = pytest.mark.skipif(
    sys.platform == "win32", reason="a process there cannot press Ctrl+C itself"
)


def ended(script: str) -> subprocess.CompletedProcess[str]:
    """A script, run in a process of its own until it ended."""
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=25, check=False
    )


@presses
@pytest.mark.parametrize("moment", _MOMENTS.values(), ids=_MOMENTS)
def test_an_interrupt_is_heard_once_wherever_it_comes(moment: str) -> None:
    script = f"{_BEGIN}\ndef work(_argv):\n    {moment}\n    time.sleep(30)\n"
    script += "app.app_of = lambda _names: work\napp.main([])\n"
    done = ended(script)
    assert done.returncode == ExitCode.INTERRUPTED, done.stderr
    assert done.stderr.count("interrupted") == 1
    assert "Traceback" not in done.stderr


@presses
def test_an_interrupt_after_the_first_one_is_heard_too() -> None:
    script = (
        "import signal, time\n"
        "from thematic.commands.interrupting import heed_interrupts\n"
        "from thematic.errors import Interrupted\n"
        "heed_interrupts()\n"
        "for pause in (0, 0.1, 0.6):\n"
        "    time.sleep(pause)\n"
        "    try:\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "        print('not raised')\n"
        "    except Interrupted:\n"
        "        print('raised')\n"
    )
    done = ended(script)
    assert done.stdout.split("\n")[:3] == ["raised", "not raised", "raised"], done.stderr


def test_other_faults_of_objects_that_are_cleared_away_are_told() -> None:
    script = (
        "from thematic.commands.interrupting import heed_interrupts\n"
        "heed_interrupts()\n"
        "class Held:\n"
        "    def __del__(self):\n"
        "        raise OSError('told')\n"
        "Held()\n"
    )
    done = ended(script)
    assert "OSError: told" in done.stderr


@presses
def test_an_interrupt_while_the_program_loads_ends_it_at_once() -> None:
    script = (
        "import signal, sys\n"
        "class Presses:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer':\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Presses())\n"
        "from thematic.__main__ import main\n"
        "main()\n"
    )
    done = ended(script)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell that closes streams there")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-"])
def test_streams_that_were_closed_do_not_matter(closed: str, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("I: Well?\n\nR: They helped me.\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("help: [help*]\n", encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} -m thematic code t.txt -c b.yaml {closed}"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
