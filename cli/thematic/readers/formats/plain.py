"""Plain text, which stays as it is."""

from __future__ import annotations

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.turns import turns_of


def read_plain(text: str, options: ReadOptions) -> tuple[Transcript, list[Problem]]:
    """A transcript from plain text."""
    turns, notes = turns_of(text, options.speakers)
    return Transcript("", text, turns, "txt"), notes
