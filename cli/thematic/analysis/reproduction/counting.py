"""Everything a printed table may have counted, by code and group, with its bases."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field

from thematic.analysis.coded_units import coded_units
from thematic.analysis.decided import with_ancestors
from thematic.analysis.turn_groups import grouping_by
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.tally import Counts, Measure, Scale
from thematic.model.transcript import Turn

WHOLE = ""  # the group of all together
ANY = "*"  # in the place of a code: any of those printed
_UNITS = {
    Counts.SENTENCES: Unit.SENTENCE,
    Counts.PARAGRAPHS: Unit.PARAGRAPH,
    Counts.TURNS: Unit.TURN,
}
COUNTED_IN = {unit: counts for counts, unit in _UNITS.items()} | {
    Unit.TRANSCRIPT: Counts.TRANSCRIPTS
}
_PER = {
    Scale.PERCENT: 100,
    Scale.PER_1000: 1000,
    Scale.PER_10000: 10_000,
    Scale.PER_100000: 100_000,
    Scale.PER_MILLION: 1_000_000,
}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Key = tuple[str, str]  # group, path of a code
Once = tuple[Counts, str, tuple[str, ...]]  # what was counted once in a group


@dataclass
class Tallies:
    """Counts of codes and the bases they are set against.

    Args:
        counts: by what is counted, then by group and code.
        bases: by what is counted, then by group; mentions and words have the words counted.
    """

    counts: dict[Counts, Counter[Key]] = field(default_factory=lambda: defaultdict(Counter))
    bases: dict[Counts, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def value(
        self, measure: Measure, key: Key, groups: Sequence[str], codes: Sequence[str]
    ) -> float | None:
        """What a cell should hold; None where its base is zero.

        Args:
            measure: the way to count.
            key: group and code of the cell.
            groups, codes: all that are printed, for shares of rows and columns.
        """
        count = self.counts[measure.counts][key]
        base = self.base(measure, key, groups, codes)
        if measure.scale is Scale.COUNT:
            return float(count)
        return _PER.get(measure.scale, 100) * count / base if base else None

    def base(self, measure: Measure, key: Key, groups: Sequence[str], codes: Sequence[str]) -> int:
        """What a cell's count is set against; of a plain count all there are of its kind."""
        group, code = key
        counts = self.counts[measure.counts]
        match measure.scale:
            case Scale.ROW:
                return sum(counts[one, code] for one in groups if one != WHOLE)
            case Scale.COLUMN:
                return sum(counts[group, one] for one in codes)
            case Scale.COUNT | Scale.PERCENT:
                return self.bases[measure.counts][group]
            case _:
                return self.bases[Counts.WORDS][group]


@dataclass(frozen=True)
class Table:
    """What of a printed table says what is to be counted.

    Args:
        by: kind, transcript, case, speaker, role or an attribute; where groups of several
            stand side by side, all of them.
        codes: that are printed, of which any may be counted.
        together: groups of the first of `by` that are all together; None = all that was read.
    """

    by: Sequence[str]
    codes: frozenset[str] = frozenset()
    together: frozenset[str] | None = None


def group_name(by: Sequence[str], place: int, name: str) -> str:
    """A group as it is called among those of several groupings."""
    return name if not place else f"{by[place]}: {name}"


def tallies(
    codings: Codings, study: Study, table: Table, basis: Basis = Basis.SUGGESTED
) -> Tallies:
    """Count every code in every group and in all together, in every way.

    A code counts with all below it. Mentions and words are of rules, whatever the basis.

    Args:
        codings: the coded study.
        study: for labels that consent hides.
        table: which groups and codes there are.
        basis: whose codings count in units, speakers, transcripts and cases.
    """
    found = Tallies()
    grouped = groups_by(table, codings, study)
    groups = {source.transcript.id: grouped(source) for source in codings.transcripts}
    seen: set[Once] = set()
    for source in codings.transcripts:
        _add_bases(source, groups[source.transcript.id], found, seen)
        _add_mentions(source, groups[source.transcript.id], table.codes, found)
    _add_units(codings, groups, table.codes, basis, found)
    return found


