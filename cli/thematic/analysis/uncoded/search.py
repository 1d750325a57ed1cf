"""What carries no code, in five tables: the search for negative cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from thematic.analysis.result import ResultTable, table_of
from thematic.analysis.uncoded.affirmations import affirmations
from thematic.analysis.uncoded.answers import longest_answers
from thematic.analysis.uncoded.gaps import Gaps, Miss, TurnText
from thematic.analysis.uncoded.loosened import (
    Loosened,
    apart_misses,
    lacking_misses,
    withheld_misses,
)
from thematic.analysis.uncoded.near_misses import near_misses
from thematic.analysis.uncoded.silence import By, silent_altogether, silent_by_theme
from thematic.analysis.uncoded.talk import Talk, talk_of
from thematic.analysis.uncoded.wording import Dictionary, LookedFor, wording_misses
from thematic.model.codebook import ItemKind, RuleKind
from thematic.model.coding import Codings, TranscriptCoding
from thematic.model.nouns import dataclass
from thematic.model.study import Study
from thematic.model.transcript import Transcript, Turn

LONGEST = 10
HONEST = (
    "An answer without a code is no evidence of absence: rules know only the words they were "
    "given. Read these places before you write that nobody speaks of something."
)


@dataclass(frozen=True)
class Probes:
    """What the search needs beside the codings; whoever codes makes it.

    Args:
        looked_for: the phrases of every rule; empty where words cannot be compared.
        forms: every inflected form of a word, in the codebook's language.
        read: words and folded tokens of a turn, as coding reads them.
        questions: the transcripts coded in their interviewers' turns.
        wider: coded by `near` rules that allow twice the distance, over a whole turn.
        lacking: coded by all/any rules with one part left out.
    """

    looked_for: Sequence[LookedFor]
    forms: Callable[[str], Iterable[str]]
    read: Callable[[Transcript, Turn], TurnText]
    questions: Codings | None = None
    wider: Loosened | None = None
    lacking: Loosened | None = None


@dataclass(frozen=True)
class Uncoded:
    """The tables of one search."""

    answers: ResultTable
    themes: ResultTable
    cases: ResultTable
    affirmations: ResultTable | None  # None where interviewers' turns were not coded
    near_misses: ResultTable

    @property
    def tables(self) -> list[ResultTable]:
        """All tables, in reading order."""
        found = [self.answers, self.themes, self.cases, self.affirmations, self.near_misses]
        return [table for table in found if table is not None]

    def as_one(self) -> ResultTable:
        """All rows under one another, their table's name in `section`; for one CSV file."""
        return stacked(self.tables)


def stacked(tables: Sequence[ResultTable]) -> ResultTable:
    """Tables of different columns under one another; what a table does not have is None."""
    rows = [{"section": table.name, **record} for table in tables for record in table.records()]
    columns = dict.fromkeys(["section", *(name for table in tables for name in table.columns)])
    units = dict.fromkeys(table.unit for table in tables)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    quoted = {name for table in tables for name in table.quoted}
    return table_of("uncoded", rows, list(columns), ", ".join(units), tuple(notes), quoted)


def search(
    codings: Codings,
    probes: Probes,
    study: Study | None = None,
    *,
    codes: Sequence[str] = (),
    by: By = By.CASE,
    longest: int = LONGEST,
    kind: str = "",
    everywhere: bool = False,
) -> Uncoded:
    """Look for what carries no code.

    Args:
        codings: the study as it counts.
        probes: what else is needed.
        study: consent, and what citations may show.
        codes: only these codes and those below them; empty = all.
        by: who is asked whether he or she speaks of a theme.
        longest: answers to list, of each kind of transcript.
        kind: only transcripts of this kind.
        everywhere: near misses also in sentences that carry other codes.
    """
    talk = talk_of(codings, study or Study(), codes, kind)
    gaps = Gaps(talk, everywhere)
    asked = None if probes.questions is None else affirmations(talk, probes.questions)
    missed = near_misses(gaps, _misses(gaps, probes), tuple(_left_aside(talk, probes)))
    return Uncoded(
        answers=_honest(longest_answers(talk, longest)),
        themes=_honest(silent_by_theme(talk, by)),
        cases=_honest(silent_altogether(talk, by)),
        affirmations=None if asked is None else _honest(asked),
        near_misses=_honest(missed),
    )


def _honest(table: ResultTable) -> ResultTable:
    return replace(table, notes=(*table.notes, HONEST))


def _misses(gaps: Gaps, probes: Probes) -> Iterator[Miss]:
    @lru_cache(maxsize=100)
    def text(id: str, turn: Turn) -> TurnText:
        return probes.read(transcripts[id], turn)

    def read(source: TranscriptCoding, turn: Turn) -> TurnText:
        return text(source.transcript.id, turn)

    transcripts = {one.transcript.id: one.transcript for one in gaps.talk.sources}
    language = gaps.talk.codings.codebook.language
    if probes.looked_for:
        asked = [rule for rule in probes.looked_for if rule.code in gaps.talk.wanted]
        yield from wording_misses(gaps, Dictionary(asked, probes.forms, language), read)
    if probes.wider is not None:
        yield from apart_misses(gaps, probes.wider, read)
    if probes.lacking is not None:
        yield from lacking_misses(gaps, probes.lacking)
    yield from withheld_misses(gaps)


def _left_aside(talk: Talk, probes: Probes) -> Iterator[str]:
    """What near misses cannot be looked for, in sentences."""
    codes = [code for code in talk.codings.codebook.codes() if code.path in talk.wanted]
    rules = [rule for code in codes for rule in code.rules]
    unread = sum(
        rule.kind is RuleKind.TOKENS
        or any(item.kind is ItemKind.REGEX for item in (*rule.items, *rule.all, *rule.any))
        for rule in rules
    )
    if unread:
        yield f"Words of {unread} rules are not compared, for they are patterns (regex, tokens)."
    if rules and not probes.looked_for:
        yield "Words are not compared: this language is written without blanks between them."
