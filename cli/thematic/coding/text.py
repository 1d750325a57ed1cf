"""The three texts (docs/reference/matching.md): raw, reading and folded, with maps back.

This one function is shared by every engine; all positions it gives out are raw.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thematic.coding.characters import BARRIER, HYPHENS, READING, REMOVED, STRAIGHT, is_letter
from thematic.model.transcript import Span

# ASCII words with single white space between: reading changes no length.
_PLAIN = re.compile(r"[!-~]+(?:[ \n\t][!-~]+)*")
_PLAIN_TABLE = READING | {ord("\n"): " ", ord("\t"): " "}
_HYPHEN = re.compile("[" + "".join(sorted(HYPHENS)) + "] ?")


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


def reading_text(text: str, within: Span, gaps: Sequence[Span] = ()) -> MappedText:
    """The reading text of a stretch of raw text.

    NFC; soft hyphens, zero-width and direction marks removed; every white-space run one
    blank; quotes straight; each gap (time stamp) a barrier that no phrase holds.
    """
    piece = text[within.start : within.end]
    if not gaps and _PLAIN.fullmatch(piece):
        positions = range(within.start, within.end)
        return MappedText(
            piece.translate(_PLAIN_TABLE), positions, range(within.start + 1, within.end + 1)
        )
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, start, end in _reading_characters(text, within, gaps):
        if char == " " and chars and chars[-1] == " ":
            ends[-1] = end
        elif char != " " or chars:
            chars.append(char)
            starts.append(start)
            ends.append(end)
    return MappedText("".join(chars), starts, ends)


def _reading_characters(
    text: str, within: Span, gaps: Sequence[Span]
) -> Iterator[tuple[str, int, int]]:
    position = within.start
    for gap in gaps:
        yield from _composed(text, position, gap.start)
        yield BARRIER, gap.start, gap.end
        position = gap.end
    yield from _composed(text, position, within.end)


def _composed(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """NFC characters of text[start:end], each with the raw range it stands for."""
    piece = text[start:end]
    if unicodedata.is_normalized("NFC", piece):
        clusters: Iterator[tuple[str, int, int]] = (
            (char, start + i, start + i + 1) for i, char in enumerate(piece)
        )
    else:
        clusters = _clusters(piece, start)
    for cluster, begin, stop in clusters:
        for char in unicodedata.normalize("NFC", cluster):
            if char.isspace():
                yield " ", begin, stop
            elif char not in REMOVED:
                yield READING.get(ord(char), char), begin, stop


def _clusters(piece: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """The shortest pieces that can be composed one by one."""
    begin = 0
    for index in range(1, len(piece) + 1):
        if index == len(piece) or _stands_apart(piece[begin:index], piece[index]):
            yield piece[begin:index], offset + begin, offset + index
            begin = index


def _stands_apart(cluster: str, char: str) -> bool:
    if unicodedata.combining(char):
        return False
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
    if accents and (case or joined.string.isascii()):
        string = joined.string if case else joined.string.lower()
        return MappedText(string, joined.starts, joined.ends)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, start, end in zip(joined.string, joined.starts, joined.ends, strict=True):
        folded = _fold(char, case=case, accents=accents)
        chars.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))
    return MappedText("".join(chars), starts, ends)


def _fold(char: str, *, case: bool, accents: bool) -> str:
    if not accents:
        parts = unicodedata.normalize("NFD", char)
        char = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return char if case else char.casefold()


def _joints_as_blanks(reading: MappedText) -> MappedText:
    string = reading.string
    joints = [(m.start(), m.end()) for m in _HYPHEN.finditer(string) if _is_joint(string, m)]
    if not joints:
        return reading
    pieces: list[str] = []
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


def _is_joint(string: str, hyphen: re.Match[str]) -> bool:
    before, after = hyphen.start() - 1, hyphen.end()
    return (
        before >= 0
        and after < len(string)
        and is_letter(string[before])
        and is_letter(string[after])
    )


def fold(text: str, *, case: bool = False, accents: bool = True) -> str:
    """A rule's own text, folded as transcripts are; wildcards must be placeholders by now."""
    clean = unicodedata.normalize("NFC", text)
    clean = "".join(char for char in clean if char not in REMOVED).translate(STRAIGHT)
    clean = " ".join(clean.split())
    places = range(len(clean))
    return folded_text(MappedText(clean, places, places), case=case, accents=accents).string
