"""`thematic pseudonymise`: names replaced by pseudonyms, and put back with the key."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import read_inputs
from thematic.errors import ExitCode, OutputRefused, Problem, UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.pseudonymising import Entities, Pseudonymised
    from thematic.commands.reading import Inputs
    from thematic.model.pseudonyms import Key, Named


class Entity(StrEnum):
    """Which entities of a trained pipeline are replaced."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"


@o.with_options
def pseudonymise(
    request: o.FilesOnly,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The folder to make; it must not be there.")
    ],
    key: Annotated[
        Path,
        typer.Option("--key", help="The file that leads back to the names; not in the folder."),
    ],
    names: Annotated[
        Path | None,
        typer.Option("--names", help="A table (.csv, .xlsx): name, pseudonym, kind, variants."),
    ] = None,
    model: Annotated[
        str, typer.Option("--model", help="An installed spaCy pipeline that finds further names.")
    ] = "",
    entity: Annotated[
        list[Entity] | None,
        typer.Option("--entity", help="What of it is replaced. Default: person."),
    ] = None,
    keep_attribute: Annotated[
        list[str] | None,
        typer.Option(
            "--keep-attribute",
            metavar="NAME",
            help="An attribute to give too, beside kind, case, consent and those shown.",
        ),
    ] = None,
    restore: Annotated[
        Path | None,
        typer.Option("--restore", metavar="FOLDER", help="Put the names back into this folder's."),
    ] = None,
    show_names: Annotated[
        bool, typer.Option("--show-names", help="The report also gives the names replaced.")
    ] = False,
    to: o.FormatOpt = o.Format.TABLE,
    strict: o.StrictOpt = False,
    quiet: o.QuietOpt = False,
) -> None:
    """Replace names, labels and identifiers by pseudonyms; the key, apart, leads back.

    Makes a study folder of the transcripts, with what people coded. What looks like a name and
    was not replaced is listed: read on. Pseudonymised is not anonymous.
    """
    if restore is not None:
        _restore(restore, key, output, quiet=quiet)
        return
    from thematic.commands.emit import finish
    from thematic.commands.names_met import names_listed
    from thematic.report.folder import write_new_folder
    from thematic.store.pseudonym_key import read_key, write_key

    _refuse_places(output, key)
    known = read_key(key)
    listed, noted = names_listed(names) if names else ([], [])
    entities = _entities(model, entity or [Entity.PERSON]) if model else None
    inputs = read_inputs(replace(request, strict=strict), need_codebook=False)
    if names is not None:
        inputs.use(names)
    if inputs.uses(key):
        raise OutputRefused("the key file is one of the files that were read", "name another one")
    done = _pseudonymised(inputs, listed, known, keep_attribute or (), entities)
    files, moved, said = _files(done, inputs)
    table = done.table(show_names=show_names)
    write_key(key, done.key)
    write_new_folder(output, files)
    _show(table, moved, inputs, o.Output(to=to, quiet=quiet))
    _tell(done, inputs, said, key, quiet=quiet)
    inputs.problems = [*noted, *_without_names(inputs.problems, done), *done.problems]
    inputs.skipped = _without_names(inputs.skipped, done)
    finish(inputs, quiet=quiet)


