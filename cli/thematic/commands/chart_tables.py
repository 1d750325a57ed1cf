"""For each chart the table that it shows, and the pages that are drawn of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from thematic.commands.options import Counted
from thematic.commands.reading import Inputs
from thematic.commands.selection import codes_counted, demand_known
from thematic.errors import UsageError
from thematic.model.cells import Cells
from thematic.model.judged import Basis
from thematic.model.nouns import dataclass

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
    if name == "network":
        return _networks(codings, inputs, wanted, counted)
    table = _TABLES[name](codings, inputs, wanted, counted)
    if wanted.kind and name != "compare":
        table = table.only(lambda record: record["kind"] == wanted.kind)
    return Charts(name, _some(drawings(table, look_of(codings, inputs))), {"": table})


def _some(pages: Iterable[Drawing]) -> list[Drawing]:
    """The pages, of which there must be one."""
    drawn = list(pages)
    if not drawn:
        raise UsageError("there is nothing to draw", "name other codes with --code")
    return drawn


def _networks(codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted) -> Charts:
    """A page for each theme and kind that has a network, and the tables of all."""
    from thematic.commands.network import drawn_networks, networks_of
    from thematic.report.charts.network import network_figure
    from thematic.report.charts.page import Drawing

    if wanted.kind:
        own = tuple(s for s in codings.transcripts if s.transcript.kind == wanted.kind)
        codings = replace(codings, transcripts=own)
        inputs.transcripts = [one for one in inputs.transcripts if one.kind == wanted.kind]
    found = networks_of(codings, inputs, wanted.actors, counted)
    pages = (
        Drawing(network_figure(drawn), f"Spoken of together: {name}", name)
        for name, drawn in drawn_networks(found, codings.codebook, inputs)
    )
    return Charts("network", _some(pages), {"ties": found.ties, "actors": found.actors})


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


def _portrait(codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted) -> ResultTable:
    from thematic.analysis.portrait import portrait
    from thematic.model.codebook import Unit

    if codings.unit is Unit.TRANSCRIPT:
        raise UsageError(
            "a whole transcript has no place in itself", "add --unit sentence, paragraph or turn"
        )
    codes = codes_counted(codings, counted)
    return portrait(codings, inputs.study, codes=codes, basis=wanted.basis)


def _comparison(codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted) -> ResultTable:
    from thematic.analysis.comparison import comparison
    from thematic.model.comparing import Draws

    return comparison(
        codings,
        inputs.study,
        by=wanted.by,
        groups=wanted.groups,
        kind=wanted.kind,
        codes=codes_counted(codings, counted),
        basis=wanted.basis,
        test=Draws(seed=wanted.seed) if wanted.test else None,
    )


def _appearance(codings: Codings, inputs: Inputs, wanted: Wanted, counted: Counted) -> ResultTable:
    from thematic.analysis.appearance import appearance
    from thematic.model.comparing import Runs

    codes = codes_counted(codings, counted)  # which also demands what people decided
    return appearance(
        codings,
        inputs.study,
        order=wanted.order,
        kind=wanted.kind,
        codes=codes if counted.names or counted.below else [],
        basis=wanted.basis,
        runs=Runs(seed=wanted.seed),
    )


_TABLES: dict[str, Make] = {
    "frequencies": _frequencies,
    "heatmap": _matrix,
    "cooccurrence": _cooccurrence,
    "portrait": _portrait,
    "compare": _comparison,
    "appearance": _appearance,
}
