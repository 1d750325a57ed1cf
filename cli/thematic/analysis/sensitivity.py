"""The same themes counted in several ways, side by side: does the picture hang on the way?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.coded_units import coded_units, countable, uncountable_note
from thematic.analysis.decided import with_ancestors
from thematic.analysis.groups import BY_KIND, Group, groups_of
from thematic.analysis.result import ResultTable, share, table_of
from thematic.analysis.settings import SETTINGS, settings_of
from thematic.model.codebook import Unit
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding
from thematic.model.judged import Basis
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.study import Study

MEASURES = ("mentions", "units", "turns", "speakers", "persons", "transcripts", "words")
# What each number is out of.
BASES = {name: name for name in MEASURES} | {"mentions": "words"}
AS_CODED = "as coded"
SAME = "same"
COLUMNS = (
    *("theme", "code", "variant", "measure", "by", "group", "kind"),
    *("count", "base", "base_of", "rate", "higher", "changes"),
    *SETTINGS,
)
_EQUAL = 1e-12  # rates that are nearer come from rounding

_Keeps = Callable[[Mention], bool]


def _counts(mention: Mention) -> bool:
    return mention.status is MentionStatus.SUGGESTED


def _held(mention: Mention) -> bool:
    return mention.status is MentionStatus.WITHHELD


# What is counted in each way, by rules; what people decided comes besides.
BY_RULES: Mapping[str, _Keeps] = {
    AS_CODED: _counts,
    "guards off": lambda m: _counts(m) or (_held(m) and bool(m.guard)),
    "negated out": lambda m: _counts(m) and not m.negation,
    "negated in": lambda m: _counts(m) or (_held(m) and not m.guard),
}


@dataclass
class _Tally:
    """What one group has of one code in one way; each thing counts once."""

    mentions: int | None = 0  # None where people, and no mentions, say that a code holds
    units: dict[tuple[str, int], int] = field(default_factory=dict)  # with their words
    turns: set[tuple[str, int]] = field(default_factory=set)
    speakers: set[tuple[str, str]] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    transcripts: set[str] = field(default_factory=set)

    def add_turn(self, source: TranscriptCoding, turn: int, speaker: str) -> None:
        """Take up a turn that holds the code, and all above it."""
        transcript = source.transcript
        self.turns.add((transcript.id, turn))
        self.speakers.add((transcript.case, key_of(speaker)))
        self.persons.add(transcript.case)
        self.transcripts.add(transcript.id)

    def counts(self) -> dict[str, int | None]:
        """All numbers, by measure."""
        found = {name: len(getattr(self, name)) for name in MEASURES[1:-1]}
        return {"mentions": self.mentions, **found, "words": sum(self.units.values())}


_Tallies = dict[tuple[str, str], _Tally]  # by variant and code


def sensitivity(
    codings: Codings,
    study: Study | None = None,
    *,
    by: str = BY_KIND,
    groups: Sequence[str] = (),
    kind: str = "",
    codes: Sequence[str] = (),
    unit: Unit | None = None,
) -> ResultTable:
    """The same codes counted as mentions, units, turns, speakers, persons, transcripts, words.

    Each also with guards off, with negated mentions left out, with those that were withheld
    for negation, and, where people decided, by what they decided. With two groups each way
    says which has the higher rate; a code is marked where they do not all say the same.

    Args:
        codings: from `code_transcripts`.
        study: what is declared; its expected numbers become N of kinds.
        by: what groups are: `kind` or an attribute.
        groups: kinds or values; empty = all.
        kind: with an attribute, whose; "" = the first kind that has it.
        codes: paths; empty = the themes.
        unit: what `units` counts; None = the codings' unit.

    Returns:
        One row per code, variant, measure and group, columns COLUMNS.
    """
    study, unit = study or Study(), unit or codings.unit
    found = groups_of(codings, study, by, groups, kind)
    asked = list(codes) or [theme.path for theme in codings.codebook.themes]
    decided = codings.judgements is not None
    paths = countable(codings, Basis.STANDING if decided else Basis.SUGGESTED, asked)
    variants = [*BY_RULES, *((Basis.DECIDED.value, Basis.STANDING.value) if decided else ())]
    tallies = [_tallies(codings, group, unit, decided=decided) for group in found]
    bases = [_bases(group, unit) for group in found]
    settings = settings_of(codings, study, unit, Basis.SUGGESTED) | {"by": by}
    rows = []
    for path in paths:
        of_code = []
        for variant in variants:
            each = [one.get((variant, path), _empty(variant)).counts() for one in tallies]
            of_code += list(_rows(variant, each, bases, found))
        changes = len({row["higher"] for row in of_code} - {"", SAME}) > 1
        head = {"theme": path.partition("/")[0], "code": path, "changes": changes}
        basis = {name: {"basis": name} for name in variants if name not in BY_RULES}
        rows += [head | settings | row | basis.get(row["variant"], {}) for row in of_code]
    notes = (*_notes(found, decided=decided), *uncountable_note(asked, paths))
    return table_of("sensitivity", rows, COLUMNS, unit.value, notes)


def _empty(variant: str) -> _Tally:
    return _Tally(mentions=0 if variant in BY_RULES else None)


def _tallies(codings: Codings, group: Group, unit: Unit, *, decided: bool) -> _Tallies:
    found: _Tallies = defaultdict(_Tally)
    for source in group.sources:
        speakers = {turn.number: turn.speaker for turn in source.transcript.turns}
        for mention in source.mentions:
            for variant in (name for name, keeps in BY_RULES.items() if keeps(mention)):
                span = source.unit_of(mention, unit)
                for path in with_ancestors(mention.code):
                    tally = found[variant, path]
                    tally.mentions = (tally.mentions or 0) + 1
                    tally.units[source.transcript.id, span.span.start] = span.words
                    tally.add_turn(source, mention.turn, speakers[mention.turn])
    for basis in (Basis.DECIDED, Basis.STANDING) if decided else ():
        _add_decided(codings, group, unit, basis, found)
    return found


def _add_decided(
    codings: Codings, group: Group, unit: Unit, basis: Basis, tallies: _Tallies
) -> None:
    ids = {source.transcript.id for source in group.sources}
    for each in (unit, Unit.TURN):
        for one in coded_units(codings, each, basis):
            id = one.source.transcript.id
            for path in one.codes if id in ids else ():
                tally = tallies.setdefault((basis.value, path), _empty(basis.value))
                if each is unit:
                    tally.units[id, one.unit.span.start] = one.unit.words
                if each is Unit.TURN:
                    turns = one.source.transcript.turns
                    speaker = next(t.speaker for t in turns if t.number == one.unit.turn)
                    tally.add_turn(one.source, one.unit.turn, speaker)


def _bases(group: Group, unit: Unit) -> dict[str, int]:
    turns = [
        (source.transcript, turn)
        for source in group.sources
        for turn in source.transcript.turns
        if turn.number in source.counted_turns and source.turn_words[turn.number]
    ]
    return {
        "units": sum(len(source.units[unit]) for source in group.sources),
        "turns": len(turns),
        "speakers": len({(one.case, key_of(turn.speaker)) for one, turn in turns}),
        "persons": group.cases_n,
        "transcripts": group.transcripts_n,
        "words": group.words,
    }


def _rows(
    variant: str,
    counts: Sequence[Mapping[str, int | None]],
    bases: Sequence[Mapping[str, int]],
    groups: Sequence[Group],
) -> Iterator[dict[str, Any]]:
    for measure in MEASURES:
        of = BASES[measure]
        pairs = [(count[measure], base[of]) for count, base in zip(counts, bases, strict=True)]
        higher = _higher(pairs, groups)
        for group, (count, base) in zip(groups, pairs, strict=True):
            yield {
                "variant": variant,
                "measure": measure,
                "group": group.name,
                "kind": group.kind,
                "count": count,
                "base": base,
                "base_of": of,
                "rate": None if count is None else share(count, base),
                "higher": higher,
            }


def _higher(pairs: Sequence[tuple[int | None, int]], groups: Sequence[Group]) -> str:
    """Which of two groups has the higher rate; "" where there are not two that can be told."""
    rates = [count / base for count, base in pairs if count is not None and base]
    if len(groups) != 2 or len(rates) != 2:
        return ""
    if abs(rates[0] - rates[1]) < _EQUAL:
        return SAME
    return groups[rates[1] > rates[0]].name


def _notes(groups: Sequence[Group], *, decided: bool) -> Iterator[str]:
    yield (
        "Guards off: mentions that guards or `none` items withheld are counted. Negated out: "
        "negated ones are not. Negated in: those withheld for negation are."
    )
    if decided:
        yield (
            "Decided: what people say holds, suggested or not. Standing: that, and suggestions "
            "that they have not refused. Neither has mentions."
        )
    else:
        yield "All suggested by rules; nobody has decided on them."
    yield "Compare a code between groups and ways; codes are never ranked against each other."
    if len(groups) == 2:
        yield (
            "Higher: the group with the higher rate, count by base, however small the difference. "
            "A code changes where not all ways name the same group."
        )
