"""`thematic explain`: why a mention counts, or does not; what a rule stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.reading import Inputs
from thematic.commands.request import Request
from thematic.commands.selection import codes_named
from thematic.errors import UsageError

if TYPE_CHECKING:
    from thematic.analysis.result import ResultTable

_SHOWN = 200  # phrases of one rule


@o.with_options
def explain(
    request: Request,
    transcript: Annotated[str, typer.Option("--transcript", help="Only this transcript.")] = "",
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="Only this turn.")] = None,
    code: Annotated[str, typer.Option("--code", help="Only this code and those below.")] = "",
    text: Annotated[str, typer.Option("--text", help="Explain this text instead.")] = "",
    rule: Annotated[
        str, typer.Option("--rule", metavar="CODE", help="List what a code's rules look for.")
    ] = "",
    out: o.Output = o.SCREEN,
) -> None:
    """Explain each mention: the rule, the words, the guard, the negation, the longer match."""
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

    named = codes_named(codings.codebook, [code])[0] if code else ""
    found = explanations(codings, inputs.study, transcript=transcript, turn=turn, code=named)
    emit(
        found,
        out,
        lambda screen: draw_explanations(found, screen),
        inputs=inputs,
    )
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
    book, found = usable_codebook(request)
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
