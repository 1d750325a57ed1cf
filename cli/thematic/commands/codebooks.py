"""The codebook that a request or its study names: read, compiled, with all its problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thematic.commands.request import Request, faults, listing, study_file_of, study_of
from thematic.errors import CodebookUnusable, Problem, Severity, did_you_mean
from thematic.model.codebook import Codebook
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.coding.compiled import CompiledCodebook
    from thematic.readers.limits import Limits


def load_codebook(
    name: str, base: Path = Path(), limits: Limits | None = None
) -> tuple[Codebook | None, list[Problem], str]:
    """A codebook by its file, seen from `base`, or by the name of a shipped one.

    Returns:
        The codebook or None, its problems, and what its file is called in messages.

    Raises:
        CodebookUnusable: there is no such file and no such shipped codebook.
    """
    from thematic.readers.codebook import read_codebook_file
    from thematic.readers.limits import Limits

    path, said = find_codebook(name, base)
    codebook, problems = read_codebook_file(path, limits or Limits())
    if said != str(path):
        problems = [problem.within(said) for problem in problems]
    return codebook, problems, said


def find_codebook(name: str, base: Path = Path()) -> tuple[Path, str]:
    """The file of a codebook, as `load_codebook` finds it, and what it is called in messages.

    Raises:
        CodebookUnusable: there is no such file and no such shipped codebook.
    """
    from thematic.shipped import codebook_names, codebook_path

    file = base / name
    if file.is_file():
        return file, str(file)
    shipped = codebook_path(name)
    if shipped is not None:
        return shipped, f"{name} (shipped)"
    if file.exists():  # a folder: who reads it says so
        return file, str(file)
    names = codebook_names()
    raise CodebookUnusable(
        f"there is no codebook {name!r}",
        did_you_mean(name, names)
        or f"name a YAML or XLSX file, or a shipped one: {', '.join(names)}",
    )


def files_of(request: Request, study_file: Path | None) -> list[Path]:
    """The files of the study and of the codebook that a request names."""
    base = study_file.parent if study_file and not request.codebook else Path()
    name = request.codebook or study_of(study_file, request).codebook
    named = [*([base / name] if name else []), *([study_file] if study_file else [])]
    return [file for file in named if file.is_file()]


def codebook_of(request: Request) -> Codebook:
    """The codebook that a request names, read on its own.

    Raises:
        CodebookUnusable: it has faults, or there is none.
    """
    return usable_codebook(request)[0].codebook


def usable_codebook(request: Request) -> tuple[CompiledCodebook, list[Problem]]:
    """The codebook that a request names, compiled, and what is doubtful about it.

    Raises:
        CodebookUnusable: it has faults (the hint lists all), or there is none.
    """
    read = compiled_codebook(request)
    if read.errors or read.book is None:
        raise CodebookUnusable(f"the codebook has {faults(read.errors)}", listing(read.problems))
    return read.book, list(read.problems)


@dataclass(frozen=True)
class ReadCodebook:
    """A codebook as far as it can be used, what its file is called, and all its problems."""

    book: CompiledCodebook | None
    file: str
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from being used."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def codebook_named(request: Request) -> str:
    """What the request, or else its study, names as codebook; empty where neither does."""
    return request.codebook or study_of(study_file_of(request.paths), request).codebook


def compiled_codebook(request: Request) -> ReadCodebook:
    """The codebook that a request (or its study) names, compiled, with all its problems.

    Raises:
        CodebookUnusable: none is named, or there is no such codebook.
    """
    study_file = study_file_of(request.paths)
    base = study_file.parent if study_file else Path()
    name = codebook_named(request)
    if not name:
        raise CodebookUnusable(
            "no codebook was named",
            "add -c FILE; a YAML file of `theme: [phrases]` is enough (see: thematic demo)",
        )
    path, said = find_codebook(name, Path() if request.codebook else base)
    book, read, found = _read_and_compiled(path, request)
    problems = [problem.within(said) for problem in (*read, *found)]
    return ReadCodebook(book, said, tuple(sorted(problems)))


def _read_and_compiled(
    path: Path, request: Request
) -> tuple[CompiledCodebook | None, list[Problem], list[Problem]]:
    """A codebook made ready, what reading it found, and what compiling it found."""
    from thematic.commands.caching import cached_lexicon
    from thematic.commands.compiled import cached_book, keep_book

    kept = cached_book(path, request.model) if request.cache else None
    if kept is not None:
        return kept
    from thematic.coding.compile import compile_codebook
    from thematic.commands.reading import limits_of
    from thematic.readers.codebook import read_codebook_file

    codebook, read = read_codebook_file(path, limits_of(request))
    if codebook is None:
        return None, read, []
    lexicon = cached_lexicon(codebook) if request.cache else None
    book, found = compile_codebook(codebook, request.model, lexicon)
    if request.cache and not any(p.severity is Severity.ERROR for p in (*read, *found)):
        keep_book(path, request.model, book, read, found)
    return book, read, found
