"""One task of a long run: some files read and coded, their mentions in a file of their own.

The same task gives the same bytes wherever and however often it is done.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.commands.doubts import only_interviewers
from thematic.commands.gleaned import Gleaned, Wanted
from thematic.commands.parts import content_of
from thematic.commands.reading import Attributes, read_with_attributes, with_what_is_known
from thematic.errors import Problem, Severity
from thematic.model.codebook import Codebook, Unit
from thematic.model.nouns import dataclass
from thematic.model.transcript import Transcript
from thematic.readers.sources import Source

if TYPE_CHECKING:
    from thematic.coding.batch.engine import BatchEngine
    from thematic.coding.compiled import CompiledCodebook
    from thematic.model.columns import MentionColumns
    from thematic.readers import ReadOptions, Slice

FORMAT = 6  # of parts; raised whenever what is in them changes
AT_ONCE = 4_500_000  # characters of transcripts that are coded together: those of a task
_LAST = 4  # tasks in which the bytes of one are done at the end

# Talk that needs most of what is made once for any: patterns, tables.
_SAMPLE = "I: Well, is it?\n\nR: It\u2019s fine (laughs), isn\u2019t it \u2013 well-off e\u0301.\n"


@dataclass(frozen=True)
class Given:
    """What every task of a run needs."""

    codebook: Codebook
    lexicon: dict[str, Any]  # of the codebook's language, as data
    model: str
    exclude: tuple[str, ...]
    unit: Unit
    every: bool  # list withheld and swallowed mentions too
    options: ReadOptions
    attributes: Attributes
    wanted: Wanted
    folder: Path  # of the parts
    suffix: str
    version: str  # of the program

    @cached_property
    def key(self) -> str:
        """Stands for everything that a part depends on, but for its files."""
        book = (self.codebook.name, self.codebook.hash)
        settings = [book, self.model, self.exclude, self.unit, self.every, self.options]
        wanted = [sorted(self.wanted.labels), sorted(self.wanted.ids)]
        told = [FORMAT, self.version, self.suffix, repr(settings), self.attributes, wanted]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def row_names(self, source: Source, name: str) -> Iterator[str]:
        """The rows of the table of attributes that are of one of several transcripts in a file."""
        from thematic.readers import attributes_of, parts_of

        for part in parts_of(source, name):
            if row := attributes_of(part, self.attributes):
                yield self._names_of_rows[id(row)]

    @cached_property
    def _names_of_rows(self) -> dict[int, str]:
        return {id(row): name for name, row in self.attributes.items()}

    @property
    def ending(self) -> str:
        """Of the names of the parts."""
        from thematic.report.mention_files import part_suffix

        return part_suffix(self.suffix)

    @cached_property
    def engine(self) -> BatchEngine:
        """The engine, made once in each process."""
        from thematic.coding.batch.engine import BatchEngine
        from thematic.coding.fast.engine import FastEngine
        from thematic.commands.memory import keep_freed_memory

        keep_freed_memory()
        return BatchEngine(FastEngine(self._book, self.exclude), self.unit)

    @cached_property
    def _book(self) -> CompiledCodebook:
        from thematic.coding.compile import compile_codebook
        from thematic.coding.lexicon import Lexicon

        book, _ = compile_codebook(self.codebook, self.model, Lexicon.from_data(self.lexicon))
        return book

    def knowing(self, book: CompiledCodebook) -> Given:
        """The same, whose engine is made of a codebook that this process has compiled."""
        known = replace(self)
        known.__dict__["_book"] = book
        return known

    def __getstate__(self) -> dict[str, Any]:
        """What goes to other processes: nothing that they make for themselves."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True)
class Task:
    """Some files, next to one another in the order of their IDs, or a piece of a file of turns."""

    sources: tuple[Source, ...]
    stamps: tuple[tuple[int, int], ...]  # size and time of change of each file
    part: Slice | None = None

    @property
    def place(self) -> tuple[str, int]:
        """By which parts are put in order: the ID of its first file, and the row it begins at."""
        return self.sources[0].id, self.part.first if self.part else 0

    @property
    def size(self) -> int:
        """Bytes that are read for it."""
        return self.part.size if self.part else sum(size for size, _ in self.stamps)

    def __reduce__(self) -> tuple[Any, ...]:
        """As words and numbers: objects take three times as long on their way to a process."""
        sources = [(one.file, one.id, one.members, one.real) for one in self.sources]
        return _task_of, (sources, self.stamps, self.part)

    def name(self, given: Given) -> str:
        """The name of its part, which stands for all that the part depends on."""
        files = [
            [one.real or os.path.abspath(one.file), one.id, one.members, *stamp]
            for one, stamp in zip(self.sources, self.stamps, strict=True)
        ]
        part = [self.part.first, self.part.last] if self.part else []
        told = json.dumps([given.key, files, part])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def _task_of(
    sources: Iterable[tuple[str, str, tuple[str, ...], str]],
    stamps: tuple[tuple[int, int], ...],
    part: Slice | None,
) -> Task:
    return Task(tuple(Source(*one) for one in sources), stamps, part)


@dataclass
class Done:
    """What a task gave; `part` lies in the folder of the parts."""

    place: tuple[str, int]  # of its task
    part: str
    sums: dict[str, Any]  # what `Sums.to_data` gave
    transcripts: int = 0
    faulty: int = 0  # files that could not be read
    problems: list[Problem] = field(default_factory=list)
    gleaned: Gleaned = field(default_factory=Gleaned)


