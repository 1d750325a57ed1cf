"""Where the items of a codebook stand in a transcript, turn by turn."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any

from thematic.coding.characters import BARRIER, WITHOUT_BLANKS, is_letter
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.demands import looks_at_edges
from thematic.coding.fast.finding import PhraseFinder
from thematic.coding.fast.firing import Firing
from thematic.coding.fast.literals import phrases_by_item
from thematic.coding.fast.sheets import AnySheet, MappedSheet, Sheets
from thematic.coding.fast.standing import Standing
from thematic.coding.fast.tokens import TokenFinder
from thematic.coding.language import primary
from thematic.coding.talk import CountedTalk
from thematic.coding.words import TurnWords
from thematic.model.codebook import Unit
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Turn


@dataclass
class FoundTurn:
    """What was found in one turn; raw spans."""

    turn: Turn
    talk: CountedTalk
    items: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))
    tokens: dict[int, list[Span]] = field(default_factory=lambda: defaultdict(list))

    @property
    def words(self) -> TurnWords:
        """The turn's words, notes and addresses."""
        return self.talk.words_of(self.turn)


class FastMatcher:
    """Finds the items of one compiled codebook in whole transcripts."""

    def __init__(self, book: CompiledCodebook, firing: Firing) -> None:
        self.book, self.firing = book, firing
        self.borders = primary(book.codebook.language) not in WITHOUT_BLANKS
        self._finders = {
            case: PhraseFinder(
                phrases_by_item(
                    (number, item.phrases)
                    for number, item in enumerate(book.items)
                    if item.phrases and item.item.case is case
                ),
                borders=self.borders,
            )
            for case in (False, True)
        }
        self._regexes = [
            _Regex(number, item.regex, item.item.whole_words, not looks_at_edges(item.item.text))
            for number, item in enumerate(book.items)
            if item.regex is not None
        ]
        self._tokens = TokenFinder(book)

    def match(self, talk: CountedTalk) -> list[FoundTurn]:
        """The counted turns in which some rule may fire, in text order, with all found there."""
        turns = [turn for turn in talk.turns if turn.span]
        sheets = Sheets(talk.transcript, turns, not self.book.codebook.ignore_accents)
        found = _Found(turns, talk)
        for case, finder in self._finders.items():
            if finder.phrases:
                for sheet in sheets.cased if case else sheets.folded:
                    found.add(sheet, finder.find(sheet.string))
        standing = Standing(talk, sheets)
        if self._regexes:
            self._match_regexes(sheets, talk, found)
        found.keep_standing(standing, self._may_fire)
        if self._tokens:
            self._match_tokens(talk, found, standing)
        return found.in_order()

    def _may_fire(self, items: set[int]) -> bool:
        """Whether a turn with these items must be looked at.

        With scope `transcript` the parts of a rule may stand in different turns.
        """
        whole = self.book.codebook.scope is Unit.TRANSCRIPT
        return whole or bool(self._tokens) or self.firing.can(items)

    def _match_regexes(self, sheets: Sheets, talk: CountedTalk, found: _Found) -> None:
        for sheet in sheets.reading:
            wanted = [
                regex for regex in self._regexes if not regex.filters or regex.test(sheet.string)
            ]
            if not wanted:
                continue
            for turn, begin, end in _turns_of(sheet, found.turns, sheets.odd):
                for regex in wanted:
                    if regex.filters and not regex.test(sheet.string[begin:end]):
                        continue
                    spans = list(self._regex_matches(regex, sheet, turn, talk))
                    if spans:
                        items = found.of(turn).items
                        items[regex.number] = sorted({*items[regex.number], *spans})

    def _regex_matches(
        self, regex: _Regex, sheet: AnySheet, turn: Turn, talk: CountedTalk
    ) -> Iterator[Span]:
        for begin, end in _unbroken(sheet, self._scopes(turn, talk)):
            text = sheet.string[begin:end]
            for match in regex.pattern.finditer(text):
                said = match.group()
                start = match.end() - len(said.lstrip())
                stop = start + len(said.strip())
                if start >= stop:  # empty, or nothing but blanks
                    continue
                span = Span(*sheet.raw(begin + start, begin + stop))
                if regex.whole_words:
                    if self.borders and (_splits(text, start) or _splits(text, stop)):
                        continue
                    if talk.words_of(turn).contracted.cut_by(span):
                        continue
                notes = talk.words_of(turn).notes
                if not any(note.start < span.start for note in notes.overlapping(span)):
                    yield span

    def _match_tokens(self, talk: CountedTalk, found: _Found, standing: Standing) -> None:
        for turn in found.turns:
            words = talk.words_of(turn)
            scopes = self._scopes(turn, talk)
            for key, start, stop in self._tokens.find(words.reading, scopes):
                string = words.reading.string
                if start == stop or BARRIER in string[start:stop]:
                    continue
                span = words.reading.raw(start, stop)
                cut = self.borders and (_splits(string, start) or _splits(string, stop))
                if not cut and standing.allows_by_words(span, turn):
                    tokens = found.of(turn).tokens
                    tokens[key] = sorted({*tokens[key], span})

    def _scopes(self, turn: Turn, talk: CountedTalk) -> Sequence[Span]:
        scope = self.book.codebook.scope
        if scope is Unit.TRANSCRIPT:
            return [turn.span]
        return talk.spans_in_turn(scope, turn.number)


