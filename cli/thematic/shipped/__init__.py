"""Finds the codebooks and demonstration studies that come with the program.

They lie in the folders `codebooks/` and `transcripts/` of the project; installed, inside
this package. The two folders are data and never imported.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_CODEBOOKS = "codebooks"
_STUDIES = "transcripts"
_STUDY_FILE = "study.yaml"
_CHECKOUT = Path(__file__).parents[3]  # cli/thematic/shipped lies three below it


def codebook_names() -> list[str]:
    """Names of the shipped codebooks, sorted."""
    return sorted(_stem(entry) for entry in _entries(_CODEBOOKS) if _is_codebook(entry))


def codebook_path(name: str) -> Path | None:
    """The file of a shipped codebook, or None where there is none of that name."""
    for entry in _entries(_CODEBOOKS):
        if _is_codebook(entry) and _stem(entry) == name:
            return _path(entry)
    return None


def study_names() -> list[str]:
    """Names of the demonstration studies, sorted."""
    return sorted(entry.name for entry in _entries(_STUDIES) if _is_study(entry))


def study_path(name: str) -> Path | None:
    """The folder of a demonstration study, or None where there is none of that name."""
    for entry in _entries(_STUDIES):
        if entry.name == name and _is_study(entry):
            return _path(entry)
    return None


def _entries(folder: str) -> list[Traversable]:
    installed = _installed() / folder
    root: Traversable = installed if installed.is_dir() else _CHECKOUT / folder
    return list(root.iterdir()) if root.is_dir() else []


def _installed() -> Traversable:
    """The folder of this package."""
    here = Path(__file__).parent
    if here.is_dir():
        return here
    from importlib.resources import files  # the package is zipped

    return files("thematic") / "shipped"


def _is_codebook(entry: Traversable) -> bool:
    return entry.name.endswith(".yaml") and entry.is_file()


def _is_study(entry: Traversable) -> bool:
    return entry.is_dir() and (entry / _STUDY_FILE).is_file()


def _stem(entry: Traversable) -> str:
    return entry.name.removesuffix(".yaml")


def _path(entry: Traversable) -> Path:
    """The entry on disk; one in a zipped package is copied out."""
    if isinstance(entry, Path):
        return entry
    return _copy(entry, _unpack_folder())


@cache
def _unpack_folder() -> Path:
    """Where copies out of a zipped package live as long as the process."""
    import atexit
    import tempfile

    folder = tempfile.TemporaryDirectory(prefix="thematic-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _copy(entry: Traversable, folder: Path) -> Path:
    # `as_file` takes folders only from Python 3.12 on.
    target = folder / entry.name
    if entry.is_dir():
        target.mkdir(exist_ok=True)
        for child in entry.iterdir():
            _copy(child, target)
    elif not target.exists():
        target.write_bytes(entry.read_bytes())
    return target
