"""`thematic codebook`: a codebook to print, as a workbook, or as YAML again."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.codebooks import codebook_named, find_codebook, load_codebook
from thematic.commands.reading import limits_of
from thematic.commands.request import Request, faults, listing, study_file_of
from thematic.errors import CodebookUnusable, OutputRefused, Problem, Severity, UsageError

if TYPE_CHECKING:
    from thematic.model.codebook import Codebook
    from thematic.model.coding import Codings
    from thematic.model.study import Study


class Form(StrEnum):
    """What a codebook can be written as."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    YAML = "yaml"


_ENDINGS = {".markdown": Form.MD, ".htm": Form.HTML, ".yml": Form.YAML}
_ENDINGS |= {f".{form.value}": form for form in Form}
_TO_WORK_ON = (Form.XLSX, Form.YAML)


def codebook(
    codebook: Annotated[
        str | None,
        typer.Argument(
            help="A codebook file (YAML, XLSX), or the name of a shipped one. "
            "Default: what study.yaml in this folder names.",
            show_default=False,
        ),
    ] = None,
    transcripts: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Transcripts in which to count the codes: files, folders, patterns.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            "-o",
            "--output",
            metavar="FILE",
            help="A .docx, .html or .md file to print; .xlsx or .yaml to work on. "
            "Default: Markdown on the terminal.",
        ),
    ] = None,
    with_rules: Annotated[
        bool, typer.Option("--with-rules", help="Print rules, guards and word lists too.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an .xlsx or .yaml file that is there.")
    ] = False,
    unit: o.UnitOpt = None,
    include_interviewer: o.InterviewerOpt = False,
    interviewer: o.LabelOpt = None,
    exclude: o.ExcludeOpt = None,
    attributes: o.AttributesOpt = None,
    column: o.ColumnOpt = None,
    encoding: o.EncodingOpt = None,
    limit: o.LimitOpt = None,
    model: o.ModelOpt = None,
    strict: o.StrictOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Write a codebook for an appendix (Word, HTML, Markdown), or as XLSX or YAML to work on.

    Where transcripts are named, each code gets its number of codings.
    """
    request = o.request_from(
        transcripts,
        codebook,
        unit,
        include_interviewer,
        interviewer,
        exclude,
        attributes,
        column,
        encoding,
        limit,
        model,
        strict,
    )
    form = _form_of(to)
    if not codebook_named(request):
        raise UsageError(
            "no codebook was named, and no study.yaml here names one",
            "thematic codebook BOOK.yaml --to appendix.docx",
        )
    if form in _TO_WORK_ON:
        assert to is not None
        _refuse(request, to, form, with_rules=with_rules, overwrite=overwrite)
        _write_to_work_on(request, to, form, quiet=quiet)
    else:
        _write_to_print(request, to, form, with_rules=with_rules, quiet=quiet)


def print_codebook(
    codebook: Codebook,
    form: Form | str = Form.MD,
    codings: Codings | None = None,
    study: Study | None = None,
    *,
    with_rules: bool = False,
) -> str | bytes:
    """A codebook for an appendix.

    Args:
        codebook: free of faults.
        form: md, html or docx.
        codings: of transcripts by this codebook, to count; None = no numbers.
        study: what is declared of them.
        with_rules: print rules, guards and word lists too.

    Returns:
        The text of a page, or the bytes of a Word file. Nothing in it is quoted from a
        transcript.
    """
    from thematic.analysis.frequency import frequencies
    from thematic.model.study import Status
    from thematic.report.codebook_content import printed_codebook
    from thematic.report.codebook_counts import counts_of
    from thematic.report.codebook_html import codebook_html
    from thematic.report.codebook_markdown import codebook_markdown
    from thematic.report.codebook_word import codebook_docx
    from thematic.report.content import INVENTED

    counts = None
    if codings is not None:
        kinds = [one.transcript.kind for one in codings.transcripts]
        counts = counts_of(frequencies(codings, study), kinds, codings.exclude)
    invented = study is not None and study.status is Status.INVENTED and codings is not None
    banner = INVENTED if invented else ""
    printed = printed_codebook(codebook, counts, with_rules=with_rules, banner=banner)
    match Form(form):
        case Form.DOCX:
            return codebook_docx(printed)
        case Form.HTML:
            return codebook_html(printed)
        case Form.MD:
            return codebook_markdown(printed)
    raise ValueError(f"{form} is no form to print")


def _form_of(to: Path | None) -> Form:
    if to is None:
        return Form.MD
    form = _ENDINGS.get(to.suffix.lower())
    if form is None:
        known = ", ".join(f".{one.value}" for one in Form)
        raise UsageError(f"--to {str(to)!r}: no form of a codebook ends so", f"one of {known}")
    return form


def _write_to_print(
    request: Request, to: Path | None, form: Form, *, with_rules: bool, quiet: bool
) -> None:
    from thematic.commands.emit import finish, put, refuse_inputs
    from thematic.commands.inputs import code_inputs, read_inputs
    from thematic.commands.reading import Inputs
    from thematic.model.study import Study
    from thematic.report.folder import write_file

    codings = None
    if request.paths:
        inputs = read_inputs(request, show_progress=not quiet)
        codings = code_inputs(request, inputs, show_progress=not quiet)
        codebook = codings.codebook
    else:
        inputs = Inputs(Study())
        codebook, path, inputs.problems = _usable(request)
        inputs.use(path)
    written = print_codebook(codebook, form, codings, inputs.study, with_rules=with_rules)
    if to is not None:
        refuse_inputs([to], inputs)
        write_file(to, written)
    else:
        assert isinstance(written, str)
        put(written, None)
    _tell_printed(codebook, to, quiet=quiet)
    finish(inputs, quiet=quiet)


def _tell_printed(codebook: Codebook, to: Path | None, *, quiet: bool) -> None:
    from thematic.report.codebook_content import undefined
    from thematic.report.talk import tell

    if bare := undefined(codebook):
        more = f" and {len(bare) - 5} more" if len(bare) > 5 else ""
        tell(f"without a definition {len(bare)}: {', '.join(bare[:5])}{more}", quiet=quiet)
    if to is not None:
        tell(f"written: {to}", quiet=quiet)


def _usable(request: Request) -> tuple[Codebook, Path, list[Problem]]:
    """The codebook, its file, and what is doubtful about it; its rules are not compiled.

    Raises:
        CodebookUnusable: it has faults (the hint lists all), or there is none.
    """
    study_file = study_file_of(request.paths)
    base = study_file.parent if study_file and not request.codebook else Path()
    name = codebook_named(request)
    codebook, problems, _ = load_codebook(name, base, limits_of(request))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or codebook is None:
        raise CodebookUnusable(f"the codebook has {faults(errors)}", listing(sorted(problems)))
    doubts = [problem for problem in problems if problem.severity is not Severity.NOTE]
    return codebook, find_codebook(name, base)[0], doubts


def _refuse(request: Request, to: Path, form: Form, *, with_rules: bool, overwrite: bool) -> None:
    if request.paths:
        hint = "name a .docx, .html or .md file with --to, or no transcripts"
        raise UsageError(f"a codebook as {form} holds no numbers of codings", hint)
    if with_rules:
        raise UsageError(f"a codebook as {form} always holds its rules", "leave out --with-rules")
    if to.exists() and not to.is_dir() and not overwrite:
        hint = "choose another file with --to, or add --overwrite"
        raise OutputRefused(f"{str(to)!r} is there already; it may hold somebody's work", hint)


def _write_to_work_on(request: Request, to: Path, form: Form, *, quiet: bool) -> None:
    from thematic.readers.codebook.written import read_written
    from thematic.readers.lined_yaml.writing import yaml_text
    from thematic.report.codebook_sheets import codebook_xlsx
    from thematic.report.folder import write_file
    from thematic.report.talk import tell, tell_problems

    book, path, problems = _usable(request)
    if path.resolve() == to.resolve():
        raise OutputRefused(f"{str(to)!r} is the codebook itself", "choose another with --to")
    written = read_written(path)
    assert written is not None
    root = written.named(book.name)
    write_file(to, codebook_xlsx(root) if form is Form.XLSX else yaml_text(root))
    tell_problems(problems, quiet=quiet)
    if written.has_comments:
        tell("comments of the YAML are not in it: keep that file", quiet=quiet)
    tell(f"written: {to}", quiet=quiet)
