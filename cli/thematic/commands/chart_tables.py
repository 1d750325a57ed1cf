"""For each chart the table that it shows, and the pages that are drawn of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thematic.commands.options import Counted
from thematic.commands.reading import Inputs
from thematic.commands.selection import codes_counted, demand_known
from thematic.errors import UsageError
from thematic.model.cells import Cells
from thematic.model.judged import Basis

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.model.coding import Codings
    from thematic.report.charts.page import Drawing, Look


@dataclass(frozen=True)
class Wanted:
    """What a command line asks of a chart; each field is the option of its name."""

    kind: str = ""
    by: str = "kind"
    groups: Sequence[str] = ()
    test: bool = False
    cells: Cells = Cells.RATE
    cases: bool = False
    order: str = "id"
    actors: str = ""
    seed: int = 1
    basis: Basis = Basis.SUGGESTED


@dataclass(frozen=True)
class Charts:
    """The pages of one chart, and its tables.

    Args:
        name: of the files.
        pages: in order.
        tables: by what the name of their file ends in, "" for the only one.
    """

    name: str
    pages: Sequence[Drawing]
    tables: dict[str, ResultTable] = field(default_factory=dict)


Make = Callable[["Codings", Inputs, Wanted, Counted], "ResultTable"]


def charted(
    name: str, codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted, *, quiet: bool
) -> Charts:
    """Count what a chart shows, and draw it.

    Raises:
        UsageError: there is nothing of what was asked for.
        NotInstalled: matplotlib is missing.
    """
    from thematic.commands.compare import tell_of_attribute
    from thematic.report.charts.drawing import new_figure
    from thematic.report.charts.drawn import drawings

    new_figure(1, 1)  # where matplotlib is missing, say so before the work
    demand_known("kind", wanted.kind, inputs)
    for attribute in {wanted.by, wanted.order} - {"kind", "id"}:
        tell_of_attribute(attribute, inputs, quiet=quiet)
    table = _TABLES[name](codings, inputs, wanted, counted)
    if wanted.kind and "kind" in table.columns and name != "compare":
        table = table.only(lambda record: record["kind"] == wanted.kind)
    pages = list(drawings(table, look_of(codings, inputs)))
    if not pages:
        raise UsageError("there is nothing to draw", "name other codes with --code")
    return Charts(name, pages, {"": table})


def look_of(codings: Codings, inputs: Inputs) -> Look:
    """Colours of the codebook, and whether the transcripts are invented."""
    from thematic.model.study import Status
    from thematic.report.charts.page import Look
    from thematic.report.content import INVENTED

    banner = INVENTED if inputs.study.status is Status.INVENTED else ""
    return Look({code.path: code.color for code in codings.codebook.codes()}, banner)


def _frequencies(codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted) -> ResultTable:
    from thematic.analysis.frequency import frequencies

    if wanted.basis is not Basis.SUGGESTED:
        raise UsageError(
            "frequencies shows what rules suggest and what people decided beside each other",
            "leave --basis away",
        )
    return frequencies(codings, inputs.study, codes=codes_counted(codings, counted))


def _matrix(codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted) -> ResultTable:
    from thematic.analysis.case_matrix import case_matrix

    if wanted.cells is Cells.MENTIONS and wanted.basis is Basis.DECIDED:
        raise UsageError(
            "people decide on units, and mentions are matches of rules",
            "with --basis decided use --cells rate, units, words or binary",
        )
    codes = codes_counted(codings, counted)
    by = "case" if wanted.cases else "transcript"
    return case_matrix(
        codings, inputs.study, codes=codes, basis=wanted.basis, by=by, cells=wanted.cells
    )


def _cooccurrence(
    codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted
) -> ResultTable:
    from thematic.analysis.cooccurrence import cooccurrence

    codes = codes_counted(codings, counted)
    return cooccurrence(codings, inputs.study, codes=codes, basis=wanted.basis)


_TABLES: dict[str, Make] = {
    "frequencies": _frequencies,
    "heatmap": _matrix,
    "cooccurrence": _cooccurrence,
}
