"""Transcripts from subtitle files."""

from __future__ import annotations

from collections.abc import Sequence

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.readers.formats.captions.blocks import CueFile, RawCue
from thematic.readers.formats.captions.marks import with_changes, with_titles
from thematic.readers.formats.captions.rolling import unrolled
from thematic.readers.formats.captions.times import SBV, SRT, VTT, Form
from thematic.readers.formats.captions.words import WORD_STAMP, has_unclosed_tag, pieces
from thematic.readers.options import ReadOptions
from thematic.readers.problems import few
from thematic.readers.speakers.building import TimedWords, build_cues
from thematic.readers.speakers.cues import named_cues

Read = tuple[Transcript | None, list[Problem]]


def read_vtt(text: str, options: ReadOptions) -> Read:
    """A transcript from WebVTT: Teams' `<v Name>`, Zoom's `Name: words`, or nobody named."""
    return _read(text, options, VTT)


def read_srt(text: str, options: ReadOptions) -> Read:
    """A transcript from SubRip; the comma or the dot before the milliseconds are both read."""
    return _read(text, options, SRT)


def read_sbv(text: str, options: ReadOptions) -> Read:
    """A transcript from YouTube's SBV."""
    return _read(text, options, SBV)


def _read(text: str, options: ReadOptions, form: Form) -> Read:
    file = CueFile(text.split("\n"), form)
    file.read()
    problems = file.problems
    if not file.cues:
        hint = f"a cue is a line such as {form.example} with words below it"
        problems.append(Problem("", 0, f"there are no cues in this {form.name} file", hint))
        return None, few(problems)
    cues = _cues(file.cues, options, problems)
    built, turns = build_cues(cues, options.speakers, problems)
    return Transcript("", built, turns, form.name.casefold().removeprefix("web")), few(problems)


def _cues(raw: Sequence[RawCue], options: ReadOptions, problems: list[Problem]) -> list[TimedWords]:
    """The pieces of all cues, with speakers, each word once."""
    _tell_unclosed(raw, problems)
    cues = [piece for cue in raw for piece in pieces(cue)]
    if any(cue.speaker for cue in cues):
        _tell_empty(cues, problems)
        return cues
    stamped = any(WORD_STAMP.search(line) for cue in raw for line in cue.payload if "<" in line)
    cues, repeats = unrolled(cues, stamped)
    if repeats:
        message = f"rolling captions: {repeats:,} cues repeat lines above them, which are read once"
        problems.append(Problem("", 0, message, "", Severity.NOTE))
    else:
        _tell_empty(cues, problems)
    titled = with_titles(cues)
    if any(cue.speaker for cue in titled):
        return titled
    return named_cues(with_changes(cues), options.speakers, problems)


def _tell_empty(cues: Sequence[TimedWords], problems: list[Problem]) -> None:
    empty = [cue.line for cue in cues if not cue.words]
    if empty:
        more = f", and {len(empty) - 1:,} more" if len(empty) > 1 else ""
        message = f"a cue without words is left out{more}"
        hint = "look whether its words are lost"
        problems.append(Problem("", empty[0], message, hint, Severity.NOTE))


def _tell_unclosed(raw: Sequence[RawCue], problems: list[Problem]) -> None:
    lines = [cue.line for cue in raw if has_unclosed_tag(cue)]
    if lines:
        more = f", and {len(lines) - 1:,} more" if len(lines) > 1 else ""
        message = f"a tag lacks its >, so players hide the words behind it; they are read{more}"
        problems.append(Problem("", lines[0], message, "close the tag", Severity.WARNING))
