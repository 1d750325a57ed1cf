"""Transcripts from JSON and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from thematic.errors import Problem
from thematic.model.transcript import Transcript
from thematic.readers.formats.speech import own, results, services
from thematic.readers.formats.speech.fields import Entry, text
from thematic.readers.formats.speech.segments import (
    SEGMENTS,
    SHAPES,
    TURNS,
    Spoken,
    is_words,
    spoken_in,
    words_in,
    words_of,
)
from thematic.readers.options import ReadOptions
from thematic.readers.problems import few
from thematic.readers.speakers.building import Said, build_cues, build_turns

Read = tuple[Transcript | None, list[Problem]]

_SERVICES: tuple[Callable[[Entry], services.Cues], ...] = (
    *(services.whisper_cpp, services.aws, services.deepgram, services.rev, services.azure),
    *(services.youtube, services.elevenlabs),
    *(results.watson, results.speechmatics, results.google),
)
# Keys under which programs put the whole of what they answer.
_WRAPPERS = (
    *("response", "result", "results", "output", "data", "transcript", "transcription", "speech"),
    *("prediction", "body"),
)
_DEEPEST = 4  # wrappers in one another
_WHOLE = ("text", "transcript", "display")


def read_json(written: str, options: ReadOptions) -> Read:
    """A transcript from JSON; segments with times are cues, other entries turns."""
    try:
        data = json.loads(written)
    except json.JSONDecodeError as error:
        if _is_lines(written):
            return read_json_lines(written, options)
        message = f"no valid JSON: {error.msg}"
        return None, [Problem("", error.lineno, message, "save the file again as JSON")]
    except (ValueError, RecursionError) as error:
        return None, [Problem("", 0, f"no JSON that can be read: {error}", SHAPES)]
    return _transcript(data, options, [])


def read_json_lines(written: str, options: ReadOptions) -> Read:
    """A transcript from JSON Lines: one segment or turn a line; broken lines are left out."""
    problems: list[Problem] = []
    found: list[Any] = []
    for number, line in enumerate(written.split("\n"), start=1):
        try:
            found += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError):
            message = "this line is no valid JSON and is left out"
            problems.append(Problem("", number, message, "write one object on each line"))
    return _transcript(found[0] if len(found) == 1 else found, options, problems)


def _is_lines(written: str) -> bool:
    """Whether each of the first two lines is JSON."""
    lines = [line for line in written.split("\n", 50)[:50] if line.strip()][:2]
    try:
        return len(lines) == 2 and all(isinstance(json.loads(one), dict | list) for one in lines)
    except (ValueError, RecursionError):
        return False


def _transcript(data: Any, options: ReadOptions, problems: list[Problem]) -> Read:
    told: list[Problem] = []
    spoken = own.spoken(data) if own.is_own(data) else _find(data, told, 0)
    problems += told
    if not spoken:
        hint = "" if any(problem.hint == SHAPES for problem in problems) else SHAPES
        problems.append(Problem("", 0, f"this JSON holds {_lack(data)}", hint))
        return None, few(problems)
    if isinstance(spoken[0], Said):
        said = [one for one in spoken if isinstance(one, Said)]
        written, turns = build_turns(said, options.speakers, problems)
    else:
        cues = [one for one in spoken if not isinstance(one, Said)]
        written, turns = build_cues(cues, options.speakers, problems)
    attributes = own.attributes(data) if own.is_own(data) else {}
    return Transcript("", written, turns, "json", attributes), few(problems)


def _lack(data: Any) -> str:
    """What JSON without words lacks."""
    if data == [] or (isinstance(data, dict) and data.get("segments") == []):
        return "no segments"
    listed = isinstance(data, list) or any(
        isinstance(data, dict) and isinstance(data.get(name), list) for name in (*SEGMENTS, *TURNS)
    )
    return "no words" if listed else "neither segments nor a list of turns"


def _find(data: Any, problems: list[Problem], depth: int) -> Spoken:
    """What is said in some JSON; an empty list where no shape fits."""
    if isinstance(data, list):
        return _find_in_list(data, problems, depth)
    if not isinstance(data, dict) or depth > _DEEPEST:
        return []
    for shape in _SERVICES:
        cues = shape(data)
        if cues and any(cue.words.strip() for cue in cues):
            return [*cues]
    for name in (*SEGMENTS, *TURNS):
        found = _listed(data.get(name), name in SEGMENTS, problems)
        if found:
            return found
    words = data.get("words")
    if isinstance(words, list) and is_words(words):
        return [*words_of(words)]
    return _find_inside(data, problems, depth)


def _find_in_list(data: list[Any], problems: list[Problem], depth: int) -> Spoken:
    """A list of turns, segments or words; or of one object that holds such a list."""
    if len(data) == 1 and isinstance(data[0], dict):
        found = _find(data[0], [], depth + 1)
        if len(found) > 1 or (found and words_in(data[0]) is None):
            return found
    return [*words_of(data)] if is_words(data) else _listed(data, False, problems)


def _listed(given: object, are_segments: bool, problems: list[Problem]) -> Spoken:
    """What the entries of a list say; its problems only where something is said."""
    if not isinstance(given, list):
        return []
    told: list[Problem] = []
    found = spoken_in(given, are_segments, told)
    if any(one.words.strip() for one in found):
        problems += told
        return found
    if not problems:
        problems += told
    return []


def _find_inside(data: Entry, problems: list[Problem], depth: int) -> Spoken:
    for name in _WRAPPERS:
        if isinstance(data.get(name), dict | list):
            found = _find(data[name], problems, depth + 1)
            if found:
                return found
    whole = next((text(data.get(name)) for name in _WHOLE if text(data.get(name)).strip()), "")
    return [Said("", whole)] if whole else []
