"""The three texts (docs/reference/matching.md): raw, reading and folded, with maps back.

This one function is shared by every engine; all positions it gives out are raw.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from thematic.coding.characters import (
    ANY_LETTERS,
    BARRIER,
    HYPHENS,
    ONE_LETTER,
    READING,
    REMOVED,
    REMOVED_CLASS,
    STRAIGHT,
    is_letter,
)
from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.transcript import Span

_HYPHEN = expression("[" + "".join(sorted(HYPHENS)) + "] ?")
# White space that is more than one blank, and what is removed; the rest is one to one.
_GONE = REMOVED_CLASS
_ASCII_IRREGULAR = expression(r"\s{2,}|[^\S ]")
_IRREGULAR = expression(rf"[\s{_GONE}]{{2,}}|[^\S ]|[{_GONE}]")

# The rest is one to one: white space, quotes, and what must not act as a barrier or wildcard.
_BLANKS = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_BLANKS += "".join(map(chr, range(0x2000, 0x200B)))
_ONE_TO_ONE = [(blank, " ") for blank in _BLANKS]
_ONE_TO_ONE += [(chr(sign), straight) for sign, straight in STRAIGHT.items()]
_ASCII_READING = {ord(sign): read for sign, read in _ONE_TO_ONE if sign.isascii()}
_ASCII_READING[ord(BARRIER)] = "\ufffd"
_NEVER_LEVEL = expression(f"[{_GONE}{BARRIER}{ANY_LETTERS}{ONE_LETTER}\ud800-\udfff]")
_PLAIN_RULE = expression(f"[\x00-\x7f{ANY_LETTERS}{ONE_LETTER}]*")
_PLAIN_LETTER = f"[A-Za-z0-9{ANY_LETTERS}{ONE_LETTER}]"
_PLAIN_JOINT = expression(f"(?<={_PLAIN_LETTER})- ?(?={_PLAIN_LETTER})")
_BEYOND_ASCII = expression(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text made from raw text; character i stands for raw [starts[i], ends[i])."""

    string: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw(self, start: int, end: int) -> Span:
        """The raw span of the characters [start, end); end > start."""
        return Span(self.starts[start], self.ends[end - 1])

    def slice_of(self, raw: Span) -> tuple[int, int]:
        """The characters that stand for raw text within a span, as [start, end)."""
        return bisect_left(self.starts, raw.start), bisect_left(self.starts, raw.end)


class _Builder:
    """A mapped text in the making, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts = array("q")
        self.ends = array("q")

    def keep(self, text: str, start: int) -> None:
        """Characters that stand for themselves."""
        self.pieces.append(text)
        self.starts.extend(range(start, start + len(text)))
        self.ends.extend(range(start + 1, start + len(text) + 1))

    def put(self, text: str, start: int, end: int) -> None:
        """Characters that stand together for raw [start, end)."""
        self.pieces.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))

    def blank(self, start: int, end: int) -> None:
        """One blank for white space; none at the beginning, and one for a run."""
        if self.pieces and self.pieces[-1] == " ":
            self.ends[-1] = end
        elif self.pieces:
            self.put(" ", start, end)

    def stretch(self, end: int) -> None:
        """Let what is dropped belong to the character before it."""
        if self.pieces:
            self.ends[-1] = end

    def built(self) -> MappedText:
        return MappedText("".join(self.pieces), self.starts, self.ends)


def reading_text(text: str, within: Span, gaps: Sequence[Span] = ()) -> MappedText:
    """The reading text of a stretch of raw text.

    NFC; soft hyphens, zero-width and direction marks removed; every white-space run one
    blank; quotes straight; each gap (time stamp) a barrier that no phrase holds.
    """
    if not gaps and (level := _read_level(text[within.start : within.end])) is not None:
        starts = range(within.start, within.end)
        return MappedText(level, starts, range(within.start + 1, within.end + 1))
    builder = _Builder()
    position = within.start
    for gap in gaps:
        _read(text[position : gap.start], position, builder)
        builder.put(BARRIER, gap.start, gap.end)
        position = gap.end
    _read(text[position : within.end], position, builder)
    return builder.built()


def is_level(piece: str) -> bool:
    """Whether nothing in a piece is composed or removed: signs and words stand as they are."""
    if piece.isascii():
        return BARRIER not in piece
    return unicodedata.is_normalized("NFC", piece) and not _NEVER_LEVEL.search(piece)


def read_one_to_one(piece: str) -> str | None:
    """A level piece as it is read, but with every blank of a run; None where it is not level."""
    if not is_level(piece):
        return None
    if piece.isascii():
        return piece.translate(_ASCII_READING)
    for sign, read in _ONE_TO_ONE:
        if sign in piece:
            piece = piece.replace(sign, read)
    return piece


def _read_level(piece: str) -> str | None:
    """The reading text of a piece in which it is one to one with the raw text; None elsewhere."""
    level = read_one_to_one(piece)
    return None if level is None or "  " in level or level.startswith(" ") else level


def _read(piece: str, offset: int, builder: _Builder) -> None:
    """Add the reading text of one piece that holds no gap."""
    composed = unicodedata.is_normalized("NFC", piece)
    position = 0
    irregular = _ASCII_IRREGULAR if piece.isascii() else _IRREGULAR
    for match in irregular.finditer(piece):
        _add(piece, position, match.start(), offset, builder, composed=composed)
        if not REMOVED.issuperset(match.group()):
            builder.blank(offset + match.start(), offset + match.end())
        position = match.end()
    _add(piece, position, len(piece), offset, builder, composed=composed)


def _add(
    piece: str, start: int, end: int, offset: int, builder: _Builder, *, composed: bool
) -> None:
    stretch = piece[start:end]
    if not stretch:
        return
    if composed:
        builder.keep(stretch.translate(READING), offset + start)
        return
    position = 0
    for first, last in composing(stretch, 0, len(stretch)):
        builder.keep(stretch[position:first].translate(READING), offset + start + position)
        for cluster, begin, stop in clusters(stretch[first:last], offset + start + first):
            normal = unicodedata.normalize("NFC", cluster).translate(READING)
            builder.put(normal, begin, stop)
        position = last
    builder.keep(stretch[position:].translate(READING), offset + start + position)


def composing(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where characters of a stretch may compose: runs beyond ASCII, each with the one before it.

    No ASCII character composes with one before it, so the others stand for themselves.
    """
    for found in _BEYOND_ASCII.finditer(text, start, end):
        yield max(start, found.start() - 1), found.end()


