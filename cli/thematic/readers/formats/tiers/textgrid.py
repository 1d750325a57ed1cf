"""Praat's TextGrid files, in the long and the short text format.

Praat itself reads only what stands free in such a file: numbers, texts in double quotes
and flags in `<>`; all else (`xmin =`, `intervals [1]:`, comments behind `!`) explains them
to people. So one reader of these three reads both formats, as Praat's manual says.

Weighed: praatio 6.2 goes by the explanations, so it refuses a whole file for words such as
`see item [3]` in a label, times such as 1.2e-05 or a comment, and drops the last piece of
a file that is cut off. It is a good tool for people who change such files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thematic.errors import Problem, Severity
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.formats.documents.blocks import clean
from thematic.readers.formats.tiers.talk import Piece, Tier, left_out, speaker_of, transcript_of
from thematic.readers.options import ReadOptions

_TOKEN = re.compile(
    r"(?<!\S)(?:"
    r'"(?P<text>(?:[^"]|"")*+)(?:"|(?P<open>\Z))'
    r"|(?P<number>[-+]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][-+]?\d{1,4})?)(?=\s|\Z)"
    r"|<(?P<flag>[^<>\s]{1,40})>(?=\s|\Z)"
    r"|(?P<comment>![^\n]*)"
    r")"
)
_INTERVALS, _POINTS = "IntervalTier", "TextTier"
_SILENCE = re.compile(
    r"|[#_*-]|sil|sp|spn|silence|silent|sounding|pause|[<\[](?:sil|silence|pause|p:?|nib|usb|eps)[>\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A text (`is_text`) or a number; `is_cut` is a text that the end of the file cuts off."""

    value: str
    position: int
    is_text: bool
    is_cut: bool = False


class _CutOff(Exception):
    """The file ends, or goes on otherwise, where more should stand."""

    def __init__(self, position: int) -> None:
        super().__init__()
        self.position = position


class _Tokens:
    """The tokens of a file, taken one by one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = _tokens(text)
        self._counted = (0, 1)  # a position, and its line
        self.cut: int | None = None  # where the file ends in the middle of a text

    def text(self) -> _Token:
        """The next token, which must be a text."""
        return self._next(True)

    def number(self) -> float:
        """The next token, which must be a number."""
        return float(self._next(False).value)

    def line(self, position: int) -> int:
        """1-based number of the line at a position that is none before the last asked for."""
        start, line = self._counted
        self._counted = position, line + self._text.count("\n", start, position)
        return self._counted[1]

    def _next(self, is_text: bool) -> _Token:
        token = next(self._found, None)
        if token is None or token.is_text != is_text:
            raise _CutOff(len(self._text) if token is None else token.position)
        if token.is_cut:
            self.cut = token.position
        return token


def read_textgrid(text: str, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from Praat: interval tiers are speakers, merged by time.

    Point tiers are left out with a note; so are empty pieces and those that say silence,
    such as `<SIL>`, without one.
    """
    if "ooTextFile" not in text[:200] or '"TextGrid"' not in text[:400]:
        message = "this is no TextGrid: it does not begin as Praat writes it"
        return None, [Problem("", 1, message, "choose Save as text file in Praat")]
    problems: list[Problem] = []
    points: list[Tier] = []
    tiers: list[Tier] = []
    _read_tiers(_Tokens(text), tiers, points, problems)
    if points:
        problems.append(left_out(points, "that mark points in time"))
    return transcript_of(tiers, "textgrid", options.speakers, problems), problems


def _tokens(text: str) -> Iterator[_Token]:
    """All that stands free; a flag is no value of a tier and left out."""
    for found in _TOKEN.finditer(text):
        if found["text"] is not None:
            value = found["text"].replace('""', '"')
            yield _Token(value, found.start(), True, found["open"] is not None)
        elif found["number"] is not None:
            yield _Token(found["number"], found.start(), False)


def _read_tiers(
    tokens: _Tokens, tiers: list[Tier], points: list[Tier], problems: list[Problem]
) -> None:
    """Fill the two lists; a file that is cut off is read up to there, with a Problem."""
    try:
        tokens.text(), tokens.text()  # ooTextFile, TextGrid
        tokens.number(), tokens.number()  # begin and end of the recording
        for _ in range(int(min(tokens.number(), 1e6))):
            _read_tier(tokens, tiers, points)
        cut = tokens.cut
    except _CutOff as end:
        cut = end.position
    if cut is not None:
        message = "the file breaks off or is damaged here; read up to this line"
        hint = "open it in Praat and save it again"
        problems.append(Problem("", tokens.line(cut), message, hint, Severity.ERROR))


def _read_tier(tokens: _Tokens, tiers: list[Tier], points: list[Tier]) -> None:
    kind, name = tokens.text(), tokens.text()
    tier = Tier(clean(name.value), line=tokens.line(name.position))
    tier.speaker = speaker_of(tier.name)
    if kind.value not in (_INTERVALS, _POINTS):
        raise _CutOff(kind.position)
    (tiers if kind.value == _INTERVALS else points).append(tier)
    tokens.number(), tokens.number()  # begin and end of the tier
    for _ in range(int(min(tokens.number(), 1e9))):
        begin = tokens.number()
        end = tokens.number() if kind.value == _INTERVALS else begin
        words = clean(tokens.text().value).strip()
        if not _SILENCE.fullmatch(words):
            tier.pieces.append(Piece(_seconds(begin), _seconds(end), words))


def _seconds(value: float) -> float | None:
    return max(round(value, 3), 0.0) if value < 1e9 else None
