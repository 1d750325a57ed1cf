"""Coding of any number of files: in parts, in one process or several, without growing memory.

Parts lie in a folder beside the result until it is written; a run that was stopped goes on
from the parts that are whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands import parts
from thematic.commands.beside import begun
from thematic.commands.doubts import unused_rows
from thematic.commands.gleaned import Gleaned
from thematic.commands.inputs import excluded, inputs_of, keep_asked, told_by_all, wanted
from thematic.commands.reading import (
    STANDARD_INPUT,
    Attributes,
    Inputs,
    attributes_of,
    read_options,
    sources_of,
)
from thematic.commands.request import Request, faults, listing
from thematic.commands.tasks import Done, Given, Task, cut, do, prepare
from thematic.errors import (
    NoTranscripts,
    OutputRefused,
    Problem,
    Severity,
    TranscriptsUnusable,
    UsageError,
)
from thematic.model.codebook import Unit

if TYPE_CHECKING:
    from thematic.analysis.sums import Sums
    from thematic.backends.processes import Workers
    from thematic.readers import Source

PART_SIZE = 4_000_000  # bytes of files in one task
WORTH_A_PROCESS = 2 * PART_SIZE  # bytes for each process before a further one pays


def stream(
    request: Request,
    output: Path,
    *,
    every: bool,
    jobs: int,
    workers: Workers | None = None,
    scheduler: str = "",
    quiet: bool,
) -> tuple[Inputs, Sums]:
    """Code what a request names and write its mentions to one file.

    Args:
        request: what to read; nothing from standard input.
        output: a `.parquet` or `.jsonl` file.
        every: withheld and swallowed mentions too.
        jobs: processes; 0 = as many as the work is worth.
        workers: those of them that have begun.
        scheduler: the address of a Dask scheduler, to which text is sent; "" = this computer.
        quiet: no progress.

    Returns:
        The study with all problems found, and the code frequencies as sums.

    Raises:
        NoTranscripts: nothing to read.
        TranscriptsUnusable: nothing could be read, or `strict` and any fault.
        OutputRefused: the file cannot be written.
        WorkersLost: processes were killed again and again.
    """
    from thematic.analysis.sums import Sums
    from thematic.report.mention_files import demand, joined

    demand(output.suffix)
    done: list[Done] = []
    inputs = _inputs(request, output)
    given = _given(request, output, inputs, attributes_of(request, inputs), every=every)
    if workers:
        workers.begin(do, given, prepare, here=True)  # they do while files are looked for
    sources = _sources(request, output, inputs, elsewhere=bool(scheduler))
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
        tasks = _tasks(inputs, given, sources, workers)
        found = _run(given, tasks, jobs or processes_worth(tasks), scheduler, workers)
        sums = Sums(given.unit, given.codebook)
        with joined(output, given.folder) as add:
            for one in in_order(_shown(found, tasks, quiet=quiet), tasks):
                add(given.folder / one.part)  # while the others are still being made
                sums.merge(Sums.from_data(given.unit, given.codebook, one.sums))
                done.append(one)
            _tell_of_all(request, inputs, given, sources, done)
            _demand_something(request, inputs, done)
    except OSError as error:
        raise _refused(output, error) from error
    except (NoTranscripts, TranscriptsUnusable):
        parts.remove(output)  # which are of no use to anybody
        raise
    parts.remove(output)
    return inputs, sums


def _refused(output: Path, error: OSError) -> OutputRefused:
    if isinstance(error, FileNotFoundError) and output.parent.is_dir():
        return OutputRefused(
            f"{output} cannot be written: its parts are gone",
            "another run with the same -o has probably ended, and takes them with it: "
            "look at what stands under that name, or run the command again",
        )
    return OutputRefused(
        f"{output} cannot be written: {error.strerror or error}",
        f"{_what_stands(output)}; when there is room, run the command again: "
        "parts that are whole are not done twice",
    )


def _what_stands(output: Path) -> str:
    if output.exists():
        return "what stands under that name is older, and is as it was"
    return "nothing stands under that name"


def _inputs(request: Request, output: Path) -> Inputs:
    """The study and the codebook; what cannot be done at all is told at once."""
    if STANDARD_INPUT in request.paths:
        raise UsageError(
            f"standard input (-) cannot be coded to a {output.suffix} file",
            "save it as a file and name that; or write a table: -f csv -o FILE.csv",
        )
    inputs = inputs_of(request)
    if output.parent and not output.parent.is_dir():
        raise OutputRefused(f"there is no folder {output.parent}", "make it first")
    if output.is_dir():
        raise OutputRefused(f"{str(output)!r} is a folder", "name a file with -o")
    return inputs


def _given(
    request: Request, output: Path, inputs: Inputs, attributes: Attributes, *, every: bool
) -> Given:
    from thematic.commands.version import version

    book = inputs.book
    assert book is not None
    declared = inputs.study.unit
    unit = request.unit or (Unit(declared) if declared else book.codebook.unit)
    _ = book.lexicon.abbreviations  # asked here once, not in every process
    keep_asked(request, book)
    return Given(
        codebook=book.codebook,
        lexicon=book.lexicon.to_data(),
        model=request.model,
        exclude=excluded(request, inputs.study, book.codebook),
        unit=unit,
        every=every,
        options=read_options(request, inputs.study),
        attributes=attributes,
        wanted=wanted(request, inputs, attributes),
        folder=parts.folder_beside(output),
        suffix=output.suffix,
        version=version(),
    ).knowing(book)


def _sources(request: Request, output: Path, inputs: Inputs, *, elsewhere: bool) -> list[Source]:
    """The files to code; for processes elsewhere, which have working folders of their own."""
    from thematic.commands.emit import refuse_inputs
    from thematic.readers.remote import address_of

    sources = sources_of(request, inputs)
    refuse_inputs([output], inputs)
    if not elsewhere:
        return sources
    return [one if address_of(one.file) else _absolute(one) for one in sources]


def _absolute(source: Source) -> Source:
    return replace(source, file=str(source.path.absolute()))


def _tasks(
    inputs: Inputs, given: Given, sources: Sequence[Source], workers: Workers | None
) -> list[Task]:
    """What there is to do; processes that wait begin with the first while the rest is cut."""
    tasks: list[Task] = []
    problems: list[Problem] = []
    for task in cut(sources, PART_SIZE, given.options, problems):
        tasks.append(task)
        if workers:
            workers.add(task)
    inputs.problems += problems
    inputs.faulty += len({problem.file for problem in problems})
    return tasks


def _run(
    given: Given, tasks: Sequence[Task], jobs: int, scheduler: str, workers: Workers | None
) -> Iterator[Done]:
    """What each task gives, as they are finished."""
    if scheduler:
        from thematic.backends import dask
        from thematic.report.talk import tell

        tell(f"the text of all transcripts is sent to the hosts of {scheduler}")
        return dask.run(do, given, tasks, scheduler)
    if workers:
        return workers.results()
    if jobs > 1 and len(tasks) > 1:
        return _by(jobs, given, tasks)
    from thematic.backends import serial

    return serial.run(do, given, tasks)


def _by(jobs: int, given: Given, tasks: Sequence[Task]) -> Iterator[Done]:
    """The same by so many processes, of which no other has begun."""
    with begun(min(jobs, len(tasks))) as workers:
        assert workers is not None  # for there are two jobs at least
        yield from workers.run(do, given, tasks, prepare, here=True)


def _shown(found: Iterator[Done], tasks: Sequence[Task], *, quiet: bool) -> Iterator[Done]:
    """The same, while a terminal shows how far the work is."""
    from thematic.report.talk import progress

    size = sum(task.size for task in tasks)
    with progress("coding parts", len(tasks), shown=not quiet, size=size) as advance:
        advance(tasks[0].place[0] if tasks else "")
        for one in found:
            advance(one.place[0])
            yield one


def in_order(found: Iterable[Done], tasks: Iterable[Task]) -> Iterator[Done]:
    """What tasks gave, in the order of their places; each as soon as all before it are done."""
    early: list[tuple[tuple[str, int], int, Done]] = []
    places = sorted((task.place for task in tasks), reverse=True)
    for number, one in enumerate(found):
        heappush(early, (one.place, number, one))
        while early and early[0][0] == places[-1]:
            places.pop()
            yield heappop(early)[2]


def processes_worth(tasks: Sequence[Task]) -> int:
    """As many processes as there are processors and work for."""
    size = sum(task.size for task in tasks)
    processors = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )
    return max(1, min(processors or 1, size // WORTH_A_PROCESS))


def _tell_of_all(
    request: Request,
    inputs: Inputs,
    given: Given,
    sources: Sequence[Source],
    done: Sequence[Done],
) -> None:
    """What was wrong with single transcripts, and what is doubtful of all together."""
    from thematic.readers import parts_of

    gleaned = Gleaned()
    for one in done:
        inputs.faulty += one.faulty
        gleaned.merge(one.gleaned, given.wanted)
    # What is wrong with all of a file of turns is told by each of its pieces.
    inputs.problems += dict.fromkeys(problem for one in done for problem in one.problems)
    inside = gleaned.inside
    if inputs.is_whole(request):
        pairs = [(one, id) for one in sources for id in inside.get(one.id, ())]
        named = [*sources, *(name for one, id in pairs for name in parts_of(one, id))]
        table = inputs.attributes_file
        inputs.problems += unused_rows(given.attributes, named, table, gleaned.rows)
    ids = [id for one in sources for id in inside.get(one.id, (one.id,))]
    inputs.problems += told_by_all(request, inputs, gleaned, ids)


def _demand_something(request: Request, inputs: Inputs, done: Sequence[Done]) -> None:
    errors = [problem for problem in inputs.problems if problem.severity is Severity.ERROR]
    if request.strict and errors:
        raise TranscriptsUnusable(
            f"{faults(errors)} in the transcripts, and --strict was given",
            listing(inputs.problems),
        )
    if any(one.transcripts for one in done):
        return
    if inputs.faulty:
        raise TranscriptsUnusable("no transcript could be read", listing(inputs.problems))
    raise NoTranscripts(
        "there are no transcripts here",
        listing([*inputs.problems, *inputs.skipped]) or "name files or a folder with some",
    )
