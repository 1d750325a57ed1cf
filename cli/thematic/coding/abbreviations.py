"""What spaCy's language data say of abbreviations, recorded: loading spaCy takes over a second.

`abbreviations.json` holds, for each language, the words and a hash of the files of spaCy that
they come from. Where the installed files are others, nothing is known here, and spaCy is asked.
"""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

RECORD = Path(__file__).with_name("abbreviations.json")


@cache
def recorded_abbreviations(language: str) -> frozenset[str] | None:
    """The abbreviations of a language by its code, as the installed spaCy has them; else None."""
    if "spacy" in sys.modules:
        return None  # it can be asked now, and what was loaded counts
    known = _record().get(language)
    if known is None or known["sources"] != fingerprint(language):
        return None
    return frozenset(known["words"])


def fingerprint(language: str) -> str:
    """A hash of the files that hold spaCy's data for a language; empty where there are none."""
    found = find_spec("spacy")
    folder = Path(found.origin).parent / "lang" if found and found.origin else None
    if folder is None or not (folder / language / "__init__.py").is_file():
        return ""
    told = hashlib.sha256()
    for file in sorted((*folder.glob("*.py"), *(folder / language).glob("*.py"))):
        told.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        told.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return told.hexdigest()


@cache
def _record() -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the package is zipped, for example: spaCy itself is asked
        return {}
    return record
