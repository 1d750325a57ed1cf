"""Many transcripts and a codebook in, columns of mentions out; equal to one at a time.

What is not plain on a page - a turn in which a guard may hold, parts of one rule may meet, or
an address may stand - goes to the engine that codes one transcript at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from thematic.coding.batch.cues import STOP_WORDS, Reach, mask_of
from thematic.coding.batch.finding import Matches, Numbers, PageFinder, together
from thematic.coding.batch.gathering import Gathered
from thematic.coding.batch.page import Page, folded
from thematic.coding.batch.settling import PlainRules
from thematic.coding.batch.table import Table
from thematic.coding.batch.units import Borders, Units
from thematic.coding.batch.words import PageWords
from thematic.coding.characters import ANY_LETTERS, WITHOUT_BLANKS
from thematic.coding.fast.engine import FastEngine
from thematic.coding.fast.literals import phrases_by_item
from thematic.coding.language import primary
from thematic.coding.talk import CountedTalk
from thematic.model.codebook import Unit
from thematic.model.columns import MentionColumns
from thematic.model.transcript import Transcript, Turn

# Where one of these stands, there may be a web or mail address.
_ADDRESS_SIGNS = ("@", "://", f"{ANY_LETTERS}www.")


class BatchEngine:
    """Codes many transcripts at once; holds nothing of them.

    Args:
        engine: for what is coded one transcript at a time.
        unit: what is counted once.
    """

    def __init__(self, engine: FastEngine, unit: Unit) -> None:
        self.engine, self.book, self.unit = engine, engine.book, unit
        book = self.book
        self.scope = book.codebook.scope
        self.plain = PlainRules(book)
        self._borders = Borders(book.lexicon.abbreviations)
        self._stop_words, self._addresses = len(book.items), len(book.items) + 1
        self._finders = [
            PageFinder(self._phrases(case=case), case=case)
            for case in (False, True)
            if not case or any(item.item.case for item in book.items if item.phrases)
        ]
        guards = {guard for rule in book.rules for guard, _ in rule.guards}
        opening = engine.firing.opening | guards
        self._telling = mask_of(sorted(opening), len(book.items) + 2)
        self._one_by_one = (
            primary(book.codebook.language) in WITHOUT_BLANKS
            or bool(book.rules_with_tokens)
            or any(item.regex is not None for item in book.items)
            or (bool(opening) and self.scope is Unit.TRANSCRIPT)
        )

    def _phrases(self, *, case: bool) -> dict[str, tuple[int, ...]]:
        items = enumerate(self.book.items)
        found = [(n, one.phrases) for n, one in items if one.phrases and one.item.case is case]
        if not case:
            found += [(self._stop_words, STOP_WORDS), (self._addresses, _ADDRESS_SIGNS)]
        return phrases_by_item(found)

    def code(self, transcripts: Sequence[Transcript]) -> MentionColumns:
        """The mentions of some transcripts, in the order given."""
        gathered = Gathered(accents=not self.book.codebook.ignore_accents)
        table = Table(transcripts, self.book, self.unit)
        for number, transcript in enumerate(transcripts):
            turns = self.engine.counted(transcript)
            if self._one_by_one:
                gathered.apart[number] = turns
            else:
                gathered.add(number, transcript.text, turns)
        for number, turns in gathered.apart.items():
            table.count_words(number, self._talk(transcripts[number], turns).words)
        apart = gathered.apart
        for page in gathered.pages():
            for turn in self._page(page, table).tolist():
                apart[int(page.transcripts[turn])].append(page.turns[turn])
        for number in sorted(apart):
            talk = self._talk(transcripts[number], sorted(apart[number], key=_number))
            table.add_mentions(number, self.engine.mentions(talk), talk)
        return table.columns()

    def _talk(self, transcript: Transcript, turns: Sequence[Turn]) -> CountedTalk:
        return CountedTalk(transcript, turns, self.book.lexicon)

    def _page(self, page: Page, table: Table) -> Numbers:
        """Add the mentions of a page to a table; gives the turns that are left out."""
        found, words = self._matches(page)
        stop_words, addresses, found = self._told_apart(found, words)
        table.count_page_words(page, words)
        left_out = np.zeros(len(page.turns), bool)
        left_out[page.turns_of(addresses.starts)] = True
        left_out[list(self._involved(page, found))] = True
        places = self.plain.places(found[~left_out[page.turns_of(found.starts)]])
        units = Units(page, self._borders)
        if self.scope in (Unit.SENTENCE, Unit.PARAGRAPH):
            places = places[units.starts(self.scope).hold(places.starts, places.ends)]
        self.plain.settle(places, page, found, Reach(page, words, stop_words))
        table.add_page(page, places, self.plain, units)
        return np.flatnonzero(left_out)

    def _matches(self, page: Page) -> tuple[Matches, PageWords]:
        """All that is found on a page, by where it starts, and the page's words."""
        plain = folded(page, case=False)
        found = [
            matches
            for finder in self._finders
            for matches in finder.find(page, folded(page, case=True) if finder.case else plain)
        ]
        return together(found), PageWords(page)

    def _told_apart(self, found: Matches, words: PageWords) -> tuple[Matches, Matches, Matches]:
        """Words that end a cue's reach, signs of addresses, and what may stand where it is."""
        stops, addresses = found.items == self._stop_words, found.items == self._addresses
        bars = words.cut(found.starts, found.ends) | words.inside_notes(found.starts)
        return found[stops], found[addresses], found[~(stops | addresses | bars)]

    def _involved(self, page: Page, found: Matches) -> Iterator[int]:
        """The turns in which some code is not plain."""
        turns = page.turns_of(found.starts)
        doubtful = np.unique(turns[self._telling[found.items]])
        firsts, lasts = (np.searchsorted(turns, doubtful, side) for side in ("left", "right"))
        for turn, first, last in zip(
            *(column.tolist() for column in (doubtful, firsts, lasts)), strict=True
        ):
            if self.engine.plain.involved_codes({*found.items[first:last].tolist()}, ()):
                yield turn


def _number(turn: Turn) -> int:
    return turn.number
