"""`thematic reproduce`: a printed table against what codebook and transcripts give."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.errors import ExitCode, Problem, Severity, UsageError, did_you_mean
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass
from thematic.model.tally import Counts, Measure, Scale

if TYPE_CHECKING:
    from thematic.analysis.reproduction.understanding import Asked, Understood
    from thematic.analysis.result import ResultTable
    from thematic.model.coding import Codings
    from thematic.model.study import Study
    from thematic.model.tally import TallyRow

SECTIONS = ("cells", "measures", "names", "behind")


@o.with_options
def reproduce(
    tally: Annotated[
        Path,
        typer.Argument(help="The printed table: a .csv, .tsv, .xlsx, .md, .docx or .odt file."),
    ],
    request: Request,
    counts: Annotated[
        str,
        typer.Option(
            "--counts",
            metavar="WHAT",
            help="What the table counts, said before looking: interviews, cases, speakers, "
            "codings, mentions, sentences, paragraphs, turns or words.",
        ),
    ] = "",
    scale: Annotated[
        Scale | None,
        typer.Option(
            "--as",
            help="Counts; percent of all there are; a rate by words; or percent of the row's or "
            "column's sum. Default: count, or percent where cells have a percent sign.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="What the groups are: kind, transcript, case, speaker, role, or an attribute. "
            "Default: what their names fit.",
        ),
    ] = "",
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="PRINTED=MEANING",
            help="What a printed name means: a code, a group, all, or none (left out); of a row of "
            "totals sum, any or base.",
        ),
    ] = None,
    accept_names: Annotated[
        bool, typer.Option("--accept-names", help="Take names that are only alike as proposed.")
    ] = False,
    quotes: Annotated[
        int, typer.Option("--quotes", min=0, help="Quotes behind each cell that differs.")
    ] = 2,
    section: Annotated[
        str,
        typer.Option(
            "--section", help="With -f csv or json: cells, measures, names or behind; json: all."
        ),
    ] = "",
    basis: o.BasisOpt = Basis.SUGGESTED,
    out: o.Output = o.SCREEN,
) -> None:
    """Compare a published table with what the codebook gives, cell by cell.

    First under the way of counting that you declare, then under all others side by side.
    """
    from thematic.commands.emit import finish
    from thematic.commands.inputs import code_inputs, read_inputs
    from thematic.commands.reproduce_notes import with_interviewers

    _demand_section(section)
    inputs = read_inputs(request, show_progress=not out.quiet)
    inputs.use(tally)
    own = [one for one in inputs.transcripts if inputs.files.get(one.id) != str(tally)]
    inputs.transcripts = own  # the table itself lies among them, perhaps
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    wanted = Wanted(counts, scale, by, name or (), accept_names, basis)
    found = reproduction(tally, codings, inputs.study, wanted)
    more: Sequence[str] = ()
    if not found.fits:
        more = with_interviewers(
            request,
            codings,
            lambda asked: code_inputs(asked, inputs, show_progress=not out.quiet),
            lambda other: reproduction(tally, other, inputs.study, wanted).agreeing,
        )
    tables = found.tables(codings, inputs.study, quotes, more)
    _emit(tables, section, inputs, out)
    inputs.problems += found.problems
    finish(inputs, quiet=out.quiet)
    if not found.fits:
        raise typer.Exit(ExitCode.PROBLEMS)


@dataclass(frozen=True)
class Wanted:
    """What the user says of a printed table, in words; see the options."""

    counts: str
    scale: Scale | None = None
    by: str = ""
    names: Sequence[str] = ()
    accept: bool = False
    basis: Basis = Basis.SUGGESTED


@dataclass(frozen=True)
class Reproduction:
    """A printed table as it was understood, and what was wrong with its file."""

    understood: Understood
    basis: Basis
    problems: Sequence[Problem] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of its numbers could be compared."""
        return len(self.understood.comparison.cells) == self.understood.cells

    @property
    def agreeing(self) -> int:
        """How many cells agree."""
        from thematic.analysis.reproduction.comparing import cells_table

        return sum(cells_table(self.understood.comparison).column("agrees"))

    @property
    def fits(self) -> bool:
        """Whether every number could be compared and agrees."""
        return self.is_whole and self.agreeing == self.understood.cells

    def tables(
        self, codings: Codings, study: Study, quotes: int, more: Sequence[str] = ()
    ) -> list[ResultTable]:
        """Cells with some more notes, ways of counting, names, and quotes behind what differs."""
        from thematic.analysis.reproduction.comparing import (
            behind_table,
            cells_table,
            measures_table,
            names_table,
        )
        from thematic.commands.reproduce_notes import notes_on

        compared = self.understood.comparison
        return [
            cells_table(compared, (*notes_on(self.understood, self.basis), *more)),
            measures_table(compared),
            names_table(compared),
            behind_table(compared, codings, study, self.basis, quotes),
        ]


