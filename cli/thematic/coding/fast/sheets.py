"""Whole transcripts as strings to search: the texts of `coding/text.py`, with lighter maps.

Almost every turn of almost every transcript is regular: its reading and folded texts differ
from the raw text by single characters and by runs that become one blank. Such turns of a
transcript share one sheet, in which everything else is barriers. The other turns go through
`reading_text` and `folded_text` themselves and have sheets of their own. That both ways give
the same texts is held by `tests/test_coding_fast.py`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from thematic.coding.characters import (
    ANY_LETTERS,
    BARRIER,
    HYPHENS,
    ONE_LETTER,
    REMOVED,
    REMOVED_CLASS,
    STRAIGHT,
)
from thematic.coding.text import MappedText, folded_text, is_joint, reading_text
from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.transcript import Transcript, Turn

_GONE = REMOVED_CLASS
_BLANKS = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_BLANKS += "".join(map(chr, range(0x2000, 0x200B)))
_RUNS = expression(rf"[ {_GONE}]{{2,}}|[{_GONE}]")
_ASCII_RUNS = expression(" {2,}")
_RESERVED = expression(f"[{ANY_LETTERS}{ONE_LETTER}\ud800-\udfff]")
_HYPHEN = expression("[" + "".join(sorted(HYPHENS)) + "] ?")
_ASCII_JOINT = expression(r"-(?<=[A-Za-z0-9]-)(?=[A-Za-z0-9])")
_ASCII_WIDE_JOINT = expression(r"-(?<=[A-Za-z0-9]-) (?=[A-Za-z0-9])")
_ASCII_READING = {ord(blank): " " for blank in _BLANKS if blank.isascii()} | {ord("`"): "'"}
_OTHER_SIGNS = {chr(sign): straight for sign, straight in STRAIGHT.items()}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A string to search; it runs beside the raw text but for some runs that became shorter.

    Stretch k begins at string[begins[k]], which is the raw character raws[k].
    """

    string: str
    begins: Sequence[int] = (0,)
    raws: Sequence[int] = (0,)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw range of [start, end), which neither begins nor ends with a blank."""
        if len(self.begins) == 1:
            shift = self.raws[0]
            return start + shift, end + shift
        return self._raw(start), self._raw(end - 1) + 1

    def _raw(self, place: int) -> int:
        index = bisect_right(self.begins, place) - 1
        return place - self.begins[index] + self.raws[index]

    def place(self, raw: int) -> int:
        """The place of the first character that stands for raw text from `raw` on."""
        index = bisect_right(self.raws, raw) - 1
        if index < 0:
            return 0
        found = self.begins[index] + raw - self.raws[index]
        following = self.begins[index + 1] if index + 1 < len(self.begins) else len(self.string)
        return min(found, following)


@dataclass(frozen=True)
class MappedSheet:
    """The same for one odd turn, by the maps of `coding/text.py`."""

    mapped: MappedText

    @property
    def string(self) -> str:
        """The string to search."""
        return self.mapped.string

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw range of [start, end)."""
        return self.mapped.starts[start], self.mapped.ends[end - 1]

    def place(self, raw: int) -> int:
        """The place of the first character that stands for raw text from `raw` on."""
        from bisect import bisect_left

        return bisect_left(self.mapped.starts, raw)


AnySheet = Sheet | MappedSheet


