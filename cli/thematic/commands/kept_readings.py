"""Readings kept between runs, so that a file that did not change is not taken apart again.

Kept is what reading a file gave, its turns with their speakers and its problems, but no word
of it (`wordless.py`): words are told by their places in the file, from which they are taken
again. A file is known by a hash of its bytes. What is kept depends on how files are to be
read, on the versions of the libraries and on this program's own code; with any of these
changed all is read anew. So are files that hold no characters as such, like PDFs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.caching import file_of, installed, keep_bytes, kept_bytes, own_code
from thematic.commands.pickles import pickled, unpickled
from thematic.commands.wordless import Own, with_words, without_words
from thematic.errors import Severity
from thematic.model.transcript import Role
from thematic.readers.formats.characters import characters_of
from thematic.readers.packed import Refused, read_file

if TYPE_CHECKING:
    from thematic.commands.reading import Reading
    from thematic.errors import Problem
    from thematic.model.transcript import Transcript
    from thematic.readers import ReadOptions, Source

FORMAT = 1  # of the files; raised whenever their meaning changes
SUFFIX = ".readings"
_LARGEST = 20_000_000  # bytes of what is kept of one study
_MOST_BYTES = 4_000_000  # of a file whose reading is kept
_CLASSES = {
    "thematic.errors": ("Problem", "Severity"),
    "thematic.model.transcript": ("Transcript", "Turn", "Span", "Cue", "Role"),
    "thematic.model.turns": ("PlainTurns",),
}
_NAMES = frozenset({"", *_CLASSES, *chain(*_CLASSES.values()), *Role, *Severity})
_LIBRARIES = ("lxml", "openpyxl", "yaml")
CODE = (
    *(".", "model", "readers", "readers/speakers", "readers/lined_yaml", "readers/formats"),
    *(f"readers/formats/{part}" for part in ("captions", "documents", "pdf", "speech", "tables")),
    *(f"readers/formats/{part}" for part in ("tiers", "turn_files")),
)  # the code on which a reading depends; a version number need not change with it


class KeptReadings:
    """The readings of earlier runs.

    Args:
        options: how files are to be read.
        place: stands for the study, so that each has a file of its own.
    """

    def __init__(self, options: ReadOptions, place: Path) -> None:
        self._options = options
        self._told = repr(options)
        self._path = file_of(self._key(place), SUFFIX)
        self._known = self._read()
        self._used: dict[str, bytes] = {}
        self._size = 0

    def read(self, source: Source) -> Reading:
        """As `readers.read_source`; taken from an earlier run where it read the same."""
        try:
            data = read_file(source.file, source.members, self._options.limits)
        except (OSError, ValueError, Refused):
            return self._new(source, None)
        if len(data) > _MOST_BYTES:
            return self._new(source, data)
        key = self._key_of(source, data)
        found = self._kept(key, data, source)
        if found is None:
            found = self._new(source, data)
            self._take(key, data, source, found)
        return found

    def keep(self) -> None:
        """Keep the readings of this run; others while there is room."""
        if not self._used.keys() - self._known.keys():
            return
        every = {**self._known, **self._used}
        kept = every if sum(map(len, every.values())) <= _LARGEST else self._used
        keep_bytes(self._path, pickled(kept) or b"")
        self._known = every

    def _new(self, source: Source, data: bytes | None) -> Reading:
        """A reading of this run; where there are no bytes it says why."""
        from thematic.readers import read_data, read_source

        if data is None:
            return read_source(source, self._options)
        return read_data(source, data, self._options)

    def _kept(self, key: str, data: bytes, source: Source) -> Reading | None:
        entry = self._known.get(key)
        text = self._text(source, data) if entry else None
        found = with_words(entry, text, _CLASSES) if entry and text is not None else None
        if entry is None or found is None:
            return None
        self._used[key] = entry
        transcripts, problems = found
        return transcripts, [problem.within(source.shown) for problem in problems]

    def _take(self, key: str, data: bytes, source: Source, reading: Reading) -> None:
        """Keep a reading, where it can be told without words, and is the same again."""
        transcripts, problems = reading
        text = self._text(source, data)
        if text is None or self._size > _LARGEST:
            return
        if any(problem.file != source.shown for problem in problems):  # it names a sheet
            return
        plain = tuple(replace(one, attributes=dict(one.attributes)) for one in transcripts)
        bare = [replace(problem, file="") for problem in problems]
        entry = without_words((plain, bare), text, _own(transcripts, problems))
        if entry is not None and with_words(entry, text, _CLASSES) == (plain, bare):
            self._used[key] = entry
            self._size += len(entry)

    def _text(self, source: Source, data: bytes) -> str | None:
        """All characters from which the words of a reading are: also its ID, and names given."""
        text = characters_of(data, self._options.encoding)
        return None if text is None else f"{text}\n{source.id}\n{self._told}"

    def _key_of(self, source: Source, data: bytes) -> str:
        told = json.dumps([source.id, source.suffix, self._told]).encode()
        return hashlib.sha256(b"%d %s%s" % (len(told), told, data)).hexdigest()

    def _key(self, place: Path) -> str:
        return json.dumps([FORMAT, str(place.resolve()), installed(*_LIBRARIES), own_code(CODE)])

    def _read(self) -> Mapping[str, bytes]:
        data = kept_bytes(self._path, _LARGEST)
        found = unpickled(data, {}) if data else None
        return found if isinstance(found, dict) else {}


def _own(transcripts: Sequence[Transcript], problems: Sequence[Problem]) -> Own:
    """What of a reading is the program's own."""
    beside: list[str] = []
    for one in transcripts:
        turns = {(turn.speaker, turn.written) for turn in one.turns}
        cues = {cue.speaker for turn in one.turns for cue in turn.cues}
        beside += (one.text, repr(turns), repr(cues), repr(one.attributes))
    return Own(
        names=_NAMES.union(one.format for one in transcripts),
        messages={said for one in problems for said in (one.message, one.hint)},
        beside="\n".join(beside),
    )
