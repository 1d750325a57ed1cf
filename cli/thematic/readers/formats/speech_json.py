"""JSON: Whisper and WhisperX segments, and plain lists of turns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.building import (
    Said,
    TimedWords,
    build_cues,
    build_turns,
    clean_label,
)
from thematic.readers.speakers.stamps import seconds_from_cell

_SHAPES = (
    'read are {"segments": [{"start", "end", "text", "speaker"}]}, a list of such segments, '
    'a list of {"speaker", "text", "time"} and a list of [speaker, text]'
)
_TEXT, _SPEAKER, _TIME = (
    ("text", "words", "utterance", "content"),
    ("speaker", "name"),
    ("time", "start"),
)

Read = tuple[Transcript | None, list[Problem]]


def read_json(text: str, options: ReadOptions) -> Read:
    """A transcript from JSON; segments with start and end are cues, other entries turns."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"no valid JSON: {error.msg}"
        return None, [Problem("", error.lineno, message, "save the file again as JSON")]
    except (ValueError, RecursionError) as error:
        return None, [Problem("", 0, f"no JSON that can be read: {error}", _SHAPES)]
    entries = data.get("segments") if isinstance(data, dict) else data
    if not isinstance(entries, list) or not entries:
        what = "no segments" if entries == [] else "neither segments nor a list of turns"
        return None, [Problem("", 0, f"this JSON holds {what}", _SHAPES)]
    problems: list[Problem] = []
    if isinstance(data, dict) or all(_is_segment(one) for one in entries):
        built, turns = build_cues(_cues(entries, problems), options.speakers)
    else:
        built, turns = build_turns(_turns(entries, problems), options.speakers)
    if not turns:
        told = any(problem.hint == _SHAPES for problem in problems)
        problems.append(Problem("", 0, "this JSON holds no words", "" if told else _SHAPES))
        return None, problems
    return Transcript("", built, turns, "json"), problems


def _is_segment(entry: object) -> bool:
    return isinstance(entry, dict) and "start" in entry and "end" in entry


def _first(entry: dict[str, object], names: Sequence[str]) -> object:
    return next((entry[name] for name in names if entry.get(name) is not None), None)


def _cues(entries: list[object], problems: list[Problem]) -> Iterator[TimedWords]:
    last = 0.0
    for number, entry in enumerate(entries, start=1):
        words = _first(entry, _TEXT) if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(words, str):
            problems.append(_skipped("segment", number, problems))
            continue
        begin, end = seconds_from_cell(entry.get("start")), seconds_from_cell(entry.get("end"))
        if begin is None:
            message = f"segment {number} has no start time; the time before it is taken"
            problems.append(Problem("", 0, message, "", Severity.WARNING))
            begin = last
        last = end if end is not None else begin
        yield TimedWords(begin, end, _label(_first(entry, _SPEAKER)), words)


def _turns(entries: list[object], problems: list[Problem]) -> Iterator[Said]:
    for number, entry in enumerate(entries, start=1):
        said = _said(entry)
        if said is None:
            problems.append(_skipped("turn", number, problems))
        else:
            yield said


def _said(entry: object) -> Said | None:
    if isinstance(entry, dict):
        words = _first(entry, _TEXT)
        if not isinstance(words, str):
            return None
        return Said(_label(_first(entry, _SPEAKER)), words, seconds_from_cell(_first(entry, _TIME)))
    if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[1], str):
        return Said(_label(entry[0]), entry[1])
    return None


def _label(value: object) -> str:
    return clean_label(str(value)) if isinstance(value, str | int) else ""


def _skipped(what: str, number: int, before: Sequence[Problem]) -> Problem:
    """An entry that cannot be read; the shapes that can are told once a file."""
    hint = "" if any(problem.hint == _SHAPES for problem in before) else _SHAPES
    return Problem("", 0, f"{what} {number} holds no text and is left out", hint)
