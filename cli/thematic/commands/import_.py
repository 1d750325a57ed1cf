"""`thematic import`: what people coded and remarked in Word, tables and memos, recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.given_files import bytes_of
from thematic.commands.inputs import read_inputs
from thematic.commands.request import Request, study_file_of
from thematic.errors import ExitCode, NoTranscripts, Severity, UsageError

if TYPE_CHECKING:
    from thematic.analysis.imported import Import
    from thematic.commands.reading import Inputs
    from thematic.errors import Problem
    from thematic.exchange.incoming import Came, Incoming, Known
    from thematic.model.codebook import Codebook
    from thematic.readers import Limits

_KINDS = "a Word file (.docx), a table (.csv, .tsv, .xlsx) or a memo (.md)"


@o.with_options
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Word files with comments, tables of codings (.csv, .tsv, .xlsx), memos (.md), "
            "or folders of these.",
        ),
    ],
    study: Annotated[
        Path | None,
        typer.Option("--study", help="The study folder; default: this one, or that of the files."),
    ] = None,
    transcript: Annotated[
        str,
        typer.Option("--transcript", metavar="ID", help="The transcript that the files are about."),
    ] = "",
    coder: Annotated[
        str, typer.Option("--coder", help="Whose they are, whatever the files say.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be recorded.")
    ] = False,
    codebook: o.CodebookOpt = None,
    limit: o.LimitOpt = None,
    out: o.Output = o.SCREEN,
) -> None:
    """Take in codings and memos from Word comments, tables and Markdown files.

    Nothing is recorded twice: what stands in the study already is passed over, and so is what
    came from the same file before and was undone or replaced since.
    """
    from thematic.commands.incoming import compared, record_new
    from thematic.commands.reading import limits_of
    from thematic.commands.uncounted import coded_uncounted
    from thematic.exchange.incoming import Known
    from thematic.exchange.naming import Codes
    from thematic.store.database import open_store
    from thematic.store.entries import named_coder

    folder = _study_folder(study, files)
    request = Request(paths=[folder], codebook=codebook or "", limits=limit or ())
    store = open_store(folder)
    inputs = _inputs(request)
    book = _codebook(request, folder)
    known = Known(
        inputs.transcripts,
        Codes(book.paths() if book else ()),
        named_coder(coder) if coder else "",
        transcript,
    )
    came, problems = _read(_files(files), known, limits_of(request))
    imports = compared(came, inputs.transcripts, store)
    if not dry_run:
        record_new(imports, store, book)
    _show(imports, inputs, out)
    for file in dict.fromkeys(one.file for one in imports):
        acts = [one.act for one in imports if one.file == file and one.status in ("new", "known")]
        problems += coded_uncounted(acts, inputs, book, file)
    _finish(imports, problems, inputs, dry_run=dry_run, quiet=out.quiet)


def _study_folder(study: Path | None, files: Sequence[Path]) -> Path:
    found = study_file_of([study]) if study else (study_file_of([]) or study_file_of(files))
    if found is None:
        where = repr(str(study)) if study else "this folder"
        hint = "name the study's folder with --study, or begin one with: thematic init"
        raise UsageError(f"there is no study.yaml in {where}", hint)
    return found.parent


def _inputs(request: Request) -> Inputs:
    from thematic.commands.reading import Inputs
    from thematic.commands.request import study_of

    try:
        return read_inputs(request, need_codebook=False)
    except NoTranscripts:  # memos on codes and on the study need none
        study_file = study_file_of(request.paths)
        return Inputs(study_of(study_file, request), study_file)


def _codebook(request: Request, folder: Path) -> Codebook | None:
    """The study's codebook, if one is named: whole, or codes would be unknown that are in it."""
    from thematic.commands.codebooks import codebook_named, load_codebook
    from thematic.commands.request import faults, listing
    from thematic.errors import CodebookUnusable

    name = codebook_named(request)
    if not name:
        return None
    book, problems, file = load_codebook(name, Path() if request.codebook else folder)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or book is None:
        raise CodebookUnusable(f"{file} has {faults(errors)}", listing(problems))
    return book


def _files(given: Sequence[Path]) -> list[Path]:
    """The files named, and those in the folders named."""
    from thematic.exchange.coding_table import is_table_file
    from thematic.exchange.word_file import is_word_file

    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = (one for one in sorted(path.rglob("*")) if one.is_file())
            found += [
                one
                for one in inside
                if not one.name.startswith(("~$", ".", "README"))
                and (one.suffix == ".md" or is_table_file(one.suffix) or is_word_file(one.name))
            ]
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(f"there is no file {str(path)!r}", f"name {_KINDS}")
    if not found:
        raise UsageError("there is nothing to take in", f"name {_KINDS}")
    return list(dict.fromkeys(found))


def _read(files: Sequence[Path], known: Known, limits: Limits) -> tuple[list[Came], list[Problem]]:
    """What the files say, each coding once."""
    from thematic.exchange.incoming import merged

    came: list[Came] = []
    problems: list[Problem] = []
    for file in files:
        found = _read_one(file, known, limits).within(str(file))
        came += found.came
        problems += found.problems
    return merged(came), problems


def _read_one(file: Path, known: Known, limits: Limits) -> Incoming:
    from thematic.exchange.coding_table import is_table_file, read_coding_table
    from thematic.exchange.memo_file import read_memo
    from thematic.exchange.word_comments import read_comments
    from thematic.exchange.word_file import is_word_file

    suffix = file.suffix.lower()
    data = bytes_of(file)
    if is_word_file(file.name):
        return read_comments(data, known, limits)
    if is_table_file(suffix):
        return read_coding_table(data, suffix, known, limits)
    if suffix in (".md", ".markdown"):
        return read_memo(data, known)
    raise UsageError(f"{str(file)!r} cannot be taken in", f"name {_KINDS}")


def _show(imports: Sequence[Import], inputs: Inputs, out: o.Output) -> None:
    from thematic.analysis.history import Words
    from thematic.analysis.imported import import_table
    from thematic.commands.emit import emit
    from thematic.report.history import draw_history, history_markdown
    from thematic.report.imported import import_grid

    by_id = {one.id: one for one in inputs.transcripts}
    table = import_table(imports, by_id, Words(inputs.transcripts, inputs.study))
    grid = import_grid(table)
    emit(
        table,
        out,
        lambda screen: draw_history(grid, table.notes, screen),
        markdown=lambda: history_markdown(grid, table.notes),
        inputs=inputs,
    )


def _finish(
    imports: Sequence[Import],
    problems: Sequence[Problem],
    inputs: Inputs,
    *,
    dry_run: bool,
    quiet: bool,
) -> None:
    from thematic.report.talk import tell, tell_problems

    errors = [one for one in inputs.problems if one.severity is Severity.ERROR]
    tell_problems([*errors, *problems], quiet=quiet)
    number = Counter(one.status for one in imports)
    gone = number["undone"] + number["replaced"]
    done = "would be recorded" if dry_run else "recorded"
    tell(
        f"{number['new']} {done}; {number['known']} stood there already; "
        f"{number['refused']} not understood"
        + f"; {number['ignored']} ignored, without text" * bool(number["ignored"])
        + f"; {gone} undone or replaced since, and not recorded again: thematic log" * bool(gone),
        quiet=quiet,
    )
    if errors or any(one.severity is Severity.ERROR for one in problems):
        raise typer.Exit(ExitCode.PROBLEMS)
