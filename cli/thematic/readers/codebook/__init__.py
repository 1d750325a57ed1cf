"""A codebook's YAML or workbook -> model.codebook, with every fault by line."""

from thematic.readers.codebook.reading import (
    codebook_from,
    read_codebook,
    read_codebook_file,
    read_codebook_workbook,
    rule_from,
)

__all__ = [
    "codebook_from",
    "read_codebook",
    "read_codebook_file",
    "read_codebook_workbook",
    "rule_from",
]
