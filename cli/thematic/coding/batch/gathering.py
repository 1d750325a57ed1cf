"""Which turns go on pages, and which are left to be coded one transcript at a time."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from thematic.coding.batch.page import Line, Page
from thematic.coding.characters import ANY_LETTERS, BARRIER, ONE_LETTER, REMOVED_CLASS
from thematic.coding.units import ENDS_ANYWHERE
from thematic.model.transcript import Transcript, Turn

PAGE_SIZE = 1_000_000  # characters, about as many
_ODD = re.compile(
    f"[{BARRIER}{ANY_LETTERS}{ONE_LETTER}{REMOVED_CLASS}{ENDS_ANYWHERE}\ud800-\udfff]"
)


@dataclass
class Gathered:
    """The turns that count of some transcripts.

    Args:
        accents: whether folding keeps accents.
    """

    accents: bool
    turns: list[list[Turn]] = field(default_factory=list)  # of each transcript
    apart: dict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    _level: list[Line] = field(default_factory=list)
    _wide: list[Line] = field(default_factory=list)

    def add(self, transcript: Transcript, turns: Sequence[Turn]) -> None:
        """Take up the turns of one more transcript."""
        number, text = len(self.turns), transcript.text
        spoken = [turn for turn in turns if turn.span]
        self.turns.append(spoken)
        for turn in spoken:
            words = text[turn.span.start : turn.span.end]
            if turn.gaps or not self._is_regular(words):
                self.apart[number].append(turn)
            elif words.isascii():
                self._level.append(Line(number, turn, words))
            else:
                self._wide.append(Line(number, turn, words))

    def pages(self, is_apart: Callable[[int], bool]) -> Iterator[Page]:
        """The regular turns on pages, but for transcripts that are left apart as a whole."""
        for lines in (self._level, self._wide):
            held: list[Line] = []
            size = 0
            for line in lines:
                if is_apart(line.transcript):
                    continue
                held.append(line)
                size += len(line.words)
                if size >= PAGE_SIZE:
                    yield Page(held)
                    held, size = [], 0
            if held:
                yield Page(held)

    def _is_regular(self, words: str) -> bool:
        """Whether folding changes single characters and runs of blanks only, one to one."""
        if words.isascii():
            return BARRIER not in words
        return (
            self.accents
            and not _ODD.search(words)
            and unicodedata.is_normalized("NFC", words)
            and len(words.casefold()) == len(words)
        )
