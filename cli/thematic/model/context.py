"""Words in context: how many there are, and in which order the lines stand."""

from __future__ import annotations

from enum import StrEnum

WORDS = 15  # of context on each side, where nothing else is said


class Sort(StrEnum):
    """By what the lines of a concordance are put in order."""

    PLACE = "place"  # transcript and position
    LEFT = "left"  # the words before, the nearest first
    KEYWORD = "keyword"
    RIGHT = "right"  # the words after
