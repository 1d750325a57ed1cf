"""What is counted in a transcript: its counted turns, their units and words, when asked for.

Every engine shares this: it depends on the text and the language's abbreviations only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

from thematic.coding.characters import WITHOUT_BLANKS, words_of
from thematic.coding.language import primary
from thematic.coding.lexicon import Lexicon
from thematic.coding.notes import holds_note
from thematic.coding.text import read_one_to_one
from thematic.coding.units import unit_spans
from thematic.coding.words import TurnWords
from thematic.model.codebook import Unit
from thematic.model.coding import UnitSpan
from thematic.model.labels import key_of
from thematic.model.nouns import dataclass
from thematic.model.transcript import Role, Span, Transcript, Turn

# Letters and digits as `a`, what may join two of them as `'`, all else as a blank.
_SHAPES = bytes(
    ord("a") if chr(code).isalnum() and code < 128 else ord("'") if chr(code) in "'-" else 32
    for code in range(256)
)


class Counting:
    """Which turns count.

    Args:
        exclude: roles or labels (also as written in the file) whose turns do not.
    """

    def __init__(self, exclude: Sequence[str]) -> None:
        self._excluded = {key_of(name) for name in exclude}
        self._known: dict[tuple[str, Role, str], bool] = {}

    def turns(self, transcript: Transcript) -> list[Turn]:
        """The turns of a transcript that count, in text order."""
        return [
            turn for turn in transcript.turns if self.counts(turn.speaker, turn.role, turn.written)
        ]

    def counts(self, speaker: str, role: Role, written: str = "") -> bool:
        """Whether the turns of a speaker do; `written` is the label where it is another."""
        names = (speaker, role, written)
        found = self._known.get(names)
        if found is None:
            left_out = any(
                key_of(name) in self._excluded for name in (role, speaker, written or speaker)
            )
            found = self._known[names] = not (speaker and left_out)
        return found


@dataclass
class CountedTalk:
    """The units and words of one transcript; each is computed once, when first asked for.

    Args:
        transcript: whose talk it is.
        turns: the turns that count, in text order.
        lexicon: of the codebook's language.
    """

    transcript: Transcript
    turns: Sequence[Turn]
    lexicon: Lexicon
    _words: dict[int, TurnWords] = field(default_factory=dict, repr=False)
    _in_turn: dict[tuple[Unit, int], tuple[UnitSpan, ...]] = field(default_factory=dict, repr=False)
    _spans: dict[tuple[Unit, int], list[Span]] = field(default_factory=dict, repr=False)
    _whole: dict[Unit, tuple[UnitSpan, ...]] = field(default_factory=dict, repr=False)

    def words_of(self, turn: Turn) -> TurnWords:
        """The words of one turn."""
        if turn.number not in self._words:
            self._words[turn.number] = TurnWords(self.transcript, turn, self.lexicon.language)
        return self._words[turn.number]

    def units(self, unit: Unit) -> tuple[UnitSpan, ...]:
        """All units of the counted turns, in text order."""
        if unit not in self._whole:
            if unit is Unit.TRANSCRIPT:
                words = sum(self.turn_words[turn.number] for turn in self.turns)
                found = unit_spans(self.transcript, self.turns, unit, frozenset())
                self._whole[unit] = tuple(UnitSpan(span, 0, words) for span, _ in found)
            else:
                each = (self.units_in_turn(unit, turn.number) for turn in self.turns)
                self._whole[unit] = tuple(one for units in each for one in units)
        return self._whole[unit]

    def spans_in_turn(self, unit: Unit, turn: int) -> list[Span]:
        """The ranges of the units of one counted turn; for those who need no words."""
        key = (unit, turn)
        if key not in self._spans:
            one = self._by_number[turn]
            # Only sentences need the language's abbreviations.
            short = self.lexicon.abbreviations if unit is Unit.SENTENCE else frozenset()
            found = unit_spans(self.transcript, [one], unit, short)
            self._spans[key] = [span for span, _ in found]
        return self._spans[key]

    def units_in_turn(self, unit: Unit, turn: int) -> tuple[UnitSpan, ...]:
        """The units of one counted turn (by its number), in text order; not for TRANSCRIPT."""
        key = (unit, turn)
        if key not in self._in_turn:
            spans = self.spans_in_turn(unit, turn)
            words = self._counts(self._by_number[turn], spans)
            self._in_turn[key] = tuple(
                UnitSpan(span, turn, count) for span, count in zip(spans, words, strict=True)
            )
        return self._in_turn[key]

    @cached_property
    def turn_words(self) -> dict[int, int]:
        """Words of every turn, counted or left out, by its number."""
        return {turn.number: self._count(turn) for turn in self.transcript.turns}

    @cached_property
    def words(self) -> int:
        """Words of the counted turns."""
        text = self.transcript.text
        easy = primary(self.lexicon.language) not in WITHOUT_BLANKS
        plain: list[str] = []  # ASCII turns are counted together, which is quicker
        words = 0
        for turn in self.turns:
            said = text[turn.span.start : turn.span.end]
            if easy and said.isascii() and not turn.gaps and not holds_note(said):
                plain.append(said)
            else:
                words += self._count(turn)
        joined = read_one_to_one(" ".join(plain))
        if joined is None:  # a turn holds the sign of a barrier
            return sum(self._count(turn) for turn in self.turns)
        return words + level_words(joined)

    @cached_property
    def notes(self) -> int:
        """Notes such as [inaudible] in counted turns."""
        text = self.transcript.text
        if "[" not in text and "(" not in text:
            return 0
        return sum(len(self.words_of(turn).notes) for turn in self.turns if self._has_notes(turn))

    @cached_property
    def _by_number(self) -> dict[int, Turn]:
        return {turn.number: turn for turn in self.turns}

    def _has_notes(self, turn: Turn) -> bool:
        text, start, end = self.transcript.text, turn.span.start, turn.span.end
        return text.find("[", start, end) >= 0 or text.find("(", start, end) >= 0

    def _count(self, turn: Turn) -> int:
        if not turn.span:
            return 0
        if (words := self._plain_text(turn)) is not None:
            return level_words(words)
        return len(self.words_of(turn).words)

    def _counts(self, turn: Turn, spans: Sequence[Span]) -> list[int]:
        """The words of each unit of a turn: those that begin in it."""
        if (words := self._plain_text(turn)) is not None:
            begin = turn.span.start
            return [level_words(words[span.start - begin : span.end - begin]) for span in spans]
        spoken = self.words_of(turn).words
        return [spoken.first_from(span.end) - spoken.first_from(span.start) for span in spans]

    def _plain_text(self, turn: Turn) -> str | None:
        """The turn as it is read where that is one to one with the raw text and has no notes."""
        if turn.gaps or primary(self.lexicon.language) in WITHOUT_BLANKS:
            return None
        words = self.transcript.text[turn.span.start : turn.span.end]
        return None if holds_note(words) else read_one_to_one(words)


def level_words(text: str) -> int:
    """How many words a text has that is read as it stands.

    Words are runs of letters, joined by one apostrophe or hyphen.
    """
    if not text.isascii():
        return sum(1 for _ in words_of(text))
    shapes = text.encode("ascii").translate(_SHAPES).replace(b"a'", b"aa")
    begun = shapes.count(b" a") + shapes.count(b"'a")
    return begun + shapes.startswith(b"a")
