"""One task of a long run: some files read and coded, their mentions in a file of their own.

The same task gives the same bytes wherever and however often it is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thematic.commands.reading import Attributes, read_with_attributes
from thematic.errors import Problem, Severity
from thematic.model.codebook import Codebook, Unit

if TYPE_CHECKING:
    from thematic.analysis.sums import Sums
    from thematic.coding.fast.engine import FastEngine
    from thematic.readers import ReadOptions, Source

FORMAT = 1  # of parts; raised whenever what is in them changes


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
    folder: Path  # of the parts
    suffix: str
    version: str  # of the program

    @cached_property
    def key(self) -> str:
        """Stands for everything that a part depends on, but for its files."""
        settings = [self.codebook, self.model, self.exclude, self.unit, self.every, self.options]
        told = [FORMAT, self.version, self.suffix, repr(settings), self.attributes]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @cached_property
    def engine(self) -> FastEngine:
        """The engine, made once in each process."""
        from thematic.coding.compile import compile_codebook
        from thematic.coding.fast.engine import FastEngine
        from thematic.coding.lexicon import Lexicon

        lexicon = Lexicon.from_data(self.lexicon)
        book, _ = compile_codebook(self.codebook, self.model, lexicon)
        return FastEngine(book, self.exclude)


@dataclass(frozen=True)
class Task:
    """Some files, next to one another in the order of their IDs."""

    sources: tuple[Source, ...]
    stamps: tuple[tuple[int, int], ...]  # size and time of change of each file

    def name(self, given: Given) -> str:
        """The name of its part, which stands for all that the part depends on."""
        files = [
            [str(one.path.resolve()), one.id, one.members, *stamp]
            for one, stamp in zip(self.sources, self.stamps, strict=True)
        ]
        told = json.dumps([given.key, files])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass
class Done:
    """What a task gave; `part` lies in the folder of the parts."""

    first: str  # the ID of its first file, by which parts are put in order
    part: str
    sums: Sums
    transcripts: int
    faulty: int = 0  # files that could not be read
    problems: list[Problem] = field(default_factory=list)


def do(given: Given, task: Task) -> Done:
    """Do one task, or take what an earlier run left of it."""
    from thematic.analysis.sums import Sums
    from thematic.report.mention_files import Row, rows_of, write_part

    name = task.name(given)
    if (known := _known(given, task, name)) is not None:
        return known
    done = Done(task.sources[0].id, f"{name}{given.suffix}", Sums(given.unit), 0)
    rows: list[Row] = []
    for source in task.sources:
        transcripts, problems = read_with_attributes(source, given.options, given.attributes)
        done.problems += [p if p.file else p.within(source.shown) for p in problems]
        done.faulty += not transcripts
        done.transcripts += len(transcripts)
        for transcript in sorted(transcripts, key=lambda one: one.id):
            coding = given.engine.code(transcript)
            done.sums.add(coding)
            rows += rows_of(coding, every=given.every)
    write_part(given.folder / done.part, rows)
    _keep(given.folder / f"{name}.json", done)
    return done


def _keep(path: Path, done: Done) -> None:
    """Say that a part is whole: this file is written last."""
    from thematic.report.folder import write_file

    problems = [[p.file, int(p.line), p.message, p.hint, p.severity.value] for p in done.problems]
    data = {
        "sums": done.sums.to_data(),
        "transcripts": done.transcripts,
        "faulty": done.faulty,
        "problems": problems,
    }
    write_file(path, json.dumps(data))


def _known(given: Given, task: Task, name: str) -> Done | None:
    from thematic.analysis.sums import Sums

    part = given.folder / f"{name}{given.suffix}"
    try:
        data = json.loads((given.folder / f"{name}.json").read_text(encoding="utf-8"))
        if not part.is_file():
            return None
        problems = [
            Problem(f, n, said, hint, Severity(s)) for f, n, said, hint, s in data["problems"]
        ]
        sums = Sums.from_data(given.unit, data["sums"])
        done = Done(task.sources[0].id, part.name, sums, data["transcripts"], data["faulty"])
        done.problems += problems
        return done
    except (OSError, ValueError, KeyError, TypeError):
        return None


def cut(sources: Sequence[Source], size: int) -> list[Task]:
    """Files in tasks of about so many bytes, at least one file each, in the order given."""
    tasks: list[Task] = []
    held: list[Source] = []
    stamps: list[tuple[int, int]] = []
    total = 0
    for source in sources:
        held.append(source)
        stamps.append(_stamp(source.path))
        total += stamps[-1][0]
        if total >= size:
            tasks.append(Task(tuple(held), tuple(stamps)))
            held, stamps, total = [], [], 0
    if held:
        tasks.append(Task(tuple(held), tuple(stamps)))
    return tasks


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