def clusters(piece: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """The shortest pieces that can be composed one by one, and where they begin and end."""
    begin = 0
    for index in range(1, len(piece) + 1):
        if index == len(piece) or _stands_apart(piece, begin, index):
            yield piece[begin:index], offset + begin, offset + index
            begin = index


def _stands_apart(piece: str, begin: int, index: int) -> bool:
    """Whether a character is apart from the cluster before it, which begins at a place."""
    char = piece[index]
    if unicodedata.combining(char) and is_letter(piece[index - 1]):
        return False  # behind a blank or a dash a mark is part of the word that follows
    cluster = piece[begin:index]
    normal = unicodedata.normalize
    return normal("NFC", cluster + char) == normal("NFC", cluster) + normal("NFC", char)


def folded_text(reading: MappedText, *, case: bool = False, accents: bool = True) -> MappedText:
    """The text that phrases are matched on: every joint one blank, case folded by character.

    Args:
        reading: a reading text.
        case: keep upper and lower case (for rules with `case: true`).
        accents: keep combining marks; False drops them.
    """
    joined = _joints_as_blanks(reading)
    if accents:
        string = joined.string if case else joined.string.casefold()
        # Folding never makes a text shorter, so an equal length means one to one.
        if len(string) == len(joined.string):
            return MappedText(string, joined.starts, joined.ends)
    builder = _Builder()
    for char, start, end in zip(joined.string, joined.starts, joined.ends, strict=True):
        folded = _fold(char, case=case, accents=accents)
        if folded == " ":
            builder.blank(start, end)
        elif folded:
            builder.put(folded, start, end)
        else:
            builder.stretch(end)
    return builder.built()


def _fold(char: str, *, case: bool, accents: bool) -> str:
    """One folded character; an empty text for a combining mark that is dropped."""
    if not accents:
        parts = unicodedata.normalize("NFD", char)
        bare = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
        char = unicodedata.normalize("NFC", bare)
    return char if case else char.casefold()


def _joints_as_blanks(reading: MappedText) -> MappedText:
    string = reading.string
    joints = [(m.start(), m.end()) for m in _HYPHEN.finditer(string) if is_joint(string, m)]
    if not joints:
        return reading
    if all(end - begin == 1 for begin, end in joints):  # one to one
        pieces = []
        position = 0
        for begin, end in joints:
            pieces += [string[position:begin], " "]
            position = end
        return MappedText("".join((*pieces, string[position:])), reading.starts, reading.ends)
    pieces = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for begin, end in joints:
        pieces += [string[position:begin], " "]
        starts += [*reading.starts[position:begin], reading.starts[begin]]
        ends += [*reading.ends[position:begin], reading.ends[end - 1]]
        position = end
    pieces.append(string[position:])
    starts += reading.starts[position:]
    ends += reading.ends[position:]
    return MappedText("".join(pieces), starts, ends)


def is_joint(string: str, hyphen: re.Match[str]) -> bool:
    """Whether a hyphen, with a blank after it or without, stands between two letters."""
    before, after = hyphen.start() - 1, hyphen.end()
    return (
        before >= 0
        and after < len(string)
        and is_letter(string[before])
        and is_letter(string[after])
    )


def plain(text: str) -> str:
    """A rule's own text, composed and with straight quotes as reading texts are."""
    clean = unicodedata.normalize("NFC", text)
    return "".join(char for char in clean if char not in REMOVED).translate(STRAIGHT)


def fold(text: str, *, case: bool = False, accents: bool = True) -> str:
    """A rule's own text, folded as transcripts are; wildcards must be placeholders by now."""
    if _PLAIN_RULE.fullmatch(text):
        return _fold_plain(text, case=case)
    return _fold_mapped(text, case=case, accents=accents)


def _fold_plain(text: str, *, case: bool) -> str:
    """The same for ASCII and wildcards, without a map: codebooks hold thousands of such texts."""
    clean = " ".join(text.replace("`", "'").split())
    if "-" in clean:
        clean = _PLAIN_JOINT.sub(" ", clean)
    return clean if case else clean.casefold()


def _fold_mapped(text: str, *, case: bool, accents: bool) -> str:
    clean = " ".join(plain(text).split())
    places = range(len(clean))
    return folded_text(MappedText(clean, places, places), case=case, accents=accents).string
