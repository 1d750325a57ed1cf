"""What stands behind the numbers: every unit that a frequency counts, with its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from thematic.analysis.base import kinds_in_order
from thematic.analysis.decided import Stand, UnitVerdicts, verdicts, with_ancestors
from thematic.analysis.sources import may_print
from thematic.model.codebook import Codebook, Unit
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding, UnitSpan
from thematic.model.judged import Standing
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import INTERVIEW, Span

UNITS, NEGATED, WITHHELD = "units", "negated", "withheld"
DECIDED, CHECKED, RIGHT, DISPUTED = "decided_units", "checked", "right", "disputed"
_Place = tuple[str, int]  # theme, start of the unit


@dataclass(frozen=True, slots=True)
class Asked:
    """Which units stand behind one number of a frequency table.

    Args:
        code: its path.
        column: of the table of `frequencies`.
        kind: "" = every kind; so for `transcript` and `case`.
        top: only of the person who has most of them (`top_cases`).
    """

    code: str
    column: str = UNITS
    kind: str = ""
    transcript: str = ""
    case: str = ""
    top: bool = False


@dataclass(frozen=True)
class Evidence:
    """One unit under one theme.

    Args:
        span: of the words to quote: the unit, or of a whole transcript the first sentence coded.
        turn: number of the turn that these stand in.
        counts: column of `frequencies` -> the codes in whose number this unit is, with all
            codes above them.
        stands: by path, where each code stands that was itself put on the unit.
        mentions: counted ones of the theme, in text order.
        withheld: those of the theme that a guard, a `none` item or a negation keeps out.
    """

    theme: str
    source: TranscriptCoding
    unit: UnitSpan
    span: Span
    turn: int
    counts: Mapping[str, frozenset[str]]
    stands: Mapping[str, Stand]
    mentions: tuple[Mention, ...] = ()
    withheld: tuple[Mention, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether rules suggest or people decided anything here; else all of it is withheld."""
        return bool(self.counts.get(UNITS) or self.counts.get(DECIDED))

    def answers(self, asked: Asked) -> bool:
        """Whether this unit is among those behind a number."""
        transcript = self.source.transcript
        return (
            asked.code in self.counts.get(asked.column, ())
            and asked.kind in ("", transcript.kind)
            and asked.transcript in ("", transcript.id)
            and asked.case in ("", transcript.case)
        )


@dataclass
class _Found:
    mentions: list[Mention] = field(default_factory=list)
    withheld: list[Mention] = field(default_factory=list)
    judged: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes: set[str] = field(default_factory=set)  # put on the unit themselves


def evidence(codings: Codings, unit: Unit | None = None) -> list[Evidence]:
    """Every unit behind the numbers of `frequencies(by="kind")` and `(by="transcript")`.

    A unit stands once under each theme. Those whose codes people rejected are among them, for
    they are in the number of suggested units; and so are those with withheld mentions only.

    Args:
        codings: from `code_transcripts`.
        unit: what is counted once; None = the codings' unit.

    Returns:
        Themes in codebook order, kinds apart, then by transcript ID and position.
    """
    unit = unit or codings.unit
    found = [one for source in codings.transcripts for one in _of_source(codings, source, unit)]
    themes = {theme.path: place for place, theme in enumerate(codings.codebook.themes)}
    names = kinds_in_order([source.transcript.kind for source in codings.transcripts])
    kinds = {kind: place for place, kind in enumerate(names)}
    found.sort(key=lambda one: (themes[one.theme], kinds[one.source.transcript.kind]))
    return found


def top_cases(found: Sequence[Evidence]) -> dict[tuple[str, str], str]:
    """For each kind and code, the person with most suggested units; of equals the first by ID."""
    tally: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in found:
        transcript = one.source.transcript
        for path in one.counts.get(UNITS, ()):
            tally[transcript.kind, path][transcript.case] += 1
    return {key: min(cases, key=lambda case: (-cases[case], case)) for key, cases in tally.items()}


