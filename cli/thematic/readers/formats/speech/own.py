"""The JSON that `thematic convert` writes."""

from __future__ import annotations

from typing import Any

from thematic.readers.formats.speech.fields import Entry
from thematic.readers.formats.speech.segments import Spoken
from thematic.readers.speakers.building import Said, TimedWords
from thematic.readers.speakers.stamps import seconds_from_cell

_SCHEMA = "thematic.transcript/"


def is_own(data: Any) -> bool:
    """Whether the JSON says that it is of `thematic convert`."""
    return isinstance(data, dict) and str(data.get("schema", "")).startswith(_SCHEMA)


def attributes(data: Entry) -> dict[str, str]:
    """The transcript's attributes; what is no text is left out."""
    found = data.get("attributes")
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in pairs if isinstance(value, str)}


def spoken(data: Entry) -> Spoken:
    """Its cues where every turn has some, else its turns."""
    written = data.get("turns")
    turns = [one for one in written if isinstance(one, dict)] if isinstance(written, list) else []
    turns = [one for one in turns if isinstance(one.get("text"), str)]
    if turns and all(isinstance(one.get("cues"), list) and one["cues"] for one in turns):
        return [cue for turn in turns for cue in _cues(turn)]
    return [
        Said(str(one.get("speaker") or ""), one["text"], seconds_from_cell(one.get("time")))
        for one in turns
    ]


def _cues(turn: Entry) -> list[TimedWords]:
    found: list[TimedWords] = []
    for cue in turn["cues"]:
        begin = seconds_from_cell(cue.get("begin")) if isinstance(cue, dict) else None
        if begin is not None and isinstance(cue.get("text"), str):
            speaker = str(cue.get("speaker") or turn.get("speaker") or "")
            end = seconds_from_cell(cue.get("end"))
            found.append(TimedWords(begin, end, speaker, cue["text"]))
    return found
