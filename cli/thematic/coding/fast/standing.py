"""Whether a phrase may stand where it was found, told from the characters around it.

A phrase stands in no web or mail address, begins inside no transcriber's note, and cuts no
word that ends in n't. Most places are settled by looking at the few characters around them;
the others are asked of the turn's words, notes and addresses as the reference asks them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from thematic.coding.characters import HYPHENS, REMOVED, STRAIGHT
from thematic.coding.fast.sheets import Sheets
from thematic.coding.talk import CountedTalk
from thematic.model.transcript import Span, Turn

_APOSTROPHES = frozenset(chr(sign) for sign, straight in STRAIGHT.items() if straight == "'")
_DOUBTFUL = _APOSTROPHES | REMOVED | {"'"}
_UNTIL_BLANK = re.compile(r"\S*")
_WORD = re.compile("[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*")
_PART = re.compile("[^" + "".join(sorted(HYPHENS)) + "]+")
_BRACKET = re.compile(r"[\[\]()]")
_ADDRESS_SIGNS = ("@", "://", "www.")


class Standing:
    """Says which places of one transcript phrases may stand in."""

    def __init__(self, talk: CountedTalk, sheets: Sheets) -> None:
        self.talk, self.sheets = talk, sheets
        self.text = talk.transcript.text
        readings = [sheet.string for sheet in sheets.reading]
        self._addresses = any(_holds_address(string.lower()) for string in readings)
        self._notes = "[" in self.text or "(" in self.text

    def allows(self, start: int, end: int, turn: Turn) -> bool:
        """Whether a phrase found at raw [start, end) may stand there."""
        if turn.number in self.sheets.odd:
            return self.allows_by_words(Span(start, end), turn)
        text = self.text
        doubtful = (
            text[end - 1] in _DOUBTFUL
            or text[end : end + 1] in _DOUBTFUL
            or text[start] in _DOUBTFUL
            or (start > 0 and text[start - 1] in _DOUBTFUL)
        )
        if not (doubtful or self._addresses or self._notes):
            return True
        if self._notes and self.begins_in_note(start, turn):
            return self.allows_by_words(Span(start, end), turn)
        if doubtful or self._addresses:
            return self._allowed_by_chunk(start, end, turn, doubtful=doubtful)
        return True

    def begins_in_note(self, start: int, turn: Turn) -> bool:
        """Whether a bracket is open before a place, so that it may lie in a note.

        No note holds a bracket of its own, so the last one before the place tells.
        """
        last = bisect_left(self._brackets, start) - 1
        if last < 0 or self._brackets[last] < turn.span.start:
            return False
        return self.text[self._brackets[last]] in "[("

    @cached_property
    def _brackets(self) -> list[int]:
        """Where brackets stand: to look back from each place would be slow in long turns."""
        return [match.start() for match in _BRACKET.finditer(self.text)]

    def _allowed_by_chunk(self, start: int, end: int, turn: Turn, *, doubtful: bool) -> bool:
        """By the stretch between blanks that holds the place: no address has a blank in it."""
        begin, stop = self._chunk(start, end, turn)
        chunk = self.text[begin:stop]
        if not chunk.isascii():
            chunk = chunk.translate(STRAIGHT)
        holds = _holds_address(chunk.lower())
        if holds or (doubtful and not (chunk.isascii() and "`" not in chunk)):
            return self.allows_by_words(Span(start, end), turn)
        if not chunk.isascii() and not REMOVED.isdisjoint(chunk):
            return self.allows_by_words(Span(start, end), turn)
        return not (doubtful and _cuts_a_contraction(chunk, start - begin, end - begin))

    def _chunk(self, start: int, end: int, turn: Turn) -> tuple[int, int]:
        text = self.text
        begin = start
        while begin > turn.span.start and not text[begin - 1].isspace():
            begin -= 1
        match = _UNTIL_BLANK.match(text, end, turn.span.end)
        return begin, match.end() if match else end

    def allows_by_words(self, span: Span, turn: Turn) -> bool:
        """The same, asked of the turn's words, notes and addresses."""
        words = self.talk.words_of(turn)
        return not (
            any(True for _ in words.addresses.overlapping(span))
            or words.contracted.cut_by(span)
            or any(note.start < span.start for note in words.notes.overlapping(span))
        )


def _holds_address(lowered: str) -> bool:
    return any(sign in lowered for sign in _ADDRESS_SIGNS)


def _cuts_a_contraction(chunk: str, start: int, end: int) -> bool:
    """Whether [start, end) begins or ends inside a part of a word that ends in n't."""
    if "n't" not in chunk.lower():
        return False
    parts = (part for word in _WORD.finditer(chunk) for part in _PART.finditer(chunk, *word.span()))
    return any(
        part.start() < start < part.end() or part.start() < end < part.end()
        for part in parts
        if part.group().lower().endswith("n't")
    )
