"""Turns that seem to be missing, empty, nobody's, or several in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from thematic.errors import Problem, Severity
from thematic.model.labels import key_of
from thematic.model.paragraphs import paragraphs
from thematic.model.transcript import Role, Transcript, Turn
from thematic.readers.linting.telling import Place, quoted, told
from thematic.readers.speakers.roles import names_a_role

_NUMBER = re.compile(r"[ \t]*(\d{1,5})[.)]?[ \t]")
_ENOUGH_TURNS = 8
_USUAL = 0.8  # share of turns with a number, and of numbers that count on
_LONG = 12_000  # characters; 2,000 words of English
_LONGER = 10  # times the middle turn
_ENOUGH_QUESTIONS = 4  # in one turn: a speech has some as well
_LONGEST_QUESTION = 300  # characters of a paragraph that may be a question of somebody else
_LABEL_LIKE = re.compile(r"(?m)^[ \t]*([A-Z][\w.'’ -]{0,30}):[ \t]+\S")


def missing_numbers(transcript: Transcript) -> Iterator[Problem]:
    """Numbers before the turns that do not count on."""
    named = [turn for turn in transcript.turns if turn.speaker]
    numbers = [(turn, number) for turn in named if (number := _number(transcript, turn))]
    if len(numbers) < max(_ENOUGH_TURNS, _USUAL * len(named)):
        return
    steps = [(after, before[1], after[1]) for before, after in pairwise(numbers)]
    if sum(last + 1 == number for _, last, number in steps) < _USUAL * len(steps):
        return
    places = [
        Place(transcript.line(turn.span.start), f"after turn {last} comes {number}")
        for (turn, _), last, number in steps
        if number != last + 1
    ]
    hint = "see in the source whether turns are missing here, or mend the numbers"
    yield from told(transcript.id, places, hint, Severity.WARNING)


def _number(transcript: Transcript, turn: Turn) -> int | None:
    """The number at the beginning of the line on which a turn's words begin."""
    start = transcript.text.rfind("\n", 0, turn.span.start) + 1
    found = _NUMBER.match(transcript.text, start, turn.span.start)
    return int(found[1]) if found else None


def empty_turns(transcript: Transcript) -> Iterator[Problem]:
    """Labels without words, above all between two questions."""
    unanswered: list[Place] = []
    empty: list[Place] = []
    around = [None, *transcript.turns, None]
    for before, turn, after in zip(around, transcript.turns, around[2:], strict=False):
        if not turn.speaker or len(turn.span) or turn.role is Role.OTHER:
            continue  # a break has no words
        place = Place(transcript.line(turn.span.start), f"{quoted(turn.speaker)} has no words here")
        asks = all(one is not None and one.role is Role.INTERVIEWER for one in (before, after))
        (unanswered if asks and turn.role is not Role.INTERVIEWER else empty).append(place)
    unanswered = [Place(one.line, f"{one.message}, between two questions") for one in unanswered]
    hint = "see in the source whether an answer is missing"
    yield from told(transcript.id, unanswered, hint, Severity.WARNING)
    yield from told(transcript.id, empty, "see whether words are missing, or remove the label")


def long_turns(transcript: Transcript) -> Iterator[Problem]:
    """Turns far longer than the others in which somebody else seems to speak."""
    turns = [turn for turn in transcript.turns if len(turn.span)]
    if not transcript.has_speakers or len(turns) < _ENOUGH_TURNS:
        return
    least = max(_LONG, _LONGER * median(len(turn.span) for turn in turns))
    places = []
    for turn in turns:
        if len(turn.span) >= least and (signs := _signs_of_another(transcript, turn)):
            message = f"this turn of {quoted(turn.speaker)} has {len(turn.span):,} characters, "
            places.append(Place(transcript.line(turn.span.start), message + signs))
    yield from told(transcript.id, places, "see whether a label was missed; `thematic show` tells")


def _signs_of_another(transcript: Transcript, turn: Turn) -> str:
    """What in a turn looks as if another speaker began: labels, or paragraphs that ask."""
    known = {key_of(one.speaker) for one in transcript.turns} - {key_of(turn.speaker)}
    words = transcript.text[turn.span.start : turn.span.end]
    for found in _LABEL_LIKE.finditer(words):
        if key_of(found[1]) in known or names_a_role(found[1]):
            line = transcript.line(turn.span.start + found.start(1))
            return f"and line {line} may begin another: {quoted(found[0])}"
    asking = [
        transcript.line(part.start)
        for part in paragraphs(transcript.text, turn.span)
        if part.start > turn.span.start and _asks(transcript.text[part.start : part.end])
    ]
    if len(asking) < _ENOUGH_QUESTIONS:
        return ""
    return f"and {len(asking)} paragraphs that ask, the first in line {asking[0]}"


def _asks(said: str) -> bool:
    short = len(said) <= _LONGEST_QUESTION
    return short and said.rstrip('"”’)').endswith(("?", "？", "؟"))


def turns_of_nobody(transcript: Transcript) -> Iterator[Problem]:
    """More turns without a label than with one."""
    turns = [turn for turn in transcript.turns if len(turn.span)]
    nameless = [turn for turn in turns if not turn.speaker]
    if transcript.has_speakers and len(turns) >= _ENOUGH_TURNS and 2 * len(nameless) > len(turns):
        line = transcript.line(nameless[0].span.start)
        message = f"{len(nameless)} of {len(turns)} turns name nobody, so their words count"
        hint = "fill in the speakers, or name the column that holds them: --column speaker=NAME"
        yield Problem(transcript.id, line, message, hint, Severity.WARNING)