def reproduction(tally: Path, codings: Codings, study: Study, wanted: Wanted) -> Reproduction:
    """A printed table beside what codings give.

    Raises:
        UsageError: the file holds no table, or a word means nothing.
    """
    from thematic.analysis.reproduction.understanding import understood
    from thematic.commands.selection import demand_decisions
    from thematic.readers.tally import read_tally

    rows, problems = read_tally(tally)
    errors = [one for one in problems if one.severity is Severity.ERROR]
    if errors:
        raise UsageError(f"{errors[0].file}: {errors[0].message}", errors[0].hint)
    demand_decisions(codings, wanted.basis)
    found = understood(rows, codings, study, _asked(rows, codings, wanted))
    if not found.cells:
        hint = "the first row names the columns, the first column the codes (or the other way)"
        raise UsageError(f"no numbers were found in {str(tally)!r}", hint)
    return Reproduction(found, wanted.basis, problems)


def _asked(rows: Sequence[TallyRow], codings: Codings, wanted: Wanted) -> Asked:
    """What the user says, with words understood."""
    from thematic.analysis.reproduction.counting import COUNTED_IN
    from thematic.analysis.reproduction.understanding import Asked

    unit = COUNTED_IN[codings.unit]
    declared = _declared(wanted.counts, unit)
    _demand_group(wanted.by, codings)
    shares = any(number.is_percent for row in rows for number in row.numbers if number)
    scale = wanted.scale or (Scale.PERCENT if shares else Scale.COUNT)
    means = _meanings(wanted.names, codings)
    return Asked(Measure(declared, scale), unit, wanted.by, means, wanted.accept, wanted.basis)


def _declared(counts: str, unit: Counts) -> Counts:
    from thematic.analysis.reproduction.heads import counts_named

    known = ["interviews", "codings", *(one.value for one in Counts)]
    if not counts:
        raise UsageError("say what the table counts", f"--counts one of {', '.join(known)}")
    declared = counts_named(counts, unit)
    if declared is None:
        hint = did_you_mean(counts, known) or f"one of {', '.join(known)}"
        raise UsageError(f"{counts!r} is nothing that is counted", hint)
    return declared


def _demand_group(by: str, codings: Codings) -> None:
    from thematic.analysis.reproduction.understanding import BY

    known = {name for one in codings.transcripts for name in one.transcript.attributes}
    if by and by not in (*BY, *known):
        hint = f"there are: {', '.join([*BY, *sorted(known - set(BY))])}"
        raise UsageError(f"no transcript has an attribute {by!r}", hint)


def _meanings(names: Sequence[str], codings: Codings) -> dict[str, str]:
    """Printed names and what they mean; codes by path or last part."""
    from thematic.commands.selection import codes_named

    means: dict[str, str] = {}
    paths = set(codings.codebook.paths())
    endings = {path.rpartition("/")[2] for path in paths}
    for said in names:
        printed, sign, meaning = said.partition("=")
        if not (sign and printed.strip() and meaning.strip()):
            raise UsageError(f"{said!r} names no meaning", "write --name 'As printed=alliance'")
        meaning = meaning.strip()
        is_code = meaning in paths or meaning in endings
        means[printed.strip()] = codes_named(codings.codebook, [meaning])[0] if is_code else meaning
    return means


def _demand_section(section: str) -> None:
    if section and section not in SECTIONS:
        raise UsageError(f"there is no section {section!r}", f"one of {', '.join(SECTIONS)}")


def _emit(tables: Sequence[ResultTable], section: str, inputs: Inputs, out: o.Output) -> None:
    from thematic.commands.emit import emit, put, refuse_inputs
    from thematic.model.study import Status
    from thematic.report.content import INVENTED
    from thematic.report.data import tables_as_json
    from thematic.report.reproduction import draw_reproduction, reproduction_markdown

    banner = INVENTED if inputs.study.status is Status.INVENTED else ""
    chosen = dict(zip(SECTIONS, tables, strict=True))
    if out.format is o.Format.JSON and not section:
        refuse_inputs([out.file] if out.file else [], inputs)
        put(tables_as_json("reproduction", list(tables)), out.file)
        return
    emit(
        chosen[section or "cells"],
        out,
        lambda screen: draw_reproduction(chosen, banner, screen),
        markdown=lambda: reproduction_markdown(chosen),
        inputs=inputs,
    )
