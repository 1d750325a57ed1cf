"""The mentions of many transcripts, gathered from pages and from single transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from thematic.coding.batch.finding import Numbers
from thematic.coding.batch.longest import in_order
from thematic.coding.batch.page import Page
from thematic.coding.batch.settling import Found, Rules
from thematic.coding.batch.units import Units
from thematic.coding.batch.words import PageWords
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.talk import CountedTalk
from thematic.model.codebook import Unit
from thematic.model.coding import Mention, TranscriptCoding
from thematic.model.columns import STATUSES, MentionColumns
from thematic.model.transcript import Transcript

_COLUMNS = (
    *("transcript", "turn", "start", "end", "code", "rule", "status"),
    *("guard", "negation", "marks", "unit"),
)
_ORDER = ("transcript", "start", "end", "code", "rule")


class Table:
    """Columns in the making.

    Args:
        transcripts: all that will be added.
        book: by which they are coded.
        unit: what is counted once.
    """

    def __init__(
        self, transcripts: Sequence[Transcript], book: CompiledCodebook, unit: Unit
    ) -> None:
        self._transcripts, self._book, self._unit = transcripts, book, unit
        self._words = np.zeros(len(transcripts), np.int64)
        self._said: dict[str, int] = {"": 0}
        self._parts: list[dict[str, Numbers]] = []

    def add_page(
        self, page: Page, found: Found, rules: Rules, units: Units, words: PageWords
    ) -> None:
        """The mentions of a page, and its words."""
        counted = np.bincount(page.transcripts, words.per_turn, len(self._words))
        self._words += counted.astype(np.int64)
        turns = page.turns_of(found.starts)
        zeros = np.zeros(len(turns), np.int64)
        part = {
            "transcript": page.transcripts[turns],
            "turn": page.numbers[turns],
            "start": page.raw(found.starts, turns),
            "end": page.raw_ends(found.ends, turns),
            "code": found.codes,
            "rule": rules.indices[found.rules],
            "status": found.status,
            "guard": zeros.copy(),
            "negation": self._negation(page, found, len(turns)),
            "marks": zeros.copy(),
            "unit": zeros,
        }
        for row, guard in found.guards.items():
            part["guard"][row] = self._number(guard)
        for row, names in found.marks.items():
            part["marks"][row] = self._number("; ".join(names))
        if self._unit is not Unit.TRANSCRIPT:
            starts = units.starts(self._unit)
            part["unit"] = page.raw(starts.places[starts.holding(found.starts)], turns)
        self._parts.append(part)

    def _negation(self, page: Page, found: Found, size: int) -> Numbers:
        """The words of the cues, as numbers."""
        column = np.zeros(size, np.int64)
        turns = page.turns_of(found.cues.starts)
        starts, ends = page.raw(found.cues.starts, turns), page.raw_ends(found.cues.ends, turns)
        owners = page.transcripts[turns]
        column[found.negated] = [
            self._number(self._transcripts[owner].text[start:end])
            for owner, start, end in zip(
                owners.tolist(), starts.tolist(), ends.tolist(), strict=True
            )
        ]
        return column

    def add_talk(self, transcript: int, mentions: Iterable[Mention], talk: CountedTalk) -> None:
        """Mentions of some turns of one transcript, and the words of these."""
        self._words[transcript] += talk.words
        coding = TranscriptCoding(talk.transcript, tuple(mentions), frozenset(), talk)
        rows = [(transcript, *self._row(mention, coding)) for mention in coding.mentions]
        if rows:
            self._parts.append(dict(zip(_COLUMNS, np.array(rows, np.int64).T, strict=True)))

    def _row(self, mention: Mention, coding: TranscriptCoding) -> tuple[int, ...]:
        whole = self._unit is Unit.TRANSCRIPT
        return (
            *(mention.turn, mention.span.start, mention.span.end),
            *(self._book.order[mention.code], mention.rule, STATUSES.index(mention.status)),
            self._number(mention.guard),
            self._number(mention.negation),
            self._number("; ".join(mention.marks)),
            0 if whole else coding.unit_span_of(mention, self._unit).start,
        )

    def _number(self, words: str) -> int:
        return self._said.setdefault(words, len(self._said))

    def columns(self) -> MentionColumns:
        """All that was added, in order."""
        nothing = np.zeros(0, np.int64)
        whole: dict[str, Any] = {
            name: np.concatenate([nothing, *(part[name] for part in self._parts)])
            for name in _COLUMNS
        }
        order = in_order(*(whole[name] for name in _ORDER))
        return MentionColumns(
            transcripts=[one.id for one in self._transcripts],
            kinds=[one.kind for one in self._transcripts],
            words=self._words.tolist(),
            **{name: column[order] for name, column in whole.items()},
            said=list(self._said),
        )
