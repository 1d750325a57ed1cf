"""The transcripts and attributes that a request names, read; faults are kept as data."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from thematic import readers
from thematic.commands.doubts import doubtful_consent, unused_rows
from thematic.commands.programs import OFFICE
from thematic.commands.request import Request, listing
from thematic.errors import NoTranscripts, Problem, Severity, TranscriptsUnusable, UsageError
from thematic.model.nouns import dataclass
from thematic.model.patterns import expression
from thematic.model.study import Speakers, Study
from thematic.model.transcript import Transcript

if TYPE_CHECKING:
    from thematic.coding.compiled import CompiledCodebook
    from thematic.readers import Limits, ReadOptions, Source

STANDARD_INPUT = Path("-")
_NUMBER = expression("([0-9]{1,15})[ ]?([KMG]?)B?", re.IGNORECASE)
_SIZES = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_COLUMN_ROLES = ("speaker", "time", "text", "id", "role", "sheet")
Reading = tuple[tuple[Transcript, ...], list[Problem]]
Attributes = dict[str, dict[str, str]]  # by transcript ID, then by the attribute's name
ATTRIBUTE_FILES = ("attributes.csv", "attributes.tsv", "attributes.xlsx")


@dataclass
class Inputs:
    """What was read, and everything that was wrong with it."""

    study: Study
    study_file: Path | None = None
    transcripts: list[Transcript] = field(default_factory=list)
    book: CompiledCodebook | None = None
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # by transcript ID, as the user named it
    sources: dict[str, Source] = field(default_factory=dict)  # the same, to read again
    faulty: int = 0  # files that should have been transcripts and could not be read

    attributes_file: Path | None = None
    used: set[str] = field(default_factory=set)  # where files lie that no output may overwrite
    to_keep: list[Callable[[], None]] = field(default_factory=list)  # keep what this run found out

    def keep(self) -> None:
        """Keep for the next run what was found out so far."""
        for keep in self.to_keep:
            keep()

    def use(self, *files: Path) -> None:
        """Let no output overwrite these files."""
        self.used.update(os.path.normcase(file.resolve()) for file in files)

    def uses(self, file: Path) -> bool:
        """Whether a file is one that no output may overwrite."""
        return os.path.normcase(file.resolve()) in self.used

    @property
    def base(self) -> Path:
        """The study's folder."""
        return self.study_file.parent if self.study_file else Path()

    def is_whole_study(self, request: Request) -> bool:
        """Whether the one path given is the study's own folder."""
        given = request.paths
        return self.study_file is not None and len(given) == 1 and _same(given[0], self.base)

    def is_whole(self, request: Request) -> bool:
        """Whether all that is there is asked for: no path is given, or the study's folder."""
        return not request.paths or self.is_whole_study(request)

    @property
    def may_be_judged(self) -> bool:
        """Whether people may have recorded anything on this study."""
        from thematic.store.place import may_have_store

        return self.study_file is not None and may_have_store(self.base)

    @property
    def has_errors(self) -> bool:
        """Whether anything cost data."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def _same(one: Path, other: Path) -> bool:
    return one.is_dir() and one.resolve() == other.resolve()


def read_transcripts(request: Request, inputs: Inputs, *, show_progress: bool = False) -> None:
    """Read what the request names into the inputs, each with its attributes.

    Raises:
        NoTranscripts: nothing is named.
        TranscriptsUnusable: a table of attributes cannot be read.
    """
    paths = _paths(request, inputs)
    if any(path != STANDARD_INPUT for path in paths):
        table = attributes_of(request, inputs)
        sources = sources_of(request, inputs)
        with _progress(sources, shown=show_progress) as advance:
            named = _read_each(sources, request, inputs, table, advance)
        if inputs.is_whole(request):
            inputs.problems += unused_rows(table, named, inputs.attributes_file)
    if STANDARD_INPUT in paths:
        _take(*_from_standard_input(request, inputs.study), inputs, "standard input")


def attributes_of(request: Request, inputs: Inputs) -> Attributes:
    """What a table tells of each transcript by its ID; it is read before these are looked for.

    Raises:
        NoTranscripts: nothing is named.
        TranscriptsUnusable: the table cannot be read.
    """
    from thematic.readers import read_attributes

    path = request.attributes or _attributes_beside(_files(request, inputs), inputs)
    if path is None:
        return {}
    table, problems = read_attributes(path)
    if not table and any(problem.severity is Severity.ERROR for problem in problems):
        raise TranscriptsUnusable(
            "the table of attributes cannot be read; it may say what must not be quoted",
            listing(problems),
        )
    inputs.problems += problems
    inputs.attributes_file = path
    inputs.use(path)
    return table


def _attributes_beside(files: Sequence[Path], inputs: Inputs) -> Path | None:
    """The table that the study names, or that lies beside the transcripts."""
    if inputs.study.attributes:
        return inputs.base / inputs.study.attributes
    folders = [file if file.is_dir() else file.parent for file in files]
    folders += [inputs.base] if inputs.study_file else []
    beside = (folder / name for folder in dict.fromkeys(folders) for name in ATTRIBUTE_FILES)
    return next((candidate for candidate in beside if candidate.is_file()), None)


def sources_of(request: Request, inputs: Inputs) -> list[Source]:
    """The files that a request names, by ID; the attributes are read already.

    Raises:
        NoTranscripts: nothing is named.
    """
    from thematic.readers import find_transcripts

    files = _files(request, inputs)
    _tell_who_is_contacted(files)
    base = inputs.base if inputs.study_file else None
    found = find_transcripts(files, base, limits_of(request))
    table = inputs.attributes_file
    inputs.skipped += [note for note in found.skipped if table is None or Path(note.file) != table]
    inputs.problems += found.problems
    sources = _named_as_in_the_study(found.sources, request, inputs)
    # Neither a codebook that is a workbook nor a table of attributes is one of turns.
    sources = [one for one in sources if os.path.normcase(one.real) not in inputs.used]
    inputs.used.update(os.path.normcase(one.real) for one in sources)
    return sources


def _files(request: Request, inputs: Inputs) -> list[Path]:
    return [path for path in _paths(request, inputs) if path != STANDARD_INPUT]


def _tell_who_is_contacted(files: Sequence[Path]) -> None:
    """Say before anything leaves this computer; also where everything else is quiet."""
    from thematic.readers.remote import contacted

    hosts = contacted(files)
    if hosts:
        from thematic.report.talk import tell

        tell(f"transcripts are read from {', '.join(hosts)}, which this computer contacts")


def _paths(request: Request, inputs: Inputs) -> list[Path]:
    given = list(request.paths)
    if inputs.study_file is not None and (not given or inputs.is_whole_study(request)):
        return [inputs.base / name for name in inputs.study.transcripts or (".",)]
    if not given:
        raise NoTranscripts(
            "no transcripts were named, and there is no study.yaml in this folder",
            "name files or a folder; or begin a study folder with: thematic init",
        )
    return given


def _named_as_in_the_study(
    sources: Sequence[Source], request: Request, inputs: Inputs
) -> list[Source]:
    """The sources with the IDs they have when the whole study is read."""
    from thematic.readers import find_transcripts

    if inputs.study_file is None or not request.paths or inputs.is_whole_study(request):
        return list(sources)
    whole = [inputs.base / name for name in inputs.study.transcripts or (".",)]
    found = find_transcripts(whole, inputs.base, limits_of(request))
    ids = {(one.real, one.members): one.id for one in found.sources}
    named = [replace(one, id=ids.get((one.real, one.members), one.id)) for one in sources]
    return sorted(named, key=lambda source: source.id)


def _read_each(
    sources: Sequence[Source],
    request: Request,
    inputs: Inputs,
    table: Attributes,
    advance: Callable[[str], None],
) -> list[Source]:
    """Read all files; the IDs by which the table of attributes may name what is in them."""
    if not sources:
        return []
    read = _reader(request, inputs)
    named: list[Source] = []
    for source in sources:
        advance(source.id)
        named += _read_one(source, read, inputs, table)
    return named


def _progress(
    sources: Sequence[Source], *, shown: bool
) -> AbstractContextManager[Callable[[str], None]]:
    """What is being read, for long work on a terminal."""
    if not shown or not sys.stderr.isatty():
        return nullcontext(lambda _id: None)
    from thematic.report.talk import progress

    size = 0
    for source in sources:
        with suppress(OSError):  # an address, or a file that is told when it is read
            size += source.path.stat().st_size
    return progress("reading", len(sources), shown=True, size=size)


def _reader(request: Request, inputs: Inputs) -> Callable[[Source], Reading]:
    """What reads a file; it is asked what earlier runs read, where that is kept."""
    options = read_options(request, inputs.study)
    if not request.cache:
        from thematic.readers import read_source

        return partial(read_source, options=options)
    from thematic.commands.kept_readings import KeptReadings

    kept = KeptReadings(options, inputs.base)
    inputs.to_keep.append(kept.keep)
    return kept.read


def _read_one(
    source: Source, read: Callable[[Source], Reading], inputs: Inputs, table: Attributes
) -> list[Source]:
    """Read one file; the IDs by which the table of attributes may name what is in it."""
    from thematic.readers import parts_of

    transcripts, problems = _with_attributes(source, read(source), table)
    _take(transcripts, problems, inputs, source.shown)
    inputs.sources |= {transcript.id: source for transcript in transcripts}
    return [source, *(part for one in transcripts for part in parts_of(source, one.id))]


def read_with_attributes(
    source: Source, options: ReadOptions, table: Attributes
) -> tuple[list[Transcript], list[Problem]]:
    """The transcripts of one file with what is known of them, and all that is doubtful."""
    return _with_attributes(source, readers.read_source(source, options), table)


def _with_attributes(
    source: Source, reading: Reading, table: Attributes
) -> tuple[list[Transcript], list[Problem]]:
    transcripts, told = reading
    problems = list(told)
    finished: list[Transcript] = []
    for transcript in transcripts:
        found, more = with_what_is_known(source, transcript, table)
        problems += more
        finished.append(found)
    return finished, problems


def with_what_is_known(
    source: Source, transcript: Transcript, table: Attributes
) -> tuple[Transcript, list[Problem]]:
    """A transcript with its row of the table of attributes, and what is doubtful in it."""
    if not table and not transcript.attributes:
        return transcript, []
    found, problems = readers.with_row_of(source, transcript, table)
    return found, [*problems, *doubtful_consent(found)]


def _take(
    transcripts: Sequence[Transcript], problems: Sequence[Problem], inputs: Inputs, file: str
) -> None:
    inputs.problems += [p if p.file else p.within(file) for p in problems]
    inputs.faulty += not transcripts
    inputs.transcripts += transcripts
    inputs.files |= {transcript.id: file for transcript in transcripts}


def _from_standard_input(
    request: Request, study: Study
) -> tuple[Sequence[Transcript], list[Problem]]:
    from thematic.readers import read_all

    options = read_options(request, study)
    return read_all(sys.stdin.buffer.read(), id="stdin", suffix="", options=options)


def read_options(request: Request, study: Study) -> ReadOptions:
    """How transcripts are to be read."""
    from thematic.readers import ReadOptions

    if request.encoding:
        try:
            codecs.lookup(request.encoding)
        except LookupError:
            hint = "names such as utf-8, cp1252, utf-16, mac-roman are understood"
            raise UsageError(f"there is no encoding {request.encoding!r}", hint) from None
    columns = _columns(request)
    speakers: Speakers = study.speakers
    return ReadOptions(
        encoding=request.encoding,
        speaker_column=columns["speaker"][-1],
        time_column=columns["time"][-1],
        text_columns=tuple(columns["text"][1:]),
        id_column=columns["id"][-1],
        role_column=columns["role"][-1],
        sheet=columns["sheet"][-1],
        speakers=speakers,
        limits=limits_of(request),
        office=OFFICE.find(),
    )


def _columns(request: Request) -> dict[str, list[str]]:
    """Role -> an empty name and those given; of all but the text the last one counts.

    Raises:
        UsageError: `--column` is not understood.
    """
    columns = {role: [""] for role in _COLUMN_ROLES}
    for written in request.columns:
        role, sign, name = written.partition("=")
        if role.strip() not in columns or not (sign and name.strip()):
            raise UsageError(
                f"--column {written!r} is not understood",
                f"write --column ROLE=NAME; roles are {', '.join(_COLUMN_ROLES)}",
            )
        columns[role.strip()].append(name.strip())
    return columns


def limits_of(request: Request) -> Limits:
    """How much of a file is read: the defaults, with what `--limit NAME=NUMBER` says.

    Raises:
        UsageError: a name or number is not understood.
    """
    from thematic.readers.limits import NAMES, Limits

    given: dict[str, int] = {}
    for written in request.limits:
        name, _, number = written.partition("=")
        found = _NUMBER.fullmatch(number.strip().replace(",", "").replace("_", ""))
        if name not in NAMES or not found:
            hint = f"write for example --limit unpacked=2GB; names are {', '.join(NAMES)}"
            raise UsageError(f"--limit {written!r} is not understood", hint)
        given[name] = int(found[1]) * _SIZES[found[2].upper()]
    return Limits(**given)