def _refuse_places(output: Path, key: Path) -> None:
    """The folder is new, and the key is not in it.

    Raises:
        OutputRefused: it is otherwise.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise OutputRefused(f"{str(output)!r} is there already", "name a folder that is not there")
    if key.resolve().is_relative_to(output.resolve()):
        raise OutputRefused(
            "the key file would lie in the folder that is given away",
            "keep it apart, best on another drive: --key FILE",
        )
    if not key.resolve().parent.is_dir():
        raise OutputRefused(
            f"there is no folder {str(key.parent)!r} for the key file", "make it, or name another"
        )


def _entities(model: str, kinds: list[Entity]) -> Entities:
    from thematic.coding.language import entities

    wanted = {kind.value for kind in kinds}
    return lambda text: [one for one in entities(text, model) if one[1] in wanted]


def _pseudonymised(
    inputs: Inputs,
    names: list[Named],
    key: Key,
    keep: list[str] | tuple[str, ...],
    entities: Entities | None,
) -> Pseudonymised:
    from thematic.commands.codebook_words import codebook_words
    from thematic.commands.pseudonymising import pseudonymised

    words = codebook_words(inputs.study.codebook, inputs.base)
    return pseudonymised(
        inputs.transcripts,
        inputs.study,
        names,
        key,
        keep=keep,
        entities=entities,
        known_words=words,
    )


def _files(
    done: Pseudonymised, inputs: Inputs
) -> tuple[dict[str, str | bytes], ResultTable | None, list[str]]:
    """All files, the table of what people did that has no place, and what is to be said."""
    from thematic.commands.codebook_words import codebook_file
    from thematic.commands.pseudonymised_study import carried_over, not_carried, study_files

    codebook = codebook_file(inputs.study.codebook, inputs.base)
    files = study_files(done, codebook)
    said = []
    if codebook is not None and codebook.suffix.lower() not in (".xlsx", ".xlsm"):
        held = len(done.finder.find(codebook.read_text(encoding="utf-8", errors="replace")))
        if held:
            said.append(f"the codebook is copied as it is, and holds names: {held} places")
    if not inputs.may_be_judged:
        return files, None, said
    from thematic.review.anchoring import How
    from thematic.store.copying import store_bytes
    from thematic.store.database import open_store
    from thematic.store.place import STORE_FILE

    events = open_store(inputs.base).events()
    carried = carried_over(done, events)
    if carried.events:
        files[STORE_FILE] = store_bytes(carried.events)
    number = Counter(move.how for move in carried.moves)
    told = ", ".join(f"{number[how]} {how.value}" for how in How if number[how])
    said.append(f"what people did: {len(carried.events)} events carried over; passages: {told}")
    return files, not_carried(done, carried), said


def _show(table: ResultTable, moved: ResultTable | None, inputs: Inputs, out: o.Output) -> None:
    from thematic.commands.emit import emit
    from thematic.report.moved import moved_grid
    from thematic.report.pseudonyms import draw_pseudonyms, pseudonyms_markdown

    grid = moved_grid(moved) if moved is not None and len(moved) else None
    emit(
        table,
        out,
        lambda screen: draw_pseudonyms(table, grid, screen),
        markdown=lambda: pseudonyms_markdown(table, grid),
        inputs=inputs,
    )


def _tell(done: Pseudonymised, inputs: Inputs, said: list[str], key: Path, *, quiet: bool) -> None:
    """What happened, in numbers and new IDs: no name of a person stands in it."""
    from thematic.commands.working import raw_notice
    from thematic.report.talk import tell

    restricted = {
        done.ids[id]: held for id, held in inputs.study.restrictions.items() if id in done.ids
    }
    notice = raw_notice(done.transcripts, replace(done.study, restrictions=restricted))
    number = len({one.named.pseudonym for one in done.uses})
    left = len({one.text for one in done.doubts})
    lines = [notice] if notice else []
    lines.append(
        f"{len(done.transcripts)} transcripts: {number} pseudonyms at {len(done.uses)} places; "
        f"{left} words that may be names were left: read on"
    )
    lines += said
    if done.left_out:
        lines.append(f"attributes left out: {', '.join(done.left_out)} (--keep-attribute NAME)")
    lines.append("the key leads back to every name: keep it apart from the folder")
    if os.name == "nt":
        lines.append(f"on this system the rights of {key.name} are those of its folder")
    for line in lines:
        tell(line, quiet=quiet)


def _without_names(problems: list[Problem], done: Pseudonymised) -> list[Problem]:
    return [
        replace(
            one,
            file=done.value(one.file),
            message=done.value(one.message),
            hint=done.value(one.hint),
        )
        for one in problems
    ]


def _restore(folder: Path, key: Path, output: Path, *, quiet: bool) -> None:
    from thematic.commands.restoring import restored_files
    from thematic.report.folder import write_new_folder
    from thematic.report.talk import tell, tell_problems

    if not key.is_file():
        raise UsageError("there is no such key file", "name the one that was made with --key")
    if output.resolve().is_relative_to(folder.resolve()):
        raise OutputRefused("names would come into the folder that is given away", "choose another")
    files, problems, exact = restored_files(folder, key)
    if not files:
        raise UsageError(
            f"nothing in {str(folder)!r} was written with this key", "name the folder made with -o"
        )
    write_new_folder(output, files)
    tell(f"{len(files)} transcripts with names, {exact} exactly as they were", quiet=quiet)
    tell_problems(problems, quiet=quiet)
    if problems:
        raise typer.Exit(ExitCode.PROBLEMS)
