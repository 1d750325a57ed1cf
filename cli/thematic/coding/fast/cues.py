"""Words before a mention that change what it says: negation and the codebook's marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from thematic.coding.characters import (
    REMOVED_CLASS,
    STRAIGHT,
    WITHOUT_BLANKS,
    is_letter,
    mark_class,
    word_pattern,
)
from thematic.coding.compiled import CompiledCodebook
from thematic.coding.fast.stretch import FoundInTurn, Stretch
from thematic.coding.language import primary
from thematic.coding.text import fold, is_level, read_one_to_one
from thematic.model.codebook import Negation
from thematic.model.patterns import expression
from thematic.model.transcript import Span

CUE_REACH = 5  # words between a cue's end and the mention's first word, at most
_QUOTES = "".join(map(chr, STRAIGHT))
_COMMA = expression(rf"[\s\"'{_QUOTES}«»‹›)\]}}{REMOVED_CLASS}]*,")
_FAR = 160  # characters that most often hold more words than CUE_REACH
_BRACKET = expression(r"[\[\]()]")  # no word of a note counts


@cache
def _blocking() -> re.Pattern[str]:
    """What stops the reach of a cue. Listing all marks takes long, so it is made when needed."""
    return re.compile(
        rf"[.!?;:\u2014]|--|(?<![^\W_])(?<![{mark_class()}])(?:but|although|except)(?!{_letter()})",
        re.IGNORECASE,
    )


@cache
def _goes_on() -> re.Pattern[str]:
    """How a word goes on."""
    return re.compile(rf"['\u2010\u2011-]?{_letter()}")


def _letter() -> str:
    """A letter as `characters.is_letter` has it; `_` is none."""
    return rf"(?:[^\W_]|[{mark_class()}])"


class Cues:
    """The cues and marks of one stretch."""

    def __init__(self, stretch: Stretch, book: CompiledCodebook) -> None:
        self.stretch = stretch
        self.unbroken = primary(book.codebook.language) in WITHOUT_BLANKS
        self.english = bool(book.not_cues)
        self.negations = self._found(book.cues)
        if self.english:
            false = self._found(book.not_cues)
            cues = [cue for cue in self.negations if self._is_cue(cue, false)]
            self.negations = list(self._without_double(cues))
        self.marks = {name: self._found(items) for name, items in book.marks.items()}

    def _found(self, items: Sequence[int]) -> list[Span]:
        """The matches of some items, the last to end last, of those that end alike the longest."""
        found = {span for item in items for span in self.stretch.all_of(item)}
        return sorted(found, key=lambda span: (span.end, -span.start))

    def _is_cue(self, span: Span, false: Sequence[Span]) -> bool:
        """`no` before a comma answers, it does not negate; nor does what is part of a no-cue."""
        if any(other.contains(span) for other in false):
            return False
        return not (_COMMA.match(self.stretch.text, span.end) and self._said(span) == "no")

    def _without_double(self, cues: Sequence[Span]) -> Iterator[Span]:
        """`cannot … without` says yes: neither of the two is a cue, nor a `without` after it."""
        denied: Span | None = None
        dropped: set[Span] = set()
        for cue in cues:
            if denied is not None and not self._reaches(denied, cue):
                denied = None
            if self._said(cue) in ("cannot", "can't"):
                denied = cue
            elif denied is not None and self._said(cue) == "without":
                dropped |= {denied, cue}
        yield from (cue for cue in cues if cue not in dropped)

    def _said(self, cue: Span) -> str:
        words = self.stretch.text[cue.start : cue.end]
        return words.lower() if words.isascii() and words.isalpha() else fold(words)

    def _reaches(self, cue: Span, position: Span) -> bool:
        """Whether nothing between a cue and what follows it ends what it says."""
        turn = self.stretch.turn_at(cue.start)
        if turn is not self.stretch.turn_at(position.start):
            return False
        blocks = _blocks(self.stretch.text, turn, cue.end, position.start)
        return all(_is_silent(turn, block) for block in blocks)

    def before(self, mention: Span, cues: Sequence[Span]) -> Span | None:
        """The nearest cue ending at most CUE_REACH words before a mention, nothing between."""
        index = bisect_right(cues, mention.start, key=_end) - 1
        if index < 0:
            return None
        cue = cues[index]
        return cue if self._is_near(cue, mention) and self._reaches(cue, mention) else None

    def _is_near(self, cue: Span, mention: Span) -> bool:
        """Whether a mention's first word is at most CUE_REACH words after a cue's last."""
        text, begin = self.stretch.text, max(cue.start, mention.start - _FAR)
        if self.unbroken or self.stretch.turn_at(cue.start).turn.gaps:
            return self._distance(cue, mention) <= CUE_REACH
        tail = _words_told(text[begin : mention.start + 1])
        if tail is not None and begin > cue.start:
            words = word_pattern().finditer(tail, max(0, tail.find(" ")))
            # One word may have begun before the cue's end, and one is the mention's own.
            if sum(1 for _ in islice(words, CUE_REACH + 2)) == CUE_REACH + 2:
                return False
            tail = _words_told(text[cue.start : mention.start + 1])
        if tail is None or not (is_letter(tail[-1]) and is_letter(tail[len(cue) - 1])):
            return self._distance(cue, mention) <= CUE_REACH
        words = word_pattern().finditer(tail, len(cue))
        begun = sum(1 for _ in islice(words, CUE_REACH + 2))
        # What goes on after the cue, as in "no-one", is still the cue's own word.
        return begun - bool(_goes_on().match(tail, len(cue))) <= CUE_REACH

    def _distance(self, cue: Span, mention: Span) -> int:
        return self.stretch.first_word(mention) - self.stretch.last_word(cue)

    def said_before(self, mention: Span, negation: Negation) -> tuple[tuple[str, ...], str]:
        """The marks that hold for a mention, and the words of the cue that negates it."""
        marks = tuple(
            name for name, found in self.marks.items() if self.before(mention, found) is not None
        )
        cue = None if negation is Negation.IGNORE else self.negation(mention)
        return marks, "" if cue is None else self.stretch.text[cue.start : cue.end]

    def negation(self, mention: Span) -> Span | None:
        """The cue nearest before a mention that negates it."""
        return self.before(mention, self.negations)


def _words_told(piece: str) -> str | None:
    """A piece as it is read if its words are told by it alone; None where notes may be."""
    return None if _BRACKET.search(piece) else read_one_to_one(piece)


def _end(span: Span) -> int:
    return span.end


def _blocks(text: str, turn: FoundInTurn, start: int, end: int) -> Iterator[Span]:
    """The signs and words within [start, end) that end the reach of a cue; raw spans."""
    reading = None if is_level(text[start : end + 1]) else turn.words.reading
    if reading is not None:
        text = reading.string
        start, end = reading.slice_of(Span(start, end))
    # One character more, so that a word that ends here is seen to end.
    for match in _blocking().finditer(text, start, end + 1):
        if match.end() <= end:
            yield reading.raw(*match.span()) if reading is not None else Span(*match.span())


def _is_silent(turn: FoundInTurn, span: Span) -> bool:
    """Whether a sign stands in a time stamp, a note or an address, where it blocks nothing."""
    if any(gap.overlaps(span) for gap in turn.turn.gaps):
        return True
    apart = (turn.words.notes, turn.words.addresses)
    return any(True for spans in apart for _ in spans.overlapping(span))
