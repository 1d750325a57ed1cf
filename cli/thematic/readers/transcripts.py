"""One transcript from one file, standard input or a text: the reader is chosen by suffix."""

from __future__ import annotations

import re
from dataclasses import replace

from thematic.errors import Problem, Severity
from thematic.readers.formats.decoding import decode, is_binary, newlines
from thematic.readers.formats.registry import READERS, Read, Reader
from thematic.readers.formats.sniffing import suffix_for
from thematic.readers.limits import passed
from thematic.readers.options import ReadOptions
from thematic.readers.packed import Refused, read_file
from thematic.readers.passed_over import known_suffixes, no_reader
from thematic.readers.sources import Source

_DEFAULTS = ReadOptions()


def read_transcript(source: Source, options: ReadOptions = _DEFAULTS) -> Read:
    """The transcript of a source, or None with the Problems that say why not.

    Never raises for what a file holds; every Problem names the file.
    """
    if source.suffix not in READERS:
        return None, [no_reader(source.shown, Severity.ERROR)]
    try:
        if source.path.exists() and not source.path.is_file():
            raise IsADirectoryError(0, "it is a folder or no ordinary file")
        data = read_file(source.path, source.members, options.limits)
    except Refused as refused:
        return None, [refused.problem.within(source.shown)]
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        hint = "check the name and the rights of the file"
        return None, [Problem(source.shown, 0, message, hint)]
    transcript, problems = read_bytes(data, id=source.id, suffix=source.suffix, options=options)
    return transcript, [problem.within(source.shown) for problem in problems]


def read_bytes(
    data: bytes, *, id: str, suffix: str = ".txt", options: ReadOptions = _DEFAULTS
) -> Read:
    """As `read_transcript`, from bytes such as standard input; Problems name no file.

    With an empty `suffix` the bytes themselves tell how they are read.
    """
    suffix = suffix or suffix_for(data, options.encoding)
    reader = READERS.get(suffix.lower())
    if reader is None:
        return None, [Problem("", 0, f"no reader for {suffix or 'no suffix'}", known_suffixes())]
    if reader.from_bytes:
        if not data:
            return None, [_empty()]
        return _finished(reader.from_bytes(data, options), id, options, [])
    text, problems = decode(data, options.encoding)
    if text is None:
        return None, problems
    return _parse(reader, text, id, options, problems)


def read_text(
    text: str, *, id: str, suffix: str = ".txt", options: ReadOptions = _DEFAULTS
) -> Read:
    """As `read_bytes`, from text that is decoded already."""
    reader = READERS.get(suffix.lower())
    if reader is None or reader.from_bytes:
        message = f"{suffix or 'no suffix'} cannot be read from text"
        return None, [Problem("", 0, message, known_suffixes())]
    text = newlines(text.removeprefix("\ufeff"))
    if not text.strip():
        return None, [_empty()]
    if is_binary(text):
        return None, [Problem("", 0, "this is binary, not text", "save it as UTF-8 text")]
    return _parse(reader, text, id, options, [])


def _parse(
    reader: Reader, text: str, id: str, options: ReadOptions, problems: list[Problem]
) -> Read:
    assert reader.from_text is not None
    too_long = None if reader.one_line else _too_long_a_line(text, options)
    if too_long:
        return None, [too_long]
    return _finished(reader.from_text(text, options), id, options, problems)


def _finished(read: Read, id: str, options: ReadOptions, problems: list[Problem]) -> Read:
    transcript, more = read
    problems = [*problems, *more]
    if transcript is None:
        return None, problems
    too_long = _too_long_a_line(transcript.text, options)
    if too_long:
        return None, [too_long]
    if not any(len(turn.span) for turn in transcript.turns):
        message = "there are no spoken words in this file"
        problems.append(Problem("", 0, message, "check its labels", Severity.WARNING))
    return replace(transcript, id=id), problems


def _too_long_a_line(text: str, options: ReadOptions) -> Problem | None:
    """A line that no transcript has: cheap to find here, costly in all that follows."""
    most = options.limits.line
    if len(text) <= most:
        return None
    start = 0
    for end in (*(found.start() for found in re.finditer("\n", text)), len(text)):
        if end - start > most:
            return passed("line", end - start, options.limits)
        start = end + 1
    return None


def _empty() -> Problem:
    return Problem("", 0, "the file is empty", "remove it, or put the words in")
