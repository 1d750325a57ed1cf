"""One transcript from one file, standard input or a text: the reader is chosen by suffix."""

from __future__ import annotations

from dataclasses import replace

from thematic.errors import Problem, Severity
from thematic.readers.formats.decoding import decode, is_binary, newlines
from thematic.readers.formats.registry import READERS, Read, Reader
from thematic.readers.formats.sniffing import suffix_for
from thematic.readers.options import ReadOptions
from thematic.readers.sources import Source, no_reader

_DEFAULTS = ReadOptions()


def read_transcript(source: Source, options: ReadOptions = _DEFAULTS) -> Read:
    """The transcript of a source, or None with the Problems that say why not.

    Never raises for what a file holds; every Problem names the file.
    """
    path = source.path
    suffix = path.suffix.lower()
    if suffix not in READERS:
        return None, [no_reader(path, Severity.ERROR)]
    try:
        if path.exists() and not path.is_file():
            raise IsADirectoryError(0, "it is a folder or no ordinary file")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        return None, [Problem(str(path), 0, message, "check the name and the rights of the file")]
    transcript, problems = read_bytes(data, id=source.id, suffix=suffix, options=options)
    return transcript, [problem.within(str(path)) for problem in problems]


def read_bytes(
    data: bytes, *, id: str, suffix: str = ".txt", options: ReadOptions = _DEFAULTS
) -> Read:
    """As `read_transcript`, from bytes such as standard input; Problems name no file.

    With an empty `suffix` the bytes themselves tell how they are read.
    """
    suffix = suffix or suffix_for(data, options.encoding)
    reader = READERS.get(suffix.lower())
    if reader is None:
        return None, [Problem("", 0, f"no reader for {suffix or 'no suffix'}", _known())]
    if reader.from_bytes:
        if not data:
            return None, [_empty()]
        return _finished(reader.from_bytes(data, options), id, [])
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
        return None, [Problem("", 0, message, _known())]
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
    return _finished(reader.from_text(text, options), id, problems)


def _finished(read: Read, id: str, problems: list[Problem]) -> Read:
    transcript, more = read
    problems = [*problems, *more]
    if transcript is None:
        return None, problems
    if not any(len(turn.span) for turn in transcript.turns):
        message = "there are no spoken words in this file"
        problems.append(Problem("", 0, message, "check its labels", Severity.WARNING))
    return replace(transcript, id=id), problems


def _empty() -> Problem:
    return Problem("", 0, "the file is empty", "remove it, or put the words in")


def _known() -> str:
    return f"files that can be read end in {' '.join(READERS)}"
