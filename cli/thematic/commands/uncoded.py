"""`thematic uncoded`: the search for negative cases, and what the dictionary does not see."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.analysis.uncoded.search import Uncoded


class Section(StrEnum):
    """One table of the search."""

    ANSWERS = "answers"
    THEMES = "themes"
    CASES = "cases"
    AFFIRMATIONS = "affirmations"
    NEAR_MISSES = "near-misses"


class By(StrEnum):
    """Who is asked whether he or she speaks of a theme."""

    CASE = "case"
    TRANSCRIPT = "transcript"
    SPEAKER = "speaker"


@o.with_options
def uncoded(
    request: Request,
    section: Annotated[
        Section | None, typer.Option("--section", help="Only this table. Default: all.")
    ] = None,
    by: Annotated[
        By, typer.Option("--by", help="Who never speaks of a theme: cases, transcripts, speakers.")
    ] = By.CASE,
    longest: Annotated[
        int, typer.Option("--longest", min=1, help="Answers without a code, of each kind.")
    ] = 10,
    code: Annotated[
        list[str] | None,
        typer.Option("--code", "--theme", help="Only this code and those below it."),
    ] = None,
    kind: o.KindOpt = "",
    all_text: Annotated[
        bool,
        typer.Option("--all-text", help="Near misses also in sentences that carry other codes."),
    ] = False,
    out: o.Output = o.SCREEN,
) -> None:
    """Look for what carries no code: long answers, silent cases, affirmed questions, near misses.

    An answer without a code is no evidence of absence: rules know only their own words.
    """
    from thematic.analysis.uncoded import silence
    from thematic.analysis.uncoded.search import search
    from thematic.commands.emit import finish
    from thematic.commands.probing import probes_of
    from thematic.commands.selection import codes_named, demand_known
    from thematic.report.talk import progress

    inputs = read_inputs(request, show_progress=not out.quiet)
    demand_known("kind", kind, inputs)
    assert inputs.book is not None
    wanted = codes_named(inputs.book.codebook, code or ())
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    again = 3 * len(inputs.transcripts) if section in (None, Section.NEAR_MISSES) else 0
    with progress("coding again", again, shown=not out.quiet) as advance:
        probes = probes_of(
            codings,
            inputs.book,
            questions=section in (None, Section.AFFIRMATIONS),
            near_misses=section in (None, Section.NEAR_MISSES),
            progress=advance,
        )
    found = search(
        codings,
        probes,
        inputs.study,
        codes=wanted,
        by=silence.By(by.value),
        longest=longest,
        kind=kind,
        everywhere=all_text,
    )
    _emit(found, section, inputs, out)
    finish(inputs, quiet=out.quiet)


def _emit(
    found: Uncoded,
    section: Section | None,
    inputs: Inputs,
    out: o.Output,
) -> None:
    from thematic.commands.emit import emit, put, refuse_inputs
    from thematic.model.study import Status
    from thematic.report.content import INVENTED
    from thematic.report.data import tables_as_json
    from thematic.report.uncoded import draw_sections, sections, sections_markdown

    banner = INVENTED if inputs.study.status is Status.INVENTED else ""
    chosen = [_table(found, section)] if section else found.tables
    if out.format is o.Format.JSON and not section:
        refuse_inputs([out.file] if out.file else [], inputs)
        put(tables_as_json("uncoded", chosen), out.file)
        return
    emit(
        chosen[0] if section else found.as_one(),
        out,
        lambda screen: draw_sections(sections(chosen), banner, screen),
        markdown=lambda: sections_markdown(sections(chosen), banner),
        inputs=inputs,
    )


def _table(found: Uncoded, section: Section) -> ResultTable:
    table = {
        Section.ANSWERS: found.answers,
        Section.THEMES: found.themes,
        Section.CASES: found.cases,
        Section.AFFIRMATIONS: found.affirmations,
        Section.NEAR_MISSES: found.near_misses,
    }[section]
    assert table is not None
    return table
