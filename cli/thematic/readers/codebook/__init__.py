"""A codebook's YAML -> model.codebook, with every fault by line."""

from thematic.readers.codebook.reading import (
    codebook_from,
    read_codebook,
    read_codebook_file,
    rule_from,
)

__all__ = ["codebook_from", "read_codebook", "read_codebook_file", "rule_from"]
