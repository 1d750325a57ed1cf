"""Files people write -> the model: transcripts, attributes, codebooks.

Each name is loaded when it is first used: a study's file needs no reader of transcripts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thematic.readers.attributes import (
        attributes_of,
        parts_of,
        read_attributes,
        with_attributes,
        with_row_of,
    )
    from thematic.readers.codebook import read_codebook
    from thematic.readers.finding import find_transcripts
    from thematic.readers.formats.registry import READERS, Reader
    from thematic.readers.formats.turn_files.slices import Slice
    from thematic.readers.limits import Limits
    from thematic.readers.names import suffix_of
    from thematic.readers.options import ReadOptions
    from thematic.readers.passed_over import SUFFIXES
    from thematic.readers.sources import Found, Source
    from thematic.readers.transcripts import (
        pieces_of,
        read_all,
        read_bytes,
        read_data,
        read_piece,
        read_source,
        read_text,
        read_transcript,
    )

_HOME = {
    "thematic.readers.attributes": (
        "attributes_of",
        "parts_of",
        "read_attributes",
        "with_attributes",
        "with_row_of",
    ),
    "thematic.readers.codebook": ("read_codebook",),
    "thematic.readers.finding": ("find_transcripts",),
    "thematic.readers.formats.registry": (
        "READERS",
        "Reader",
    ),
    "thematic.readers.formats.turn_files.slices": ("Slice",),
    "thematic.readers.limits": ("Limits",),
    "thematic.readers.names": ("suffix_of",),
    "thematic.readers.options": ("ReadOptions",),
    "thematic.readers.passed_over": ("SUFFIXES",),
    "thematic.readers.sources": (
        "Found",
        "Source",
    ),
    "thematic.readers.transcripts": (
        "pieces_of",
        "read_all",
        "read_bytes",
        "read_data",
        "read_piece",
        "read_source",
        "read_text",
        "read_transcript",
    ),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "READERS",
    "SUFFIXES",
    "Found",
    "Limits",
    "ReadOptions",
    "Reader",
    "Slice",
    "Source",
    "attributes_of",
    "find_transcripts",
    "parts_of",
    "pieces_of",
    "read_all",
    "read_attributes",
    "read_bytes",
    "read_codebook",
    "read_data",
    "read_piece",
    "read_source",
    "read_text",
    "read_transcript",
    "suffix_of",
    "with_attributes",
    "with_row_of",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'thematic.readers' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_WHERE[name]), name)
    return found
