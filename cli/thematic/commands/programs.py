"""Where programs of others are on this computer: LibreOffice, and a browser that can print."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from thematic.model.nouns import dataclass


@dataclass(frozen=True)
class Program:
    """How a program is called, and where it usually lies.

    Args:
        names: by which it is on the search path.
        on_a_mac: of the whole system; each user may have the same below the home folder.
        on_windows: below the folders of programs.
    """

    names: tuple[str, ...]
    on_a_mac: tuple[str, ...]
    on_windows: tuple[str, ...]

    def find(self) -> Path | None:
        """The program on the search path, or in its usual place; None where it is not."""
        for name in self.names:
            if found := shutil.which(name):
                return Path(found)
        return next((path for path in self._usual_places() if path.is_file()), None)

    def _usual_places(self) -> list[Path]:
        if sys.platform == "darwin":
            homes = [Path.home() / path.lstrip("/") for path in self.on_a_mac]
            return [*map(Path, self.on_a_mac), *homes]
        if sys.platform == "win32":
            names = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
            folders = [folder for folder in map(os.environ.get, names) if folder]
            return [Path(folder) / path for folder in folders for path in self.on_windows]
        return []


OFFICE = Program(
    names=("soffice", "libreoffice"),
    on_a_mac=("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    on_windows=(r"LibreOffice\program\soffice.exe",),
)
BROWSER = Program(
    names=(
        *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
        *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
    ),
    on_a_mac=(
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    on_windows=(
        r"Google\Chrome\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe",
        r"Chromium\Application\chrome.exe",
    ),
)
