"""Earlier results, with which new ones are compared: from their folder, or kept in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from thematic.analysis.changes import Earlier, themes_of
from thematic.errors import NotVerified
from thematic.report.cells import records, tables_in
from thematic.report.data import dump_json
from thematic.report.manifest import SEAL
from thematic.report.manifest_reading import read_manifest, whole_manifest

BEFORE = "before.json"  # in a result folder: what it was compared with
SCHEMA = "thematic.before/1"
_FREQUENCIES = "frequencies.csv"
_MOST = 256 * 1024**2  # bytes


def earlier_results(folder: Path) -> Earlier:
    """The results of a folder, as far as they are compared.

    Raises:
        NotVerified: its manifest or its frequencies cannot be read.
    """
    document = read_manifest(folder)
    path = folder / _FREQUENCIES
    try:
        cells = tables_in(path.name, path.read_bytes()).get("")
        themes = themes_of(records(cells)) if cells is not None else []
    except OSError as error:
        raise NotVerified(f"{str(path)!r} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError) as error:
        raise _damaged(path) from error
    if not themes:  # each theme has a row, also where nobody speaks of it
        raise _damaged(path)
    return Earlier(document, themes)


def read_before(path: Path) -> Earlier:
    """What `before_json` wrote.

    Raises:
        NotVerified: it cannot be read, is damaged or of another kind.
    """
    try:
        if path.stat().st_size > _MOST:
            raise _damaged(path)
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotVerified(f"{str(path)!r} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise NotVerified(
            f"{str(path)!r} tells of no earlier results", f"name a result folder, or its {BEFORE}"
        )
    manifest = whole_manifest(document.get("manifest"), path)
    try:
        rows: list[dict[str, Any]] = document["themes"]
        return Earlier(manifest, themes_of([row | {"theme": row["code"]} for row in rows]))
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error


def before_json(earlier: Earlier) -> str:
    """Earlier results as canonical JSON: their manifest without its files, and their themes."""
    manifest = {**earlier.manifest, "files": {}}
    for own in ("stamp", "printed", SEAL):  # of the folder, and not of what went in
        manifest.pop(own, None)
    return dump_json({"schema": SCHEMA, "manifest": manifest, "themes": list(earlier.themes)})


def _damaged(path: Path) -> NotVerified:
    return NotVerified(f"{str(path)!r} is damaged", "name another folder of results")