@dataclass(frozen=True, slots=True)
class _Regex:
    """A `regex` item; `filters` where a match in a part is also one in the whole."""

    number: int
    pattern: Any
    whole_words: bool
    filters: bool

    def test(self, string: str) -> bool:
        """Whether it matches anywhere."""
        return self.pattern.search(string) is not None


class _Found:
    """What was found so far, by turn."""

    def __init__(self, turns: Sequence[Turn], talk: CountedTalk) -> None:
        self.turns, self.talk = turns, talk
        self._starts = [turn.span.start for turn in turns]
        self._by_turn: dict[int, FoundTurn] = {}
        self._phrases: dict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def add(self, sheet: AnySheet, places: Iterable[tuple[int, int, int]]) -> None:
        """Take up matches of phrases: (start, end, item) in a sheet."""
        starts, raw, by_turn = self._starts, sheet.raw, self._phrases
        for begin, stop, item in places:
            start, end = raw(begin, stop)
            by_turn[bisect_right(starts, start) - 1].append((start, end, item))

    def keep_standing(self, standing: Standing, may_fire: Callable[[set[int]], bool]) -> None:
        """Of the turns in which a rule may fire, keep the phrases that may stand there."""
        allows = standing.allows
        for index, places in self._phrases.items():
            turn = self.turns[index]
            known = self._by_turn.get(turn.number)
            items = {item for _, _, item in places}
            if not may_fire(items | set(known.items) if known else items):
                continue
            for start, end, item in places:
                if allows(start, end, turn):
                    known = known or self.of(turn)
                    known.items[item].append(Span(start, end))
            if known is not None:
                for item in items.intersection(known.items):
                    known.items[item] = sorted(set(known.items[item]))

    def of(self, turn: Turn) -> FoundTurn:
        """What was found in one turn."""
        if turn.number not in self._by_turn:
            self._by_turn[turn.number] = FoundTurn(turn, self.talk)
        return self._by_turn[turn.number]

    def in_order(self) -> list[FoundTurn]:
        """The turns in which something was found, in text order."""
        return [self._by_turn[number] for number in sorted(self._by_turn)]


def _turns_of(
    sheet: AnySheet, turns: Sequence[Turn], odd: frozenset[int]
) -> Iterator[tuple[Turn, int, int]]:
    """The turns that stand in a sheet, and where; blank ones left out."""
    apart = isinstance(sheet, MappedSheet)
    for turn in turns:
        begin, end = sheet.place(turn.span.start), sheet.place(turn.span.end)
        if begin < end and (apart or turn.number not in odd):
            yield turn, begin, end


def _unbroken(sheet: AnySheet, scopes: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The ranges of the scopes in a reading text, cut at time stamps."""
    for scope in scopes:
        begin, end = sheet.place(scope.start), sheet.place(scope.end)
        while (stamp := sheet.string.find(BARRIER, begin, end)) >= 0:
            yield begin, stamp
            begin = stamp + 1
        yield begin, end


def _splits(text: str, place: int) -> bool:
    inside = 0 < place < len(text)
    return inside and is_letter(text[place - 1]) and is_letter(text[place])
