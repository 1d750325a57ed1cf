"""`thematic method`: a note on what was really done, for the methods section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thematic.commands import options as o
from thematic.commands.inputs import code_inputs, read_inputs
from thematic.commands.request import Request

if TYPE_CHECKING:
    from thematic.commands.reading import Inputs
    from thematic.model.coding import Codings
    from thematic.report.method import MethodNote


@o.with_options
def method(request: Request, out: o.Output = o.SCREEN) -> None:
    """Write a method note: what was read, counted, left out, matched and checked in this run.

    A text to paste, a table of facts, and the items of COREQ and SRQR that it supports, with
    what they leave to you.
    """
    from thematic.commands.emit import emit, finish
    from thematic.report.method import draw_method, method_markdown

    inputs = read_inputs(request, show_progress=not out.quiet)
    codings = code_inputs(request, inputs, show_progress=not out.quiet)
    note = note_of(codings, inputs)
    emit(
        note.table,
        out,
        lambda screen: draw_method(note, screen),
        markdown=lambda: method_markdown(note),
        inputs=inputs,
    )
    finish(inputs, quiet=out.quiet)


def note_of(codings: Codings, inputs: Inputs) -> MethodNote:
    """The note on what was read and coded, with the agreement of coders in the study."""
    from thematic.commands.version import version
    from thematic.report.method import method_note

    return method_note(
        codings,
        inputs.study,
        version=version(),
        faulty=inputs.faulty,
        agreement=_agreement(codings, inputs),
    )


def _agreement(codings: Codings, inputs: Inputs) -> list[str]:
    """A paragraph on agreement, where two or more coders judged the same units of the study."""
    if codings.judgements is None or len(codings.judgements.people) < 2:
        return []
    from thematic.analysis.agreement.estimate import Resampling
    from thematic.commands.agree_units import agreement_paragraphs, unit_answers
    from thematic.errors import UsageError

    try:
        answers = unit_answers((), Request(paths=[inputs.base]), (), empty_is_no=False, quiet=True)
    except UsageError:  # they judged passages of their own choice, or other units each
        return []
    return agreement_paragraphs(answers, Resampling())
