"""`thematic extract`: a person's quotes for their approval, and what they replied."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request
from thematic.errors import OutputRefused, UsageError, did_you_mean
from thematic.model.transcript import INTERVIEW

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.extracts import Extract
    from thematic.model.transcript import Span

PER_CODE = 3


class ExtractFormat(StrEnum):
    """What the quotes are written as."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


@o.with_options
def extract(
    request: Request,
    case: Annotated[
        list[str] | None,
        typer.Option("--case", help="The person: a case, or the ID of a transcript."),
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="Everybody interviewed who may be quoted.")
    ] = False,
    number: Annotated[
        int, typer.Option("-n", "--number", min=1, help="Choose as a report with so many quotes.")
    ] = PER_CODE,
    every: Annotated[
        bool, typer.Option("--every", help="Every coded passage, not only what a report quotes.")
    ] = False,
    with_codes: Annotated[
        bool, typer.Option("--with-codes", help="Name the codes of each passage.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also passages to which there is a reply.")
    ] = False,
    letter: Annotated[
        Path | None,
        typer.Option("--letter", help="A text for the beginning; empty lines part paragraphs."),
    ] = None,
    replies: Annotated[
        list[Path] | None,
        typer.Option("--replies", help="Take in what came back: .docx, .xlsx or .csv."),
    ] = None,
    coder: Annotated[str, typer.Option("--coder", help="With --replies: who records them.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="With --replies: only say what they hold.")
    ] = False,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.")] = Path(
        "."
    ),
    to: Annotated[ExtractFormat, typer.Option("--to", help="What to write.")] = ExtractFormat.DOCX,
    quiet: o.QuietOpt = False,
) -> None:
    """Show people the quotes a report would print of them, and record what they reply.

    One file for each person, to be answered quote by quote: approve, change or withdraw. What
    is withdrawn or to change is printed by no command; no answer is no approval.
    """
    if replies:
        from thematic.commands.extract_replies import take_in

        if case or everybody:
            raise UsageError("--replies goes alone", "first take in, then extract again")
        take_in(request, replies, coder, check=check, quiet=quiet)
        return
    if not (case or everybody):
        raise UsageError("whose quotes was not said", "name a person with --case, or say --all")
    from thematic.commands.emit import finish

    inputs = read_inputs(request, show_progress=not quiet)
    cases = _cases(case or (), inputs, everybody=everybody)
    made = extracted(
        request,
        inputs,
        cases,
        per_code=None if every else number,
        with_codes=with_codes,
        again=again,
        quiet=quiet,
    )
    _write(made, output, to, letter, inputs, with_codes=with_codes, quiet=quiet)
    finish(inputs, quiet=quiet)


def extracted(
    request: Request,
    inputs: Inputs,
    cases: Sequence[str],
    *,
    per_code: int | None = PER_CODE,
    with_codes: bool = False,
    again: bool = False,
    quiet: bool = True,
) -> list[Extract]:
    """The quotes that a report would print of some persons, one extract each.

    Args:
        request: what was read.
        inputs: what came of it.
        cases: persons who may be quoted.
        per_code: quotes of each code, as in a report; None = every coded passage.
        with_codes: name the codes.
        again: also passages to which there is a reply.
        quiet: show no progress.
    """
    from thematic.analysis.extracting import extracts

    codings = code_inputs(request, inputs, show_progress=not quiet)
    answered = set() if again else _answered(inputs)
    return extracts(
        codings,
        inputs.study,
        cases,
        per_code=per_code,
        with_codes=with_codes,
        answered=answered,
    )


def _answered(inputs: Inputs) -> set[tuple[str, Span]]:
    """The passages to which there is a reply that holds."""
    if inputs.study_file is None:
        return set()
    from thematic.review.replies import replies
    from thematic.store.database import open_store

    texts = {one.id: one.text for one in inputs.transcripts}
    found, _ = replies(open_store(inputs.base).events(), texts)
    return {(one.passage.transcript, one.passage.span) for one in found}


def _cases(named: Sequence[str], inputs: Inputs, *, everybody: bool) -> list[str]:
    """The persons asked for, each of whom may be quoted."""
    from thematic.analysis.sources import consent_of, may_quote

    by_id = {one.id: one.case for one in inputs.transcripts}
    known = {one.case: one for one in inputs.transcripts}
    free = {one.case for one in inputs.transcripts if may_quote(one, inputs.study)}
    if everybody:
        spoke = {one.case for one in inputs.transcripts if one.kind == INTERVIEW}
        return [name for name in known if name in free & spoke]
    found = []
    for name in named:
        person = name if name in known else by_id.get(name, "")
        if not person:
            there = [*known, *by_id]
            hint = did_you_mean(name, there) or f"there are: {', '.join(list(known)[:12])}"
            raise UsageError(f"there is no case {name!r}", hint)
        if person not in free:
            consent = consent_of(known[person], inputs.study)
            raise UsageError(
                f"nothing of {person} is quoted: the consent is {consent or 'not known'}",
                "there is nothing to approve",
            )
        found.append(person)
    return list(dict.fromkeys(found))


def _write(
    made: Sequence[Extract],
    folder: Path,
    to: ExtractFormat,
    letter: Path | None,
    inputs: Inputs,
    *,
    with_codes: bool,
    quiet: bool,
) -> None:
    """One file a person, all or none; a file that is there is never replaced."""
    from thematic.commands.emit import refuse_inputs
    from thematic.report.file_names import file_names
    from thematic.report.folder import write_folder
    from thematic.report.talk import tell

    asked = [one for one in made if one.quotes]
    names = file_names([one.case.replace("/", "-") for one in asked], f"extract.{to}")
    files = {
        name: _file(one, to, letter, with_codes=with_codes)
        for name, one in zip(names.values(), asked, strict=True)
    }
    for name in files:
        if (folder / name).exists():
            hint = "it may be filled in: choose another folder with -o"
            raise OutputRefused(f"{str(folder / name)!r} is there already", hint)
    refuse_inputs([folder / name for name in files], inputs)
    if files:
        write_folder(folder, files)
    for one in made:
        tell(_told(one), quiet=quiet)
    if files:
        tell(f"written to {folder}: {', '.join(files)}", quiet=quiet)


def _told(one: Extract) -> str:
    before = f"; {one.answered} answered before, left out (--again)" if one.answered else ""
    return f"{one.case}: quotes to approve {len(one.quotes)}, coded passages {one.coded}{before}"


def _file(one: Extract, to: ExtractFormat, letter: Path | None, *, with_codes: bool) -> str | bytes:
    from thematic.report.extract_table import extract_csv, extract_xlsx
    from thematic.report.extract_word import extract_docx, letter_to

    begun = _letter(letter) if letter else letter_to(one)
    match to:
        case ExtractFormat.CSV:
            return extract_csv(one, with_codes=with_codes)
        case ExtractFormat.XLSX:
            return extract_xlsx(one, begun, with_codes=with_codes)
        case _:
            return extract_docx(one, begun, with_codes=with_codes)


def _letter(file: Path) -> list[str]:
    """The paragraphs of a text file.

    Raises:
        UsageError: it cannot be read as text.
    """
    from thematic.commands.given_files import bytes_of
    from thematic.readers.formats.decoding import decode

    text, _ = decode(bytes_of(file))
    if text is None:
        raise UsageError(f"{str(file)!r} is no text", "save it as plain text")
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [" ".join(part.split()) for part in parts if part.strip()]
