"""The words of a turn: what distances and word counts are made of; every engine shares it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from thematic.coding.characters import HYPHENS, WITHOUT_BLANKS, is_letter, words_of
from thematic.coding.language import primary
from thematic.coding.notes import addresses, notes
from thematic.coding.spans import SortedSpans
from thematic.coding.text import MappedText, reading_text
from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript, Turn

_BETWEEN_HYPHENS = re.compile("[^" + "".join(sorted(HYPHENS)) + "]+")


@dataclass
class TurnWords:
    """The words, notes and addresses of one turn as raw spans, each found when first asked for."""

    transcript: Transcript
    turn: Turn
    language: str

    @cached_property
    def reading(self) -> MappedText:
        """The reading text of the turn."""
        return reading_text(self.transcript.text, self.turn.span, self.turn.gaps)

    @cached_property
    def notes(self) -> SortedSpans:
        """Transcriber's notes such as [laughter]."""
        return SortedSpans(notes(self.reading))

    @cached_property
    def addresses(self) -> SortedSpans:
        """Web and mail addresses."""
        return SortedSpans(addresses(self.reading))

    @cached_property
    def words(self) -> SortedSpans:
        """Words for distances and counts; notes and stamps hold none."""
        return SortedSpans(self.reading.raw(*place) for place in self._places)

    def spelled(self) -> Iterator[tuple[Span, str]]:
        """Each word with its place, as the reading text has it without regard to case."""
        for start, end in self._places:
            yield self.reading.raw(start, end), self.reading.string[start:end].casefold()

    @cached_property
    def contracted(self) -> SortedSpans:
        """The parts of words, between their hyphens, that end in n't ("d-don't" holds one)."""
        string = self.reading.string
        return SortedSpans(
            self.reading.raw(*part.span())
            for place in (self._places if "'" in string else ())
            for part in _BETWEEN_HYPHENS.finditer(string, *place)
            if part.group().lower().endswith("n't")
        )

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        places = _word_places(self.reading.string, self.language)
        if not len(self.notes):
            return list(places)
        return [
            place
            for place in places
            if not any(True for _ in self.notes.overlapping(self.reading.raw(*place)))
        ]


def turn_words(transcript: Transcript, language: str) -> dict[int, int]:
    """How many words each turn has, by its number; notes such as [laughter] hold none."""
    return {
        turn.number: len(TurnWords(transcript, turn, language).words) if turn.span else 0
        for turn in transcript.turns
    }


def _word_places(reading: str, language: str) -> Iterator[tuple[int, int]]:
    for match in words_of(reading):
        if primary(language) not in WITHOUT_BLANKS:
            yield match.span()
        else:  # every letter is a word of its own
            yield from ((i, i + 1) for i in range(*match.span()) if is_letter(reading[i]))
