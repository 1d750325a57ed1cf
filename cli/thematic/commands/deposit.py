"""`thematic deposit`: a folder for an archive, without a word of anybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.command_line import CommandLine
from thematic.commands.inputs import code_inputs, read_inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thematic.commands.reading import Inputs
    from thematic.model.coding import Codings
    from thematic.model.people import Event
    from thematic.model.study import Study
    from thematic.report.manifest import Provenance


@o.with_options
def deposit(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not be there.")],
    called: CommandLine,
    paths: o.Paths = None,
    codebook: o.CodebookOpt = None,
    unit: o.UnitOpt = None,
    attributes: o.AttributesOpt = None,
    limit: o.LimitOpt = None,
    model: o.ModelOpt = None,
    strict: o.StrictOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Make a folder for an archive: codebook, tables, codings with places, and no transcript text.

    With a README and a data dictionary. Equal studies give equal bytes.
    """
    from thematic.commands.emit import finish
    from thematic.commands.provenance import provenance
    from thematic.report.folder import write_new_folder
    from thematic.report.talk import tell

    request = o.request_from(
        paths=paths,
        codebook=codebook,
        unit=unit,
        attributes=attributes,
        limit=limit,
        model=model,
        strict=strict,
    )
    inputs = read_inputs(request, show_progress=not quiet)
    codings = code_inputs(request, inputs, show_progress=not quiet)
    made = provenance(request, inputs, codings, called)
    files = deposit_files(codings, inputs.study, made, _standing(inputs), faulty=inputs.faulty)
    write_new_folder(folder, files)
    tell(f"{folder}: {', '.join(sorted(files))}", quiet=quiet)
    tell(
        "IDs of transcripts, cases and coders are in it as they are, and so are definitions: "
        "read it before you give it away",
        quiet=quiet,
    )
    finish(inputs, quiet=quiet)


def deposit_files(
    codings: Codings,
    study: Study,
    made: Provenance,
    events: Sequence[Event] = (),
    *,
    faulty: int = 0,
) -> dict[str, str]:
    """The files of a deposit: name -> text.

    Args:
        codings: the coded study.
        study: what is declared about it.
        made: what else went in.
        events: what people did that holds, where the passages stand now.
        faulty: files that could not be read.
    """
    from thematic.analysis.deposit import deposit_tables
    from thematic.analysis.overview import overview
    from thematic.report.data import as_csv
    from thematic.report.deposit import deposit_readme
    from thematic.report.folder import MANIFEST, sha256
    from thematic.report.manifest import manifest
    from thematic.review.definitions import definition_hashes

    texts = {one.transcript.id: sha256(one.transcript.text) for one in codings.transcripts}
    hashes = definition_hashes(codings.codebook)
    tables = deposit_tables(codings, study, texts, events, hashes)
    files = {name: as_csv(table) for name, table in tables.items()}
    files["README.md"] = deposit_readme(codings, study, tables, made.versions["thematic"])
    facts = overview(codings, study, faulty=faulty)
    files[MANIFEST] = manifest(codings, facts, files, replace(made, tells_attributes=False))
    return files


def _standing(inputs: Inputs) -> list[Event]:
    """The acts that hold now, on the transcripts that were read."""
    if inputs.study_file is None:
        return []
    from thematic.review.anchoring import How
    from thematic.review.moving import moved_events
    from thematic.review.standing import standing
    from thematic.store.database import open_store

    texts = {one.id: one.text for one in inputs.transcripts}
    log, moves = moved_events(open_store(inputs.base).events(), texts)
    gone = {log[one.act].number for one in moves.that(How.LOST, How.ABSENT)}
    return [event for event in standing(log) if event.number not in gone]
