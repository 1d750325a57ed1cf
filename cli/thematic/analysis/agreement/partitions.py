"""Texts cut where any coder starts or ends a stretch, with what each coder says there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from thematic.analysis.agreement.spans import Continuum
from thematic.analysis.agreement.weights import Floats
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

GAP = 0  # the value of what a coder left unmarked (Krippendorff's phi)

Places = NDArray[np.intp]


class OverlappingCodes(ValueError):
    """One coder gave two codes to one place, which is no partition."""


@dataclass(frozen=True, eq=False)
class Units:
    """One coder's units in text order: stretches with a value from 1; gaps are not listed."""

    starts: Floats
    ends: Floats
    values: Places

    @property
    def lengths(self) -> Floats:
        """The length of each unit."""
        return self.ends - self.starts

    def at(self, positions: Floats) -> Places:
        """The unit at each position, counted from 0, or -1 in a gap."""
        if not len(self.starts):
            return np.full(len(positions), -1)
        unit = np.searchsorted(self.starts, positions, side="right") - 1
        inside = (unit >= 0) & (positions < self.ends[np.maximum(unit, 0)])
        return np.where(inside, unit, -1)


@dataclass(frozen=True, eq=False)
class Partition:
    """All coders' units of one text, and the pieces between any two cuts."""

    length: float
    coders: tuple[Units, ...]
    pieces: Floats  # lengths
    unit_at: tuple[Places, ...]  # of each coder: the unit on each piece, or -1

    def value_at(self, coder: int) -> Places:
        """The coder's value on each piece; GAP where there is no unit."""
        unit = self.unit_at[coder]
        if not len(self.coders[coder].values):
            return np.full(len(unit), GAP)
        return np.where(unit >= 0, self.coders[coder].values[np.maximum(unit, 0)], GAP)


def partition(continuum: Continuum, codes: tuple[str, ...]) -> Partition:
    """Cut a text at all borders.

    Args:
        continuum: the text and the spans.
        codes: the codes that count; their places from 1 are the values.

    Raises:
        OverlappingCodes: one coder gave two of the codes to one place.
    """
    coders = tuple(_units(continuum, coder, codes) for coder in continuum.coders)
    return cut(float(continuum.length), coders)


def cut(length: float, coders: tuple[Units, ...]) -> Partition:
    """The pieces of a text with these units."""
    borders = [border for units in coders for border in (units.starts, units.ends)]
    cuts = np.unique(np.concatenate([np.array([0.0, length]), *borders]))
    unit_at = tuple(units.at(cuts[:-1]) for units in coders)
    return Partition(length, coders, np.diff(cuts), unit_at)


def units_of(spans: Sequence[Span]) -> Units:
    """Stretches of one code as units with the value 1; in text order, none overlapping."""
    borders = [(span.start, span.end) for span in spans]
    table = np.asarray(borders, dtype=np.float64).reshape(len(borders), 2)
    return Units(table[:, 0], table[:, 1], np.ones(len(spans), dtype=np.intp))


def _units(continuum: Continuum, coder: str, codes: tuple[str, ...]) -> Units:
    found = sorted(
        (span.start, span.end, value)
        for value, code in enumerate(codes, start=1)
        for span in continuum.stretches(coder, code)
    )
    for (_, end, one), (start, _, other) in pairwise(found):
        if start < end:
            both = f"{codes[one - 1]!r} and {codes[other - 1]!r}"
            raise OverlappingCodes(f"{coder} gave {both} to one place in {continuum.id}")
    table = np.asarray(found, dtype=np.float64).reshape(len(found), 3)
    return Units(table[:, 0], table[:, 1], table[:, 2].astype(np.intp))
