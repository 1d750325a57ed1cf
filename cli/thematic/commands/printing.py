"""The page of the report as PDF, printed by a browser that is installed."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from thematic.commands.programs import BROWSER
from thematic.errors import OutputRefused, UsageError

LONGEST = 120  # seconds
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
)
_MOMENT = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)[0-9]{14}")


def demand_browser() -> Path:
    """The browser that will print.

    Raises:
        UsageError: none is installed where one is looked for.
    """
    found = BROWSER.find()
    if found is None:
        raise UsageError(
            "no browser is installed that prints PDF",
            "install Chromium, Chrome or Edge; or write report.html, open it and print it",
        )
    return found


def printed(page: str, browser: Path) -> bytes:
    """The bytes of a PDF of a page, which tells no time.

    The browser gets a profile of its own in a temporary folder, and nothing to fetch. Another
    version of it may give other bytes.

    Raises:
        OutputRefused: the browser gave no PDF, or not in LONGEST seconds.
    """
    with tempfile.TemporaryDirectory(prefix="thematic-") as name:
        folder = Path(name)
        (folder / "report.html").write_text(page, encoding="utf-8", errors="replace")
        target = folder / "report.pdf"
        command = [str(browser), *_OPTIONS, *_without_sandbox()]
        command += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
        try:
            subprocess.run(
                [*command, (folder / "report.html").as_uri()],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=LONGEST,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _refused(browser) from error
        if not target.is_file():
            raise _refused(browser)
        return _MOMENT.sub(rb"\g<1>20000101000000", target.read_bytes())


def _without_sandbox() -> list[str]:
    """Chromium does not run as root with its sandbox, as in a container."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root else []


def _refused(browser: Path) -> OutputRefused:
    return OutputRefused(
        f"{browser.name} printed no PDF", "write report.html, open it and print it from there"
    )