def _of_source(codings: Codings, source: TranscriptCoding, unit: Unit) -> Iterator[Evidence]:
    said = verdicts(codings, source, unit)
    units = dict(said.units)
    found: dict[_Place, _Found] = defaultdict(_Found)
    for mention in source.mentions:
        if mention.status is MentionStatus.SWALLOWED:
            continue
        span = source.unit_of(mention, unit)
        units.setdefault(span.span.start, span)
        here = found[mention.code.partition("/")[0], span.span.start]
        if mention.status is MentionStatus.WITHHELD:
            here.withheld.append(mention)
        else:
            here.mentions.append(mention)
            here.codes.add(mention.code)
    _add_judged(said, found)
    order = {path: place for place, path in enumerate(codings.codebook.paths())}
    for (theme, start), here in sorted(found.items(), key=lambda item: item[0][1]):
        codes = sorted(here.codes, key=lambda path: order[path])
        sentence = _quoted(source, units[start], unit, here, said)
        yield Evidence(
            theme=theme,
            source=source,
            unit=units[start],
            span=sentence.span,
            turn=sentence.turn,
            counts=_counts(here, codings.codebook),
            stands={path: said.stand(path, start, own=True) for path in codes},
            mentions=tuple(here.mentions),
            withheld=tuple(here.withheld),
        )


def _add_judged(said: UnitVerdicts, found: dict[_Place, _Found]) -> None:
    columns = {DECIDED: said.holds, CHECKED: said.checked, RIGHT: said.right}
    for column, keys in (columns | {DISPUTED: said.disputed}).items():
        for path, start in keys:
            found[path.partition("/")[0], start].judged[column].add(path)
    for start, judged in said.said.items():
        for one in judged:
            if one.holds or one.how is Standing.DISPUTED:
                place = one.code.partition("/")[0], start
                if place in found:
                    found[place].codes.add(one.code)


def _counts(here: _Found, codebook: Codebook) -> dict[str, frozenset[str]]:
    """The codes that the unit counts for, by column; negated where every mention is."""
    by_path: dict[str, list[Mention]] = defaultdict(list)
    for mention in here.mentions:
        for path in with_ancestors(mention.code):
            by_path[path].append(mention)
    columns: dict[str, set[str]] = {
        UNITS: set(by_path),
        NEGATED: {path for path, each in by_path.items() if all(one.negation for one in each)},
        WITHHELD: {path for one in here.withheld for path in with_ancestors(one.code)},
        **here.judged,
    }
    for mark in codebook.marks:
        columns[mark] = {
            path for path, each in by_path.items() if all(mark in one.marks for one in each)
        }
    return {column: frozenset(paths) for column, paths in columns.items() if paths}


def _quoted(
    source: TranscriptCoding, span: UnitSpan, unit: Unit, here: _Found, said: UnitVerdicts
) -> UnitSpan:
    """What is printed: a transcript is never printed whole as one quote."""
    if unit is not Unit.TRANSCRIPT:
        return span
    mentions = here.mentions or here.withheld
    if mentions:
        return source.unit_of(mentions[0], Unit.SENTENCE)
    sentences = source.units[Unit.SENTENCE]
    starts = [
        one.span.start for one in said.said.get(span.span.start, ()) if one.code in here.codes
    ]
    return next(one for one in sentences if one.span.end > min(starts, default=0))


def one_each(found: Sequence[Evidence], paths: Sequence[str], study: Study) -> dict[str, Evidence]:
    """One unit to quote for each code that has any: by the rule of `quotes`, all kinds together.

    Units on which people say that the code does not hold are left out.

    Args:
        found: from `evidence`.
        paths: the codes, in the order in which persons are given their turn.
        study: consent.
    """
    standing: dict[str, list[Evidence]] = defaultdict(list)
    for one in found:
        for path in _standing(one):
            standing[path].append(one)
    quoted: Counter[str] = Counter()
    chosen: dict[str, Evidence] = {}
    for path in paths:
        if here := standing.get(path):
            chosen[path] = min(here, key=lambda one: _preference(one, path, quoted, study))
            quoted[chosen[path].source.transcript.case] += 1
    return chosen


def _standing(one: Evidence) -> frozenset[str]:
    nothing: frozenset[str] = frozenset()
    settled = one.counts.get(RIGHT, nothing) | one.counts.get(DISPUTED, nothing)
    refused = one.counts.get(CHECKED, nothing) - settled
    return (one.counts.get(UNITS, nothing) - refused) | one.counts.get(DECIDED, nothing)


def _preference(
    one: Evidence, path: str, quoted: Counter[str], study: Study
) -> tuple[bool, bool, bool, int, str, bool, int]:
    transcript = one.source.transcript
    return (
        not may_print(transcript, one.span, study),
        path in one.counts.get(DISPUTED, ()),
        transcript.kind != INTERVIEW,
        quoted[transcript.case],
        transcript.id,
        path in one.counts.get(NEGATED, ()),
        one.span.start,
    )
