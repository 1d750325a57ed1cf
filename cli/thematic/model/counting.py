"""What a two-way table counts once."""

from __future__ import annotations

from enum import StrEnum

RESAMPLES = 9_999  # tables drawn by a simulated test
SEED = 1  # of them


class Once(StrEnum):
    """What is counted once in each cell of a cross-tabulation."""

    CASE = "case"  # a person
    TRANSCRIPT = "transcript"
    UNIT = "unit"  # of the coding: sentence, paragraph, turn
