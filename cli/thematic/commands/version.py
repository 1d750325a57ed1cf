"""The version of this program, from its metadata."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as _version


def version() -> str:
    """The installed version, or "unknown" when run from a bare source tree."""
    try:
        return _version("thematic")
    except PackageNotFoundError:
        return "unknown"
