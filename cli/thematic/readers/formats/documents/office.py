"""Old formats of word processors, which LibreOffice reads: it makes DOCX of them.

LibreOffice runs in a folder of its own that is removed afterwards, with a profile of its
own: no macro runs, and links to other files and to the network are not followed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.word import read_word
from thematic.readers.options import ReadOptions

if TYPE_CHECKING:
    from subprocess import Popen

Read = tuple[Transcript | None, list[Problem]]

_SETTINGS = (  # of LibreOffice: where, name, value
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never update links
)
_INSTALL = "install LibreOffice, or open it in a word processor and save it as .docx"


def office_reader(kind: str) -> Callable[[bytes, ReadOptions], Read]:
    """A reader of files with this ending (without its dot), through LibreOffice."""

    def read_old(data: bytes, options: ReadOptions) -> Read:
        if options.office is None:
            message = f"not read: .{kind} files are read through LibreOffice, which is not found"
            return None, [Problem("", 0, message, _INSTALL)]
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="thematic-", ignore_cleanup_errors=True) as folder:
            converted, problem = _converted(data, kind, options, Path(folder))
        if converted is None:
            return None, [problem] if problem else []
        return read_word(converted, options, kind)

    return read_old


def _converted(
    data: bytes, kind: str, options: ReadOptions, folder: Path
) -> tuple[bytes | None, Problem | None]:
    """The file as DOCX, made in a folder that is there for nothing else."""
    source, results, profile = folder / f"source.{kind}", folder / "results", folder / "profile"
    command = [
        str(options.office),
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "docx", "--outdir", str(results), str(source)),
    ]
    try:
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        done = _run(command, folder, options.limits.seconds)
    except OSError as error:
        message = f"LibreOffice cannot be started: {error.strerror or error}"
        return None, Problem("", 0, message, _INSTALL)
    if not done:
        seconds = options.limits.seconds
        message = f"not read: LibreOffice takes more than {seconds:,} seconds for it"
        return None, Problem("", 0, message, f"to wait longer: --limit seconds={seconds * 4}")
    result = results / "source.docx"
    if not result.is_file():
        message = "LibreOffice cannot read this file: it is damaged, or has a password"
        return None, Problem("", 0, message, "open it in the program that made it, save as .docx")
    return result.read_bytes(), None


def _run(command: list[str], folder: Path, seconds: int) -> bool:
    """Run a program to its end; False if it takes longer, when all that it started is ended."""
    import subprocess

    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own, so that it can be ended as a whole
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: Popen[bytes]) -> None:
    """End a program with what it started, where it still runs."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # on Windows
        import subprocess

        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False)
    process.wait()


def _settings() -> str:
    """The profile's settings, in LibreOffice's own form."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )
