"""`thematic explain`: why a mention counts, or does not; what a rule stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.commands.selection import codes_named
from thematic.commands.stretches import Wanted, stretches_of
from thematic.errors import Severity, UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable
    from thematic.analysis.why_not import Stretch
    from thematic.model.coding import Codings

_SHOWN = 200  # phrases of one rule


@o.with_options
def explain(
    request: Request,
    transcript: Annotated[str, typer.Option("--transcript", help="Only this transcript.")] = "",
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="Only this turn.")] = None,
    code: Annotated[str, typer.Option("--code", help="Only this code and those below.")] = "",
    text: Annotated[str, typer.Option("--text", help="Explain this text instead.")] = "",
    quote: Annotated[
        str, typer.Option("--quote", help="Only the sentences in which these words are found.")
    ] = "",
    span: Annotated[
        str,
        typer.Option(
            "--span", metavar="START-END", help="Only this stretch of --transcript, in characters."
        ),
    ] = "",
    why_not: Annotated[
        str,
        typer.Option(
            "--why-not", metavar="CODE", help="The code's nearest rules there, and what they lack."
        ),
    ] = "",
    rule: Annotated[
        str, typer.Option("--rule", metavar="CODE", help="List what a code's rules look for.")
    ] = "",
    out: o.Output = o.SCREEN,
) -> None:
    """Explain each mention: the rule, the words, the guard, the negation, the longer match.

    Of the whole study, or of a transcript, turn, quote, stretch or text; with --why-not, what
    the rules of a code lack there.
    """
    from thematic.commands.emit import emit, finish
    from thematic.report.terminal import draw_records

    if rule:
        table = rule_phrases(request, rule)
        columns = ("code", "rule", "part", "looks_for")
        emit(table, out, lambda screen: draw_records(table, columns, screen))
        return
    inputs = _text_inputs(request, text) if text else read_inputs(request)
    _demand(transcript, turn, inputs)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    from thematic.analysis.explanation import explanations
    from thematic.report.explanation import draw_explanations

    wanted = Wanted(transcript, turn, quote, span, bool(text))
    if why_not:
        _why_not(why_not, stretches_of(wanted, inputs), inputs, codings, out)
        return
    places = None
    if quote or span:
        found = stretches_of(wanted, inputs)
        places = [(one.transcript.id, one.span) for one in found]
    named = codes_named(codings.codebook, [code])[0] if code else ""
    table = explanations(
        codings, inputs.study, transcript=transcript, turn=turn, code=named, places=places
    )
    emit(table, out, lambda screen: draw_explanations(table, screen), inputs=inputs)
    finish(inputs, quiet=out.quiet)


def _why_not(
    code: str, found: Sequence[Stretch], inputs: Inputs, codings: Codings, out: o.Output
) -> None:
    """Emit what the rules of a code lack on some stretches."""
    from thematic.analysis.why_not import why_not
    from thematic.commands.emit import emit, finish
    from thematic.commands.lacking import lacks
    from thematic.report.explanation import draw_why_not

    assert inputs.book is not None
    (path,) = codes_named(codings.codebook, [code])
    codes = [one for one in codings.codebook.codes() if f"{one.path}/".startswith(f"{path}/")]
    looked = []
    for source in codings.transcripts:
        there = [one for one in found if one.transcript.id == source.transcript.id]
        looked += list(lacks(there, source, codes, inputs.book)) if there else []
    table = why_not(looked, codes, inputs.study)
    emit(table, out, lambda screen: draw_why_not(table, screen), inputs=inputs)
    finish(inputs, quiet=out.quiet)


def _text_inputs(request: Request, text: str) -> Inputs:
    from thematic.commands.codebooks import usable_codebook
    from thematic.commands.reading import read_options
    from thematic.model.study import Study
    from thematic.readers import read_text

    study = Study()
    read, problems = read_text(text, id="text", options=read_options(request, study))
    if read is None:
        raise UsageError("the text is empty", "write --text 'some words'")
    book, problems_of_book = usable_codebook(request)
    # Notes on how a rule could be written are for `check`.
    found = [one for one in problems_of_book if one.severity is not Severity.NOTE]
    return Inputs(study, None, [read], book, [*found, *problems])


def _demand(transcript: str, turn: int | None, inputs: Inputs) -> None:
    from thematic.commands.selection import demand_known

    demand_known("transcript", transcript, inputs)
    most = max(len(t.turns) for t in inputs.transcripts if not transcript or t.id == transcript)
    if turn is not None and turn > most:
        raise UsageError(f"there is no turn {turn}", f"the last one is {most}")


def rule_phrases(request: Request, code: str) -> ResultTable:
    """What every rule of a code looks for, spelled out: one row per part of a rule."""
    from thematic.analysis.explanation import phrases_table
    from thematic.commands.codebooks import usable_codebook

    book, _ = usable_codebook(request)
    path = codes_named(book.codebook, [code])[0]
    parts = [
        (compiled.code, compiled.rule, part, book.items[item].item, book.items[item].phrases)
        for compiled in book.rules
        if compiled.code == path
        for part, items in (
            ("finds", compiled.items),
            ("all of", compiled.all),
            ("any of", compiled.any),
            ("none of", compiled.none),
            ("unless", tuple(item for item, _ in compiled.guards)),
        )
        for item in items
    ]
    return phrases_table(parts, most=_SHOWN)
