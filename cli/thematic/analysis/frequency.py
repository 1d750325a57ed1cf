"""Code frequencies: how many persons, transcripts, units and mentions carry a code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from thematic.analysis.base import KindBase, bases
from thematic.analysis.decided import verdicts, with_ancestors
from thematic.analysis.result import ResultTable, share, table_of
from thematic.analysis.turn_groups import (
    BY_KIND,
    BY_SPEAKER,
    Group,
    Grouping,
    grouping_by,
    in_order,
)
from thematic.model.codebook import MANUAL as MANUAL
from thematic.model.codebook import Code, Unit
from thematic.model.coding import Codings, Mention, MentionStatus, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Transcript


@dataclass
class _Tally:
    """Running sums of one code in one group."""

    mentions: int = 0
    withheld: int = 0
    transcripts: set[str] = field(default_factory=set)
    cases: Counter[str] = field(default_factory=Counter)  # units by case
    # unit -> its words; and the properties that all its mentions so far share
    units: dict[tuple[str, int], int] = field(default_factory=dict)
    common: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    decided: int = 0  # units on which people say that the code holds
    decided_transcripts: set[str] = field(default_factory=set)
    decided_cases: set[str] = field(default_factory=set)
    checked: int = 0  # suggested units that people judged, disputed ones too
    right: int = 0  # of these, those on which the code holds
    disputed: int = 0  # of these, those on which people differ and nobody settled it

    def add(self, transcript: Transcript, mention: Mention, start: int, words: int) -> None:
        """Take up one counted mention of the unit that starts there.

        Args:
            transcript: in which it stands.
            mention: the mention.
            start: where its unit begins.
            words: of the unit, as far as the group counts them.
        """
        key = (transcript.id, start)
        properties = {*mention.marks, *(["negated"] if mention.negation else [])}
        self.mentions += 1
        self.transcripts.add(transcript.id)
        if key not in self.units:
            self.units[key] = words
            self.common[key] = properties
            self.cases[transcript.case] += 1
        else:
            self.common[key] &= properties

    def with_property(self, name: str) -> int:
        """Units whose every mention has a property."""
        return sum(name in found for found in self.common.values())


@dataclass
class _Base:
    """What one group could have had."""

    transcripts: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    words: int = 0


def frequencies(
    codings: Codings,
    study: Study | None = None,
    *,
    by: str = BY_KIND,
    unit: Unit | None = None,
    own: bool = False,
    zero: bool = True,
    codes: Sequence[str] = (),
) -> ResultTable:
    """How often each code was applied, with n and N.

    A row covers the code and all below it: mentions add up; units, transcripts and cases
    count once. Kinds of transcript are never pooled.

    Args:
        codings: from `code_transcripts`.
        study: what is declared; its expected numbers become N.
        by: kind, transcript, case, speaker, role, or the name of an attribute.
        unit: what is counted once; None = the codings' unit.
        own: count a code's own rules only.
        zero: keep rows of codes that were not found.
        codes: paths to keep; empty = all.

    Returns:
        One row per group and code, in codebook order; see docs/reference/tables.md.
    """
    study = study or Study()
    unit = unit or codings.unit
    grouping = grouping_by(by, codings, study)
    group_bases = _group_bases(codings, grouping)
    tallies = _tallies(codings, grouping, unit, own=own)
    known = {base.kind: base for base in bases(codings, study)}
    wanted = [code for code in codings.codebook.codes() if not codes or code.path in codes]
    if by == BY_KIND:
        group_bases |= {(kind,): _Base() for kind in known if (kind,) not in group_bases}
    rows = [
        _row(code, group, by, tallies.get((group, code.path), _Tally()), base, known, codings)
        for group, base in in_order(group_bases)
        for code in wanted
    ]
    rows = [
        row for row in rows if zero or row["mentions"] or row["withheld"] or row["decided_units"]
    ]
    settings = _settings(codings, study, unit)
    rows = [row | settings | {"N_declared": study.expected.get(row["kind"])} for row in rows]
    columns = [*(rows[0] if rows else settings)]
    return table_of("frequencies", rows, columns, unit.value, _notes(codings, unit))


def _group_bases(codings: Codings, grouping: Grouping) -> dict[Group, _Base]:
    found: dict[Group, _Base] = defaultdict(_Base)
    for coding in codings.transcripts:
        for turn in coding.transcript.turns:
            words = coding.turn_words[turn.number]
            if turn.number in coding.counted_turns and words:
                base = found[grouping(coding, turn)]
                base.transcripts.add(coding.transcript.id)
                base.cases.add(coding.transcript.case)
                base.words += words
    return dict(found)


def _tallies(
    codings: Codings, grouping: Grouping, unit: Unit, *, own: bool
) -> dict[tuple[Group, str], _Tally]:
    found: dict[tuple[Group, str], _Tally] = defaultdict(_Tally)
    for coding in codings.transcripts:
        groups = {turn.number: grouping(coding, turn) for turn in coding.transcript.turns}
        # Of a whole transcript a group counts the words of its own turns.
        own_words = _words_by_group(coding, groups) if unit is Unit.TRANSCRIPT else None
        for mention in coding.mentions:
            if mention.status is MentionStatus.SWALLOWED:
                continue
            group = groups[mention.turn]
            paths = (mention.code,) if own else with_ancestors(mention.code)
            if mention.status is MentionStatus.WITHHELD:
                for path in paths:
                    found[group, path].withheld += 1
                continue
            whole = coding.unit_of(mention, unit)
            words = whole.words if own_words is None else own_words[group]
            for path in paths:
                found[group, path].add(coding.transcript, mention, whole.span.start, words)
        if codings.judgements is not None:
            _add_decided(codings, coding, grouping, unit, found, own=own)
    return found


def _words_by_group(coding: TranscriptCoding, groups: Mapping[int, Group]) -> Counter[Group]:
    words: Counter[Group] = Counter()
    for turn in coding.counted_turns:
        words[groups[turn]] += coding.turn_words[turn]
    return words


def _add_decided(
    codings: Codings,
    coding: TranscriptCoding,
    grouping: Grouping,
    unit: Unit,
    tallies: dict[tuple[Group, str], _Tally],
    *,
    own: bool,
) -> None:
    """Take up what people say of one transcript's units."""
    turns = {turn.number: turn for turn in coding.transcript.turns}
    found = verdicts(codings, coding, unit, own=own)
    for path, start in found.holds | found.checked:
        span = found.units[start]
        turn = turns.get(span.turn) or next(
            one for one in turns.values() if one.number in coding.counted_turns
        )
        tally = tallies[grouping(coding, turn), path]
        tally.checked += (path, start) in found.checked
        tally.right += (path, start) in found.right
        tally.disputed += (path, start) in found.disputed
        if (path, start) in found.holds:
            tally.decided += 1
            tally.decided_transcripts.add(coding.transcript.id)
            tally.decided_cases.add(coding.transcript.case)


