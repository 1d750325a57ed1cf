"""`thematic report`: the default report, on the terminal or as a folder of results."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.command_line import CommandLine
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.analysis.overview import Overview
    from thematic.analysis.result import ResultTable
    from thematic.model.coding import Codings
    from thematic.model.study import Study
    from thematic.report.content import Report
    from thematic.report.method import MethodNote

PER_CODE = 3


@dataclass(frozen=True)
class Results:
    """All tables of one run."""

    codings: Codings
    study: Study
    overview: Overview
    frequencies: ResultTable
    by_transcript: ResultTable
    quotes: ResultTable

    @cached_property
    def mentions(self) -> ResultTable:
        """Every mention; only a folder of results has it."""
        from thematic.analysis.listing import mentions

        return mentions(self.codings, self.study, every=True)

    @cached_property
    def coding_rows(self) -> ResultTable:
        """Every coding; only a folder of results has it."""
        from thematic.analysis.listing import coding_rows

        return coding_rows(self.codings, self.study)

    def content(self, *, codes: bool) -> Report:
        """The report's content in reading order."""
        from thematic.report.content import report_content

        book = self.codings.codebook
        return report_content(
            self.overview, self.frequencies, self.by_transcript, self.quotes, book, codes=codes
        )


def results(
    codings: Codings, study: Study, *, quoted: tuple[str, ...] = (), faulty: int = 0
) -> Results:
    """Every table of the default report.

    Args:
        codings: the coded study.
        study: what is declared about it.
        quoted: codes to quote; empty = every theme.
        faulty: files that could not be read.
    """
    from thematic.analysis.frequency import frequencies
    from thematic.analysis.overview import overview
    from thematic.analysis.quotes import quotes

    return Results(
        codings=codings,
        study=study,
        overview=overview(codings, study, faulty=faulty),
        frequencies=frequencies(codings, study),
        by_transcript=frequencies(codings, study, by="transcript"),
        quotes=quotes(codings, study, codes=quoted, per_code=PER_CODE),
    )


def result_files(
    found: Results, note: MethodNote, *, raw: bool = False, with_transcripts: bool = False
) -> dict[str, str | bytes]:
    """The files of a result folder but its manifest: name -> text."""
    from thematic.report.data import as_csv, as_json
    from thematic.report.html import report_html
    from thematic.report.markdown import report_markdown
    from thematic.report.method import method_markdown
    from thematic.report.page import page_of

    content = found.content(codes=True)
    tables = {
        "frequencies": found.frequencies,
        "frequencies-by-transcript": found.by_transcript,
        "quotes": found.quotes,
        "mentions": found.mentions,
        "codings": found.coding_rows,
    }
    page = page_of(
        content,
        note,
        found.by_transcript,
        found.codings,
        found.study,
        with_transcripts=with_transcripts,
    )
    files: dict[str, str | bytes] = {
        "report.md": report_markdown(content),
        "report.html": report_html(page),
        "method.md": method_markdown(note),
    }
    for name, table in tables.items():
        files[f"{name}.csv"] = as_csv(table, raw=raw)
        files[f"{name}.json"] = as_json(table)
    return files


@o.with_options
def report(
    request: Request,
    called: CommandLine,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A folder for tables, report and manifest."),
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
    stamp: o.StampOpt = False,
    to: o.FormatOpt = o.Format.TABLE,
    raw: o.RawOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Report code frequencies and quotes: who speaks of each theme, and in what words."""
    run_report(
        request,
        called,
        output=output,
        codes=codes,
        with_transcripts=with_transcripts,
        stamp=stamp,
        to=to,
        raw=raw,
        quiet=quiet,
    )


def run_report(
    request: Request,
    called: CommandLine,
    *,
    output: Path | None,
    codes: bool,
    with_transcripts: bool = False,
    stamp: bool = False,
    to: o.Format = o.Format.TABLE,
    raw: bool = False,
    quiet: bool = False,
) -> None:
    """Read, code, and draw the report or write its folder."""
    from thematic.commands.emit import finish, refuse_inputs
    from thematic.report.talk import tell

    if to is o.Format.CSV:
        hint = "use -o FOLDER for all of them, or: thematic freq -f csv, thematic quotes -f csv"
        raise UsageError("a report is several tables, which one CSV cannot hold", hint)
    inputs = read_inputs(request)
    codings = code_inputs(request, inputs, show_progress=not quiet)
    found = results(codings, inputs.study, faulty=inputs.faulty)
    if output is None:
        _show(found, to, codes=codes)
    else:
        from thematic.commands.method import note_of
        from thematic.commands.provenance import provenance
        from thematic.report.folder import MANIFEST, write_folder
        from thematic.report.manifest import manifest

        note = note_of(codings, inputs)
        files = result_files(found, note, raw=raw, with_transcripts=with_transcripts)
        made = provenance(request, inputs, codings, called, stamp=stamp)
        files[MANIFEST] = manifest(codings, found.overview, files, made)
        refuse_inputs([output / name for name in files], inputs)
        write_folder(output, files)
        tell(f"{output}: {', '.join(sorted(files))}", quiet=quiet)
    finish(inputs, quiet=quiet)


def _show(found: Results, to: o.Format, *, codes: bool) -> None:
    from thematic.commands.emit import put, standard_output
    from thematic.report import data
    from thematic.report.markdown import report_markdown
    from thematic.report.terminal import draw_report

    content = found.content(codes=codes)
    match to:
        case o.Format.JSON:
            put(data.tables_as_json("report", [found.frequencies, found.quotes]), None)
        case o.Format.MD:
            put(report_markdown(content), None)
        case _:
            with standard_output():
                draw_report(content, sys.stdout)
