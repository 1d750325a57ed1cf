"""Files people write -> the model: transcripts, attributes, codebooks."""

from thematic.readers.attributes import (
    attributes_of,
    parts_of,
    read_attributes,
    with_attributes,
    with_row_of,
)
from thematic.readers.codebook import read_codebook
from thematic.readers.formats.registry import READERS, Reader
from thematic.readers.limits import Limits
from thematic.readers.options import ReadOptions
from thematic.readers.passed_over import SUFFIXES, suffix_of
from thematic.readers.sources import Found, Source, find_transcripts, real_path
from thematic.readers.transcripts import (
    read_all,
    read_bytes,
    read_source,
    read_text,
    read_transcript,
)

__all__ = [
    "READERS",
    "SUFFIXES",
    "Found",
    "Limits",
    "ReadOptions",
    "Reader",
    "Source",
    "attributes_of",
    "find_transcripts",
    "parts_of",
    "read_all",
    "read_attributes",
    "read_bytes",
    "read_codebook",
    "read_source",
    "read_text",
    "read_transcript",
    "real_path",
    "suffix_of",
    "with_attributes",
    "with_row_of",
]
