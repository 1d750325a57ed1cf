"""Words as quotations are compared by: folded, in their order, with the way back to the text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import field
from functools import cached_property

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript

OPEN, CLOSE, BORDER = "<", ">", "\n"  # round each word of a joined text, and between turns
_WORD = re.compile(r"[^\W_]+(?:['’ʼ\u2010\u2011-][^\W_]+)*")
_NOTE = re.compile(r"\[[^\[\]\n]{1,80}\]")  # [laughs], which a quotation may leave out
_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-"})


def words_in(text: str) -> list[str]:
    """The words of a text, folded."""
    return [folded_word(match[0]) for match in _WORD.finditer(text)]


def folded_word(word: str) -> str:
    """A word without regard to case, form of accents, apostrophes and hyphens."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold().translate(_SIGNS)


@dataclass(frozen=True)
class TalkWords:
    """The words of one transcript's turns.

    Args:
        words: folded, in text order.
        spans: of each.
        borders: numbers of the words with which turns begin.
    """

    id: str
    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    borders: list[int] = field(default_factory=list)

    @cached_property
    def joined(self) -> str:
        """All words as one text, each in its marks, with borders between turns."""
        turns = zip(self.borders, [*self.borders[1:], len(self.words)], strict=True)
        return BORDER.join(
            "".join(f"{OPEN}{word}{CLOSE}" for word in self.words[start:end])
            for start, end in turns
        )

    @cached_property
    def _starts(self) -> list[int]:
        """Where in the joined text each word begins."""
        starts, position = [], 0
        borders = set(self.borders[1:])
        for number, word in enumerate(self.words):
            position += number in borders
            starts.append(position)
            position += len(word) + 2
        return starts

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """The places of each word."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(word, []).append(number)
        return found

    def words_between(self, start: int, end: int) -> tuple[int, int]:
        """The first word and the one behind the last of a stretch of the joined text."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)

    def span(self, first: int, end: int) -> Span:
        """The stretch of the transcript from one word up to the one before another."""
        return Span(self.spans[first].start, self.spans[end - 1].end)

    def one_turn(self, first: int, end: int) -> bool:
        """Whether these words stand in one turn."""
        return bisect_right(self.borders, first) == bisect_right(self.borders, end - 1)


def talk_words(transcript: Transcript) -> TalkWords:
    """The words of all turns, interviewers' too; notes such as [laughs] and stamps are none."""
    found = TalkWords(transcript.id)
    for turn in transcript.turns:
        text = transcript.text[turn.span.start : turn.span.end]
        gaps = [*turn.gaps, *_notes(text, turn.span.start)]
        first = len(found.words)
        for match in _WORD.finditer(text):
            span = Span(match.start() + turn.span.start, match.end() + turn.span.start)
            if not any(gap.overlaps(span) for gap in gaps):
                found.words.append(folded_word(match[0]))
                found.spans.append(span)
        if len(found.words) > first:
            found.borders.append(first)
    return found


def _notes(text: str, start: int) -> list[Span]:
    return [Span(note.start() + start, note.end() + start) for note in _NOTE.finditer(text)]
