"""Which turns go on pages, and which are left to be coded one transcript at a time."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from thematic.coding.batch.page import Line, Page
from thematic.coding.characters import ANY_LETTERS, BARRIER, ONE_LETTER, REMOVED_CLASS
from thematic.coding.units import ENDS_ANYWHERE
from thematic.model.transcript import Turn

PAGE_SIZE = 500_000  # characters, about as many: arrays of a page should stay in the cache
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
    apart: dict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    _level: list[Line] = field(default_factory=list)
    _wide: list[Line] = field(default_factory=list)

    def add(self, number: int, text: str, turns: Sequence[Turn]) -> None:
        """Take up some turns of a transcript, by its place among the transcripts."""
        plain = text.isascii() and BARRIER not in text
        for turn in turns:
            span = turn.span
            words = text[span.start : span.end]
            if not words:
                continue
            if turn.gaps or not (plain or self._is_regular(words)):
                self.apart[number].append(turn)
            elif plain or words.isascii():
                self._level.append((number, turn, words))
            else:
                self._wide.append((number, turn, words))

    def pages(self) -> Iterator[Page]:
        """The regular turns on pages."""
        for lines in (self._level, self._wide):
            ends = list(accumulate(len(words) for _, _, words in lines))
            first = 0
            while first < len(lines):
                begun = ends[first - 1] if first else 0
                last = bisect_left(ends, begun + PAGE_SIZE, first) + 1
                yield Page(lines[first:last])
                first = last

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
