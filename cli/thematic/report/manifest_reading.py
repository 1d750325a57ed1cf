"""A manifest read back; whoever wrote it, it is never trusted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from thematic.errors import NotVerified
from thematic.report.folder import MANIFEST
from thematic.report.manifest import SCHEMA, SEAL, seal_of

_MOST = 256 * 1024**2  # bytes
_SHAPE: dict[str, type] = {
    **dict.fromkeys(("command", "versions", "study", "codebook", "settings", "counts"), dict),
    "transcripts": list,
    "files": dict,
}
_TRANSCRIPT = ("id", "kind", "case", "bytes_sha256", "text_sha256", "turns_sha256",
               "attributes_sha256", "words_counted")  # fmt: skip


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a result folder.

    Raises:
        NotVerified: there is none, it is damaged, or of another kind.
    """
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _MOST:
            raise NotVerified(f"{str(path)!r} is too large to be a manifest")
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotVerified(
            f"there is no manifest in {str(folder)!r}: {error.strerror or error}",
            _where(folder),
        ) from error
    except (ValueError, RecursionError) as error:
        raise NotVerified(f"{str(path)!r} is damaged: it is no JSON") from error
    return whole_manifest(document, path)


def _where(folder: Path) -> str:
    """Where a manifest may be instead."""
    if folder.is_file():
        return "a single file has no manifest: write a folder, with `thematic report -o FOLDER`"
    below = sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}"))[:5]
    if below:
        return f"name one of the folders in it that have one: {', '.join(below)}"
    return "name a folder that `thematic report -o` wrote"


def whole_manifest(document: Any, path: Path) -> dict[str, Any]:
    """What should be a manifest, when all that is looked at is there.

    Raises:
        NotVerified: it is damaged, or of another kind.
    """
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        raise NotVerified(
            f"{str(path)!r} is no manifest that can be verified: its schema is {schema!r}",
            f"this version reads {SCHEMA}; make the folder anew with: thematic report -o",
        )
    if not _is_whole(document):
        raise NotVerified(f"{str(path)!r} is damaged: parts of it are not there")
    found: dict[str, Any] = document
    return found


def is_as_written(document: Mapping[str, Any]) -> bool:
    """Whether a manifest is as the program wrote it, whatever its lines look like."""
    return document.get(SEAL) == seal_of(document)


def _is_whole(document: dict[str, Any]) -> bool:
    """Whether all that is looked at has its kind."""
    checks: list[Callable[[], bool]] = [
        lambda: all(isinstance(document.get(name), kind) for name, kind in _SHAPE.items()),
        lambda: all(
            isinstance(one, dict)
            and all(name in one for name in _TRANSCRIPT)
            and isinstance(one["id"], str)
            and isinstance(one["words_counted"], int)
            for one in document["transcripts"]
        ),
        lambda: isinstance(document["command"].get("name"), str),
        lambda: isinstance(document["command"].get("options"), dict),
        lambda: isinstance(document["command"].get("paths"), list),
        lambda: all(
            isinstance(one, dict) and isinstance(one.get("rules"), list)
            and isinstance(one.get("code"), str) and "definition" in one
            for one in document["codebook"].get("codes", [None])
        ),
        lambda: all(isinstance(document["codebook"].get(n), dict) for n in ("lists", "marks")),
        lambda: {"negation_cues", "sha256"} <= document["codebook"].keys(),
        lambda: {"sha256", "attributes_sha256"} <= document["study"].keys(),
        lambda: isinstance(document["study"].get("expected"), dict),
        lambda: document.get("people") is None
        or (isinstance(document["people"], dict) and "events" in document["people"]),
        lambda: all(isinstance(hash, str) for hash in document["files"].values()),
        lambda: isinstance(document.get("printed", {}), dict),
    ]  # fmt: skip
    return all(check() for check in checks)
