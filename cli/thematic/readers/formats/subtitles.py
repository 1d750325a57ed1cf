"""WebVTT and SRT files.

webvtt-py is not used: it leaves out damaged cues without a word, raises on a file whose
first line is not WEBVTT, tells no line numbers and gives one voice per cue. People's
exports are damaged in all these ways, and a cue that is lost must be named.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from thematic.errors import Problem, Severity
from thematic.model.study import Speakers
from thematic.model.transcript import Transcript
from thematic.readers.formats.decoding import newlines
from thematic.readers.options import ReadOptions
from thematic.readers.speakers.building import TimedWords, build_cues, clean_label
from thematic.readers.speakers.cues import named_cues

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-{{2,3}}>[ \t]*{_TIME}(?=[ \t]|$|[a-z]{{4,}}:).*$")
_BLOCKS = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\n]{1,200})>")
_SIGNATURE = re.compile(r"[ \t]*webvtt\b", re.IGNORECASE)
_NUMBER = re.compile(r"[ \t]*\d{1,9}[ \t]*")
_KNOWN = "c|i|b|u|v|s|em|strong|ruby|rt|lang|font|span|br"
_KNOWN_TAG = re.compile(
    rf"</?(?:{_KNOWN})(?:\.[^\s<>]{{0,200}})?(?:[ \t][^<>\n]{{0,300}})?[ \t]*/?>"
    r"|<\d[\d:.,]{3,15}>|</>|\{\\an?\d\}"
)


@dataclass(frozen=True, slots=True)
class _RawCue:
    line: int  # 1-based, of the timing
    begin: float
    end: float
    payload: list[str]


def read_vtt(text: str, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from WebVTT: Teams' `<v Name>`, Zoom's `Name: words`, or nobody named."""
    problems: list[Problem] = []
    if not _SIGNATURE.match(text):
        message = "the first line is not WEBVTT; read nevertheless"
        problems.append(Problem("", 1, message, "add the line WEBVTT", Severity.WARNING))
    return _read(text, options, "vtt", problems)


def read_srt(text: str, options: ReadOptions) -> tuple[Transcript | None, list[Problem]]:
    """A transcript from SubRip; the comma or the dot before the milliseconds are both read."""
    return _read(text, options, "srt", [])


def _read(
    text: str, options: ReadOptions, kind: str, problems: list[Problem]
) -> tuple[Transcript | None, list[Problem]]:
    raw = _raw_cues(text.split("\n"), problems)
    if not raw:
        hint = "a cue is a line such as 00:00:01.000 --> 00:00:04.000 with words below it"
        problems.append(Problem("", 0, f"there are no cues in this {kind.upper()} file", hint))
        return None, problems
    cues = [piece for cue in raw for piece in _pieces(cue)]
    return _transcript(cues, options.speakers, kind), problems


def _transcript(cues: list[TimedWords], speakers: Speakers, kind: str) -> Transcript:
    if not any(cue.speaker for cue in cues):
        cues = named_cues(cues, speakers)
    built, turns = build_cues(cues, speakers)
    return Transcript("", built, turns, kind)


def _raw_cues(lines: list[str], problems: list[Problem]) -> list[_RawCue]:
    """The cues in file order.

    Words that stand outside every cue, or below times that cannot be read, stay with the
    cue above and are a Problem; without a cue above they are left out.
    """
    cues: list[_RawCue] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if "-->" in line and not _in_header(lines, number):
            payload, following = _payload(lines, number + 1)
            _add_cue(cues, number, line, payload, problems)
            number = following
        elif _BLOCKS.match(line) and (number == 0 or not lines[number - 1].strip()):
            number = _block_end(lines, number)
        else:
            if _is_stray(lines, number):
                _keep_stray(cues, number, line, problems)
            number += 1
    return cues


def _add_cue(
    cues: list[_RawCue], number: int, line: str, payload: list[str], problems: list[Problem]
) -> None:
    timing = _TIMING.match(line)
    begin = _seconds(timing.groups()[:4]) if timing else None
    end = _seconds(timing.groups()[4:8]) if timing else None
    if begin is None or end is None:
        kept = "are read with the cue above" if cues else "are left out"
        message = f"these times cannot be read, so the words below {kept}: {_short(line)}"
        hint = "times look like 00:00:01.000 --> 00:00:04.000"
        problems.append(Problem("", number + 1, message, hint))
        if cues:
            cues[-1].payload.extend(payload)
        return
    if end < begin:
        message = "this cue ends before it begins; its words are read"
        hint = "correct the two times"
        problems.append(Problem("", number + 1, message, hint, Severity.WARNING))
    cues.append(_RawCue(number + 1, begin, end, payload))


def _payload(lines: list[str], start: int) -> tuple[list[str], int]:
    """The lines below a timing, up to a blank line or the next cue's timing."""
    end = start
    while end < len(lines) and lines[end] and not _TIMING.match(lines[end]):
        end += 1
    payload = lines[start:end]
    joined_on = end < len(lines) and bool(lines[end])
    if joined_on and payload and _NUMBER.fullmatch(payload[-1]):
        payload = payload[:-1]  # the next cue's number: the blank line between is missing
    return payload, end


def _block_end(lines: list[str], start: int) -> int:
    end = start
    while end < len(lines) and lines[end].strip() and not _TIMING.match(lines[end]):
        end += 1
    return max(end, start + 1)


def _is_stray(lines: list[str], number: int) -> bool:
    """Whether a line outside every cue holds words: it is no header, name or number of a cue."""
    line = lines[number]
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if not line.strip() or "-->" in below or _NUMBER.fullmatch(line) or _SIGNATURE.match(line):
        return False
    return not _in_header(lines, number)


def _keep_stray(cues: list[_RawCue], number: int, line: str, problems: list[Problem]) -> None:
    hint = "a cue begins with a line such as 00:00:01.000 --> 00:00:04.000"
    if cues:
        cues[-1].payload.append(line)
        message = f"text outside every cue is read with the cue above: {_short(line)}"
        problems.append(Problem("", number + 1, message, hint, Severity.WARNING))
    else:
        message = f"text above the first cue is left out: {_short(line)}"
        problems.append(Problem("", number + 1, message, hint))


def _in_header(lines: list[str], number: int) -> bool:
    """Whether a line stands in the first block of a file that begins with WEBVTT."""
    if not _SIGNATURE.match(lines[0]) or _TIMING.match(lines[number]):
        return False
    return number < 60 and all(line.strip() for line in lines[:number])


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 60 else line[:57] + "..."


def _seconds(parts: tuple[str | None, ...]) -> float | None:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    if minutes > 59 or seconds > 59:
        return None
    thousandths = fraction * 10 ** (3 - len(parts[3])) if parts[3] else 0
    return round(hours * 3600 + minutes * 60 + seconds + thousandths / 1000, 3)


def _pieces(cue: _RawCue) -> Iterator[TimedWords]:
    """One piece per voice: a cue with two voices is two."""
    payload = "\n".join(cue.payload)
    position, speaker = 0, ""
    for voice in _VOICE.finditer(payload):
        before = _plain(payload[position : voice.start()])
        if before:
            yield TimedWords(cue.begin, cue.end, speaker, before)
        speaker, position = clean_label(html.unescape(voice[1])), voice.end()
    yield TimedWords(cue.begin, cue.end, speaker, _plain(payload[position:]))


def _plain(payload: str) -> str:
    """Cue text without tags, with entities decoded; lines trimmed, empty ones dropped."""
    if "<" in payload or "{" in payload:
        payload = _KNOWN_TAG.sub("", payload)
    text = newlines(html.unescape(payload))
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
