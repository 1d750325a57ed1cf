"""Many transcripts and a codebook in, columns of mentions out; equal to one at a time.

What does not fit on a page - odd turns, `tokens` rules - goes to the engine that codes one
transcript at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from thematic.coding.batch.alphabet import Places
from thematic.coding.batch.cues import STOP_WORDS, Reach
from thematic.coding.batch.finding import Matches, PageFinder, together
from thematic.coding.batch.gathering import Gathered
from thematic.coding.batch.page import Page
from thematic.coding.batch.patterns import PatternFinder
from thematic.coding.batch.scoped import ScopedRules
from thematic.coding.batch.settling import Found, Rules
from thematic.coding.batch.table import Table
from thematic.coding.batch.units import Borders, Units
from thematic.coding.batch.words import PageWords
from thematic.coding.characters import ANY_LETTERS, WITHOUT_BLANKS
from thematic.coding.fast.engine import FastEngine
from thematic.coding.fast.literals import phrases_by_item
from thematic.coding.language import primary
from thematic.coding.talk import CountedTalk
from thematic.model.codebook import Unit
from thematic.model.coding import Mention
from thematic.model.columns import MentionColumns
from thematic.model.transcript import Transcript

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
        self.rules = Rules(book)
        self._scoped = ScopedRules(engine)
        self._patterns = PatternFinder(book)
        self._borders = Borders(book.lexicon.abbreviations)
        self._stop_words, self._addresses = len(book.items), len(book.items) + 1
        self._finders = [
            PageFinder(self._phrases(case=case), case=case)
            for case in (False, True)
            if not case or any(item.item.case for item in book.items if item.phrases)
        ]
        self._one_by_one = (
            primary(book.codebook.language) in WITHOUT_BLANKS
            or bool(book.rules_with_tokens)
            or (self._scoped.any and self.scope is Unit.TRANSCRIPT)
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
            if self._one_by_one:
                gathered.apart[number] = self.engine.counting.turns(transcript)
            else:
                gathered.add(number, transcript, self.engine.counting)
        for page in gathered.pages():
            self._page(page, table)
            del page  # before the next one is written
        for number, turns in gathered.apart.items():
            talk = CountedTalk(transcripts[number], turns, self.book.lexicon)
            table.add_talk(number, self.engine.mentions(talk), talk)
        return table.columns()

    def _page(self, page: Page, table: Table) -> None:
        """Add the mentions of a page to a table."""
        found, stop_words, words = self._matches(page)
        units = Units(page, self._borders)
        if self._patterns:
            found = together([found, *self._patterns.find(page, words, *self._scopes(page, units))])
        mentions = self._settled(page, found, units, words)
        self.rules.look_around(mentions, page, found, Reach(page, words, stop_words))
        table.add_page(page, mentions, self.rules, units, words)

    def _scopes(self, page: Page, units: Units) -> tuple[Places, Places]:
        """Where the scopes begin and end that no `regex` crosses."""
        if self.scope is Unit.TRANSCRIPT:
            return page.starts, page.ends
        starts = units.starts(self.scope)
        return starts.places, starts.ends(page)

    def _settled(self, page: Page, found: Matches, units: Units, words: PageWords) -> Found:
        """The mentions of all rules after longest match and guards."""
        scopes = units.starts(self.scope)
        held = scopes.holding(found.starts)
        whole = scopes.hold(held, found.ends)
        found, held = found[whole], held[whole]
        together: list[Mention] = []
        apart: list[int] = []  # scopes and codes that are settled together
        size, order = len(self.book.order), self.book.order
        for scope, codes, mentions in self._scoped.settle(found, held, words):
            together += mentions
            apart += [scope * size + order[code] for code in codes]
        plain = self.rules.places(found)
        if apart:
            plain = plain[~np.isin(scopes.holding(plain.starts) * size + plain.codes, apart)]
        self.rules.take_longest(plain, page)
        return plain.with_more(self.rules.settled(together)) if together else plain

    def _matches(self, page: Page) -> tuple[Matches, Matches, PageWords]:
        """The phrases on a page that may stand where they do, stop words, and the page's words."""
        found = together(
            [
                matches
                for finder in self._finders
                for matches in finder.find(page, page.folded(case=finder.case))
            ]
        )
        stops, signs = found.items == self._stop_words, found.items == self._addresses
        words = PageWords(page, found.starts[signs])
        bars = words.cut(found.starts, found.ends) | words.inside_notes(found.starts)
        bars |= words.in_addresses(found.starts, found.ends)
        return found[~(stops | signs | bars)], found[stops], words
