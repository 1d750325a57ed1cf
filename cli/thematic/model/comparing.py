"""How groups are compared: against what, how a difference is drawn, which words are listed."""

from __future__ import annotations

from enum import StrEnum

from thematic.model.nouns import dataclass


class Against(StrEnum):
    """What the words of coded talk are compared with."""

    REST = "rest"  # talk of the same kind of transcript without the code
    GROUPS = "groups"  # talk with the code in the other of two groups


@dataclass(frozen=True, slots=True)
class Fewest:
    """What a word needs to be listed: occurrences, and persons, lest it tell of one.

    The log-likelihood is a border below which differences are as common as chance makes them
    (3.84 is the usual one), and no test.
    """

    count: int = 5
    persons: int = 2
    likelihood: float = 3.84


@dataclass(frozen=True, slots=True)
class Draws:
    """How a difference is checked by chance: how often, how sure, and the seed."""

    resamples: int = 2000
    confidence: float = 0.95
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Runs:
    """How first appearances are followed (Guest, Namey and Chen 2020).

    Args:
        base: transcripts whose codes new ones are compared with.
        run: transcripts in which new codes are counted.
        threshold: share of new codes, 0 to 1.
        orders: random orders to draw; 0 = none.
        seed: of the random orders.
    """

    base: int = 4
    run: int = 2
    threshold: float = 0.05
    orders: int = 1000
    seed: int = 1
