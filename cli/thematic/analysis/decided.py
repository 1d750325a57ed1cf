"""What people decided, unit by unit: which codes hold, and which suggestions were right."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding, UnitSpan
from thematic.model.judged import Judged

Key = tuple[str, int]  # path of a code, start of a unit


@dataclass
class UnitVerdicts:
    """What people say of the units of one transcript.

    Args:
        units: by start, every unit that anything was said of.
        holds: codes that people say hold on a unit, with all codes above them.
        fails: suggested codes that people say do not.
        suggested: codes that rules suggest on a unit, with all codes above them.
    """

    units: dict[int, UnitSpan] = field(default_factory=dict)
    holds: set[Key] = field(default_factory=set)
    fails: set[Key] = field(default_factory=set)
    suggested: set[Key] = field(default_factory=set)

    @property
    def right(self) -> set[Key]:
        """Suggested codes that people say hold."""
        return self.suggested & self.holds

    @property
    def checked(self) -> set[Key]:
        """Suggested codes that people said anything of."""
        return self.right | self.fails


def with_ancestors(path: str) -> Iterator[str]:
    """The path of a code and those of all codes above it, the code first."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def verdicts(
    codings: Codings, coding: TranscriptCoding, unit: Unit, *, own: bool = False
) -> UnitVerdicts:
    """What people say of the units of one transcript.

    A code holds on every unit that a passage so judged overlaps, and so do the codes above
    it. A code fails where it was judged so itself, or where all codes suggested below it
    were; a judgement on a theme says nothing of the codes below it. With `own`, a code has
    only what was suggested and judged of itself.
    """
    assert codings.judgements is not None
    found = UnitVerdicts()
    upward = _alone if own else with_ancestors
    for mention in coding.counted():
        span = coding.unit_of(mention, unit)
        found.suggested |= {(path, span.span.start) for path in upward(mention.code)}
    refused: set[Key] = set()
    for judged in codings.judgements.by_transcript.get(coding.transcript.id, ()):
        for span in _overlapped(coding.units[unit], judged):
            found.units[span.span.start] = span
            if judged.holds:
                found.holds |= {(path, span.span.start) for path in upward(judged.code)}
            else:
                refused.add((judged.code, span.span.start))
    found.fails = (_failing(coding, unit, refused) & found.suggested) - found.holds
    return found


def _alone(path: str) -> Iterator[str]:
    yield path


def _overlapped(units: tuple[UnitSpan, ...], judged: Judged) -> Iterator[UnitSpan]:
    index = bisect_left(units, judged.span.start, key=lambda unit: unit.span.end - 1)
    while index < len(units) and units[index].span.start < judged.span.end:
        if units[index].span.overlaps(judged.span):
            yield units[index]
        index += 1


def _failing(coding: TranscriptCoding, unit: Unit, refused: set[Key]) -> set[Key]:
    """The suggested codes that are refused, themselves or in all that suggests them."""
    below: dict[Key, set[str]] = defaultdict(set)
    for mention in coding.counted():
        start = coding.unit_of(mention, unit).span.start
        for path in with_ancestors(mention.code):
            below[path, start].add(mention.code)
    failing: set[Key] = set()
    for (path, start), codes in below.items():
        if all(any((up, start) in refused for up in _up_to(code, path)) for code in codes):
            failing.add((path, start))
    return failing


def _up_to(code: str, top: str) -> Iterator[str]:
    """The code, those above it, and `top` last."""
    for path in with_ancestors(code):
        yield path
        if path == top:
            return
