"""Transcripts from one file, standard input or a text: the reader is chosen by suffix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from thematic.errors import Problem, Severity
from thematic.model.transcript import Transcript
from thematic.model.turns import have_words
from thematic.readers.formats.decoding import decode, is_binary, newlines, plain_text_in
from thematic.readers.formats.magic import may_be_text, renamed
from thematic.readers.formats.registry import READERS, Read, Reader, Several
from thematic.readers.formats.sniffing import suffix_for, true_suffix
from thematic.readers.formats.tables.sniff import is_tab_table
from thematic.readers.limits import passed
from thematic.readers.options import ReadOptions
from thematic.readers.packed import Refused, lies_open, open_file, read_file
from thematic.readers.passed_over import known_suffixes, no_reader
from thematic.readers.sources import Source
from thematic.readers.speakers.merging import speakers_of, with_merged_speakers

if TYPE_CHECKING:
    from thematic.readers.formats.turn_files.reading import Turns
    from thematic.readers.formats.turn_files.slices import Slice

OF_TURNS = (".parquet", ".jsonl", ".ndjson")  # the endings of files of turns
# Endings of texts that no other format is looked for behind.
_AS_THEY_ARE = frozenset(
    suffix for suffix, one in READERS.items() if one.takes_text and not may_be_text(suffix)
)
_DEFAULTS = ReadOptions()


def read_source(source: Source, options: ReadOptions = _DEFAULTS) -> Several:
    """The transcripts of a source: one, but for tables of survey answers and of documents.

    The IDs of several are the source's, a slash and the respondent's. Without any the
    Problems say why. Never raises for what a file holds; every Problem names the file.
    """
    suffix = source.suffix
    if suffix not in READERS:
        return (), [no_reader(source.shown, Severity.ERROR)]
    try:
        if text := _plain_text(source, suffix, options):
            own = _for_one(options, source.id, suffix)
            return _told_of(source, _parse(READERS[suffix], text, source.id, own, []))
        data = read_file(source.file, source.members, options.limits)
    except Refused as refused:
        return (), [refused.problem.within(source.shown)]
    except (OSError, ValueError) as error:
        return (), [_unreadable(error).within(source.shown)]
    return _read(source, suffix, data, options)


def read_data(source: Source, data: bytes, options: ReadOptions = _DEFAULTS) -> Several:
    """As `read_source`, of a source whose bytes are read already."""
    return _read(source, source.suffix, data, options)


def _read(source: Source, suffix: str, data: bytes, options: ReadOptions) -> Several:
    return _told_of(source, read_all(data, id=source.id, suffix=suffix, options=options))


def _told_of(source: Source, read: Several) -> Several:
    transcripts, problems = read
    return transcripts, [problem.within(source.shown) for problem in problems]


def _plain_text(source: Source, suffix: str, options: ReadOptions) -> str:
    """The text of a file, where `read_all` of its bytes would parse just that; else ""."""
    file = source.file
    if suffix not in _AS_THEY_ARE or options.encoding or source.members or ":" in file:
        return ""
    if not file.lower().endswith(suffix):  # it is packed
        return ""
    return plain_text_in(file, options.limits.size)


def pieces_of(
    source: Source, size: int, problems: list[Problem], options: ReadOptions = _DEFAULTS
) -> list[Slice] | None:
    """A file of turns cut into pieces of about so many bytes.

    None where it is no such file, or packed, so that it must be read whole. Empty, with
    Problems that name the file, where it cannot be read.
    """
    if not source.ends_in(OF_TURNS):
        return None
    try:
        if not lies_open(source.file, source.members):
            return None
    except OSError as error:
        problems.append(_unreadable(error).within(source.shown))
        return []
    from thematic.readers.formats.turn_files.reading import pieces

    told: list[Problem] = []
    with _turns(source, options, told) as turns:
        found = pieces(turns, size, told) if turns else None if not told else []
    problems += [problem.within(source.shown) for problem in told]
    return found


def read_piece(
    source: Source, part: Slice, problems: list[Problem], options: ReadOptions = _DEFAULTS
) -> Iterator[Transcript]:
    """The transcripts of a piece of a file of turns, one after another, as `read_source`."""
    from thematic.readers.formats.turn_files.reading import transcripts_in

    told: list[Problem] = []
    options = _for_one(options, source.id, source.suffix)
    with _turns(source, options, told) as turns:
        for transcript in transcripts_in(turns, part, options, told) if turns else ():
            found, more = _finished(((transcript,), []), source.id, options, [])
            told += more
            yield from found
    problems += [problem.within(source.shown) for problem in told]


@contextmanager
def _turns(source: Source, options: ReadOptions, problems: list[Problem]) -> Iterator[Turns | None]:
    """A source as a file of turns; None, perhaps with Problems, where it is none."""
    from thematic.readers.formats.turn_files.reading import turns_in

    def open() -> IO[bytes]:
        return open_file(source.file)

    with ExitStack() as stack:
        try:
            found = stack.enter_context(turns_in(open, source.suffix, options, problems))
        except OSError as error:
            problems.append(_unreadable(error))
            found = None
        yield found


def _unreadable(error: Exception) -> Problem:
    message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return Problem("", 0, message, "check the name and the rights of the file")


def read_transcript(source: Source, options: ReadOptions = _DEFAULTS) -> Read:
    """As `read_source`, of a source that holds one transcript; several are a Problem."""
    transcript, problems = _only(read_source(source, options))
    return transcript, [problem.within(source.shown) for problem in problems]


def read_bytes(
    data: bytes, *, id: str, suffix: str = ".txt", options: ReadOptions = _DEFAULTS
) -> Read:
    """As `read_all`, of bytes that hold one transcript; several are a Problem."""
    return _only(read_all(data, id=id, suffix=suffix, options=options))


def read_all(
    data: bytes, *, id: str, suffix: str = ".txt", options: ReadOptions = _DEFAULTS
) -> Several:
    """As `read_source`, from bytes such as standard input; Problems name no file.

    With an empty `suffix` the bytes themselves tell how they are read.
    """
    suffix = suffix or suffix_for(data, options.encoding)
    ending = suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        return (), [Problem("", 0, f"no reader for {suffix or 'no suffix'}", known_suffixes())]
    options = _for_one(options, id, suffix)
    reader, told = _true_reader(reader, data, ending, options)
    if not reader.takes_text:
        if not data:
            return (), [_empty()]
        return _finished(reader.read_bytes(data, options), id, options, told)
    text, problems = decode(data, options.encoding)
    if text is None:
        return (), told + problems
    return _parse(reader, text, id, options, told + problems)


def read_text(
    text: str, *, id: str, suffix: str = ".txt", options: ReadOptions = _DEFAULTS
) -> Read:
    """As `read_bytes`, from text that is decoded already."""
    reader = READERS.get(suffix.lower())
    if reader is None or not reader.takes_text:
        message = f"{suffix or 'no suffix'} cannot be read from text"
        return None, [Problem("", 0, message, known_suffixes())]
    text = newlines(text.removeprefix("\ufeff"))
    if not text.strip():
        return None, [_empty()]
    if is_binary(text):
        return None, [Problem("", 0, "this is binary, not text", "save it as UTF-8 text")]
    return _only(_parse(reader, text, id, _for_one(options, id, suffix), []))


def _true_reader(
    reader: Reader, data: bytes, suffix: str, options: ReadOptions
) -> tuple[Reader, list[Problem]]:
    """The reader for what the bytes are, with a note where the file's name says otherwise."""
    found = true_suffix(data, suffix, options.encoding)
    if found == suffix or found not in READERS:
        return reader, []
    return READERS[found], [renamed(found, suffix)]


