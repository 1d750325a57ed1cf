"""Figures as NVivo and MAXQDA show them, to compare with older results; labelled as such.

They are offered because people have them in reports. NVivo's kappa takes every character as
a unit of its own, which flatters; MAXQDA's looks at coded segments only.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from thematic.analysis.agreement.partitions import Partition, cut, units_of
from thematic.analysis.agreement.spans import Continuum
from thematic.model.nouns import dataclass

OVERLAP = 0.9  # QDA Miner's and MAXQDA's default


@dataclass(frozen=True, slots=True)
class NVivoComparison:
    """One code in one text, character by character (NVivo's coding comparison query)."""

    text: str
    code: str
    coders: tuple[str, str]
    length: int  # all characters of the text
    both: int
    first_only: int
    second_only: int

    @property
    def neither(self) -> int:
        """Characters that neither coder gave the code."""
        return self.length - self.both - self.first_only - self.second_only

    @property
    def agreement(self) -> float | None:
        """Share of characters on which the two agree; None of an empty text."""
        return (self.both + self.neither) / self.length if self.length else None

    @property
    def kappa(self) -> float | None:
        """(agreeing - sum EF) / (N - sum EF); None where it is 0/0, whatever NVivo shows."""
        first, second = self.both + self.first_only, self.both + self.second_only
        number = self.length
        expected = first * second + (number - first) * (number - second)  # times N
        if number * number == expected:
            return None
        return ((self.both + self.neither) * number - expected) / (number * number - expected)

    @property
    def shown_kappa(self) -> float:
        """What NVivo shows: 1 by convention where nobody coded anything, or both coded all."""
        return 1.0 if self.kappa is None else self.kappa


@dataclass(frozen=True, slots=True)
class SegmentComparison:
    """The coded segments of one code that two coders do and do not share."""

    code: str
    agreeing: int  # of both coders: a shared passage counts once for each
    first_only: int
    second_only: int

    @property
    def segments(self) -> int:
        """Segments of both coders."""
        return self.agreeing + self.first_only + self.second_only

    @property
    def agreement(self) -> float | None:
        """Share of segments that agree; None without segments."""
        return self.agreeing / self.segments if self.segments else None


@dataclass(frozen=True, slots=True)
class MaxqdaAgreement:
    """Segments that overlap enough, and a kappa with chance 1/number of codes."""

    coders: tuple[str, str]
    overlap: float  # share of the longer segment that must be shared
    codes: tuple[SegmentComparison, ...]
    all_codes: SegmentComparison
    expected: float | None  # 1/number of codes
    kappa: float | None
    reason: str  # why there is no kappa


def nvivo_comparisons(
    continua: Sequence[Continuum], first: str, second: str, *, codes: Sequence[str] = ()
) -> list[NVivoComparison]:
    """Each code in each text that both coders read, as NVivo compares them.

    Args:
        continua: the texts; all their characters count, interviewer and labels included.
        first, second: the coders.
        codes: the codes compared; empty = all that either gave anywhere.
    """
    read = _read_by(continua, first, second)
    return [
        _characters(one, (first, second), code)
        for code in codes or _codes(read, first, second)
        for one in read
    ]


def maxqda_agreement(
    continua: Sequence[Continuum],
    first: str,
    second: str,
    *,
    codes: Sequence[str] = (),
    overlap: float = OVERLAP,
) -> MaxqdaAgreement:
    """Segments of two coders as MAXQDA and QDA Miner compare them.

    Every segment of either coder is looked up with the other: it agrees if the other has a
    segment of the same code and the two share `overlap` of the length of each (QDA Miner's
    manual). Kappa takes chance as 1/number of codes (Brennan & Prediger 1981).

    Args:
        continua: the texts; those not read by both are left aside.
        first, second: the coders.
        codes: the codes compared, all of which make chance; empty = all that either gave.
        overlap: share of its length that a segment must share, in (0, 1].
    """
    read = _read_by(continua, first, second)
    known = tuple(codes) or _codes(read, first, second)
    found = tuple(_segments(read, (first, second), code, overlap) for code in known)
    together = SegmentComparison(
        "",
        sum(one.agreeing for one in found),
        sum(one.first_only for one in found),
        sum(one.second_only for one in found),
    )
    observed, expected = together.agreement, 1 / len(known) if known else None
    kappa, reason = None, ""
    if observed is None:
        reason = "neither coder coded a segment"
    elif expected is None or expected == 1:
        reason = "with one code, chance alone would give full agreement"
    else:
        kappa = (observed - expected) / (1 - expected)
    return MaxqdaAgreement((first, second), overlap, found, together, expected, kappa, reason)


def _read_by(continua: Sequence[Continuum], first: str, second: str) -> list[Continuum]:
    return [one for one in continua if first in one.coders and second in one.coders]


def _codes(read: Sequence[Continuum], first: str, second: str) -> tuple[str, ...]:
    given = {
        marked.code
        for one in read
        for marked in one.spans
        if marked.coder in (first, second) and len(marked.span)
    }
    return tuple(sorted(given))


def _characters(text: Continuum, coders: tuple[str, str], code: str) -> NVivoComparison:
    cuts = _cut(text, coders, code)
    here, there = (unit >= 0 for unit in cuts.unit_at)
    both, one, other = (
        int(cuts.pieces[which].sum()) for which in (here & there, here & ~there, there & ~here)
    )
    return NVivoComparison(text.id, code, coders, text.length, both, one, other)


def _segments(
    read: Sequence[Continuum], coders: tuple[str, str], code: str, overlap: float
) -> SegmentComparison:
    agreeing = first_only = second_only = 0
    for text in read:
        cuts = _cut(text, coders, code)
        one, other = cuts.coders
        here, there = cuts.unit_at
        # Two segments meet in exactly one piece between two cuts.
        both = (here >= 0) & (there >= 0)
        longer = np.maximum(one.lengths[here[both]], other.lengths[there[both]])
        enough = cuts.pieces[both] >= overlap * longer - 1e-9
        shared = len(set(here[both][enough].tolist()))
        shared_back = len(set(there[both][enough].tolist()))
        agreeing += shared + shared_back
        first_only += len(one.starts) - shared
        second_only += len(other.starts) - shared_back
    return SegmentComparison(code, agreeing, first_only, second_only)


def _cut(text: Continuum, coders: tuple[str, str], code: str) -> Partition:
    first, second = (units_of(text.stretches(coder, code)) for coder in coders)
    return cut(float(text.length), (first, second))
