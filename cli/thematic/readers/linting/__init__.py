"""What is doubtful in transcripts that can be read, each doubt with its line and a remedy."""

from thematic.readers.linting.linting import lint

__all__ = ["lint"]
