"""Units of a transcript: sentences, paragraphs, turns, and the whole.

The borders depend on the text and the language's abbreviations only, never on a model,
so that every engine sees the same units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thematic.coding.characters import HYPHENS, REMOVED_CLASS, is_letter
from thematic.model.codebook import Unit
from thematic.model.paragraphs import paragraphs, trim
from thematic.model.patterns import expression
from thematic.model.transcript import Span, Transcript, Turn

ENDS = ".?!…\u061f\u06d4\u0964"  # signs that end a sentence before white space
ENDS_ANYWHERE = "。！？"
CLOSING = "\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u2039\u203a)]}"  # may follow them
_UNSEEN = REMOVED_CLASS
_CLOSING = re.escape(CLOSING)
_TERMINATOR = expression(
    rf"(?:([{ENDS}]+(?:[{_UNSEEN}]*[{_CLOSING}])*)[{_UNSEEN}]*(?=\s)"
    rf"|([{ENDS_ANYWHERE}]+[{_CLOSING}」』]*))[\s{_UNSEEN}]*"
)
_END_SIGN = expression(f"[{ENDS}{ENDS_ANYWHERE}]")
_LEADING_PUNCTUATION = "\"'\u2018\u201c\u00ab([{-\u2013\u2014"


def unit_spans(
    transcript: Transcript, turns: Sequence[Turn], unit: Unit, abbreviations: frozenset[str]
) -> list[tuple[Span, int]]:
    """The units of some turns, each with the number of its turn, in text order.

    Args:
        transcript: the transcript the turns belong to.
        turns: the turns that count.
        unit: which unit; TRANSCRIPT gives one span over all the turns, numbered 0.
        abbreviations: words with their full stop that do not end a sentence.
    """
    if unit is Unit.TRANSCRIPT:
        spoken = [turn for turn in turns if turn.span]
        return [(Span(spoken[0].span.start, spoken[-1].span.end), 0)] if spoken else []
    return [
        (Span(turn.span.start + span.start, turn.span.start + span.end), turn.number)
        for turn in turns
        for span in _within_turn(transcript.text, turn, unit, abbreviations)
    ]


def _within_turn(
    text: str, turn: Turn, unit: Unit, abbreviations: frozenset[str]
) -> Iterator[Span]:
    """Units of one turn, counted from its start; time stamps in it are white space."""
    words = _blanked(text, turn)
    whole = trim(words, Span(0, len(words)))
    if not whole:
        return
    if unit is Unit.TURN:
        yield whole
        return
    for paragraph in paragraphs(words, whole):
        if unit is Unit.PARAGRAPH:
            yield paragraph
        else:
            yield from sentences(words, paragraph, abbreviations)


def _blanked(text: str, turn: Turn) -> str:
    pieces: list[str] = []
    position = turn.span.start
    for gap in turn.gaps:
        pieces += (text[position : gap.start], " " * len(gap))
        position = gap.end
    return "".join((*pieces, text[position : turn.span.end]))


def sentences(text: str, paragraph: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    """Sentences of one paragraph, without the white space between them.

    A sentence ends at one or more of . ? ! … with closing quotes and brackets, before
    white space and something not lower-case; not after an abbreviation ("No." only
    before a digit) nor after a capital standing alone (not "I", not after a hyphen).
    """
    start = paragraph.start
    for match in _terminators(text, paragraph):
        after = text[match.end() : match.end() + 1] if match.end() < paragraph.end else ""
        if not after or after.islower():
            continue
        mark = match[1] or match[2]
        if mark == "." and is_abbreviated(text, start, match.start(), after, abbreviations):
            continue
        yield Span(start, match.start() + len(mark))
        start = match.end()
    yield Span(start, paragraph.end)


def _terminators(text: str, paragraph: Span) -> Iterator[re.Match[str]]:
    """What ends with the signs that may end a sentence; looking for the signs first is quick."""
    position = paragraph.start
    for sign in _END_SIGN.finditer(text, paragraph.start, paragraph.end):
        if sign.start() >= position:
            match = _TERMINATOR.match(text, sign.start(), paragraph.end)
            if match is not None:
                position = match.end()
                yield match


def is_abbreviated(
    text: str, start: int, stop: int, after: str, abbreviations: frozenset[str]
) -> bool:
    """Whether a full stop at `stop`, in what begins at `start`, ends a word and no sentence."""
    begin = stop
    while begin > start and not text[begin - 1].isspace():
        begin -= 1
    word = text[begin:stop].lstrip(_LEADING_PUNCTUATION) + "."
    if word == "No.":
        return after.isdigit()
    return word in abbreviations or _is_lone_capital(text, begin, stop)


def _is_lone_capital(text: str, begin: int, stop: int) -> bool:
    if stop == begin or not text[stop - 1].isupper() or text[stop - 1] == "I":
        return False
    before = text[stop - 2] if stop - 2 >= begin else " "
    return not is_letter(before) and before not in HYPHENS