def _row(
    code: Code,
    group: Group,
    by: str,
    tally: _Tally,
    base: _Base,
    known: dict[str, KindBase],
    codings: Codings,
) -> dict[str, Any]:
    kind = known[group[0]]
    transcripts_n = kind.transcripts_n if by == BY_KIND else len(base.transcripts)
    cases_n = kind.cases_n if by == BY_KIND else len(base.cases)
    units = len(tally.units)
    most = max(tally.cases.values(), default=0)
    names = ["case", "speaker"] if by == BY_SPEAKER else [by]
    return {
        "theme": code.theme,
        "code": code.path,
        "kind": group[0],
        **(dict(zip(names, group[1:], strict=True)) if by != BY_KIND else {}),
        "transcripts": len(tally.transcripts),
        "transcripts_N": transcripts_n,
        "transcripts_share": share(len(tally.transcripts), transcripts_n),
        "cases": len(tally.cases),
        "cases_N": cases_n,
        "cases_read": kind.cases if by == BY_KIND else cases_n,
        "cases_share": share(len(tally.cases), cases_n),
        "units": units,
        "mentions": tally.mentions,
        "negated": tally.with_property("negated"),
        **{name: tally.with_property(name) for name in codings.codebook.marks},
        "withheld": tally.withheld,
        "top_case_units": most,
        "top_case_share": share(most, units),
        "words_covered": sum(tally.units.values()),
        "words_N": base.words,
        "units_per_1000_words": 1000 * units / base.words if base.words else None,
        **_decided(tally, codings),
        "coded_by": code.coded_by,
    }


def _decided(tally: _Tally, codings: Codings) -> dict[str, int | None]:
    """What people decided; None, not zero, where nobody decided anything."""
    counts = {
        "decided_transcripts": len(tally.decided_transcripts),
        "decided_cases": len(tally.decided_cases),
        "decided_units": tally.decided,
        "checked": tally.checked,
        "right": tally.right,
        "disputed": tally.disputed,
    }
    return {name: None if codings.judgements is None else n for name, n in counts.items()}


def _settings(codings: Codings, study: Study, unit: Unit) -> dict[str, Any]:
    """What holds for every row alike, in the order of the last columns."""
    codebook = codings.codebook
    return {
        "unit": unit.value,
        "scope": codebook.scope.value,
        "N_declared": None,  # each row's kind has its own
        "codebook": f"{codebook.name} {codebook.version}".strip(),
        "codebook_hash": codebook.hash[:8],
        "study_status": study.status.value,
    }


def _notes(codings: Codings, unit: Unit) -> tuple[str, ...]:
    notes = [
        "Counts of talk, also of denial and doubt, not of agreement. Themes have unequal "
        "numbers of rules: compare groups, do not rank themes.",
        f"A {unit.value} counts once per code; a theme's row counts it once too, so codes can "
        "sum to more.",
    ]
    if codings.counted_in != "words":
        notes.append(
            f"Columns and rates of words count {codings.counted_in}: this language is written "
            "without blanks."
        )
    return tuple(notes)