def _for_one(options: ReadOptions, id: str, suffix: str) -> ReadOptions:
    """The options with what the user said of the speakers of this very transcript."""
    if not options.speakers.transcripts:
        return options
    return replace(options, speakers=speakers_of(options.speakers, id, f"{id}{suffix}"))


def _parse(
    reader: Reader, text: str, id: str, options: ReadOptions, problems: list[Problem]
) -> Several:
    if reader is READERS[".txt"] and is_tab_table(text):
        reader = READERS[".tsv"]
    too_long = None if reader.one_line else _too_long_a_line(text, options)
    if too_long:
        return (), [too_long]
    return _finished(reader.read_text(text, options), id, options, problems)


def _finished(read: Several, id: str, options: ReadOptions, problems: list[Problem]) -> Several:
    transcripts, more = read
    problems = [*problems, *more]
    silent = bool(transcripts)
    for one in transcripts:
        too_long = _too_long_a_line(one.text, options)
        if too_long:
            return (), [too_long]
        silent = silent and not have_words(one.turns)
    if silent:
        message = "there are no spoken words in this file"
        problems.append(Problem("", 0, message, "check its labels", Severity.WARNING))
    named: list[Transcript] = []
    for one in transcripts:
        merged = with_merged_speakers(one, options.speakers)
        named.append(_called(merged, f"{id}/{one.id}" if one.id else id))
    return tuple(named), problems


def _called(one: Transcript, id: str) -> Transcript:
    """The transcript with its ID; `replace` takes several times as long."""
    return Transcript(id, one.text, one.turns, one.format, one.attributes)


def _only(read: Several) -> Read:
    transcripts, problems = read
    if len(transcripts) < 2:
        return (transcripts[0] if transcripts else None), problems
    message = f"this table holds {len(transcripts)} transcripts, and one is asked for"
    hint = "read them with read_source or load_transcripts"
    return None, [*problems, Problem("", 0, message, hint)]


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