def groups_by(
    table: Table, codings: Codings, study: Study
) -> Callable[[TranscriptCoding], dict[int, tuple[str, ...]]]:
    """The groups of each counted turn by its number: its own, and that of all together."""
    ways = [grouping_by(by, codings, study) for by in table.by]

    def groups(source: TranscriptCoding, turn: Turn) -> tuple[str, ...]:
        own = [group_name(table.by, place, way(source, turn)[-1]) for place, way in enumerate(ways)]
        among = table.together is None or own[0] in table.together
        return tuple(dict.fromkeys([*own, *([WHOLE] if among else [])]))

    def of(source: TranscriptCoding) -> dict[int, tuple[str, ...]]:
        counted = source.counted_turns
        turns = source.transcript.turns
        return {turn.number: groups(source, turn) for turn in turns if turn.number in counted}

    return of


def _who(source: TranscriptCoding, turn: int) -> dict[Counts, tuple[str, ...]]:
    """Of what speakers, transcripts and cases are counted once."""
    transcript = source.transcript
    label = transcript.turns[turn - 1].speaker
    return {
        Counts.SPEAKERS: (transcript.case, label),
        Counts.TRANSCRIPTS: (transcript.id,),
        Counts.CASES: (transcript.case,),
    }


def _add_bases(
    source: TranscriptCoding,
    groups: Mapping[int, tuple[str, ...]],
    found: Tallies,
    seen: set[Once],
) -> None:
    for turn, named in groups.items():
        words = source.turn_words[turn]
        for group in named if words else ():
            for counts in (Counts.WORDS, Counts.MENTIONS):
                found.bases[counts][group] += words
            for counts, unit in _UNITS.items():
                found.bases[counts][group] += len(source.talk.spans_in_turn(unit, turn))
            for counts, who in _who(source, turn).items():
                if (counts, group, who) not in seen:
                    seen.add((counts, group, who))
                    found.bases[counts][group] += 1


def _add_mentions(
    source: TranscriptCoding,
    groups: Mapping[int, tuple[str, ...]],
    printed: frozenset[str],
    found: Tallies,
) -> None:
    text = source.transcript.text
    covered: dict[Key, int] = {}  # up to where the words of a code were counted
    for mention in source.counted():
        for key in _keys(groups[mention.turn], mention.code, printed):
            found.counts[Counts.MENTIONS][key] += 1
            start = max(mention.span.start, covered.get(key, 0))
            if start < mention.span.end:
                words = len(_WORD.findall(text, start, mention.span.end))
                found.counts[Counts.WORDS][key] += words
                covered[key] = mention.span.end


def _keys(groups: Sequence[str], code: str, printed: frozenset[str]) -> Iterator[Key]:
    paths = list(with_ancestors(code))
    for path in [*paths, *([ANY] if printed.intersection(paths) else [])]:
        for group in groups:
            yield group, path


def _add_units(
    codings: Codings,
    groups: Mapping[str, Mapping[int, tuple[str, ...]]],
    printed: frozenset[str],
    basis: Basis,
    found: Tallies,
) -> None:
    seen: set[tuple[Counts, Key, tuple[str, ...]]] = set()
    for counts, unit in _UNITS.items():
        for one in coded_units(codings, unit, basis):
            named = groups[one.source.transcript.id][one.unit.turn]
            who = _who(one.source, one.unit.turn) if unit is Unit.SENTENCE else {}
            codes = [*one.codes, *([ANY] if printed.intersection(one.codes) else [])]
            for key in ((group, path) for path in codes for group in named):
                found.counts[counts][key] += 1
                for once, whose in who.items():
                    if (once, key, whose) not in seen:
                        seen.add((once, key, whose))
                        found.counts[once][key] += 1
