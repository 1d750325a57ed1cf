"""A transcript as a file of another format, from which it can be read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from thematic.model.nouns import dataclass
from thematic.model.transcript import Span, Transcript, Turn
from thematic.report.data import dump_json
from thematic.report.safe import cell, markdown

SCHEMA = "thematic.transcript/1"
_COLUMNS = ("transcript", "turn", "speaker", "role", "begin", "end", "text")
_SECONDS_A_WORD = 0.4  # how long a last turn is shown whose end nobody knows


class NoTimes(ValueError):
    """A transcript without times, for a format that is made of them."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cue, or a turn where there are none; times in seconds."""

    turn: Turn
    speaker: str
    begin: float | None
    end: float | None
    words: str


def as_text(transcript: Transcript) -> str:
    """`[00:01:23] Label: words`, turns parted by a blank line."""
    return _joined(
        f"{_stamp(one.begin)}{one.speaker + ': ' if one.speaker else ''}{one.words}"
        for one in _turns(transcript)
    )


def as_markdown(transcript: Transcript) -> str:
    """`**Label:** words`, with the attributes as front matter."""
    turns = _joined(
        f"{_stamp(one.begin, escaped=True)}{_bold(one.speaker)}{_escaped(one.words)}"
        for one in _turns(transcript)
    )
    if not transcript.attributes:
        return turns
    # A JSON string is a YAML scalar, whatever it holds.
    pairs = (
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in transcript.attributes.items()
    )
    return f"---\n{''.join(pairs)}---\n\n{turns}"


def as_vtt(transcript: Transcript) -> str:
    """WebVTT, speakers as voices.

    Raises:
        NoTimes: nothing in the transcript has a time.
    """
    cues = (
        f"{_clock(one.begin)} --> {_clock(one.end)}\n"
        f"{'<v ' + _html(one.speaker) + '>' if one.speaker else ''}{_html(one.words)}"
        for one in _timed(transcript)
    )
    return "WEBVTT\n\n" + _joined(cues)


def as_srt(transcript: Transcript) -> str:
    """SubRip, speakers as `Label: words`.

    Raises:
        NoTimes: nothing in the transcript has a time.
    """
    cues = (
        f"{number}\n{_clock(one.begin, ',')} --> {_clock(one.end, ',')}\n"
        f"{one.speaker + ': ' if one.speaker else ''}{one.words}"
        for number, one in enumerate(_timed(transcript), start=1)
    )
    return _joined(cues)


def as_csv(transcript: Transcript) -> str:
    """One row a cue, or a turn where there are none; no cell is read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in _pieces(transcript):
        begin, end = ("" if time is None else f"{time:g}" for time in (one.begin, one.end))
        row = (transcript.id, one.turn.number, one.speaker, one.turn.role.value, begin, end)
        cells = [cell(value) if isinstance(value, str) else value for value in (*row, one.words)]
        writer.writerow(cells)
    return out.getvalue()


def as_json(transcript: Transcript) -> str:
    """The transcript whole: text, attributes, turns with positions, cues with times."""
    return dump_json(
        {
            "schema": SCHEMA,
            "id": transcript.id,
            "format": transcript.format,
            "attributes": dict(transcript.attributes),
            "turns": [_turn_as_json(transcript, turn) for turn in transcript.turns],
            "text": transcript.text,
        }
    )


WRITERS: Mapping[str, Callable[[Transcript], str]] = MappingProxyType(
    {
        "txt": as_text,
        "md": as_markdown,
        "vtt": as_vtt,
        "srt": as_srt,
        "csv": as_csv,
        "json": as_json,
    }
)


def _turn_as_json(transcript: Transcript, turn: Turn) -> dict[str, Any]:
    return {
        "turn": turn.number,
        "speaker": turn.speaker,
        "role": turn.role.value,
        "time": turn.time,
        "start": turn.span.start,
        "end": turn.span.end,
        "text": _words(transcript.text, turn, turn.span),
        "cues": [
            {"begin": one.begin, "end": one.end, "speaker": one.speaker, "text": one.words}
            for one in _cues(transcript, turn)
        ],
    }


def _turns(transcript: Transcript) -> Iterator[_Piece]:
    """Each turn with words; stamps inside them are left out."""
    for turn in transcript.turns:
        words = _words(transcript.text, turn, turn.span)
        if words:
            yield _Piece(turn, turn.speaker, turn.time, None, words)


def _pieces(transcript: Transcript) -> Iterator[_Piece]:
    for one in _turns(transcript):
        if one.turn.cues:
            yield from _cues(transcript, one.turn)
        else:
            yield one


def _cues(transcript: Transcript, turn: Turn) -> Iterator[_Piece]:
    later = [*(cue.position for cue in turn.cues), turn.span.end][1:]
    for cue, end in zip(turn.cues, later, strict=True):
        words = _words(transcript.text, turn, Span(cue.position, end))
        yield _Piece(turn, turn.speaker, cue.begin, cue.end, words)


def _words(text: str, turn: Turn, within: Span) -> str:
    """The words of a part of a turn, without the stamps in it."""
    parts: list[str] = []
    start = within.start
    for gap in turn.gaps:
        if within.contains(gap):
            parts.append(text[start : gap.start])
            start = gap.end
    parts.append(text[start : within.end])
    whole = parts[0]
    for part in parts[1:]:  # one blank is left where a stamp stood between two
        whole = whole.rstrip(" \t") + " " + part.lstrip(" \t") if part.strip() else whole + part
    return whole.strip()


def _timed(transcript: Transcript) -> Iterator[_Piece]:
    """The pieces with both times: a missing begin is that before, a missing end the next begin."""
    pieces = list(_pieces(transcript))
    if not any(one.begin is not None for one in pieces):
        raise NoTimes(transcript.id)
    last = 0.0
    begins = [last := one.begin if one.begin is not None else last for one in pieces]
    ends = _next_begins(begins)
    for one, begin, following in zip(pieces, begins, ends, strict=True):
        guessed = begin + max(1.0, len(one.words.split()) * _SECONDS_A_WORD)
        end = next(time for time in (one.end, following, guessed) if time is not None)
        words = "\n".join(line for line in one.words.split("\n") if line.strip())
        yield _Piece(one.turn, one.speaker, begin, end, words)


def _next_begins(begins: Sequence[float]) -> list[float | None]:
    """For each begin the next one that is later; None where there is none."""
    found: list[float | None] = []
    following: float | None = None
    for number in range(len(begins) - 1, -1, -1):
        after = begins[number + 1] if number + 1 < len(begins) else None
        if after is not None and after > begins[number]:
            following = after
        elif following is not None and following <= begins[number]:
            following = None  # the times go back here
        found.append(following)
    return found[::-1]


def _joined(blocks: Iterator[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _stamp(seconds: float | None, *, escaped: bool = False) -> str:
    if seconds is None:
        return ""
    return f"\\[{_clock(seconds)}\\] " if escaped else f"[{_clock(seconds)}] "


def _clock(seconds: float | None, sign: str = ".") -> str:
    thousandths = round((seconds or 0.0) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{sign}{rest % 1000:03}"


def _bold(speaker: str) -> str:
    return f"**{markdown(speaker)}:** " if speaker else ""


def _escaped(words: str) -> str:
    return "\n".join(markdown(line) for line in words.split("\n"))


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
