"""The version of this program; `setup.cfg` takes it from here."""

from __future__ import annotations

VERSION = "0.1.0"


def version() -> str:
    """The version of this program."""
    return VERSION
