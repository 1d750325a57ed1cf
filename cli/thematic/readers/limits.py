"""How much of a file is read before it is refused: a hostile file ends in a clear message."""

from __future__ import annotations

from dataclasses import fields

from thematic.errors import Problem
from thematic.model.nouns import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may need; every limit can be raised with `--limit NAME=NUMBER`.

    Args:
        size: bytes of a file as it lies on the disk.
        unpacked: bytes of all that an archive or compressed file holds.
        ratio: unpacked to packed size, looked at from 20 MiB unpacked on; prose reaches 20.
        members: files in an archive.
        depth: archives within archives.
        nesting: elements within elements of XML and HTML, groups within groups of RTF.
        line: characters of one line of the text as read.
        cells: cells of a table, with the empty ones between those that are filled.
        pages: pages of a PDF.
        text: characters of a PDF (a piece of a line counts as 40), or of a transcript of turns.
        codebook: characters of a codebook's file; aliases may add 200,000 entries to it.
        seconds: time that an outside program such as LibreOffice may take for one file.
    """

    size: int = 1024 * _MIB
    unpacked: int = 512 * _MIB
    ratio: int = 250
    members: int = 10_000
    depth: int = 2
    nesting: int = 200
    line: int = 10_000_000
    cells: int = 10_000_000
    pages: int = 5_000
    text: int = 10_000_000
    codebook: int = 8_000_000
    seconds: int = 120


NAMES = tuple(one.name for one in fields(Limits))

_WHAT = {
    "size": "it has {found} bytes",
    "unpacked": "it unpacks to {found} bytes",
    "ratio": "it unpacks to {found} times its size",
    "members": "it has {found} parts",
    "depth": "it holds archives in archives, {found} deep",
    "nesting": "its parts lie in one another, {found} deep",
    "line": "it has a line of {found} characters",
    "cells": "its table has {found} cells",
    "pages": "it has {found} pages",
    "text": "it has {found} characters of text",
    "codebook": "it has {found} characters",
    "seconds": "it takes more than {found} seconds",
}


def passed(name: str, found: int, limits: Limits) -> Problem | None:
    """The problem of a limit that is passed, with the option that raises it; else None."""
    allowed = getattr(limits, name)
    if found <= allowed:
        return None
    what = _WHAT[name].format(found=f"{found:,}")
    message = f"not read: {what}, at most {allowed:,} are allowed"
    return Problem("", 0, message, f"if you trust this file: --limit {name}={found}")