def prepare(given: Given) -> None:
    """Make what any task needs of what is given; a process may before it has one."""
    from thematic.readers.transcripts import read_text

    transcript, _ = read_text(_SAMPLE, id="", options=given.options)
    given.engine.code([transcript] if transcript else [])


def do(given: Given, task: Task) -> Done:
    """Do one task, or take what an earlier run left of it."""
    from thematic.analysis.sums import Sums
    from thematic.report.mention_files import write_part

    name = task.name(given)
    if (known := _known(given, task, name)) is not None:
        return known
    sums = Sums(given.unit, given.codebook)
    done = Done(task.place, f"{name}{given.ending}", {})
    coded: list[MentionColumns] = []
    for transcripts in _some(_transcripts(given, task, done)):
        done.transcripts += len(transcripts)
        coded.append(given.engine.code(transcripts))
        sums.add(coded[-1])
        done.gleaned.kinds.update(coded[-1].kinds)
    done.sums = sums.to_data()
    write_part(given.folder / done.part, coded, given.codebook.paths(), every=given.every)
    _keep(given.folder / f"{name}.json", done)
    return done


def _some(transcripts: Iterable[Transcript]) -> Iterator[list[Transcript]]:
    """As many at once as make a page of text."""
    held: list[Transcript] = []
    size = 0
    for transcript in transcripts:
        held.append(transcript)
        size += len(transcript.text)
        if size >= AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held


def _transcripts(given: Given, task: Task, done: Done) -> Iterator[Transcript]:
    """What a task reads, in the order of its mentions; what is wrong is put to what is done."""
    if task.part is not None:
        yield from _of_piece(given, task.sources[0], task.part, done)
        return
    for source in task.sources:
        found, problems = read_with_attributes(source, given.options, given.attributes)
        done.problems += [p if p.file else p.within(source.shown) for p in problems]
        _glean(given, source, found, done)
        done.faulty += not found
        yield from sorted(found, key=lambda one: one.id)


def _of_piece(given: Given, source: Source, part: Slice, done: Done) -> Iterator[Transcript]:
    """The transcripts of a piece of a file of turns, which stay in its order."""
    from thematic.readers import read_piece
    from thematic.readers.problems import few

    problems: list[Problem] = []
    for transcript in read_piece(source, part, problems, given.options):
        found, more = with_what_is_known(source, transcript, given.attributes)
        problems += [p if p.file else p.within(source.shown) for p in more]
        _glean(given, source, (found,), done)
        yield found
    done.problems += few(problems)


def _glean(given: Given, source: Source, transcripts: Sequence[Transcript], done: Done) -> None:
    """What some transcripts of a file tell besides their words."""
    done.problems += only_interviewers(transcripts)
    done.gleaned.take(transcripts, given.wanted)
    inside = [one.id for one in transcripts if one.id != source.id]
    if inside and (given.attributes or given.wanted.ids):
        rows = [name for id in inside for name in given.row_names(source, id)]
        done.gleaned.take_inside(source.id, inside, rows)


def _keep(path: Path, done: Done) -> None:
    """Say that a part is whole, and what it holds: this file is written last."""
    from thematic.report.folder import write_file

    problems = [[p.file, int(p.line), p.message, p.hint, p.severity.value] for p in done.problems]
    data = {
        "part": content_of(path.with_name(done.part)),
        "sums": done.sums,
        "transcripts": done.transcripts,
        "faulty": done.faulty,
        "problems": problems,
        "gleaned": done.gleaned.to_data(),
    }
    write_file(path, json.dumps(data))


def _known(given: Given, task: Task, name: str) -> Done | None:
    from thematic.analysis.sums import Sums

    part = given.folder / f"{name}{given.ending}"
    try:
        data = json.loads((given.folder / f"{name}.json").read_text(encoding="utf-8"))
        if data["part"] != content_of(part):  # it was damaged since, or never came to the disk
            return None
        problems = [
            Problem(f, n, said, hint, Severity(s)) for f, n, said, hint, s in data["problems"]
        ]
        Sums.from_data(given.unit, given.codebook, data["sums"])  # or it is none
        done = Done(task.place, part.name, data["sums"], data["transcripts"], data["faulty"])
        done.problems += problems
        done.gleaned = Gleaned.from_data(data["gleaned"])
        return done
    except (OSError, ValueError, KeyError, TypeError):
        return None


def cut(
    sources: Sequence[Source], size: int, options: ReadOptions, problems: list[Problem]
) -> Iterator[Task]:
    """Files in tasks of about so many bytes, at least one file each, in the order given.

    The last ones are smaller, so that processes end together. A file of turns is cut into
    pieces, each a task; what keeps it from that is a Problem.
    """
    from thematic.readers import pieces_of
    from thematic.readers.packed import stamp_of

    held: list[tuple[Source, tuple[int, int]]] = []
    total = seen = 0
    for number, source in enumerate(sources, 1):
        stamp = stamp_of(source.file)
        seen += stamp[0]
        parts = pieces_of(source, size, problems, options)
        if parts is None:
            held.append((source, stamp))
            total += stamp[0]
        left = (len(sources) - number) * seen // number  # if the others are as large
        enough = size if left > size else size // _LAST
        if held and (total >= enough or parts is not None):
            yield _task(held)
            held, total = [], 0
        yield from (Task((source,), (stamp,), part) for part in parts or ())
    if held:
        yield _task(held)


def _task(held: Sequence[tuple[Source, tuple[int, int]]]) -> Task:
    return Task(tuple(source for source, _ in held), tuple(stamp for _, stamp in held))
