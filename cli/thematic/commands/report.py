"""`thematic report`: the default report, on the terminal or as a folder of results."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.command_line import CommandLine
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.report_forms import Form, Forms, demand_transcripts, form_of
from thematic.commands.request import Request
from thematic.commands.results import Results, results
from thematic.commands.since import since, told_since
from thematic.errors import Problem, UsageError
from thematic.model.nouns import dataclass

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.report.manifest import Provenance


@dataclass(frozen=True)
class Wanted:
    """What a report is to be and where it goes.

    Args:
        output: a file, whose ending says what it is, or a folder; None = the terminal.
        since: earlier results, of which the first page says what changed.
        brief: in a folder, two pages in Word too.
        codes: those below the themes too, on the terminal.
        whole: transcripts too.
        pdf: in a folder, one more file.
        stamp: tell in a folder when it was made.
    """

    output: Path | None = None
    since: Path | None = None
    brief: bool = False
    codes: bool = False
    whole: bool = False
    pdf: bool = False
    stamp: bool = False
    to: o.Format = o.Format.TABLE
    raw: bool = False
    quiet: bool = False


@o.with_options
def report(
    request: Request,
    called: CommandLine,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="A folder for tables, report and manifest; or one file: .html, .docx, .xlsx, "
            ".pdf, .tex, .md, .json.",
        ),
    ] = None,
    codes: Annotated[
        bool, typer.Option("--codes", help="Show the codes below the themes in the table.")
    ] = False,
    with_transcripts: Annotated[
        bool,
        typer.Option(
            "--with-transcripts",
            help="HTML and Word: whole transcripts too, with codes, as far as consent allows.",
        ),
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="In a folder: report.pdf too, printed by a browser.")
    ] = False,
    since_results: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="FOLDER",
            help="Earlier results: say first what changed since then. May be the -o folder.",
        ),
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help="In a folder: brief.docx too, two pages at most.")
    ] = False,
    stamp: o.StampOpt = False,
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Report code frequencies and quotes: who speaks of each theme, and in what words."""
    wanted = Wanted(
        output, since_results, brief, codes, with_transcripts, pdf, stamp, to, raw, quiet
    )
    run_report(request, called, wanted)


def run_report(request: Request, called: CommandLine, wanted: Wanted) -> None:
    """Read, code, and draw the report or write its files; leave as `finish` says."""
    from thematic.commands.emit import finish

    finish(made_report(request, called, wanted)[0], quiet=wanted.quiet)


def made_report(request: Request, called: CommandLine, wanted: Wanted) -> tuple[Inputs, Results]:
    """Draw the report or write its files; what was read, with its problems, and all tables.

    A drop by half since the earlier results is a problem of severity error, where it is new.
    """
    form = _demanded(wanted)
    inputs = read_inputs(request, show_progress=not wanted.quiet)
    codings = code_inputs(request, inputs, show_progress=not wanted.quiet)
    found = results(codings, inputs.study, faulty=inputs.faulty)
    if wanted.since is not None:
        found = _compared(found, wanted.since, request, inputs, called)
    if wanted.output is None:
        _show(found, wanted.to, codes=wanted.codes)
    else:
        from thematic.commands.method import note_of

        forms = Forms(found, note_of(codings, inputs), whole=wanted.whole)
        if form is not None:
            _write_one(forms, form, wanted.output, inputs, quiet=wanted.quiet)
        else:
            from thematic.commands.provenance import provenance

            called = told_since(called, found.since)
            made = provenance(request, inputs, codings, called, stamp=wanted.stamp)
            _write_folder(forms, found, made, wanted, inputs)
    return inputs, found


def _compared(
    found: Results, place: Path, request: Request, inputs: Inputs, called: CommandLine
) -> Results:
    """The results with what changed; a drop by half becomes a problem."""
    from thematic.commands.provenance import provenance
    from thematic.report.changed import alarms

    made = provenance(request, inputs, found.codings, told_since(called, None))
    known = since(place, found.codings, found.overview, found.frequencies, made)
    if known is not None and known.is_new:
        hint = "look at what is no longer read, before you use these numbers"
        inputs.problems += [
            Problem(str(place), 0, f"ALARM: since these results {said}", hint)
            for said in alarms(known.changes)
        ]
    return replace(found, since=known)


def _demanded(wanted: Wanted) -> Form | None:
    """The form of the one file wanted, before any work is done; None for anything else.

    Raises:
        UsageError: what is wanted does not go together, or a browser is missing.
    """
    if wanted.to is o.Format.CSV:
        hint = "use -o FOLDER for all of them, or: thematic freq -f csv, thematic quotes -f csv"
        raise UsageError("a report is several tables, which one CSV cannot hold", hint)
    form = form_of(wanted.output) if wanted.output else None
    if wanted.whole:
        demand_transcripts(form, on_screen=wanted.output is None)
    if form is not None and wanted.stamp:
        raise UsageError("only a folder tells when it was made", "leave out --stamp")
    if wanted.brief and (form or wanted.output is None):
        raise UsageError("--brief adds a file to a folder", "name a folder with -o")
    if wanted.pdf and (form or wanted.output is None):
        raise UsageError("--pdf adds a file to a folder", "name a folder with -o, or -o report.pdf")
    if wanted.pdf or form is Form.PDF:
        from thematic.commands.printing import demand_browser

        demand_browser()
    return form


def _write_one(forms: Forms, form: Form, output: Path, inputs: Inputs, *, quiet: bool) -> None:
    from thematic.commands.emit import refuse_inputs
    from thematic.report.folder import write_file
    from thematic.report.talk import tell

    refuse_inputs([output], inputs)
    write_file(output, forms.file(form))
    tell(f"written: {output}", quiet=quiet)


def _write_folder(
    forms: Forms, found: Results, made: Provenance, wanted: Wanted, inputs: Inputs
) -> None:
    """All files and their manifest, in which a PDF stands apart: browsers print as they like."""
    from thematic.commands.emit import refuse_inputs
    from thematic.report.folder import MANIFEST, as_bytes, write_folder
    from thematic.report.manifest import manifest
    from thematic.report.talk import tell

    output = wanted.output
    assert output is not None
    files = forms.folder(raw=wanted.raw, brief=wanted.brief)
    printed = {"report.pdf": as_bytes(forms.file(Form.PDF))} if wanted.pdf else {}
    files[MANIFEST] = manifest(found.codings, found.overview, files, made, printed)
    files |= printed
    refuse_inputs([output / name for name in files], inputs)
    write_folder(output, files)
    tell(f"{output}: {', '.join(sorted(files))}", quiet=wanted.quiet)


def _show(found: Results, to: o.Format, *, codes: bool) -> None:
    from thematic.commands.emit import put, standard_output

    match to:
        case o.Format.JSON:
            from thematic.report.data import tables_as_json

            put(tables_as_json("report", [found.frequencies, found.quotes]), None)
        case o.Format.MD:
            from thematic.report.markdown import report_markdown

            put(report_markdown(found.content(codes=codes)), None)
        case _:
            from thematic.report.terminal import draw_report

            with standard_output():
                draw_report(found.content(codes=codes), sys.stdout)
