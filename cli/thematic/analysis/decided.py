"""What people decided, unit by unit: which codes hold, and which suggestions were right."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain

from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding, UnitSpan
from thematic.model.judged import Judged, Standing
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span

Key = tuple[str, int]  # path of a code, start of a unit
RULES = "rules"  # the coder of what nobody has judged


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a code stands on a unit, and by whose word.

    Args:
        coders: names of people, or RULES alone.
        into: of a recoded one, what holds instead, with `; ` between.
    """

    status: Standing = Standing.SUGGESTED
    coders: tuple[str, ...] = (RULES,)
    into: str = ""

    @property
    def holds(self) -> bool | None:
        """What people decided; None where nobody has, or where they differ."""
        if self.status in (Standing.SUGGESTED, Standing.DISPUTED):
            return None
        return self.status not in (Standing.REJECTED, Standing.RECODED)

    @property
    def coder(self) -> str:
        """By whose word, as tables say it."""
        return "; ".join(self.coders)


@dataclass
class UnitVerdicts:
    """What people say of the units of one transcript.

    Args:
        units: by start, every unit that anything was said of.
        holds: codes that people say hold on a unit, with all codes above them.
        fails: suggested codes that people say do not.
        suggested: codes that rules suggest on a unit, with all codes above them.
        disputed: suggested codes on which people differ, and nobody has settled it.
        said: by start of the unit, all that people say of it, disputed judgements too.
    """

    units: dict[int, UnitSpan] = field(default_factory=dict)
    holds: set[Key] = field(default_factory=set)
    fails: set[Key] = field(default_factory=set)
    suggested: set[Key] = field(default_factory=set)
    disputed: set[Key] = field(default_factory=set)
    said: dict[int, list[Judged]] = field(default_factory=dict)

    @property
    def right(self) -> set[Key]:
        """Suggested codes that people say hold."""
        return self.suggested & self.holds

    @property
    def checked(self) -> set[Key]:
        """Suggested codes that people said anything of."""
        return self.right | self.fails | self.disputed

    def stand(self, path: str, start: int, *, own: bool = False) -> Stand:
        """Where a code stands on a unit; with `own`, by what was judged of itself only.

        Where several passages in one unit were judged, the code holds if it holds on one.
        """
        said = [
            one
            for one in self.said.get(start, ())
            if one.code == path or (not own and one.code.startswith(path + "/"))
        ]
        holding = [one for one in said if one.holds]
        if holding:
            drawn = all(one.how is Standing.EXTENDED for one in holding)
            by_rules = Standing.ACCEPTED if (path, start) in self.suggested else Standing.ADDED
            return _stand(Standing.EXTENDED if drawn else by_rules, holding)
        refusing = [one for one in said if one.how is not Standing.DISPUTED]
        if refusing and (path, start) in self.fails:
            recoded = all(one.how is Standing.RECODED for one in refusing)
            return _stand(Standing.RECODED if recoded else Standing.REJECTED, refusing)
        differing = [one for one in said if one.how is Standing.DISPUTED]
        return _stand(Standing.DISPUTED, differing) if differing else Stand()


def _stand(status: Standing, said: Sequence[Judged]) -> Stand:
    coders = {name for one in said for name in one.coders}
    into = {one.into for one in said if one.into}
    return Stand(status, tuple(sorted(coders)), "; ".join(sorted(into)))


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
    it. It fails where people say that of all that suggests it there: of itself or the codes
    below it, on every sentence with a mention of them. So a turn of which one sentence was
    refused still carries the code by another. A judgement on a theme says nothing of the
    codes below it. With `own`, a code has only what was suggested and judged of itself.
    """
    found = UnitVerdicts()
    upward = _alone if own else with_ancestors
    for mention in coding.counted():
        span = coding.unit_of(mention, unit)
        found.suggested |= {(path, span.span.start) for path in upward(mention.code)}
    refused: set[Key] = set()
    differing: set[Key] = set()
    for judged in _judged(codings, coding):
        for span in overlapped(coding.units[unit], judged.span):
            start = span.span.start
            found.units[start] = span
            found.said.setdefault(start, []).append(judged)
            if judged.holds:
                found.holds |= {(path, start) for path in upward(judged.code)}
            elif judged.how is Standing.DISPUTED:
                differing |= {(path, start) for path in upward(judged.code)}
        if not judged.holds and judged.how is not Standing.DISPUTED:
            sentences = overlapped(coding.units[Unit.SENTENCE], judged.span)
            refused |= {(judged.code, sentence.span.start) for sentence in sentences}
    found.fails = (_failing(coding, unit, refused) & found.suggested) - found.holds
    found.disputed = (differing & found.suggested) - found.holds - found.fails
    return found


def _alone(path: str) -> Iterator[str]:
    yield path


def _judged(codings: Codings, coding: TranscriptCoding) -> Iterator[Judged]:
    """All that people say of a transcript's counted words."""
    if codings.judgements is None:
        return
    id = coding.transcript.id
    everything: Sequence[Mapping[str, tuple[Judged, ...]]]
    everything = (codings.judgements.by_transcript, codings.judgements.disputes)
    for judged in chain.from_iterable(each.get(id, ()) for each in everything):
        # A whole transcript, as a unit, also covers turns that do not count.
        if any(overlapped(coding.units[Unit.SENTENCE], judged.span)):
            yield judged


def overlapped(units: tuple[UnitSpan, ...], span: Span) -> Iterator[UnitSpan]:
    """The units that share at least one character with a span."""
    index = bisect_left(units, span.start, key=lambda unit: unit.span.end - 1)
    while index < len(units) and units[index].span.start < span.end:
        if units[index].span.overlaps(span):
            yield units[index]
        index += 1


def _failing(coding: TranscriptCoding, unit: Unit, refused: set[Key]) -> set[Key]:
    """The suggested codes of which all that suggests them is refused.

    Args:
        coding: the transcript.
        unit: what is counted once.
        refused: codes by the sentences on which they were refused themselves.
    """
    if not refused:
        return set()
    below: dict[Key, set[Key]] = defaultdict(set)
    for mention in coding.counted():
        start = coding.unit_of(mention, unit).span.start
        sentence = coding.unit_of(mention, Unit.SENTENCE).span.start
        for path in with_ancestors(mention.code):
            below[path, start].add((mention.code, sentence))
    return {
        (path, start)
        for (path, start), suggesting in below.items()
        if all(
            any((up, sentence) in refused for up in _up_to(code, path))
            for code, sentence in suggesting
        )
    }


def _up_to(code: str, top: str) -> Iterator[str]:
    """The code, those above it, and `top` last."""
    for path in with_ancestors(code):
        yield path
        if path == top:
            return
