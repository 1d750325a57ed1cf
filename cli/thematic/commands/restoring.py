"""`thematic pseudonymise --restore`: the transcripts of a folder with their names again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thematic.commands.pseudonymised_files import FOLDER
from thematic.errors import Problem, Severity


def restored_files(folder: Path, key: Path) -> tuple[dict[str, str], list[Problem], int]:
    """The files with names, what is not exact, and how many are exactly as they were.

    Each file is named by the ID that its transcript had.

    Args:
        folder: as `thematic pseudonymise` made it; files in it may have been edited since.
        key: the key file.
    """
    from thematic.pseudonyms.restoring import restored
    from thematic.report.file_names import file_names
    from thematic.report.folder import sha256
    from thematic.store.pseudonym_key import read_key

    known = read_key(key)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    exact = 0
    for path in _files(folder):
        name = f"{FOLDER}/{path.name}"
        data = path.read_bytes()
        written = known.of(name, sha256(data))
        if written is None:
            problems.append(_problem(name, "the key knows no such file; it is left out"))
            continue
        same = written.sha256 == sha256(data)
        found = restored(data.decode("utf-8", "replace"), written, is_same=same)
        is_exact = sha256(found.text) == written.original_sha256
        exact += is_exact
        own = file_names([written.id], path.suffix.lstrip("."))[written.id]
        while own in texts:
            own = f"{own.removesuffix(path.suffix)}-2{path.suffix}"
        texts[own] = found.text
        if not is_exact:
            message = "it was changed since it was written; names stand where pseudonyms stood"
            left = f", but for {found.left} places" if found.left else ""
            problems.append(_problem(name, message + left))
    return texts, problems, exact


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted((folder / FOLDER).glob("*")) if path.is_file())


def _problem(file: str, message: str) -> Problem:
    return Problem(file, 0, message, "", Severity.WARNING)
