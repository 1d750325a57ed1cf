"""Where the LibreOffice program is on this computer."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_ON_A_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_ON_WINDOWS = r"LibreOffice\program\soffice.exe"


def find_office() -> Path | None:
    """The program on the search path, or where it is usually installed; None where it is not."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        return [Path(_ON_A_MAC), Path.home() / _ON_A_MAC.lstrip("/")]
    if sys.platform == "win32":
        folders = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
        return [Path(folder) / _ON_WINDOWS for folder in folders if folder]
    return []
