"""`thematic network`: which actors are spoken of together under which theme."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.analysis.network.tables import Networks
    from thematic.model.codebook import Codebook
    from thematic.model.coding import Codings
    from thematic.report.charts.network import Drawn


class Section(StrEnum):
    """One table of networks."""

    TIES = "ties"
    ACTORS = "actors"
    UNITS = "units"


DRAWN = (".svg", ".png", ".graphml", ".gexf")


@o.with_options
def network(
    request: Request,
    actors: Annotated[
        str,
        typer.Option(
            "--actors",
            metavar="LIST",
            help="The list of the codebook that names the actors. Default: network.",
        ),
    ] = "",
    section: Annotated[
        Section,
        typer.Option("--section", help="Which table: ties, actors, or the units behind the ties."),
    ] = Section.TIES,
    kind: o.KindOpt = "",
    counted: o.Counted = o.THEMES,
    out: o.Output = o.SCREEN,
) -> None:
    """Tie actors that are named together where a theme is: a network of talk for each theme.

    -o NAME.svg, .png, .graphml or .gexf draws or writes one network; -o FOLDER writes all of
    them, with their tables.
    """
    from thematic.commands.emit import finish
    from thematic.commands.emit_grids import emit_grids
    from thematic.commands.selection import demand_known
    from thematic.report.network import actor_grids, network_grids, unit_grids

    inputs = read_inputs(request, show_progress=not out.quiet)
    demand_known("kind", kind, inputs)
    if kind:
        inputs.transcripts = [one for one in inputs.transcripts if one.kind == kind]
    _demand_actors(inputs, actors)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    found = networks_of(codings, inputs, actors, counted)
    if out.file is not None and (out.file.suffix.lower() in DRAWN or not out.file.suffix):
        _write(out, found, codings.codebook, inputs)
    else:
        table = dict(zip(Section, found.tables, strict=True))[section]
        grids = {Section.TIES: network_grids, Section.ACTORS: actor_grids}.get(section, unit_grids)
        emit_grids(table, out, inputs, lambda _: grids(found))
    finish(inputs, quiet=out.quiet)


def _demand_actors(inputs: Inputs, actors: str) -> None:
    """See that the codebook has such a list before the work begins."""
    from thematic.commands.actor_search import actors_of

    assert inputs.book is not None
    actors_of(inputs.book.codebook, actors)


def networks_of(codings: Codings, inputs: Inputs, actors: str, counted: o.Counted) -> Networks:
    """The networks of what was read.

    Args:
        codings: of the transcripts of `inputs`.
        inputs: what was read.
        actors: the list of the codebook that names them; "" = network.
        counted: whose codings of which codes.

    Raises:
        UsageError: the codebook has no such list.
    """
    from thematic.analysis.network.tables import networks
    from thematic.commands.actor_search import actors_of, search_actors
    from thematic.commands.selection import codes_counted

    names = actors_of(codings.codebook, actors)
    return networks(
        codings,
        search_actors(inputs.transcripts, codings.codebook, names, exclude=codings.exclude),
        inputs.study,
        codes=codes_counted(codings, counted),
        unit=codings.unit,
        basis=counted.basis,
    )


def _write(out: o.Output, found: Networks, codebook: Codebook, inputs: Inputs) -> None:
    """Write one network, or a folder with all of them and their tables."""
    from thematic.commands.emit import refuse_inputs
    from thematic.report.folder import write_file, write_folder
    from thematic.report.talk import tell

    assert out.file is not None
    made = {
        name: partial(_file_of, drawn) for name, drawn in drawn_networks(found, codebook, inputs)
    }
    if out.file.suffix:
        if len(made) != 1:
            hint = "add --code and --kind, or write a folder: -o FOLDER"
            raise UsageError(f"there are {len(made)} networks, and one file", hint)
        refuse_inputs([out.file], inputs)
        write_file(out.file, next(iter(made.values()))(out.file.suffix.lower()))
        return
    files: dict[str, str | bytes] = dict(_tables(found, raw=out.raw))
    for name, make in made.items():
        files |= {f"{name}{suffix}": make(suffix) for suffix in DRAWN}
    refuse_inputs([out.file / name for name in files], inputs)
    write_folder(out.file, files)
    tell(f"{out.file}: {', '.join(sorted(files))}", quiet=out.quiet)


def _tables(found: Networks, *, raw: bool) -> Iterator[tuple[str, str]]:
    from thematic.report.data import as_csv

    for section, table in zip(Section, found.tables, strict=True):
        yield f"{section.value}.csv", as_csv(table, raw=raw)


def drawn_networks(
    found: Networks, codebook: Codebook, inputs: Inputs
) -> Iterator[tuple[str, Drawn]]:
    """Each network that anybody speaks of, with the name of its files."""
    from thematic.model.study import Status
    from thematic.report.charts.network import Drawn
    from thematic.report.colors import color
    from thematic.report.content import INVENTED
    from thematic.report.file_names import file_names
    from thematic.report.network import networks_in, ties_of

    banner = INVENTED if inputs.study.status is Status.INVENTED else ""
    ties = found.ties.records()
    spoken = [own for own in networks_in(found.actors.records()) if any(a["cases"] for a in own)]
    labels = [f"{own[0]['code'].replace('/', '-')}-{own[0]['kind']}" for own in spoken]
    names = file_names(labels, "")
    colors = {code.path: code.color for code in codebook.codes()}
    for own, label in zip(spoken, labels, strict=True):
        tint = color(colors.get(own[0]["code"], ""))
        drawn = Drawn(own, ties_of(ties, own), tint, found.ties.notes[:1], banner)
        yield names[label].rstrip("."), drawn


def _file_of(drawn: Drawn, suffix: str) -> bytes:
    """One network as a drawing or a graph."""
    from thematic.report.charts.drawing import figure_bytes
    from thematic.report.charts.network import network_figure
    from thematic.report.graph_files import SUFFIXES, graph_bytes, graph_of

    if suffix in SUFFIXES:
        return graph_bytes(graph_of(drawn.actors, drawn.ties), suffix)
    return figure_bytes(network_figure(drawn), suffix.lstrip("."))
