"""What the cells of a case-by-code matrix may hold."""

from __future__ import annotations

from enum import StrEnum


class Cells(StrEnum):
    """What is counted in each cell."""

    UNITS = "units"
    MENTIONS = "mentions"
    WORDS = "words"  # of the coded units, each unit once
    BINARY = "binary"  # 1 where the code was found at all, else 0
    RATE = "rate"  # units for each 1,000 counted words of the row
