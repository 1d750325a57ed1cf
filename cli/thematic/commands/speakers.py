"""`thematic speakers`: who speaks where, which labels are probably one, and answers to that."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import read_inputs
from thematic.commands.request import Request, study_of
from thematic.commands.working import tell_raw
from thematic.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.commands.reading import Inputs
    from thematic.model.proposals import Proposal
    from thematic.model.transcript import Transcript
    from thematic.report.grid import Grid
    from thematic.store.answers import Answer


class By(StrEnum):
    """What a row is about."""

    TRANSCRIPT = "transcript"
    LABEL = "label"
    PROPOSAL = "proposal"


class Accept(StrEnum):
    """Which proposals are taken unasked."""

    TYPOS = "typos"
    ALL = "all"


@o.with_options
def speakers(
    request: o.FilesOnly,
    by: Annotated[
        By, typer.Option("--by", help="A row for each speaker of a transcript, label or proposal.")
    ] = By.TRANSCRIPT,
    transcript: Annotated[
        list[str] | None,
        typer.Option("--transcript", metavar="ID", help="Only this transcript."),
    ] = None,
    merge: Annotated[
        list[str] | None,
        typer.Option("--merge", metavar="WRITTEN=LABEL", help="Read one label as another."),
    ] = None,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="LABEL=ROLE", help="interviewer, respondent or other."),
    ] = None,
    accept: Annotated[
        Accept | None,
        typer.Option("--accept", help="Take the proposed merges: all, or the sure slips only."),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask about each proposal, on a terminal.")
    ] = False,
    write: Annotated[
        bool,
        typer.Option("--write", help="Write the answers into study.yaml; else only show them."),
    ] = False,
    out: o.Output = o.SCREEN,
) -> None:
    """List speakers by transcript, propose which labels are one, write answers to study.yaml.

    Nothing is merged unless you say so.
    """
    from thematic.commands.answering import answers_accepted, answers_given
    from thematic.commands.emit import finish
    from thematic.readers.speakers.proposals import proposals

    inputs = read_inputs(request, need_codebook=False)
    ids = transcript or []
    asked = list(_within(proposals(inputs.transcripts, inputs.study.speakers), ids))
    inputs.transcripts = _limited(inputs, ids)
    tell_raw(inputs.transcripts, inputs.study, quiet=out.quiet)
    answers = answers_given(merge or (), role or (), ids, inputs.transcripts)
    if accept:
        answers += answers_accepted(asked, ids, only_sure=accept is Accept.TYPOS)
    if ask:
        answers += _asked(asked, ids)
    if answers or accept or ask or write:
        _answer(inputs, answers, write=write, quiet=out.quiet)
    else:
        _list(inputs, asked, by, out)
    finish(inputs, quiet=out.quiet)


def _limited(inputs: Inputs, ids: Sequence[str]) -> list[Transcript]:
    """The transcripts named, or all."""
    there = [one.id for one in inputs.transcripts]
    for id in ids:
        if id not in there:
            hint = did_you_mean(id, there) or f"there are: {', '.join(there[:12])}"
            raise UsageError(f"there is no transcript {id!r}", hint)
    return [one for one in inputs.transcripts if not ids or one.id in ids]


def _within(asked: Sequence[Proposal], ids: Sequence[str]) -> Iterator[Proposal]:
    """The proposals about labels in the transcripts named, as far as they stand there."""
    for one in asked:
        here = tuple(id for id in one.transcripts if not ids or id in ids)
        if here:
            yield replace(one, transcripts=here)


def _list(
    inputs: Inputs,
    asked: Sequence[Proposal],
    by: By,
    out: o.Output,
) -> None:
    from thematic.analysis import speakers as tables
    from thematic.coding.words import turn_words
    from thematic.commands.emit import emit
    from thematic.report.speakers import draw_speakers, speakers_markdown

    language = _language(inputs)
    read = inputs.transcripts
    words = {one.id: turn_words(one, language) for one in read}
    questions = tables.proposals(asked, read, words)
    match by:
        case By.TRANSCRIPT:
            table = tables.speakers(read, words)
        case By.LABEL:
            table = tables.labels(read, words)
        case By.PROPOSAL:
            table = questions
    grids = _grids(table, questions)
    notes = (*table.notes, *_next_steps(asked))
    emit(
        table,
        out,
        lambda screen: draw_speakers(grids, notes, screen),
        markdown=lambda: speakers_markdown(grids, notes),
        inputs=inputs,
    )


def _language(inputs: Inputs) -> str:
    """The language of the study's codebook, which says what a word is; English without one."""
    from thematic.commands.codebooks import load_codebook

    if not inputs.study.codebook:
        return "en"
    codebook, _, _ = load_codebook(inputs.study.codebook, inputs.base)
    return codebook.language if codebook else "en"


def _grids(table: ResultTable, questions: ResultTable) -> list[Grid]:
    from thematic.report.speakers import labels_grid, proposal_grids, speakers_grid

    made = {"speakers": speakers_grid, "labels": labels_grid}
    own = [made[table.name](table)] if table.name in made else []
    return [*own, *proposal_grids(questions)]


def _next_steps(asked: Sequence[Proposal]) -> list[str]:
    if any(one.into for one in asked):
        return [
            "Nothing is merged unless you say so. The sure ones: --accept typos --write; single "
            'ones: --merge "WRITTEN=LABEL" --write; one by one: --ask --write.'
        ]
    return [] if asked else ["No labels look like slips for others."]


def _asked(asked: Sequence[Proposal], ids: Sequence[str]) -> list[Answer]:
    """What the user answers to each proposal on the terminal; no answer is no."""
    from thematic.commands.answering import as_answers
    from thematic.report.safe import visible

    if not sys.stdin.isatty():
        raise UsageError("--ask needs a terminal", "name the merges with --merge, or use --accept")
    answers: list[Answer] = []
    for one in asked:
        if not one.into:
            continue
        where = ", ".join(one.transcripts[:3]) + (" …" if len(one.transcripts) > 3 else "")
        said = f"{one.label!r} in {where} ({one.why}): read as {one.into!r}?"
        if typer.confirm(visible(said), default=False, err=True):
            answers += as_answers(one, ids)
    return answers


def _answer(inputs: Inputs, answers: Sequence[Answer], *, write: bool, quiet: bool) -> None:
    """Show what study.yaml would become, and write it where asked to."""
    from thematic.commands.answering import changed_study, differences
    from thematic.commands.emit import put
    from thematic.report.folder import write_file
    from thematic.report.talk import tell
    from thematic.store.answers import answers_yaml, settled

    path = inputs.study_file
    kept = settled(answers, study_of(path, Request()).speakers)  # as declared, without options
    if not kept:
        tell("there is nothing to write: no answer is new", quiet=quiet)
        return
    if path is None:
        hint = f"begin one with: thematic init; or put these lines into it:\n{answers_yaml(kept)}"
        raise UsageError("there is no study.yaml to write the answers to", hint)
    before, after = changed_study(path, kept)
    put(differences(before, after, str(path)), None)
    if write:
        write_file(path.resolve(), after)
        tell(f"written: {path}", quiet=quiet)
    else:
        tell(f"nothing is written; add --write to change {path}", quiet=quiet)