@dataclass
class Sheets:
    """The texts of some turns of one transcript, each made when first asked for."""

    transcript: Transcript
    turns: Sequence[Turn]
    accents: bool = True
    odd: frozenset[int] = frozenset()  # numbers of the odd turns, once `reading` is made

    @cached_property
    def reading(self) -> list[AnySheet]:
        """The reading texts: regular turns together, then each odd turn by itself."""
        masked, odd = self._masked()
        self.odd = frozenset(turn.number for turn in odd)
        together: list[AnySheet] = [_read(masked)] if masked.strip(BARRIER) else []
        text = self.transcript.text
        return together + [MappedSheet(reading_text(text, t.span, t.gaps)) for t in odd]

    @cached_property
    def folded(self) -> list[AnySheet]:
        """The folded texts, sheet by sheet as the reading texts."""
        return [self._fold(sheet, case=False) for sheet in self.reading]

    @cached_property
    def cased(self) -> list[AnySheet]:
        """The same with upper and lower case kept."""
        return [self._fold(sheet, case=True) for sheet in self.reading]

    def _fold(self, sheet: AnySheet, *, case: bool) -> AnySheet:
        if isinstance(sheet, MappedSheet):
            return MappedSheet(folded_text(sheet.mapped, case=case, accents=self.accents))
        return _folded(sheet, case=case)

    def _masked(self) -> tuple[str, list[Turn]]:
        """The raw text with barriers for all that is no regular turn; and the odd turns."""
        text = self.transcript.text
        pieces: list[str] = []
        odd: list[Turn] = []
        position = 0
        plain = text.isascii() and BARRIER not in text and self.accents
        for turn in self.turns:
            start, end = turn.span.start, turn.span.end
            if start == end:
                continue
            touches = start == position and start > 0
            if touches or not (plain or self._is_regular(text[start:end])):
                odd.append(turn)
                continue
            pieces.append(BARRIER * (start - position))
            for gap in turn.gaps:
                pieces += [text[start : gap.start], BARRIER * (gap.end - gap.start)]
                start = gap.end
            pieces.append(text[start:end])
            position = end
        return "".join(pieces), odd

    def _is_regular(self, words: str) -> bool:
        """Whether folding changes single characters and runs of blanks only."""
        if not self.accents or BARRIER in words:
            return False
        if words.isascii():
            return True
        return (
            not {words[0], words[-1]} & REMOVED  # a blank within them would be a turn's first
            and unicodedata.is_normalized("NFC", words)
            and len(words.casefold()) == len(words)
            and not _RESERVED.search(words)
        )


def _read(masked: str) -> Sheet:
    """The reading text of masked raw text."""
    if masked.isascii():
        string = masked.translate(_ASCII_READING)
        return _collapsed(string, _ASCII_RUNS) if "  " in string else Sheet(string)
    string = masked
    for blank in _BLANKS:
        if blank in string:
            string = string.replace(blank, " ")
    for sign, straight in _OTHER_SIGNS.items():
        if sign in string:
            string = string.replace(sign, straight)
    return _collapsed(string, _RUNS)


def _collapsed(string: str, runs: re.Pattern[str]) -> Sheet:
    """Each run as one blank, or as nothing where no blank is in it."""
    pieces: list[str] = []
    begins, raws = [0], [0]
    position = length = 0
    for run in runs.finditer(string):
        piece = string[position : run.start()] + (" " if " " in run.group() else "")
        pieces.append(piece)
        length += len(piece)
        position = run.end()
        begins.append(length)
        raws.append(position)
    pieces.append(string[position:])
    return Sheet("".join(pieces), begins, raws)


def _folded(sheet: Sheet, *, case: bool) -> Sheet:
    """The folded text: every joint one blank, and small letters unless `case`."""
    string = sheet.string
    if string.isascii():
        wide = "- " in string and _ASCII_WIDE_JOINT.search(string)
        joined = sheet if not wide else _with_wide_joints(sheet)
        string = _ASCII_JOINT.sub(" ", joined.string) if "-" in joined.string else joined.string
        return Sheet(string if case else string.lower(), joined.begins, joined.raws)
    joined = _with_wide_joints(sheet)
    string = "".join(_with_joints(joined.string))
    return Sheet(string if case else string.casefold(), joined.begins, joined.raws)


def _with_joints(string: str) -> Iterator[str]:
    """The string in pieces, with a blank for each hyphen between two letters."""
    position = 0
    for hyphen in _HYPHEN.finditer(string):
        if hyphen.end() - hyphen.start() == 1 and is_joint(string, hyphen):
            yield string[position : hyphen.start()] + " "
            position = hyphen.end()
    yield string[position:]


def _with_wide_joints(sheet: Sheet) -> Sheet:
    """The hyphen of each joint "- " taken out, so that its blank remains."""
    string = sheet.string
    joints = [
        found.start()
        for found in _HYPHEN.finditer(string)
        if found.end() - found.start() == 2 and is_joint(string, found)
    ]
    if not joints:
        return sheet
    pieces: list[str] = []
    places = sorted({*sheet.begins, *(joint + 1 for joint in joints)})
    dropped = position = 0
    begins, raws = [], []
    for place in places:
        while dropped < len(joints) and joints[dropped] < place:
            pieces.append(string[position : joints[dropped]])
            position = joints[dropped] + 1
            dropped += 1
        begins.append(place - dropped)
        raws.append(sheet._raw(place))
    pieces.append(string[position:])
    return Sheet("".join(pieces), begins, raws)
